"""看板: the measures as cards in a column for each status; a card is carried to another by a report."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from fazhi_tui.model import NoteKind, Status
from fazhi_tui.service import Move, move_beside, moves_of, why_not
from fazhi_tui.tui.board_text import (
    GAP,
    CardColumn,
    card_lines,
    columns_of,
    fitting,
    summary,
)
from fazhi_tui.tui.messages import EntryOpened
from fazhi_tui.tui.widgets.looks import EntryLook, two_ends
from fazhi_tui.tui.wrapping import pad

#: From this many lines for the cards on, a card has four of them, else three.
ROOMY = 15
#: How many cards are kept as text; only those in sight are needed.
KEPT = 400


@dataclass
class CardMoved(Message):
    """A card was put into another column: a report of this kind, with this status, is to be filled in."""

    key: str
    status: Status
    kind: NoteKind


@dataclass
class CardStays(Message):
    """A card cannot go where it was to; ``why`` says so in Chinese."""

    why: str


class Board(EntryLook):
    """Columns of cards.  Nothing is moved here: a card that is let go asks for a report."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "column(-1)", show=False),
        Binding("right", "column(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("enter", "open", show=False),
        Binding("escape", "put_back", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        #: Who works here: decides where cards may go; empty where that is not known.
        self.unit = ""
        self._columns: tuple[CardColumn, ...] = ()
        self._starts: list[int] = []
        self._number_width = 2
        #: The first card in sight of each column, and the first column in sight.
        self._tops: dict[Status | None, int] = {}
        self._first = 0
        #: Where the card under the cursor is being carried to, while it is.
        self._carried: Move | None = None
        self._held: int | None = None
        self._cards: dict[tuple[int, int, int], list[tuple[str, str]]] = {}

    # ------------------------------------------------------------------ what it shows

    def settle(self) -> None:
        """Column by column."""
        self.entries, self._columns = columns_of(self.entries)
        self._starts = [column.start for column in self._columns]
        self._number_width = max([2, *(len(entry.number) for entry in self.entries)])
        self._cards.clear()
        self._carried = None
        for column in self._columns:
            self._tops[column.status] = self._clamped_top(column, self._tops.get(column.status, 0))

    def column_at(self, at: int) -> CardColumn | None:
        """The column that an entry stands in."""
        if not 0 <= at < len(self.entries):
            return None
        # Of several that start at one place, all but the last are empty.
        return self._columns[bisect_right(self._starts, at) - 1]

    @property
    def column(self) -> CardColumn | None:
        """The cursor's column."""
        return self.column_at(self.cursor)

    @property
    def columns(self) -> tuple[CardColumn, ...]:
        """All columns, from left to right."""
        return self._columns

    # ------------------------------------------------------------------ moving

    def action_move(self, by: int) -> None:
        """Up or down within the column."""
        if self.column is not None:
            self.cursor = max(self.column.start, min(self.cursor + by, self.column.stop - 1))

    def action_page(self, by: int) -> None:
        """Up or down by as many cards as are in sight."""
        self.action_move(by * self._fit)

    def action_edge(self, last: int) -> None:
        """To the first or the last card of the column."""
        if self.column is not None:
            self.cursor = self.column.stop - 1 if last else self.column.start

    def action_column(self, by: int) -> None:
        """To the next column that has cards, to the card on the same line."""
        here = self.column
        if here is None:
            return
        at = self._columns.index(here)
        beside = self._columns[at + 1 :] if by > 0 else self._columns[:at][::-1]
        for column in beside:
            if column.size:
                line = self.cursor - here.start - self._tops[here.status]
                top = self._tops[column.status]
                self.cursor = column.start + max(0, min(top + max(line, 0), column.size - 1))
                return

    def watch_cursor(self) -> None:
        """Whoever goes elsewhere puts the card back."""
        self._carried = None
        super().watch_cursor()

    def action_open(self) -> None:
        """Open the measure; a card that is being carried is let go, which asks for its report."""
        entry, move = self.current, self._carried
        if entry is None:
            return
        if move is None:
            self.post_message(EntryOpened(entry.key))
        else:
            self.action_put_back()
            self.post_message(CardMoved(entry.key, move.status, move.kind))

    # ------------------------------------------------------------------ carrying a card

    def move_target(self, by: int) -> Status | None:
        """The status that the card would get, ``by`` allowed columns to the right (or left); None: none."""
        move = self._move(by)
        return move.status if move else None

    def why_not_moved(self, by: int) -> str:
        """Why the card cannot go ``by`` columns; empty where it can."""
        if self._move(by) is not None:
            return ""
        return self._refusal(None)

    def action_carry(self, by: int) -> None:
        """Carry the card on to the next column that it may go to; Enter lets it go, Esc puts it back."""
        entry = self.current
        place = self._carried.status if self._carried else None
        if entry is not None and entry.row is not None and place is not None:
            move = move_beside(self._moves(), place, by)
            here = entry.row.state.status
            # On the way back, its own column is one of them.
            order = list(Status)
            beyond = len(order) if by > 0 else -1
            low, high = sorted((order.index(place), order.index(move.status) if move else beyond))
            if low < order.index(here) < high:
                self.action_put_back()
                return
        else:
            move = self._move(by)
        if move is None:
            self.post_message(CardStays(self._refusal(None)))
            return
        self._carried = move
        self._reveal_column(self._index_of_status(move.status))
        self.refresh()

    def action_put_back(self) -> None:
        """Leave the card where it is."""
        self._carried = None
        self.reveal()
        self.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is the screen's while no card is carried."""
        if action == "put_back":
            return self._carried is not None
        return super().check_action(action, parameters)

    def _moves(self) -> tuple[Move, ...]:
        entry = self.current
        if entry is None or entry.row is None or self.view is None:
            return ()
        return moves_of(self.view, entry.row, self.unit)

    def _move(self, by: int) -> Move | None:
        entry = self.current
        if entry is None or entry.row is None:
            return None
        return move_beside(self._moves(), entry.row.state.status, by)

    def _refusal(self, after: Status | None) -> str:
        entry = self.current
        if entry is None or self.view is None:
            return "这里没有措施"
        if entry.row is None:
            return f"{entry.path} 读不出来，先改好这个文件"
        return why_not(self.view, entry.row, self.unit, after)

    def _drop(self, status: Status | None) -> None:
        """Let the card go over a column, by the mouse."""
        move = next((move for move in self._moves() if move.status is status), None)
        entry = self.current
        if move is not None and entry is not None:
            self.post_message(CardMoved(entry.key, move.status, move.kind))
        else:
            self.post_message(CardStays(self._refusal(status)))

    # ------------------------------------------------------------------ mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A card may be dragged from here."""
        self._held = self._entry_at(event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """A click chooses a card, on the cursor it opens; one dragged elsewhere asks for its report."""
        held, self._held = self._held, None
        column = self._column_under(event.x)
        if column is None:
            return
        if held is not None and self.column_at(held) is not column:
            self.cursor = held
            self._drop(column.status)
            return
        at = self._entry_at(event.x, event.y)
        if at is not None:
            self.choose(at, again=event.chain > 1)
        elif event.y == self._head - 1 and column.size:
            self.cursor = column.start + self._tops[column.status]

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The column under the mouse, on by a card."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The column under the mouse, back by a card."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        event.prevent_default()
        column = self._column_under(event.x)
        if column is not None:
            self._tops[column.status] = self._clamped_top(column, self._tops[column.status] + by)
            self.refresh()

    # ------------------------------------------------------------------ where things are

    @property
    def _layout(self) -> tuple[int, int]:
        return fitting(self.size.width, max(len(self._columns), 1))

    @property
    def _head(self) -> int:
        """Lines above the cards: the headings, and all columns' names where some are out of sight."""
        return 1 if self._layout[0] >= len(self._columns) else 2

    @property
    def _card_height(self) -> int:
        return 4 if self.size.height - self._head >= ROOMY else 3

    @property
    def _fit(self) -> int:
        """Whole cards in sight of one column."""
        return max((self.size.height - self._head) // self._card_height, 1)

    def _clamped_top(self, column: CardColumn, top: int) -> int:
        return max(0, min(top, column.size - self._fit))

    def _index_of_status(self, status: Status | None) -> int:
        return next((at for at, column in enumerate(self._columns) if column.status is status), 0)

    def _column_under(self, x: int) -> CardColumn | None:
        count, width = self._layout
        at = x // (width + GAP)
        return self._columns[self._first + at] if at < count and self._columns else None

    def _entry_at(self, x: int, y: int) -> int | None:
        column, line = self._column_under(x), y - self._head
        if column is None or line < 0:
            return None
        at = column.start + self._tops[column.status] + line // self._card_height
        return at if at < column.stop else None

    def on_resize(self) -> None:
        """The width decides how many columns, the height how many cards are in sight."""
        self._cards.clear()
        for column in self._columns:
            self._tops[column.status] = self._clamped_top(column, self._tops[column.status])
        self.reveal()

    def reveal(self) -> None:
        """The cursor's column and its card."""
        column = self.column
        if column is None or not self.size.width:
            self._first = max(0, min(self._first, len(self._columns) - self._layout[0]))
            return
        self._reveal_column(self._columns.index(column))
        place, top = self.cursor - column.start, self._tops[column.status]
        top = min(max(top, place - self._fit + 1), place)
        self._tops[column.status] = self._clamped_top(column, top)

    def _reveal_column(self, at: int) -> None:
        count = self._layout[0]
        first = min(max(self._first, at - count + 1), at)
        self._first = max(0, min(first, len(self._columns) - count))

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Headings, then the cards in sight."""
        width = self.size.width
        count, each = self._layout
        if not self._columns:
            return self.empty_line(y - 1, width)
        if self._carried is not None and y == self.size.height - 1:
            return self._carrying_line(self._carried, width)
        if y == 0 and self._head == 2:
            text = summary(self._columns, self._first, count, width)
            return Strip([Segment(pad(text, width), self.style("muted"))], width)
        shown = self._columns[self._first : self._first + count]
        if y == self._head - 1:
            parts = [self._heading(column, each) for column in shown]
        elif not self.entries:
            return self.empty_line(y - self._head, width)
        else:
            parts = [self._card_line(column, y - self._head, each) for column in shown]
        blank = Segment(" " * GAP, self.style("header" if y == self._head - 1 else "row"))
        segments: list[Segment] = []
        for part in parts:
            segments += [*part, blank]
        return Strip(segments[:-1]).adjust_cell_length(width, blank.style)

    def _heading(self, column: CardColumn, width: int) -> list[Segment]:
        fit, top = self._fit, self._tops[column.status]
        seen = f"{top + 1}-{min(top + fit, column.size)} " if column.size > fit else ""
        carried = self._carried
        if carried is not None and carried.status is column.status:
            return [Segment(pad(f">{column.name} {carried.kind}", width), self.style("target"))]
        here = column is self.column
        name = f"{column.name} {column.size}"
        text = two_ends(f"[{name}]" if here else f" {name}", seen, width)
        part = "broken" if column.status is None else "here" if here else "header"
        return [Segment(text, self.style(part))]

    def _card_line(self, column: CardColumn, line: int, width: int) -> list[Segment]:
        height = self._card_height
        at = column.start + self._tops[column.status] + line // height
        if at >= column.stop:
            text = "  没有" if not column.size and line == 0 else ""
            return [Segment(pad(text, width), self.style("muted"))]
        entry, cursor = self.entries[at], at == self.cursor
        text, part = self._card(at, width, height)[line % height]
        plain = self.style("cursor" if cursor else "row")
        if entry.row is None:
            plain = self.style("broken-cursor" if cursor else "broken")
        style = plain if cursor or entry.row is None else self.style(part)
        if line % height:
            return [Segment(" ", plain), Segment(pad(text, width - 1), style)]
        edge = self.edge(entry, plain, cursor=cursor)
        number, title = (
            text[: self._number_width],
            pad(text[self._number_width :], width - 1 - self._number_width),
        )
        bold = style if style is plain and (cursor or entry.row is None) else self.style("number")
        return [edge, Segment(number, bold), Segment(title, style)]

    def _card(self, at: int, width: int, height: int) -> list[tuple[str, str]]:
        key = (at, width, height)
        if key not in self._cards:
            if len(self._cards) > KEPT:
                self._cards.clear()
            self._cards[key] = card_lines(
                self.entries[at], self._number_width, width - 1, height, self.light_names
            )
        return self._cards[key]

    def _carrying_line(self, move: Move, width: int) -> Strip:
        entry = self.current
        before = entry.row.state.status if entry and entry.row else ""
        number = entry.number if entry else ""
        text = f" 第 {number} 条：{before} > {move.status}（{move.kind}）"
        hint = "Enter 填报  Esc 放回 "
        if cell_len(text + hint) <= width:
            text = pad(text, width - cell_len(hint)) + hint
        return Strip([Segment(pad(text, width), self.style("target"))], width)
