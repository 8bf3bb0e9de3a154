"""The skeleton of the document: title, chapters, sections, measures, closing.

Headings are data (:data:`SHAPES`).  A candidate counts only if its number continues the count of its
kind, so that a 一、 inside a sentence is no chapter; across a loss the count may jump.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fazhi_tui.importer.corrections.model import Corrections, Numbering, Opens
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.tables.rows import Row
from fazhi_tui.importer.text.source_map import NOTHING, MappedText
from fazhi_tui.importer.times.numerals import to_int

SHAPES: tuple[tuple[Opens, re.Pattern[str]], ...] = (
    # Only where a sentence has ended: 统筹一、二、三类 is no chapter.
    (Opens.CHAPTER, re.compile(r"(?<![^。！？）\n])(?P<number>[一二三四五六七八九十]+)、")),
    (Opens.SECTION, re.compile(r"（(?P<number>[一二三四五六七八九十]+)）")),
    # The full stop with no number before it is a measure that lost its number; it has to stand before a
    # word, so that 3.5 and an address on the web are none.
    (Opens.MEASURE, re.compile(r"(?P<number>[0-9]{1,3})?\.(?=[\u4e00-\u9fff“])")),
)
"""How each kind of heading is printed; the group ``number`` may be missing (a lost number)."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading found in one stretch: its label is ``start`` to ``stop``."""

    level: Opens
    stretch: int
    start: int
    stop: int
    number: int | None


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """One measure as it was cut out: its label (``28.``; empty if lost), its text, where it stands.

    ``cut_short``: pages are lost behind it; ``headless``: pages are lost before it and its title is gone.
    ``row`` is the table's row that it was cut from, if it was; ``also`` are rows that repeat it.
    ``identity`` is the number it goes by where that is not simply ``number`` (2-3).
    """

    number: int | None
    printed: int | None
    label: MappedText
    body: MappedText
    chapter: str = ""
    section: str | None = None
    cut_short: bool = False
    headless: bool = False
    identity: str | None = None
    misprinted: bool = False
    in_paragraphs: bool = False
    row: Row | None = None
    also: tuple[Row, ...] = ()

    @property
    def id(self) -> str:
        """The number that the measure goes by."""
        return self.identity or str(self.number)


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A chapter: heading, the text before its first section or measure, and its sections' headings."""

    heading: MappedText
    body: MappedText = NOTHING
    sections: tuple[MappedText, ...] = ()

    def with_section(self, heading: MappedText) -> ChapterPart:
        """The chapter with one section more."""
        return replace(self, sections=(*self.sections, heading))


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of the document; together they hold every character that came in.

    ``general`` and ``closing`` are aims and organisational requirements under headings of their own;
    ``left`` is what is no part of the plan, with the reason; ``missing`` are numbers that the printing
    skips.  ``in_paragraphs`` is false where the text came without its line breaks.  ``prose`` is the text
    in which the places of 边界 are looked for.
    """

    front: MappedText
    chapters: tuple[ChapterPart, ...]
    measures: tuple[MeasurePart, ...]
    loose: tuple[MappedText, ...]
    general: MappedText = NOTHING
    closing: MappedText = NOTHING
    left: tuple[tuple[str, MappedText], ...] = ()
    missing: tuple[str, ...] = ()
    in_paragraphs: bool = False
    prose: MappedText = NOTHING


def find_heads(stretches: Sequence[MappedText]) -> list[Head]:
    """Every heading, in order, over all stretches (between two stretches pages are lost)."""
    heads: list[Head] = []
    last = {Opens.CHAPTER: 0, Opens.SECTION: 0}
    for index, stretch in enumerate(stretches):
        after_loss = dict.fromkeys(last, index > 0)
        for head in _candidates(index, stretch.text):
            if head.level is Opens.MEASURE:
                heads.append(head)
                continue
            number = head.number or 0
            expected = last[head.level] + 1
            if number == expected or (after_loss[head.level] and number > expected):
                last[head.level] = number
                after_loss[head.level] = False
                heads.append(head)
    return heads


def _candidates(stretch: int, text: str) -> list[Head]:
    found = []
    for level, pattern in SHAPES:
        for match in pattern.finditer(text):
            number = to_int(match["number"]) if match["number"] else None
            found.append(Head(level, stretch, match.start(), match.end(), number))
    return sorted(found, key=lambda head: head.start)


def true_numbers(
    corrections: Corrections, measures: Sequence[tuple[str, int, int | None]]
) -> dict[int, Numbering]:
    """Which entry of 编号 belongs to which measure, by the first words of the title.

    A measure is given as its text, where its title begins there, and its printed number.
    """
    given: dict[int, Numbering] = {}
    for entry in corrections.numbering:
        hits = [index for index, (text, at, _) in enumerate(measures) if text.startswith(entry.title, at)]
        if len(hits) != 1:
            amount = "没有" if not hits else f"有 {len(hits)} 条"
            message = f"{amount}以「{entry.title}」开头的措施，须恰好一条。"
            raise corrections.error(entry.line, message, "核对“标题”。")
        number = measures[hits[0]][2]
        printed = None if number is None else str(number)
        if printed != entry.printed:
            how = f"印作第{printed}条" if printed else "没有编号"
            message = f"「{entry.title}」在原文里{how}，与“原文编号”不符。"
            raise corrections.error(entry.line, message, "改正“原文编号”；原文没有编号的不写这个键。")
        given[hits[0]] = entry
    return given


def outline(corrections: Corrections, stretches: Sequence[MappedText]) -> Outline:
    """Cut the text at its headings.

    Raises SourceError where no measure is found: the document is not of this format.
    """
    heads = find_heads(stretches)
    if not any(head.level is Opens.MEASURE for head in heads):
        message = "原件里找不到编号的措施（如“1.优化政府机构设置。”），无法识别为实施方案。"
        raise SourceError(message, "核对文件是否选对；目前可导入的是以“数字加点”编号的方案全文。")
    return _Cutter(corrections, stretches, heads).cut()


class _Cutter:
    """Walks over the headings once and deals the text between them out."""

    def __init__(self, corrections: Corrections, stretches: Sequence[MappedText], heads: list[Head]) -> None:
        self.stretches = stretches
        self.heads = heads
        measures = [head for head in heads if head.level is Opens.MEASURE]
        titles = [(stretches[head.stretch].text, head.stop, head.number) for head in measures]
        self.given = {measures[at]: entry for at, entry in true_numbers(corrections, titles).items()}
        self.lost_sections = {entry.first: entry for entry in corrections.lost_sections}
        self.headless = {entry.measure: entry for entry in corrections.damage if entry.lost_start}
        self.front = NOTHING
        self.chapters: list[ChapterPart] = []
        self.measures: list[MeasurePart] = []
        self.loose: list[MappedText] = []
        self.section: str | None = None

    def cut(self) -> Outline:
        for index, stretch in enumerate(self.stretches):
            here = [head for head in self.heads if head.stretch == index]
            first = here[0].start if here else len(stretch)
            self._opening(index, stretch.cut(0, first))
            for head, after in zip(here, [*here[1:], None], strict=True):
                stop = after.start if after else len(stretch)
                at_end = after is None and index < len(self.stretches) - 1
                self._deal(head, stretch, stop, at_end)
        return Outline(self.front, tuple(self.chapters), tuple(self.measures), tuple(self.loose))

    def _opening(self, index: int, text: MappedText) -> None:
        """What stands before the first heading: the front of the document, or a measure without its head."""
        if index == 0:
            self.front = text
        elif text and self.headless:
            number = min(self.headless, key=int)
            del self.headless[number]
            self._add(MeasurePart(int(number), None, NOTHING, text, headless=True))
        elif text:
            self.loose.append(text)

    def _deal(self, head: Head, stretch: MappedText, stop: int, at_end: bool) -> None:
        text = stretch.cut(head.start, stop)
        if head.level is Opens.MEASURE:
            label, body = stretch.cut(head.start, head.stop), stretch.cut(head.stop, stop)
            entry = self.given.get(head)
            number = int(entry.measure) if entry else head.number
            self._add(MeasurePart(number, head.number, label, body, cut_short=at_end))
            return
        end = text.line_end()
        heading, body = text.cut(0, end), text.cut(end)
        if head.level is Opens.CHAPTER:
            self.chapters.append(ChapterPart(heading, body))
            self.section = None
        else:
            self.section = heading.text
            self._section(heading)
            if body:
                self.loose.append(body)

    def _section(self, heading: MappedText) -> None:
        if self.chapters:
            self.chapters[-1] = self.chapters[-1].with_section(heading)
        else:
            self.loose.append(heading)

    def _add(self, part: MeasurePart) -> None:
        lost = self.lost_sections.pop(part.id, None)
        if lost:
            self.section = lost.title
            self._section(MappedText.inserted(lost.title))
        chapter = self.chapters[-1].heading.text if self.chapters else ""
        self.measures.append(replace(part, chapter=chapter, section=self.section))
