"""Replacing stretches of a YAML text so that it says something else; everything around them stays."""

from __future__ import annotations

import re

from fazhi_tui.records.fields import Field
from fazhi_tui.records.yaml.comparable import Data, Scalar, Table, inner_table, plain
from fazhi_tui.records.yaml.emitter import double_quoted, is_plain, literal, scalar, single_quoted
from fazhi_tui.records.yaml.parser import Node

_DASH = re.compile(r"[ \t]*-[ \t]+")
_BLOCK_HEAD = re.compile(r"([|>])([0-9+-]*)([^\r\n]*)")
_FLOW_MARKS = re.compile(r"[,:?\[\]{}]")


class Unfit(Exception):
    """This place cannot be changed by itself in the way that was tried."""


class Splicer:
    """Collects the stretches of one text that change; ``quoted`` puts every new text in double quotes."""

    def __init__(self, text: str, *, quoted: bool) -> None:
        self.text = text
        self.quoted = quoted
        self.eol = "\r\n" if "\r\n" in text else "\n"
        self.edits: list[tuple[int, int, str]] = []

    def change(self, root: Node, after: Data, table: Table) -> str:
        """The text that says ``after``.  Raises :class:`Unfit`."""
        if not isinstance(after, dict):
            raise Unfit
        self._map(root, after, table)
        parts: list[str] = []
        at = 0
        for start, end, new in sorted(self.edits, key=lambda edit: edit[:2]):
            if start < at:
                raise Unfit
            parts += [self.text[at:start], new]
            at = end
        return "".join([*parts, self.text[at:]])

    # ------------------------------------------------------------------ going down

    def _value(self, key: Node | None, node: Node, after: Data, field: Field | None, column: int) -> None:
        """Change a value.  ``key`` is None for an element; ``column`` is where the key or the dash stands."""
        if plain(node, None, field) == after:
            return
        if node.kind == "map" and isinstance(after, dict) and after and not node.style and node.value:
            self._map(node, after, inner_table(field))
        elif node.kind == "seq" and isinstance(after, list) and after and not node.style and node.value:
            self._seq(node, after, field)
        elif node.style == "flow":
            self.edits.append((node.start, node.end, self._flow(after, field)))
        elif isinstance(after, Scalar) and node.kind == "scalar" and not node.is_null:
            self.edits.append((node.start, self._end(node), self._scalar(node, after, field, column)))
        elif key is not None:
            self._whole(key, node, after, field, column)
        else:
            lines = self._element(after, field, column)
            new = self.eol.join([lines[0][column + 2 :], *lines[1:]])
            empty = node.is_null and not node.value
            self.edits.append((node.start, self._end(node), f" {new}" if empty else new))

    def _map(self, node: Node, after: dict[str, Data], table: Table) -> None:
        if node.style == "flow":
            raise Unfit
        column = node.value[0][0].column - 1 if node.value else 0
        for index, (key, value) in enumerate(node.value):
            field = table.get(key.value) if table else None
            if key.value in after:
                self._value(key, value, after[key.value], field, column)
            else:
                self._remove_key(node, index)
        present = [key.value for key, _ in node.value]
        for name, value in after.items():
            if name not in present:
                field = table.get(name) if table else None
                self._insert(node, name, self._lines(name, value, field, column), column, table)

    def _seq(self, node: Node, after: list[Data], field: Field | None) -> None:
        before = [plain(part, None, field) for part in node.value]
        column = node.column - 1
        head = 0
        while head < min(len(before), len(after)) and before[head] == after[head]:
            head += 1
        tail = 0
        while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
            tail += 1
        old, new = node.value[head : len(before) - tail], after[head : len(after) - tail]
        for part, data in zip(old, new, strict=False):
            self._value(None, part, data, field, column)
        for part in old[len(new) :]:
            start = self._dash_line(part)
            self.edits.append((start, self._line_end(self._end(part)), ""))
        lines = [line for data in new[len(old) :] for line in self._element(data, field, column)]
        if lines:
            place = head + min(len(old), len(new))
            if place:
                self._insert_lines(self._line_end(self._end(node.value[place - 1])), lines)
            else:
                self._insert_lines(self._dash_line(node.value[0]), lines)

    # ------------------------------------------------------------------ single places

    def _whole(self, key: Node, node: Node, after: Data, field: Field | None, column: int) -> None:
        """Another shape of value behind the same key, or a value where there was nothing."""
        colon = self.text.index(":", key.end) + 1
        first, *more = self._lines(key.value, after, field, column)
        if ":" in key.value:
            raise Unfit
        tail = first.split(":", 1)[1]
        end = colon if node.is_null and not node.value else self._end(node)
        self.edits.append((colon, end, tail))
        if more:
            # What stands behind the old value on its line is a comment: the new lines go below.
            self._insert_lines(self._line_end(end), more)

    def _remove_key(self, node: Node, index: int) -> None:
        key, value = node.value[index]
        start = self._line_start(key.start)
        end = self._past_comments(self._line_end(self._end(value, key)), key.column - 1)
        if self.text[start : key.start].strip(" "):
            # Behind a dash: the next key takes its place.
            if index or index + 1 >= len(node.value):
                raise Unfit
            start, end = key.start, node.value[index + 1][0].start
        self.edits.append((start, end, ""))

    def _insert(self, node: Node, name: str, lines: list[str], column: int, table: Table) -> None:
        order = {key: place for place, key in enumerate(table or ())}
        rank = order.get(name, len(order))
        earlier = [pair for pair in node.value if order.get(pair[0].value, -1) <= rank]
        if not node.value:
            self._insert_lines(len(self.text), lines)
        elif earlier:
            key, value = earlier[-1]
            self._insert_lines(self._past_comments(self._line_end(self._end(value, key)), column), lines)
        else:
            first = node.value[0][0].start
            lines = [lines[0][column:], *lines[1:]]
            self.edits.append((first, first, self.eol.join([*lines, " " * column])))

    def _insert_lines(self, at: int, lines: list[str]) -> None:
        if at and not self.text[:at].endswith("\n"):
            self.edits.append((at, at, self.eol + self.eol.join(lines)))
        else:
            self.edits.append((at, at, self.eol.join(lines) + self.eol))

    # ------------------------------------------------------------------ how things are written

    def _lines(self, name: str, after: Data, field: Field | None, column: int) -> list[str]:
        head = f"{' ' * column}{scalar(name)}:"
        if isinstance(after, dict):
            inner = self._mapping(after, field, column + 2)
            return [head, *inner] if inner else [f"{head} {{}}"]
        if isinstance(after, list):
            inner = [line for data in after for line in self._element(data, field, column + 2)]
            return [head, *inner] if inner else [f"{head} []"]
        return f"{head} {self._scalar(None, after, field, column)}".rstrip(" ").split(self.eol)

    def _mapping(self, after: dict[str, Data], field: Field | None, column: int) -> list[str]:
        table = inner_table(field) or {}
        return [
            line for key, data in after.items() for line in self._lines(key, data, table.get(key), column)
        ]

    def _element(self, after: Data, field: Field | None, column: int) -> list[str]:
        dash = f"{' ' * column}- "
        if isinstance(after, dict) and after:
            lines = self._mapping(after, field, column + 2)
            return [dash + lines[0][column + 2 :], *lines[1:]]
        if isinstance(after, Scalar):
            return (dash + self._scalar(None, after, field, column)).split(self.eol)
        return [dash + self._flow(after, field)]

    def _scalar(self, old: Node | None, after: Scalar, field: Field | None, column: int) -> str:
        style = old.style if old is not None else ""
        value = after.value
        if after.bare:
            is_day = field is not None and field.kind in ("date", "datetime")
            return f"{style}{value}{style}" if style in ("'", '"') and is_day else value
        block = style in ("|", ">") or (field is not None and field.block and style == "")
        if block and not self.quoted:
            lines = self._literal(old if style in ("|", ">") else None, value, field, column)
            if lines is not None:
                return self.eol.join(lines)
        if style == "'" and not self.quoted and (single := single_quoted(value)) is not None:
            return single
        plainly = (
            not style and not self.quoted and is_plain(value) and not (field is not None and field.is_id)
        )
        comment = self._head_of(old)[2] if old is not None and style in ("|", ">") else ""
        return (value if plainly else double_quoted(value)) + comment

    def _literal(self, old: Node | None, value: str, field: Field | None, column: int) -> list[str] | None:
        """The lines of a literal block, indented and chomped as the old one where that says the same."""
        step, comment, strip = 2, "", False
        if old is not None:
            indicators, content, comment = self._head_of(old)
            strip = "-" in indicators
            found = re.search(r"^( *)[^\s]", content, re.MULTILINE)
            if found and not any(c.isdigit() for c in indicators):
                step = max(len(found.group(1)) - column, 1)
        is_block = field is not None and field.block
        lines = literal(value if strip or not is_block else value + "\n", column + step, step)
        # With `|+` the blank lines that follow in the file would become part of the text.
        if lines is None or lines[0].endswith("+"):
            return None
        return [lines[0] + comment, *lines[1:]]

    def _head_of(self, node: Node) -> tuple[str, str, str]:
        """Indicators, content as it stands, and comment of a block scalar."""
        found = _BLOCK_HEAD.match(self.text, node.start)
        if found is None:
            raise Unfit
        return found.group(2), self.text[found.end() : node.end], found.group(3).rstrip()

    def _flow(self, after: Data, field: Field | None) -> str:
        """A value inside brackets, on one line."""
        if isinstance(after, dict):
            table = inner_table(field) or {}
            pairs = (
                f"{self._flow(Scalar(key, False), None)}: {self._flow(part, table.get(key))}"
                for key, part in after.items()
            )
            return "{" + ", ".join(pairs) + "}"
        if isinstance(after, list):
            return "[" + ", ".join(self._flow(part, field) for part in after) + "]"
        if after.bare:
            return after.value or "null"
        safe = is_plain(after.value) and not _FLOW_MARKS.search(after.value) and not self.quoted
        return after.value if safe else double_quoted(after.value)

    # ------------------------------------------------------------------ where things stand

    def _end(self, node: Node, key: Node | None = None) -> int:
        """Where what a node says ends; blank lines and comments behind it are not part of it."""
        if node.kind != "scalar" and not node.style and node.value:
            last = node.value[-1]
            return self._end(last[1], last[0]) if node.kind == "map" else self._end(last)
        if node.kind == "scalar" and node.style in ("|", ">"):
            indicators, _, _ = self._head_of(node)
            raw = self.text[: node.end]
            if "+" in indicators:
                return len(raw.removesuffix("\n").removesuffix("\r")) if raw.endswith("\n") else len(raw)
            last_character = len(raw.rstrip(" \t\r\n"))
            stop = self.text.find("\n", last_character)
            line_end = len(self.text) if stop < 0 else stop
            return min(line_end - (self.text[line_end - 1 : line_end] == "\r"), max(node.end, last_character))
        if node.is_null and not node.value and key is not None:
            return self.text.index(":", key.end) + 1
        return node.end

    def _dash_line(self, element: Node) -> int:
        """The beginning of the line on which an element's dash stands, alone before it."""
        start = self._line_start(element.start)
        if not _DASH.fullmatch(self.text[start : element.start]):
            raise Unfit
        return start

    def _past_comments(self, at: int, column: int) -> int:
        """Past the comment lines at ``at`` that are indented deeper than a key: they belong to its value."""
        while (line := self.text[at : self._line_end(at)]).lstrip(" ").startswith("#"):
            if len(line) - len(line.lstrip(" ")) <= column:
                break
            at = self._line_end(at)
        return at

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """The beginning of the line after the one at ``at``, or the end of the text."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1
