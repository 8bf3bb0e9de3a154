"""The field for a message of several lines."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Document, Selection

from fazhi_tui.domain.text.visible import visible
from fazhi_tui.service.notes.templates import first_blank
from fazhi_tui.tui.widgets.fields import wide_blank


class MessageField(TextArea):
    """Several lines, soft-wrapped; Tab leaves it."""

    document: Document

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

    async def _on_key(self, event: events.Key) -> None:
        if blank := wide_blank(event):
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(blank, *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        # Terminals send line breaks in a paste as a bare CR.
        event.text = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))

    def put(self, text: str) -> None:
        """Insert at the cursor, as lines of their own, and go to the first blank of what was put in.

        Ctrl+Z takes it back.
        """
        start, end = sorted(self.selection)
        before = self.document.get_text_range((start[0], 0), start)
        after = self.document.get_text_range(end, (end[0], len(self.document[end[0]])))
        lead, tail = "\n" if before.strip() else "", "\n" if after.strip() else ""
        self.history.checkpoint()
        self.replace(f"{lead}{text}{tail}", start, end, maintain_selection_offset=False)
        at = self.document.get_index_from_location(start)
        if not self._go_to_blank(at, at + len(lead) + len(text)):
            self.move_cursor(self.document.get_location_from_index(at + len(lead) + len(text)))

    def take(self, text: str) -> None:
        """Have another text in place of the whole; Ctrl+Z brings the former back."""
        if text != self.text:
            self.history.checkpoint()
            self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
            self.history.checkpoint()
            self.move_cursor(self.document.end)

    def go_to_next_blank(self) -> bool:
        """Mark the next blank, from the top again behind the last one; False where there is none."""
        at = self.document.get_index_from_location(max(self.selection))
        return self._go_to_blank(at) or self._go_to_blank(0)

    def _go_to_blank(self, start: int, end: int | None = None) -> bool:
        found = first_blank(self.text[:end], start)
        if found is None:
            return False
        first, last = map(self.document.get_location_from_index, found)
        # What is typed next takes the blank's place.
        self.selection = Selection(first, last)
        return True
