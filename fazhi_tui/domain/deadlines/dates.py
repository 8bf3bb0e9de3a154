"""Days and ranges of days, as people type them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from fazhi_tui.domain.model.errors import UsageError

_ONE_DAY = timedelta(days=1)
#: Years that a plan or a report can have; a mistyped one (20222) is told instead of searched for.
_YEARS = range(1900, 3000)
#: A hundred years: farther than any plan reaches, and within what dates can hold.
_FARTHEST = 36525

_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月)")
_QUARTER = re.compile(r"([0-9]{4})(?:-?[Qq]([0-9])|年第?([0-9])季度)")
_YEAR = re.compile(r"([0-9]{4})年?")
_COUNT = re.compile(r"([0-9]{1,9})(?:[Dd]|天)")
_OVERDUE = ("逾期", "overdue")
_TODAY = ("今天", "today")
#: The month, quarter and year that today lies in: a saved view means them anew each day.
_MONTH_NOW = ("本月", "month")
_QUARTER_NOW = ("本季", "本季度", "quarter")
_YEAR_NOW = ("本年", "今年", "year")
SHAPES = "可以写 2023-01-01、2023-01、2023、2023Q4、2023年1月、30d、本季、2022..2023"


class DayRange(NamedTuple):
    """From ``start`` to ``end``, both included; None is open."""

    start: date | None
    end: date | None

    def covers(self, day: date) -> bool:
        """Whether a day lies in the range."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day: 30 November and three is 28 or 29 February.

    Beyond the calendar it is the calendar's last day.
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, _last(year, month).day))


def period_start(day: date, months: int) -> date:
    """The first day of the calendar month (1), quarter (3), half-year (6) or year that a day lies in."""
    return date(day.year, 1 + (day.month - 1) // months * months, 1)


def period_label(first: date, months: int) -> str:
    """What the calendar period of so many months is called that begins with ``first``: ``2023年第1季度``."""
    match months:
        case 1:
            return f"{first.year}年{first.month}月"
        case 3:
            return f"{first.year}年第{(first.month + 2) // 3}季度"
        case 6:
            return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
        case _:
            return f"{first.year}年"


def parse_day_range(text: str, today: date, *, past: bool = False) -> DayRange:
    """What a date, a month, a quarter, a year, ``30d``, ``本季``, ``逾期`` or a range ``a..b`` covers.

    ``30d`` is from today to 30 days from now, or with ``past`` the last 30 days.  ``逾期`` is
    every day before today.  A range may be open at one end.  Raises :class:`UsageError`.
    """
    folded = _fold(text)
    if folded.casefold() in _OVERDUE:
        return DayRange(None, today - _ONE_DAY)
    if ".." in folded:
        left, right = folded.split("..", 1)
        if not left and not right:
            raise UsageError(f"「{text}」两头都没有日期", "例如 2022..2023，或 2022.. 表示 2022 年起")
        start = _point(left, today, past).start if left else None
        end = _point(right, today, past).end if right else None
        if start is not None and end is not None and start > end:
            raise UsageError(f"「{text}」前后颠倒：{start} 晚于 {end}", f"写成 {right}..{left}")
        return DayRange(start, end)
    point = _point(folded, today, past)
    if _COUNT.fullmatch(folded):
        return DayRange(point.start, today) if past else DayRange(today, point.end)
    return point


def compare_days(sign: str, text: str, today: date, *, past: bool = False) -> DayRange:
    """The days that are ``<``, ``<=``, ``>`` or ``>=`` a date, month, quarter, year or ``30d``.

    Before 2022 is before its first day, after 2022 after its last.  ``30d`` is the one day 30 days
    from now (with ``past``: 30 days ago).  Raises :class:`UsageError`.
    """
    folded = _fold(text)
    if folded.casefold() in _OVERDUE or ".." in folded:
        raise UsageError(f"「{text}」不能用 {sign} 比较", f"用冒号，写成 :{text}")
    point = _point(folded, today, past)
    if point.start is None or point.end is None:  # pragma: no cover - a point is never open
        return point
    return {
        "<": DayRange(None, point.start - _ONE_DAY),
        "<=": DayRange(None, point.end),
        ">": DayRange(point.end + _ONE_DAY, None),
        ">=": DayRange(point.start, None),
    }[sign]


def _fold(text: str) -> str:
    # A Chinese input method turns two dots into two full stops.
    return unicodedata.normalize("NFKC", text).strip().replace("。。", "..")


def _point(folded: str, today: date, past: bool) -> DayRange:
    """One day, or one calendar month, quarter or year."""
    if folded.casefold() in _TODAY:
        return DayRange(today, today)
    if folded.casefold() in _MONTH_NOW:
        return DayRange(today.replace(day=1), _last(today.year, today.month))
    if folded.casefold() in _QUARTER_NOW:
        ends = (today.month + 2) // 3 * 3
        return DayRange(date(today.year, ends - 2, 1), _last(today.year, ends))
    if folded.casefold() in _YEAR_NOW:
        return DayRange(date(today.year, 1, 1), date(today.year, 12, 31))
    if found := _COUNT.fullmatch(folded):
        count = int(found[1])
        if count > _FARTHEST:
            raise UsageError(f"「{folded}」太远", f"天数最多 {_FARTHEST}")
        day = today - timedelta(days=count) if past else today + timedelta(days=count)
        return DayRange(day, day)
    if found := _DAY.fullmatch(folded):
        year, month, day_of_month = int(found[1]), int(found[3] or found[5]), int(found[4] or found[6])
        _check(folded, year, month)
        last = _last(year, month)
        if not 1 <= day_of_month <= last.day:
            raise UsageError(f"没有 {folded} 这一天", f"{year} 年 {month} 月只有 {last.day} 天")
        day = date(year, month, day_of_month)
        return DayRange(day, day)
    if found := _MONTH.fullmatch(folded):
        year, month = int(found[1]), int(found[2] or found[3])
        _check(folded, year, month)
        return DayRange(date(year, month, 1), _last(year, month))
    if found := _QUARTER.fullmatch(folded):
        year, quarter = int(found[1]), int(found[2] or found[3])
        _check(folded, year)
        if not 1 <= quarter <= 4:
            raise UsageError(f"没有「{folded}」这个季度", f"季度是 {year}Q1 至 {year}Q4")
        return DayRange(date(year, quarter * 3 - 2, 1), _last(year, quarter * 3))
    if found := _YEAR.fullmatch(folded):
        year = int(found[1])
        _check(folded, year)
        return DayRange(date(year, 1, 1), date(year, 12, 31))
    raise UsageError(f"「{folded}」不是日期", SHAPES)


def _check(folded: str, year: int, month: int = 1) -> None:
    if year not in _YEARS:
        raise UsageError(f"「{folded}」的年份不对", f"年份应在 {_YEARS[0]} 至 {_YEARS[-1]} 之间")
    if not 1 <= month <= 12:
        raise UsageError(f"「{folded}」没有 {month} 月", "月份是 1 至 12")


def _last(year: int, month: int) -> date:
    """The last day of a month."""
    if (year, month) == (date.max.year, 12):
        return date.max
    return date(year + month // 12, month % 12 + 1, 1) - _ONE_DAY
