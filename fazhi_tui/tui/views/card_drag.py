"""Dragging a card to another status.  Nothing is moved: a card that is let go asks for its report."""

from __future__ import annotations

from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.service.reporting.board import Move, moves_of, stops_of, why_not
from fazhi_tui.tui.views.base import ViewWidget


class CardDrag:
    """Where the card under a view's cursor may go, and where it is being dragged to."""

    def __init__(self, board: ViewWidget) -> None:
        self._board = board
        #: Where the card is being dragged to, while it is.
        self.target: Move | None = None

    @property
    def _row(self) -> Row | None:
        return self._board.current.row if self._board.current else None

    @property
    def moves(self) -> tuple[Move, ...]:
        """Where the card may go."""
        row, view = self._row, self._board.view
        return moves_of(view, row, self._board.unit) if row and view else ()

    def step(self, by: int) -> bool:
        """Drag it on (or back) to the next status that it may have; False where there is none."""
        stops = stops_of(self.moves, self._row.state.status) if self._row else ()
        # What was allowed when the drag began may be no longer.
        at = stops.index(self.target if self.target in stops else None) + by if stops else -1
        if not 0 <= at < len(stops):
            return False
        self.target = stops[at]
        return True

    def refusal(self, after: Status | None = None) -> str:
        """Why the card cannot go to ``after`` (None: any farther), in Chinese."""
        entry, view = self._board.current, self._board.view
        if entry is None or view is None:
            return "这里没有措施"
        if entry.row is None:
            return f"{entry.path} 读不出来，先改好这个文件"
        return why_not(view, entry.row, self._board.unit, after)

    def hint(self, width: int) -> str:
        """What is being done, and how to end it."""
        row, move = self._row, self.target
        if row is None or move is None:
            return ""
        text = f" 第 {row.measure.id} 条：{row.state.status} > {move.status}（{move.kind}）"
        keys = "Enter 填报  Esc 放回 "
        return pad(text, width - cell_len(keys)) + keys if cell_len(text + keys) <= width else text
