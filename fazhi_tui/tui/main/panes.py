"""How the panes stand: as many as fit, how large each is, and one of them alone when it is zoomed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from fazhi_tui.tui.filter.facets import Facets
from fazhi_tui.tui.main.layout import FACETS_WIDTH, LAYOUTS, Sizes, layout_for
from fazhi_tui.tui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from fazhi_tui.tui.main.screen import MainScreen

PANES = ("facets", "list", "detail")
#: By how much a key widens or narrows: cells of the facets, percent of the rest.
STEP_CELLS, STEP_PERCENT = 2, 5


class Panes:
    """The sizes are the user's, kept from one start to the next."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.sizes = Sizes()
        #: Which pane has the whole of the middle, or "".
        self.zoomed = ""

    # ------------------------------------------------------------------ layout

    def lay_out(self, width: int, height: int) -> None:
        """Choose the layout for a terminal of this size."""
        screen = self._screen
        chosen = layout_for(width, height)
        if not screen.has_class(chosen):
            screen.remove_class(*LAYOUTS)
            screen.add_class(chosen)
        facets = screen.query_one(Facets)
        if not chosen.startswith("three") and facets.has_focus and self.zoomed != "facets":
            screen.look.focus()
        self.apply()

    def apply(self) -> None:
        """Give the panes their sizes."""
        screen = self._screen
        screen.query_one(Facets).styles.width = None if self.zoomed == "facets" else self.sizes.facets
        detail = screen.detail
        if self.zoomed == "detail":
            detail.styles.width = detail.styles.height = None
        elif screen.has_class("three-beside"):
            detail.styles.width, detail.styles.height = f"{self.sizes.beside}%", None
        else:
            detail.styles.width, detail.styles.height = None, f"{self.sizes.below}%"
        screen.query_one("#seam-detail", Splitter).set_class(not screen.has_class("three-beside"), "-lying")

    # ------------------------------------------------------------------ zooming

    @property
    def focused(self) -> str:
        """The pane that the focus is in."""
        screen = self._screen
        node: Widget | None = screen.focused
        if node is not None and (node is screen.detail or screen.detail in node.ancestors):
            return "detail"
        return "facets" if isinstance(node, Facets) else "list"

    def zoom(self, pane: str) -> None:
        """Give one pane the whole of the middle; an empty name takes it back."""
        screen = self._screen
        self.zoomed = pane
        for name in PANES:
            screen.set_class(name == pane, f"zoomed-{name}")
        self.apply()
        if pane == "detail":
            screen.detail.body.focus()
        elif pane == "facets":
            screen.query_one(Facets).focus()
        else:
            screen.look.focus()

    # ------------------------------------------------------------------ sizes

    def grow(self, by: int) -> None:
        """Make the pane in hand larger, or smaller by a negative number of steps."""
        pane = self.focused
        beside = self._screen.has_class("three-beside")
        if pane == "facets":
            self.sizes = self.sizes.changed(facets=self.sizes.facets + by * STEP_CELLS)
        else:
            # What the list gains the detail loses.
            step = by * STEP_PERCENT * (1 if pane == "detail" else -1)
            if beside:
                self.sizes = self.sizes.changed(beside=self.sizes.beside + step)
            else:
                self.sizes = self.sizes.changed(below=self.sizes.below + step)
        self.apply()

    def drag(self, seam: str, x: int, y: int) -> None:
        """A seam was dragged to a cell of the screen."""
        room = self._screen.query_one("#list-and-detail").region
        if seam == "seam-facets":
            self.sizes = self.sizes.changed(facets=x)
        elif self._screen.has_class("three-beside"):
            self.sizes = self.sizes.changed(beside=round(100 * (room.right - x - 1) / max(room.width, 1)))
        else:
            self.sizes = self.sizes.changed(below=round(100 * (room.bottom - y - 1) / max(room.height, 1)))
        self.apply()

    def restore(self, facets: int, beside: int, below: int) -> None:
        """The sizes that were left the last time; nothing (0) is the default."""
        default = Sizes()
        self.sizes = default.changed(
            facets=facets or FACETS_WIDTH, beside=beside or default.beside, below=below or default.below
        )
