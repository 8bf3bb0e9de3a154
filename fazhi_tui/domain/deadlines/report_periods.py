"""The rhythm of reports: when each period ends, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from fazhi_tui.domain.dated import stretches
from fazhi_tui.domain.deadlines.dates import add_months, period_label, period_start
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.settings import RHYTHM, Settings

_MONTHS = {"每月": 1, "每季度": 3, "每半年": 6, "每年": 12}
_WEEKDAYS = "一二三四五六日"
_ONE_DAY = timedelta(days=1)
_SHAPES = "可以写 每月25日前、每月底前、每季度末月25日前、每季度首月10日前、每周五、每年12月15日前"


class ReportPeriod(NamedTuple):
    """One period of reports: what is filed from ``start`` to ``end``, both included, is a report of it."""

    label: str
    start: date
    end: date


class Silence(NamedTuple):
    """Whose report for a period is missing: of ``owing`` bodies (0: the document names none) these."""

    period: ReportPeriod
    owing: int
    silent: tuple[str, ...]

    @property
    def said(self) -> str:
        """``15 个单位中 1 个已报``, or that there is no report at all where one body owes it."""
        if self.owing < 2:
            return "至今没有填报"
        return f"{self.owing} 个单位中 {self.owing - len(self.silent)} 个已报"


class Rhythm(NamedTuple):
    """When reports are due: on ``day`` (31: the last) of the ``month``-th month of every ``months`` months.

    ``after`` says that it is the month after, and the report on what has ended.  With ``months`` 0 they are
    due every week, and ``day`` is that of the week, 1 to 7.
    """

    months: int
    month: int
    day: int
    after: bool = False


def read_rhythm(text: str) -> Rhythm:
    """What 设置.报送周期 says.  Raises :class:`UsageError` for what is no rhythm.

    每月25日 is due on the 25th (or the month's last day, where that is earlier), 每季度20日 and 每年20日 on
    that day of the last month; without a day they are due on the last.  每季度首月10日前 is due on the 10th
    of the month after the quarter, as 每年1月10日前 is after the year.  每周 is due on Sunday.
    """
    found = re.fullmatch(RHYTHM, text)
    if found is None:
        raise UsageError(f"「{text}」不是报送周期", _SHAPES)
    text = text.removesuffix("前")
    if text.startswith("每周"):
        weekday = text[2:].replace("天", "日") or "日"
        return Rhythm(0, 1, _WEEKDAYS.index(weekday) + 1)
    every = next(word for word in _MONTHS if text.startswith(word))
    months, day = _MONTHS[every], re.search(r"([0-9]+)日$", text)
    named = re.search(r"([0-9]+)月", text)
    month = int(named[1]) if named else months
    first = months > 1 and ("首月" in text or month == 1)
    return Rhythm(months, 1 if first else month, int(day[1]) if day else 31, first)


def has_rhythm(settings: Settings) -> bool:
    """Whether reports are asked for, or ever were."""
    return any(stretch.value for stretch in stretches(settings, "rhythm"))


def report_periods(settings: Settings, span: Span, until: date) -> tuple[ReportPeriod, ...]:
    """The periods that have ended before the day ``until``, in order of time; none without a rhythm.

    Each belongs to the rhythm that held on its last day.  One that begins by a change starts with its first
    whole period; the plan's first is cut at the plan's first day, and the last at the plan's last (but where
    the report on what has ended is due later).  Raises :class:`UsageError` for what is no rhythm.
    """
    found: list[ReportPeriod] = []
    for rhythm, since, to in _rhythms(settings):
        start = max(span.start, since or span.start)
        for period in _periods(rhythm, start, span):
            if period.end >= until or (to is not None and period.end > to):
                break
            if since is None or period.start >= since:
                found.append(period)
    return tuple(found)


def _rhythms(settings: Settings) -> Iterator[tuple[Rhythm, date | None, date | None]]:
    """Each rhythm with the days on which it held; one that is written in two ways is one."""
    said = [(read_rhythm(held.value) if held.value else None, held) for held in stretches(settings, "rhythm")]
    for rhythm, group in groupby(said, key=lambda pair: pair[0]):
        held = [stretch for _, stretch in group]
        if rhythm is not None:
            yield rhythm, held[0].start, held[-1].end


def _periods(rhythm: Rhythm, start: date, span: Span) -> Iterator[ReportPeriod]:
    """All periods that end on ``start`` or later, whole but for the plan's first and last day."""
    before: date | None = None
    for label, first, end in _ends(rhythm, start):
        opened = span.start if before is None else max(before + _ONE_DAY, span.start)
        if (first if rhythm.after else opened) > span.end:
            return
        if rhythm.after and add_months(first, rhythm.months) <= span.start:
            continue  # What it reports on was over before the plan began.
        if not rhythm.after:
            end = min(end, span.end)
        if end >= start:
            yield ReportPeriod(label, opened, end)
        before = end


def _ends(rhythm: Rhythm, start: date) -> Iterator[tuple[str, date, date]]:
    """Label, first and last day of every period, from some before ``start`` on.

    The first day is that of the calendar month, quarter, half-year, year or week that the label names.
    """
    if not rhythm.months:
        week = date.fromordinal(max(start.toordinal() - start.weekday() - 14, 1))
        while week <= date.max - timedelta(days=14):
            end = week + timedelta(days=rhythm.day - 1)
            year, number, _ = end.isocalendar()
            yield f"{year}年第{number}周", week, end
            week += timedelta(days=7)
        return
    first = period_start(start, rhythm.months)
    if first.year > date.min.year + 2:
        first = add_months(first, -2 * rhythm.months)
    while True:
        month = add_months(first, (rhythm.months if rhythm.after else 0) + rhythm.month - 1)
        following = add_months(month, 1)
        if following == date.max:  # pragma: no cover - the calendar's last year
            return
        last = (following - _ONE_DAY).day
        yield period_label(first, rhythm.months), first, month.replace(day=min(rhythm.day, last))
        first = add_months(first, rhythm.months)
