"""看板: the measures as cards in a column for each status; a card is dragged to another by a report."""

from __future__ import annotations

from bisect import bisect_right

from rich.segment import Segment
from textual import events, on
from textual.strip import Strip

from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.service.reporting.board import Move, moves_of, stops_of, why_not
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.messages import CardMoved, CardStays, EntryOpened
from fazhi_tui.tui.views.base import Run, ViewWidget
from fazhi_tui.tui.views.board_text import (
    GAP,
    CardColumn,
    Frame,
    card_lines,
    columns_of,
    frame_of,
    summary,
    two_ends,
)

#: How many cards are kept as text; only those in sight are needed.
KEPT = 400


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


class Board(ViewWidget):
    """Columns of cards.  Nothing is moved here: a card that is let go asks for a report."""

    manual_page = "board"
    BINDINGS = bindings("board", "card")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.drag = CardDrag(self)
        #: All columns, from left to right, and at which entry each begins.
        self.columns: tuple[CardColumn, ...] = ()
        self._starts: list[int] = []
        #: The first card in sight of each column, and the first column in sight.
        self._tops: dict[Status | None, int] = {}
        self._first = 0
        #: The card on which the mouse was pressed.
        self._pressed: int | None = None
        self._cards: dict[tuple[int, int, int], list[Run]] = {}

    # ------------------------------------------------------------------ what it shows

    def arrange_entries(self) -> None:
        """Column by column."""
        self.entries, self.columns = columns_of(self.entries)
        self._starts = [column.start for column in self.columns]
        self._cards.clear()
        self.drag.target = None
        for column in self.columns:
            self._scroll_column(column, self._tops.get(column.status, 0))

    def _column_of(self, at: int) -> CardColumn | None:
        """The column that an entry stands in."""
        if not 0 <= at < len(self.entries):
            return None
        # Of several that start at one place, all but the last are empty.
        return self.columns[bisect_right(self._starts, at) - 1]

    @property
    def column(self) -> CardColumn | None:
        """The cursor's column."""
        return self._column_of(self.cursor)

    # ------------------------------------------------------------------ moving

    def watch_cursor(self, before: int, now: int) -> None:
        """Whoever goes elsewhere puts the card back."""
        self.drag.target = None
        super().watch_cursor(before, now)

    def action_move(self, by: int) -> None:
        """Up or down within the column."""
        if self.column is not None:
            self.cursor = max(self.column.start, min(self.cursor + by, self.column.stop - 1))

    def action_page(self, by: int) -> None:
        """Up or down by as many cards as are in sight."""
        self.action_move(by * self._frame.fit)

    def action_edge(self, last: int) -> None:
        """To the first or the last card of the column."""
        if self.column is not None:
            self.cursor = self.column.stop - 1 if last else self.column.start

    def action_column(self, by: int) -> None:
        """To the next column that has cards, to the card on the same line."""
        here = self.column
        if here is None:
            return
        at = self.columns.index(here)
        beside = self.columns[at + 1 :] if by > 0 else self.columns[:at][::-1]
        column = next((column for column in beside if column.size), None)
        if column is not None:
            line = self.cursor - here.start - self._tops[here.status]
            self.cursor = column.start + min(self._tops[column.status] + max(line, 0), column.size - 1)

    # ------------------------------------------------------------------ dragging a card

    def drag_card(self, by: int) -> None:
        """Drag the card to the next column that it may go to, on the right or the left."""
        if not self.drag.step(by):
            self.post_message(CardStays(self.drag.refusal()))
            return
        # Enter and Esc, which end it, are the board's only while it has the focus.
        self.focus()
        target = self.drag.target
        if target is None:
            # Home again, by the way it came.
            self.scroll_to_cursor()
        else:
            self._show_column([column.status for column in self.columns].index(target.status))
        self.refresh()

    def action_put_back(self) -> None:
        """Leave the card where it is."""
        self.drag.target = None
        self.scroll_to_cursor()
        self.refresh()

    def action_open(self) -> None:
        """Open the measure; a card that is being dragged is let go, which asks for its report."""
        target = self.drag.target
        if self.current is None:
            return
        if target is None:
            self.post_message(EntryOpened())
        else:
            self.action_put_back()
            self._let_go(target)

    def _let_go(self, move: Move) -> None:
        self.post_message(CardMoved(self.current_key, move.status, move.kind))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc is the screen's while no card is dragged."""
        if action == "put_back":
            return self.drag.target is not None
        return super().check_action(action, parameters)

    # ------------------------------------------------------------------ mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A card may be dragged from here."""
        self._pressed = self.entry_at(event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """A card dragged elsewhere asks for its report; a click on a heading goes to the column."""
        pressed, self._pressed = self._pressed, None
        column = self._column_under(event.x)
        if column is None:
            return
        if pressed is not None and self._column_of(pressed) is not column:
            event.prevent_default()
            self.cursor = pressed
            move = next((move for move in self.drag.moves if move.status is column.status), None)
            if move is not None:
                self._let_go(move)
            else:
                self.post_message(CardStays(self.drag.refusal(column.status)))
        elif event.y == self._frame.head - 1 and column.size:
            self.cursor = column.start + self._tops[column.status]

    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _wheel(self, event: events.MouseEvent) -> None:
        """Scroll the column under the mouse by a card."""
        event.stop()
        event.prevent_default()
        column = self._column_under(event.x)
        if column is not None:
            by = 1 if isinstance(event, events.MouseScrollDown) else -1
            self._scroll_column(column, self._tops[column.status] + by)
            self.refresh()

    # ------------------------------------------------------------------ where things are

    @property
    def _frame(self) -> Frame:
        return frame_of(self.size.width, self.size.height, max(len(self.columns), 1))

    def _scroll_column(self, column: CardColumn, top: int) -> None:
        self._tops[column.status] = max(0, min(top, column.size - self._frame.fit))

    def _column_under(self, x: int) -> CardColumn | None:
        frame = self._frame
        at = x // (frame.column_width + GAP)
        return self.columns[self._first + at] if at < frame.count and self.columns else None

    def entry_at(self, x: int, y: int) -> int | None:
        """The card at a cell of the widget."""
        column, line = self._column_under(x), y - self._frame.head
        if column is None or line < 0:
            return None
        at = column.start + self._tops[column.status] + line // self._frame.card_height
        return at if at < column.stop else None

    def on_resize(self) -> None:
        """The width decides how many columns, the height how many cards are in sight."""
        self._cards.clear()
        for column in self.columns:
            self._scroll_column(column, self._tops[column.status])
        self.scroll_to_cursor()
        # What is in sight may be another part, and the first picture may have been drawn already.
        self.refresh()

    def scroll_to_cursor(self) -> None:
        """The cursor's column and its card."""
        column = self.column
        if column is None or not self.size.width:
            self._show_column(self._first)
            return
        self._show_column(self.columns.index(column))
        place, top = self.cursor - column.start, self._tops[column.status]
        self._scroll_column(column, min(max(top, place - self._frame.fit + 1), place))

    def _show_column(self, at: int) -> None:
        """Bring a column into sight, without the cursor."""
        count = self._frame.count
        first = min(max(self._first, at - count + 1), at)
        self._first = max(0, min(first, len(self.columns) - count))

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Headings, then the cards in sight."""
        width = self.size.width
        frame = self._frame
        if not self.columns:
            return self.empty_line(y - 1, width)
        if self.drag.target is not None and y == self.size.height - 1:
            return self.text_line(self.drag.hint(width), "target", width)
        if y == 0 and frame.head == 2:
            return self.text_line(summary(self.columns, self._first, frame.count, width), "muted", width)
        shown = self.columns[self._first : self._first + frame.count]
        if y == frame.head - 1:
            parts = [[self._heading(column, frame.column_width)] for column in shown]
        elif not self.entries:
            return self.empty_line(y - frame.head, width)
        else:
            parts = [self._card_line(column, y - frame.head, frame.column_width) for column in shown]
        blank = Segment(" " * GAP, self.style("header" if y == frame.head - 1 else "row"))
        segments: list[Segment] = []
        for part in parts:
            segments += [*part, blank]
        return Strip(segments[:-1]).adjust_cell_length(width, blank.style)

    def _heading(self, column: CardColumn, width: int) -> Segment:
        target = self.drag.target
        if target is not None and target.status is column.status:
            return Segment(pad(f">{column.name} {target.kind}", width), self.style("target"))
        fit, top = self._frame.fit, self._tops[column.status]
        seen = f"{top + 1}-{min(top + fit, column.size)} " if column.size > fit else ""
        here = column is self.column
        name = f"{column.name} {column.size}"
        text = two_ends(f"[{name}]" if here else f" {name}", seen, width)
        return Segment(text, self.style("broken" if column.status is None else "here" if here else "header"))

    def _card_line(self, column: CardColumn, line: int, width: int) -> list[Segment]:
        height = self._frame.card_height
        at = column.start + self._tops[column.status] + line // height
        if at >= column.stop:
            text = "  没有" if not column.size and line == 0 else ""
            return [Segment(pad(text, width), self.style("muted"))]
        entry, cursor = self.entries[at], at == self.cursor
        text, part = self._card(at, width, height)[line % height]
        if entry.row is None:
            plain = style = bold = self.style("broken-cursor" if cursor else "broken")
        elif cursor:
            plain = style = bold = self.style("cursor")
        else:
            plain, style, bold = self.style("row"), self.style(part), self.style("number")
        if line % height:
            return [Segment(" ", plain), Segment(text, style)]
        number, title = text[: self._number_width], text[self._number_width :]
        return [self.edge(entry, plain, cursor=cursor), Segment(number, bold), Segment(title, style)]

    def _card(self, at: int, width: int, height: int) -> list[Run]:
        key = (at, width, height)
        if key not in self._cards:
            if len(self._cards) > KEPT:
                self._cards.clear()
            self._cards[key] = card_lines(
                self.entries[at], self._number_width, width - 1, height, self.light_names
            )
        return self._cards[key]
