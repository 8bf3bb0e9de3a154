"""What the cells of one task say: its units by role, its deadlines."""

from __future__ import annotations

import re

from fazhi_tui.domain.model.measure import Role
from fazhi_tui.importer.clauses.find import find_convention, parse_clause
from fazhi_tui.importer.clauses.values import Clause, Convention, lead_by_order
from fazhi_tui.importer.clauses.vocabulary import LABEL, TIME_LABEL
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.headers import ROLES, Column
from fazhi_tui.importer.tables.rows import Row
from fazhi_tui.importer.text.source_map import MappedText

_LABELS = {Role.LEAD: "牵头单位", Role.PARTICIPANT: "参加单位", Role.RESPONSIBLE: "责任单位"}
_SAME = re.compile(r"(?:同上|〃|″|\"|-|—|/|无)?")
_BREAK = re.compile(r"(?<=[；：;:。，、,])\n|\n(?=[（(；，、,])")


def clause_of(row: Row, convention: Convention) -> Clause:
    """The units of a task.  A cell that says 牵头 or 配合 itself knows better than its column.

    Where a column's own words say so (责任单位，列第一位者为牵头单位), the first of its names leads.
    """
    texts: list[str] = []
    first_leads = convention.first_is_lead and not row.of(Column.LEAD)
    for cell in row.of(*ROLES):
        words = _BREAK.sub("", cell.text.text).strip("。；，、")
        if _SAME.fullmatch(words):
            continue
        if find_convention(cell.header).first_is_lead:
            first_leads = True
        if LABEL.match(words):
            texts.append(words.replace("\n", "；"))
            continue
        words = words.replace("\n", "、")
        texts.append(f"{_LABELS[ROLES[cell.column]]}：{words}")
    clause = parse_clause("；".join(texts)) if texts else Clause()
    return lead_by_order(clause) if first_leads else clause


def times_of(row: Row) -> list[str]:
    """The deadlines of a task, a sentence each, with the label that tells what they are."""
    found: list[str] = []
    for cell in row.texts(Column.TIME):
        words = cell.text.replace("\n", "，").strip("。")
        if not words or _SAME.fullmatch(words):
            continue
        found.append(words if TIME_LABEL.match(words) else f"完成时限：{words}")
    return found


def differing_units(where: str, text: Clause, listed: Clause, near: MappedText, ledger: Ledger) -> None:
    """Tell where a table lists other units for a measure than its text names."""
    said, named = text.names, listed.names
    parts = []
    if more := [name for name in dict.fromkeys(named) if name not in said]:
        parts.append(f"表中多出{'、'.join(more)}")
    if less := [name for name in dict.fromkeys(said) if name not in named]:
        parts.append(f"表中没有{'、'.join(less)}")
    if parts and named:
        ledger.doubt(f"{where}的单位，表与正文不同：{'，'.join(parts)}；按正文。", near)
