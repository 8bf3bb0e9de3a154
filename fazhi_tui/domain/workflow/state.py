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
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.tracker import MeasureState
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.kinds import AT_WORK, RULES
from fazhi_tui.domain.workflow.office import Office, office_of


def state_of(
    measure: Measure,
    notes: Iterable[Note],
    plan: Plan | None,
    today: date,
    *,
    office: Office = None,
    period: ReportPeriod | None = None,
) -> MeasureState:
    """Where a measure stands on a day, from its notes (those of what it came from too) in any order.

    ``plan`` is None where ``plan.yaml`` could not be read: then nothing is owed but explicit dates.
    ``office`` is what :func:`office_of` gives (by the plan alone where left out); ``period`` the last period
    of reports that has ended, if reports are asked for.
    """
    record = fold(notes, office or office_of(plan))
    owed = obligations(measure, record, plan)
    missing = period if period is not None and _lacks_report(record, period) else None
    verdict = judge(record, owed, plan, today, missing)
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
        missing=missing.label if missing else "",
        disagreement=record.disagreement,
        refused=record.refused,
    )


def _lacks_report(record: Record, period: ReportPeriod) -> bool:
    """Whether a measure that is at work has no report since the period began: none in it, none after."""
    if record.status not in AT_WORK:
        return False
    return not any(RULES[note.kind].reports and note.time.date() >= period.start for note in record.notes)


def _progress(measure: Measure, record: Record) -> int | None:
    """The last percentage reported for the measure as a whole (or for its only item)."""
    for counted in reversed(record.counted):
        note = counted.note
        if note.progress is not None and (note.item is None or len(measure.items) < 2):
            return note.progress
    return None
