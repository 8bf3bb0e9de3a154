"""Plain-text tables and paragraphs for the terminal, aligned by cells."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from typing import NamedTuple

from fazhi_tui.cli.output import paint
from fazhi_tui.domain.text.cells import cell_len, cut
from fazhi_tui.domain.text.wrapping import wrap

#: Blanks between two columns.
GAP = 2


class Column(NamedTuple):
    """One column: its heading, and the cells it keeps when the terminal is narrow (0: never shortened)."""

    heading: str
    least: int = 0
    right: bool = False


class Cell(NamedTuple):
    """A cell with a colour (an ANSI code); a bare string serves where there is none."""

    text: str
    colour: str = ""


def terminal_width() -> int | None:
    """The terminal's width in cells, or None where standard output is no terminal: then nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def table(columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]], width: int | None) -> list[str]:
    """Lines of a table.  With ``width``, columns with a ``least`` are shortened until it fits."""
    cellular = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    widths = [
        max([cell_len(column.heading), *(cell_len(row[place].text) for row in cellular)])
        for place, column in enumerate(columns)
    ]
    if width is not None:
        widths = _narrowed(columns, widths, width)
    heading = [Cell(column.heading, "1") for column in columns]
    return [_line(columns, widths, row) for row in (heading, *cellular)]


def _narrowed(columns: Sequence[Column], widths: list[int], width: int) -> list[int]:
    """``widths`` with the widest shortenable column made narrower until the line fits, or none is left."""
    widths = list(widths)
    over = sum(widths) + GAP * (len(widths) - 1) - width
    while over > 0:
        able = [place for place, column in enumerate(columns) if 0 < column.least < widths[place]]
        if not able:
            break
        widest = max(able, key=lambda place: widths[place])
        widths[widest] -= 1
        over -= 1
    return widths


def _line(columns: Sequence[Column], widths: Sequence[int], row: Sequence[Cell]) -> str:
    parts = []
    last = len(columns) - 1
    for place, (column, width, cell) in enumerate(zip(columns, widths, row, strict=True)):
        text = cut(cell.text, width)
        blanks = " " * (width - cell_len(text))
        text = paint(text, cell.colour) if cell.colour else text
        if column.right:
            parts.append(blanks + text)
        else:
            parts.append(text if place == last else text + blanks)
    return (" " * GAP).join(parts).rstrip()


def paragraph(text: str, width: int | None, indent: str = "") -> list[str]:
    """``text`` indented, and wrapped where a terminal's width is given."""
    if width is None:
        lines = text.split("\n")
    else:
        room = max(10, width - cell_len(indent))
        # Whole words at any price: a path or a command is copied from here.
        lines = wrap(text, room, slack=room)
    return [f"{indent}{line}".rstrip() for line in lines]


def labelled(label: str, text: str, width: int | None) -> list[str]:
    """``标签：text`` with the following lines indented under the text."""
    head = f"{label}："
    lines = paragraph(text, None if width is None else width - cell_len(head))
    return [head + lines[0], *(" " * cell_len(head) + line for line in lines[1:])]
