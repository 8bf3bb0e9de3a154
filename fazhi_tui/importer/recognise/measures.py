"""One measure: from what was cut out of the text to the value that lies in its file."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.measure import Completeness, Item, Measure, Role
from fazhi_tui.importer.clauses.find import find_clause, parse_clause
from fazhi_tui.importer.clauses.values import Clause, Convention, RoleUnits, renamed
from fazhi_tui.importer.corrections import remarks
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.recognise.items import FoundItem, FoundItems, find_all_items
from fazhi_tui.importer.recognise.outline import MeasurePart
from fazhi_tui.importer.recognise.paragraphs import MeasureText, read_paragraphs
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.cells import clause_of, differing_units, times_of
from fazhi_tui.importer.tables.rows import Row
from fazhi_tui.importer.text.apply_corrections import find_once, reword, shown
from fazhi_tui.importer.text.sentences import one_a_line, split_sentences
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join
from fazhi_tui.importer.times.dates import TimeContext


@dataclass(frozen=True, slots=True)
class Built:
    """A measure, the units of its clause in printed order, and what stands behind its clause.

    ``bracketed`` tells whether the clause is printed in brackets; None without a clause.  ``named`` are
    the names in it before 更名 changed any.
    """

    measure: Measure
    clause: Clause
    bracketed: bool | None
    behind: MappedText
    named: frozenset[str] = frozenset()


def build_measure(
    corrections: Corrections,
    part: MeasurePart,
    ledger: Ledger,
    *,
    last: bool,
    joints: list[str],
    convention: Convention,
    times: TimeContext,
) -> Built:
    """A measure from its part, with every correction that names it.

    What stands behind the clause of the ``last`` measure is handed back (the closing of the document);
    elsewhere it is part of the text.  ``joints`` are remarks on pages that meet inside this measure.
    Raises CorrectionError for a correction that does not fit exactly once.
    """
    number = part.id
    where = f"第{number}条"
    body = _apply_wording(corrections, number, part.body, ledger)
    _check_doubts(corrections, number, body)
    ledger.place(f"{where} 编号", part.label)
    if part.in_paragraphs:
        read = read_paragraphs(where, body, ledger, convention, last=last)
    else:
        read = _read_running(where, body, ledger, last=last, headless=part.headless)
    title, clause = read.title, read.clause
    if part.row is not None:
        clause = _row_clause(where, part.row, clause, ledger, convention)
    repeated = _repeated(where, part, clause, ledger, convention)
    if repeated:
        clause = repeated
    assigned = _assigned(corrections, number)
    if assigned:
        clause = assigned
    named = {name for role in clause.roles for name in role.units}
    clause = renamed(clause, {entry.old: entry.new for entry in corrections.renamings})
    sentences = split_sentences(read.text)
    ledger.place(f"{where} 正文", join(sentences))
    _leave_out_breaks(ledger, read.text)
    # A deadline that stands among the units (责任单位：甲，2024年6月底前完成) is the measure's own.
    # A measure that is nothing but its title says there what is owed.
    said = [each.text for each in sentences] or [title or ""]
    found = find_all_items(
        [*said, read.clause.time, *_row_times(where, part.row, ledger)],
        dataclasses.replace(times, title=title or ""),
    )
    if part.also:
        found = _table_times(where, part, found, dataclasses.replace(times, title=title or ""), ledger)
    items, decisions = _items(corrections, number, found.items)
    decided = frozenset(entry.source for entry in corrections.items if entry.measure == number)
    _tell_times(where, found, decided, body, ledger)
    measure = Measure(
        id=number,
        title=title,
        chapter=part.chapter,
        section=part.section,
        leads=clause.units(Role.LEAD),
        participants=clause.units(Role.PARTICIPANT),
        responsible=clause.units(Role.RESPONSIBLE),
        by_duties=clause.by_duties,
        open_list=clause.open_list,
        items=items,
        text=one_a_line(sentences),
        printed_id=_printed(part),
        completeness=Completeness.DAMAGED if part.cut_short or part.headless else Completeness.WHOLE,
        remarks=(
            *_remarks(corrections, number),
            *joints,
            *decisions,
            *remarks.of_clause(clause),
            *(f"原表备注：{each.text}" for each in (part.row.remarks if part.row else ())),
        ),
    )
    return Built(
        measure,
        clause,
        read.bracketed,
        read.behind,
        frozenset(named),
    )


def _read_running(where: str, body: MappedText, ledger: Ledger, *, last: bool, headless: bool) -> MeasureText:
    """A measure of a text without line breaks: a title sentence, text, one clause."""
    title, rest = (None, body) if headless else _title(where, body, ledger)
    before, clause_text, after = _split_clause(rest)
    ledger.place(f"{where} 单位", clause_text)
    return MeasureText(
        title=title,
        text=before if last else join((before, after)),
        clause=parse_clause(clause_text.text),
        bracketed=clause_text.text.startswith("（") if clause_text else None,
        behind=after if last else NOTHING,
    )


def _row_clause(where: str, row: Row, inside: Clause, ledger: Ledger, convention: Convention) -> Clause:
    """The units that the cells of a task name, and those that its own words name beside them."""
    clause = clause_of(row, convention)
    for _, _, cell in row.units:
        ledger.place(f"{where} 单位", cell)
    for words, cell in row.rest:
        ledger.leave_out(f"表中“{words}”一栏", cell)
    for cell in row.remarks:
        ledger.place(f"{where} 备注", cell)
    return dataclasses.replace(
        clause, roles=(*clause.roles, *inside.roles), printed={**inside.printed, **clause.printed}
    )


def _row_times(where: str, row: Row | None, ledger: Ledger) -> list[str]:
    """The deadlines that the cells of a task name."""
    if row is None:
        return []
    for _, cell in row.times:
        ledger.place(f"{where} 时限", cell)
    return times_of(row)


def _repeated(
    where: str, part: MeasurePart, clause: Clause, ledger: Ledger, convention: Convention
) -> Clause | None:
    """The units that a table names for a measure whose text names none; differences are doubts."""
    clauses = [clause_of(row, convention) for row in part.also]
    roles = tuple(role for each in clauses for role in each.roles)
    if not roles:
        return None
    listed = Clause(roles, {full: short for each in clauses for full, short in each.printed.items()})
    near = part.also[0].words
    if clause.roles:
        differing_units(where, clause, listed, near, ledger)
        return None
    ledger.changed(f"{where}：单位据表格。", near)
    return listed


def _table_times(
    where: str, part: MeasurePart, found: FoundItems, times: TimeContext, ledger: Ledger
) -> FoundItems:
    """The measure's items, and the deadlines that a table names for it where its text names none."""
    listed = find_all_items([words for row in part.also for words in times_of(row)], times)
    dues = {item.due for item in found.items if item.due}
    more = tuple(item for item in listed.items if item.due and item.due not in dues)
    if not dues:
        return FoundItems((*found.items, *more), (*found.doubts, *listed.doubts))
    for item in more:
        ledger.doubt(f"{where}的时限，表中为「{item.source}」，与正文不同；按正文。", part.also[0].words)
    return found


def _assigned(corrections: Corrections, number: str) -> Clause | None:
    """The units that a person wrote for a measure (分工); the last entry counts."""
    entries = [entry for entry in corrections.assignments if entry.measure == number]
    if not entries:
        return None
    roles = (
        RoleUnits(Role.LEAD, entries[-1].leads),
        RoleUnits(Role.PARTICIPANT, entries[-1].participants),
        RoleUnits(Role.RESPONSIBLE, entries[-1].responsible),
    )
    return Clause(tuple(role for role in roles if role.units))


def _apply_wording(corrections: Corrections, number: str, body: MappedText, ledger: Ledger) -> MappedText:
    for entry in corrections.wording:
        if entry.where == number:
            change = reword(corrections, body, entry, f"第{number}条")
            body = change.text
            message = f"第{number}条：{remarks.of_wording(entry)}"
            ledger.changed(message, change.old)
            ledger.leave_out(message, change.gone)
    return body


def _check_doubts(corrections: Corrections, number: str, body: MappedText) -> None:
    for entry in corrections.doubts:
        if entry.where == number:
            find_once(corrections, entry.line, body.text, entry.old, f"第{number}条")


def _title(where: str, body: MappedText, ledger: Ledger) -> tuple[str, MappedText]:
    """The first sentence after the number, without its full stop."""
    first = split_sentences(body)[0] if body.text.strip() else NOTHING
    title = first.cut(0, len(first.text.rstrip("。")))
    start = body.text.find(first.text)
    ledger.leave_out(f"{where}标题前的断行", body.cut(0, start))
    ledger.place(f"{where} 标题", title)
    ledger.place(f"{where} 标题后的句号", first.cut(len(title)))
    return title.text, body.cut(start + len(first))


def _split_clause(text: MappedText) -> tuple[MappedText, MappedText, MappedText]:
    place = find_clause(text.text)
    if place is None:
        return text, NOTHING, NOTHING
    start, stop = place
    return text.cut(0, start), text.cut(start, stop), text.cut(stop)


def _leave_out_breaks(ledger: Ledger, text: MappedText) -> None:
    _, breaks = text.keep(lambda index: text.text[index] != "\n")
    ledger.leave_out("分段处的断行", breaks)


def _items(
    corrections: Corrections, number: str, found: Sequence[FoundItem]
) -> tuple[tuple[Item, ...], list[str]]:
    """The items in order, with the decisions of 事项; and remarks on those decided or doubtful."""
    decisions = {entry.source: entry for entry in corrections.items if entry.measure == number}
    items: list[Item] = []
    told: list[str] = []
    for index, each in enumerate(found, start=1):
        entry = decisions.pop(each.source, None)
        due = entry.due if entry else each.due
        items.append(
            Item(
                id=f"{number}.{index}",
                content=each.content,
                due=due,
                period=each.period,
                quantity=entry.quantity if entry else each.quantity,
                measure_word=entry.measure_word if entry else each.measure_word,
                source=each.source,
            )
        )
        if entry:
            told.append(f"事项 {number}.{index}：{remarks.sentence(entry.reason)}")
        elif each.doubt:
            told.append(f"事项 {number}.{index}：{each.doubt}{f'，暂按 {due}' if due else ''}。")
    for entry in decisions.values():
        raise corrections.error(
            entry.line,
            f"第{number}条没有原文为「{entry.source}」的事项。",
            "核对“原文”：须是写明期限的那一分句。",
        )
    return tuple(items), told


def _tell_times(
    where: str, found: FoundItems, decided: frozenset[str], body: MappedText, ledger: Ledger
) -> None:
    """Every time that can be read two ways, or has no year, as a doubt at its place; not those decided."""
    doubtful = [(each.source, each.doubt) for each in found.items if each.doubt]
    for words, doubt in (*doubtful, *found.doubts):
        if words in decided:
            continue
        at = max(body.text.find(words), 0)
        ledger.doubt(f"{where}{shown(words)}：{doubt}。", body.cut(at, at + len(words)))


def _printed(part: MeasurePart) -> str | None:
    if part.printed is None or part.printed == part.number or (part.identity and not part.misprinted):
        return None
    return str(part.printed)


def _remarks(corrections: Corrections, number: str) -> list[str]:
    return [
        *(remarks.of_numbering(e) for e in corrections.numbering if e.measure == number),
        *(remarks.sentence(e.reason) for e in corrections.damage if e.measure == number),
        *(remarks.of_lost_section(e) for e in corrections.lost_sections if e.first == number),
        *(remarks.sentence(e.reason) for e in corrections.interleaved if e.where == number),
        *(remarks.of_wording(e) for e in corrections.wording if e.where == number),
        *(remarks.of_doubt(e) for e in corrections.doubts if e.where == number),
        *(remarks.sentence(e.reason) for e in corrections.boundaries if e.measure == number),
        *(remarks.sentence(e.reason) for e in corrections.assignments if e.measure == number),
    ]
