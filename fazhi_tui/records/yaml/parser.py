"""The one YAML set-up: libyaml's events (through ruamel.yaml) into a tree that knows its places.

Built from events, not by ``compose``: no alias is followed, no tag is looked at, the depth is bounded, and no
scalar is guessed at, so that hostile or broken files cost nothing and every key keeps its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.text.visible import excerpt
from fazhi_tui.records.yaml.fast_parser import quick_tree

#: The plan's files are four levels deep.
DEPTH_LIMIT = 12
#: A file with more problems than this is not the kind of file it should be; no one reads on.
PROBLEM_LIMIT = 50

#: What YAML 1.2 reads as a number, a date, true, false or nothing when it stands without quotes.
_NOT_TEXT = re.compile(
    r"""(?: ~ | null | Null | NULL | true | True | TRUE | false | False | FALSE
      | [-+]?[0-9]+ | 0o[0-7]+ | 0x[0-9a-fA-F]+
      | [-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ ]+[0-9:.]+\s*(?:Z|[-+][0-9:]+)?)?
    )?""",
    re.VERBOSE,
)
_MAY_NOT_BE_TEXT = frozenset("~nNtTfF-+.0123456789")


class Node:
    """A scalar (``value`` is its text), a mapping (pairs of nodes) or a sequence (nodes).

    ``line`` and ``column`` count from 1 in the whole file; ``start`` and ``end`` are offsets into the text
    that was parsed.  ``style`` is ``"|"``, ``">"``, ``'"'``, ``"'"`` or ``""`` (plain) for scalars and
    ``"flow"`` or ``""`` for the others.
    """

    __slots__ = ("column", "end", "kind", "line", "start", "style", "value")

    def __init__(
        self, kind: str, value: Any, style: str, line: int, column: int, start: int, end: int
    ) -> None:
        self.kind = kind
        self.value = value
        self.style = style
        self.line = line
        self.column = column
        self.start = start
        self.end = end

    @property
    def is_null(self) -> bool:
        """Whether nothing is written here: ``键:`` alone, ``~`` or ``null``."""
        return self.kind == "scalar" and not self.style and self.value in ("", "~", "null", "Null", "NULL")

    @property
    def is_text(self) -> bool:
        """Whether every YAML reader takes this scalar for a text."""
        value = self.value
        return bool(self.style) or bool(
            value and (value[0] not in _MAY_NOT_BE_TEXT or not _NOT_TEXT.fullmatch(value))
        )

    def problem(self, path: str, code: str, message: str, hint: str) -> Problem:
        """What is wrong with this node."""
        return Problem(path, self.line, self.column, code, message, hint)

    def get(self, key: str | int) -> tuple[Node, Node] | None:
        """The nodes of a key and its value, or of an element (twice)."""
        if self.kind == "map":
            return next((pair for pair in self.value if pair[0].value == key), None)
        if self.kind == "seq" and isinstance(key, int) and 0 <= key < len(self.value):
            return (self.value[key], self.value[key])
        return None


@dataclass(slots=True, eq=False, repr=False)
class Composed:
    """What a text gave: its tree, or None, and the problems on the way."""

    root: Node | None
    problems: list[Problem] = field(default_factory=list)


def compose(text: str, path: str, *, first_line: int = 1) -> Composed:
    """The tree of a YAML text; ``first_line`` is where in the file it begins.  Never raises for bad YAML."""
    plain = quick_tree(text, Node, first_line)
    return parse(text, path, first_line=first_line) if plain is None else Composed(plain)


def parse(text: str, path: str, *, first_line: int = 1) -> Composed:
    """The same by the YAML parser alone, loaded with the first text that is not in the plain form."""
    from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    result = Composed(None)
    place, words = (0, 0), None
    builder = _Builder(path, first_line - 1, result.problems)
    try:
        result.root = builder.build(CParser(text))
    except _StopReading:
        pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        words = str(error.problem or error)
    except (YAMLError, UnicodeError, ValueError) as error:
        place, words = (0, 0), str(error)
    if words is not None:
        # Most starts meet no broken file: what errors mean is loaded with the first one.
        from fazhi_tui.records.yaml.error_messages import explain

        result.problems.append(explain(text, path, first_line, *place, words))
    return result


class _StopReading(Exception):
    """The file is not worth reading on; the problem is noted."""


class _Open:
    """A collection that is not closed yet: a mapping waits for a key, then for its value."""

    __slots__ = ("key", "node", "seen")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.key: Node | None = None
        self.seen: dict[str, Node] = {}


class _Builder:
    """Puts the parser's events together; ``offset`` is added to their lines, which count from 0."""

    def __init__(self, path: str, offset: int, problems: list[Problem]) -> None:
        self.path = path
        self.offset = offset
        self.problems = problems
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0

    def build(self, parser: Any) -> Node | None:
        from ruamel.yaml import events

        alias = "不支持 YAML 的引用（*名称）", "把被引用的内容在这里再写一遍；星号开头的文字要加引号"
        handlers: dict[type, Callable[[Any], object]] = {
            events.ScalarEvent: lambda event: self._add(event, "scalar", event.value, event.style or ""),
            events.MappingStartEvent: lambda event: self._start(event, "map"),
            events.SequenceStartEvent: lambda event: self._start(event, "seq"),
            events.MappingEndEvent: self._close,
            events.SequenceEndEvent: self._close,
            events.AliasEvent: lambda event: self._stop(event, "yaml-alias", *alias),
            events.DocumentStartEvent: self._count_document,
        }
        next_event = parser.get_event
        while (event := next_event()) is not None:
            handle = handlers.get(type(event))
            if handle is not None:
                handle(event)
        return self.root

    def _add(self, event: Any, kind: str, value: Any, style: str) -> Node:
        """Make a node and put it where it belongs: at the root, in a list, as a key or as a key's value."""
        mark = event.start_mark
        line, end = mark.line + 1 + self.offset, event.end_mark.index
        node = Node(kind, value, style, line, mark.column + 1, mark.index, end)
        if event.tag is not None:
            message = f"不支持 YAML 的类型标记 {excerpt(event.tag)}"
            hint = "删去以 ! 开头的标记；以感叹号开头的文字要加引号"
            self._tell(event, "yaml-tag", message, hint)
        if not self.open:
            self.root = node
            return node
        top = self.open[-1]
        if top.node.kind == "seq":
            top.node.value.append(node)
        elif top.key is not None:
            self._add_pair(top, top.key, node)
            top.key = None
        elif kind == "scalar":
            top.key = node
        else:
            self._stop(event, "bad-key", "键应是文字", "写成“键: 值”；以 { 或 [ 开头的文字要加引号")
        return node

    def _start(self, event: Any, kind: str) -> None:
        self.open.append(_Open(self._add(event, kind, [], "flow" if event.flow_style else "")))
        if len(self.open) > DEPTH_LIMIT:
            self._stop(event, "too-deep", f"嵌套超过 {DEPTH_LIMIT} 层，没有读入", "检查括号和缩进")

    def _close(self, event: Any) -> None:
        node = self.open.pop().node
        if node.style:
            node.end = event.end_mark.index
        elif node.value:
            last = node.value[-1]
            node.end = (last[1] if node.kind == "map" else last).end

    def _add_pair(self, top: _Open, key: Node, value: Node) -> None:
        first = top.seen.setdefault(key.value, key)
        if first is not key:
            if len(self.problems) >= PROBLEM_LIMIT:
                raise _StopReading
            message = f"键“{key.value}”重复：第 {first.line} 行和第 {key.line} 行"
            hint = "删去其中一个；现按前一个读取"
            self.problems.append(key.problem(self.path, "duplicate-key", message, hint))
            # Kept off the tree, so that the first one counts; the end of the mapping still moves.
            value = Node("scalar", "", "", value.line, value.column, value.start, value.end)
            key = Node("duplicate", None, "", key.line, key.column, key.start, key.end)
        top.node.value.append((key, value))

    def _count_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = "拆成几个文件，或删去 --- 这一行"
            self._stop(event, "many-documents", "一个文件里有几份文档（单独一行的 ---）", hint)

    def _tell(self, event: Any, code: str, message: str, hint: str) -> None:
        line, column = event.start_mark.line + 1 + self.offset, event.start_mark.column + 1
        self.problems.append(Problem(self.path, line, column, code, message, hint))

    def _stop(self, event: Any, code: str, message: str, hint: str) -> NoReturn:
        self._tell(event, code, message, hint)
        raise _StopReading
