"""What a YAML text says, without how it is written: the editor's before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from fazhi_tui.records.fields import Field, fields_of, keys_of, written_values
from fazhi_tui.records.yaml.emitter import is_object, scalar
from fazhi_tui.records.yaml.parser import Node

Table = Mapping[str, Field] | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; ``bare`` where it is no text: a number, a day, true or false, or nothing ("")."""

    value: str
    bare: bool


Data = Scalar | list["Data"] | dict[str, "Data"]

#: ``键:`` with nothing behind it.
NOTHING = Scalar("", True)


def inner_table(field: Field | None) -> Table:
    """The keys below a field; None where the model knows none."""
    return keys_of(field.cls) if field is not None and field.kind == "object" else None


def plain(node: Node, table: Table = None, field: Field | None = None) -> Data:
    """What a tree says.  ``table`` has the keys of a mapping, ``field`` is that of a value or an element."""
    if node.kind == "map":
        table = table if field is None else inner_table(field)
        return {
            key.value: plain(value, None, table.get(key.value) if table else None)
            for key, value in node.value
        }
    if node.kind == "seq":
        return [plain(part, None, field) for part in node.value]
    if node.is_null:
        return NOTHING
    value: str = node.value
    if field is not None and field.block and node.style in ("|", ">"):
        value = value.removesuffix("\n")
    # A day means the same with quotes and without.
    is_day = field is not None and field.kind in ("date", "datetime")
    return Scalar(value, is_day or not node.is_text)


def merged(before: Data | None, value: Any, field: Field | None, table: Table = None) -> Data:
    """What a place says once ``value`` is put over what it said before.

    Of a mapping only the named keys change (None takes one out), of a dataclass those of the model;
    elements of a list are matched by their first key (编号, 名称 …), so that unknown keys stay with theirs.
    """
    if value is None:
        return NOTHING
    if is_object(value):
        return _over_object(before, value)
    if isinstance(value, Mapping):
        below = table if table is not None else inner_table(field)
        result = dict(before) if isinstance(before, dict) else {}
        for key, part in value.items():
            if part is None:
                result.pop(key, None)
            else:
                result[key] = merged(result.get(key), part, below.get(key) if below else None)
        return result
    if isinstance(value, tuple | list):
        known = {_name(part): part for part in before} if isinstance(before, list) else {}
        elements: list[Data] = []
        for part in value:
            fresh = merged(None, part, field)
            match = known.pop(_name(fresh), None) if isinstance(fresh, dict) else None
            elements.append(fresh if match is None else merged(match, part, field))
        return elements
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return Scalar(value, field is not None and field.kind in ("date", "datetime"))
    if isinstance(value, StrEnum):
        return Scalar(value.value, False)
    if isinstance(value, bool | int | date):
        return Scalar(scalar(value), True)
    raise TypeError(f"{type(value).__name__} 不能写进 YAML")


def _over_object(before: Data | None, value: Any) -> Data:
    result = dict(before) if isinstance(before, dict) else {}
    written = {field.key: content for field, content in written_values(value)}
    for field in fields_of(type(value)):
        old = result.get(field.key)
        if field.key in written:
            result[field.key] = merged(old, written[field.key], field)
        elif old is not None and not says_default(old, field):
            del result[field.key]
    return result


def says_default(data: Data, field: Field) -> bool:
    """Whether what is written is no more than what an absent key means."""
    if field.explicit:
        return False
    if data == NOTHING or data in ([], {}):
        return True
    if field.default is None or is_object(field.default):
        return False
    return data == merged(None, field.default, field)


def _name(data: Data) -> str:
    """What an element of a list is known by: the value of its first key, or itself."""
    if isinstance(data, dict):
        first = next(iter(data.values()), None)
        return first.value if isinstance(first, Scalar) else ""
    return data.value if isinstance(data, Scalar) else ""
