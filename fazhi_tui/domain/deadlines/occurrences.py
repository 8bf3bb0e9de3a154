"""An item spread over the plan's period: 43.1 of 2022, 2023, 2024 and 2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from fazhi_tui.domain.deadlines.dates import add_months, period_label, period_start
from fazhi_tui.domain.model.measure import Item, Period
from fazhi_tui.domain.model.plan import Plan

#: What the plan's last day is called where it serves as a deadline.
PLAN_END = "规划期末"

_MONTHS = {
    Period.MONTHLY: 1,
    Period.QUARTERLY: 3,
    Period.HALF_YEARLY: 6,
    Period.YEARLY: 12,
    Period.TWO_YEARLY: 24,
}


class Occurrence(NamedTuple):
    """One period of an item: from its first day to the day it is due, both included."""

    label: str
    start: date
    due: date


def plan_end(plan: Plan) -> date:
    """The plan's last day, which counts where the document names no other."""
    return plan.period.end


def occurrences(item: Item, plan: Plan | None) -> tuple[Occurrence, ...]:
    """When an item is owed, in order of time.

    A recurring item is owed once in each calendar month, quarter, half-year or year that the plan's
    period touches, cut to that period (and to the item's own 截止, where it has one); 每2年 steps
    from the plan's first year; 任期内 is one occurrence to the plan's end.  A dated item has one
    occurrence without a label.  What has neither date nor period is due at the plan's end.  Where
    the plan could not be read (None), only dated items have an occurrence.
    """
    if plan is None:
        return (Occurrence("", item.due, item.due),) if item.due and not item.period else ()
    start = plan.period.start
    if item.period is None:
        if item.due:
            return (Occurrence("", min(start, item.due), item.due),)
        return (Occurrence(PLAN_END, start, plan_end(plan)),)
    end = min(plan_end(plan), item.due) if item.due else plan_end(plan)
    if item.period is Period.TERM:
        return (Occurrence(item.period.value, min(start, end), end),)
    return tuple(_spread(item.period, start, end))


def _spread(period: Period, start: date, end: date) -> Iterator[Occurrence]:
    months = _MONTHS[period]
    # Calendar periods: a plan that begins in August owes that quarter's occurrence from August on.
    first = period_start(start, months)
    while first <= end:
        following = add_months(first, months)
        if period is Period.TWO_YEARLY and end.year > first.year:
            label = f"{first.year}-{first.year + 1}年"
        else:
            label = period_label(first, months)
        yield Occurrence(label, max(first, start), min(following - timedelta(days=1), end))
        if following == date.max:
            return  # The calendar has no next one.
        first = following
