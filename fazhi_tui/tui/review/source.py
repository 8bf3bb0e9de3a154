"""The source with what was recognised: coloured and, since colour alone says nothing, labelled.

Only what is in sight is laid out, so that a document of ten megabytes moves as quickly as one of ten
kilobytes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from fazhi_tui.domain.text.cells import pad
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.review.source_text import STYLES, Line, SourceText

#: Cells at the left for the cursor's sign.
GUTTER = 2


@dataclass
class CursorMoved(Message):
    """The cursor stands on another piece of the source, at an offset of its text."""

    offset: int


class SourceView(Widget, can_focus=True):
    """The document's text; a cursor that moves by paragraph and by sentence."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"source-view--{name}" for name in (*STYLES.values(), "label", "doubt", "cursor", "sign")
    }
    BINDINGS = bindings("source")

    def __init__(self, *, id: str | None = None) -> None:
        #: The lines in sight, by all that they depend on but the styles; styles are told of early.
        self._laid_out: tuple[object, list[Strip]] | None = None
        super().__init__(id=id)
        self.source = SourceText()
        self._top = 0
        self.cursor = 0

    def show(self, source: SourceText) -> None:
        """Show a document; the cursor stays where it stood."""
        self.source = source
        self._changed()

    def go_to(self, offset: int) -> None:
        """Put the cursor on the piece that holds an offset."""
        offset = max(0, min(offset, len(self.source.text)))
        pieces = self.source.pieces(self.source.paragraph_at(offset))
        self._move(max((start for start, _ in pieces if start <= offset), default=pieces[0][0]))

    # ------------------------------------------------------------------ moving

    @property
    def _paragraph(self) -> int:
        """The cursor's."""
        return self.source.paragraph_at(self.cursor)

    def action_paragraph(self, by: int) -> None:
        """Up or down by a paragraph that is not empty."""
        at = self._paragraph
        while 0 <= at + by < len(self.source.paragraphs):
            at += by
            start, stop = self.source.paragraphs[at]
            if self.source.text[start:stop].strip():
                self._move(start)
                return

    def action_piece(self, by: int) -> None:
        """Left or right by a sentence, over the ends of paragraphs."""
        starts = [start for start, _ in self.source.pieces(self._paragraph)]
        index = bisect_right(starts, self.cursor) - 1 + by
        if 0 <= index < len(starts):
            self._move(starts[index])
        elif by > 0:
            self.action_paragraph(1)
        else:
            before = self.cursor
            self.action_paragraph(-1)
            if self.cursor != before:
                self._move(self.source.pieces(self._paragraph)[-1][0])

    def action_page(self, by: int) -> None:
        """Up or down by what is in sight."""
        height = max(self.size.height - 2, 1)
        at = self._paragraph
        used = 0
        while 0 <= at + by < len(self.source.paragraphs) and used < height:
            at += by
            used += len(self._lines(at))
        self._move(self.source.paragraphs[at][0])

    def action_edge(self, last: int) -> None:
        """To the document's beginning or end."""
        self._move(self.source.paragraphs[-1][0] if last else 0)

    def on_click(self, event: events.Click) -> None:
        """A click takes the cursor to the paragraph."""
        lines = self._lines_in_sight()
        if 0 <= event.y < len(lines):
            self._move(self.source.paragraphs[lines[event.y][0]][0])

    def on_resize(self) -> None:
        """The width decides the lines."""
        self._changed()

    def _move(self, offset: int) -> None:
        self.cursor = offset
        self._changed()
        self.post_message(CursorMoved(offset))

    def _changed(self) -> None:
        self._laid_out = None
        self._scroll_to_cursor()
        self.refresh()

    def _scroll_to_cursor(self) -> None:
        if not self.size.height:
            return
        at = self._paragraph
        if at < self._top:
            self._top = at
            return
        # From the cursor's line upwards: so many paragraphs fit above it.
        line = next((index for index, line in enumerate(self._lines(at)) if _has_cursor(line)), 0)
        room = self.size.height - line - 1
        top = at
        while top > self._top and room > 0:
            above = len(self._lines(top - 1))
            if above > room:
                break
            room -= above
            top -= 1
        self._top = max(self._top, top)

    # ------------------------------------------------------------------ drawing

    def _lines(self, at: int) -> list[Line]:
        return self.source.lines(at, self.cursor, max(self.size.width - GUTTER, 4))

    def _lines_in_sight(self) -> list[tuple[int, Line]]:
        """Each with its paragraph."""
        lines: list[tuple[int, Line]] = []
        at = self._top
        while at < len(self.source.paragraphs) and len(lines) < self.size.height:
            lines += [(at, line) for line in self._lines(at)]
            at += 1
        return lines[: self.size.height]

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        key = (self.size, self._top, self.cursor, id(self.source), self.has_focus)
        if self._laid_out is None or self._laid_out[0] != key:
            self._laid_out = (key, [self._strip(line) for _, line in self._lines_in_sight()])
        strips = self._laid_out[1]
        return strips[y] if y < len(strips) else Strip.blank(self.size.width, self.rich_style)

    def notify_style_update(self) -> None:
        """Other colours, or the focus has gone: every line is made anew."""
        self._laid_out = None
        super().notify_style_update()

    def _strip(self, line: Line) -> Strip:
        segments = [Segment(pad(">" if _has_cursor(line) else "", GUTTER), self._style("sign"))]
        for style, chars in groupby(line, key=lambda char: char[1]):
            segments.append(Segment("".join(char for char, _ in chars), self._style(style)))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"source-view--{name}")


def _has_cursor(line: Line) -> bool:
    return any(style == "cursor" for _, style in line)
