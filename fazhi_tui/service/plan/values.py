"""Values typed for a key of the plan's files: understood by the rules of its field before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from fazhi_tui.domain.dated import stretches, value_on
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.records.convert import CONVERTERS, nearest, out_of_bounds
from fazhi_tui.records.fields import Field, fields_of
from fazhi_tui.records.yaml.editor import KeyPath, edit
from fazhi_tui.records.yaml.parser import Node

_PARTING = re.compile("[、，,]")
_FLAGS = {"是": "true", "否": "false"}


def typed_value(field: Field, key: str, text: str) -> Any:
    """What was typed for a field, as the field has it; a list is parted by 、 or ，.  Empty: as if absent.

    Raises :class:`UsageError` where it does not fit.
    """
    text = text.strip()
    if not text:
        if field.required:
            raise UsageError(f"{key} 不能为空", field.doc)
        return field.default
    if field.many:
        parts = (part.strip() for part in _PARTING.split(text))
        return tuple(dict.fromkeys(_single(field, key, part) for part in parts if part))
    return _single(field, key, text)


def _single(field: Field, key: str, text: str) -> Any:
    if field.kind == "str":
        value, fault = text.replace("\\n", "\n"), None
    else:
        text = _FLAGS.get(text, text) if field.kind == "bool" else text
        node = Node("scalar", text, "", 1, 1, 0, len(text))
        value, fault = CONVERTERS[field.kind](node, field)
    fault = fault or out_of_bounds(value, field)
    if fault is not None:
        raise UsageError(f"{key} 的值「{one_line(text, 30)}」不对：{one_line(fault[1])}", one_line(fault[2]))
    return value


def known_units(units: Sequence[Unit], names: Iterable[str], day: date) -> tuple[str, ...]:
    """Units as somebody typed them, by a name of any day or an alias, as the register names them now.

    A name that a unit bears on the day is that unit's, whoever bore it before.  Raises :class:`UsageError`,
    with near names, for a unit that is unknown, not yet founded or abolished on the day.
    """
    known: dict[str, Unit] = {}
    for each in units:
        former = (stretch.value for stretch in stretches(each, "name"))
        known.update({fold_text(name): each for name in (*former, *each.aliases)})
    known.update({fold_text(value_on(each, "name", day)): each for each in units})
    found: dict[str, None] = {}
    for name in names:
        if (unit := known.get(fold_text(name))) is None:
            near = UnitIndex(units).near(name)
            hint = f"相近的有：{'、'.join(near)}" if near else nearest(name, [each.name for each in units])
            hint = hint or "fazhi units 列出全部单位"
            raise UsageError(f"单位名录里没有「{one_line(name, 30)}」", f"{hint}；新设的单位先补进名录")
        if unit.founded is not None and day < unit.founded:
            raise UsageError(f"{one_line(name, 30)} {unit.founded} 才设立，{day} 还没有", "核对 --from")
        if unit.abolished is not None and unit.abolished <= day:
            heirs = f"，由 {'、'.join(unit.successors)} 承接" if unit.successors else ""
            raise UsageError(f"{one_line(name, 30)} 已于 {unit.abolished} 撤销{heirs}", "写承接的单位")
        found[unit.name] = None
    return tuple(found)


def rewritten(text: str, was: Any, now: Any, place: KeyPath = ()) -> str:
    """The text of a file with those keys changed in which two dataclasses differ; ``place`` is where they stand."""
    changes = {
        (*place, field.key): getattr(now, field.name)
        for field in fields_of(type(now))
        if getattr(now, field.name) != getattr(was, field.name)
    }
    return edit(text, changes)
