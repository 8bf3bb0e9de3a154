"""Carrying a card to another status.  Nothing is moved: a card that is let go asks for its report."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.service.reporting.board import Move, move_beside, moves_of, stops_of, why_not
from fazhi_tui.tui.messages import CardMoved, CardStays, EntryOpened
from fazhi_tui.tui.views.base import ViewWidget


class CarryingLook(ViewWidget):
    """A look whose entry under the cursor can be carried; Enter lets it go, Esc puts it back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", show=False),
        Binding("escape", "put_back", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        #: Where the card under the cursor is being carried to, while it is.
        self.carried: Move | None = None

    def reveal_status(self, status: Status) -> None:
        """Bring a column into sight."""

    def move_target(self, by: int) -> Status | None:
        """The status that the card would get, ``by`` allowed columns to the right (or left); None: none."""
        row = self._row
        move = move_beside(self._moves(), row.state.status, by) if row else None
        return move.status if move else None

    def why_not_moved(self, by: int) -> str:
        """Why the card cannot go ``by`` columns to the right (or left), in Chinese; empty where it can."""
        return "" if self.move_target(by) else self._refusal(None)

    def action_carry(self, by: int) -> None:
        """Carry the card to the next column that it may go to, on the right or the left."""
        row = self._row
        stops = stops_of(self._moves(), row.state.status) if row else ()
        # What was allowed when the card was taken up may be no longer.
        at = stops.index(self.carried if self.carried in stops else None) + by if stops else -1
        if not 0 <= at < len(stops):
            self.post_message(CardStays(self._refusal(None)))
            return
        self.carried = stops[at]
        # Enter and Esc, which end it, are the look's only while it has the focus.
        self.focus()
        if self.carried is None:
            # Home again, by the way it came.
            self.reveal()
        else:
            self.reveal_status(self.carried.status)
        self.refresh()

    def action_put_back(self) -> None:
        """Leave the card where it is."""
        self.carried = None
        self.reveal()
        self.refresh()

    def watch_cursor(self, before: int, now: int) -> None:
        """Whoever goes elsewhere puts the card back."""
        self.carried = None
        super().watch_cursor(before, now)

    def action_open(self) -> None:
        """Open the measure; a card that is being carried is let go, which asks for its report."""
        entry, move = self.current, self.carried
        if entry is None:
            return
        if move is None:
            self.post_message(EntryOpened(entry.key))
        else:
            self.action_put_back()
            self.post_message(CardMoved(entry.key, move.status, move.kind))

    def drop(self, status: Status | None) -> None:
        """Let the card go over a column (None: that of the files that cannot be read), as the mouse does."""
        entry = self.current
        move = next((move for move in self._moves() if move.status is status), None)
        if move is not None and entry is not None:
            self.post_message(CardMoved(entry.key, move.status, move.kind))
        else:
            self.post_message(CardStays(self._refusal(status)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is the screen's while no card is carried."""
        if action == "put_back":
            return self.carried is not None
        return super().check_action(action, parameters)

    def carrying_text(self, width: int) -> str:
        """What is being done, and how to end it."""
        row, move = self._row, self.carried
        if row is None or move is None:
            return ""
        text = f" 第 {row.measure.id} 条：{row.state.status} > {move.status}（{move.kind}）"
        hint = "Enter 填报  Esc 放回 "
        return pad(text, width - cell_len(hint)) + hint if cell_len(text + hint) <= width else text

    @property
    def _row(self) -> Row | None:
        return self.current.row if self.current else None

    def _moves(self) -> tuple[Move, ...]:
        row = self._row
        return moves_of(self.view, row, self.unit) if row and self.view else ()

    def _refusal(self, after: Status | None) -> str:
        entry = self.current
        if entry is None or self.view is None:
            return "这里没有措施"
        if entry.row is None:
            return f"{entry.path} 读不出来，先改好这个文件"
        return why_not(self.view, entry.row, self.unit, after)
