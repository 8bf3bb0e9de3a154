"""What a document's tables of tasks are to it: the plan itself, or a repeat of the plan that its text is."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.importer.clauses.find import find_clauses
from fazhi_tui.importer.clauses.values import Convention
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.document import Document
from fazhi_tui.importer.recognise.boundaries import ATTACHMENT, TITLE, read_front, split_sign_off
from fazhi_tui.importer.recognise.outline import MeasurePart, Outline
from fazhi_tui.importer.recognise.structure import find_structure
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.progress import Dated, in_order, leave_out_progress, notes_of
from fazhi_tui.importer.tables.repeats import match_rows
from fazhi_tui.importer.tables.rows import Row, TaskTable, read_task_table
from fazhi_tui.importer.tables.tasks import outline_of
from fazhi_tui.importer.text.apply_corrections import shown
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join


@dataclass(frozen=True, slots=True)
class Tables:
    """A document's tables: those of tasks, and the characters of the others."""

    tasks: tuple[TaskTable, ...]
    others: MappedText

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every task of every table, in order."""
        return tuple(row for table in self.tasks for row in table.rows)


def read_tables(document: Document) -> tuple[MappedText, Tables]:
    """The text between the tables, and the tables."""
    whole = MappedText.whole(document.text)
    between: list[MappedText] = []
    others: list[MappedText] = []
    tasks: list[TaskTable] = []
    at = 0
    for table in document.tables:
        between.append(whole.cut(at, table.start))
        at = table.stop
        read = read_task_table(table, whole)
        if read is None or not read.rows:
            others.append(whole.cut(table.start, table.stop))
        else:
            tasks.append(read)
    between.append(whole.cut(at))
    return join(between), Tables(tuple(tasks), join(others))


def find_outline(
    corrections: Corrections,
    text: MappedText,
    tables: Tables,
    ledger: Ledger,
    convention: Convention,
    name: str,
) -> Outline | None:
    """The parts of a document in paragraphs, in tables or in both; None where neither has a measure.

    The text is the plan where the tables repeat it, or where its own measures name units; their rows then
    belong to the measures that they repeat.  Otherwise the tables are the plan, and the text is what
    stands around it.
    """
    if not tables.tasks:
        return find_structure(corrections, text, ledger, convention)
    scratch = ledger.fresh()
    prose = find_structure(corrections, text, scratch, convention)
    if prose is not None and prose.measures:
        matched = match_rows(tables.tasks, prose.measures)
        named = sum(bool(find_clauses(part.body.text, convention)) for part in prose.measures)
        if len(matched) * 2 >= len(tables.rows) or named * 3 >= len(prose.measures) > 1:
            ledger.adopt(scratch)
            return _with_rows(prose, tables, matched, ledger)
    return _as_plan(text, prose, tables, ledger, name)


def _with_rows(prose: Outline, tables: Tables, matched: dict[int, MeasurePart], ledger: Ledger) -> Outline:
    """The text's outline, each measure with the rows that repeat it."""
    rows: dict[int, list[Row]] = {}
    for table in tables.tasks:
        _leave_out_frame(table, table.captions, ledger)
        for row in table.rows:
            part = matched.get(row.start)
            _leave_out_groups(row, ledger)
            if part is None:
                ledger.doubt(f"表中的任务{shown(row.words.text)}不见于正文，未导入。", row.words)
                _leave_out_row(row, "未见于正文的表格内容", ledger)
                leave_out_progress(row, ledger, "未见于正文的表格内容")
            else:
                rows.setdefault(id(part), []).append(row)
                _leave_out_row(row, "重复各条内容的表格", ledger)
    measures = tuple(dataclasses.replace(part, also=tuple(rows.get(id(part), ()))) for part in prose.measures)
    return dataclasses.replace(prose, measures=measures)


def _as_plan(text: MappedText, prose: Outline | None, tables: Tables, ledger: Ledger, name: str) -> Outline:
    """The tables' outline; what the document says around them is its front, its aims and its end."""
    if prose is None:
        front, sign_off = split_sign_off(text)
        general: MappedText = NOTHING
        left: tuple[tuple[str, MappedText], ...] = (("文末的落款、抄送等", sign_off),)
    else:
        front, left = prose.front, prose.left
        apart = {offset for piece in (front, *(gone for _, gone in left)) for offset in piece.origin}
        general, _ = text.keep(lambda index: text.origin[index] not in apart)
    title = NOTHING
    if not read_front(front).title:
        title = _caption(tables)
        if not title and (stem := _stem(name)):
            title = MappedText.inserted(stem)
            ledger.doubt(f"表里没有标题，暂以文件名为标题：{stem}。", tables.rows[0].words)
        front = join((title, MappedText.inserted("\n"), front))
    for table in tables.tasks:
        _leave_out_frame(table, [each for each in table.captions if each is not title], ledger)
    return outline_of(tables.tasks, front, general, left, ledger)


def _caption(tables: Tables) -> MappedText:
    """The line above a header that reads like a title; else the first that is no 附件."""
    lines = [line for table in tables.tasks for line in table.captions]
    titled = [line for line in lines if TITLE.fullmatch(line.text.replace("\n", ""))]
    return next(iter(titled), next((line for line in lines if not ATTACHMENT.fullmatch(line.text)), NOTHING))


def _stem(name: str) -> str:
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].strip()
    return stem if any("\u4e00" <= char <= "\u9fff" for char in stem) else ""


# ------------------------------------------------------------------ the account of every character


def _leave_out_frame(table: TaskTable, captions: Sequence[MappedText], ledger: Ledger) -> None:
    for reason, what in table.left:
        ledger.leave_out(reason, what)
    for caption in captions:
        ledger.leave_out("表题", caption)
    for note in table.notes:
        ledger.leave_out("表中的附注", note)


def _leave_out_groups(row: Row, ledger: Ledger) -> None:
    for group in row.headings:
        ledger.leave_out("重复各条内容的表格", group)


def _leave_out_row(row: Row, reason: str, ledger: Ledger) -> None:
    cells = (
        row.number,
        *row.task,
        *row.targets,
        *(text for _, _, text in row.units),
        *(text for _, text in row.times),
        *row.remarks,
        *(text for _, text in row.rest),
    )
    ledger.leave_out(reason, join(cells))


# ------------------------------------------------------------------ progress


def progress_notes(
    measures: Sequence[tuple[Measure, MeasurePart]], tables: Tables, dated: Dated, ledger: Ledger
) -> tuple[Note, ...]:
    """The progress that the tables tell, as notes, the oldest first."""
    table_of = {row.start: table for table in tables.tasks for row in table.rows}
    notes: list[Note] = []
    for measure, part in measures:
        status = Status.NOT_STARTED
        for row in (*((part.row,) if part.row else ()), *part.also):
            made = notes_of(measure, row, table_of[row.start], dated, ledger, status)
            status = next((note.status for note in reversed(made) if note.status), status)
            notes.extend(made)
    return in_order(notes)
