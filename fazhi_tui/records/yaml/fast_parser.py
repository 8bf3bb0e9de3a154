"""The tree of a YAML text that is written the way the program writes it, without the YAML parser.

Loading the parser costs a start more than all the rest of reading a plan.  Whatever departs from the plain
form (a comment inside, flow style, escapes, a line break inside quotes, an empty value, odd indentation)
gives None, and the parser reads it: this never guesses.  The tree is the parser's, places included.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

#: A key of the model at the head of its line, and what stands behind it.
_KEY = re.compile(r"([\u4e00-\u9fff]+):(?: ([^ ].*))?")
_QUOTED = re.compile(r'"([^"\\]*)"')
#: What surely is one plain text: it begins with no sign of YAML's and holds neither ": " nor " #".
_PLAIN = re.compile(r"(?:[0-9A-Za-z]|[^\x00-\x7f])(?:[^:#]|:(?=[^ ])|(?<! )#)*(?<! )")
_DEPTH = 6

Make = Callable[..., Any]


class _Doubt(Exception):
    """The text is not in the plain form."""


def quick_tree(text: str, make: Make, first_line: int = 1) -> Any:
    """The root node of ``text``, each node made by ``make``; None where the parser has to read it."""
    if not text.endswith("\n") or not text.replace("\n", "").isprintable():
        return None
    try:
        return _Reader(text, make, first_line).root()
    except _Doubt:
        return None


class _Reader:
    """Goes down line by line; ``at`` is the line to be read next."""

    def __init__(self, text: str, make: Make, first_line: int) -> None:
        self.lines = text.split("\n")[:-1]
        self.make = make
        self.first = first_line
        self.at = 0
        self.starts: list[int] = []
        start = 0
        for line in self.lines:
            self.starts.append(start)
            start += len(line) + 1
        self.end = start

    def root(self) -> Any:
        """The mapping that the whole text is."""
        while self.at < len(self.lines) and self.lines[self.at].startswith("#"):
            self.at += 1
        if self._indent() != 0:
            raise _Doubt
        found = self._mapping(0, 1)
        if self.at < len(self.lines):
            raise _Doubt
        return found

    def _indent(self) -> int:
        """Of the line to be read next; -1 behind the last."""
        if self.at >= len(self.lines):
            return -1
        line = self.lines[self.at]
        indent = len(line) - len(line.lstrip(" "))
        if indent == len(line):
            raise _Doubt
        return indent

    def _mapping(self, indent: int, depth: int) -> Any:
        if depth > _DEPTH:
            raise _Doubt
        pairs: list[tuple[Any, Any]] = []
        seen: set[str] = set()
        start, number = self.starts[self.at] + indent, self.at + self.first
        while True:
            found = _KEY.fullmatch(self.lines[self.at], indent)
            if found is None or found[1] in seen:
                raise _Doubt
            key = found[1]
            seen.add(key)
            place = self.starts[self.at] + indent
            node = self.make("scalar", key, "", self.at + self.first, indent + 1, place, place + len(key))
            if found[2] is None:
                self.at += 1
                below = self._indent()
                if below <= indent:
                    raise _Doubt
                dash = self.lines[self.at].startswith("- ", below)
                value = self._sequence(below, depth + 1) if dash else self._mapping(below, depth + 1)
            else:
                value = self._scalar(found[2], found.start(2), indent)
            pairs.append((node, value))
            below = self._indent()
            if below < indent:
                return self.make("map", pairs, "", number, indent + 1, start, value.end)
            if below > indent:
                raise _Doubt

    def _sequence(self, indent: int, depth: int) -> Any:
        elements: list[Any] = []
        start, number = self.starts[self.at] + indent, self.at + self.first
        while True:
            line = self.lines[self.at]
            if not line.startswith("- ", indent):
                raise _Doubt
            if _KEY.fullmatch(line, indent + 2):
                element = self._mapping(indent + 2, depth + 1)
            else:
                element = self._scalar(line[indent + 2 :], indent + 2, indent)
            elements.append(element)
            below = self._indent()
            if below < indent:
                return self.make("seq", elements, "", number, indent + 1, start, element.end)
            if below > indent:
                raise _Doubt

    def _scalar(self, text: str, column: int, indent: int) -> Any:
        """What stands at ``column`` of the line in hand, inside a collection that is ``indent`` deep."""
        number, start = self.at + self.first, self.starts[self.at] + column
        self.at += 1
        if text == "|":
            value, style, end = self._literal(indent), "|", self._place()
        elif quoted := _QUOTED.fullmatch(text):
            value, style, end = quoted[1], '"', start + len(text)
        elif _PLAIN.fullmatch(text):
            value, style, end = text, "", start + len(text)
        else:
            raise _Doubt
        return self.make("scalar", value, style, number, column + 1, start, end)

    def _place(self) -> int:
        return self.starts[self.at] if self.at < len(self.lines) else self.end

    def _literal(self, indent: int) -> str:
        """The lines of a literal block, which is indented more than ``indent``."""
        inner = self._indent()
        if inner <= indent:
            raise _Doubt
        found: list[str] = []
        while (below := self._indent()) >= inner:
            found.append(self.lines[self.at][inner:])
            self.at += 1
        if below > indent:
            raise _Doubt
        return "\n".join(found) + "\n"
