"""Fields that take typed and pasted text; what is hidden in a paste is made visible on arrival."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widgets import Input, TextArea

from fazhi_tui.visible import visible


class LineField(Input):
    """One line.  Pasted control characters and direction marks become ``<1B>``, line breaks blanks."""

    def _on_paste(self, event: events.Paste) -> None:
        # Textual calls its own handler after this one; left alone it would keep the first line and
        # drop the rest.  Nothing that is pasted is lost here.
        event.text = visible(re.sub(r"\r\n|[\r\n\t]", " ", event.text))


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
