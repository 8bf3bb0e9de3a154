"""The seam between two panes: dragging it gives the one what the other loses."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from fazhi_tui.tui.messages import SplitterDragged


class Splitter(Widget):
    """One blank cell wide (or high); it is lit while the mouse is over it."""

    ALLOW_SELECT = False

    def render(self) -> RenderResult:
        """Nothing but its background."""
        return Content("")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag: the mouse is followed wherever it goes."""
        event.stop()
        self.capture_mouse()
        self.add_class("-dragged")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell where it has been dragged to, in cells of the screen."""
        if self.has_class("-dragged"):
            event.stop()
            self.post_message(SplitterDragged(self.id or "", int(event.screen_x), int(event.screen_y)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        event.stop()
        self.release_mouse()
        self.remove_class("-dragged")
