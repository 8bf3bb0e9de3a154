"""PDF files with a text layer: lines in reading order, and which of them go on in the next."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats.builder import Builder

MOST_PAGES = 500
"""More pages are a book, not a plan."""

_SCANNED = "用文字识别软件（WPS、扫描软件自带）转成文本，核对后再导入。"


def read_pdf(source: bytes) -> Document:
    """The text layer of a PDF, a page after the other; places are pages and paragraphs.

    SourceError for a scan, an encrypted or broken file, and for more than 500 pages.
    """
    from pdfminer.high_level import extract_pages
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfpage import PDFPage

    # Warnings about fonts go to the log of a library, which nobody reads; what fails is told below.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        count = sum(
            1 for _ in zip(PDFPage.get_pages(io.BytesIO(source)), range(MOST_PAGES + 1), strict=False)
        )
        if count > MOST_PAGES:
            raise SourceError(f"文件超过 {MOST_PAGES} 页。", "只留下方案正文的页面再导入。")
        pages = [_rows(page) for page in extract_pages(io.BytesIO(source))]
    except SourceError:
        raise
    except PDFPasswordIncorrect as error:
        raise SourceError("原件加了密码，读不出内容。", "去掉密码再导入。") from error
    except Exception as error:  # pdfminer raises many kinds for broken files
        raise SourceError("PDF 文件损坏了，读不出来。", "用阅读软件打开后另存一份，再导入。") from error
    if not any(pages):
        raise SourceError("原件是扫描的 PDF，里面没有文字。", _SCANNED)
    builder = Builder("pdf")
    pages = _without_running(pages, builder)
    _add(builder, pages)
    return builder.document()


# ------------------------------------------------------------------ rows


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side on a page, in points from its lower left corner.

    ``parted``: its pieces stand far apart, as the cells of a table do.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    parted: bool = False

    @property
    def size(self) -> float:
        """Its height, which is about the size of its characters."""
        return max(self.top - self.bottom, 1.0)


def _rows(page: Any) -> list[Row]:
    """The rows of a page from top to bottom; pieces that stand side by side are one row."""
    pieces = sorted(
        (Row(line.get_text().strip(), line.x0, line.x1, line.y0, line.y1) for line in _lines(page)),
        key=lambda row: -row.top,
    )
    rows: list[list[Row]] = []
    for piece in pieces:
        beside = rows[-1][0] if rows else None
        if beside is not None and piece.top - max(piece.bottom, beside.bottom) > piece.size / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _joined(pieces: list[Row]) -> Row:
    text, parted = pieces[0].text, False
    for before, piece in pairwise(pieces):
        # Far apart they are cells of a table, or columns: a blank keeps their words apart.
        apart = piece.left - before.right > before.size
        parted = parted or apart
        text += (" " if apart else "") + piece.text
    return Row(
        text,
        pieces[0].left,
        max(piece.right for piece in pieces),
        min(piece.bottom for piece in pieces),
        max(piece.top for piece in pieces),
        parted,
    )


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


# ------------------------------------------------------------------ page numbers and running heads

_NUMBER = re.compile(
    r"[-—－–―─_·•(（ ]*[0-9０-９]{1,4}[-—－–―─_·•)） ]*"
    r"|第\s*[0-9]{1,4}\s*页(?:[\s，,/]*共\s*[0-9]{1,4}\s*页)?"
    r"|[0-9]{1,4}\s*/\s*[0-9]{1,4}"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_FEWEST_ROWS = 4


def _without_running(pages: list[list[Row]], builder: Builder) -> list[list[Row]]:
    """The pages without page numbers and running heads; what went is told in ``left_out``.

    A page number is a number alone in the first or the last row of a page; a running head is the first or
    last row, set apart from the text, and the same but for its digits on at least two pages and on most.
    """
    numbers = 0
    kept: list[list[Row]] = []
    for rows in pages:
        rest = list(rows)
        for at in (-1, 0):
            if len(rest) > 1 and _NUMBER.fullmatch(rest[at].text):
                rest.pop(at)
                numbers += 1
        kept.append(rest)
    if numbers:
        builder.left_out.append(f"{numbers} 处页码")
    heads = [_apart(rows) for rows in kept]
    seen = Counter(key for rows in heads for key in {_running_key(row) for row in rows})
    running = {key for key, times in seen.items() if times >= max(2, (len(kept) + 1) // 2)}
    gone = [[row for row in rows if _running_key(row) in running] for rows in heads]
    for text, times in Counter(row.text for rows in gone for row in rows).items():
        builder.left_out.append(f"{times} 处页眉页脚「{text[:30]}」")
    return [[row for row in rows if row not in out] for rows, out in zip(kept, gone, strict=True)]


def _apart(rows: list[Row]) -> list[Row]:
    """The first and the last row of a page, where they are set apart: by their size or by their distance."""
    if len(rows) < _FEWEST_ROWS:
        return []
    size = median(row.size for row in rows)
    gap = median(upper.bottom - lower.top for upper, lower in pairwise(rows))
    found: list[Row] = []
    for row, distance in (
        (rows[0], rows[0].bottom - rows[1].top),
        (rows[-1], rows[-2].bottom - rows[-1].top),
    ):
        if not 0.85 < row.size / size < 1.15 or distance > gap + size:
            found.append(row)
    return found


def _running_key(row: Row) -> tuple[str, int]:
    """A running head stands at the same height on each page."""
    return _DIGITS.sub("", row.text), round(row.bottom / 6)


# ------------------------------------------------------------------ paragraphs


def _add(builder: Builder, pages: list[list[Row]]) -> None:
    """The rows as lines; one that reaches the right edge goes on in the next, unless that is indented."""
    every = [row for rows in pages for row in rows]
    left, right = _margins(every)
    flat = [(number, row) for number, rows in enumerate(pages, start=1) for row in rows]
    paragraph, page = 0, 0
    went_on = False
    for index, (number, row) in enumerate(flat):
        if number != page:
            page, paragraph, went_on = number, 0, False
        if not went_on:
            paragraph += 1
        following = flat[index + 1][1] if index + 1 < len(flat) else None
        went_on = (
            following is not None
            and not row.parted
            and not following.parted
            and row.right - row.left > _SHORTEST_FULL * row.size
            and row.right > right - 2 * row.size
            and following.left < left + 1.2 * following.size
            and 0.8 < following.size / row.size < 1.25
        )
        builder.paragraph(row.text, f"第{number}页第{paragraph}段", soft=went_on)


_SHORTEST_FULL = 10
"""A line of fewer characters is not one that was broken at the margin: a name, a cell."""


def _margins(rows: list[Row]) -> tuple[float, float]:
    """Where lines of text begin and end: the places that most of the long ones share."""
    if not rows:
        return 0.0, 0.0
    widest = max(row.right - row.left for row in rows)
    long = [row for row in rows if row.right - row.left > widest / 2]
    left = Counter(round(row.left / 4) for row in long)
    right = Counter(round(row.right / 4) for row in long)
    # The first line of a paragraph is indented: of the places that many lines share, the outermost.
    most = max(len(long) // 5, 1)
    return (
        min(place for place, times in left.items() if times >= min(most, max(left.values()))) * 4.0,
        max(place for place, times in right.items() if times >= min(most, max(right.values()))) * 4.0,
    )
