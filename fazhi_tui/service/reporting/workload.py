"""How much each unit has to do: the figures beside every list of units."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fazhi_tui.domain.model.measure import Role
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.service.view import View


@dataclass(frozen=True)
class UnitLoad:
    """One unit and the number of measures that name it, by role and in any role (each measure once)."""

    unit: Unit
    lead: int
    participant: int
    responsible: int
    total: int


def unit_loads(view: View, text: str = "") -> tuple[UnitLoad, ...]:
    """The units that ``text`` finds, best first; with no text all of them, those with most to lead first.

    A collective counts where the document names the collective itself; its members get nothing by it
    unless the view counts them.
    """
    counts: dict[Role | None, Counter[str]] = {role: Counter() for role in (*Role, None)}
    for row in view.rows:
        for role, counter in counts.items():
            counter.update(view.units_of(row.measure, role))
    loads = [
        UnitLoad(
            unit,
            lead=counts[Role.LEAD][unit.name],
            participant=counts[Role.PARTICIPANT][unit.name],
            responsible=counts[Role.RESPONSIBLE][unit.name],
            total=counts[None][unit.name],
        )
        for unit in view.index.search(text)
    ]
    if not text.strip():
        loads.sort(key=lambda load: (-load.lead, -load.total))
    return tuple(loads)
