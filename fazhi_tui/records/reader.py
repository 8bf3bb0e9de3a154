"""From a tree of nodes to a value of the model: generic over the table of keys."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.text.visible import excerpt
from fazhi_tui.records.convert import CONVERTERS, nearest, out_of_bounds
from fazhi_tui.records.decode import conflict, decode, replace_controls
from fazhi_tui.records.fields import Field, fields_of, keys_of, line_fields_of
from fazhi_tui.records.yaml.parser import PROBLEM_LIMIT, Node, compose

T = TypeVar("T")

_MISSING = object()
_HEAD = re.compile(r"---[ \t]*\r?\n")
_HEAD_END = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def read_text(cls: type[T], text: str, path: str) -> tuple[T | None, list[Problem], Node | None]:
    """A whole YAML file's value, problems and tree; None for a value of which too little could be read."""
    clean, problems = replace_controls(text, path)
    composed = compose(clean, path)
    problems += composed.problems
    if composed.root is None:
        if not composed.problems:
            problems.append(Problem.of_file(path, "empty-file", "文件是空的", _needs(cls)))
        return None, problems, None
    return build(cls, composed.root, path, problems), problems, composed.root


def read_plain(cls: type[T], value: object, path: str) -> tuple[T | None, list[Problem]]:
    """A value and problems of what was read as JSON: what :func:`fields.to_json` gave, read back."""
    problems: list[Problem] = []
    return build(cls, _node_of(value), path, problems), problems


def _node_of(value: object) -> Node:
    """The tree that the YAML parser would give for a JSON value; it has no places."""
    kind, content, style = "scalar", value, '"'
    if isinstance(value, dict):
        kind, content = "map", [(_node_of(key), _node_of(part)) for key, part in value.items()]
    elif isinstance(value, list):
        kind, content = "seq", [_node_of(part) for part in value]
    elif not isinstance(value, str):
        content, style = "null" if value is None else str(value).lower(), ""
    return Node(kind, content, style, 0, 0, 0, 0)


def read_yaml(cls: type[T], data: bytes, path: str) -> tuple[T | None, tuple[Problem, ...]]:
    """A file's bytes as a ``cls``; None where too little of it could be read.  Never raises.

    An empty file, or one of comments alone, is None without a problem.
    """
    text, problems = decode(data, path)
    if text is None:
        return None, tuple(problems)
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return None, tuple(problems)
    value, found, _ = read_text(cls, text, path)
    return value, (*problems, *found)


def read_note(text: str, path: str) -> tuple[Note | None, list[Problem], Node | None]:
    """A note from its file's text: the head as YAML, the body as it stands.

    Where the whole file has Windows line breaks, the body's become LF.
    """
    found = _HEAD.match(text)
    if found is None:
        hint = "第一行写 ---，下面写各个键，再以一行 --- 结束，然后写正文；参见 status/README.md"
        problem = "文件是空的" if not text.strip() else "开头没有 --- 行"
        return None, [Problem(path, 1, 1, "no-head", problem, hint)], None
    end = _HEAD_END.search(text, found.end())
    if end is None:
        hint = "在各个键之后、正文之前加一行 ---"
        return None, [Problem(path, 1, 1, "no-head", "文件头没有收尾的 --- 行", hint)], None
    problems: list[Problem] = []
    clash = conflict(text, path)
    if clash is not None:
        problems.append(clash)
        if clash.line <= text.count("\n", 0, end.start()) + 1:
            return None, problems, None
    body = text[end.end() :]
    if found.group().endswith("\r\n"):
        body = body.replace("\r\n", "\n")
    head, controls = replace_controls(text[: end.start()], path)
    problems += controls
    composed = compose(head[found.end() :], path, first_line=2)
    problems += composed.problems
    if composed.root is None:
        if not composed.problems:
            problems.append(Problem(path, 1, 0, "empty-file", "文件头里没有内容", _needs(Note)))
        return None, problems, None
    note = build(Note, composed.root, path, problems, extra={"body": body, "path": path})
    return note, problems, composed.root


def _needs(cls: type) -> str:
    keys = "、".join(field.key for field in fields_of(cls) if field.required)
    return f"至少要有：{keys}"


def build(
    cls: type[T],
    node: Node,
    path: str,
    problems: list[Problem],
    *,
    what: str = "文件",
    extra: dict[str, Any] | None = None,
) -> T | None:
    """A dataclass from a mapping; None where a required key is missing or wrong.

    What is wrong goes to ``problems``, unknown keys included; what is optional and wrong is left out.
    """
    if node.kind != "map":
        problems.append(_not_a_mapping(node, path, what))
        return None
    table = keys_of(cls)
    values: dict[str, Any] = dict(extra or ())
    for name, key_name in line_fields_of(cls):
        pair = node.get(key_name) if key_name else None
        values[name] = (pair[1] if pair else node).line
    written: set[str] = set()
    for key, value in node.value:
        if key.kind != "scalar":
            continue
        field = table.get(key.value)
        if field is None:
            if len(problems) < PROBLEM_LIMIT:
                hint = f"{nearest(key.value, list(table))}可用的键：{'、'.join(table)}"
                message = f"没有“{excerpt(key.value)}”这个键"
                problems.append(key.problem(path, "unknown-key", message, hint))
            continue
        if value.kind == "scalar" and value.is_null:
            if field.explicit:
                values[field.name] = () if field.many else None
            continue
        written.add(field.key)
        content = _value(field, value, path, problems)
        if content is not _MISSING:
            values[field.name] = content
    missing = [field for field in table.values() if field.required and field.name not in values]
    for field in missing:
        if field.key not in written:
            hint = f"补上：{field.key}: ……（{field.doc}）"
            problems.append(Problem(path, node.line, 0, "missing-key", f"缺少“{field.key}”", hint))
    return None if missing else cls(**values)


def _value(field: Field, node: Node, path: str, problems: list[Problem]) -> Any:
    if not field.many:
        return _single(field, node, path, problems)
    if node.kind != "seq":
        hint = "每项单独一行，以“- ”开头，缩进两格"
        problems.append(node.problem(path, "not-a-list", f"“{field.key}”应是列表", hint))
        if node.kind != "scalar" or field.kind == "object":
            return _MISSING
    found = []
    for element in node.value if node.kind == "seq" else [node]:
        if element.kind == "scalar" and element.is_null:
            message = f"“{field.key}”里有空的一项"
            problems.append(element.problem(path, "empty", message, "补上内容，或删去这一行"))
            continue
        content = _single(field, element, path, problems)
        if content is not _MISSING and content is not None:
            found.append(content)
    if len(found) < field.schema.get("minItems", 0):
        message = f"“{field.key}”至少要有一项"
        problems.append(node.problem(path, "empty", message, field.doc))
        return _MISSING
    return tuple(found)


def _single(field: Field, node: Node, path: str, problems: list[Problem]) -> Any:
    if field.kind == "object":
        value = build(field.cls, node, path, problems, what=f"“{field.key}”")
        return _MISSING if value is None else value
    if node.kind != "scalar":
        message = f"“{field.key}”应是一个值，现为{'列表' if node.kind == 'seq' else '“键: 值”'}"
        hint = "写在冒号后的同一行；以 [ 或 { 开头的文字要加引号"
        problems.append(node.problem(path, "not-a-text", message, hint))
        return _MISSING
    value, fault = CONVERTERS[field.kind](node, field)
    if value is not None:
        if field.block and node.style in ("|", ">"):
            value = value.removesuffix("\n")
        limits = out_of_bounds(value, field)
        if limits is not None:
            value, fault = None, limits
    if fault is not None:
        problems.append(node.problem(path, *fault))
    return _MISSING if value is None else value


def _not_a_mapping(node: Node, path: str, what: str) -> Problem:
    if node.kind == "scalar":
        first = node.value.split("\n", 1)[0]
        # Loaded with the first mistake, as in the parser.
        from fazhi_tui.records.yaml.error_messages import FULL_WIDTH_COLON, full_width_colon

        colon = FULL_WIDTH_COLON.match(first)
        if colon:
            return full_width_colon(path, node.line, node.column + colon.end() - 1, first)
    hint = '每行一个键，半角冒号后空一格，如 编号: "28"'
    return node.problem(path, "not-a-mapping", f"{what}应由“键: 值”组成", hint)
