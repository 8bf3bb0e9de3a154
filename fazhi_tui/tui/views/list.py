"""The list of measures.

Lines rather than Textual's DataTable: only those in sight are rendered, so that a filter keystroke costs the
same with 53 measures as with 10,000, and a row of a broken file can be red from end to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.strip import Strip

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.tui.messages import SortWanted
from fazhi_tui.tui.styles import light_word
from fazhi_tui.tui.views.base import ViewWidget, broken_text
from fazhi_tui.tui.views.columns import DEFAULT, EDGE, GAP, Column, columns_for
from fazhi_tui.tui.views.entries import Entry

#: Cells that a number, and a light's sign and word, take at least.
NUMBER_WIDTH = 4
LIGHT_WIDTH = 4
#: How many made lines are kept.
LINES_KEPT = 1000


class MeasureTable(ViewWidget):
    """The list: one line an entry, under the headings of the columns that were chosen."""

    manual_page = "list"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("home", "edge(0)", show=False)]

    def __init__(self, *, id: str | None = None) -> None:
        #: Lines that have been made, by all that they depend on but the styles; styles are told of early.
        self._lines: dict[object, tuple[Entry, Strip]] = {}
        super().__init__(id=id)
        #: The columns that the user has chosen, by name.
        self.columns: tuple[str, ...] = DEFAULT
        #: The column that the list is sorted by, where it is not the number, and which way round.
        self.sorted_by = ""
        self.descending = False

    def settle(self) -> None:
        """The entries stand as they came."""
        self.set_length(Size(self.inner_width, len(self.entries) + 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in sight and tell where it stands."""
        self._wanted = self.current.key if self.current else ""
        top = self.scroll_offset.y
        self.reveal()
        if self.scroll_offset.y == top:
            # Two lines have changed and no other: the frame is made of these alone.
            self.refresh_entry(before)
            self.refresh_entry(now)
        else:
            self.refresh()
        self.tell()

    def refresh_entry(self, at: int) -> None:
        """Draw one line anew."""
        line = at - self.scroll_offset.y + 1
        if 1 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def on_click(self, event: events.Click) -> None:
        """A click takes the cursor there; on the cursor, or a double click, it opens."""
        if event.y == 0:
            self._sort_by(event.x)
            return
        at = self.scroll_offset.y + event.y - 1
        if 0 <= at < len(self.entries):
            self.choose(at, again=event.chain > 1)

    def _sort_by(self, x: int) -> None:
        """The column whose heading stands at a cell is asked to be the order."""
        left = EDGE
        for column in self._columns():
            if left <= x < left + column.width + GAP:
                self.post_message(SortWanted(column.name))
                return
            left += column.width + GAP

    def _columns(self) -> tuple[Column, ...]:
        width = self.inner_width
        return columns_for(width, self.columns, max(self._number_width, NUMBER_WIDTH), self._light_width())

    def on_resize(self) -> None:
        """The width decides the columns, the height what is in sight."""
        self.settle()
        self.reveal()

    def reveal(self) -> None:
        """Scroll as far as the cursor needs."""
        visible_rows = self.size.height - 1
        if visible_rows < 1:
            return
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + visible_rows:
            self.scroll_to(y=self.cursor - visible_rows + 1, animate=False, immediate=True)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """The heading, then the entries in sight."""
        width = self.inner_width
        columns = self._columns()
        if y == 0:
            return self._heading(columns, width)
        if not self.entries:
            return self.empty_line(y - 1, width)
        at = self.scroll_offset.y + y - 1
        if at >= len(self.entries):
            return self.blank(width)
        return self._kept_line(self.entries[at], columns, width, at == self.cursor)

    def _kept_line(self, entry: Entry, columns: Sequence[Column], width: int, cursor: bool) -> Strip:
        """A line as it was made last: most lines of a new list have been on the screen before."""
        signs = (entry.key in self.marked, entry.key in self.changed)
        # By identity: the entries of a tracker that was read anew are others.
        key = (id(entry), width, self.columns, columns[0].width, self.light_names, cursor, signs)
        kept = self._lines.get(key)
        if kept is None or kept[0] is not entry:
            if len(self._lines) >= LINES_KEPT:
                self._lines.clear()
            # With the entry itself, or another one could come to have its identity.
            kept = self._lines[key] = (entry, self._entry_line(entry, columns, width, cursor))
        return kept[1]

    def notify_style_update(self) -> None:
        """Other colours, or the focus has gone: every line is made anew."""
        self._lines.clear()
        super().notify_style_update()

    def _light_width(self) -> int:
        return max(LIGHT_WIDTH, *(cell_len(light_word(light, self.light_names)) for light in Light))

    def _heading(self, columns: Sequence[Column], width: int) -> Strip:
        style = self.style("header")
        text = (" " * GAP).join(pad(self._column_name(column.name), column.width) for column in columns)
        return Strip([Segment(pad(" " * EDGE + text, width), style)], width)

    def _column_name(self, name: str) -> str:
        """A heading; the column that the list is sorted by has a sign."""
        return f"{name} {'v' if self.descending else '^'}" if name == self.sorted_by else name

    def _entry_line(self, entry: Entry, columns: Sequence[Column], width: int, cursor: bool) -> Strip:
        if entry.row is None:
            style = self.style("broken-cursor" if cursor else "broken")
            return Strip([Segment(self._broken_text(entry, columns, width), style)], width)
        plain = self.style("cursor" if cursor else "row")
        segments = [self.edge(entry, plain, cursor=cursor)]
        for column in columns:
            text, kind = column.kind.says(entry.row, self.light_names)
            # On the cursor's line the colours of the cells would fight with its background.
            style = self.style(kind) if kind and not cursor else plain
            segments += [Segment(pad(text, column.width), style), Segment(" " * GAP, plain)]
        return Strip(segments).adjust_cell_length(width, plain)

    def _broken_text(self, entry: Entry, columns: Sequence[Column], width: int) -> str:
        number = pad(entry.number or "?", columns[0].width)
        return pad(" " * EDGE + number + " " * GAP + "!! " + broken_text(entry), width)
