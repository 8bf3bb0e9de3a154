"""The list of measures.

Lines rather than Textual's DataTable: only those in sight are rendered, so that a filter keystroke costs the
same with 53 measures as with 10,000, and a row of a broken file can be red from end to end.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from fazhi_tui.domain.columns import DEFAULT
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.messages import SortWanted
from fazhi_tui.tui.views.base import Run, ViewWidget
from fazhi_tui.tui.views.column_layout import EDGE, GAP, PlacedColumn, cell, columns_for
from fazhi_tui.tui.views.entries import Entry, broken_text

#: Cells that a number, and a light's sign and word, take at least.
NUMBER_WIDTH, LIGHT_WIDTH = 4, 4
#: How many made lines are kept.
LINES_KEPT = 1000


class MeasureTable(ViewWidget):
    """One line an entry, under the headings of the columns that were chosen."""

    manual_page = "list"
    BINDINGS = bindings("list")
    head = 1

    def __init__(self, *, id: str | None = None) -> None:
        #: Lines that have been made, by all that they depend on but the styles; styles are told of early.
        self._lines: dict[object, tuple[Entry, Strip]] = {}
        super().__init__(id=id)
        #: The columns that the user has chosen, by name.
        self.columns: tuple[str, ...] = DEFAULT
        #: The column that the list is sorted by, where it is not the number, and which way round.
        self.sorted_by = ""
        self.descending = False

    def arrange_entries(self) -> None:
        """The entries stand as they came."""
        self.set_line_count(len(self.entries))

    def refresh_entry(self, at: int) -> None:
        """Draw one line anew: the frame is made of this alone."""
        line = at - self.scroll_offset.y + 1
        if 1 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def entry_at(self, x: int, y: int) -> int | None:  # noqa: ARG002
        """The entry on a line."""
        at = self.line_at(y)
        return at if at is not None and at < len(self.entries) else None

    def on_click(self, event: events.Click) -> None:
        """A click on a heading sorts by that column."""
        left = EDGE
        for column in self._columns() if event.y == 0 else ():
            if left <= event.x < left + column.width + GAP:
                self.post_message(SortWanted(column.name))
            left += column.width + GAP

    def _columns(self) -> tuple[PlacedColumn, ...]:
        number, light = max(self._number_width, NUMBER_WIDTH), max(self.light_width, LIGHT_WIDTH)
        return columns_for(self.inner_width, self.columns, number, light)

    def on_resize(self) -> None:
        """The width decides the columns, the height what is in sight."""
        self.arrange_entries()
        self.scroll_to_cursor()

    def scroll_to_cursor(self) -> None:
        """Scroll as far as the cursor needs."""
        self.scroll_lines(self.cursor, self.cursor)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """The heading, then the entries in sight."""
        width = self.inner_width
        columns = self._columns()
        if y == 0:
            names = (pad(self._heading(column.name), column.width) for column in columns)
            return self.text_line(" " * EDGE + (" " * GAP).join(names), "header", width)
        if not self.entries:
            return self.empty_line(y - 1, width)
        at = self.scroll_offset.y + y - 1
        if at >= len(self.entries):
            return self.text_line("", "row", width)
        return self._kept_line(self.entries[at], columns, width, at == self.cursor)

    def _kept_line(self, entry: Entry, columns: Sequence[PlacedColumn], width: int, cursor: bool) -> Strip:
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

    def _heading(self, name: str) -> str:
        """A column's name; the one that the list is sorted by has a sign."""
        return f"{name} {'v' if self.descending else '^'}" if name == self.sorted_by else name

    def _entry_line(self, entry: Entry, columns: Sequence[PlacedColumn], width: int, cursor: bool) -> Strip:
        if entry.row is None:
            number = pad(entry.number or "?", columns[0].width)
            text = " " * EDGE + number + " " * GAP + "!! " + broken_text(entry)
            return self.text_line(text, "broken-cursor" if cursor else "broken", width)
        runs: list[Run] = []
        for column in columns:
            text, part = cell(column.column, entry.row, self.light_names)
            runs += [(pad(text, column.width), part), (" " * GAP, "row")]
        return self.entry_line(entry, runs, width, cursor=cursor)
