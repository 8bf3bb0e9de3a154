"""The whole way: read, clean, put in order, cut at the headings, build the plan; nothing is written."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence

from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.importer.clauses.find import find_convention
from fazhi_tui.importer.clauses.register import build_register
from fazhi_tui.importer.consistency import check_absences, check_decisions, check_parts, skipped
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.document import Document
from fazhi_tui.importer.doubts import doubt_measures
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats import read_document
from fazhi_tui.importer.recognise.boundaries import Front, read_front, read_running_front
from fazhi_tui.importer.recognise.measures import Built, MeasureBuilder
from fazhi_tui.importer.recognise.outline import MeasurePart, Outline, outline
from fazhi_tui.importer.recognise.period import find_period, issue_date
from fazhi_tui.importer.result import Imported, Ledger
from fazhi_tui.importer.tables.progress import Dated
from fazhi_tui.importer.tables.table import Tables, find_outline, progress_notes, read_tables
from fazhi_tui.importer.text.apply_corrections import insert_break, omit, reorder, respell, reword, shown
from fazhi_tui.importer.text.clean import PAGE_MARKERS, clean, remove_footers
from fazhi_tui.importer.text.sentences import one_a_line, split_sentences
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join
from fazhi_tui.importer.times.dates import TimeContext
from fazhi_tui.records.yaml.emitter import dump


def convert(
    source: bytes, corrections: Corrections, name: str = "document.txt", *, strict: bool = True
) -> Imported:
    """A document and what a person decided about it, as a plan, its units and its measures.

    Unless ``strict``, a 认可 of a doubt that is not there is no error (``Imported.settled`` tells).

    Deterministic and free of I/O.  Raises SourceError for bytes that are no text or a text that is no
    plan, CorrectionError (with the corrections file's line) for a correction that does not fit the
    source exactly once, or for a source that is not the one the corrections were written for.
    """
    digest, expected = hashlib.sha256(source).hexdigest(), corrections.source.sha256
    if expected and expected != digest:
        message = f"原件与校订文件不配套：sha256 应为 {expected[:12]}……，实为 {digest[:12]}……。"
        hint = "核对原件是否被改动；若确已换用新的原件，逐条核对校订后改写 sha256。"
        raise corrections.error(corrections.source.sha256_line, message, hint)
    return _Import(read_document(source, name), corrections, name).run(strict=strict)


def render(imported: Imported) -> dict[str, str]:
    """Every file of ``plan/`` that an import makes, by its path in the repository."""
    files = {"plan/plan.yaml": dump(imported.plan), "plan/units.yaml": dump(imported.register)}
    for measure in imported.measures:
        files[f"plan/{measure.stem}.yaml"] = dump(measure)
    return files


class _Import:
    """One import: the document, what was decided about it, the account of it, the plan's 校勘 so far."""

    def __init__(self, document: Document, corrections: Corrections, name: str) -> None:
        self.document = document
        self.corrections = corrections
        self.name = name
        self.ledger = Ledger(document, frozenset(entry.message for entry in corrections.acceptances))
        self.convention = find_convention(document.text)
        self.remarks: list[str] = []

    def run(self, *, strict: bool) -> Imported:
        """Everything, in order; raises as :func:`convert`."""
        text, tables = read_tables(self.document)
        self.ledger.leave_out("表格", tables.others)
        text, footers = remove_footers(text)
        self.ledger.leave_out("页码", footers)
        origin = text.origin
        text, wraps = text.keep(lambda index: origin[index] not in self.document.soft_breaks)
        self.ledger.leave_out("折行", wraps)
        parts = self._outline(text, tables)
        measures = self._numbered(parts)
        check_parts(self.corrections, measures, in_paragraphs=parts.in_paragraphs)
        prepared = len(self.remarks)
        front = self._front(parts)
        period = self._period(front.title)
        one_year = period.start.year if period.start.year == period.end.year else None
        times = TimeContext(start=period.start, issued=issue_date(self.document.text), plan_year=one_year)
        # What is said of the measures stands before what is said of title and preamble.
        built, self.remarks[prepared:prepared] = self._build(measures, times)
        if parts.in_paragraphs:
            texts = [join((part.label, part.body)) for part in measures]
            values = [measure.measure for measure in built]
            doubt_measures(list(zip(values, texts, strict=True)), self.ledger)
        plan = self._plan(parts, front, period, built)
        names = [name for measure in built for name in measure.clause.names]
        printed = [pair for measure in built for pair in measure.clause.printed.items()]
        register = build_register(self.corrections, names, printed)
        rows = [(measure.measure, part) for measure, part in zip(built, measures, strict=True)]
        dated = Dated(times, self.corrections.report_day, self.name)
        notes = progress_notes(rows, tables, dated, self.ledger)
        named = frozenset().union(*(measure.named for measure in built))
        check_decisions(self.corrections, names, named, self.ledger.settled if strict else None)
        return Imported(
            plan,
            register,
            tuple(measure.measure for measure in built),
            tuple(self.ledger.log),
            tuple(self.ledger.placed),
            self.document,
            notes,
            parts.prose,
            frozenset(self.ledger.settled),
            named,
        )

    # ------------------------------------------------------------------ before the headings

    def _outline(self, text: MappedText, tables: Tables) -> Outline:
        """The parts of the document, in its text or in its tables; what is none of them is left out."""
        stretches, running = self._prepare(text)
        asked = (self.corrections, stretches[0], tables, self.ledger, self.convention, self.name)
        parts = (None if running else find_outline(*asked)) or outline(self.corrections, stretches)
        for reason, gone in parts.left:
            self.ledger.leave_out(reason, gone)
        for loose in parts.loose:
            words, _ = loose.without_breaks()
            self.ledger.leave_out_breaks(loose)
            if words:
                self.ledger.doubt(f"有 {len(words)} 字未归入任何措施：{shown(words.text)}。", words)
                self.ledger.leave_out("未归入任何措施", words)
        return parts

    def _prepare(self, text: MappedText) -> tuple[list[MappedText], bool]:
        """The text cleaned and in its true order: the stretches between losses.

        The second tells whether the text runs on without the line breaks of its paragraphs.
        """
        corrections, ledger = self.corrections, self.ledger
        for omission in corrections.omissions:
            text, gone = omit(corrections, text, omission)
            self.remarks.append(omission.remark)
            ledger.leave_out(omission.reason, gone)
        text, taken = clean(text)
        for rule, what in taken:
            ledger.leave_out(rule, what)
        rules = [rule for rule, _ in taken]
        if rules:
            done = "、".join(rules)
            self.remarks.append(f"已去掉原件中的{done}，半角标点改为全角，各条不再逐一注明。")
        for spelling in corrections.everywhere:
            text = respell(corrections, text, spelling)
            self.remarks.append(spelling.remark)
            ledger.changed(spelling.remark, NOTHING)
        for shuffle in corrections.interleaved:
            (text,), repeats = reorder(corrections, text, shuffle)
            ledger.leave_out(f"第{shuffle.where}条错行处的重出文字", repeats)
            ledger.changed(f"第{shuffle.where}条：{shuffle.reason}", repeats)
        for at in corrections.breaks:
            text = insert_break(corrections, text, at)
            self.remarks.append(at.remark)
        text = self._reworded("节标题", text)
        if corrections.blocks is None:
            return [text], PAGE_MARKERS in rules
        self.remarks.append(corrections.blocks.remark)
        stretches, repeats = reorder(corrections, text, corrections.blocks)
        ledger.leave_out("重出的块", repeats)
        return stretches, True

    def _reworded(self, place: str, text: MappedText) -> MappedText:
        """One place outside the measures with its words changed; the 校勘 on it is kept."""
        text, remarks = reword(self.corrections, place, text, self.ledger)
        self.remarks.extend(remarks)
        return text

    # ------------------------------------------------------------------ measures

    def _numbered(self, parts: Outline) -> list[MeasurePart]:
        """The measures with a number each: one without takes the next, and that is told as a doubt."""
        numbered: list[MeasurePart] = []
        for part in parts.measures:
            if part.number is None and part.identity is None:
                following = (numbered[-1].number or 0) + 1 if numbered else 1
                self.ledger.doubt(f"原文有一条没有编号，暂定为第{following}条。", part.body)
                part = dataclasses.replace(part, number=following)
            numbered.append(part)
        if not numbered:
            hint = "核对文件是否选对；校订文件里的“边界”是否把措施都并掉了。"
            raise SourceError("照这样读，原件里一条措施也没有。", hint)
        return numbered

    def _build(self, parts: Sequence[MeasurePart], times: TimeContext) -> tuple[list[Built], list[str]]:
        """Every measure, and what is said once of all of them."""
        builder = MeasureBuilder(self.corrections, self.ledger, self.convention, times)
        joints = self.corrections.joints()
        built: list[Built] = []
        for part in parts:
            inside = [joints.pop(words) for words in list(joints) if words in part.body.text]
            built.append(builder.build(part, last=part is parts[-1], joints=inside))
        remarks = list(joints.values())
        bracketed = sum(measure.bracketed is True for measure in built)
        bare = sum(measure.bracketed is False for measure in built)
        if bracketed and bare:
            remarks.append(
                f"单位分工原文有的加括号（{bracketed} 条），有的没有括号（{bare} 条）；"
                "现按牵头、参加、责任分列，正文中不再重复。"
            )
        return built, remarks

    # ------------------------------------------------------------------ the plan

    def _front(self, parts: Outline) -> Front:
        """The front of the document with its words changed; what is no part of the plan is left out."""
        front = read_front(parts.front) if parts.in_paragraphs else read_running_front(parts.front)
        self.ledger.leave_out("标题之前的文号、印发通知等", front.notice)
        self.ledger.leave_out("分段处的断行", front.breaks)
        title = self._reworded("方案标题", front.title)
        return dataclasses.replace(front, title=title, preamble=self._reworded("引言", front.preamble))

    def _period(self, title: MappedText) -> Span:
        """The plan's first and last day: as 期间 says, or as the document does."""
        if self.corrections.period:
            return self.corrections.period
        found = find_period(title.text, self.document.text)
        if found is None:
            hint = "在校订文件里写“期间”，如 期间: {起: 2022-01-01, 止: 2025-12-31}。"
            raise SourceError(f"从标题「{title.text}」看不出方案的起止年份。", hint)
        if found.doubt:
            self.ledger.doubt(found.doubt, title)
        return found.span

    def _plan(self, parts: Outline, front: Front, period: Span, built: Sequence[Built]) -> Plan:
        self.ledger.place("方案标题", front.title)
        for chapter in parts.chapters:
            self.ledger.place("章标题", chapter.heading)
            for section in chapter.sections:
                self.ledger.place("节标题", section)
        aims = join((*(chapter.body for chapter in parts.chapters), parts.general))
        aims = self._reworded("总体要求", aims)
        closing = join((*(measure.behind for measure in built), parts.closing))
        closing = self._reworded("结语", closing)
        entries = (*self.corrections.lost_sections, *self.corrections.units.renamings)
        self.remarks.extend(entry.remark for entry in entries)
        present = [measure.measure.id for measure in built]
        absent = parts.missing if parts.in_paragraphs else skipped(self.corrections, present, self.ledger)
        gaps = check_absences(self.corrections, present, absent)
        general = (self._sentences("引言", front.preamble), self._sentences("总体要求", aims))
        chapters = (
            Chapter(chapter.heading.text, tuple(section.text for section in chapter.sections))
            for chapter in parts.chapters
        )
        decided = self.corrections.settings
        return Plan(
            title=front.title.text,
            period=period,
            issuer=front.issuer,
            general="\n".join(filter(None, general)),
            chapters=tuple(chapters),
            closing=self._sentences("结语", closing),
            gaps=gaps,
            remarks=tuple(self.remarks),
            settings=Settings(
                **{field.name: getattr(decided, field.name) for field in dataclasses.fields(Settings)}
            ),
        )

    def _sentences(self, where: str, text: MappedText) -> str:
        sentences = split_sentences(text)
        self.ledger.place(where, join(sentences))
        self.ledger.leave_out_breaks(text)
        return one_a_line(sentences)
