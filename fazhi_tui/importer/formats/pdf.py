"""PDF files with a text layer: lines in reading order, and which of them go on in the next."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats.build import Builder

MOST_PAGES = 500
"""More pages are a book, not a plan."""

_SCANNED = "用文字识别软件（WPS、扫描软件自带）转成文本，核对后再导入。"


def read_pdf(source: bytes) -> Document:
    """The text layer of a PDF, a page after the other; places are pages and lines.

    SourceError for a scan, an encrypted or broken file, and for more than 500 pages.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfpage import PDFPage

    # Warnings about fonts go to the log of a library, which nobody reads; what fails is told below.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    builder = Builder("pdf")
    try:
        pages = sum(
            1 for _ in zip(PDFPage.get_pages(io.BytesIO(source)), range(MOST_PAGES + 1), strict=False)
        )
        if pages > MOST_PAGES:
            raise SourceError(f"文件超过 {MOST_PAGES} 页。", "只留下方案正文的页面再导入。")
        for number, page in enumerate(extract_pages(io.BytesIO(source)), start=1):
            lines = sorted(_lines(page), key=lambda line: (-round(line.y0 / 4), line.x0))
            _add_page(builder, number, lines)
    except SourceError:
        raise
    except PDFPasswordIncorrect as error:
        raise SourceError("原件加了密码，读不出内容。", "去掉密码再导入。") from error
    except Exception as error:  # pdfminer raises many kinds for broken files
        raise SourceError("PDF 文件损坏了，读不出来。", "用阅读软件打开后另存一份，再导入。") from error
    document = builder.document()
    if not document.text.strip():
        raise SourceError("原件是扫描的 PDF，里面没有文字。", _SCANNED)
    return document


def _lines(element: Any) -> Iterator[Any]:
    from pdfminer.layout import LTContainer, LTTextLine

    stack = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, LTTextLine):
            if node.get_text().strip():
                yield node
        elif isinstance(node, LTContainer):
            stack.extend(node)


def _add_page(builder: Builder, number: int, lines: list[Any]) -> None:
    """A page's lines; one that reaches the right edge goes on in the next, unless that is indented."""
    if not lines:
        return
    right = max(line.x1 for line in lines)
    left = min(line.x0 for line in lines)
    for index, line in enumerate(lines):
        size = max(line.height, 1.0)
        following = lines[index + 1] if index + 1 < len(lines) else None
        full = line.x1 > right - 2 * size
        goes_on = full and (following is None or following.x0 < left + 1.2 * size)
        builder.paragraph(line.get_text().strip(), f"第{number}页第{index + 1}行", soft=goes_on)
