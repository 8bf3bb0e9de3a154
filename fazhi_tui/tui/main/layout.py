"""How many panes there is room for; pure."""

from __future__ import annotations

from dataclasses import dataclass

#: Below this size something will not fit; the program goes on and says so.
MIN_WIDTH, MIN_HEIGHT = 80, 24
#: Facets, list and detail from here on.
THREE_PANES = 100
#: From here on the detail stands beside the list instead of under it.
SIDE_BY_SIDE = 132
#: Without facets, list and detail stand over each other from this height on.
STACKED_HEIGHT = 30

#: Cells of the facets at first, and the bounds of what the user may make of the panes.
FACETS_WIDTH = 22
FACETS_BOUNDS = (14, 48)
SHARE_BOUNDS = (20, 75)

LAYOUTS = ("one-pane", "two-panes", "three-stacked", "three-beside")


def layout_for(width: int, height: int) -> str:
    """One of :data:`LAYOUTS` for a terminal of this size in cells."""
    if width >= SIDE_BY_SIDE:
        return "three-beside"
    if width >= THREE_PANES and height >= MIN_HEIGHT:
        return "three-stacked"
    return "two-panes" if height >= STACKED_HEIGHT else "one-pane"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the panes are: the facets in cells, the detail in percent of what is left of the middle,
    ``beside`` the list or ``below`` it.
    """

    facets: int = FACETS_WIDTH
    beside: int = 36
    below: int = 52

    def changed(
        self, facets: int | None = None, beside: int | None = None, below: int | None = None
    ) -> Sizes:
        """Other sizes, each within its bounds."""
        return Sizes(
            _within(self.facets if facets is None else facets, FACETS_BOUNDS),
            _within(self.beside if beside is None else beside, SHARE_BOUNDS),
            _within(self.below if below is None else below, SHARE_BOUNDS),
        )


def _within(value: int, bounds: tuple[int, int]) -> int:
    return max(bounds[0], min(value, bounds[1]))
