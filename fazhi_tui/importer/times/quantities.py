"""Numbers to reach: 不少于100名, 达到95%以上, 全覆盖.

Each way to say one is an entry of :data:`TARGETS` and a sample in the tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_tui.domain.model.measure import Measuring
from fazhi_tui.importer.times.dates import take
from fazhi_tui.importer.times.numerals import NUMERAL, to_int

PERCENT = "%"
"""The measure word of a share: what is reported is a level, not something that adds up."""

_MEASURE_WORDS = (
    "学时 课时 小时 人次 万元 亿元 公里 平方米 公顷 户次 场次 件次 个百分点 "
    "次 期 场 个 名 件 篇 部 项 家 人 户 亩 元 条 批 所 套 台 座 份 例 起 辆 处 种 类 宗 站 点 组 支 队 "
    "村 镇 轮 遍 吨 间 张 册 堂 课 门 位 对 班 岗 本 款 集 天"
)
MEASURE_WORDS = tuple(re.findall(r"\S+", _MEASURE_WORDS))

_NUMBER = rf"(?P<number>[0-9]{{1,9}}(?:\.[0-9]{{1,4}})?(?P<scale>[万亿千百]?)|{NUMERAL})[多余]?"
_WORDS = "|".join(sorted(MEASURE_WORDS, key=len, reverse=True))
_COUNTED = rf"{_NUMBER}(?P<word>{_WORDS})"
_SHARE = r"(?:(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]|百分之(?P<han>[一二三四五六七八九十百]{1,5}))"
_NOT_AT_MOST = r"(?!个?工作日|以内|以下|之内|内|左右为宜)"
_AT_LEAST = (
    r"(?:不少于|不得少于|不低于|不得低于|不小于|达到|达|超过|突破"
    r"|提高(?:到|至)|提升(?:到|至)|增(?:加|长)(?:到|至)|保持(?:在)?|稳定在)"
)

TARGETS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("不少于多少", re.compile(rf"{_AT_LEAST}{_COUNTED}{_NOT_AT_MOST}")),
    ("至少多少", re.compile(rf"至少[^，。；0-9一二两三四五六七八九十]{{0,6}}{_COUNTED}{_NOT_AT_MOST}")),
    ("多少以上", re.compile(rf"{_COUNTED}(?:及|或)?以上")),
    (
        "新增多少",
        re.compile(
            r"(?:新增|新建|培育|培养|打造|创建|建成|选树|命名)(?:[^，。；、0-9]{0,6})?"
            rf"(?P<number>[0-9]{{1,9}}(?:\.[0-9]{{1,4}})?(?P<scale>[万亿千百]?))[多余]?(?P<word>{_WORDS}){_NOT_AT_MOST}"
        ),
    ),
    (
        "达到百分之多少",
        re.compile(
            rf"(?:{_AT_LEAST}|至少(?:达到?)?|(?:下降|降低|减少|压减|增长|提高|提升)){_SHARE}{_NOT_AT_MOST}"
        ),
    ),
    ("百分之多少以上", re.compile(rf"{_SHARE}(?:及|或)?以上")),
    ("率百分之百", re.compile(r"率(?:[均都应要]{0,2})(?:为|保持|继续保持)?(?P<percent>100)[%％]")),
    ("百分之百完成", re.compile(r"(?P<percent>100)[%％](?=覆盖|落实|完成|到位|建立|纳入|实现|达标|公开)")),
)
"""Ways to say the least that is to be reached, the surer before the looser."""

PLAIN = re.compile(rf"{_NUMBER}(?P<word>次|场|期|轮|篇)")
"""A bare count, a target only beside how often: 每年开展1次."""

EVERYONE = re.compile(r"全覆盖(?=$|[、，；。）]|和)")
"""全覆盖 is the whole of what there is: 100 %."""

# 负责人均 and 当事人均 say 均 of persons; 人均 is a word of its own behind a time or a sign.
_PER_HEAD = re.compile(r"每人(?!次)|每[名位]|(?:(?<![\u4e00-\u9fff])|(?<=[年月度均]))人均")
_EACH_UNIT = re.compile(r"每[个家]?(?:单位|部门|机关)|各[^，。；]{1,16}?均(?![衡等匀])")

_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MOST = 10**12


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """A number to reach in a text: its stretch, the number and its measure word.

    ``quantity`` is None where the number is not whole (99.5%): ``doubt`` then says so.
    """

    start: int
    stop: int
    quantity: int | None
    word: str
    doubt: str = ""


def find_targets(text: str, *, recurring: bool = False) -> list[FoundTarget]:
    """Every number to reach in a text, in order; with ``recurring`` a bare 1次 is one too."""
    covered = bytearray(len(text))
    patterns = [pattern for _, pattern in TARGETS] + ([PLAIN] if recurring else [])
    free = [match for pattern in patterns for match in pattern.finditer(text) if take(covered, match)]
    targets = (_read(match) for match in free)
    return sorted((target for target in targets if target is not None), key=lambda target: target.start)


def find_full_cover(text: str) -> list[FoundTarget]:
    """Where a text says 全覆盖 as something to reach."""
    return [FoundTarget(*match.span(), 100, PERCENT) for match in EVERYONE.finditer(text)]


def find_measuring(text: str) -> tuple[Measuring, str]:
    """Whose figures complete what a clause says, and a doubt where it says it two ways."""
    per_head, each_unit = _PER_HEAD.search(text), _EACH_UNIT.search(text)
    if per_head and each_unit:
        doubt = f"既有“{per_head.group()}”又有“{each_unit.group()}”，计量方式暂按{Measuring.PER_HEAD}"
        return Measuring.PER_HEAD, doubt
    if per_head:
        return Measuring.PER_HEAD, ""
    return (Measuring.EACH_UNIT if each_unit else Measuring.TOTAL), ""


def _read(match: re.Match[str]) -> FoundTarget | None:
    groups = match.groupdict()
    word = groups.get("word") or PERCENT
    printed = groups.get("percent") or groups.get("number") or groups.get("han") or ""
    scale = _SCALES[groups.get("scale") or ""]
    digits = printed.rstrip("百千万亿") if printed[:1].isdigit() else printed
    if "." in digits:
        whole, _, rest = digits.partition(".")
        value = int(whole + rest) * scale
        if value % 10 ** len(rest):
            return FoundTarget(*match.span(), None, word, f"“{match.group()}”不是整数，没有记数量")
        quantity = value // 10 ** len(rest)
    else:
        quantity = to_int(digits) * scale
    return FoundTarget(*match.span(), quantity, word) if 0 < quantity <= _MOST else None
