"""The one table of keys, made once a class from the ``keyed`` metadata of the model.

Reader, writer, editor, JSON Schema and ``--json`` walk over :func:`fields_of`; nothing here knows a
measure from a note.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import ModuleType
from typing import Any

from fazhi_tui.domain.model.former import UNSAID
from fazhi_tui.domain.model.measure import ITEM_ID, MEASURE_ID
from fazhi_tui.domain.model.note import Note

#: The kinds a value on disk may have.
SCALARS: dict[str, type] = {"str": str, "int": int, "bool": bool, "date": date, "datetime": datetime}


@dataclasses.dataclass(slots=True, eq=False, repr=False)
class Field:
    """One key of one kind of file.

    ``kind`` is ``str``, ``int``, ``bool``, ``date``, ``datetime``, ``enum`` or ``object``; ``cls`` is the
    enum or the dataclass of the last two.  ``many`` means a list of these, ``explicit`` that an empty
    value is written and means that there was none.
    """

    name: str
    key: str
    doc: str
    kind: str
    cls: Any
    many: bool
    optional: bool
    required: bool
    default: Any
    block: bool
    bare: bool
    explicit: bool
    schema: Mapping[str, Any]
    pattern: re.Pattern[str] | None

    @property
    def is_id(self) -> bool:
        """Whether this is a number of a measure or an item, which is always written in quotes."""
        return self.schema.get("pattern") in (MEASURE_ID, ITEM_ID)


_FIELDS: dict[type, tuple[Field, ...]] = {}
_KEYS: dict[type, dict[str, Field]] = {}
_LINES: dict[type, tuple[tuple[str, str], ...]] = {}


def fields_of(cls: type) -> tuple[Field, ...]:
    """The keys of a dataclass in the order in which they are written; fields without a key are left out."""
    if cls not in _FIELDS:
        homes = [sys.modules[base.__module__] for base in cls.__mro__]
        _FIELDS[cls] = tuple(
            _field(declared, homes) for declared in dataclasses.fields(cls) if "key" in declared.metadata
        )
    return _FIELDS[cls]


def keys_of(cls: type) -> Mapping[str, Field]:
    """The same by their Chinese key."""
    if cls not in _KEYS:
        _KEYS[cls] = {declared.key: declared for declared in fields_of(cls)}
    return _KEYS[cls]


def line_fields_of(cls: type) -> tuple[tuple[str, str], ...]:
    """The fields of a dataclass that take a line: (name, key of the value or "" for the mapping)."""
    if cls not in _LINES:
        _LINES[cls] = tuple(
            (declared.name, declared.metadata["line_of"])
            for declared in dataclasses.fields(cls)
            if "line_of" in declared.metadata
        )
    return _LINES[cls]


def _field(declared: dataclasses.Field[Any], homes: Sequence[ModuleType]) -> Field:
    # The model's annotations are strings of a few fixed shapes; reading them here costs microseconds,
    # `typing.get_type_hints` a millisecond at every start.
    written = str(declared.type)
    optional = written.endswith(" | None")
    written = written.removesuffix(" | None")
    many = written.startswith("tuple[")
    base = written.removeprefix("tuple[").removesuffix(", ...]") if many else written
    cls: Any = SCALARS.get(base) or next(getattr(home, base) for home in homes if hasattr(home, base))
    kind = base if base in SCALARS else "enum" if issubclass(cls, StrEnum) else "object"
    schema = declared.metadata["schema"]
    pattern = schema.get("pattern")
    return Field(
        name=declared.name,
        key=declared.metadata["key"],
        doc=declared.metadata["doc"],
        kind=kind,
        cls=cls,
        many=many,
        optional=optional,
        required=declared.default is dataclasses.MISSING,
        default=None if declared.default is dataclasses.MISSING else declared.default,
        block=declared.metadata["block"],
        bare=declared.metadata["bare"],
        explicit=declared.metadata["explicit"],
        schema=schema,
        pattern=re.compile(pattern) if pattern else None,
    )


def written_values(value: Any) -> list[tuple[Field, Any]]:
    """What of a dataclass is written to disk: its keys in order, empties and defaults left out."""
    pairs = ((field, getattr(value, field.name)) for field in fields_of(type(value)))
    return [(field, content) for field, content in pairs if field.required or content != field.default]


def to_json(value: Any) -> dict[str, Any]:
    """A dataclass of the model under the Chinese keys of its files, for ``--json``.

    Lists and flags are always there; what is not known (None) is left out.  Dates and times are ISO
    8601 texts.  A note has its body under 正文 and its file under 文件.
    """
    result = {
        field.key: json_value(content)
        for field in fields_of(type(value))
        if (content := getattr(value, field.name)) is not (UNSAID if field.explicit else None)
    }
    if isinstance(value, Note):
        result["正文"] = value.body
        result["文件"] = value.path
    return result


def json_value(value: Any) -> Any:
    """A value of the model as ``--json`` has it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [json_value(part) for part in value]
    if dataclasses.is_dataclass(value):
        return to_json(value)
    return value
