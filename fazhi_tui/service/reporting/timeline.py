"""The timeline (时间线): every dated thing that measures owe, and how it stands on a day; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from fazhi_tui.domain.deadlines.dates import DayRange, add_months, period_label, period_start
from fazhi_tui.domain.deadlines.obligations import Obligation, Record, obligations
from fazhi_tui.domain.deadlines.occurrences import PLAN_END
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.service.view import View

#: Every day there is.
ALWAYS = DayRange(None, None)


class Standing(StrEnum):
    """How one dated obligation stands on a day."""

    DONE = "已完成"
    DONE_LATE = "逾期完成"
    OVERDUE = "逾期"
    CLAIMED = "待审核"
    OPEN = "待完成"
    SUSPENDED = "已中止"
    UNKNOWN = "不能断定"


@dataclass(frozen=True, slots=True)
class Due:
    """One dated obligation: its day after granted extensions, what it is, and how it stands.

    ``is_end`` is true for the measure as a whole at the plan's end; ``first_day`` is the document's own date,
    ``done`` the day of completion.
    """

    day: date
    label: str
    standing: Standing
    is_end: bool
    first_day: date
    done: date | None


def dues_of(view: View, row: Row) -> tuple[Due, ...]:
    """Everything dated that a measure owes or owed, by date."""
    record = fold(row.state.notes, view.office)
    return tuple(
        Due(
            duty.due, duty.label, _standing(duty, record, view.today, unread=bool(row.state.unread)),
            duty.item is None, duty.first_due, duty.done,
        )
        for duty in obligations(row.measure, record, view.tracker.plan)
    )  # fmt: skip


def _standing(duty: Obligation, record: Record, today: date, *, unread: bool) -> Standing:
    if duty.done is not None:
        return Standing.DONE_LATE if duty.late else Standing.DONE
    if unread:
        return Standing.UNKNOWN
    if record.status is Status.SUSPENDED:
        return Standing.SUSPENDED
    # The same as the lights: what was applied for in time waits for its review and is not late.
    if record.status is Status.PENDING_REVIEW and record.claimed and record.claimed <= duty.due:
        return Standing.CLAIMED
    return Standing.OVERDUE if duty.due < today else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry of the whole timeline: a measure and one thing that it owes."""

    row: Row
    due: Due


def timeline_of(view: View, rows: Sequence[Row], days: DayRange = ALWAYS) -> tuple[Dated, ...]:
    """Everything dated that ``rows`` owe within ``days``, by date; equal ones in the order of ``rows``."""
    found = [Dated(row, due) for row in rows for due in dues_of(view, row) if days.covers(due.day)]
    return tuple(sorted(found, key=lambda dated: dated.due.day))


# ------------------------------------------------------------------ groups of measures


@dataclass(frozen=True, slots=True)
class TimeGroup:
    """Measures whose next thing owed lies in one stretch of time."""

    name: str
    rows: tuple[Row, ...]


OVERDUE_GROUP = "已过期限"
NOTHING_GROUP = "没有待完成的期限"


def groups_of(rows: Iterable[Row], today: date) -> tuple[TimeGroup, ...]:
    """``rows`` by the next thing owed: what has gone by, then quarter by quarter, then what owes nothing."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.state.next_due or date.max):
        day = row.state.next_due
        if day is None:
            name = NOTHING_GROUP
        else:
            name = OVERDUE_GROUP if day < today else period_label(period_start(day, 3), 3)
        found.setdefault(name, []).append(row)
    return tuple(TimeGroup(name, tuple(kept)) for name, kept in found.items())


# ------------------------------------------------------------------ the axis


class Zoom(StrEnum):
    """How much of the plan's time is in sight."""

    PLAN = "全部"
    YEAR = "一年"
    QUARTER = "一季"


#: Months that a zoom shows; 0: all there are.
_MONTHS = {Zoom.PLAN: 0, Zoom.YEAR: 12, Zoom.QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from ``start`` to ``end`` (both included) on ``width`` cells.

    ``start`` and ``end`` are the first and last day of months, and there is a tick every ``step`` months.
    Where there is room all stretches between ticks are equally wide, so that no cell belongs to two of them
    and 31 December never stands in the next year.
    """

    start: date
    end: date
    width: int
    step: int = 3

    @property
    def days(self) -> int:
        """How many days there are on it."""
        return (self.end - self.start).days + 1

    @property
    def stretches(self) -> int:
        """How many stretches there are between ticks."""
        return _months_between(self.start, self.end) // self.step + 1

    def cell(self, day: date) -> int | None:
        """The cell that a day lies in, or None where it is not in sight."""
        if not self.start <= day <= self.end or self.width < 1:
            return None
        cells = self.width // self.stretches
        if not cells:
            return (day - self.start).days * self.width // self.days
        at = _months_between(self.start, day) // self.step
        first = add_months(self.start, at * self.step)
        days = (add_months(first, self.step) - first).days
        return at * cells + (day - first).days * cells // days

    def ticks(self) -> Iterator[date]:
        """The first days of the months that are ticked, from the axis' start on."""
        months = (self.start.year * 12 + self.start.month - 1 + self.step - 1) // self.step * self.step
        while months // 12 <= self.end.year:
            day = date(months // 12, months % 12 + 1, 1)
            if day > self.end:
                return
            if day >= self.start:
                yield day
            months += self.step


def _months_between(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def years_of(view: View, rows: Sequence[Row] = ()) -> Span:
    """The whole years of the plan; without a readable plan, those of what is owed and of today."""
    plan = view.tracker.plan
    if plan is not None:
        first, last = plan.period.start.year, plan.period.end.year
    else:
        days = [row.state.next_due for row in rows if row.state.next_due] + [view.today]
        # A year to both sides, within the calendar.
        first, last = max(min(days).year - 1, date.min.year), min(max(days).year + 1, date.max.year - 1)
    return Span(date(first, 1, 1), date(last, 12, 31))


def axis_for(years: Span, zoom: Zoom, anchor: date, width: int) -> Axis:
    """The stretch that a zoom shows: all, or the year or quarter of ``anchor`` within ``years``.

    It may take a few cells less than ``width``, so that all its stretches are equally wide.
    """
    anchor = min(max(anchor, years.start), years.end)
    axis = Axis(years.start, years.end, width)
    if months := _MONTHS[zoom]:
        start = period_start(anchor, months)
        axis = Axis(start, add_months(start, months) - timedelta(days=1), width, step=1)
    return replace(axis, width=width // axis.stretches * axis.stretches or width)


def moved(years: Span, zoom: Zoom, anchor: date, by: int) -> date:
    """The anchor ``by`` years or quarters on (with :attr:`Zoom.PLAN` it stays), within ``years``."""
    months = _MONTHS[zoom] * by
    place = anchor.year * 12 + anchor.month - 1 + months
    first, last = years.start.year * 12, years.end.year * 12 + 11
    place = min(max(place, first), last)
    return date(place // 12, place % 12 + 1, 1) if months else anchor


def label_of(due: Due) -> str:
    """What is owed, in words; a granted extension with the date that it replaced."""
    label = PLAN_END if due.is_end else due.label
    return f"{label}（原定 {due.first_day}）" if due.day != due.first_day else label
