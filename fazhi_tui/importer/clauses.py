"""Unit clauses: （牵头单位：甲、乙；参加单位：丙，各县（市、区）人民政府按职责分工负责）.

The words are data: a new label, a new tail or a new sign for an open list is one entry in a table and
one test.  Brackets inside names hold signs that part nothing: they are skipped by counting brackets.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fazhi_tui.importer.sentences import split_outside
from fazhi_tui.model import Role

LABELS: Mapping[str, Role] = {
    "牵头单位": Role.LEAD,
    "参加单位": Role.PARTICIPANT,
    "责任单位": Role.RESPONSIBLE,
}
"""What stands before ``：`` and names the role of what follows."""

DUTIES = ("按照职责分工负责", "按职责分工负责", "按照职责分工", "按职责分工")
"""Tails that say 按职责分工; a longer one stands before the shorter one it begins with."""

OPEN_LIST = ("等部门", "等单位")
"""Tails of a name that say the list is not closed."""

_ROLE_ENDS = "；;。"
_SEPARATORS = "、，,"


@dataclass(frozen=True, slots=True)
class RoleUnits:
    """The units of one role in the document's order; where 按职责分工 and 等部门 are said."""

    role: Role
    units: tuple[str, ...]
    by_duties: bool = False
    open_after: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Everything one unit clause says."""

    roles: tuple[RoleUnits, ...] = field(default=())

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


def find_clause(text: str) -> tuple[int, int] | None:
    """Where the unit clause of a measure stands: from its first label, or the bracket around it, on.

    A bracketed clause ends with its bracket; a bare one, as where the brackets were lost, at the end of
    its line.  None where there is no label.
    """
    starts = [at for label in LABELS if (at := text.find(f"{label}：")) >= 0]
    if not starts:
        return None
    start = min(starts)
    line_end = text.find("\n", start)
    stop = len(text) if line_end < 0 else line_end
    if start and text[start - 1] == "（":
        start -= 1
        depth = 0
        for index in range(start, stop):
            depth += {"（": 1, "）": -1}.get(text[index], 0)
            if depth == 0:
                return start, index + 1
    return start, stop


def parse_clause(text: str) -> Clause:
    """What a clause says; names keep their printed form.

    A part without a label belongs to the role before it.  Nothing is raised: a clause that says nothing
    gives no roles.
    """
    inner = text.strip()
    if inner.startswith("（") and inner.endswith("）"):
        inner = inner[1:-1]
    roles: list[RoleUnits] = []
    for start, stop in split_outside(inner, _ROLE_ENDS):
        label, sign, names = inner[start:stop].partition("：")
        role = LABELS.get(label) if sign else None
        if role is None:
            names = inner[start:stop]
            role = roles[-1].role if roles else None
        if role is not None and names:
            roles.append(_parse_names(role, names))
    return Clause(tuple(roles))


def _parse_names(role: Role, names: str) -> RoleUnits:
    names, by_duties = _without_tail(names, DUTIES)
    units: list[str] = []
    open_after: str | None = None
    for start, stop in split_outside(names, _SEPARATORS):
        name, is_open = _without_tail(names[start:stop], OPEN_LIST)
        if not name:
            continue
        units.append(name)
        if is_open:
            open_after = name
    return RoleUnits(role, tuple(units), by_duties, open_after)


def _without_tail(text: str, tails: tuple[str, ...]) -> tuple[str, bool]:
    for tail in tails:
        if text.endswith(tail):
            return text.removesuffix(tail), True
    return text, False


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


_FIRST_IS_LEAD = re.compile(
    r"(?:列|排)(?:在)?(?:第一位|首位|第一)(?:者|的)?(?:单位|部门)?为牵头(?:单位|部门)"
)


def find_convention(text: str) -> Convention:
    """What the whole document says of the roles of its units."""
    return Convention(first_is_lead=bool(_FIRST_IS_LEAD.search(text)))


def _first_leads(clause: Clause) -> Clause:
    """The first of the 责任单位 as 牵头单位, where the document says so once for all."""
    if any(part.role is not Role.RESPONSIBLE for part in clause.roles) or not clause.roles:
        return clause
    first = clause.roles[0]
    rest = dataclasses.replace(first, units=first.units[1:])
    return Clause((RoleUnits(Role.LEAD, first.units[:1]), *([rest] if rest.units else []), *clause.roles[1:]))


def find_clauses(text: str, convention: Convention = Convention()) -> tuple[FoundClause, ...]:
    """Every unit clause of one measure's body, in order."""
    found: list[FoundClause] = []
    at = 0
    while (place := find_clause(text[at:])) is not None:
        start, stop = at + place[0], at + place[1]
        clause = parse_clause(text[start:stop])
        found.append(FoundClause(start, stop, _first_leads(clause) if convention.first_is_lead else clause))
        at = stop
    return tuple(found)
