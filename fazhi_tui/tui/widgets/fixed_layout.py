"""Scrolling parts whose content may change its length without the whole screen being laid out again.

Textual lays everything out whenever the length of what a part can scroll over changes, and once more for
good measure; between two keys that is most of the work.  Only a scroll bar that comes or goes changes what
stands where, and that still is laid out: ``show_vertical_scrollbar`` sees to it.
"""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class FixedLayoutView(ScrollView):
    """A line-API part that says itself how long it is, by :meth:`set_length`."""

    def set_length(self, size: Size) -> None:
        """Scroll over ``size`` cells from now on."""
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        # Textual compares the sizes of two different things here, finds a difference each time and paints
        # the scroll bar again after every frame.
        if size == self._size:
            return False
        return super()._size_updated(size, virtual_size, container_size, layout)


def _updated_in_place(
    self: Widget,
    size: Size,
    virtual_size: Size,
    container_size: Size,
    layout: bool = True,  # noqa: ARG001
) -> bool:
    """Take another size without laying out what lies around."""
    return Widget._size_updated(self, size, virtual_size, container_size, layout=False)


class FixedLayoutWidget(Widget):
    """A part whose height decides what is below it, but never its own place."""

    _size_updated = _updated_in_place


class FixedLayoutScroll(VerticalScroll):
    """A column that scrolls over whatever height its content has."""

    # Not inherited from FixedLayoutWidget: Textual takes a part's styles from its first base alone.
    _size_updated = _updated_in_place
