"""Comma-separated tables."""

from __future__ import annotations

import csv
import io

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats.builder import Builder
from fazhi_tui.importer.formats.text import decode

MOST_ROWS = 20_000
"""A ledger of a city has some hundred rows; more is not one."""


def read_csv(source: bytes) -> Document:
    """A .csv file, parted by commas, semicolons or tabs; SourceError for too many rows or broken quotes."""
    text = decode(source).replace("\x00", "")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    builder = Builder("csv")
    rows: list[list[tuple[None, str]]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([(None, cell) for cell in row])
            if len(rows) > MOST_ROWS:
                raise SourceError(f"表格超过 {MOST_ROWS} 行。", "核对文件；只留下任务表再导入。")
    except csv.Error as error:
        raise SourceError(
            f"第{len(rows) + 1}行的引号或分隔符不对，读不出表格。", "用 WPS 或 Excel 打开另存后再导入。"
        ) from error
    builder.table(rows, "表1")
    return builder.document()
