"""The coordinating office: by what names its notes are known, and which units and notes are its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.unit import Unit, UnitName
from fazhi_tui.domain.text.folding import fold_text

_folded_name = lru_cache(maxsize=4096)(fold_text)

#: The folded names of the coordinating office, its aliases and its predecessors; None: nobody is known to be.
Office = frozenset[str] | None


def office_of(
    plan: Plan | None,
    units: Iterable[Unit] = (),
    others: Mapping[str, Sequence[UnitName]] = MappingProxyType({}),
) -> Office:
    """By what names the coordinating office's notes are known: its own, its aliases, its predecessors'.

    ``others`` are the names that units bear on other days.
    None where the plan names none (or could not be read): then nobody's authority can be judged.
    """
    if plan is None or not plan.settings.coordinator:
        return None
    settings = plan.settings
    named = {_folded_name(name) for name in (settings.coordinator, *settings.former_coordinators)}
    named |= {_folded_name(entry.said.get("coordinator") or "") for entry in settings.history}
    for unit in units:
        known = (other.name for other in others.get(unit.name, ()))
        spellings = {_folded_name(name) for name in (unit.name, *unit.aliases, *known)}
        if not named.isdisjoint(spellings):
            named |= spellings
    return frozenset(named - {""})


def has_office(note: Note, office: Office) -> bool:
    """Whether a note is the coordinating office's; None cannot tell, and takes it so."""
    return office is None or _folded_name(note.unit) in office


def is_coordinator(unit: str, plan: Plan | None) -> bool:
    """Whether a unit (by its canonical name) is the coordinating office that the plan names."""
    if plan is None or not plan.settings.coordinator:
        return False
    return fold_text(unit) == fold_text(plan.settings.coordinator)
