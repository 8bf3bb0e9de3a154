"""The list of measures.

A line-API widget rather than Textual's DataTable: only the lines in sight are rendered, so that a
filter keystroke costs the same with 53 measures as with 10,000, and a row of a broken file can be red
from end to end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from fazhi_tui.model import Light, LightNames
from fazhi_tui.tui.columns import DEFAULT, EDGE, GAP, Column, columns_for
from fazhi_tui.tui.entries import Entry
from fazhi_tui.tui.messages import EntryHighlighted, EntryOpened, SortWanted
from fazhi_tui.tui.widgets.steady import SteadyView
from fazhi_tui.tui.words import light_word
from fazhi_tui.tui.wrapping import pad, wrap
from fazhi_tui.visible import one_line

#: What stands at the edge of a marked line.
MARK = "*"
#: The sign of a measure that has changed since one looked last.
CHANGED = "+"
#: Cells that a light's sign and word take at least.
LIGHT_WIDTH = 4
#: How many made lines are kept.
LINES_KEPT = 1000


class MeasureTable(SteadyView, can_focus=True, inherit_bindings=False):
    """The list: one line an entry, a cursor, and the empty state."""

    manual_page = "list"

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "measure-table--header",
        "measure-table--row",
        "measure-table--cursor",
        "measure-table--broken",
        "measure-table--broken-cursor",
        "measure-table--muted",
        "measure-table--active",
        "measure-table--review",
        "measure-table--red",
        "measure-table--yellow",
        "measure-table--green",
        "measure-table--empty",
        "measure-table--mark",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,ctrl+home", "edge(0)", show=False),
        Binding("end,ctrl+end", "edge(1)", show=False),
        Binding("space", "screen.do('mark')", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        #: Lines that have been made, by all that they depend on but the styles; styles are told of early.
        self._lines: dict[object, tuple[Entry, Strip]] = {}
        super().__init__(id=id)
        self.entries: tuple[Entry, ...] = ()
        self._empty = ""
        self.light_names = LightNames()
        #: The columns that the user has chosen, by name.
        self.columns: tuple[str, ...] = DEFAULT
        #: The column that the list is sorted by, where it is not the number, and which way round.
        self.sorted_by = ""
        self.descending = False
        #: Cells that the longest number takes: asked for every line, counted once a list.
        self._number_cells = 4
        #: Keys of the entries that are marked, for doing one thing to several; they outlive a filter.
        self.marked: set[str] = set()
        #: Numbers of the measures that have changed since one looked last, or since another moment.
        self.changed: frozenset[str] = frozenset()
        #: The entry that the user last stood on: a filter that hides it for a moment gives it back.
        self._wanted = ""

    # ------------------------------------------------------------------ what it shows

    def show(self, entries: Sequence[Entry], empty: str = "") -> None:
        """Show ``entries``; the cursor stays on the same entry, or as near as can be.

        ``empty`` is told where there are none.
        """
        kept = self.current.key if self.current else ""
        self.entries = tuple(entries)
        self._number_cells = max([4, *(len(entry.number) for entry in self.entries)])
        self._empty = empty
        self._measure()
        at = self.index_of(self._wanted) if self._wanted else None
        self.set_reactive(MeasureTable.cursor, at if at is not None else self._clamped(self.cursor))
        self._scroll_to_cursor()
        self.refresh()
        if (self.current.key if self.current else "") != kept:
            self._tell()

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def index_of(self, key: str) -> int | None:
        """Where an entry stands, or None."""
        return next((at for at, entry in enumerate(self.entries) if entry.key == key), None)

    def go_to(self, key: str) -> bool:
        """Put the cursor on an entry; False where the list does not hold it."""
        at = self.index_of(key)
        if at is not None:
            self.cursor = at
        return at is not None

    def toggle_mark(self) -> None:
        """Mark the entry under the cursor, or take its mark away, and go on to the next."""
        if self.current is not None and self.current.row is not None:
            self.marked ^= {self.current.key}
            self._refresh_entry(self.cursor)
            self.cursor += 1

    def mark_all(self) -> None:
        """Mark every measure listed; where all are marked, none of any list."""
        keys = {entry.key for entry in self.entries if entry.row is not None}
        # In place: the board and the timeline share the set.
        if keys <= self.marked:
            self.marked.clear()
        else:
            self.marked |= keys
        self.refresh()

    # ------------------------------------------------------------------ moving

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays within the list."""
        return self._clamped(cursor)

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in sight and tell where it stands."""
        self._wanted = self.current.key if self.current else ""
        top = self.scroll_offset.y
        self._scroll_to_cursor()
        if self.scroll_offset.y == top:
            # Two lines have changed and no other: the frame is made of these alone.
            self._refresh_entry(before)
            self._refresh_entry(now)
        else:
            self.refresh()
        self._tell()

    def _refresh_entry(self, at: int) -> None:
        line = at - self.scroll_offset.y + 1
        if 1 <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def action_move(self, by: int) -> None:
        """Up or down by so many lines."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Up or down by a page."""
        self.cursor += by * max(self.size.height - 2, 1)

    def action_edge(self, last: int) -> None:
        """To the first or the last line."""
        self.cursor = len(self.entries) - 1 if last else 0

    def on_click(self, event: events.Click) -> None:
        """A click takes the cursor there; on the cursor, or a double click, it opens."""
        if event.y == 0:
            self._sort_by(event.x)
            return
        at = self.scroll_offset.y + event.y - 1
        if not 0 <= at < len(self.entries):
            return
        opens = at == self.cursor or event.chain > 1
        self.cursor = at
        if opens:
            self.post_message(EntryOpened(self.entries[at].key))

    def _sort_by(self, x: int) -> None:
        """The column whose heading stands at a cell is asked to be the order."""
        left = EDGE
        for column in self._columns():
            if left <= x < left + column.width + GAP:
                self.post_message(SortWanted(column.name))
                return
            left += column.width + GAP

    def _columns(self) -> tuple[Column, ...]:
        width = self.scrollable_content_region.width
        return columns_for(width, self.columns, self._number_cells, self._light_width())

    def on_resize(self) -> None:
        """The width decides the columns, the height what is in sight."""
        self._measure()
        self._scroll_to_cursor()

    def _clamped(self, cursor: int) -> int:
        return max(0, min(cursor, len(self.entries) - 1))

    def _tell(self) -> None:
        self.post_message(EntryHighlighted(self.current.key if self.current else ""))

    def _measure(self) -> None:
        self.set_length(Size(self.scrollable_content_region.width, len(self.entries) + 1))

    def _scroll_to_cursor(self) -> None:
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
        width = self.scrollable_content_region.width
        columns = self._columns()
        if y == 0:
            return self._heading(columns, width)
        if not self.entries:
            return self._empty_line(y, width)
        at = self.scroll_offset.y + y - 1
        if at >= len(self.entries):
            return Strip.blank(width, self.get_component_rich_style("measure-table--row"))
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
        style = self.get_component_rich_style("measure-table--header")
        text = (" " * GAP).join(pad(self._column_name(column.name), column.width) for column in columns)
        return Strip([Segment(pad(" " * EDGE + text, width), style)], width)

    def _column_name(self, name: str) -> str:
        """A heading; the column that the list is sorted by has a sign."""
        return f"{name} {'v' if self.descending else '^'}" if name == self.sorted_by else name

    def _empty_line(self, y: int, width: int) -> Strip:
        style = self.get_component_rich_style("measure-table--empty")
        lines = wrap(self._empty, max(width - 4, 1)) if self._empty else []
        text = lines[y - 2] if 0 <= y - 2 < len(lines) else ""
        return Strip([Segment(pad("  " + text, width), style)], width)

    def _entry_line(self, entry: Entry, columns: Sequence[Column], width: int, cursor: bool) -> Strip:
        base = "cursor" if cursor else "row"
        if entry.row is None:
            style = self.get_component_rich_style(f"measure-table--broken{'-cursor' if cursor else ''}")
            return Strip([Segment(self._broken_text(entry, columns, width), style)], width)
        plain = self.get_component_rich_style(f"measure-table--{base}")
        segments = [self._edge(entry, plain, cursor=cursor)]
        for column in columns:
            text, kind = column.kind.says(entry.row, self.light_names)
            # On the cursor's line the colours of the cells would fight with its background.
            style = self.get_component_rich_style(f"measure-table--{kind}") if kind and not cursor else plain
            segments += [Segment(pad(text, column.width), style), Segment(" " * GAP, plain)]
        return Strip(segments).adjust_cell_length(width, plain)

    def _edge(self, entry: Entry, plain: Style, *, cursor: bool) -> Segment:
        """The sign at the left: marked, or changed since one looked last."""
        if entry.key in self.marked:
            return Segment(MARK, self.get_component_rich_style("measure-table--mark"))
        if entry.key in self.changed:
            style = plain if cursor else self.get_component_rich_style("measure-table--active")
            return Segment(CHANGED, style)
        return Segment(" " * EDGE, plain)

    def _broken_text(self, entry: Entry, columns: Sequence[Column], width: int) -> str:
        said = entry.problems[0].message if entry.problems else "读不出来"
        number = pad(entry.number or "?", columns[0].width)
        text = one_line(f"{entry.path} 读不出来：{said}")
        return pad(" " * EDGE + number + " " * GAP + "!! " + text, width)
