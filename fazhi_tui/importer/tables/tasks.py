"""Tasks of tables as parts of a plan: chapters and sections out of their groups, a number for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from fazhi_tui.importer.recognise.headings import Heading, find_headings
from fazhi_tui.importer.recognise.numbering import number
from fazhi_tui.importer.recognise.outline import ChapterPart, MeasurePart, Outline
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.headers import TASK_COLUMNS, Column
from fazhi_tui.importer.tables.rows import Row, TaskTable, lines_of
from fazhi_tui.importer.text.source_map import MappedText
from fazhi_tui.importer.times.numerals import to_int

_PRINTED = re.compile(
    r"(?:第|任务|措施)?[（(]?(?P<number>[0-9]{1,4}|[一二三四五六七八九十百]{1,6})[）)]?(?:项|条)?[、．.：]?"
)
_PATH = re.compile(r"(?P<path>[0-9]{1,3}(?:[-—.．][0-9]{1,3}){1,2})[、．.]?")

_GROUP_RANK, _ROW_RANK = 0, 9


def outline_of(
    tables: Sequence[TaskTable],
    front: MappedText,
    general: MappedText,
    left: Sequence[tuple[str, MappedText]],
    ledger: Ledger,
) -> Outline:
    """The plan that tables of tasks are: each row a measure, each group of rows a chapter or a section.

    Raises nothing; what is odd about the numbers is told to ``ledger``.
    """
    rows = [row for table in tables for row in table.rows]
    ids = _ids(tables, ledger)
    chapters: list[ChapterPart] = []
    parts: list[MeasurePart] = []
    seen: dict[tuple[int, ...], MappedText] = {}
    for row in rows:
        chapter = row.groups[0] if row.groups else None
        section = row.groups[-1] if len(row.groups) > 1 else None
        if chapter is not None and chapter.origin not in seen:
            seen[chapter.origin] = chapter
            chapters.append(ChapterPart(chapter))
        for lower in row.groups[1:]:
            if lower.origin not in seen:
                seen[lower.origin] = lower
                chapters[-1] = chapters[-1].with_section(lower)
        identity = ids[row.start]
        printed = _number(row.number.text)
        parts.append(
            MeasurePart(
                number=int(identity) if identity.isdecimal() else None,
                printed=printed or None,
                label=row.number,
                body=lines_of([*row.texts(*TASK_COLUMNS), *row.texts(Column.TARGET)]),
                chapter=chapter.text if chapter else "",
                section=section.text if section else None,
                identity=identity,
                in_paragraphs=True,
                misprinted=bool(printed) and not row.part and identity.rsplit("-", 1)[-1] != str(printed),
                row=row,
            )
        )
    return Outline(
        front=front,
        chapters=tuple(chapters),
        measures=tuple(parts),
        loose=(),
        general=general,
        left=tuple(left),
        in_paragraphs=True,
    )


def _ids(tables: Sequence[TaskTable], ledger: Ledger) -> dict[int, str]:
    """The id of each row, by where the row starts: as printed where that tells the rows apart."""
    headings: list[tuple[Heading, Row]] = []
    count = 0
    for position, table in enumerate(tables, start=1):
        parents: dict[tuple[int, ...], Heading] = {}
        top = Heading(table.table.start, table.table.start, _GROUP_RANK - 1, position)
        for row in table.rows:
            if row.part > 1:
                continue
            count += 1
            parent = top if len(tables) > 1 else None
            for group in row.groups:
                if group.origin not in parents:
                    group_number = _group_number(group.text, len(parents) + 1)
                    parents[group.origin] = Heading(
                        row.start, row.start, _GROUP_RANK, group_number, parent=parent
                    )
                parent = parents[group.origin]
            printed = _number(row.number.text) if table.numbered or row.number else count
            node = Heading(row.start, row.start, _ROW_RANK, printed, parent=parent)
            if path := _PATH.fullmatch(row.number.text):
                node.given = re.sub(r"[^0-9]", "-", path["path"])
            headings.append((node, row))
    numbers = number([node for node, _ in headings])
    row_of = dict(headings)
    for message, node in numbers.doubts:
        ledger.doubt(message, row_of[node].words)
    ids: dict[int, str] = {}
    for position, (node, row) in enumerate(headings, start=1):
        ids[row.start] = numbers.ids.get(node) or str(position)
    return _apart(_with_parts(tables, ids))


def _apart(ids: dict[int, str]) -> dict[int, str]:
    """The ids, each once: one that was given before gets a second part that counts on."""
    used: set[str] = set()
    count: Counter[str] = Counter()
    for start, base in ids.items():
        identity = base
        while identity in used:
            count[base] += 1
            identity = f"{base}-{count[base] + 1}"
        used.add(identity)
        ids[start] = identity
    return ids


def _with_parts(tables: Sequence[TaskTable], ids: dict[int, str]) -> dict[int, str]:
    """Tasks that share one number: 3-1, 3-2."""
    base = ""
    whole = dict(ids)
    for table in tables:
        for row in table.rows:
            if row.part <= 1:
                base = ids[row.start]
            if row.part:
                whole[row.start] = f"{base}-{row.part}"
    return whole


def _number(text: str) -> int:
    match = _PRINTED.fullmatch(text)
    return to_int(match["number"]) if match else 0


def _group_number(text: str, otherwise: int) -> int:
    headings = find_headings(text, 0, min(len(text), 20))
    return headings[0].number if headings and headings[0].start == 0 and headings[0].number else otherwise
