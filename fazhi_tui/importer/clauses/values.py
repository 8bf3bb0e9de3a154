"""What a unit clause says, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

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

    @property
    def names(self) -> list[str]:
        """Every name in the document's order, as often as it is named."""
        return [name for part in self.roles for name in part.units]

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

    def remarks(self) -> list[str]:
        """The 校勘 on where 等部门 and 按职责分工 stand, if that is not simply the end of the clause."""
        remarks = []
        for part in self.roles:
            is_last = part is self.roles[-1]
            if part.open_after is not None and not (is_last and part.open_after == part.units[-1]):
                remarks.append(f"「等部门」在原文{part.role}单位的{part.open_after}之后。")
            if part.by_duties and not is_last:
                remarks.append(f"「按职责分工负责」在原文{part.role}单位之后。")
        return remarks


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


def merged(clauses: Sequence[Clause]) -> Clause:
    """Everything that several clauses say, as one."""
    return Clause(
        tuple(part for clause in clauses for part in clause.roles),
        {full: short for clause in clauses for full, short in clause.printed.items()},
        "，".join(clause.time for clause in clauses if clause.time),
    )


def renamed(clause: Clause, names: Mapping[str, str]) -> Clause:
    """The clause with other names for some of its units; what stood there stays in ``printed``."""
    if not any(name in names for name in clause.names):
        return clause
    roles = tuple(
        replace(
            part,
            units=tuple(names.get(name, name) for name in part.units),
            open_after=names.get(part.open_after or "", part.open_after),
        )
        for part in clause.roles
    )
    changed = {names[name]: name for name in clause.names if name in names}
    return replace(clause, roles=roles, printed={**clause.printed, **changed})


def lead_by_order(clause: Clause) -> Clause:
    """The first of the 责任单位 as 牵头单位, where the document says so once for all."""
    if not clause.roles or any(part.role is Role.LEAD for part in clause.roles):
        return clause
    first, *others = clause.roles
    rest = [replace(first, units=first.units[1:])] if first.units[1:] else []
    return replace(clause, roles=(RoleUnits(Role.LEAD, first.units[:1]), *rest, *others))


NO_CONVENTION = Convention()
"""A document that says nothing once for all."""
