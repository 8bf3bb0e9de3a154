"""A list of lines whose colours give way on the line in hand: there they would fight with its background."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList


class LineList(OptionList):
    """Textual's list of options, readable in every theme."""

    def render_line(self, y: int) -> Strip:
        """The line in hand in one colour."""
        strip = super().render_line(y)
        at = self.scroll_offset.y + y
        if self.highlighted is None or at >= len(self._lines) or self._lines[at][0] != self.highlighted:
            return strip
        if not self.has_focus and not self.has_class("-always") and not self.app.no_color:
            # A blurred cursor is quiet: the colours of its line are readable on it.
            return strip
        plain = self.get_visual_style("option-list--option", "option-list--option-highlighted").rich_style
        # Without colours the background says nothing, and Textual leaves the reversal out here.
        ink = Style(color=plain.color, reverse=self.app.no_color or None)
        return Strip(
            [Segment(text, (style or Style.null()) + ink, control) for text, style, control in strip],
            strip.cell_length,
        )
