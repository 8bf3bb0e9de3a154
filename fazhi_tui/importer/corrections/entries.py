"""Strict reading of a hand-written YAML file in which every entry knows its line.

A small layer over the tree of ``records``: whoever wrote a key wrongly, left one out or wrote a text
where a list belongs is told the line and what to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fazhi_tui.importer.errors import CorrectionError
from fazhi_tui.records.yaml.parser import Node, compose


class Entry:
    """One mapping of the file: its keys are asked for by name, and :meth:`close` tells strangers."""

    def __init__(self, node: Node, path: str, name: str) -> None:
        self.path = path
        self.name = name
        self.line = node.line
        self._values: dict[str, Node] = {}
        self._asked: set[str] = set()
        if node.kind != "map":
            raise self.error(f"“{name}”应是“键: 值”的形式。", "冒号用半角，冒号后空一格。")
        self._values.update((key.value, value) for key, value in node.value)

    def error(self, message: str, hint: str = "", line: int = 0) -> CorrectionError:
        """An error at this entry, or at ``line``."""
        return CorrectionError(self.path, line or self.line, message, hint)

    def line_of(self, key: str) -> int:
        """The line of a key's value; the entry's own where the key is not written."""
        node = self._values.get(key)
        return self.line if node is None else node.line

    def has(self, key: str) -> bool:
        """Whether the key is written with a value."""
        return self._node(key) is not None

    def text(self, key: str) -> str:
        """A text that has to be there and not be empty."""
        value = self.optional(key)
        if not value:
            raise self.error(f"“{self.name}”缺少“{key}”。", f"补上一行“{key}: …”。")
        return value

    def optional(self, key: str) -> str | None:
        """A text, or None where the key is not written."""
        node = self._node(key)
        if node is None:
            return None
        if node.kind != "scalar":
            raise self.error(f"“{key}”应是一段文字。", "去掉缩进的下级内容。", node.line)
        return str(node.value)

    def integer(self, key: str) -> int:
        """A whole number from 0."""
        value = self.text(key)
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise self.error(f"“{key}”应是整数，现为“{value}”。", "用半角数字。", self.line_of(key))
        return int(value)

    def day(self, key: str) -> date:
        """A date such as 2024-12-31."""
        value = self.text(key)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.error(
                f"“{key}”应是日期，现为“{value}”。", "写成 年-月-日，如 2024-12-31。", self.line_of(key)
            ) from None

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of a few words."""
        value = self.text(key)
        if value not in choices:
            raise self.error(f"“{key}”不能是“{value}”。", f"可写：{'、'.join(choices)}。", self.line_of(key))
        return value

    def flag(self, key: str) -> bool:
        """``true`` or ``false``; false where it is not written."""
        return self.has(key) and self.choice(key, ("true", "false")) == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts with at least one."""
        node = self._node(key)
        if node is None or node.kind != "seq" or not node.value:
            raise self.error(f"“{key}”应是一列文字。", "写成 [甲, 乙] 或每行一个“- ”。", self.line_of(key))
        for part in node.value:
            if part.kind != "scalar" or not part.value:
                raise self.error(f"“{key}”的每一项应是文字。", "写成 [甲, 乙]。", part.line)
        return tuple(str(part.value) for part in node.value)

    def entries(self, key: str) -> Iterator[Entry]:
        """The mappings of a list, each closed after its turn; none where the key is not written."""
        node = self._node(key)
        if node is None:
            return
        if node.kind != "seq":
            raise self.error(f"“{key}”应是一列条目。", "每个条目以“- ”开头。", node.line)
        for part in node.value:
            entry = Entry(part, self.path, key)
            yield entry
            entry.close()

    def entry(self, key: str) -> Entry | None:
        """A mapping below this one, or None; the caller closes it."""
        node = self._node(key)
        return None if node is None else Entry(node, self.path, key)

    def close(self) -> None:
        """Raise CorrectionError for the first key that nobody asked for."""
        for key, node in self._values.items():
            if key not in self._asked:
                known = "、".join(sorted(self._asked))
                raise self.error(f"“{self.name}”没有“{key}”这个键。", f"可用的键：{known}。", node.line)

    def _node(self, key: str) -> Node | None:
        self._asked.add(key)
        node = self._values.get(key)
        # `键:` with nothing behind it is a key that is not written.
        return None if node is None or node.is_null else node


def read_entries(path: Path) -> Entry:
    """The whole file as one entry.

    Raises CorrectionError with the line for wrong YAML or a duplicate key, and with line 1 for a file
    that cannot be read or decoded or is empty.
    """
    shown = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorrectionError(shown, 1, f"读不出校订文件（{error.strerror}）。", "核对路径和权限。") from None
    return parse_entries(data, shown)


def parse_entries(data: bytes, shown: str) -> Entry:
    """The bytes of a file as one entry; ``shown`` is what errors call it.  Raises CorrectionError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CorrectionError(shown, 1, "校订文件不是 UTF-8 编码。", "另存为 UTF-8 编码。") from None
    composed = compose(text, shown)
    for problem in composed.problems:
        raise CorrectionError(shown, problem.line or 1, f"{problem.message}。", f"{problem.hint}。")
    if composed.root is None:
        raise CorrectionError(shown, 1, "校订文件是空的。", "至少写上“来源”。")
    return Entry(composed.root, shown, "校订文件")
