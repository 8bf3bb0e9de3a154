"""The corrections file as values: what a person decided about one source, entry by entry.

Each entry knows its line, so that one that does not fit is told with its place, and most know the 校勘
that is made of them.  The Chinese keys are explained to people at the head of the corrections file itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, ClassVar

from fazhi_tui.domain.model.keyed import keyed, line_number
from fazhi_tui.domain.model.measure import MEASURE_ID, Measuring, Period
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.importer.errors import CorrectionError

PLACES = ("方案标题", "引言", "总体要求", "节标题", "结语")
"""Where words may be changed or doubted outside the measures."""

REPEAT = "重出"
"""What 归位 says of a fragment that the file has twice."""

DIGITS_OF_DOCUMENT = 12
"""So many of a document's sha256 tell it from every other (对应・原件)."""

_ANY_PLACE = f"^(?:{'|'.join(PLACES)}|{MEASURE_ID[1:-1]})$"
_FEW_WORDS = 8


def _text(key: str, doc: str = "照录原文。", **more: Any) -> Any:
    """A text that may not be empty; one that looks like a number may stand without quotes."""
    return keyed(key, doc, bare=True, minLength=1, **more)


def _reason(key: str = "理由") -> Any:
    return _text(key, "为什么这样定；会写进校勘。")


def _measure(key: str = "措施", **more: Any) -> Any:
    return keyed(key, '措施编号，如 "28"。', bare=True, pattern=MEASURE_ID, **more)


def _place() -> Any:
    return keyed("处", f"写措施编号，或：{'、'.join(PLACES)}。", bare=True, pattern=_ANY_PLACE)


def _texts(key: str, **more: Any) -> Any:
    return _text(key, "一列文字，写成 [甲, 乙] 或每行一个“- ”。", minItems=1, **more)


def sentence(text: str) -> str:
    """A reason as a sentence: with its full stop."""
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the file; ``line`` is where it begins, ``remark_form`` how its 校勘 is worded."""

    remark_form: ClassVar[str] = "{0.reason}"

    line: int = line_number()

    @property
    def remark(self) -> str:
        """The 校勘 that is made of it: its reason comes last."""
        return sentence(self.remark_form.format(self))


@dataclass(frozen=True, slots=True)
class Omission(Entry):
    """A stretch of the file that is no part of the document (略去), by its first and last words."""

    remark_form = "略去「{0.start}」至「{0.stop}」一段：{0.reason}"

    start: str = _text("起")
    stop: str = _text("止")
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Everywhere(Entry):
    """One spelling turned into another wherever it stands (通改), with the number of places."""

    remark_form = "「{0.old}」一律改作「{0.new}」（{0.times} 处）：{0.reason}"

    old: str = _text("原")
    new: str = _text("改")
    times: int = keyed("次数", "原文里有几处。", minimum=0)
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Fragment(Entry):
    """One stretch of the text in the order of the file; ``lost_after``: pages are lost behind it."""

    start: str = _text("起")
    stop: str = _text("止")
    position: str = _text(
        "归位", f"它应排第几，用半角数字；重出的写“{REPEAT}”。", pattern=f"^([0-9]+|{REPEAT})$"
    )
    reason: str = _reason()
    lost_after: bool = keyed("其后缺页", "其后有脱页的写 true。", default=False)

    @property
    def place(self) -> int | None:
        """Its true place among the others; None for a repeat, which is dropped."""
        return None if self.position == REPEAT else int(self.position)


@dataclass(frozen=True, slots=True)
class Blocks(Entry):
    """The blocks of the whole document, each following the one before, with their true order (版块)."""

    reason: str = _reason()
    fragments: tuple[Fragment, ...] = keyed("块", "按原件印出的先后排列，首尾相接。", minItems=1)

    @property
    def where(self) -> str:
        """The measure that is put in order: none, it is the whole document."""
        return ""


@dataclass(frozen=True, slots=True)
class Interleaved(Entry):
    """Fragments of one measure, each following the one before, with their true order (错行)."""

    where: str = _measure()
    reason: str = _reason()
    fragments: tuple[Fragment, ...] = keyed("断片", "按原件印出的先后排列，首尾相接。", minItems=1)


Shuffle = Blocks | Interleaved
"""What puts fragments into their true order."""


@dataclass(frozen=True, slots=True)
class Break(Entry):
    """A place where a new paragraph begins that the file prints without one (分段)."""

    remark_form = "「{0.before}」与「{0.after}」之间分段：{0.reason}"

    before: str = _text("上文")
    after: str = _text("下文")
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Numbering(Entry):
    """The true number of a measure, found by the first words of its title (编号)."""

    measure: str = _measure()
    printed: str | None = _text(
        "原文编号", "原文印的编号；没有编号的不写这个键。", default=None, kw_only=True
    )
    title: str = _text("标题")
    reason: str = _reason()

    @property
    def remark(self) -> str:
        """The 校勘, which tells what was printed."""
        printed = f"原文印作第{self.printed}条" if self.printed else "原文编号脱落"
        return f"{printed}，定为第{self.measure}条：{sentence(self.reason)}"


@dataclass(frozen=True, slots=True)
class Wording(Entry):
    """Words that are changed (文字): ``where`` is a measure's number or one of :data:`PLACES`."""

    remark_form = "「{0.old}」改作「{0.new}」：{0.reason}"

    where: str = _place()
    old: str = _text("原")
    new: str = _text("改")
    reason: str = _reason()


class Side(StrEnum):
    """Which end of a measure is lost (残缺・缺)."""

    START = "开头"
    STOP = "末尾"


@dataclass(frozen=True, slots=True)
class Damage(Entry):
    """A measure whose end or beginning the source lost (残缺)."""

    measure: str = _measure()
    side: Side = keyed("缺", "开头 或 末尾。")
    reason: str = _reason("说明")

    @property
    def lost_start(self) -> bool:
        """Whether the beginning is lost."""
        return self.side is Side.START


@dataclass(frozen=True, slots=True)
class Absence(Entry):
    """Measures that the source lost altogether (缺失)."""

    measures: tuple[str, ...] = keyed(
        "措施", '措施编号，如 ["13", "14"]。', bare=True, pattern=MEASURE_ID, minItems=1
    )
    reason: str = _reason("说明")


@dataclass(frozen=True, slots=True)
class LostSection(Entry):
    """A section whose heading is lost; it begins at ``first`` at the latest (缺节标题)."""

    remark_form = "节「{0.title}」的标题脱落，至迟始于第{0.first}条：{0.reason}"

    title: str = _text("标题")
    first: str = _measure("至迟始于")
    reason: str = _reason("说明")


@dataclass(frozen=True, slots=True)
class Doubt(Entry):
    """A doubtful place that is left as printed (存疑)."""

    remark_form = "「{0.old}」照录：{0.reason}"

    where: str = _place()
    old: str = _text("原")
    reason: str = _reason("说明")


@dataclass(frozen=True, slots=True)
class ItemDecision(Entry):
    """What a person decided about one item, found by its source words (事项): its date or period, its number.

    They stand in for what was recognised: without 数量 the item has none; without 计量方式 it is as
    recognised.  Where nothing was recognised in these words, they become an item.  One of 截止 and 周期 is
    there.
    """

    measure: str = _measure()
    source: str = _text("原文")
    due: date | None = keyed("截止", "写成 年-月-日，如 2024-12-31。", default=None, kw_only=True)
    period: Period | None = keyed("周期", "多久一次，如 每年。", default=None, kw_only=True)
    quantity: int | None = keyed("数量", "要达到多少。", default=None, kw_only=True, minimum=0)
    measure_word: str | None = _text("计量单位", "如 次、%。", default=None, kw_only=True)
    measuring: Measuring | None = keyed("计量方式", "合计、每单位 或 每人。", default=None, kw_only=True)
    reason: str = _reason("说明")


class Opens(StrEnum):
    """What begins at a place of the text (边界・作); 正文 says that nothing does."""

    CHAPTER = "章"
    SECTION = "节"
    MEASURE = "措施"
    TEXT = "正文"


@dataclass(frozen=True, slots=True)
class Boundary(Entry):
    """What begins at the place that ``start`` quotes (边界): joins, splits, moves and renumbers measures.

    ``start`` are the words at the place, its printed number included; they stand in the text once.
    ``measure`` is the number of a measure that begins there, or None to count on.
    """

    start: str = _text("处")
    opens: Opens = keyed("作", "章、节、措施 或 正文。")
    measure: str | None = _measure("编号", default=None, kw_only=True)
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Assignment(Entry):
    """The units of one measure as a person read them (分工): they stand in for what was recognised."""

    measure: str = _measure()
    leads: tuple[str, ...] = _texts("牵头", default=(), kw_only=True)
    participants: tuple[str, ...] = _texts("参加", default=(), kw_only=True)
    responsible: tuple[str, ...] = _texts("责任", default=(), kw_only=True)
    reason: str = _reason()


NEW_MEASURE = "新增"
"""What 对应 says of a measure that the tracker has not had."""


@dataclass(frozen=True, slots=True)
class Correspondence(Entry):
    """Which measure of the tracker a measure of a revised document is (对应).

    ``measure`` is its number in the document, ``tracker`` that in the tracker, or 新增.  ``document`` are the
    first characters of the document's sha256 where the program wrote it down: it is of no other document.
    """

    measure: str = _measure()
    tracker: str = keyed(
        "台账", f"它在台账里的编号；台账里没有的写“{NEW_MEASURE}”。", bare=True,
        pattern=f"^(?:{NEW_MEASURE}|{MEASURE_ID[1:-1]})$",
    )  # fmt: skip
    document: str | None = keyed(
        "原件", "程序记下的：说的是哪一份原件。", default=None, kw_only=True, bare=True,
        pattern=f"^[0-9a-f]{{{DIGITS_OF_DOCUMENT}}}$",
    )  # fmt: skip
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Acceptance(Entry):
    """A doubt that a person looked at and lets stand (认可), by its message."""

    message: str = _text("事", "照抄存疑的话。")
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class SameUnit(Entry):
    """Other spellings of one unit (单位・异名)."""

    name: str = _text("名称")
    aliases: tuple[str, ...] = _texts("别名")
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Membership(Entry):
    """What a collective is made of (单位・成员)."""

    name: str = _text("名称")
    members: tuple[str, ...] = _texts("成员")
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Renaming(Entry):
    """A unit's name as it should be, wherever it is named (单位・更名); ``old`` stays known as its alias."""

    remark_form = "单位「{0.old}」作「{0.new}」：{0.reason}"

    old: str = _text("原")
    new: str = _text("改")
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class Pronunciation(Entry):
    """A pinyin that the table reads wrongly (单位・拼音): ``machine`` is what it gives."""

    name: str = _text("名称")
    machine: str = _text("原", "机器的读音。")
    pinyin: str = _text("改", "正确的读音。")
    reason: str = _reason()


@dataclass(frozen=True, slots=True)
class UnitCorrections:
    """What was decided about units (单位)."""

    same: tuple[SameUnit, ...] = keyed("异名", "同一单位的几种写法。", default=())
    memberships: tuple[Membership, ...] = keyed("成员", "集合所含。", default=())
    renamings: tuple[Renaming, ...] = keyed("更名", "单位应有的名称。", default=())
    pronunciations: tuple[Pronunciation, ...] = keyed("拼音", "多音字读错的。", default=())


@dataclass(frozen=True, slots=True)
class Source:
    """The document that the corrections were written for (来源), by its digest."""

    file: str | None = _text("文件", "原件的文件名。", default=None)
    sha256: str = keyed(
        "sha256",
        "64 位十六进制小写字母和数字；用 sha256sum 重新计算。",
        kw_only=True,
        bare=True,
        pattern="^[0-9a-f]{64}$",
    )
    note: str | None = _text("说明", "原件的来历。", default=None)
    sha256_line: int = line_number("sha256")


@dataclass(frozen=True, slots=True)
class SettingsCorrection(Settings):
    """The settings that go into ``plan.yaml`` (设置), and why."""

    note: str | None = _text("说明", "为什么。", default=None)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The whole corrections file; every part may be empty, for a source that needs none.

    ``report_day`` (进展日期) is the day of a table's progress where the table does not say it.
    """

    path: str = ""
    source: Source = keyed("来源", "原件。", default=Source(sha256=""))
    omissions: tuple[Omission, ...] = keyed("略去", "不属于文件的文字。", default=())
    everywhere: tuple[Everywhere, ...] = keyed("通改", "全文统一的写法。", default=())
    interleaved: tuple[Interleaved, ...] = keyed("错行", "一条之内行序错乱。", default=())
    breaks: tuple[Break, ...] = keyed("分段", "原件连排而应另起一段的地方。", default=())
    blocks: Blocks | None = keyed("版块", "全文的块。", default=None)
    lost_sections: tuple[LostSection, ...] = keyed("缺节标题", "节的标题脱落。", default=())
    numbering: tuple[Numbering, ...] = keyed("编号", "措施实为第几条。", default=())
    damage: tuple[Damage, ...] = keyed("残缺", "缺开头或末尾的措施。", default=())
    absences: tuple[Absence, ...] = keyed("缺失", "整条缺失的措施。", default=())
    wording: tuple[Wording, ...] = keyed("文字", "要改的文字。", default=())
    doubts: tuple[Doubt, ...] = keyed("存疑", "有疑而照原文录下的地方。", default=())
    items: tuple[ItemDecision, ...] = keyed("事项", "由人决定的事项。", default=())
    boundaries: tuple[Boundary, ...] = keyed("边界", "并条、拆条、移界、改编号。", default=())
    assignments: tuple[Assignment, ...] = keyed("分工", "代替从原文认出的单位。", default=())
    acceptances: tuple[Acceptance, ...] = keyed("认可", "看过的存疑。", default=())
    correspondences: tuple[Correspondence, ...] = keyed(
        "对应", "修订后的原件里的措施是台账里的哪一条。", default=()
    )
    units: UnitCorrections = keyed("单位", "单位。", default=UnitCorrections())
    period: Span | None = keyed("期间", "方案的起止。", default=None)
    report_day: date | None = keyed("进展日期", "表格里的进展是哪一天的。", default=None)
    settings: SettingsCorrection = keyed("设置", "写入 plan.yaml 的设置。", default=SettingsCorrection())
    settings_line: int = line_number("设置")

    def error(self, line: int, message: str, hint: str = "") -> CorrectionError:
        """An error at one line of this file."""
        return CorrectionError(self.path or "校订文件", line, message, hint)

    def decided_pairs(self, digest: str) -> dict[str, Correspondence]:
        """What 对应 says of a document, by the numbers that it prints; ``digest`` is its sha256.

        Raises CorrectionError for a number that stands twice on either side.
        """
        found: dict[str, Correspondence] = {}
        for entry in self.correspondences:
            if entry.document not in (None, digest[:DIGITS_OF_DOCUMENT]):
                continue
            if entry.measure in found:
                raise self.error(entry.line, f"“对应”里的第{entry.measure}条写了两次。", "只留一行。")
            if entry.tracker != NEW_MEASURE and any(
                other.tracker == entry.tracker for other in found.values()
            ):
                message = f"“对应”里有两条都写作台账的第{entry.tracker}条。"
                raise self.error(entry.line, message, f"改正其中一个；台账里没有的写“{NEW_MEASURE}”。")
            found[entry.measure] = entry
        return found

    def remarks_on(self, measure: str) -> list[str]:
        """The 校勘 that the entries about one measure give."""
        entries: tuple[tuple[str | None, Entry], ...] = (
            *((entry.measure, entry) for entry in self.numbering),
            *((entry.measure, entry) for entry in self.damage),
            *((entry.first, entry) for entry in self.lost_sections),
            *((entry.where, entry) for entry in self.interleaved),
            *((entry.where, entry) for entry in self.wording),
            *((entry.where, entry) for entry in self.doubts),
            *((entry.measure, entry) for entry in self.boundaries),
            *((entry.measure, entry) for entry in self.assignments),
        )
        return [entry.remark for about, entry in entries if about == measure]

    def joints(self) -> dict[str, str]:
        """The words at each joint of two blocks of pages that stand apart in the file, and the 校勘 on it."""
        fragments = self.blocks.fragments if self.blocks else ()
        ordered = sorted((part for part in fragments if part.place), key=lambda part: part.place or 0)
        return {
            before.stop + after.start: (
                f"「{before.stop[-_FEW_WORDS:]}」与「{after.start[:_FEW_WORDS]}」"
                f"在原件中分处两页，据文意相接：{sentence(after.reason)}"
            )
            for before, after in pairwise(ordered)
            if not before.lost_after
        }
