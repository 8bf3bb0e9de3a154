"""The manual with its tables of keys put in from the table of actions; pure.

A page says ``{keys:form}`` for all keys of a place, ``{keys:main/查找}`` for one group of them, ``{fields}``
for the fields of the filter language and ``{moving}`` for the keys that move about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fazhi_tui.query import FIELDS
from fazhi_tui.tui.actions import MOVING, Command
from fazhi_tui.tui.words import key_name

_ASKED = re.compile(r"^\{(keys|fields|moving)(?::([a-z]+)(?:/([^}]+))?)?\}$", re.MULTILINE)
#: Pictures are for the manual in docs/ alone.
_PICTURE = re.compile(r"^!\[[^]]*\]\([^)]*\)\n+", re.MULTILINE)


def filled(page: str, places: Mapping[str, tuple[Command, ...]]) -> str:
    """A page with its tables, with the keys as they are in ``places``."""

    def table(asked: re.Match[str]) -> str:
        what, place, group = asked.groups()
        if what == "fields":
            rows = [
                (" ".join(dict.fromkeys((f"`{f.name}`", f"`{f.key}`"))), f"{f.help}，如 `{f.example}`")
                for f in FIELDS.values()
            ]
            return _table(("字段", "含义"), rows)
        if what == "moving":
            return _table(("键", "做什么"), MOVING)
        commands = [one for one in places[place or "main"] if group is None or one.group == group]
        return _table(("键", "操作", "做什么"), [_row(command) for command in commands])

    return _ASKED.sub(table, page)


def _row(command: Command) -> tuple[str, ...]:
    keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
    return keys, command.name, command.help.rstrip("。")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def without_pictures(page: str) -> str:
    """A page as a terminal shows it."""
    return _PICTURE.sub("", page)
