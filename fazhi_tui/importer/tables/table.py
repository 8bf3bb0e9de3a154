"""Tells whether a document's task tables are the plan itself or repeat the plan that its text is."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.importer.clauses.find import find_clauses
from fazhi_tui.importer.clauses.values import Convention
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.document import Document
from fazhi_tui.importer.recognise.boundaries import ATTACHMENT, TITLE, split_sign_off
from fazhi_tui.importer.recognise.outline import MeasurePart, Outline
from fazhi_tui.importer.recognise.structure import find_structure
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.progress import Dated, notes_of
from fazhi_tui.importer.tables.rows import PROGRESS_COLUMNS, Row, TaskTable, read_task_table
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
        matched = _match_rows(tables.tasks, prose.measures)
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
            for group in row.headings:
                ledger.leave_out("重复各条内容的表格", group)
            if part is None:
                ledger.doubt(f"表中的任务{shown(row.words.text)}不见于正文，未导入。", row.words)
                _leave_out_row(row, "未见于正文的表格内容", ledger)
                for text in row.texts(*PROGRESS_COLUMNS):
                    ledger.leave_out("未见于正文的表格内容", text)
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
    if not front.text.strip():
        # The line above a header that reads like a title; else the first that is no 附件.
        lines = [line for table in tables.tasks for line in table.captions]
        titled = (line for line in lines if TITLE.fullmatch(line.text.replace("\n", "")))
        others = (line for line in lines if not ATTACHMENT.fullmatch(line.text))
        title = next(chain(titled, others), NOTHING)
        stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0].strip()
        if not title and any("\u4e00" <= char <= "\u9fff" for char in stem):
            title = MappedText.inserted(stem)
            ledger.doubt(f"表里没有标题，暂以文件名为标题：{stem}。", tables.rows[0].words)
        front = join((title, MappedText.inserted("\n"), front))
    for table in tables.tasks:
        _leave_out_frame(table, [caption for caption in table.captions if caption is not title], ledger)
    return outline_of(tables.tasks, front, general, left, ledger)


# ------------------------------------------------------------------ the account of every character


def _leave_out_frame(table: TaskTable, captions: Sequence[MappedText], ledger: Ledger) -> None:
    for reason, what in table.left:
        ledger.leave_out(reason, what)
    for caption in captions:
        ledger.leave_out("表题", caption)
    for note in table.notes:
        ledger.leave_out("表中的附注", note)


def _leave_out_row(row: Row, reason: str, ledger: Ledger) -> None:
    """The cells of a task that becomes no measure, those of its progress apart."""
    ledger.leave_out(reason, join(cell.text for cell in row.cells if cell.column not in PROGRESS_COLUMNS))


# ------------------------------------------------------------------ which row repeats which measure

_NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
_KEY = 10
_SHORTEST = 4
_MOST_COMPARED = 4000


def _match_rows(tables: Sequence[TaskTable], parts: Sequence[MeasurePart]) -> dict[int, MeasurePart]:
    """For the start of each row the measure that it repeats; rows that repeat none are not in it.

    A row repeats a measure if the first words of its task stand in it, or those of the measure in the row.
    One whose number is the same comes first.
    """
    words = [_words(part.body.text) for part in parts]
    by_number = {str(part.number): index for index, part in enumerate(parts) if part.number}
    by_key = _keys(words)
    found: dict[int, MeasurePart] = {}
    for table in tables:
        for row in table.rows:
            task = _words(row.words.text)
            if len(task) < _SHORTEST:
                continue
            index = by_number.get(row.number_of.strip("、.．（）"))
            if index is None or not _same(task, words[index]):
                index = by_key.get(task[:_KEY])
            if index is None:
                # The first words of each sentence of a task.
                pieces = re.split(r"[。；\n]", row.words.text)
                keys = (_words(piece)[:_KEY] for piece in pieces if len(piece) >= _KEY)
                index = next((by_key[key] for key in keys if key in by_key), None)
            if index is not None and _same(task, words[index]):
                found[row.start] = parts[index]
    return found


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", text[:_MOST_COMPARED])


def _keys(words: Sequence[str]) -> Mapping[str, int]:
    keys: dict[str, int] = {}
    for index, text in enumerate(words):
        keys.setdefault(text[:_KEY], index)
    for index, text in enumerate(words):
        for at in range(1, max(len(text) - _KEY, 1)):
            keys.setdefault(text[at : at + _KEY], index)
    return keys


def _same(task: str, measure: str) -> bool:
    head = task[:_KEY]
    return head in measure or (len(measure) >= _SHORTEST and measure[:_KEY] in task)


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
    return tuple(sorted(notes, key=lambda note: note.time))
