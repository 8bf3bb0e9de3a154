"""Reading a note that is written the way the program writes it, without a YAML parser.

An audit reads every note there ever was and needs neither lines nor problems.  Whatever departs from the
plain form gives None, and the caller reads it properly: this never guesses.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from fazhi_tui.domain.model.note import Note
from fazhi_tui.records.fields import Field, keys_of
from fazhi_tui.records.yaml.emitter import is_plain

_LINE = re.compile(r"([\u4e00-\u9fff]+): (?:\"([^\"\\]*)\"|(.+))")
_ELEMENT = re.compile(r"  - (?:\"([^\"\\]*)\"|(.+))")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


def quick_note(text: str, path: str) -> Note | None:
    """The note of a file's text, or None where it is not in the plain form."""
    if not text.startswith("---\n"):
        return None
    end = text.find("\n---\n", 3)
    if end < 0:
        return None
    table = keys_of(Note)
    values: dict[str, Any] = {"body": text[end + 5 :], "path": path}
    many: Field | None = None
    for line in text[4:end].split("\n"):
        if line.startswith("  - "):
            element = _ELEMENT.fullmatch(line)
            if many is None or element is None:
                return None
            value = _converted(many, element[1], element[2])
            if value is None:
                return None
            values[many.name] = (*values[many.name], value)
            continue
        field = table.get(line.partition(":")[0])
        if field is None or field.name in values:
            return None
        if field.many:
            if line != f"{field.key}:":
                return None
            many, values[field.name] = field, ()
            continue
        many = None
        found = _LINE.fullmatch(line)
        value = _converted(field, found[2], found[3]) if found else None
        if value is None:
            return None
        values[field.name] = value
    try:
        return Note(**values)
    except TypeError:
        # A required key is missing.
        return None


def _converted(field: Field, quoted: str | None, plain: str | None) -> Any:
    """A value of the model, or None where it is not certain what YAML would make of it."""
    text = quoted if plain is None else plain
    assert text is not None
    if field.kind == "str":
        if not text.isprintable() or (plain is not None and not is_plain(text)):
            return None
        if field.pattern is not None and not field.pattern.fullmatch(text):
            return None
        return text if len(text) >= field.schema.get("minLength", 0) else None
    if quoted is not None:
        return None
    try:
        if field.kind == "enum":
            return field.cls(text)
        if field.kind == "int" and _NUMBER.fullmatch(text):
            number = int(text)
            low, high = field.schema.get("minimum", number), field.schema.get("maximum", number)
            return number if low <= number <= high else None
        if field.kind == "date" and _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if field.kind == "datetime" and _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        return None
    return None
