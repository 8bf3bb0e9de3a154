"""Web pages: their paragraphs and tables, without menus, scripts and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats.builder import Builder
from fazhi_tui.importer.formats.text import decode

_SKIPPED_TAGS = "script style noscript template head nav footer header button select iframe svg"
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_INLINE_TAGS = (
    "a abbr b bdi bdo cite code em font i ins kbd label mark q s small span strong sub sup u o:p st1:chsdate"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)


def read_html(source: bytes) -> Document:
    """A page in its own charset, or in one that fits; SourceError for a page without a body."""
    import lxml.html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decode(source)).replace("\x00", "")
    try:
        page = lxml.html.document_fromstring(text)
    except Exception as error:  # lxml raises several kinds for pages that are none
        raise SourceError("网页文件读不出内容。", "在浏览器里打开，复制正文另存为 .txt 再导入。") from error
    builder = Builder("html")
    count = 0
    tables = 0
    body = page.find("body")
    for kind, value in _blocks(page if body is None else body):
        if kind == "table":
            tables += 1
            builder.table(_rows(value), f"表{tables}")
        else:
            count += 1
            builder.paragraph(value, f"第{count}段")
    return builder.document()


def _decode(source: bytes) -> str:
    match = _CHARSET.search(source[:4096])
    if match and not source.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = match[1].decode("ascii").lower()
        name = "gb18030" if name in ("gb2312", "gbk") else name
        try:
            return source.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass  # the page claims a charset that it does not have
    return decode(source)


def _blocks(root: Any) -> Iterator[tuple[str, Any]]:
    """The page's paragraphs and tables in order; a stack instead of recursion, since pages nest deeply."""
    line: list[str] = []

    def flush() -> Iterator[tuple[str, Any]]:
        joined = re.sub(r"\s+", " ", "".join(line)).strip()
        line.clear()
        if joined:
            yield "paragraph", joined

    stack: list[tuple[str, Any]] = [("open", root)]
    while stack:
        what, node = stack.pop()
        if what == "text":
            line.append(str(node))
            continue
        tag = "br" if what == "break" else node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in _SKIPPED:
            continue
        block = tag not in _INLINE
        if block:
            yield from flush()
        if tag == "br":
            continue
        if tag == "table" and _is_data(node):
            yield "table", node
            continue
        pending: list[tuple[str, Any]] = [("text", node.text)] if node.text else []
        for child in node:
            pending.append(("open", child))
            if child.tail:
                pending.append(("text", child.tail))
        if block:
            pending.append(("break", None))
        stack.extend(reversed(pending))
    yield from flush()


def _is_data(table: Any) -> bool:
    """Whether a table holds data: two rows of three cells, or of two below a head of a few words each.

    One that holds another is lay-out, and so is one of two columns that begins with a text.
    """
    rows = [row.findall("td") + row.findall("th") for row in table.findall(".//tr")]
    if table.findall(".//table") or not rows:
        return False
    if sum(len(cells) >= 3 for cells in rows) >= 2:
        return True
    head = ["".join(cell.itertext()).strip() for cell in rows[0]]
    return (
        len(head) == 2
        and all(0 < len(words) <= _LONGEST_HEAD for words in head)
        and sum(len(cells) == 2 for cells in rows) >= 2
    )


_LONGEST_HEAD = 16


def _rows(table: Any) -> list[list[tuple[object, str]]]:
    rows: list[list[tuple[object, str]]] = []
    spans: dict[int, tuple[int, object, str]] = {}
    for number, row in enumerate(table.findall(".//tr")):
        cells: list[tuple[object, str]] = []
        waiting = [cell for cell in row if cell.tag in ("td", "th")]
        while waiting or len(cells) in spans:
            column = len(cells)
            if column in spans:
                left, identity, text = spans[column]
                cells.append((identity, text))
                if left > 1:
                    spans[column] = (left - 1, identity, text)
                else:
                    del spans[column]
                continue
            cell = waiting.pop(0)
            text = re.sub(
                r"[ \t\r\f]+", " ", "\n".join(part.strip() for part in cell.itertext() if part.strip())
            )
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            # Not id(cell): lxml makes a new object for an element each time it is asked for.
            identity = (number, column) if down * across > 1 else None
            for _ in range(across):
                if down > 1:
                    spans[len(cells)] = (down - 1, identity, text)
                cells.append((identity, text))
        rows.append(cells)
    return rows


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), 200) if value.isdecimal() else 1
