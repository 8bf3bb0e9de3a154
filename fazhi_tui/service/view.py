"""What a tracker looks like on one day: rows, index of units, problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import normalize

from fazhi_tui.domain.as_of import notes_by_measure, tracker_on, unread_by_measure
from fazhi_tui.domain.deadlines.obligations import Obligation, obligations
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, report_periods
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.measure import Measure, Role
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import Row, Tracker
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.office import Office, office_of
from fazhi_tui.domain.workflow.report_duties import ReportDuties
from fazhi_tui.domain.workflow.state import state_of
from fazhi_tui.service.read_only import READ_ONLY, READ_ONLY_HINT

# A list without a filter loads no filter language.
if TYPE_CHECKING:
    from fazhi_tui.domain.query.facet_counts import FilterResult
    from fazhi_tui.domain.query.language import Query
    from fazhi_tui.domain.query.prepared_row import PreparedRow


@dataclass(frozen=True)
class Past:
    """That a view shows what stood then: its commit, when that was made, and what was asked for."""

    commit: str
    time: datetime
    asked: str

    @property
    def said(self) -> str:
        """What everybody who reads it has to be told."""
        return f"这是 {self.asked} 的情形（提交 {self.commit[:8]}，{self.time:%Y-%m-%d %H:%M}），只供查看"


@dataclass(frozen=True)
class View:
    """A tracker as it stands on one day: what every list, filter and form looks at.

    ``rows`` is ordered by number and holds every measure that could be read, ``withdrawn`` those that are
    no longer in force: these are in no list and no figure.  ``members`` counts what a
    collective owes for each of its members too (``asked_members``: whatever the settings say), ``duties``
    is who owes reports.  ``period`` is the last period of reports that has ended,
    None where 设置.报送周期 asks for none (or none has ended yet); ``office`` is by what names the
    coordinating office's notes are known.  ``read_only`` says that it was opened for looking alone.
    """

    tracker: Tracker
    index: UnitIndex
    rows: tuple[Row, ...]
    today: date
    problems: tuple[Problem, ...]
    withdrawn: tuple[Row, ...] = ()
    members: bool = False
    asked_members: bool | None = None
    duties: ReportDuties | None = None
    past: Past | None = None
    period: ReportPeriod | None = None
    office: Office = None
    read_only: bool = False

    def refuse_changes(self) -> None:
        """Raise :class:`NotAllowedError` where nothing may be changed: the past, or opened for looking."""
        if self.read_only:
            raise NotAllowedError(READ_ONLY, READ_ONLY_HINT)
        if self.past is not None:
            raise NotAllowedError(f"{self.past.said}，不能改动", "回到现在再填报")

    @property
    def settings(self) -> Settings:
        """The plan's settings, the defaults where it could not be read."""
        return self.tracker.plan.settings if self.tracker.plan else Settings()

    def is_coordinator(self, unit: str) -> bool:
        """Whether a unit is the coordinating office that the plan names now."""
        name = self.settings.coordinator
        return bool(name) and self.index.canonical(name) == self.index.canonical(unit)

    def units_of(self, measure: Measure, role: Role | None = None) -> tuple[str, ...]:
        """Canonical names in one role or in any, members of collectives too where these are counted."""
        return self.index.bodies(measure.units(role), members=self.members)

    def obligations(self, row: Row) -> tuple[Obligation, ...]:
        """Everything a measure owes or owed, by date: each item's occurrences and the plan's end."""
        record = fold(row.state.notes, self.office)
        return obligations(row.measure, record, self.tracker.plan)

    def charged(self, measure: Measure) -> tuple[str, ...]:
        """Who has to report: the lead units, or the responsible ones where the document names no lead."""
        return self.units_of(measure, Role.LEAD) or self.units_of(measure, Role.RESPONSIBLE)

    def as_of(self, day: date) -> View:
        """This tracker as its files have it at the end of an earlier day; itself on its own day or later."""
        if day >= self.today:
            return self
        found = self._earlier.get(day)
        if found is None:
            found = self._earlier[day] = as_of(self.tracker, day, self.asked_members)
        return found

    @cached_property
    def _earlier(self) -> dict[date, View]:
        return {}

    def row(self, measure_id: str) -> Row:
        """The row of one measure; ``28``, ``028`` and ``28.`` are one number.

        Raises :class:`UsageError` where there is no such measure, saying so if the source lost it.
        """
        wanted = normalize("NFKC", measure_id).strip().rstrip(".．、").lstrip("0")
        for row in (*self.rows, *self.withdrawn):
            if row.measure.id == wanted:
                return row
        plan = self.tracker.plan
        for gap in plan.gaps if plan else ():
            if gap.id == wanted:
                raise UsageError(f"第 {wanted} 条措施原文缺失：{gap.reason}", "fazhi list 列出现有的措施")
        for path, guessed in self.tracker.broken.items():
            if guessed == wanted:
                raise UsageError(
                    f"第 {wanted} 条措施读不出来：{path} 有错", f"运行 fazhi check 查看 {path} 的问题"
                )
        raise UsageError(f"没有编号为 {one_line(measure_id, 30)} 的措施", "fazhi list 列出全部编号")

    def select(self, text: str) -> tuple[Row, ...]:
        """The rows that a query keeps, in order.  Raises :class:`QueryError` at the place of a mistake."""
        if not text.strip():
            return self.rows
        return self._query(text).select(self.rows)

    def filter(self, text: str) -> FilterResult:
        """The same, and what would be kept without each field's own terms: what facets count.

        Raises :class:`QueryError` at the place of a mistake.
        """
        return self._query(text).filter(self.rows, self._prepared)

    def warm(self) -> None:
        """Make ready what a filter asks of every row; for a worker, once the list is on the screen."""
        for row in self._prepared:
            row.warm()
            row.units(None, self.index, self.members)
            row.units(Role.LEAD, self.index, self.members)

    @cached_property
    def _prepared(self) -> tuple[PreparedRow, ...]:
        from fazhi_tui.domain.query.prepared_row import prepare

        return tuple(map(prepare, self.rows))

    def _query(self, text: str) -> Query:
        from fazhi_tui.domain.query.language import parse
        from fazhi_tui.domain.query.values import Context

        context = Context(self.index, self.today, members=self.members, light_names=self.settings.light_names)
        return parse(text, context)


def view_of(tracker: Tracker, today: date, members: bool | None = None) -> View:
    """Fold the notes of every measure and put the rows in order; pure.

    ``members`` is what 设置.集合计入成员 says where it is None.
    """
    tracker = tracker_on(tracker, today)
    notes, unread = notes_by_measure(tracker), unread_by_measure(tracker)
    plan = tracker.plan
    office = office_of(plan, tracker.units, tracker.other_names)
    period = last_period(plan, today)
    # A name that units.yaml lacks is a problem of its own, but must still be found by what it is.
    written = [name for measure in tracker.measures for name in measure.units()]
    written += [note.unit for note in tracker.notes]
    index = UnitIndex(tracker.units, written, tracker.other_names)
    duties = ReportDuties(index, plan.settings if plan else Settings(), members)
    everything = tuple(
        Row(
            measure,
            state_of(
                measure,
                notes.get(measure.id, ()),
                plan,
                today,
                office=office,
                period=period,
                duties=duties,
                unread=unread.get(measure.id, ()),
            ),
        )
        for measure in tracker.measures
    )
    rows = tuple(row for row in everything if row.measure.withdrawn is None)
    return View(
        tracker=tracker,
        index=index,
        rows=rows,
        withdrawn=tuple(row for row in everything if row.measure.withdrawn is not None)
        if len(rows) < len(everything)
        else (),
        today=today,
        problems=tracker.problems,
        members=bool(plan and plan.settings.count_members) if members is None else members,
        asked_members=members,
        duties=duties,
        period=period,
        office=office,
    )


def last_period(plan: Plan | None, today: date) -> ReportPeriod | None:
    """The last period of reports that has ended before ``today``, or None."""
    if plan is None:
        return None
    return next(iter(report_periods(plan.settings, plan.period, today)[-1:]), None)


def as_of(tracker: Tracker, day: date, members: bool | None = None) -> View:
    """The tracker as its notes had it at the end of a day: later notes are left out."""
    return view_of(tracker, day, members)
