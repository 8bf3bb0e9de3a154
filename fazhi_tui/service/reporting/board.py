"""The board (看板): measures by status, and to which status each may be moved by whom; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.workflow.kinds import RULES, allowed_kinds, allowed_statuses
from fazhi_tui.service.view import View

#: From left to right, as the columns stand.
ORDER: tuple[Status, ...] = tuple(Status)
_NO_WAY_ON = (NoteKind.CORRECTION, NoteKind.SETTLEMENT)


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """The measures of one status, in the order they came in."""

    status: Status
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A change of status that is allowed, and the kind of note that makes it."""

    status: Status
    kind: NoteKind


def board_of(rows: Sequence[Row]) -> tuple[BoardColumn, ...]:
    """One column a status, the empty ones too; every row is in exactly one of them."""
    return tuple(
        BoardColumn(status, tuple(row for row in rows if row.state.status is status)) for status in ORDER
    )


def moves_from(before: Status, *, is_coordinator: bool) -> tuple[Move, ...]:
    """Every other status that a report may lead to from ``before``, in the order of the columns.

    Each has the first kind of the workflow's table that leads there.  更正 and 协调 are none of them: they
    need a note to correct or a disagreement, and neither is the way to move a measure on.
    """
    moves: dict[Status, Move] = {}
    for kind in allowed_kinds(before, is_coordinator=is_coordinator):
        if kind in _NO_WAY_ON or not RULES[kind].changes_status:
            continue
        for status in allowed_statuses(kind, before, is_coordinator=is_coordinator):
            if status is not before:
                moves.setdefault(status, Move(status, kind))
    return tuple(moves[status] for status in ORDER if status in moves)


def moves_of(view: View, row: Row, unit: str) -> tuple[Move, ...]:
    """Where ``unit`` (empty: not known who) may move a measure now; nowhere while the past is shown."""
    if view.past is not None:
        return ()
    return moves_from(row.state.status, is_coordinator=view.is_coordinator(unit))


def stops_of(moves: Sequence[Move], before: Status) -> tuple[Move | None, ...]:
    """Where a card may stand, from left to right: each of ``moves``, and its own column (None)."""
    by_status = {move.status: move for move in moves}
    return tuple(by_status.get(status) for status in ORDER if status is before or status in by_status)


def why_not(view: View, row: Row, unit: str, after: Status | None = None) -> str:
    """Why a measure cannot be moved to ``after`` (None: any farther in some direction), in Chinese."""
    if view.past is not None:
        return f"正在查看 {view.past.asked} 的情形，只供查看"
    before = row.state.status
    moves = moves_of(view, row, unit)
    own = {move.status for move in moves}
    said = f"不能由{before}改为{after}" if after else f"这一边没有{before}可以改成的状态"
    office = moves_from(before, is_coordinator=True)
    reserved = [move for move in office if move.status not in own and after in (None, move.status)]
    if reserved:
        ways = "、".join(f"{move.kind}改为{move.status}" for move in reserved)
        said += f"；{ways}由统筹单位作出"
    if moves:
        said += "；现在可以改为" + "、".join(f"{move.status}（{move.kind}）" for move in moves)
    return said
