"""Word documents: paragraphs as Word prints them, with the numbers that Word counts itself."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats.builder import Builder
from fazhi_tui.importer.formats.word_numbering import Counter, value, w

MOST_PARAGRAPHS = 50_000
"""About 1,500 pages: more is no plan."""


_SKIPPED = frozenset(map(w, ("del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


def read_docx(source: bytes) -> Document:
    """The body of a .docx: paragraphs and tables in order; what is deleted under review is left out.

    SourceError for a document that python-docx cannot open.
    """
    import docx

    try:
        document = docx.Document(io.BytesIO(source))
        body = document.element.body
        counter = Counter(document)
    except Exception as error:  # python-docx raises whatever zipfile, lxml or its own look-ups raise
        raise SourceError("Word 文件损坏了，读不出来。", "用 WPS 或 Word 打开后另存一份，再导入。") from error
    builder = Builder("docx")
    paragraphs = tables = 0
    for element in _content(body):
        if element.tag == w("tbl"):
            tables += 1
            builder.table(list(_rows(element, counter)), f"表{tables}")
            continue
        paragraphs += 1
        if paragraphs > MOST_PARAGRAPHS:
            raise SourceError(f"文件超过 {MOST_PARAGRAPHS} 段。", "只留下方案正文再导入。")
        builder.paragraph(counter.label(element) + _text(element), f"第{paragraphs}段")
    if document.inline_shapes:
        builder.left_out.append(f"{len(document.inline_shapes)} 张图片")
    if any(
        _text(part._element).strip()
        for section in document.sections
        for part in (section.header, section.footer)
    ):
        builder.left_out.append("页眉和页脚")
    return builder.document()


def _content(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls too."""
    for element in body:
        if element.tag in (w("p"), w("tbl")):
            yield element
        elif element.tag == w("sdt"):
            inner = element.find(w("sdtContent"))
            if inner is not None:
                yield from _content(inner)


def _text(element: Any) -> str:
    """The words of a paragraph: insertions in, deletions and text boxes out."""
    parts: list[str] = []
    stack = [element]
    while stack:
        node = stack.pop()
        if node.tag in _SKIPPED:
            continue
        if node.tag == w("t"):
            parts.append(node.text or "")
        elif node.tag == w("tab"):
            parts.append(" ")
        elif node.tag in (w("br"), w("cr")):
            parts.append("\n" if node.get(w("type")) != "page" else "")
        elif node.tag == w("noBreakHyphen"):
            parts.append("-")
        else:
            stack.extend(reversed(list(node)))
    return "".join(parts)


def _rows(table: Any, counter: Counter) -> Iterator[list[tuple[object, str]]]:
    """The rows of a table; a cell that goes on from the row above has that cell's identity."""
    above: dict[int, tuple[object, str]] = {}
    for number, row in enumerate(table.findall(w("tr"))):
        cells: list[tuple[object, str]] = []
        for cell in row.iterfind(f".//{w('tc')}"):
            if next(cell.iterancestors(w("tr"))) is not row:
                continue  # a table inside a cell: its words come with the cell
            span, merge = _merging(cell)
            text = "\n".join(
                counter.label(paragraph) + _text(paragraph) for paragraph in cell.iter(w("p"))
            ).strip("\n")
            column = len(cells)
            if merge == "continue" and column in above:
                entry = above[column]
            else:
                # Not id(cell): lxml makes a new object for an element each time it is asked for.
                identity = (number, column) if span > 1 or merge == "restart" else None
                entry = (identity, text)
            if merge is None:
                above.pop(column, None)
            else:
                above[column] = entry
            cells.extend([entry] * span)
        yield cells


def _merging(cell: Any) -> tuple[int, str | None]:
    properties = cell.find(w("tcPr"))
    if properties is None:
        return 1, None
    merge = properties.find(w("vMerge"))
    width = value(properties, "gridSpan", "1")
    kind = None if merge is None else merge.get(w("val"), "continue")
    return (min(max(int(width), 1), 100) if width.isdecimal() else 1), kind
