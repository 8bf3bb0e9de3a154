"""The rhythm of reports: when a period ends, and whose report of it is missing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from fazhi_tui.domain.deadlines.dates import add_months, period_label, period_start
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.settings import RHYTHM

_MONTHS = {"每月": 1, "每季度": 3, "每半年": 6, "每年": 12}
_ONE_DAY = timedelta(days=1)


class ReportPeriod(NamedTuple):
    """One period of reports: what is filed from ``start`` to ``end``, both included, is a report of it."""

    label: str
    start: date
    end: date


def report_periods(rhythm: str | None, span: Span, until: date) -> tuple[ReportPeriod, ...]:
    """The periods that have ended before the day ``until``, in order of time; none without a rhythm.

    ``rhythm`` is what 设置.报送周期 says: 每月25日 has a period end on the 25th (or the month's
    last day, where that is earlier) and the next one begin the day after; without a day it ends with its
    month, quarter, half-year or year.  Only days of the plan's period count. Raises :class:`UsageError` for
    what is no rhythm.
    """
    if not rhythm:
        return ()
    found = re.fullmatch(RHYTHM, rhythm)
    if found is None:
        raise UsageError(
            f"「{rhythm}」不是报送周期", "可以写 每月、每月25日、每季度、每季度20日、每半年、每年"
        )
    months, day = _MONTHS[found[1]], int(found[3] or 31)
    start = span.start
    first = period_start(start, months)
    periods: list[ReportPeriod] = []
    while True:
        last_month = add_months(first, months - 1)
        month_end = add_months(last_month, 1) - _ONE_DAY
        end = month_end if day >= month_end.day else last_month.replace(day=day)
        following = add_months(first, months)
        if end >= start:
            cut = min(end, span.end)
            if cut >= until or start > span.end:
                break
            periods.append(ReportPeriod(period_label(first, months), start, cut))
            start = end + _ONE_DAY
        if following <= first:  # pragma: no cover - the calendar's last year
            break
        first = following
    return tuple(periods)
