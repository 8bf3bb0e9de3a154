"""What a unit clause says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fazhi_tui.domain.model.measure import Role


@dataclass(frozen=True, slots=True)
class RoleUnits:
    """The units of one role in the document's order; where 按职责分工 and 等部门 are said."""

    role: Role
    units: tuple[str, ...]
    by_duties: bool = False
    open_after: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Everything one unit clause says.

    ``printed`` maps a name that got a prefix said once for several (省商务厅) to what is printed (商务厅).
    ``time`` are the words of a deadline that stands among the units.
    """

    roles: tuple[RoleUnits, ...] = field(default=())
    printed: Mapping[str, str] = field(default_factory=dict)
    time: str = ""

    def units(self, role: Role) -> tuple[str, ...]:
        """The names in one role, each once, in the document's order."""
        return tuple(dict.fromkeys(n for part in self.roles if part.role is role for n in part.units))

    @property
    def by_duties(self) -> bool:
        """Whether 按职责分工 is said anywhere in the clause."""
        return any(part.by_duties for part in self.roles)

    @property
    def open_list(self) -> bool:
        """Whether 等部门 is said anywhere in the clause."""
        return any(part.open_after is not None for part in self.roles)


@dataclass(frozen=True, slots=True)
class Convention:
    """What a document says once and means from then on: 列第一位者为牵头单位，下同."""

    first_is_lead: bool = False


@dataclass(frozen=True, slots=True)
class FoundClause:
    """One clause in a text: its stretch, what it says, and what is doubtful about it."""

    start: int
    stop: int
    clause: Clause
    doubts: tuple[str, ...] = ()


def renamed(clause: Clause, names: Mapping[str, str]) -> Clause:
    """The clause with other names for some of its units; what stood there stays in ``printed``."""
    if not any(name in names for part in clause.roles for name in part.units):
        return clause
    printed = dict(clause.printed)
    roles: list[RoleUnits] = []
    for part in clause.roles:
        units = tuple(names.get(name, name) for name in part.units)
        printed |= {names[name]: name for name in part.units if name in names}
        after = part.open_after
        roles.append(
            RoleUnits(part.role, units, part.by_duties, after if after is None else names.get(after, after))
        )
    return Clause(tuple(roles), printed, clause.time)


def lead_by_order(clause: Clause) -> Clause:
    """The first of the 责任单位 as 牵头单位, where the document says so once for all."""
    if not clause.roles or any(part.role is Role.LEAD for part in clause.roles):
        return clause
    first = clause.roles[0]
    rest = RoleUnits(first.role, first.units[1:], first.by_duties, first.open_after)
    lead = RoleUnits(Role.LEAD, first.units[:1])
    return Clause((lead, *([rest] if rest.units else []), *clause.roles[1:]), clause.printed, clause.time)


NO_CONVENTION = Convention()
"""A document that says nothing once for all."""
