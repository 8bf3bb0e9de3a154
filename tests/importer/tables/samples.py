"""Task tables (示例, written for these tests) in the shapes that governments make, as values.

A table is written as text: a line a row, cells parted by ``|``, ``↵`` a line break inside a cell.
``<`` is a cell merged with the one to its left, ``^`` with the one above.
"""

from __future__ import annotations

import io
from collections.abc import Hashable

import docx
import openpyxl

Cells = list[list[tuple[int, int, str]]]
"""For each cell of the grid the row and column of the cell that it is merged into, and that one's text."""


def grid(text: str) -> Cells:
    """The cells of a table that is written as text."""
    rows: Cells = []
    for at, line in enumerate(text.strip("\n").split("\n")):
        row: list[tuple[int, int, str]] = []
        for column, cell in enumerate(line.split("|")):
            words = cell.strip()
            if words == "<":
                row.append(row[-1])
            elif words == "^":
                row.append(rows[at - 1][column])
            else:
                row.append((at, column, words.replace("↵", "\n")))
        rows.append(row)
    return rows


def merged(cells: Cells) -> list[list[tuple[Hashable, str]]]:
    """The rows as the readers of formats hand them on: (identity, text)."""
    return [[((row, column), text) for row, column, text in line] for line in cells]


def as_xlsx(text: str) -> bytes:
    """A workbook of one sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Sheet1"
    cells = grid(text)
    for at, line in enumerate(cells):
        for column, (row, own, words) in enumerate(line):
            if (row, own) == (at, column):
                sheet.cell(at + 1, column + 1, int(words) if words.isdecimal() and len(words) < 4 else words)
    for (row, column), (last_row, last_column) in areas(cells).items():
        if (row, column) != (last_row, last_column):
            sheet.merge_cells(
                start_row=row + 1, start_column=column + 1, end_row=last_row + 1, end_column=last_column + 1
            )
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def as_docx(text: str, before: str = "", after: str = "") -> bytes:
    """A Word document with a table between paragraphs."""
    document = docx.Document()
    for line in before.split("\n"):
        document.add_paragraph(line)
    cells = grid(text)
    table = document.add_table(len(cells), len(cells[0]))
    for (row, column), (last_row, last_column) in areas(cells).items():
        cell = table.cell(row, column)
        if (row, column) != (last_row, last_column):
            cell = cell.merge(table.cell(last_row, last_column))
        cell.text = next(words for line in cells for at, own, words in line if (at, own) == (row, column))
    for line in after.split("\n"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(text: str, before: str = "") -> bytes:
    """A web page with a table."""
    cells = grid(text)
    spans = areas(cells)
    rows = []
    for at, line in enumerate(cells):
        row = []
        for column, (own_row, own, words) in enumerate(line):
            if (own_row, own) == (at, column):
                last_row, last_column = spans[(at, column)]
                row.append(
                    f"<td rowspan={last_row - at + 1} colspan={last_column - column + 1}>"
                    f"{words.replace(chr(10), '<br>')}</td>"
                )
        rows.append(f"<tr>{''.join(row)}</tr>")
    paragraphs = "".join(f"<p>{line}</p>" for line in before.split("\n"))
    return (
        f"<html><head><meta charset=utf-8></head><body>{paragraphs}"
        f"<table>{''.join(rows)}</table></body></html>"
    ).encode()


def areas(cells: Cells) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of its own the last row and column that it covers."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for at, line in enumerate(cells):
        for column, (row, own, _) in enumerate(line):
            found[(row, own)] = (at, column)
    return found
