"""Adding to and taking from a corrections file as text: comments and all else stay byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fazhi_tui.importer.corrections.file import parse_corrections
from fazhi_tui.importer.errors import CorrectionError
from fazhi_tui.records.yaml.emitter import double_quoted, is_plain
from fazhi_tui.records.yaml.parser import Node, compose

Value = str | int | date | Sequence[str]
"""What a key of an entry can hold; an empty value is not written."""

_NEVER_PLAIN = frozenset(("措施", "编号"))
"""Keys of numbers, which YAML would take for figures."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the file: ``path`` is the list (边界; 单位, 更名), ``entry`` what is added to it.

    ``instead_of`` are the keys and values of entries of that list that go first.  Without an ``entry``
    nothing is added.
    """

    path: tuple[str, ...]
    entry: Mapping[str, Value] | None = None
    instead_of: tuple[Mapping[str, str], ...] = ()


def edited(text: str, edits: Sequence[Edit], shown: str = "校订文件") -> str:
    """The file with all edits made, in order.

    Raises CorrectionError for a file that cannot be read, before or after: then nothing has changed.
    """
    text = text if text.endswith("\n") or not text else f"{text}\n"
    for edit in edits:
        for wanted in edit.instead_of:
            text = _without(text, edit.path, wanted, shown)
        if edit.entry is not None:
            text = _with(text, edit.path, edit.entry, shown)
    parse_corrections((text or "{}\n").encode(), shown)
    return text


# ------------------------------------------------------------------ where things stand


def _list_at(text: str, path: Sequence[str], shown: str) -> tuple[Node | None, int]:
    """The node at ``path`` and how many keys of the path are there."""
    composed = compose(text, shown)
    for problem in composed.problems:
        raise CorrectionError(shown, problem.line or 1, f"{problem.message}。", f"{problem.hint}。")
    node, depth = composed.root, 0
    for key in path:
        if node is None or node.kind != "map":
            break
        found = next((value for name, value in node.value if name.value == key), None)
        if found is None:
            break
        node, depth = found, depth + 1
    return (node if depth == len(path) else None), depth


def _without(text: str, path: Sequence[str], wanted: Mapping[str, str], shown: str) -> str:
    while True:
        listed, _ = _list_at(text, path, shown)
        if listed is None or listed.kind != "seq":
            return text
        for index, entry in enumerate(listed.value):
            values = {key.value: value.value for key, value in entry.value} if entry.kind == "map" else {}
            if all(values.get(key) == value for key, value in wanted.items()):
                text = _cut(text, listed, index, shown)
                break
        else:
            return text


def _cut(text: str, listed: Node, index: int, shown: str) -> str:
    """The file without one entry; a list that is left empty stays as a key without a value."""
    if listed.style == "flow":
        raise _flow(listed, shown)
    lines = text.split("\n")
    start = listed.value[index].line - 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    stop = start + 1
    while stop < len(lines) and lines[stop].strip() and _indent(lines[stop]) > indent:
        stop += 1
    return "\n".join([*lines[:start], *lines[stop:]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


# ------------------------------------------------------------------ writing


def _with(text: str, path: Sequence[str], entry: Mapping[str, Value], shown: str) -> str:
    listed, depth = _list_at(text, path, shown)
    if re.fullmatch(r"\s*\{\}\s*", text):
        text = ""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if listed is not None and listed.kind == "seq" and listed.value:
        if listed.style == "flow":
            raise _flow(listed, shown)
        first = listed.value[0].line - 1
        indent = _indent(lines[first])
        at = _end_of_block(lines, first, indent)
        return "\n".join([*lines[:at], *_entry_lines(entry, indent), *lines[at:], ""])
    at, missing = _place_of_key(lines, path, depth)
    if depth == len(path) and re.search(r":\s*\[\s*\]\s*$", lines[at - 1]):
        lines[at - 1] = re.sub(r"\s*\[\s*\]\s*$", "", lines[at - 1])
    new = [f"{'  ' * (len(path) - len(missing) + level)}{key}:" for level, key in enumerate(missing)]
    if missing and not depth and lines and lines[-1].strip():
        new.insert(0, "")
    new += _entry_lines(entry, 2 * len(path))
    return "\n".join([*lines[:at], *new, *lines[at:], ""])


def _place_of_key(lines: Sequence[str], path: Sequence[str], depth: int) -> tuple[int, Sequence[str]]:
    """The line behind which a list without entries begins, and the keys that have to be written first."""
    at = len(lines)
    if depth:
        start = -1
        for level in range(depth):
            pattern = re.compile(rf"{'  ' * level}[\"']?{re.escape(path[level])}[\"']?\s*:")
            start = next(index for index in range(start + 1, len(lines)) if pattern.match(lines[index]))
        at = start + 1 if depth == len(path) else _end_of_block(lines, start + 1, 2 * depth)
    return at, path[depth:]


def _end_of_block(lines: Sequence[str], at: int, indent: int) -> int:
    """The line behind the last one of a block that is indented by at least ``indent``."""
    stop = at
    for index in range(at, len(lines)):
        line = lines[index]
        if not line.strip():
            continue
        if _indent(line) < indent or (line.lstrip().startswith("#") and _indent(line) < indent):
            break
        if _indent(line) == indent and indent == 0 and not line.startswith(("-", "#")):
            break
        stop = index + 1
    return stop


def _entry_lines(entry: Mapping[str, Value], indent: int) -> list[str]:
    written = [(key, value) for key, value in entry.items() if value not in ("", ())]
    pad = " " * indent
    return [
        f"{pad}{'- ' if not index else '  '}{key}: {_written(key, value)}"
        for index, (key, value) in enumerate(written)
    ]


def _written(key: str, value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value if is_plain(value) and key not in _NEVER_PLAIN else double_quoted(value)
    return f"[{', '.join(double_quoted(each) for each in value)}]"


def _flow(listed: Node, shown: str) -> CorrectionError:
    return CorrectionError(
        shown, listed.line, "这一列写在方括号里，程序不能往里添。", "改成每行一个“- ”，再来一次。"
    )
