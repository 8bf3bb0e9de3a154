"""When a duty is owed: dates, periods and limits as documents write them.

Each way to say a time is one entry of :data:`DATES`, :data:`LABELLED` or :data:`PERIODS` and one sample
in the tests.  Words inside 《》 name documents and tell no time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fazhi_tui.domain.model.measure import Period
from fazhi_tui.importer.times.numerals import NUMERAL, to_int


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What the surroundings of a sentence tell of its times.

    ``title`` stands for the duty where a sentence names a time alone.  ``start`` is the plan's first
    day, ``issued`` the day the document was signed; ``plan_year`` the only year of a plan of one year.
    ``year`` is the year of the deadline last named before; ``same_sentence`` tells that it stands so near
    that nobody would doubt it.
    """

    title: str = ""
    start: date | None = None
    issued: date | None = None
    plan_year: int | None = None
    year: int | None = None
    same_sentence: bool = False


NOWHERE = TimeContext()
"""Surroundings that tell nothing."""


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time in a text: its stretch, its last day or its period, and what is doubtful about it.

    A doubt without a date tells why there is none.  ``year`` is the year that later months may mean.
    """

    start: int
    stop: int
    due: date | None
    period: Period | None = None
    doubt: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class LastDay:
    """What a shape makes of its words: a day, None where none can be told; and the doubt."""

    due: date | None
    doubt: str = ""


Reader = Callable[[re.Match[str], TimeContext], LastDay]


# ------------------------------------------------------------------ reading


def _in_year(read: Callable[[re.Match[str], int], LastDay]) -> Reader:
    """A reader that is told the year: the one that is said, or else that of the surroundings."""

    def reader(match: re.Match[str], context: TimeContext) -> LastDay:
        year, doubt = _year_of(match, context)
        if year is None:
            return LastDay(None, doubt)
        found = read(match, year)
        return replace(found, doubt="；".join(filter(None, (doubt, found.doubt))))

    return reader


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_year_end = _in_year(lambda _, year: LastDay(date(year, 12, 31)))
_before_year = _in_year(
    lambda _, year: LastDay(date(year - 1, 12, 31), "可读作该年开始以前，也可读作该年年底以前")
)
_before_month = _in_year(
    lambda match, year: LastDay(
        date(year, int(match["month"]), 1) - timedelta(days=1), "可读作该月开始以前，也可读作该月月底以前"
    )
)
_quarter = _in_year(lambda match, year: LastDay(_month_end(year, to_int(match["quarter"]) * 3)))
_half = _in_year(lambda match, year: LastDay(_month_end(year, 6 if match["half"] == "上" else 12)))
_THIRDS = {"上旬": 10, "中旬": 20}


@_in_year
def _end_of_month(match: re.Match[str], year: int) -> LastDay:
    month = int(match["month"])
    third = _THIRDS.get(match.groupdict().get("third") or "")
    return LastDay(date(year, month, third) if third else _month_end(year, month))


@_in_year
def _that_day(match: re.Match[str], year: int) -> LastDay:
    month, day = int(match["month"]), int(match["day"])
    try:
        return LastDay(date(year, month, day))
    except ValueError:
        return LastDay(None, f"“{month}月{day}日”不是日历上的日子")


def _year_of(match: re.Match[str], context: TimeContext) -> tuple[int | None, str]:
    """The year that is said, or the one that the surroundings give, and then what is doubtful about it."""
    said = match.groupdict().get("year")
    if said:
        return int(said), ""
    relative = match.groupdict().get("relative") or ""
    base, doubt = _year_around(context, relative)
    if base is None:
        return None, f"“{match.group().strip('于在到至')}”没有写年份，上文也没有，未定日期"
    later = {"明": 1, "次": 1}.get(relative[:1], 0)
    return base + later, f"没有写年份，{doubt} {base + later} 年" if doubt else ""


def _year_around(context: TimeContext, relative: str) -> tuple[int | None, str]:
    if context.plan_year is not None:
        return context.plan_year, ""
    if context.year is not None and not relative:
        return context.year, "" if context.same_sentence else "据上文定为"
    if context.issued is not None:
        return context.issued.year, "据印发日期定为"
    return (context.year, "据上文定为") if context.year is not None else (None, "")


FIVE_YEARS = {"十三五": 2016, "十四五": 2021, "十五五": 2026}
"""The first year of each of the country's five-year plans."""

_MOST_YEARS = 20


def _after_issue(match: re.Match[str], context: TimeContext) -> LastDay:
    """施行后一年内: from the day the document was signed, which usually is the one it takes effect."""
    words = match.group()
    if context.issued is None:
        return LastDay(None, f"“{words}”从施行或印发之日起算，原文没有日期，未定日期")
    due = _later(context.issued, to_int(match["number"]), match["unit"])
    if due is None:
        return LastDay(None, f"“{words}”推算不出日期")
    return LastDay(due, f"从落款日期 {context.issued} 起算")


def _within_years(match: re.Match[str], context: TimeContext) -> LastDay:
    start = context.issued or context.start
    due = _later(start, to_int(match["number"]), match["unit"]) if start else None
    if due is None or start is None:
        return LastDay(None, f"“{match.group()}”没有写从何时起算，未定日期")
    since = "落款日期" if context.issued else "方案起始之日"
    return LastDay(due, f"没有写从何时起算，按{since} {start} 推算")


def _later(start: date, number: int, unit: str) -> date | None:
    """The last day of a limit that begins on ``start``; None beyond what a plan can mean."""
    if unit.endswith("工作日"):
        return None  # holidays are decreed year by year
    if unit in ("日", "天", "周"):
        days = number * (7 if unit == "周" else 1)
        return start + timedelta(days=days) if days <= 366 * _MOST_YEARS else None
    months = number * (12 if unit == "年" else 1)
    if months > 12 * _MOST_YEARS:
        return None
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


# ------------------------------------------------------------------ the shapes

_TO = r"[于在到至]?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})年"
_FROM_YEAR = r"(?:19|20)[0-9]{2}年?"
_DASH = r"(?:[—－–~～\-]{1,2}|[至到])"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])月份?"
_DAY = r"(?P<day>[12][0-9]|3[01]|0?[1-9])[日号]"
_BEFORE = r"(?:之前|以前|前)"
_END = r"(?:月?底|月?末|(?P<third>[上中下]旬))"
# What a year is said of: 每年6月底前 comes again, 次年1月底前 hangs on another date.
_NOT_RELATIVE = r"(?<![每次翌隔当]年)(?<![每次翌隔当]年的)(?<![0-9年—－–~～\-至到])"
_THIS = r"(?:(?P<relative>今|本|当前|明)年)?"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度(?:末|底)?"
_LIMIT = rf"(?P<number>{NUMERAL})个?(?P<unit>工作日|年|月|日|天|周)(?:之内|以内|内)"

_DATES: tuple[tuple[str, str, Reader], ...] = (
    (
        "某年至某年",
        rf"(?<!（){_TO}{_FROM_YEAR}{_DASH}{_YEAR}(?!）|[0-9]|度?(?:》|工作|规划))(?:期间|间|内)?",
        _year_end,
    ),
    (
        "某年某月至某年某月",
        rf"{_FROM_YEAR}(?:1[0-2]|0?[1-9])月?(?:底|初|起)?{_DASH}{_YEAR}{_MONTH}(?:月?底|月?末)?{_BEFORE}?",
        _end_of_month,
    ),
    (
        "某年某月至某月",
        rf"{_YEAR}(?:1[0-2]|0?[1-9])月?(?:底|初|起)?{_DASH}{_MONTH}(?:月?底|月?末)?{_BEFORE}?",
        _end_of_month,
    ),
    ("某年某月某日前", rf"{_TO}{_YEAR}{_MONTH}{_DAY}{_BEFORE}", _that_day),
    ("到某年某月某日", rf"[到至]{_YEAR}{_MONTH}{_DAY}(?:为止|止)?", _that_day),
    ("某年某月底前", rf"{_TO}{_YEAR}{_MONTH}{_END}{_BEFORE}?", _end_of_month),
    ("某年某月前", rf"{_TO}{_YEAR}{_MONTH}{_BEFORE}", _before_month),
    ("到某年某月", rf"[到至]{_YEAR}{_MONTH}(?!起|以来|[0-9])", _end_of_month),
    ("某年某季度", rf"{_TO}{_YEAR}{_QUARTER}{_BEFORE}?", _quarter),
    ("某年上下半年", rf"{_TO}{_YEAR}(?P<half>[上下])半年(?:末|底)?{_BEFORE}?", _half),
    ("某年年底前", rf"{_TO}{_YEAR}年?[底末]{_BEFORE}?", _year_end),
    ("某年内", rf"{_TO}{_YEAR}度?(?:之内|以内|内)", _year_end),
    ("某年前", rf"{_TO}{_YEAR}{_BEFORE}", _before_year),
    ("到某年", rf"[到至]{_YEAR}(?![0-9度]|以来|起)", _year_end),
    (
        "某年完成",
        rf"(?<![0-9自从]){_YEAR}(?=(?:基本|全面|力争|率先|全部|全市|全省|全县|全区)?(?:完成|实现|达到|建成|覆盖)(?!的|了))",
        _year_end,
    ),
    (
        "五年规划期末",
        rf"{_TO}[“「]?(?P<plan>{'|'.join(FIVE_YEARS)})[”」]?(?:规划)?(?:时期|期间|期末|末)",
        lambda match, _: LastDay(date(FIVE_YEARS[match["plan"]] + 4, 12, 31)),
    ),
    ("某月某日前", rf"{_NOT_RELATIVE}{_TO}{_THIS}{_MONTH}{_DAY}{_BEFORE}", _that_day),
    ("某月底前", rf"{_NOT_RELATIVE}{_TO}{_THIS}{_MONTH}{_END}{_BEFORE}?", _end_of_month),
    ("某月前", rf"{_NOT_RELATIVE}{_TO}{_THIS}{_MONTH}{_BEFORE}", _before_month),
    (
        "某季度末前",
        rf"(?<![每个年]){_TO}{_THIS}第?(?P<quarter>[一二三四1-4])季度(?:[末底]{_BEFORE}?|{_BEFORE})",
        _quarter,
    ),
    ("上半年前", rf"{_TO}{_THIS}(?P<half>[上下])半年(?:[末底]{_BEFORE}?|{_BEFORE})", _half),
    (
        "年底前",
        (
            rf"(?<![0-9每次翌隔当年今本明])(?:{_TO}(?:(?P<relative>今|本|明)年年?|年)[底末]{_BEFORE}"
            r"|(?:今|本)年(?:年?[底末]|内))"
        ),
        _year_end,
    ),
    (
        "施行后多久内",
        (
            r"(?:^|(?<=[，；]))(?:自|在|于)?(?:本[\u4e00-\u9fff]{1,8}?|方案|文件)?(?:正式)?"
            rf"(?:印发|发布|公布|施行|实施|出台|下发|生效)(?:之日)?(?:起|后)(?:的)?{_LIMIT}"
        ),
        _after_issue,
    ),
    (
        "多少年内",
        rf"(?:^|(?<=[，；争取在]))用?(?P<number>{NUMERAL})(?P<unit>年)(?:之内|以内|内|左右)(?:的?时间)?",
        _within_years,
    ),
    (
        "多少日内",
        rf"(?:^|(?<=[，；]))(?:力争|争取)?在?{_LIMIT}(?=[，]|完成|建立|出台|制定|报送|形成)",
        _within_years,
    ),
)
DATES = tuple((re.compile(pattern), read) for _, pattern, read in _DATES)
"""The ways to say a last day, the more exact before the less."""

_LABELLED: tuple[tuple[str, str, Reader], ...] = (
    ("某年某月某日", rf"{_YEAR}{_MONTH}{_DAY}", _that_day),
    ("某年某月", rf"{_YEAR}{_MONTH}", _end_of_month),
    ("年月用点", r"(?P<year>20[0-9]{2})[.\-/](?P<month>1[0-2]|0?[1-9])(?![0-9.\-/])", _end_of_month),
    (
        "年月日用点",
        r"(?P<year>20[0-9]{2})[.\-/](?P<month>1[0-2]|0?[1-9])[.\-/](?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])",
        _that_day,
    ),
    ("某年", rf"{_YEAR}度?", _year_end),
    ("某年数字", r"(?<![0-9])(?P<year>20[0-9]{2})(?![0-9.\-/年])", _year_end),
    ("某月某日", rf"{_NOT_RELATIVE}{_THIS}{_MONTH}{_DAY}", _that_day),
    ("某月", rf"{_NOT_RELATIVE}{_THIS}{_MONTH}", _end_of_month),
    ("某季度", rf"(?<![每个]){_THIS}{_QUARTER}", _quarter),
    ("半年", rf"{_THIS}(?P<half>[上下])半年", _half),
    ("年底", r"(?<![0-9每])(?:(?P<relative>今|本|明)年)?年?[底末内]", _year_end),
)
LABELLED = tuple((re.compile(pattern), read) for _, pattern, read in _LABELLED)
"""The ways that say a last day only behind a label such as 完成时限, or in its column of a table."""

PERIODS: tuple[tuple[re.Pattern[str], Period], ...] = (
    (re.compile(r"每(?:[2两二]|隔1|隔一)年(?:度)?"), Period.TWO_YEARLY),
    (re.compile(r"(?:每|按)半年(?:度)?"), Period.HALF_YEARLY),
    (re.compile(r"(?:每(?:个)?|按|逐)季度?[末底]?|每3个月|每三个月"), Period.QUARTERLY),
    (re.compile(r"(?:每(?:个)?|按|逐)月(?:[底末]|(?!份))"), Period.MONTHLY),
    (re.compile(r"每(?:1|一)?年(?:度)?(?:年?[底末]前?)?"), Period.YEARLY),
    (re.compile(r"(?:任期|届)内"), Period.TERM),
)
"""The ways to say how often, the longer before the shorter."""

ODD_PERIOD = re.compile(r"每(?:3|4|5|6|三|四|五|六)年")
"""Periods that a tracker has no word for: told as a doubt."""

ONGOING = re.compile(r"(?:长期|持续|常态化?|始终)(?:坚持|推进|开展|实施|落实|进行|巩固)?")
"""Words that say a duty has no end: no item is made of them."""

_WITHIN = re.compile(
    r"的?(?:第?[一二三四1-4]季度|(?:1[0-2]|0?[1-9])月(?:[底末]|[0-9]{1,2}日)?|[0-9]{1,2}日)前?"
)
_PAST = re.compile(r"(?:截至?|截止到?|自|从)$")
_BOOK = re.compile(r"《[^《》]{0,120}》")


def take(covered: bytearray, match: re.Match[str]) -> bool:
    """Whether a match stands free of those before it; its characters are then taken."""
    start, stop = match.span()
    if any(covered[start:stop]):
        return False
    covered[start:stop] = b"\1" * (stop - start)
    return True


def find_times(text: str, context: TimeContext = NOWHERE, *, labelled: bool = False) -> list[FoundTime]:
    """Every time in a text, in order, none inside another.

    With ``labelled`` the text is what stands behind 完成时限 or in such a column: there 2023年6月 alone is
    a deadline.  A month without a year takes the one named before it, then that of ``context``.
    """
    covered = bytearray(len(text))
    for match in _BOOK.finditer(text):
        take(covered, match)
    matches: list[tuple[re.Match[str], Reader | Period]] = []
    for pattern, read in (*DATES, *LABELLED) if labelled else DATES:
        matches.extend(
            (match, read)
            for match in pattern.finditer(text)
            if take(covered, match) and not _PAST.search(text, max(match.start() - 3, 0), match.start())
        )
    for pattern, period in PERIODS:
        matches.extend((match, period) for match in pattern.finditer(text) if take(covered, match))
    found: list[FoundTime] = []
    for match, what in sorted(matches, key=lambda found: found[0].start()):
        start, stop = match.span()
        if isinstance(what, Period):
            inner = _WITHIN.match(text, stop)
            doubt = f"“{inner.group()}”是每期之内的日子，台账按期末计" if inner else ""
            found.append(FoundTime(start, stop, None, what, doubt))
            continue
        if found and found[-1].year:
            context = replace(context, year=found[-1].year, same_sentence=True)
        last = what(match, context)
        year = last.due.year if last.due else context.year
        found.append(FoundTime(start, stop, last.due, None, last.doubt, year))
    return found


def odd_periods(text: str) -> Iterator[str]:
    """The periods in a text that a tracker cannot hold, as printed."""
    return (match.group() for match in ODD_PERIOD.finditer(text))
