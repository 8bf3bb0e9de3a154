"""Tables in files of their own: comma-separated ones, and workbooks, of which each sheet is a table."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

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
        message = f"第{len(rows) + 1}行的引号或分隔符不对，读不出表格。"
        raise SourceError(message, "用 WPS 或 Excel 打开另存后再导入。") from error
    builder.table(rows, "表1")
    return builder.document()


def read_xlsx(source: bytes) -> Document:
    """The visible sheets of a workbook; SourceError for a broken one or one with too many rows."""
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(io.BytesIO(source), data_only=True)
    except Exception as error:  # openpyxl raises whatever its XML reader or zipfile raise
        raise SourceError("表格文件损坏了，读不出来。", "用 WPS 或 Excel 打开后另存一份，再导入。") from error
    builder = Builder("xlsx")
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            builder.left_out.append(f"隐藏的工作表「{sheet.title}」")
            continue
        if (sheet.max_row or 0) > MOST_ROWS and not _short(sheet):
            raise SourceError(f"工作表「{sheet.title}」超过 {MOST_ROWS} 行。", "只留下任务表再导入。")
        merged = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
            for column in range(area.min_col, min(area.max_col, 200) + 1)
        }
        rows = [
            [(merged.get((cell.row, cell.column)), _shown(cell.value)) for cell in row]
            for row in sheet.iter_rows(
                max_row=min(sheet.max_row or 1, MOST_ROWS), max_col=min(sheet.max_column or 1, 200)
            )
        ]
        while rows and not any(text for _, text in rows[-1]):
            rows.pop()
        if rows:
            builder.table(rows, f"工作表「{sheet.title}」")
    return builder.document()


def _short(sheet: Any) -> bool:
    """Whether a sheet that claims many rows (formatted to the bottom) has its words in the first ones."""
    rows = sheet.iter_rows(min_row=MOST_ROWS + 1, max_row=MOST_ROWS + 200, values_only=True)
    return not any(value is not None for row in rows for value in row)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() != datetime.min.time():
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
