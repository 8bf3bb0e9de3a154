"""漏报: who has not reported for a period, by unit and by measure, as things stood on its last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_tui.domain.as_of import notes_by_measure
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.workflow.kinds import AT_WORK, RULES
from fazhi_tui.service.view import View


@dataclass(frozen=True)
class MissingReport:
    """One body that filed nothing on one of its measures within a period.

    ``unit`` and ``row`` are as of the period's last day.  ``last`` is its last report on the measure before
    the period, ``later`` the first after the period's end (filed too late, but filed), None where there is
    none.
    """

    unit: str
    row: Row
    period: ReportPeriod
    last: Note | None
    later: Note | None


def periods_of(view: View) -> tuple[ReportPeriod, ...]:
    """The periods of reports that have ended by the view's day; none where no rhythm is set."""
    plan = view.tracker.plan
    return report_periods(plan.settings, plan.period, view.today) if plan else ()


def period_named(view: View, label: str) -> ReportPeriod:
    """The period with this label (``2023年第1季度``).  Raises :class:`UsageError` naming the last ones."""
    periods = periods_of(view)
    for period in periods:
        if period.label == label.strip():
            return period
    if not periods:
        raise UsageError(
            "还没有已经截止的报送期", "在 plan/plan.yaml 的 设置 里写 报送周期，如 报送周期: 每季度"
        )
    some = "、".join(period.label for period in periods[-4:])
    raise UsageError(f"没有「{label}」这一个已经截止的报送期", f"最近的有：{some}")


def missing_reports(view: View, period: ReportPeriod) -> tuple[MissingReport, ...]:
    """Who has not reported within ``period``, in order of measure; every body that owes for itself.

    Measures, duties, units and statuses are those of the period's last day (of the view's, where that is
    earlier): whatever was changed later leaves them as they were.  Of a measure with a
    note that could not be read nothing can be told.
    """
    then = view.as_of(period.end)
    notes = notes_by_measure(view.tracker)
    return tuple(
        missing
        for row in then.rows
        if row.state.status in AT_WORK and not row.state.unread
        for missing in _missing(then, row, period, notes.get(row.measure.id, ()))
    )


def uncounted_collectives(view: View, period: ReportPeriod) -> tuple[str, ...]:
    """The collectives that owe through members whom nobody knows: told, but not counted."""
    then = view.as_of(period.end)
    duties = (then.duties.of(row.measure, period) for row in then.rows if then.duties)
    return tuple(dict.fromkeys(name for duty in duties if duty for name in duty.uncounted))


def reporters(view: View, measure: Measure) -> tuple[str, ...]:
    """The bodies that answer for a measure.

    A collective whose members nobody knows does only where no body is charged by name; one whose members
    are counted does not beside them.
    """
    charged = view.charged(measure)
    known = {name: view.index.get(name) for name in charged}
    asked = tuple(
        name
        for name, unit in known.items()
        if unit is None or unit.kind is not UnitKind.COLLECTIVE or (unit.members and not view.members)
    )
    return asked or charged


def _missing(then: View, row: Row, period: ReportPeriod, notes: tuple[Note, ...]) -> Iterator[MissingReport]:
    # On the view's own day a period that has not ended is owed by who holds the duty now.
    ended = period if period.end <= then.today else period._replace(end=then.today)
    duty = then.duties.of(row.measure, ended) if then.duties else None
    if duty is None:
        return
    # Once for all who owe: there may be many of them, and years of notes.
    reports = [
        (note, then.index.canonical(note.unit), note.time.date())
        for note in sorted(notes, key=lambda note: (note.time, note.path))
        if RULES[note.kind].reports
    ]
    for debtor in duty.debtors:
        own = [(note, day) for note, unit, day in reports if debtor.reported(unit, day)]
        if not any(period.start <= day <= period.end for _, day in own):
            before = [note for note, day in own if day < period.start]
            after = [note for note, day in own if day > period.end]
            last, later = next(iter(before[-1:]), None), next(iter(after), None)
            yield MissingReport(debtor.unit, row, period, last, later)
