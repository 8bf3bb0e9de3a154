"""The whole way: read, clean, put in order, cut at the headings, build the plan; nothing is written."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from itertools import pairwise

from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.importer.clauses.find import find_convention
from fazhi_tui.importer.clauses.register import build_register
from fazhi_tui.importer.clauses.values import Convention
from fazhi_tui.importer.consistency import check_absences, check_damage, check_numbers, check_places, skipped
from fazhi_tui.importer.corrections import remarks
from fazhi_tui.importer.corrections.model import Corrections, Fragment
from fazhi_tui.importer.doubts import doubt_measures
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats import read_document
from fazhi_tui.importer.recognise.boundaries import read_front
from fazhi_tui.importer.recognise.measures import Built, build_measure
from fazhi_tui.importer.recognise.outline import MeasurePart, Outline, outline
from fazhi_tui.importer.recognise.period import find_period, issue_date
from fazhi_tui.importer.result import Imported, Ledger
from fazhi_tui.importer.tables.progress import Dated
from fazhi_tui.importer.tables.table import find_outline, progress_notes, read_tables
from fazhi_tui.importer.text.apply_corrections import (
    find_once,
    insert_break,
    omit,
    reorder,
    respell,
    reword,
    shown,
)
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
    digest = hashlib.sha256(source).hexdigest()
    if corrections.sha256 and corrections.sha256 != digest:
        raise corrections.error(
            corrections.sha256_line,
            f"原件与校订文件不配套：sha256 应为 {corrections.sha256[:12]}……，实为 {digest[:12]}……。",
            "核对原件是否被改动；若确已换用新的原件，逐条核对校订后改写 sha256。",
        )
    document = read_document(source, name)
    ledger = Ledger(document, frozenset(entry.message for entry in corrections.acceptances))
    plan_remarks: list[str] = []
    text, tables = read_tables(document)
    ledger.leave_out("表格", tables.others)
    text, footers = remove_footers(text)
    ledger.leave_out("页码", footers)
    text, wraps = text.keep(lambda index: text.origin[index] not in document.soft_breaks)
    ledger.leave_out("折行", wraps)
    stretches, running = _prepare(corrections, text, ledger, plan_remarks)
    convention = find_convention(document.text)
    parts = None if running else find_outline(corrections, stretches[0], tables, ledger, convention, name)
    parts = parts or outline(corrections, stretches)
    for reason, gone in parts.left:
        ledger.leave_out(reason, gone)
    for loose in parts.loose:
        _tell_loose(loose, ledger)
    measures = _numbered(parts, ledger)
    if not measures:
        raise SourceError(
            "照这样读，原件里一条措施也没有。", "核对文件是否选对；校订文件里的“边界”是否把措施都并掉了。"
        )
    if not parts.in_paragraphs:
        check_numbers(corrections, measures)
    check_places(corrections, measures)
    check_damage(corrections, measures)
    front_remarks: list[str] = []
    front = _opening(corrections, parts, ledger, front_remarks)
    times = _times(front, document.text)
    built = _measures(corrections, measures, ledger, plan_remarks, convention, times)
    plan_remarks.extend(front_remarks)
    if parts.in_paragraphs:
        doubt_measures(
            [
                (each.measure, join((part.label, part.body)))
                for each, part in zip(built, measures, strict=True)
            ],
            ledger,
        )
    plan = _plan(corrections, parts, front, built, ledger, plan_remarks)
    names = [name for each in built for role in each.clause.roles for name in role.units]
    printed = [pair for each in built for pair in each.clause.printed.items()]
    register = build_register(corrections, names, printed)
    notes = progress_notes(
        [(each.measure, part) for each, part in zip(built, measures, strict=True)],
        tables,
        Dated(times, corrections.report_day),
        ledger,
    )
    _check_coordinator(corrections, plan, names)
    _check_renamed(corrections, built)
    if strict:
        _check_settled(corrections, ledger)
    return Imported(
        plan,
        register,
        tuple(each.measure for each in built),
        tuple(ledger.log),
        tuple(ledger.placed),
        document,
        notes,
        parts.prose,
        frozenset(ledger.settled),
        frozenset().union(*(each.named for each in built)),
    )


def render(imported: Imported) -> dict[str, str]:
    """Every file of ``plan/`` that an import makes, by its path in the repository."""
    files = {"plan/plan.yaml": dump(imported.plan), "plan/units.yaml": dump(imported.register)}
    for measure in imported.measures:
        files[f"plan/{measure.stem}.yaml"] = dump(measure)
    return files


def _tell_loose(text: MappedText, ledger: Ledger) -> None:
    """Text between a section and its first measure: told as a doubt, if it is more than line breaks."""
    words, breaks = text.keep(lambda index: text.text[index] != "\n")
    ledger.leave_out("分段处的断行", breaks)
    if words:
        ledger.doubt(f"有 {len(words)} 字未归入任何措施：{shown(words.text)}。", words)
        ledger.leave_out("未归入任何措施", words)


# ------------------------------------------------------------------ before the headings


def _prepare(
    corrections: Corrections, text: MappedText, ledger: Ledger, plan_remarks: list[str]
) -> tuple[list[MappedText], bool]:
    """The text cleaned and in its true order: the stretches between losses.

    The second tells whether the text runs on without the line breaks of its paragraphs.
    """
    for omission in corrections.omissions:
        text, gone = omit(corrections, text, omission)
        plan_remarks.append(remarks.of_omission(omission))
        ledger.leave_out(omission.reason, gone)
    text, taken = clean(text)
    for each in taken:
        ledger.leave_out(each.rule, each.what)
    running = any(each.rule == PAGE_MARKERS for each in taken)
    plan_remarks.extend(remarks.of_cleaning([each.rule for each in taken]))
    for rule in corrections.everywhere:
        text = respell(corrections, text, rule)
        plan_remarks.append(remarks.of_everywhere(rule))
        ledger.changed(remarks.of_everywhere(rule), NOTHING)
    for shuffle in corrections.interleaved:
        (text,), repeats = reorder(corrections, text, shuffle)
        ledger.leave_out(f"第{shuffle.where}条错行处的重出文字", repeats)
        ledger.changed(f"第{shuffle.where}条：{shuffle.reason}", repeats)
    for at in corrections.breaks:
        text = insert_break(corrections, text, at)
        plan_remarks.append(remarks.of_break(at))
    text = _reword_at(corrections, "节标题", text, ledger, plan_remarks)
    if corrections.blocks is None:
        return [text], running
    plan_remarks.append(remarks.sentence(corrections.blocks.reason))
    stretches, repeats = reorder(corrections, text, corrections.blocks)
    ledger.leave_out("重出的块", repeats)
    return stretches, True


def _reword_at(
    corrections: Corrections, place: str, text: MappedText, ledger: Ledger, plan_remarks: list[str]
) -> MappedText:
    """Changed words and doubts of one place outside the measures, with their remarks."""
    for entry in corrections.wording:
        if entry.where == place:
            change = reword(corrections, text, entry, place)
            text = change.text
            message = f"{place}：{remarks.of_wording(entry)}"
            plan_remarks.append(message)
            ledger.changed(message, change.old)
            ledger.leave_out(message, change.gone)
    for doubt in corrections.doubts:
        if doubt.where == place:
            find_once(corrections, doubt.line, text.text, doubt.old, place)
            plan_remarks.append(f"{place}：{remarks.of_doubt(doubt)}")
    return text


# ------------------------------------------------------------------ measures


def _numbered(parts: Outline, ledger: Ledger) -> list[MeasurePart]:
    """The measures with a number each: one without takes the next, and that is told as a doubt."""
    numbered: list[MeasurePart] = []
    for part in parts.measures:
        if part.number is None and part.identity is None:
            following = (numbered[-1].number or 0) + 1 if numbered else 1
            ledger.doubt(f"原文有一条没有编号，暂定为第{following}条。", part.body)
            part = dataclasses.replace(part, number=following)
        numbered.append(part)
    return numbered


def _measures(
    corrections: Corrections,
    parts: list[MeasurePart],
    ledger: Ledger,
    plan_remarks: list[str],
    convention: Convention,
    times: TimeContext,
) -> list[Built]:
    joints = _joints(corrections)
    built: list[Built] = []
    for index, part in enumerate(parts):
        inside = [key for key in joints if key in part.body.text]
        built.append(
            build_measure(
                corrections,
                part,
                ledger,
                last=index == len(parts) - 1,
                joints=[joints.pop(key) for key in inside],
                convention=convention,
                times=times,
            )
        )
    plan_remarks.extend(joints.values())
    bracketed = sum(each.bracketed is True for each in built)
    bare = sum(each.bracketed is False for each in built)
    plan_remarks.extend(remarks.of_brackets(bracketed, bare))
    return built


def _joints(corrections: Corrections) -> dict[str, str]:
    """The words at each joint of two blocks, and the remark on it."""
    if corrections.blocks is None:
        return {}
    ordered: list[Fragment] = sorted(
        (fragment for fragment in corrections.blocks.fragments if fragment.place is not None),
        key=lambda fragment: fragment.place or 0,
    )
    return {
        before.stop + after.start: remarks.of_joint(before, after)
        for before, after in pairwise(ordered)
        if not before.lost_after
    }


# ------------------------------------------------------------------ the plan


@dataclass(frozen=True, slots=True)
class _Opening:
    """What the front of the document tells: title, text before the first heading, issuer, period."""

    title: MappedText
    preamble: MappedText
    issuer: str | None
    period: Span


def _opening(corrections: Corrections, parts: Outline, ledger: Ledger, plan_remarks: list[str]) -> _Opening:
    title, preamble, issuer = _front(parts, ledger)
    title = _reword_at(corrections, "方案标题", title, ledger, plan_remarks)
    preamble = _reword_at(corrections, "引言", preamble, ledger, plan_remarks)
    return _Opening(title, preamble, issuer, _period(corrections, title, ledger))


def _times(front: _Opening, text: str) -> TimeContext:
    """What the document as a whole tells of the times in its measures."""
    start, end = front.period.start, front.period.end
    one_year = start.year if start.year == end.year else None
    return TimeContext(start=start, issued=issue_date(text), plan_year=one_year)


def _plan(
    corrections: Corrections,
    parts: Outline,
    front: _Opening,
    built: list[Built],
    ledger: Ledger,
    plan_remarks: list[str],
) -> Plan:
    title, preamble = front.title, front.preamble
    ledger.place("方案标题", title)
    for chapter in parts.chapters:
        ledger.place("章标题", chapter.heading)
        for section in chapter.sections:
            ledger.place("节标题", section)
    aims = join((*(chapter.body for chapter in parts.chapters), parts.general))
    aims = _reword_at(corrections, "总体要求", aims, ledger, plan_remarks)
    closing = join((*(each.behind for each in built), parts.closing))
    closing = _reword_at(corrections, "结语", closing, ledger, plan_remarks)
    plan_remarks.extend(remarks.of_lost_section(entry) for entry in corrections.lost_sections)
    plan_remarks.extend(remarks.of_renaming(entry) for entry in corrections.renamings)
    present = [each.measure.id for each in built]
    explained = [number for entry in corrections.absences for number in entry.measures]
    absent = parts.missing if parts.in_paragraphs else skipped(present, explained, ledger)
    gaps = check_absences(corrections, present, absent)
    return Plan(
        title=title.text,
        period=front.period,
        issuer=front.issuer,
        general="\n".join(
            filter(None, (_sentences("引言", preamble, ledger), _sentences("总体要求", aims, ledger)))
        ),
        chapters=tuple(
            Chapter(chapter.heading.text, tuple(section.text for section in chapter.sections))
            for chapter in parts.chapters
        ),
        closing=_sentences("结语", closing, ledger),
        gaps=gaps,
        remarks=tuple(plan_remarks),
        settings=_settings(corrections),
    )


def _front(parts: Outline, ledger: Ledger) -> tuple[MappedText, MappedText, str | None]:
    """The title, the text between it and the first heading, and the issuer if the notice names it."""
    if parts.in_paragraphs:
        read = read_front(parts.front)
        if not read.title:
            raise SourceError(
                "原件里找不到方案标题。", "方案标题应在第一条编号之前，自成一段；核对文件是否完整。"
            )
        ledger.leave_out("标题之前的文号、印发通知等", read.notice)
        ledger.leave_out("分段处的断行", read.breaks)
        return read.title, read.preamble, read.issuer
    front = parts.front
    start = len(front.text) - len(front.text.lstrip("\n"))
    end = front.text.find("\n", start)
    if end < 0:
        end = len(front)
    if not front.text[start:end]:
        raise SourceError(
            "原件里找不到方案标题。", "方案标题应在第一章之前，自成一段；连排的可用“分段”断开。"
        )
    return front.cut(start, end), front.cut(0, start) + front.cut(end), None


def _sentences(where: str, text: MappedText, ledger: Ledger) -> str:
    sentences = split_sentences(text)
    ledger.place(where, join(sentences))
    _, breaks = text.keep(lambda index: text.text[index] != "\n")
    ledger.leave_out("分段处的断行", breaks)
    return one_a_line(sentences)


def _period(corrections: Corrections, title: MappedText, ledger: Ledger) -> Span:
    """The plan's first and last day: as 期间 says, or as the document does."""
    if corrections.period:
        return Span(*corrections.period)
    found = find_period(title.text, ledger.text)
    if found is None:
        raise SourceError(
            f"从标题「{title.text}」看不出方案的起止年份。",
            "在校订文件里写“期间”，如 期间: {起: 2022-01-01, 止: 2025-12-31}。",
        )
    if found.doubt:
        ledger.doubt(found.doubt, title)
    return found.span


def _settings(corrections: Corrections) -> Settings:
    values = {
        field.name: corrections.settings[field.metadata["key"]]
        for field in dataclasses.fields(Settings)
        if field.metadata["key"] in corrections.settings
    }
    return dataclasses.replace(Settings(), **values)  # type: ignore[arg-type]


def _check_settled(corrections: Corrections, ledger: Ledger) -> None:
    """Every 认可 settled a doubt."""
    for accepted in corrections.acceptances:
        if accepted.message not in ledger.settled:
            raise corrections.error(
                accepted.line,
                f"没有这一处存疑：{shown(accepted.message)}。",
                "“事”照导入报告里的存疑原样抄录；已不存在的，删去这一条。",
            )


def _check_renamed(corrections: Corrections, built: list[Built]) -> None:
    """Every 更名 found its name."""
    named = frozenset().union(*(each.named for each in built))
    for entry in corrections.renamings:
        if entry.old not in named:
            raise corrections.error(entry.line, f"方案里没有单位“{entry.old}”。", "改正“原”，或删去这一条。")


def _check_coordinator(corrections: Corrections, plan: Plan, names: list[str]) -> None:
    coordinator = plan.settings.coordinator
    if coordinator and coordinator not in names:
        raise corrections.error(
            corrections.settings_line, f"统筹单位“{coordinator}”不在方案的单位之列。", "改正“统筹单位”。"
        )
