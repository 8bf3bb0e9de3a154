"""The corrections file as values: what a person decided about one source, entry by entry.

Each entry knows its line, so that one that does not fit is told with its place.  The Chinese keys and
what they mean are explained to people at the head of the corrections file itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fazhi_tui.importer.errors import CorrectionError


@dataclass(frozen=True, slots=True)
class Omission:
    """A stretch of the file that is no part of the document (略去), by its first and last words."""

    line: int
    start: str
    stop: str
    reason: str


@dataclass(frozen=True, slots=True)
class Everywhere:
    """One spelling turned into another wherever it stands (通改), with the number of places."""

    line: int
    old: str
    new: str
    times: int
    reason: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """One stretch of the text in the order of the file, and its true place among the others.

    ``place`` is None for a repeat, which is dropped.  ``lost_after``: pages are lost behind it.
    """

    line: int
    start: str
    stop: str
    place: int | None
    reason: str
    lost_after: bool = False


@dataclass(frozen=True, slots=True)
class Shuffle:
    """Fragments, each following the one before, to be put into their true order.

    ``where`` is a measure's number (错行), or "" for the blocks of the whole document (版块).
    """

    line: int
    where: str
    fragments: tuple[Fragment, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a new paragraph begins that the file prints without one (分段)."""

    line: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """The true number of a measure, found by the first words of its title (编号)."""

    line: int
    measure: str
    printed: str | None
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that are changed (文字): ``where`` is a measure's number or one of :data:`PLACES`."""

    line: int
    where: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Damage:
    """A measure whose end or beginning the source lost (残缺)."""

    line: int
    measure: str
    lost_start: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Absence:
    """Measures that the source lost altogether (缺失)."""

    line: int
    measures: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LostSection:
    """A section whose heading is lost; it begins at ``first`` at the latest (缺节标题)."""

    line: int
    title: str
    first: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubtful place that is left as printed (存疑)."""

    line: int
    where: str
    old: str
    reason: str


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """What a person decided about one item, found by its source words (事项): its date and its number.

    They stand in for what was recognised: without 数量 the item has none.
    """

    line: int
    measure: str
    source: str
    due: date
    reason: str
    quantity: int | None = None
    measure_word: str | None = None


@dataclass(frozen=True, slots=True)
class SameUnit:
    """Other spellings of one unit (单位・异名)."""

    line: int
    name: str
    aliases: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Membership:
    """What a collective is made of (单位・成员)."""

    line: int
    name: str
    members: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """A unit's name as it should be, wherever it is named (单位・更名); ``old`` stays known as its alias."""

    line: int
    old: str
    new: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A pinyin that the table reads wrongly (单位・拼音): ``machine`` is what it gives."""

    line: int
    name: str
    machine: str
    pinyin: str
    reason: str


class Opens(StrEnum):
    """What begins at a place of the text (边界・作); 正文 says that nothing does."""

    CHAPTER = "章"
    SECTION = "节"
    MEASURE = "措施"
    TEXT = "正文"


@dataclass(frozen=True, slots=True)
class Boundary:
    """What begins at the place that ``start`` quotes (边界): joins, splits, moves and renumbers measures.

    ``start`` are the words at the place, its printed number included; they stand in the text once.
    ``measure`` is the number of a measure that begins there, or None to count on.
    """

    line: int
    start: str
    opens: Opens
    measure: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The units of one measure as a person read them (分工): they stand in for what was recognised."""

    line: int
    measure: str
    leads: tuple[str, ...]
    participants: tuple[str, ...]
    responsible: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A doubt that a person looked at and lets stand (认可), by its message."""

    line: int
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """The whole corrections file; every part may be empty, for a source that needs none.

    ``report_day`` (进展日期) is the day of a table's progress where the table does not say it.
    """

    path: str = ""
    sha256: str = ""
    sha256_line: int = 0
    omissions: tuple[Omission, ...] = ()
    everywhere: tuple[Everywhere, ...] = ()
    blocks: Shuffle | None = None
    interleaved: tuple[Shuffle, ...] = ()
    breaks: tuple[Break, ...] = ()
    numbering: tuple[Numbering, ...] = ()
    wording: tuple[Wording, ...] = ()
    damage: tuple[Damage, ...] = ()
    absences: tuple[Absence, ...] = ()
    lost_sections: tuple[LostSection, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    items: tuple[ItemDecision, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    same_units: tuple[SameUnit, ...] = ()
    memberships: tuple[Membership, ...] = ()
    renamings: tuple[Renaming, ...] = ()
    readings: tuple[Reading, ...] = ()
    period: tuple[date, date] | None = None
    report_day: date | None = None
    settings: Mapping[str, str | int | bool] = field(default_factory=dict)
    settings_line: int = 0

    def error(self, line: int, message: str, hint: str = "") -> CorrectionError:
        """An error at one line of this file."""
        return CorrectionError(self.path or "校订文件", line, message, hint)


PLACES = ("方案标题", "引言", "总体要求", "节标题", "结语")
"""Where words may be changed or doubted outside the measures."""
