"""The plan's first and last day: from its title, its validity, or the dates that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fazhi_tui.domain.model.plan import Span
from fazhi_tui.importer.times.dates import FIVE_YEARS
from fazhi_tui.importer.times.numerals import NUMERAL, to_int

_YEARS = re.compile(r"(20[0-9]{2})年?[—－–~～至到-]+(20[0-9]{2})年?")
_YEAR = re.compile(r"(20[0-9]{2})年")
_DAY = re.compile(r"(?P<year>20[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
_HAN_DAY = re.compile(
    r"(?P<year>二[〇○O零一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_VALID_FOR = re.compile(rf"有效期(?:限)?(?:为|至)?(?P<years>{NUMERAL})年")
_FROM = re.compile(r"自(?P<day>20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)起(?:正式)?(?:施行|实施|执行)")
_VALID_UNTIL = re.compile(r"有效期(?:限)?(?:截)?至(?P<day>20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)")


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period, and what is doubtful about it (empty if nothing is)."""

    span: Span
    doubt: str = ""


def find_period(title: str, text: str) -> FoundPeriod | None:
    """The period that a document speaks of; None where it names no year at all.

    In this order: two years in the title; a five-year plan in the title; one year in the title; the
    validity that the text states, from its date on; the text's own date up to the last year it names.
    The last is told as a doubt, as is a five-year plan.
    """
    if match := _YEARS.search(title):
        first, last = int(match[1]), int(match[2])
        if first <= last:
            return FoundPeriod(_years(first, last))
    for words, first in FIVE_YEARS.items():
        if words in title:
            return FoundPeriod(
                _years(first, first + 4), f"期间据标题中的“{words}”定为 {first} 至 {first + 4} 年。"
            )
    if match := _YEAR.search(title):
        year = int(match[1])
        return FoundPeriod(_years(year, year))
    in_force, end = (
        next(_days(match["day"]), None) if (match := pattern.search(text)) else None
        for pattern in (_FROM, _VALID_UNTIL)
    )
    issued = in_force or issue_date(text)
    if issued and end and issued <= end:
        return FoundPeriod(Span(issued, end))
    if issued and (match := _VALID_FOR.search(text)):
        years = to_int(match["years"])
        if 0 < years <= 30:
            return FoundPeriod(Span(issued, _years_later(issued, years) - timedelta(days=1)))
    named = [int(match[1]) for match in _YEAR.finditer(text) if 2000 <= int(match[1]) <= 2099]
    if not named and issued is None:
        return None
    start = issued or date(min(named), 1, 1)
    last = max([start.year, *(year for year in named if year <= start.year + 15)])
    return FoundPeriod(
        Span(start, date(last, 12, 31)),
        f"标题没有写明期间，暂从 {start} 起，到文中提到的最后一年（{last} 年）年底止。",
    )


def issue_date(text: str) -> date | None:
    """The day a document was signed: the last date that is a paragraph of its own, or follows a name."""
    found: date | None = None
    for line in text.split("\n"):
        if len(line) <= 60 and not set(line) & set("，。；") and (day := next(_days(line), None)):
            found = day
    return found


def _days(text: str) -> Iterator[date]:
    for pattern in (_DAY, _HAN_DAY):
        for match in pattern.finditer(text):
            year = match["year"].translate(str.maketrans("○O零", "〇〇〇"))
            try:
                yield date(to_int(year), to_int(match["month"]), to_int(match["day"]))
            except ValueError:
                continue


def _years(first: int, last: int) -> Span:
    return Span(date(first, 1, 1), date(last, 12, 31))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
