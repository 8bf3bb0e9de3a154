"""Looks: ways to look at the same filtered measures.  What all of them have in common.

A look can stand where the list stands: it shows the same entries, keeps the cursor on the same one, knows
the same marks and tells the same things.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.text.cells import cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.text.wrapping import wrap
from fazhi_tui.service.view import View
from fazhi_tui.tui.messages import EntryHighlighted, EntryOpened
from fazhi_tui.tui.views.entries import Entry
from fazhi_tui.tui.widgets.fixed_layout import FixedLayoutView

#: What stands at the edge of a marked entry.
MARK = "*"
#: The sign of a measure that has changed since one looked last.
CHANGED = "+"
#: Component classes, the part after the look's own name: see :meth:`ViewWidget.style`.
PARTS = (
    "header", "row", "cursor", "broken", "broken-cursor", "muted", "active", "review", "red", "yellow",
    "green", "empty", "mark", "here", "target", "number",
)  # fmt: skip
LIGHT_PARTS = {
    Light.RED: "red",
    Light.YELLOW: "yellow",
    Light.UNREPORTED: "review",
    Light.GREEN: "green",
}
STATUS_PARTS = {
    Status.NOT_STARTED: "muted",
    Status.IN_PROGRESS: "active",
    Status.ONGOING: "active",
    Status.PENDING_REVIEW: "review",
    Status.DONE: "green",
    Status.SUSPENDED: "muted",
}
#: The styles of the parts, the same as the list's; they hold for every class derived from the look.
LOOK_CSS = """
ViewWidget { height: 1fr; background: $surface; overflow-x: hidden; }
ViewWidget > .view--header { color: $text-muted; text-style: bold; background: $panel; }
ViewWidget > .view--here { color: $foreground; text-style: bold; background: $panel; }
ViewWidget:focus > .view--header { color: $foreground; background: $primary 35%; }
ViewWidget:focus > .view--here { color: $block-cursor-foreground; background: $block-cursor-background; }
ViewWidget > .view--target { color: $background; background: $accent; text-style: bold; }
ViewWidget > .view--row { color: $foreground; }
ViewWidget > .view--number { color: $foreground; text-style: bold; }
ViewWidget > .view--cursor {
    color: $block-cursor-blurred-foreground; background: $block-cursor-blurred-background;
}
ViewWidget:focus > .view--cursor {
    color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold;
}
ViewWidget > .view--broken { color: $text-error; background: $error 18%; text-style: bold; }
ViewWidget > .view--broken-cursor { color: $background; background: $error; text-style: bold; }
ViewWidget > .view--muted { color: $text-muted; }
ViewWidget > .view--active { color: $text-primary; }
ViewWidget > .view--review { color: $text-accent; }
ViewWidget > .view--red { color: $text-error; text-style: bold; }
ViewWidget > .view--yellow { color: $text-warning; }
ViewWidget > .view--green { color: $text-success; }
ViewWidget > .view--mark { color: $text-accent; text-style: bold reverse; }
ViewWidget > .view--empty { color: $text-muted; }
ViewWidget:nocolor > .view--cursor { text-style: reverse; }
ViewWidget:nocolor > .view--broken-cursor { text-style: reverse bold; }
ViewWidget:nocolor > .view--target { text-style: reverse bold; }
ViewWidget:nocolor > .view--header { text-style: bold underline; }
ViewWidget:nocolor > .view--here { text-style: bold reverse; }
"""


class ViewWidget(FixedLayoutView, can_focus=True, inherit_bindings=False):
    """A look in lines: entries, cursor, marks, and what is told of them.

    A look overrides :meth:`settle` (put ``self.entries`` in its own order, count, measure), :meth:`reveal`
    (bring the cursor into sight) and ``render_line``.  Only the lines in sight are ever rendered.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"view--{part}" for part in PARTS}
    DEFAULT_CSS = LOOK_CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("ctrl+home", "edge(0)", show=False),
        Binding("end,ctrl+end", "edge(1)", show=False),
        Binding("space", "screen.do('mark')", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        #: In the look's own order: the cursor counts in it.
        self.entries: tuple[Entry, ...] = ()
        self.view: View | None = None
        self.light_names = LightNames()
        #: Keys of the marked entries: the same set as the list's, handed over by the screen.
        self.marked: set[str] = set()
        self.changed: frozenset[str] = frozenset()
        #: Who works here, on whom it may depend what can be done; empty where that is not known.
        self.unit = ""
        self._empty = ""
        self._places: dict[str, int] = {}
        self._number_width = 2
        self._styles: dict[str, Style] = {}
        #: The entry that the user last stood on: a filter that hides it for a moment gives it back.
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
        kept = self.current.key if self.current else ""
        self.entries = tuple(entries)
        self._empty = empty
        self.settle()
        # Of two files with one number the first counts, as in the list.
        self._number_width = max([2, *(len(entry.number) for entry in self.entries)])
        self._places = {}
        for place, entry in enumerate(self.entries):
            self._places.setdefault(entry.key, place)
        at = self._places.get(self._wanted)
        self.set_reactive(type(self).cursor, at if at is not None else self.validate_cursor(self.cursor))
        self.reveal()
        self.refresh()
        if (self.current.key if self.current else "") != kept:
            self.tell()

    def settle(self) -> None:
        """Put the entries in the look's own order; called once for every :meth:`show`."""

    def reveal(self) -> None:
        """Bring the cursor into sight."""

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def index_of(self, key: str) -> int | None:
        """Where an entry stands, or None."""
        return self._places.get(key)

    def go_to(self, key: str) -> bool:
        """Put the cursor on an entry; False where it is not shown."""
        at = self.index_of(key)
        if at is not None:
            self._wanted = key
            self.cursor = at
            self.reveal()
        return at is not None

    def toggle_mark(self) -> None:
        """Mark the entry under the cursor, or take its mark away, and go on to the next."""
        if self.current is not None and self.current.row is not None:
            self.marked ^= {self.current.key}
            self.refresh_entry(self.cursor)
            self.action_move(1)

    def refresh_entry(self, at: int) -> None:
        """One entry looks different now; a look that knows where it stands draws only that anew."""
        del at
        self.refresh()

    def mark_all(self) -> None:
        """Mark every measure shown; where all are marked, none of any look."""
        keys = {entry.key for entry in self.entries if entry.row is not None}
        # In place: the set may be shared by several looks.
        if keys <= self.marked:
            self.marked.clear()
        else:
            self.marked |= keys
        self.refresh()

    # ------------------------------------------------------------------ moving

    def validate_cursor(self, cursor: int) -> int:
        """The cursor stays among the entries."""
        return max(0, min(cursor, len(self.entries) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in sight and tell where it stands."""
        del before, now
        self._wanted = self.current.key if self.current else ""
        self.reveal()
        self.refresh()
        self.tell()

    def action_move(self, by: int) -> None:
        """Down or up by so many entries."""
        self.cursor += by

    def action_page(self, by: int) -> None:
        """Down or up by a page."""
        self.cursor += by * max(self.size.height - 2, 1)

    def action_edge(self, last: int) -> None:
        """To the first or the last entry."""
        self.cursor = len(self.entries) - 1 if last else 0

    def tell(self) -> None:
        """Tell the screen on which entry the cursor stands."""
        self.post_message(EntryHighlighted(self.current.key if self.current else ""))

    def choose(self, at: int, *, again: bool) -> None:
        """A click on an entry: the cursor goes there; on the cursor, or ``again``, it opens."""
        opens = again or at == self.cursor
        self.cursor = at
        if opens and self.current is not None:
            self.post_message(EntryOpened(self.current.key))

    # ------------------------------------------------------------------ drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight; styles are asked for once a picture."""
        self._styles.clear()
        return super().render_lines(crop)

    def style(self, part: str) -> Style:
        """The style of one of :data:`PARTS`."""
        found = self._styles.get(part)
        if found is None:
            found = self._styles[part] = self.get_component_rich_style(f"view--{part}")
        return found

    @property
    def inner_width(self) -> int:
        """Cells of a line."""
        return self.scrollable_content_region.width

    def blank(self, width: int) -> Strip:
        """An empty line."""
        return Strip.blank(width, self.style("row"))

    def empty_line(self, line: int, width: int) -> Strip:
        """A line of what is told where there is nothing; counted from the top of the free room."""
        lines = wrap(self._empty, max(width - 4, 1)) if self._empty else []
        text = lines[line - 1] if 0 <= line - 1 < len(lines) else ""
        return Strip([Segment(pad("  " + text, width), self.style("empty"))], width)

    def edge(self, entry: Entry, plain: Style, *, cursor: bool) -> Segment:
        """The sign at the left: marked, or changed since one looked last."""
        if entry.key in self.marked:
            return Segment(MARK, self.style("mark"))
        if entry.key in self.changed:
            return Segment(CHANGED, plain if cursor else self.style("active"))
        return Segment(" ", plain)


def broken_text(entry: Entry) -> str:
    """What is wrong with a file that could not be read, in one line."""
    said = entry.problems[0].message if entry.problems else "读不出来"
    return one_line(f"{entry.path} 读不出来：{said}")


def two_ends(left: str, right: str, width: int) -> str:
    """``left`` and, at the right edge, ``right``; what does not fit is cut from the left one."""
    right = cut(right, width)
    return pad(left, width - len(right)) + right if right else pad(left, width)
