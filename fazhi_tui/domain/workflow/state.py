"""Where a measure stands on a day: status, next date, light."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fazhi_tui.domain.deadlines.lights import judge
from fazhi_tui.domain.deadlines.obligations import (
    Record,
    explicit_dates,
    explicit_due,
    next_owed,
    obligations,
)
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, Silence
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import MeasureState, UnreadNote
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.kinds import AT_WORK
from fazhi_tui.domain.workflow.office import Office, office_of
from fazhi_tui.domain.workflow.report_duties import ReportDuties


def state_of(
    measure: Measure,
    notes: Iterable[Note],
    plan: Plan | None,
    today: date,
    *,
    office: Office = None,
    period: ReportPeriod | None = None,
    duties: ReportDuties | None = None,
    unread: tuple[UnreadNote, ...] = (),
) -> MeasureState:
    """Where a measure stands on a day, from its notes (those of what it came from too) in any order.

    ``plan`` is None where ``plan.yaml`` could not be read: then nothing is owed but explicit dates.
    ``office`` is what :func:`office_of` gives (by the plan alone where left out); ``period`` the last period
    of reports that has ended, if reports are asked for; ``duties`` who owes them (by the plan alone
    where left out); ``unread`` the notes of it that could not be read.
    """
    record = fold(notes, office or office_of(plan))
    owed = obligations(measure, record, plan)
    missing = None
    if period is not None and record.status in AT_WORK:
        missing = _silence(measure, record, period, plan, office, duties)
    verdict = judge(record, owed, plan, today, missing, unread)
    # What was suspended is owed by nobody for now; what is done has nothing open left.
    live = () if record.status is Status.SUSPENDED else owed
    due, label = next_owed(live)
    return MeasureState(
        status=record.status,
        notes=record.notes,
        progress=_progress(measure, record),
        updated=record.notes[-1].time if record.notes else None,
        due=explicit_due(live),
        next_due=due,
        next_label=label,
        light=verdict.light,
        why=verdict.why,
        overdue=verdict.overdue,
        rule=verdict.rule,
        why_date=verdict.date,
        why_note=verdict.note,
        dates=explicit_dates(measure, record, owed),
        missing=missing.period.label if missing else "",
        silent=missing.silent if missing else (),
        owing=missing.owing if missing else 0,
        disagreement=record.disagreement,
        refused=record.refused,
        unread=unread,
    )


def _silence(
    measure: Measure,
    record: Record,
    period: ReportPeriod,
    plan: Plan | None,
    office: Office,
    duties: ReportDuties | None,
) -> Silence | None:
    """Whose report of a period is missing; nobody's where the measure was not at work on its last day."""
    if duties is None:
        duties = ReportDuties(UnitIndex((), measure.units()), plan.settings if plan else Settings())
    duty = duties.of(measure, period)
    found = duties.silence(duty, record.notes) if duty is not None else None
    return found if found is None or was_at_work(record, period.end, office or office_of(plan)) else None


def was_at_work(record: Record, day: date, office: Office) -> bool:
    """Whether a measure was at work at the end of a day, by the notes until then."""
    notes = tuple(note for note in record.notes if note.time.date() <= day)
    then = record if len(notes) == len(record.notes) else fold(notes, office)
    return then.status in AT_WORK


def _progress(measure: Measure, record: Record) -> int | None:
    """The last percentage reported for the measure as a whole (or for its only item)."""
    for counted in reversed(record.counted):
        note = counted.note
        if note.progress is not None and (note.item is None or len(measure.items) < 2):
            return note.progress
    return None
