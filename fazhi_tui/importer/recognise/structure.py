"""The parts of a document that is printed in paragraphs: which of them are chapters, sections, measures.

What :mod:`outline` does for a text without line breaks, this does for all others.
"""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_tui.importer.clauses.find import find_clauses
from fazhi_tui.importer.clauses.values import Convention
from fazhi_tui.importer.corrections.model import Corrections, Opens
from fazhi_tui.importer.recognise.boundaries import split_attachments, split_contents, split_sign_off
from fazhi_tui.importer.recognise.headings import STYLES, Heading, find_headings, grow
from fazhi_tui.importer.recognise.levels import excluded_headings, is_guarantee, measure_rank, measures_at
from fazhi_tui.importer.recognise.numbering import Numbers, number
from fazhi_tui.importer.recognise.outline import ChapterPart, MeasurePart, Outline, true_numbers
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.text.apply_corrections import find_once
from fazhi_tui.importer.text.source_map import MappedText, join

_LONGEST_HEADING = 60


def find_structure(
    corrections: Corrections, stretch: MappedText, ledger: Ledger, convention: Convention
) -> Outline | None:
    """The outline of a text in paragraphs, or None where no paragraph is numbered.

    Raises CorrectionError for a 边界 that does not fit the text exactly once.
    """
    body, contents = split_contents(stretch)
    body, attachments = split_attachments(body)
    body, sign_off = split_sign_off(body)
    headings = find_headings(body.text)
    if not headings and not corrections.boundaries:
        return None
    builder = _OutlineBuilder(corrections, body, headings, ledger, convention)
    builder.left = [("目录", contents), ("附件", attachments), ("文末的落款、抄送等", sign_off)]
    return builder.build()


class _OutlineBuilder:
    """Deals the text between headings out to front, chapters, measures and closing; once, in order."""

    def __init__(
        self,
        corrections: Corrections,
        body: MappedText,
        headings: list[Heading],
        ledger: Ledger,
        convention: Convention,
    ) -> None:
        self.corrections = corrections
        self.body = body
        self.text = body.text
        self.ledger = ledger
        self.convention = convention
        self.left: list[tuple[str, MappedText]] = []
        self.chapters: list[ChapterPart] = []
        self.loose: list[MappedText] = []
        self.general: list[MappedText] = []
        self.closing: list[MappedText] = []
        self.title_of: dict[Heading, str] = {}
        #: Its chapter and section.
        self.holders: dict[Heading, tuple[Heading | None, Heading | None]] = {}
        self.headings = headings
        self._grow()
        self.rank = measure_rank(self.text, self.headings) if headings else STYLES[-1].rank
        if self._bounded():
            self._grow()

    def _grow(self) -> None:
        grow(self.headings, len(self.body))
        for heading in self.headings:
            heading.clauses = len(find_clauses(self.text[heading.stop : heading.end], self.convention))

    def _bounded(self) -> bool:
        """Put the 边界 of the corrections into effect; tells whether there were any."""
        ranks = {Opens.CHAPTER: -1, Opens.SECTION: self.rank - 1, Opens.MEASURE: self.rank}
        for entry in self.corrections.boundaries:
            at = find_once(self.corrections, entry.line, self.text, entry.start, "原件")
            self.headings = [heading for heading in self.headings if heading.start != at]
            if entry.opens is Opens.TEXT:
                continue
            printed = next(iter(find_headings(self.text, at, at + len(entry.start))), None)
            label = printed.stop if printed and printed.start == at else at
            count = printed.number if printed and printed.start == at else 0
            self.headings.append(Heading(at, label, ranks[entry.opens], count, given=entry.measure))
        self.headings.sort(key=lambda heading: heading.start)
        return bool(self.corrections.boundaries)

    # -------------------------------------------------------------- which headings are what

    def build(self) -> Outline:
        excluded = excluded_headings(self.text, self.headings)
        wanted = [heading for heading in self.headings if heading not in excluded]
        measures = measures_at(wanted, self.rank)
        guarantees = self._guarantees(wanted, measures)
        measures = [heading for heading in measures if heading not in guarantees]
        titles = [(self.text, measure.stop, measure.number or None) for measure in measures]
        for index, entry in true_numbers(self.corrections, titles).items():
            measures[index].given = entry.measure
        explained = frozenset(number for entry in self.corrections.absences for number in entry.measures)
        held_by_aims = frozenset(heading.number for heading in excluded if heading.rank == self.rank)
        numbers = number(measures, held_by_aims, explained)
        measures = [heading for heading in measures if heading not in numbers.demoted]
        for message, heading in numbers.doubts:
            self.ledger.doubt(message, self.body.cut(heading.start, heading.stop + 12))
        return self._deal(measures, numbers, guarantees)

    def _guarantees(self, wanted: Sequence[Heading], measures: Sequence[Heading]) -> set[Heading]:
        """The headings of chapters such as 保障措施 that name nobody, where the others name somebody.

        A measure below one that the count runs on through stays a measure.
        """
        named = sum(bool(heading.all_clauses) for heading in measures) * 2 >= len(measures)
        chosen = set(measures)
        found: set[Heading] = set()
        for heading in wanted:
            if heading.parent in found:
                found.add(heading)
            elif heading.parent is not None and is_guarantee(self.text, heading.parent):
                continue  # the count runs on through its chapter: it stays a measure, whatever its title
            elif is_guarantee(self.text, heading) and (named or heading not in chosen):
                inner = [node for node in heading.below() if node in chosen]
                if heading in chosen or not inner or inner[0].number == 1:
                    found.add(heading)
        return found

    # -------------------------------------------------------------- the text between them

    def _deal(self, measures: list[Heading], numbers: Numbers, guarantees: set[Heading]) -> Outline:
        first = self.headings[0].start if self.headings else len(self.body)
        chosen = set(measures)
        last_start = measures[-1].start if measures else len(self.body)
        self.holders = self._holders(measures)
        parts: list[MeasurePart] = []
        inside: Heading | None = None
        for heading in self.headings:
            if inside is not None and heading.start < _end_of(inside):
                continue  # a numbered paragraph of a measure's own text
            if heading in chosen:
                inside = heading
                parts.append(self._part(heading, numbers))
                continue
            inside = None
            self._between(heading, closes=heading in guarantees or heading.start > last_start)
        return Outline(
            front=self.body.cut(0, first),
            chapters=tuple(self.chapters),
            measures=tuple(parts),
            loose=tuple(self.loose),
            general=join(self.general),
            closing=join(self.closing),
            left=tuple(self.left),
            missing=tuple(numbers.missing),
            in_paragraphs=True,
            prose=self.body,
        )

    def _between(self, heading: Heading, *, closes: bool) -> None:
        """A heading that is no measure: the head of a chapter or a section, aims, or the closing."""
        text = self.body.cut(heading.start, heading.end)
        chapter, section = self.holders.get(heading, (None, None))
        if heading not in self.holders and heading.parent is not None:
            (self.closing if closes else self.general).append(text)
            return
        printed, behind = _heading_line(text)
        self.title_of[heading] = printed.text
        if heading.parent is None or chapter is heading:
            self.chapters.append(ChapterPart(printed))
        elif section is heading:
            self.chapters[-1] = self.chapters[-1].with_section(printed)
        else:
            self.loose.append(printed)
        if closes:
            self.closing.append(behind)
        else:
            (self.general if heading.parent is None else self.loose).append(behind)

    def _holders(self, measures: Sequence[Heading]) -> dict[Heading, tuple[Heading | None, Heading | None]]:
        """For each measure its chapter and section; and for these headings themselves what they are."""
        holders: dict[Heading, tuple[Heading | None, Heading | None]] = {}
        for measure in measures:
            above = list(measure.above())
            chapter, section = (above[-1] if above else None), (above[0] if len(above) > 1 else None)
            holders[measure] = (chapter, section)
            if chapter is not None:
                holders[chapter] = (chapter, None)
            if section is not None:
                holders[section] = (None, section)
        return holders

    def _part(self, heading: Heading, numbers: Numbers) -> MeasurePart:
        identity, (chapter, section) = numbers.ids[heading], self.holders[heading]
        printed = str(heading.number) if heading.number else None
        return MeasurePart(
            number=int(identity) if identity.isdecimal() else None,
            printed=heading.number or None,
            label=self.body.cut(heading.start, heading.stop),
            body=self.body.cut(heading.stop, _end_of(heading)),
            chapter=self.title_of.get(chapter, "") if chapter else "",
            section=self.title_of.get(section) if section else None,
            identity=identity,
            in_paragraphs=True,
            misprinted=printed is not None and identity.rsplit("-", 1)[-1] != printed,
        )


def _end_of(heading: Heading) -> int:
    """Where a heading ends with all that stands below it."""
    while heading.children:
        heading = heading.children[-1]
    return heading.end


def _heading_line(text: MappedText) -> tuple[MappedText, MappedText]:
    """A heading and the text behind it: its line, or the line's first sentence where it is long."""
    end = text.line_end()
    stop = text.text.find("。", 0, end)
    if stop >= 0 and (end > _LONGEST_HEADING or stop < end - 1):
        end = stop
    return text.cut(0, end), text.cut(end)
