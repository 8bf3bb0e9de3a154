"""Units over time: every name that one ever had, who took over from whom, and what was handed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from fazhi_tui.domain.dated import changed_from, stretches, value_on
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.unit import Unit, UnitName
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.unit_index import UnitIndex

D = TypeVar("D", bound=Any)

#: The fields of a measure that name units.
DUTIES = ("leads", "participants", "responsible")


def names_of(unit: Unit) -> tuple[UnitName, ...]:
    """Every name that a unit ever had, each with its reading, in order of time."""
    names = (
        UnitName(stretch.value, value_on(unit, "pinyin", stretch.end or date.max))
        for stretch in stretches(unit, "name")
    )
    return tuple(dict.fromkeys(names))


def other_names(units: Iterable[Unit]) -> dict[str, tuple[UnitName, ...]]:
    """The names that each unit had besides its last, by that one; only those with any."""
    return {
        unit.name: tuple(name for name in names_of(unit) if name.name != unit.name)
        for unit in units
        if unit.history
    }


def lasting_index(
    units: Sequence[Unit], others: Mapping[str, Sequence[UnitName]] | None = None, also: Iterable[str] = ()
) -> UnitIndex:
    """An index that finds each unit by every name that it ever had, whatever day it is."""
    return UnitIndex(units, also, {**other_names(units), **(others or {})})


def predecessors(units: Iterable[Unit], name: str) -> tuple[str, ...]:
    """The abolished units whose duties a unit has taken over, and theirs in turn; nearest first."""
    known = tuple(units)
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        spellings = _spellings(known, waiting.pop(0))
        for unit in known:
            inherits = unit.abolished is not None and any(
                fold_text(heir) in spellings for heir in unit.successors
            )
            if inherits and unit.name not in found and unit.name != name:
                found[unit.name] = None
                waiting.append(unit.name)
    return tuple(found)


def _spellings(units: Sequence[Unit], name: str) -> set[str]:
    """Every folded name and alias of the unit that is known by ``name``, which is one of them anyway."""
    wanted = fold_text(name)
    for unit in units:
        spellings = {fold_text(other.name) for other in names_of(unit)} | set(map(fold_text, unit.aliases))
        if wanted in spellings:
            return spellings
    return {wanted}


def is_abolished(unit: Unit, day: date) -> bool:
    """Whether there is no such unit any more on a day."""
    return unit.abolished is not None and unit.abolished <= day


def abolition(unit: Unit) -> str:
    """``已撤销（2025-01-01），由市委金融办承接``; empty where the unit is not abolished."""
    if unit.abolished is None:
        return ""
    heirs = f"，由{'、'.join(unit.successors)}承接" if unit.successors else ""
    return f"已撤销（{unit.abolished}）{heirs}"


def past_of(unit: Unit) -> str:
    """What became of a unit, what it was called before and since when there is one, for a list.

    ``已撤销（2025-01-01），由市委金融办承接；市金融办 至 2024-12-31``; empty where nothing is to tell.
    """
    before = [
        f"{stretch.value} 至 {stretch.end}" for stretch in stretches(unit, "name") if stretch.end is not None
    ]
    founded = f"自 {unit.founded} 设立" if unit.founded is not None else ""
    return "；".join(filter(None, (abolition(unit), *reversed(before), founded)))


def handed_over(names: Sequence[str], gone: Iterable[str], heirs: Sequence[str]) -> tuple[str, ...]:
    """A list of names with the heirs in the place of those who are gone, each name once."""
    leaving = set(gone)
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(heirs if name in leaving else (name,)))
    return tuple(found)


def inherited(dated: D, fields: Sequence[str], units: Iterable[Unit]) -> D:
    """Something that names units, as of a day: an abolished one's place is its successors'.

    What the last value was until then is kept in the 沿革, so that an earlier day still has it.  ``units``
    are the abolished ones with successors, in order of 撤销.
    """
    for unit in units:
        for field in fields:
            names = getattr(dated, field)
            if unit.name not in names or unit.abolished is None:
                continue
            after = handed_over(names, (unit.name,), unit.successors)
            since = stretches(dated, field)[-1].start
            if since is None or since < unit.abolished:
                dated = changed_from(dated, field, after, unit.abolished)
            else:
                dated = replace(dated, **{field: after})
    return dated


def with_duties_of(
    measure: Measure, gone: Sequence[str], heirs: Sequence[str], day: date, reason: str, index: UnitIndex
) -> Measure:
    """A measure whose duties of ``gone`` are the heirs' from a day on, in the same roles and places.

    ``gone`` are canonical names by ``index``.  A heir that leads now does not take part besides.
    """
    changed = measure
    for field in DUTIES:
        changed = given_over(changed, field, gone, heirs, day, reason, index)
    if changed.leads != measure.leads and heirs:
        leading = {index.canonical(name) for name in changed.leads} & set(map(index.canonical, heirs))
        changed = given_over(changed, "participants", tuple(leading), (), day, reason, index)
    return changed


def given_over(
    dated: D, field: str, gone: Sequence[str], heirs: Sequence[str], day: date, reason: str, index: UnitIndex
) -> D:
    """The same with the heirs in the place of ``gone`` in every value that holds on a day or later."""
    later = [
        stretch.start
        for stretch in stretches(dated, field)
        if stretch.start is not None and stretch.start > day
    ]
    for start in (day, *later):
        held = value_on(dated, field, start)
        leaving = {name for name in held if index.canonical(name) in gone}
        # A heir that is named already under another of its names stays where it is.
        known = {index.canonical(name) for name in held}
        coming = tuple(name for name in heirs if name in held or index.canonical(name) not in known)
        after = handed_over(held, leaving, coming)
        dated = changed_from(dated, field, after, start, reason)
    return dated
