"""Word documents: paragraphs as Word prints them, with the numbers that Word counts itself.

一、 （一） 1. 第一条 stand in a list, in no text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.formats.builder import Builder

MOST_PARAGRAPHS = 50_000
"""About 1,500 pages: more is no plan."""

_HAN = "〇一二三四五六七八九"

_HAN_FORMAT_NAMES = (
    "chineseCounting chineseCountingThousand chineseLegalSimplified taiwaneseCounting"
    " taiwaneseCountingThousand japaneseCounting ideographDigital ideographTraditional"
    " japaneseDigitalTenThousand"
)
_HAN_FORMATS = frozenset(_HAN_FORMAT_NAMES.split())


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def w(name: str) -> str:
    """The name of an element or attribute of Word's own namespace."""
    return _WORD + name


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


# ------------------------------------------------------------------ the numbers that Word counts itself


def han(number: int) -> str:
    """1 to 999 as officials write it: 十二, 二十, 一百零五."""
    if number < 10:
        return _HAN[number]
    if number < 20:
        return "十" + (_HAN[number % 10] if number % 10 else "")
    if number < 100:
        return _HAN[number // 10] + "十" + (_HAN[number % 10] if number % 10 else "")
    rest = number % 100
    if not rest:
        return _HAN[number // 100] + "百"
    tens = f"零{han(rest)}" if rest < 10 else ("一" if rest < 20 else "") + han(rest)
    return _HAN[number // 100 % 10] + "百" + tens


class Counter:
    """Counts a document's lists as Word does, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, Any] = {}
        for style in document.styles.element.iterfind(w("style")):
            self._styles[style.get(w("styleId"), "")] = style
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return  # the document has no lists
        for abstract in numbering.iterfind(w("abstractNum")):
            self._levels[abstract.get(w("abstractNumId"), "")] = {
                int(level.get(w("ilvl"), "0")): _form(level) for level in abstract.iterfind(w("lvl"))
            }
        for entry in numbering.iterfind(w("num")):
            abstract = entry.find(w("abstractNumId"))
            if abstract is not None:
                self._lists[entry.get(w("numId"), "")] = abstract.get(w("val"), "")

    def label(self, paragraph: Any) -> str:
        """What Word prints before a paragraph; empty if it counts nothing there (a bullet included)."""
        found = self._numbered(paragraph)
        if found is None:
            return ""
        number, depth = found
        abstract = self._lists.get(number)
        levels = self._levels.get(abstract or "", {})
        if abstract is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts[depth] + 1 if depth in counts else levels[depth][2]
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        if levels[depth][0] in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            form, _, start = levels.get(level, ("decimal", "", 1))
            value = counts.get(level, start)
            return han(value) if form in _HAN_FORMATS and 0 < value < 1000 else str(value)

        return re.sub(r"%([1-9])", shown, levels[depth][1])

    def _numbered(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(w("pPr"))
        found = self._properties(properties)
        if found is not None or properties is None:
            return found if found is None or found[0] != "0" else None
        name = value(properties, "pStyle", "")
        for _ in range(10):  # styles rest on one another
            element = self._styles.get(name)
            if element is None:
                return None
            found = self._properties(element.find(w("pPr")))
            if found is not None:
                return found if found[0] != "0" else None
            name = value(element, "basedOn", "")
        return None

    def _properties(self, properties: Any) -> tuple[str, int] | None:
        numbers = properties.find(w("numPr")) if properties is not None else None
        if numbers is None or numbers.find(w("numId")) is None:
            return None
        depth = value(numbers, "ilvl", "0")
        return value(numbers, "numId", "0"), int(depth) if depth.isdecimal() else 0


def value(element: Any, tag: str, default: str) -> str:
    """The value of a property below an element, e.g. ``w:start w:val="1"``."""
    found = element.find(w(tag))
    return default if found is None else str(found.get(w("val"), default))


def _form(level: Any) -> tuple[str, str, int]:
    """How a level is numbered: its format, what is printed, where it starts."""
    start = value(level, "start", "1")
    return (
        value(level, "numFmt", "decimal"),
        value(level, "lvlText", ""),
        int(start) if start.isdecimal() else 1,
    )
