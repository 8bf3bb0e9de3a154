"""What the views (list, board, timeline, charts) have in common: entries, cursor, marks, lines.

A view can stand where the list stands: it shows the same entries, keeps the cursor on the same one, knows
the same marks and posts the same messages.  Its colours are in ``theme/fazhi.tcss``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from fazhi_tui.domain.model.light import RARE_LIGHTS, Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.domain.text.wrapping import wrap
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.messages import EntryHighlighted, EntryOpened
from fazhi_tui.tui.styles import light_word
from fazhi_tui.tui.views.entries import Entry
from fazhi_tui.tui.widgets.fixed_layout import FixedLayoutView

#: A stretch of a line: its text, and the part (one of :data:`PARTS`) whose style it has.
Run = tuple[str, str]
#: What stands at the edge of a marked entry, and of a measure that has changed since the last visit.
MARK, CHANGED = "*", "+"
#: Component classes, the part after ``view--``: see :meth:`ViewWidget.style`.
PARTS = (
    "header", "row", "cursor", "broken", "broken-cursor", "muted", "active", "review", "red", "yellow",
    "green", "empty", "mark", "here", "target", "number",
)  # fmt: skip
LIGHT_PARTS = {
    Light.RED: "red",
    Light.YELLOW: "yellow",
    Light.UNREPORTED: "review",
    Light.GREEN: "green",
    Light.UNCOUNTED: "muted",
    Light.UNKNOWN: "red",
}
STATUS_PARTS = {
    Status.NOT_STARTED: "muted",
    Status.IN_PROGRESS: "active",
    Status.ONGOING: "active",
    Status.PENDING_REVIEW: "review",
    Status.DONE: "green",
    Status.SUSPENDED: "muted",
}


class ViewWidget(FixedLayoutView, can_focus=True, inherit_bindings=False):
    """A view in lines: ``head`` fixed ones above, ``foot`` below, between them those that scroll.

    A view overrides :meth:`arrange_entries` (put ``self.entries`` in its own order, count, measure),
    :meth:`scroll_to_cursor`, :meth:`entry_at` and ``render_line``.  Only the lines in sight are rendered.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"view--{part}" for part in PARTS}
    BINDINGS = bindings("view")
    head = 0

    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        #: In the view's own order: the cursor counts in it.
        self.entries: tuple[Entry, ...] = ()
        self._lights = frozenset(Light) - RARE_LIGHTS
        self.view: View | None = None
        self.light_names = LightNames()
        #: Keys of the marked entries: one set for all views.
        self.marked: set[str] = set()
        self.changed: frozenset[str] = frozenset()
        #: Who works here, on whom it may depend what can be done; empty where that is not known.
        self.unit = ""
        self._empty = ""
        self._indexes: dict[str, int] = {}
        self._number_width = 2
        self._styles: dict[str, Style] = {}
        #: The key of the entry that the user chose last: a filter that hides it for a moment gives it back.
        self._wanted = ""

    # ------------------------------------------------------------------ what it shows

    def take_view(self, view: View) -> None:
        """What was read, for what entries do not tell themselves; before :meth:`show`."""
        self.view = view
        self.light_names = view.settings.light_names

    def show(self, entries: Sequence[Entry], empty: str = "") -> None:
        """Show ``entries``; the cursor stays on the same entry, or as near as can be.

        ``empty`` is told where there are none.
        """
        kept = self.current_key
        self.entries = tuple(entries)
        self._empty = empty
        self.arrange_entries()
        # Of two files with one number the first counts, as in the list.
        self._number_width = max([2, *(len(entry.number) for entry in self.entries)])
        shown = {entry.row.state.light for entry in self.entries if entry.row is not None}
        self._lights = frozenset(light for light in Light if light in shown or light not in RARE_LIGHTS)
        self._indexes = {}
        for index, entry in enumerate(self.entries):
            self._indexes.setdefault(entry.key, index)
        at = self._indexes.get(self._wanted)
        self.set_reactive(type(self).cursor, at if at is not None else self.validate_cursor(self.cursor))
        self.scroll_to_cursor()
        self.refresh()
        if self.current_key != kept:
            self.post_highlighted()

    def arrange_entries(self) -> None:
        """Put the entries in the view's own order; called once for every :meth:`show`."""

    def scroll_to_cursor(self) -> None:
        """Bring the cursor into sight."""

    def entry_at(self, x: int, y: int) -> int | None:  # noqa: ARG002
        """The entry drawn at a cell of the widget."""
        return None

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    @property
    def current_key(self) -> str:
        """The key of the entry under the cursor; empty where there is none."""
        return self.current.key if self.current else ""

    def go_to(self, key: str) -> bool:
        """Put the cursor on an entry; False where it is not shown."""
        at = self._indexes.get(key)
        if at is not None:
            self._wanted = key
            self.cursor = at
            self.scroll_to_cursor()
        return at is not None

    def toggle_mark(self) -> None:
        """Mark the entry under the cursor, or take its mark away, and go on to the next."""
        if self.current is not None and self.current.row is not None:
            self.marked ^= {self.current.key}
            self.refresh_entry(self.cursor)
            self.action_move(1)

    def refresh_entry(self, at: int) -> None:  # noqa: ARG002
        """Draw an entry anew; a view that knows where it stands draws only that."""
        self.refresh()

    def mark_all(self, keys: Iterable[str] | None = None) -> None:
        """Mark every measure shown, or those named; where all are marked, take the marks away."""
        wanted = {entry.key for entry in self.entries if entry.row is not None}
        if keys is not None:
            wanted &= set(keys)
        # In place: the set is shared by several views.
        if not wanted <= self.marked:
            self.marked |= wanted
        elif keys is None:
            self.marked.clear()
        else:
            self.marked -= wanted
        self.refresh()

    # ------------------------------------------------------------------ moving

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays among the entries."""
        return max(0, min(cursor, len(self.entries) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in sight and tell where it stands."""
        self._wanted = self.current_key
        top = self.scroll_offset
        self.scroll_to_cursor()
        if self.scroll_offset == top:
            self.refresh_entry(before)
            self.refresh_entry(now)
        else:
            self.refresh()
        self.post_highlighted()

    def action_move(self, by: int) -> None:
        """Down or up by so many entries."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Down or up by a page."""
        self.action_move(by * max(self.size.height - 2, 1))

    def action_edge(self, last: int) -> None:
        """To the first or the last entry."""
        self.cursor = len(self.entries) - 1 if last else 0

    def post_highlighted(self) -> None:
        """Tell the screen on which entry the cursor stands."""
        self.post_message(EntryHighlighted())

    def on_click(self, event: events.Click) -> None:
        """A click takes the cursor there; on the cursor, or a double click, it opens."""
        at = self.entry_at(event.x, event.y)
        if at is not None:
            opens = event.chain > 1 or at == self.cursor
            self.cursor = at
            if opens and self.current is not None:
                self.post_message(EntryOpened())

    # ------------------------------------------------------------------ scrolling

    @property
    def foot(self) -> int:
        """Fixed lines below those that scroll."""
        return 0

    def set_line_count(self, count: int) -> None:
        """Scroll over so many lines, beside those of head and foot."""
        self.set_length(Size(self.inner_width, count + self.head + self.foot))

    def scroll_lines(self, first: int, last: int) -> None:
        """Bring the lines from ``first`` to ``last`` into sight; ``last`` where there is no room for all."""
        room = self.size.height - self.head - self.foot
        if room < 1:
            return
        # A view that has become shorter leaves no empty lines at the end.
        top = min(self.scroll_offset.y, max(self.virtual_size.height - self.size.height, 0))
        wanted = first if first < top else max(top, last - room + 1)
        if wanted != self.scroll_offset.y:
            self.scroll_to(y=wanted, animate=False, immediate=True)

    def line_at(self, y: int) -> int | None:
        """Which of the lines that scroll stands at a row of the widget; None for head and foot."""
        return self.scroll_offset.y + y - self.head if self.head <= y < self.size.height - self.foot else None

    # ------------------------------------------------------------------ drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight; styles are asked for once a picture."""
        self._styles.clear()
        return super().render_lines(crop)

    def style(self, part: str) -> Style:
        """The style of one of :data:`PARTS`."""
        if part not in self._styles:
            self._styles[part] = self.get_component_rich_style(f"view--{part}")
        return self._styles[part]

    @property
    def inner_width(self) -> int:
        """Cells of a line."""
        return self.scrollable_content_region.width

    @property
    def light_width(self) -> int:
        """Cells that the widest light's sign and name take; of rare ones only those that are shown."""
        return max(cell_len(light_word(light, self.light_names)) for light in self._lights)

    def text_line(self, text: str, part: str, width: int) -> Strip:
        """A line of one style."""
        return Strip([Segment(pad(text, width), self.style(part))], width)

    def run_line(self, runs: Iterable[Run], width: int, part: str) -> Strip:
        """A line of several styles; what is left of it has that of ``part``."""
        segments = [Segment(text, self.style(name)) for text, name in runs]
        return Strip(segments).adjust_cell_length(width, self.style(part))

    def entry_line(self, entry: Entry, runs: Iterable[Run], width: int, *, cursor: bool) -> Strip:
        """An entry's line: its sign, then ``runs``, all in one style under the cursor."""
        plain = self.style("cursor" if cursor else "row")
        segments = [self.edge(entry, plain, cursor=cursor)]
        segments += [Segment(text, plain if cursor else self.style(part)) for text, part in runs]
        return Strip(segments).adjust_cell_length(width, plain)

    def empty_line(self, line: int, width: int) -> Strip:
        """A line of what is told where there is nothing; counted from the top of the free room."""
        lines = wrap(self._empty, max(width - 4, 1)) if self._empty else []
        text = lines[line - 1] if 0 <= line - 1 < len(lines) else ""
        return self.text_line("  " + text, "empty", width)

    def edge(self, entry: Entry, plain: Style, *, cursor: bool) -> Segment:
        """The sign at the left: marked, or changed since the last visit."""
        if entry.key in self.marked:
            return Segment(MARK, self.style("mark"))
        if entry.key in self.changed:
            return Segment(CHANGED, plain if cursor else self.style("active"))
        return Segment(" ", plain)
