"""The timeline (时间线): every dated thing that measures owe, and how it stands on a day; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from fazhi_tui.domain.deadlines.dates import DayRange, add_months
from fazhi_tui.domain.deadlines.obligations import Obligation as Owed
from fazhi_tui.domain.deadlines.obligations import Record, obligations
from fazhi_tui.domain.deadlines.occurrences import PLAN_END
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.service.view import View

#: Every day there is.
ALWAYS = DayRange(None, None)
#: A timeline without a readable plan reaches this many years to both sides of what it shows.
_SPARE_YEARS = 1


class Standing(StrEnum):
    """How one dated obligation stands on a day."""

    DONE = "已完成"
    DONE_LATE = "逾期完成"
    OVERDUE = "逾期"
    CLAIMED = "待审核"
    OPEN = "待完成"
    SUSPENDED = "已中止"


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
    owed = obligations(row.measure, record, view.tracker.plan)
    return tuple(
        Due(one.due, one.label, _standing(one, record, view.today), one.item is None, one.first_due, one.done)
        for one in owed
    )


def _standing(one: Owed, record: Record, today: date) -> Standing:
    if one.done is not None:
        return Standing.DONE_LATE if one.late else Standing.DONE
    if record.status is Status.SUSPENDED:
        return Standing.SUSPENDED
    # The same as the lights: what was applied for in time waits for its review and is not late.
    if record.status is Status.PENDING_REVIEW and record.claimed and record.claimed <= one.due:
        return Standing.CLAIMED
    return Standing.OVERDUE if one.due < today else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry of the whole timeline: a measure and one thing that it owes."""

    row: Row
    due: Due


def timeline_of(view: View, rows: Sequence[Row], days: DayRange = ALWAYS) -> tuple[Dated, ...]:
    """Everything dated that ``rows`` owe within ``days``, by date; equal ones in the order of ``rows``."""
    found = [Dated(row, due) for row in rows for due in dues_of(view, row) if days.covers(due.day)]
    return tuple(sorted(found, key=lambda one: one.due.day))


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
    rows = tuple(rows)
    dated = sorted((row for row in rows if row.state.next_due), key=lambda row: row.state.next_due or today)
    found: dict[str, list[Row]] = {}
    for row in dated:
        day = row.state.next_due or today
        found.setdefault(OVERDUE_GROUP if day < today else quarter_name(day), []).append(row)
    nothing = [row for row in rows if row.state.next_due is None]
    if nothing:
        found[NOTHING_GROUP] = nothing
    return tuple(TimeGroup(name, tuple(kept)) for name, kept in found.items())


def quarter_name(day: date) -> str:
    """``2025年第4季度``."""
    return f"{day.year}年第{(day.month + 2) // 3}季度"


# ------------------------------------------------------------------ the axis


class Zoom(StrEnum):
    """How much of the plan's time is in sight."""

    PLAN = "全部"
    YEAR = "一年"
    QUARTER = "一季"


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
        each = self.width // self.stretches
        if not each:
            return (day - self.start).days * self.width // self.days
        at = _months_between(self.start, day) // self.step
        first = add_months(self.start, at * self.step)
        days = (add_months(first, self.step) - first).days
        return at * each + (day - first).days * each // days

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
        first, last = min(days).year - _SPARE_YEARS, max(days).year + _SPARE_YEARS
        first, last = max(first, date.min.year), min(last, date.max.year - 1)
    return Span(date(first, 1, 1), date(last, 12, 31))


def axis_for(years: Span, zoom: Zoom, anchor: date, width: int) -> Axis:
    """The stretch that a zoom shows: all, or the year or quarter of ``anchor`` within ``years``.

    It may take a few cells less than ``width``, so that all its stretches are equally wide.
    """
    anchor = min(max(anchor, years.start), years.end)
    start, end, step = years.start, years.end, 3
    if zoom is Zoom.YEAR:
        start, end, step = date(anchor.year, 1, 1), date(anchor.year, 12, 31), 1
    elif zoom is Zoom.QUARTER:
        start, step = date(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 1), 1
        end = add_months(start, 3) - timedelta(days=1)
    axis = Axis(start, end, width, step)
    return replace(axis, width=width // axis.stretches * axis.stretches or width)


def moved(years: Span, zoom: Zoom, anchor: date, by: int) -> date:
    """The anchor ``by`` years or quarters on (with :attr:`Zoom.PLAN` it stays), within ``years``."""
    months = {Zoom.PLAN: 0, Zoom.YEAR: 12, Zoom.QUARTER: 3}[zoom] * by
    place = anchor.year * 12 + anchor.month - 1 + months
    first, last = years.start.year * 12, years.end.year * 12 + 11
    place = min(max(place, first), last)
    return date(place // 12, place % 12 + 1, 1) if months else anchor


def label_of(due: Due) -> str:
    """What is owed, in words; a granted extension with the date that it replaced."""
    label = PLAN_END if due.is_end else due.label
    return f"{label}（原定 {due.first_day}）" if due.day != due.first_day else label
