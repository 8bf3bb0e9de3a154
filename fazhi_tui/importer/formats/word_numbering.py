"""The numbers that Word counts itself: 一、 （一） 1. 第一条 stand in a list, in no text."""

from __future__ import annotations

import re
from typing import Any

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
