"""漏报: who has not reported for a period, by unit and by measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.service.view import View

#: What is at work has to be reported on; what waits for review, is done or suspended has not.
_REPORTED_ON = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING)


@dataclass(frozen=True)
class MissingReport:
    """One body that filed nothing on one of its measures within a period.

    ``last`` is its last report on the measure before the period, ``later`` the first after the period's end
    (filed too late, but filed), None where there is none.
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
    """Who has not reported within ``period``, in order of measure; every charged body for itself.

    A measure is asked about if it was at work when the period ended.  A report of a collective's member is
    the collective's; where members are counted, they are asked in its place.
    """
    return tuple(
        missing
        for row in view.rows
        if _was_at_work(view, row, period.end)
        for unit in reporters(view, row)
        if (missing := _missing(view, row, unit, period)) is not None
    )


def reporters(view: View, row: Row) -> tuple[str, ...]:
    """The bodies that have to report on a measure.

    A collective whose members nobody knows is asked only where no body is charged by name; one whose members
    are counted is not asked beside them.
    """
    charged = view.charged(row.measure)
    known = {name: view.index.get(name) for name in charged}
    asked = tuple(
        name
        for name, unit in known.items()
        if unit is None or unit.kind is not UnitKind.COLLECTIVE or (unit.members and not view.members)
    )
    return asked or charged


def _was_at_work(view: View, row: Row, day: date) -> bool:
    notes = tuple(note for note in row.state.notes if note.time.date() <= day)
    if len(notes) == len(row.state.notes):
        return row.state.status in _REPORTED_ON
    return fold(notes, view.office).status in _REPORTED_ON


def _missing(view: View, row: Row, unit: str, period: ReportPeriod) -> MissingReport | None:
    counts = _counting(view, row, unit)
    last = later = None
    for note in row.state.notes:
        if not RULES[note.kind].reports or not counts(view.index.canonical(note.unit)):
            continue
        day = note.time.date()
        if day < period.start:
            last = note
        elif day <= period.end:
            return None
        elif later is None:
            later = note
    return MissingReport(unit, row, period, last, later)


def _counting(view: View, row: Row, unit: str) -> Callable[[str], bool]:
    """Whose report is this body's: its own; for a collective a member's, or where these are not known that of
    any body that is not charged by its own name."""
    known = view.index.get(unit)
    if known is None or known.kind is not UnitKind.COLLECTIVE:
        return lambda name: name == unit
    if known.members:
        bodies = {unit, *map(view.index.canonical, known.members)}
        return lambda name: name in bodies
    named = {name for name in view.charged(row.measure) if name != unit}
    return lambda name: name not in named and not view.is_coordinator(name)
