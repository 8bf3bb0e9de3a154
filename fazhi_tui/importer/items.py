"""事项: the dated, recurring and counted obligations in a measure's text.

What says a date, a period or a number is data (:data:`DATES`, :data:`PERIODS`, :data:`COUNTS`).  The
source of an item is the clause that says it: of the sentence, the stretch between two commas.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fazhi_tui.importer.numerals import NUMERAL, to_int
from fazhi_tui.importer.sentences import split_outside
from fazhi_tui.model import Period


@dataclass(frozen=True, slots=True)
class DateShape:
    """A way to say a deadline; ``doubt`` tells what its two readings are, if it has two."""

    name: str
    pattern: re.Pattern[str]
    last_day: Callable[[re.Match[str]], date]
    doubt: str = ""


def _year_end(match: re.Match[str]) -> date:
    return date(int(match["year"]), 12, 31)


def _month_end(match: re.Match[str]) -> date:
    year, month = int(match["year"]), int(match["month"])
    return date(year, month, monthrange(year, month)[1])


def _day_before_year(match: re.Match[str]) -> date:
    return date(int(match["year"]) - 1, 12, 31)


_YEAR = r"(?P<year>(?:19|20)[0-9]{2})年"

DATES: tuple[DateShape, ...] = (
    DateShape("某年年底前", re.compile(_YEAR + r"年?底(?:之?前|以前)"), _year_end),
    DateShape(
        "某年某月底前",
        re.compile(_YEAR + r"(?P<month>1[0-2]|0?[1-9])月(?:月?底|末)(?:之?前|以前)"),
        _month_end,
    ),
    DateShape(
        "某年前",
        re.compile(_YEAR + r"(?:之?前|以前)"),
        _day_before_year,
        doubt="可读作该年开始以前，也可读作该年年底以前",
    ),
)

PERIODS: tuple[tuple[re.Pattern[str], Period], ...] = (
    (re.compile(r"每[2两二]年"), Period.TWO_YEARLY),
    (re.compile(r"每半年"), Period.HALF_YEARLY),
    (re.compile(r"每(?:个)?季度?"), Period.QUARTERLY),
    (re.compile(r"每(?:个)?月"), Period.MONTHLY),
    (re.compile(r"每年"), Period.YEARLY),
    (re.compile(r"任期内"), Period.TERM),
)

MEASURE_WORDS = ("学时", "课时", "小时", "人次", "次", "期", "场", "个", "名", "件", "篇", "部", "项", "家")

_COUNTED = rf"(?P<number>{NUMERAL})(?P<word>{'|'.join(MEASURE_WORDS)})"

COUNTS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"不少于{_COUNTED}"),
    re.compile(rf"至少[^，。；0-9一二两三四五六七八九十]{{0,6}}{_COUNTED}"),
    re.compile(rf"{_COUNTED}以上"),
)

ADVERBIAL_TAILS = ("基础上", "的同时", "前提下", "过程中")
"""A clause that ends so has no verb of its own: it belongs to the one after it."""


@dataclass(frozen=True, slots=True)
class FoundItem:
    """What one clause owes; ``source`` stands in the sentence word for word."""

    source: str
    content: str
    due: date | None = None
    period: Period | None = None
    quantity: int | None = None
    measure_word: str | None = None
    doubt: str = ""


def find_items(sentence: str) -> tuple[FoundItem, ...]:
    """The items of one sentence, in order; its closing sign is not part of them."""
    sentence = sentence.rstrip("。！？")
    clauses = split_outside(sentence, "，；")
    items: list[FoundItem] = []
    taken = -1  # the last clause that an item already holds
    for index, (start, stop) in enumerate(clauses):
        clause = sentence[start:stop]
        time = _time(clause)
        if index <= taken or (time is None and _count(clause) is None):
            continue
        first, last = index, index
        if time is not None and not _without(clause, time.words).strip() and index + 1 < len(clauses):
            last = index + 1  # 2022年年底前，…: the time stands alone, the duty behind the comma
        if index > taken + 1 and _ends_adverbially(sentence, clauses[index - 1]):
            first = index - 1
        source = sentence[clauses[first][0] : clauses[last][1]]
        items.append(_item(source, time))
        taken = last
    return tuple(items)


@dataclass(frozen=True, slots=True)
class _Time:
    words: str
    due: date | None
    period: Period | None
    doubt: str


def _time(clause: str) -> _Time | None:
    for shape in DATES:
        if match := shape.pattern.search(clause):
            return _Time(match[0], shape.last_day(match), None, shape.doubt)
    for pattern, period in PERIODS:
        if match := pattern.search(clause):
            return _Time(match[0], None, period, "")
    return None


def _count(clause: str) -> tuple[int, str] | None:
    for pattern in COUNTS:
        if match := pattern.search(clause):
            number = to_int(match["number"])
            if number:
                return number, match["word"]
    return None


def _item(source: str, time: _Time | None) -> FoundItem:
    quantity, word = _count(source) or (None, None)
    if time is None:
        return FoundItem(source, source, quantity=quantity, measure_word=word)
    content = _without(source, time.words)
    return FoundItem(source, content, time.due, time.period, quantity, word, time.doubt)


def _without(text: str, words: str) -> str:
    """The duty without its time words, and without the comma they leave behind."""
    before, _, after = text.partition(words)
    return (before + after.removeprefix("，")).strip("，")


def _ends_adverbially(sentence: str, clause: tuple[int, int]) -> bool:
    return sentence[clause[0] : clause[1]].endswith(ADVERBIAL_TAILS)
