"""The register of units: each body once, in order of first appearance, then the collectives."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_tui.domain.model.unit import Unit, UnitKind, UnitRegister
from fazhi_tui.domain.text.pinyin import pinyin_of
from fazhi_tui.importer.corrections.model import Corrections

COLLECTIVE_WORDS = ("各", "其他", "有关", "相关")
"""A name that holds one of these outside brackets means several bodies, not one."""

_BRACKETED = re.compile(r"（[^（）]*）")


def kind_of(name: str) -> UnitKind:
    """集合 for names such as 市政府各委办局 and 市直有关部门, 单位 for all others."""
    plain = _BRACKETED.sub("", name)
    if any(word in plain for word in COLLECTIVE_WORDS):
        return UnitKind.COLLECTIVE
    return UnitKind.BODY


def build_register(
    corrections: Corrections, names: Iterable[str], printed: Iterable[tuple[str, str]] = ()
) -> UnitRegister:
    """The register for the names of all clauses, in the order in which they are met.

    ``printed`` pairs names with what is printed for them (省商务厅, 商务厅): an alias
    where it means one unit alone.

    Raises CorrectionError for an entry about a name that the document does not have, for an alias of two
    units, and for a reading that the table gives otherwise than the entry says.
    """
    seen = dict.fromkeys(names)
    aliases = _aliases(corrections, seen)
    taken = {name for owner, listed in aliases.items() for name in (owner, *listed)}
    owners: dict[str, set[str]] = {}
    for full, short in printed:
        owners.setdefault(short, set()).add(full)
    for short, fulls in owners.items():
        full = next(iter(fulls))
        # A short form that stands for two names is the alias of neither.
        if len(fulls) == 1 and full in seen and short not in seen and not {full, short} & taken:
            aliases[full] = (*aliases.get(full, ()), short)
    members = _members(corrections, seen)
    pronunciations = {entry.name: entry for entry in corrections.units.pronunciations}
    alias_names = {alias for listed in aliases.values() for alias in listed}
    units = [name for name in seen if name not in alias_names]
    units += [name for listed in members.values() for name in listed if name not in alias_names]
    built: list[Unit] = []
    for name in dict.fromkeys(units):
        pinyin = pinyin_of(name)
        if entry := pronunciations.pop(name, None):
            if entry.machine != pinyin:
                message = f"“{name}”的机器读音是“{pinyin}”，与“原”不符。"
                raise corrections.error(entry.line, message, "改正“原”，或删去这一条。")
            pinyin = entry.pinyin
        built.append(Unit(name, aliases.get(name, ()), kind_of(name), pinyin, members.get(name, ())))
    for entry in pronunciations.values():
        raise corrections.error(entry.line, f"方案里没有“{entry.name}”。", "改正“名称”。")
    return UnitRegister(tuple(sorted(built, key=lambda unit: unit.kind is UnitKind.COLLECTIVE)))


def _aliases(corrections: Corrections, seen: dict[str, None]) -> dict[str, tuple[str, ...]]:
    owner: dict[str, str] = {}
    for entry in corrections.units.same:
        for name in (entry.name, *entry.aliases):
            if name not in seen:
                raise corrections.error(entry.line, f"方案里没有“{name}”。", "改正写法，或删去。")
        for alias in entry.aliases:
            if alias in owner or alias == entry.name:
                message = f"“{alias}”已是“{owner.get(alias, entry.name)}”的写法。"
                raise corrections.error(entry.line, message, "一种写法只归一个单位。")
            owner[alias] = entry.name
    return {entry.name: entry.aliases for entry in corrections.units.same}


def _members(corrections: Corrections, seen: dict[str, None]) -> dict[str, tuple[str, ...]]:
    for entry in corrections.units.memberships:
        if entry.name not in seen:
            raise corrections.error(entry.line, f"方案里没有“{entry.name}”。", "改正“名称”。")
        if kind_of(entry.name) is not UnitKind.COLLECTIVE:
            raise corrections.error(entry.line, f"“{entry.name}”不是集合，不能有成员。", "删去这一条。")
    return {entry.name: entry.members for entry in corrections.units.memberships}
