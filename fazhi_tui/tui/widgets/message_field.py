"""The field for a message of several lines."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widgets import TextArea

from fazhi_tui.visible import visible


class MessageField(TextArea):
    """Several lines, soft-wrapped; Tab leaves it."""

    #: What Textual draws for an empty line inside a selection: a character of ambiguous width.
    SELECTED_EMPTY = "\u258c"

    def render_line(self, y: int) -> Strip:
        """An empty line inside a selection is shown by its background instead."""
        strip = super().render_line(y)
        if not self.selection.is_empty and strip.text.strip() == self.SELECTED_EMPTY:
            style = self.get_component_rich_style("text-area--selection")
            segments = [
                Segment(" ", style) if segment.text == self.SELECTED_EMPTY else segment for segment in strip
            ]
            return Strip(segments, strip.cell_length)
        return strip

    async def _on_paste(self, event: events.Paste) -> None:
        # Terminals send line breaks in a paste as a bare CR.
        event.text = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))
