"""看板: the measures as cards in a column for each status; a card is carried to another by a report."""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.tui.views.base import two_ends
from fazhi_tui.tui.views.board_text import GAP, CardColumn, Frame, card_lines, columns_of, frame_of, summary
from fazhi_tui.tui.views.card_drag import CarryingLook

#: How many cards are kept as text; only those in sight are needed.
KEPT = 400


class Board(CarryingLook):
    """Columns of cards.  Nothing is moved here: a card that is let go asks for a report."""

    manual_page = "board"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "column(-1)", show=False),
        Binding("right", "column(1)", show=False),
        Binding("home", "edge(0)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns: tuple[CardColumn, ...] = ()
        self._starts: list[int] = []
        #: The first card in sight of each column, and the first column in sight.
        self._tops: dict[Status | None, int] = {}
        self._first = 0
        self._held: int | None = None
        self._cards: dict[tuple[int, int, int], list[tuple[str, str]]] = {}

    # ------------------------------------------------------------------ what it shows

    def settle(self) -> None:
        """Column by column."""
        self.entries, self._columns = columns_of(self.entries)
        self._starts = [column.start for column in self._columns]
        self._cards.clear()
        self.carried = None
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
        at = self._columns.index(here)
        beside = self._columns[at + 1 :] if by > 0 else self._columns[:at][::-1]
        for column in beside:
            if column.size:
                line = self.cursor - here.start - self._tops[here.status]
                top = self._tops[column.status]
                self.cursor = column.start + max(0, min(top + max(line, 0), column.size - 1))
                return

    def reveal_status(self, status: Status) -> None:
        """A column into sight, without the cursor."""
        self._reveal_column(next(at for at, one in enumerate(self._columns) if one.status is status))

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
            self.drop(column.status)
            return
        at = self._entry_at(event.x, event.y)
        if at is not None:
            self.choose(at, again=event.chain > 1)
        elif event.y == self._frame.head - 1 and column.size:
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
    def _frame(self) -> Frame:
        return frame_of(self.size.width, self.size.height, max(len(self._columns), 1))

    def _clamped_top(self, column: CardColumn, top: int) -> int:
        return max(0, min(top, column.size - self._frame.fit))

    def _column_under(self, x: int) -> CardColumn | None:
        frame = self._frame
        at = x // (frame.each + GAP)
        return self._columns[self._first + at] if at < frame.count and self._columns else None

    def _entry_at(self, x: int, y: int) -> int | None:
        column, line = self._column_under(x), y - self._frame.head
        if column is None or line < 0:
            return None
        at = column.start + self._tops[column.status] + line // self._frame.card_height
        return at if at < column.stop else None

    def on_resize(self) -> None:
        """The width decides how many columns, the height how many cards are in sight."""
        self._cards.clear()
        for column in self._columns:
            self._tops[column.status] = self._clamped_top(column, self._tops[column.status])
        self.reveal()
        # What is in sight may be another part, and the first picture may have been drawn already.
        self.refresh()

    def reveal(self) -> None:
        """The cursor's column and its card."""
        column = self.column
        if column is None or not self.size.width:
            self._first = max(0, min(self._first, len(self._columns) - self._frame.count))
            return
        self._reveal_column(self._columns.index(column))
        place, top = self.cursor - column.start, self._tops[column.status]
        top = min(max(top, place - self._frame.fit + 1), place)
        self._tops[column.status] = self._clamped_top(column, top)

    def _reveal_column(self, at: int) -> None:
        count = self._frame.count
        first = min(max(self._first, at - count + 1), at)
        self._first = max(0, min(first, len(self._columns) - count))

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Headings, then the cards in sight."""
        width = self.size.width
        frame = self._frame
        if not self._columns:
            return self.empty_line(y - 1, width)
        if self.carried is not None and y == self.size.height - 1:
            return Strip([Segment(pad(self.carrying_text(width), width), self.style("target"))], width)
        if y == 0 and frame.head == 2:
            text = summary(self._columns, self._first, frame.count, width)
            return Strip([Segment(pad(text, width), self.style("muted"))], width)
        shown = self._columns[self._first : self._first + frame.count]
        if y == frame.head - 1:
            parts = [self._heading(column, frame.each) for column in shown]
        elif not self.entries:
            return self.empty_line(y - frame.head, width)
        else:
            parts = [self._card_line(column, y - frame.head, frame.each) for column in shown]
        blank = Segment(" " * GAP, self.style("header" if y == frame.head - 1 else "row"))
        segments: list[Segment] = []
        for part in parts:
            segments += [*part, blank]
        return Strip(segments[:-1]).adjust_cell_length(width, blank.style)

    def _heading(self, column: CardColumn, width: int) -> list[Segment]:
        fit, top = self._frame.fit, self._tops[column.status]
        seen = f"{top + 1}-{min(top + fit, column.size)} " if column.size > fit else ""
        carried = self.carried
        if carried is not None and carried.status is column.status:
            return [Segment(pad(f">{column.name} {carried.kind}", width), self.style("target"))]
        here = column is self.column
        name = f"{column.name} {column.size}"
        text = two_ends(f"[{name}]" if here else f" {name}", seen, width)
        part = "broken" if column.status is None else "here" if here else "header"
        return [Segment(text, self.style(part))]

    def _card_line(self, column: CardColumn, line: int, width: int) -> list[Segment]:
        height = self._frame.card_height
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
            return [Segment(" ", plain), Segment(text, style)]
        edge = self.edge(entry, plain, cursor=cursor)
        number, title = text[: self._number_width], text[self._number_width :]
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
