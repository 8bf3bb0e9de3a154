"""How the panes stand: as many as fit, how large each is, and one of them alone when it is zoomed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from fazhi_tui.tui.detail.pane import Detail
from fazhi_tui.tui.filter.facets import Facets
from fazhi_tui.tui.main.layout import FACETS_WIDTH, LAYOUTS, Sizes, layout_for
from fazhi_tui.tui.main.view_switcher import ViewSwitcher

PANES = ("facets", "list", "detail")
#: By how much a key widens or narrows: cells of the facets, percent of the rest.
STEP_CELLS, STEP_PERCENT = 2, 5


@dataclass(eq=False, repr=False)
class Panes:
    """The sizes are the user's, kept from one start to the next.

    ``_tell_zoomed`` is called when a pane has got the whole of the middle, or gives it back; ``zoomed`` says
    which has it, or is empty.
    """

    _screen: Screen[Any]
    _facets: Facets
    _views: ViewSwitcher
    _detail: Detail
    _tell_zoomed: Callable[[], object]
    sizes: Sizes = Sizes()
    zoomed: str = ""

    # ------------------------------------------------------------------ layout

    def lay_out(self, width: int, height: int) -> None:
        """Choose the layout for a terminal of this size."""
        layout = layout_for(width, height)
        if not self._screen.has_class(layout):
            self._screen.remove_class(*LAYOUTS)
            self._screen.add_class(layout)
        if not layout.startswith("three") and self._facets.has_focus and self.zoomed != "facets":
            self._views.shown.focus()
        self.apply()

    def apply(self) -> None:
        """Give the panes their sizes."""
        self._facets.styles.width = None if self.zoomed == "facets" else self.sizes.facets
        styles = self._detail.styles
        if self.zoomed == "detail":
            styles.width = styles.height = None
        elif self._beside:
            styles.width, styles.height = f"{self.sizes.beside}%", None
        else:
            styles.width, styles.height = None, f"{self.sizes.below}%"
        self._screen.query_one("#seam-detail").set_class(not self._beside, "-lying")

    @property
    def _beside(self) -> bool:
        """Whether the detail stands beside the list and not under it."""
        return self._screen.has_class("three-beside")

    @property
    def take_turns(self) -> bool:
        """Whether there is room for one pane only."""
        return self._screen.has_class("one-pane")

    # ------------------------------------------------------------------ zooming

    @property
    def focused(self) -> str:
        """The pane that the focus is in."""
        focused = self._screen.focused
        if focused is not None and self._detail in focused.ancestors_with_self:
            return "detail"
        return "facets" if focused is self._facets else "list"

    def zoom(self, pane: str) -> None:
        """Give one pane the whole of the middle; an empty name takes it back."""
        self.zoomed = pane
        for name in PANES:
            self._screen.set_class(name == pane, f"zoomed-{name}")
        self.apply()
        if pane == "detail":
            self._detail.body.focus()
        elif pane == "facets":
            self._facets.focus()
        else:
            self._views.shown.focus()
        self._tell_zoomed()

    def open_detail(self) -> None:
        """Into the detail; from there, the whole width for it; from there, back."""
        if self.zoomed == "detail":
            self.zoom("")
        elif self.take_turns or self._detail.body.has_focus:
            self.zoom("detail")
        else:
            self._detail.body.focus()

    # ------------------------------------------------------------------ sizes

    def grow(self, by: int) -> None:
        """Make the pane in hand larger, or smaller by a negative number of steps."""
        pane = self.focused
        # What the list gains the detail loses.
        step = by * STEP_PERCENT * (1 if pane == "detail" else -1)
        if pane == "facets":
            self.sizes = self.sizes.changed(facets=self.sizes.facets + by * STEP_CELLS)
        elif self._beside:
            self.sizes = self.sizes.changed(beside=self.sizes.beside + step)
        else:
            self.sizes = self.sizes.changed(below=self.sizes.below + step)
        self.apply()

    def drag(self, seam: str, x: int, y: int) -> None:
        """A seam was dragged to a cell of the screen."""
        room = self._screen.query_one("#list-and-detail").region
        if seam == "seam-facets":
            self.sizes = self.sizes.changed(facets=x)
        elif self._beside:
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
