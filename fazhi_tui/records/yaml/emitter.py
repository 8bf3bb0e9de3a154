"""Writing: the canonical YAML of the plan's files, and single values for the editor.

The shape is so small (keys, lists, texts, dates) that it is laid out here directly: ruamel.yaml's
emitter folds, re-quotes and cannot be told which texts are literal blocks.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.saved_view import ViewRegister
from fazhi_tui.domain.model.template import TemplateRegister
from fazhi_tui.domain.model.unit import UnitRegister
from fazhi_tui.records.fields import Field, written_values

#: The schema that an editor's YAML server takes for each kind of file, relative to ``plan/``.
SCHEMA_FILES = {
    Measure: "schema/measure.schema.json",
    Plan: "schema/plan.schema.json",
    UnitRegister: "schema/units.schema.json",
    ViewRegister: "schema/views.schema.json",
    TemplateRegister: "schema/templates.schema.json",
}

#: What YAML 1.1 or 1.2 takes for something else than a text when it stands without quotes.
_AMBIGUOUS = re.compile(
    r"""(?: ~ | null | true | false | yes | no | on | off | y | n | = | <<
      | [-+]?[0-9][0-9_,]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?
      | [-+]?\.[0-9_]+(?:e[-+]?[0-9]+)?
      | [-+]?0[xob][0-9a-f_]+
      | [-+]?\.inf | \.nan
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t\s].*)?
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
#: A text that needs no quotes: no indicator at its head, no `: ` or ` #` inside, no blank at its ends.
_PLAIN = re.compile(r"(?![-?:](?:\s|$))(?!---|\.\.\.)[^\s,\[\]{}#&*!|>'\"%@`](?:.*\S)?")
_COLON_OR_HASH = re.compile(r":(?:\s|$)|\s#")
#: Line breaks of every kind, controls, byte-order marks and what turns the direction of writing: never raw.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
#: What a literal block cannot hold: libyaml takes NEL, LS and PS for line breaks, and refuses controls.
_NOT_LITERAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def dump(value: Measure | Plan | UnitRegister | ViewRegister | TemplateRegister) -> str:
    """The canonical text of a plan's file: the model's key order, empties and defaults left out.

    Numbers of measures and items are in double quotes, lists are indented by two, 正文, 总体要求 and
    结语 are literal blocks; the first line names the JSON Schema for editors.  The line break at the
    end of a literal block is not part of the text: ``text="甲。\\n乙。"`` gives two lines under ``|``.
    """
    header = f"# yaml-language-server: $schema={SCHEMA_FILES[type(value)]}"
    return "\n".join([header, *mapping_lines(value, 0)]) + "\n"


def mapping_lines(value: Any, indent: int) -> list[str]:
    """The lines of a dataclass as a block mapping, each indented by ``indent``."""
    return [
        line
        for field, content in written_values(value)
        for line in key_lines(field.key, content, indent, field)
    ]


def key_lines(key: str, content: Any, indent: int, field: Field | None = None) -> list[str]:
    """The lines of one key and its value: a scalar, a list or a dataclass."""
    pad = " " * indent
    head = f"{pad}{scalar(key)}:"
    if isinstance(content, tuple | list):
        lines = [line for part in content for line in element_lines(part, indent + 2, field)]
        return [head, *lines] if lines else [f"{head} []"]
    if is_object(content):
        inner = mapping_lines(content, indent + 2)
        return [head, *inner] if inner else [f"{head} {{}}"]
    if field is not None and field.block and isinstance(content, str):
        block = literal(content + "\n", indent + 2)
        if block:
            return [f"{head} {block[0]}", *block[1:]]
    return [f"{head} {scalar(content, quoted=field is not None and field.is_id)}"]


def element_lines(content: Any, indent: int, field: Field | None = None) -> list[str]:
    """The lines of one element of a list, its dash at ``indent``."""
    pad = " " * indent
    if is_object(content):
        inner = mapping_lines(content, indent + 2)
        if not inner:
            return [f"{pad}- {{}}"]
        return [f"{pad}- {inner[0][indent + 2 :]}", *inner[1:]]
    return [f"{pad}- {scalar(content, quoted=field is not None and field.is_id)}"]


def is_object(value: Any) -> bool:
    """Whether a value is written as a mapping."""
    return hasattr(type(value), "__dataclass_fields__")


def scalar(value: Any, *, quoted: bool = False) -> str:
    """One value on one line; a text is quoted where it has to be, or where asked."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return text if not quoted and is_plain(text) else double_quoted(text)


def is_plain(text: str) -> bool:
    """Whether a text may stand without quotes and stay the same text for every YAML reader."""
    return bool(
        _PLAIN.fullmatch(text)
        and not _COLON_OR_HASH.search(text)
        and not _UNSEEN.search(text)
        and not _AMBIGUOUS.fullmatch(text)
    )


def double_quoted(text: str) -> str:
    """A text in double quotes, with everything that cannot be seen written as an escape."""
    quoted = json.dumps(text, ensure_ascii=False)
    codes = "\\u{:04x}", "\\U{:08x}"
    return _UNSEEN.sub(lambda found: codes[found.group() > "\uffff"].format(ord(found.group())), quoted)


def single_quoted(text: str) -> str | None:
    """A text in single quotes, or None where it would not come back as it was."""
    if _UNSEEN.search(text):
        return None
    return "'" + text.replace("'", "''") + "'"


def literal(text: str, indent: int, step: int = 2) -> list[str] | None:
    """The lines of a literal block: the indicator (``|``), then the content indented by ``indent``.

    ``step`` is by how much that is deeper than the key.  None where a literal block cannot hold the text.
    """
    if not text.strip() or _NOT_LITERAL.search(text):
        return None
    body = text.split("\n")
    if text.endswith("\n"):
        chomp = "+" if text.endswith("\n\n") else ""
        body.pop()
    else:
        chomp = "-"
        if not body[-1].strip(" "):
            return None
    hint = str(step) if text[0] in " \t\n" else ""
    pad = " " * indent
    return [f"|{hint}{chomp}", *(pad + line if line else "" for line in body)]
