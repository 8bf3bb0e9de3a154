"""How many panes there is room for; pure."""

from __future__ import annotations

#: Below this size something will not fit; the program goes on and says so.
MIN_WIDTH, MIN_HEIGHT = 80, 24
#: Facets, list and detail from here on.
THREE_PANES = 100
#: From here on the detail stands beside the list instead of under it.
SIDE_BY_SIDE = 132
#: Without facets, list and detail stand over each other from this height on.
STACKED_HEIGHT = 30

LAYOUTS = ("one-pane", "two-panes", "three-stacked", "three-beside")


def layout_for(width: int, height: int) -> str:
    """One of :data:`LAYOUTS` for a terminal of this size in cells."""
    if width >= SIDE_BY_SIDE:
        return "three-beside"
    if width >= THREE_PANES and height >= MIN_HEIGHT:
        return "three-stacked"
    return "two-panes" if height >= STACKED_HEIGHT else "one-pane"
