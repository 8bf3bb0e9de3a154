"""The list of measures, and how its columns share the width of the window.

Lines rather than Textual's DataTable: only those in sight are rendered, so that a filter keystroke costs the
same with 53 measures as with 10,000, and a row of a broken file can be red from end to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from fazhi_tui.domain.columns import BY_NAME, DEFAULT, Column, chosen
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.messages import SortWanted
from fazhi_tui.tui.styles import due_text, light_word
from fazhi_tui.tui.views.base import LIGHT_PARTS, STATUS_PARTS, Run, ViewWidget
from fazhi_tui.tui.views.entries import Entry, broken_text

#: Cells that a number, and a light's sign and word, take at least.
NUMBER_WIDTH, LIGHT_WIDTH = 4, 4
#: Blank cells between two columns, and at both ends of a line.
GAP = 2
EDGE = 1
#: How many made lines are kept.
LINES_KEPT = 1000


def cell(column: Column, row: Row, names: LightNames) -> Run:
    """What the screen says of a row in a column, and the part whose style it has."""
    match column.name:
        case "编号" | "标题":
            return column.text(row, names), "row"
        case "状态":
            return row.state.status.value, STATUS_PARTS[row.state.status]
        case "时限":
            return due_text(row), "red" if row.state.overdue or row.state.unread else "muted"
        case "灯":
            return light_word(row.state.light, names), LIGHT_PARTS[row.state.light]
    return column.text(row, names), "muted"


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column on the screen and its width there, in cells."""

    column: Column
    width: int

    @property
    def name(self) -> str:
        """Its heading."""
        return self.column.name


@lru_cache(maxsize=64)
def columns_for(
    width: int, names: tuple[str, ...] = DEFAULT, number_width: int = 4, light_width: int = 4
) -> tuple[PlacedColumn, ...]:
    """The columns that fit into ``width`` cells; what does not fit is in the detail anyway."""
    columns = [BY_NAME[name] for name in chosen(names)]
    exact = {"编号": number_width, "灯": light_width}

    def least(column: Column) -> int:
        return exact.get(column.name, column.width)

    def left_over(columns: Sequence[Column]) -> int:
        return width - 2 * EDGE - GAP * (len(columns) - 1) - sum(map(least, columns))

    # Beside others that grow, a title needs more than its least to tell measures apart.
    while left_over(columns) < (8 if sum(column.share > 0 for column in columns) > 1 else 0) and any(
        column.keep < 9 for column in columns
    ):
        columns.remove(min(columns, key=lambda column: column.keep))
    widths = {column.name: least(column) for column in columns}
    rest = left_over(columns)
    if rest < 0:
        # Narrower than anything is meant for: the title gives way, the rest is cut at the edge.
        widths["标题"] = max(widths["标题"] + rest, 4)
    else:
        _share(widths, columns, rest)
    return tuple(PlacedColumn(column, widths[column.name]) for column in columns)


def _share(widths: dict[str, int], columns: Sequence[Column], rest: int) -> None:
    growing = [column for column in columns if column.share]
    while rest > 0 and growing:
        total = sum(column.share for column in growing)
        room = sum(widths[column.name] for column in growing) + rest
        full = [column for column in growing if room * column.share // total >= column.most]
        if not full:
            for column in growing:
                more = max(room * column.share // total - widths[column.name], 0)
                widths[column.name] += min(more, rest)
                rest -= min(more, rest)
            break
        for column in full:
            rest -= column.most - widths[column.name]
            widths[column.name] = column.most
            growing.remove(column)
    if "标题" in widths:
        widths["标题"] += max(rest, 0)


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

    def render_line(self, y: int) -> Strip:
        """The heading, then the entries in sight."""
        width = self.inner_width
        columns = self._columns()
        if y == 0:
            # The column that the list is sorted by has a sign.
            sorted_by, sign = self.sorted_by, " v" if self.descending else " ^"
            names = (pad(c.name + (sign if c.name == sorted_by else ""), c.width) for c in columns)
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
