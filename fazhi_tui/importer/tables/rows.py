"""The rows of a task table: each task with its number, words, units, time and progress."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from fazhi_tui.importer.document import Cell, Table
from fazhi_tui.importer.recognise.headings import find_headings
from fazhi_tui.importer.tables.headers import ROLES, TASK_COLUMNS, Column, Header, read_header
from fazhi_tui.importer.text.clean import narrow_digits, remove_blanks, widen_punctuation
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join


@dataclass(frozen=True, slots=True)
class RowCell:
    """One cell of a task: what its column holds, the words at the head of that column, its own words."""

    column: Column
    header: str
    text: MappedText


_ONCE = (Column.NUMBER, Column.PERCENT, Column.STATE, Column.DAY, Column.FILED_BY)
"""Columns of which a task has one cell: a second one is only told as left out."""

PROGRESS_COLUMNS = frozenset((Column.PROGRESS, Column.PERCENT, Column.STATE, Column.DAY, Column.FILED_BY))
"""The columns that become notes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One task: its cells in reading order, empty ones left out; ``start`` is its offset in the text.

    ``part`` counts the tasks that share one number, from 1; ``number_of`` is that number, which only the
    first of them has a cell for.  ``groups`` are the headings above it, the highest first; ``headings`` are
    those of them that begin with it.
    """

    start: int
    cells: tuple[RowCell, ...] = ()
    part: int = 0
    number_of: str = ""
    groups: tuple[MappedText, ...] = ()
    headings: tuple[MappedText, ...] = ()

    def of(self, *columns: Column) -> list[RowCell]:
        """The cells in columns that hold one of these."""
        return [cell for cell in self.cells if cell.column in columns]

    def only(self, column: Column) -> MappedText:
        """The words of the one cell that tells this; none where there is none."""
        return next((cell.text for cell in self.cells if cell.column is column), NOTHING)

    def texts(self, *columns: Column) -> list[MappedText]:
        """The words of the cells in columns that hold one of these."""
        return [cell.text for cell in self.of(*columns)]

    @property
    def number(self) -> MappedText:
        """Its number as printed."""
        return self.only(Column.NUMBER)

    @property
    def words(self) -> MappedText:
        """The task's own words, a line a cell."""
        return lines_of(self.texts(*TASK_COLUMNS))


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table of tasks.  ``captions`` are the lines above its header, ``notes`` those below or between.

    ``numbered`` tells whether it has a column of numbers; ``left`` is what is only lay-out, by reason.
    """

    table: Table
    rows: tuple[Row, ...]
    captions: tuple[MappedText, ...]
    notes: tuple[MappedText, ...]
    numbered: bool
    left: tuple[tuple[str, MappedText], ...] = field(default=(), repr=False)


_MOST_CAPTIONS = 8
_NOTE = re.compile(
    r"(?:备注|注|说明|附注|填表说明|填报说明)[：:]|填报|填表|制表|审核|联系|合计|总计|小计|单位[：:]|截[至止]"
)
_GROUP = re.compile(
    r"(?:第[一二三四五六七八九十百0-9]{1,4}[编章节部]|[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|[0-9]{1,2}[．.、])?.{2,60}"
)
_HIGHER = re.compile(r"第[一二三四五六七八九十百0-9]{1,4}[编章部]|[一二三四五六七八九十]{1,3}[、．.]")


def read_task_table(table: Table, whole: MappedText) -> TaskTable | None:
    """A table as tasks, or None where no row of it is a header of tasks.

    ``whole`` is the document's whole text, which the offsets of the cells are of.  Every character of
    the table is in exactly one part of what is given back.
    """
    for at in range(min(len(table.rows), _MOST_CAPTIONS + 1)):
        header = read_header(table.rows[at : at + 2])
        if header is not None:
            return _TableReader(table, whole, at, header).read()
    return None


class _TableReader:
    """Reads one table from its header on, row by row."""

    def __init__(self, table: Table, whole: MappedText, at: int, header: Header) -> None:
        self.table = table
        self.whole = whole
        self.at = at
        self.header = header
        self.taken: list[tuple[int, int]] = []
        self.blanks: list[MappedText] = []
        self.heads: list[MappedText] = []
        self.groups: list[MappedText] = []
        self.all_groups: list[MappedText] = []
        self.headed: set[tuple[int, ...]] = set()
        self.notes: list[MappedText] = []
        self.rows: list[Row] = []

    def read(self) -> TaskTable:
        captions = [self._cell(cell) for row in self.table.rows[: self.at] for cell in self._own(row)]
        self._head(self.at)
        at = self.at + self.header.height
        grouped = self._grouped_columns(at)
        while at < len(self.table.rows):
            row = self.table.rows[at]
            length = sum(len(cell.text) for cell in row if not cell.continued)
            may_repeat = length < 200 and not row[0].continued
            header = read_header(self.table.rows[at : at + 2]) if may_repeat else None
            if header is not None and len(header.columns) == len(self.header.columns):
                self.header, height = header, header.height
                self._head(at)
                at += height
                continue
            self._row(row, grouped)
            at += 1
        # A group below which no task stands is a remark.
        self.notes.extend(group for group in self.all_groups if group.origin not in self.headed)
        left = [
            ("表头", join(self.heads)),
            ("表格里的空白", join(self.blanks)),
            ("表格的分隔", self._between()),
        ]
        return TaskTable(
            self.table,
            tuple(self._parted()),
            tuple(captions),
            tuple(self.notes),
            bool(self.header.named(Column.NUMBER)),
            tuple(left),
        )

    def _head(self, at: int) -> None:
        for row in self.table.rows[at : at + self.header.height]:
            self.heads.extend(self._cell(cell) for cell in self._own(row))

    def _own(self, row: Sequence[Cell]) -> Iterator[Cell]:
        return (cell for cell in row if cell.text and not cell.continued)

    def _cell(self, cell: Cell) -> MappedText:
        """The words of a cell, its line breaks kept, its blanks taken away."""
        self.taken.append((cell.start, cell.stop))
        raw = self.whole.cut(cell.start, cell.stop)
        lines: list[MappedText] = []
        at = 0
        for line in raw.text.split("\v"):
            words, gone = remove_blanks(raw.cut(at, at + len(line)))
            self.blanks.append(gone)
            if words:
                if lines:
                    lines.append(MappedText("\n", raw.origin[at - 1 : at]))
                lines.append(words)
            elif at:
                self.blanks.append(raw.cut(at - 1, at))
            if words and len(lines) == 1 and at:
                self.blanks.append(raw.cut(at - 1, at))
            at += len(line) + 1
        text, _ = widen_punctuation(narrow_digits(join(lines)))
        return text

    def _between(self) -> MappedText:
        pieces: list[MappedText] = []
        at = self.table.start
        for start, stop in sorted(self.taken):
            pieces.append(self.whole.cut(at, start))
            at = stop
        pieces.append(self.whole.cut(at, self.table.stop))
        return join(pieces)

    # -------------------------------------------------------------- one row

    def _grouped_columns(self, start: int) -> frozenset[int]:
        """The columns whose cell heads several tasks: those of 类别, and tasks merged over others."""
        tasks = self.header.named(Column.TASK)
        grouped = set(self.header.named(Column.GROUP))
        for column in tasks[:-1]:
            for row in self.table.rows[start:]:
                cell, body = row[column], row[tasks[-1]]
                spans = cell.continued or not cell.text
                if spans and body.text and not body.continued and not self._one_wide(row):
                    grouped.add(column)
                    break
        return frozenset(grouped)

    def _one_wide(self, row: Sequence[Cell]) -> bool:
        """Whether one cell is all the row has."""
        return len({cell.start for cell in row if cell.text}) <= 1

    def _row(self, row: Sequence[Cell], grouped: frozenset[int]) -> None:
        own = list(self._own(row))
        number = next((row[place] for place in self.header.named(Column.NUMBER)), None)
        if not own:
            return
        if self._one_wide(row) and len(row) > 1:
            text = self._cell(own[0])
            if _NOTE.match(text.text) or not _GROUP.fullmatch(text.text):
                self.notes.append(text)
            else:
                self._group(text)
        elif number is not None and re.fullmatch(r"(?:合|总|小)\s*计", number.text):
            self.notes.extend(self._cell(cell) for cell in own)
        else:
            self._task(row, self._take(row, grouped), number)

    def _task(self, row: Sequence[Cell], built: Row, number: Cell | None) -> None:
        """A row that is a task of its own, goes on in the task before it, or is only a remark."""
        body = row[self.header.named(Column.TASK)[-1]]
        before = self.rows[-1] if self.rows else None
        repeats_number = number is not None and (number.continued or not number.text)
        same_task = body.continued or (not body.text and (number is None or repeats_number))
        if same_task and before is not None:
            self.rows[-1] = _together(before, built)
            return
        if (not body.text or body.continued) and not built.words:
            self.notes.extend(cell.text for cell in built.cells)
            return
        if repeats_number and before is not None and before.number_of:
            if before.part == 0:
                self.rows[-1] = before = replace(before, part=1)
            cells = _set_aside(built.cells, frozenset((Column.NUMBER,)))
            built = replace(built, cells=cells, part=before.part + 1, number_of=before.number_of)
        else:
            built = replace(built, number_of=built.number.text)
        if before is not None:
            built = _inherit(built, before, row, self.header)
        new = tuple(group for group in self.groups if group.origin not in self.headed)
        self.headed.update(group.origin for group in new)
        self.rows.append(replace(built, groups=tuple(self.groups), headings=new))

    def _group(self, text: MappedText) -> None:
        self.all_groups.append(text)
        if _HIGHER.match(text.text) or not self.groups:
            self.groups = [text]
        else:
            self.groups = [self.groups[0], text]

    def _take(self, row: Sequence[Cell], grouped: frozenset[int]) -> Row:
        """The cells of a row by what their columns hold; those of grouped columns become headings."""
        cells: list[RowCell] = []
        seen: set[int] = set()
        for index, cell in enumerate(row):
            if not cell.text or cell.continued or cell.start in seen:
                continue
            seen.add(cell.start)
            headed = self.header.columns[index]
            text = self._cell(cell)
            if index in grouped:
                self.groups = [*self.groups[: sorted(grouped).index(index)], text]
                self.all_groups.append(text)
                continue
            second = headed.column in _ONCE and any(taken.column is headed.column for taken in cells)
            cells.append(RowCell(Column.OTHER if second else headed.column, headed.words, text))
        return Row(min(seen), tuple(cells))

    def _parted(self) -> Iterator[Row]:
        """The rows; one without a column of numbers has that which its words begin with."""
        numbered = bool(self.header.named(Column.NUMBER))
        for row in self.rows:
            task = next(iter(row.of(*TASK_COLUMNS)), None)
            if not numbered and task is not None and not row.number:
                headings = find_headings(task.text.text, 0, min(len(task.text), 20))
                if headings and headings[0].start == 0 and headings[0].number:
                    stop = headings[0].stop
                    label = RowCell(Column.NUMBER, "", task.text.cut(0, stop))
                    rest = replace(task, text=task.text.cut(stop))
                    cells = (label, *(rest if cell is task else cell for cell in row.cells))
                    row = replace(row, cells=cells, number_of=label.text.text)
            yield row


def _set_aside(cells: Sequence[RowCell], columns: Collection[Column]) -> tuple[RowCell, ...]:
    """The cells, those of some columns behind the others as cells that no field takes."""
    aside = sorted(
        (cell for cell in cells if cell.column in columns), key=lambda cell: _ONCE.index(cell.column)
    )
    return (
        *(cell for cell in cells if cell.column not in columns),
        *(RowCell(Column.OTHER, cell.column.value, cell.text) for cell in aside),
    )


def _together(row: Row, more: Row) -> Row:
    """A task that goes on in another row of its own; what it has already is set aside."""
    taken = {cell.column for cell in row.cells if cell.column in _ONCE} | {Column.NUMBER}
    return replace(row, cells=(*row.cells, *_set_aside(more.cells, taken)))


def _inherit(row: Row, before: Row, cells: Sequence[Cell], header: Header) -> Row:
    """What cells merged over several tasks say is said of each: units, times, the day of the report."""
    merged = [
        headed for headed, cell in zip(header.columns, cells, strict=False) if cell.continued and cell.text
    ]
    words = {headed.words for headed in merged}
    once = {headed.column for headed in merged if not row.only(headed.column)}
    # For another task the words stand once more: the characters belong to the first.
    inherited = (
        replace(cell, text=MappedText.inserted(cell.text.text))
        for cell in before.cells
        if (cell.column in (*ROLES, Column.TIME) and cell.header in words)
        or (cell.column in (Column.DAY, Column.FILED_BY) and cell.column in once)
    )
    return replace(row, cells=(*inherited, *row.cells))


def lines_of(cells: Sequence[MappedText]) -> MappedText:
    """The words of several cells, a line a cell."""
    pieces: list[MappedText] = []
    for cell in cells:
        if not cell:
            continue
        if pieces:
            pieces.append(MappedText.inserted("\n"))
        pieces.append(cell)
    return join(pieces)
