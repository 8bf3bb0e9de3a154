"""The rows of a task table: each task with its number, words, units, time and progress."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from fazhi_tui.domain.model.measure import Role
from fazhi_tui.importer.document import Cell, Table
from fazhi_tui.importer.recognise.headings import find_headings
from fazhi_tui.importer.tables.headers import ROLES, Column, Header, read_header
from fazhi_tui.importer.text.clean import narrow_digits, remove_blanks, widen_punctuation
from fazhi_tui.importer.text.source_map import NOTHING, MappedText, join


@dataclass(frozen=True, slots=True)
class Progress:
    """What one progress cell tells, and the words at the head of its column (截至2023年6月底进展情况)."""

    header: str
    text: MappedText


@dataclass(frozen=True, slots=True)
class Row:
    """One task.  ``number`` is its cell as printed; ``part`` counts the tasks that share one number, from 1.

    ``number_of`` is that number, which only the first of them has a cell for.

    ``groups`` are the headings above it, the highest first; ``headings`` are those of them that begin
    with it.  ``units`` are the cells of units with their
    roles and the words of their column; ``rest`` are cells that no field takes, with their column's words.
    """

    start: int
    number: MappedText = NOTHING
    part: int = 0
    number_of: str = ""
    groups: tuple[MappedText, ...] = ()
    headings: tuple[MappedText, ...] = ()
    task: tuple[MappedText, ...] = ()
    targets: tuple[MappedText, ...] = ()
    units: tuple[tuple[Role, str, MappedText], ...] = ()
    times: tuple[tuple[str, MappedText], ...] = ()
    progress: tuple[Progress, ...] = ()
    percent: MappedText = NOTHING
    state: MappedText = NOTHING
    day: MappedText = NOTHING
    filed_by: MappedText = NOTHING
    remarks: tuple[MappedText, ...] = ()
    rest: tuple[tuple[str, MappedText], ...] = ()

    @property
    def words(self) -> MappedText:
        """The task's own words, a line a cell."""
        return lines_of(self.task)


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
            return _Reader(table, whole, at, header).read()
    return None


class _Reader:
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
            header = read_header(self.table.rows[at : at + 2]) if self._may_repeat(row) else None
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

    def _may_repeat(self, row: Sequence[Cell]) -> bool:
        return not row[0].continued and sum(len(cell.text) for cell in row if not cell.continued) < 200

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

    def _number_cell(self, row: Sequence[Cell]) -> Cell | None:
        places = self.header.named(Column.NUMBER)
        return row[places[0]] if places else None

    def _one_wide(self, row: Sequence[Cell]) -> bool:
        """Whether one cell is all the row has."""
        return len({cell.start for cell in row if cell.text}) <= 1

    def _row(self, row: Sequence[Cell], grouped: frozenset[int]) -> None:
        own = list(self._own(row))
        if not own:
            return
        if self._one_wide(row) and (len(row) > 1):
            text = self._cell(own[0])
            if _NOTE.match(text.text) or not _GROUP.fullmatch(text.text):
                self.notes.append(text)
            else:
                self._group(text)
            return
        tasks = self.header.named(Column.TASK)
        body = row[tasks[-1]]
        number = self._number_cell(row)
        if number is not None and re.fullmatch(r"(?:合|总|小)\s*计", number.text):
            self.notes.extend(self._cell(cell) for cell in own)
            return
        fresh = body.text and not body.continued
        repeats_number = number is not None and (number.continued or not number.text)
        same_task = body.continued or (not body.text and (number is None or repeats_number))
        built = Row(start=min(cell.start for cell in own))
        seen: set[int] = set()
        for index, cell in enumerate(row):
            if not cell.text or cell.continued or cell.start in seen:
                continue
            seen.add(cell.start)
            built = self._take(built, index, cell, grouped)
        if same_task and self.rows:
            self.rows[-1] = _together(self.rows[-1], built)
            return
        if not fresh and not built.task:
            self.notes.extend([*(text for _, _, text in built.units), *(text for _, text in built.times)])
            self.notes.extend(text for _, text in built.rest)
            self.notes.extend(each.text for each in built.progress)
            self.notes.extend(
                part for part in (built.number, built.percent, built.state, built.day, built.filed_by) if part
            )
            self.notes.extend((*built.targets, *built.remarks))
            return
        before = self.rows[-1] if self.rows else None
        if repeats_number and before is not None and before.number_of:
            if before.part == 0:
                self.rows[-1] = before = replace(before, part=1)
            more = (("序号", built.number),) if built.number else ()
            built = replace(
                built,
                number=NOTHING,
                part=before.part + 1,
                number_of=before.number_of,
                rest=(*built.rest, *more),
            )
        else:
            built = replace(built, number_of=built.number.text)
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

    def _take(self, row: Row, index: int, cell: Cell, grouped: frozenset[int]) -> Row:
        headed = self.header.columns[index]
        text = self._cell(cell)
        if index in grouped:
            order = sorted(grouped).index(index)
            self.groups = [*self.groups[:order], text]
            self.all_groups.append(text)
            return row
        match headed.column:
            case Column.NUMBER if not row.number:
                return replace(row, number=text)
            case Column.TASK | Column.GROUP:
                return replace(row, task=(*row.task, text))
            case Column.TARGET:
                return replace(row, targets=(*row.targets, text))
            case Column.LEAD | Column.PARTICIPANT | Column.RESPONSIBLE:
                return replace(row, units=(*row.units, (ROLES[headed.column], headed.words, text)))
            case Column.TIME:
                return replace(row, times=(*row.times, (headed.words, text)))
            case Column.PROGRESS:
                return replace(row, progress=(*row.progress, Progress(headed.words, text)))
            case Column.PERCENT if not row.percent:
                return replace(row, percent=text)
            case Column.STATE if not row.state:
                return replace(row, state=text)
            case Column.DAY if not row.day:
                return replace(row, day=text)
            case Column.FILED_BY if not row.filed_by:
                return replace(row, filed_by=text)
            case Column.REMARK:
                return replace(row, remarks=(*row.remarks, text))
        return replace(row, rest=(*row.rest, (headed.words, text)))

    def _parted(self) -> Iterator[Row]:
        """The rows; one without a column of numbers has that which its words begin with."""
        numbered = bool(self.header.named(Column.NUMBER))
        for row in self.rows:
            if not numbered and row.task and not row.number:
                first = row.task[0]
                headings = find_headings(first.text, 0, min(len(first), 20))
                if headings and headings[0].start == 0 and headings[0].number:
                    stop = headings[0].stop
                    row = replace(
                        row,
                        number=first.cut(0, stop),
                        number_of=first.text[:stop],
                        task=(first.cut(stop), *row.task[1:]),
                    )
            yield row


def _together(row: Row, more: Row) -> Row:
    """A task that goes on in another row of its own."""
    return replace(
        row,
        task=(*row.task, *more.task),
        targets=(*row.targets, *more.targets),
        units=(*row.units, *more.units),
        times=(*row.times, *more.times),
        progress=(*row.progress, *more.progress),
        percent=row.percent or more.percent,
        state=row.state or more.state,
        day=row.day or more.day,
        filed_by=row.filed_by or more.filed_by,
        remarks=(*row.remarks, *more.remarks),
        rest=(
            *row.rest,
            *more.rest,
            *(("序号", more.number) for _ in (1,) if more.number),
            *(("进度", more.percent) for _ in (1,) if more.percent and row.percent),
            *(("状态", more.state) for _ in (1,) if more.state and row.state),
            *(("填报时间", more.day) for _ in (1,) if more.day and row.day),
            *(("填报单位", more.filed_by) for _ in (1,) if more.filed_by and row.filed_by),
        ),
    )


def _inherit(row: Row, before: Row | None, cells: Sequence[Cell], header: Header) -> Row:
    """What cells merged over several tasks say is said of each: units, times, the day of the report."""
    if before is None:
        return row
    kept = {
        headed.words
        for headed, cell in zip(header.columns, cells, strict=False)
        if cell.continued and cell.text
    }
    units = tuple((role, words, _said(text)) for role, words, text in before.units if words in kept)
    times = tuple((words, _said(text)) for words, text in before.times if words in kept)
    days = [index for index in header.named(Column.DAY) if cells[index].continued]
    return replace(
        row,
        units=(*units, *row.units),
        times=(*times, *row.times),
        day=row.day or (_said(before.day) if days else NOTHING),
        filed_by=row.filed_by
        or (
            _said(before.filed_by)
            if any(cells[i].continued for i in header.named(Column.FILED_BY))
            else NOTHING
        ),
    )


def _said(text: MappedText) -> MappedText:
    """The words once more, for another task: the characters belong to the first."""
    return MappedText.inserted(text.text)


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
