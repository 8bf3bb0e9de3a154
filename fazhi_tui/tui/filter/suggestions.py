"""The drop-down under the filter bar: what may be put in.  It lies over the list and pushes nothing about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import events, on
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.styles import plain

#: Lines at most, the one that tells the keys included.
MOST_LINES = 8
#: Cells that a note may take beside what it is about.
NOTE_WIDTH = 44
SHOWN_WIDTH = 48
#: Blanks that a line may need so that no character is cut in two.
_SLACK = 3
_KEYS = "Tab 采用 上下 选择 Esc 关闭"


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the drop-down, and what it puts where: ``text`` from ``start`` to ``end`` of the field.

    ``open`` ones (a field's name) want something behind them; ``same`` ones only write anew what is there.
    """

    shown: str
    note: str
    start: int
    end: int
    text: str
    open: bool = False
    same: bool = False


class Suggestions(Widget, can_focus=False):
    """At most :data:`MOST_LINES` lines; the keys that move in it are the field's."""

    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """An offer was clicked."""

        offer: Offer

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.offers: tuple[Offer, ...] = ()
        #: The place of the one chosen with the arrows; None while none was.
        self._at: int | None = None
        self._top = 0
        self._parts: list[tuple[Region, set[int]]] = []

    def on_mount(self) -> None:
        """What lies below may move without this being laid out anew."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._look_below)

    def _look_below(self, _screen: Screen[Any]) -> None:
        if self.is_open and self._parts != self._parts_below():
            self.refresh()

    @property
    def is_open(self) -> bool:
        """Whether there is anything to see."""
        return bool(self.offers)

    @property
    def holds_keys(self) -> bool:
        """Whether it keeps arrows and Esc to itself; not where it only repeats what was typed."""
        return self.is_open and not (len(self.offers) == 1 and self.offers[0].same)

    @property
    def chosen(self) -> Offer | None:
        """The offer that was chosen with the arrows."""
        return None if self._at is None else self.offers[self._at]

    @property
    def first(self) -> Offer | None:
        """The chosen offer, else the best."""
        return self.chosen or next(iter(self.offers), None)

    def show(self, offers: Sequence[Offer], left: int) -> None:
        """Show other offers, from the column ``left`` of the screen on; none closes it."""
        lines = self._lines
        self.offers = tuple(offers)
        self._at, self._top = None, 0
        self.display = self.is_open
        if self.is_open:
            screen = self.screen.size.width
            notes = min(max(cell_len(one_line(offer.note)) for offer in offers), NOTE_WIDTH)
            wanted = max(self._shown_width() + notes + 4 + _SLACK, cell_len(self._foot()) + 1) + _SLACK
            width = min(wanted, screen)
            self.styles.width = width
            self.styles.offset = (max(min(left, screen - width), 0), 0)
            self.refresh(layout=self._lines != lines)

    def close(self) -> None:
        """Show nothing."""
        if self.is_open:
            self.show((), 0)

    def move(self, by: int) -> None:
        """Choose the next or the one before; beyond the first none is chosen, the last stays the last."""
        at = (-1 if self._at is None else self._at) + by
        self._at = None if at < 0 else min(at, len(self.offers) - 1)
        at = self._at or 0
        self._top = min(max(self._top, at - self._lines + 1), at)
        self.refresh()

    @property
    def _lines(self) -> int:
        """How many offers are seen at once."""
        return min(len(self.offers), MOST_LINES - 1)

    def _shown_width(self) -> int:
        return min(max(cell_len(one_line(offer.shown)) for offer in self.offers), SHOWN_WIDTH)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """The offers that are seen, and the line of keys."""
        return self._lines + 1

    def render(self) -> Content:
        """The offers, the chosen one marked by a sign and by colour, and what the keys do."""
        if not self.offers:
            return Content("")
        lines = []
        self._parts = self._parts_below()
        for at in range(self._top, self._top + self._lines):
            head, note = self._line(at)
            if at == self._at:
                style = "bold reverse" if self.app.no_color else _CHOSEN
                lines.append(plain(head + note, style))
            else:
                lines.append(Content.assemble(plain(head), plain(note, "$text-muted")))
        width, left = self.content_size.width, self.content_region.x
        foot = clear_of(f" {self._foot()}", left, self._cuts(self._lines))
        lines.append(plain(pad(foot, width), "$text-disabled"))
        return Content("\n").join(lines)

    def _line(self, at: int) -> tuple[str, str]:
        """What an offer shows, and its note, together as wide as the drop-down."""
        offer, left = self.offers[at], self.content_region.x
        width = self.content_size.width
        shown_width = min(self._shown_width() + _SLACK, max(width - 4, 1))
        cuts = self._cuts(at - self._top)
        shown = clear_of(one_line(offer.shown), left + 2, cuts)
        head = f"{'>' if at == self._at else ' '} {pad(shown, shown_width)} "
        note = clear_of(cut(one_line(offer.note), NOTE_WIDTH), left + cell_len(head), cuts)
        return head, pad(note, max(width - cell_len(head), 0))

    def _cuts(self, line: int) -> frozenset[int]:
        """The columns at which Textual cuts what is drawn on a line: where a widget below begins or ends.

        A double-width character across such a cut would be lost.
        """
        y = self.content_region.y + line
        found: set[int] = set()
        for region, columns in self._parts:
            if region.y <= y < region.bottom:
                found |= columns
        return frozenset(found)

    def _parts_below(self) -> list[tuple[Region, set[int]]]:
        """Where each widget stands, and the columns at which it cuts."""
        found = []
        for widget in self.screen.query(Widget):
            if widget.display:
                region = widget.region
                columns = {region.x, region.right}
                if widget.show_vertical_scrollbar:
                    columns.add(region.right - widget.styles.scrollbar_size_vertical)
                found.append((region, columns))
        return found

    def _foot(self) -> str:
        count = len(self.offers)
        if count <= self._lines:
            return _KEYS
        return f"{_KEYS}  {self._top + 1}-{self._top + self._lines}/{count}"

    def on_click(self, event: events.Click) -> None:
        """Take what was clicked; the field keeps the focus."""
        event.stop()
        at = self._top + event.y
        if event.y < self._lines and at < len(self.offers):
            self.post_message(self.Clicked(self.offers[at]))

    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _wheel(self, event: events.MouseEvent) -> None:
        """Show later or earlier ones."""
        event.stop()
        by = 1 if isinstance(event, events.MouseScrollDown) else -1
        self._top = min(max(self._top + by, 0), len(self.offers) - self._lines)
        self.refresh()


def clear_of(text: str, left: int, cuts: frozenset[int]) -> str:
    """``text``, drawn from column ``left`` on, with blanks before a character that a cut would halve."""
    done, at = [], left
    for char in text:
        wide = cell_len(char)
        while wide == 2 and at + 1 in cuts:
            done.append(" ")
            at += 1
        done.append(char)
        at += wide
    return "".join(done)


_CHOSEN = "$block-cursor-foreground on $block-cursor-background bold"
