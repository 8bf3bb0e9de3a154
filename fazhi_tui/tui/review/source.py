"""The source with what was recognised: coloured and, since colour alone says nothing, labelled.

Only what is in sight is laid out, so that a document of ten megabytes moves as quickly as one of ten
kilobytes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from fazhi_tui.domain.text.cells import pad
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.domain.text.wrapping import wrap
from fazhi_tui.importer.annotations import Annotation, AnnotationKind

#: Paragraphs longer than this are shown in pieces, so that one is never dear to lay out.
LONGEST = 1500
#: Cells at the left for the cursor's sign.
GUTTER = 2
_PIECE = re.compile(r"[^。；！？：，\n\v\t]*[。；！？：，\n\v\t]*")
_STYLES = {
    AnnotationKind.NUMBER: "number",
    AnnotationKind.TITLE: "title",
    AnnotationKind.TEXT: "text",
    AnnotationKind.UNITS: "units",
    AnnotationKind.TIME: "time",
    AnnotationKind.PROGRESS: "progress",
    AnnotationKind.HEADING: "heading",
    AnnotationKind.GENERAL: "general",
    AnnotationKind.LEFT: "left",
}


class CursorMoved(Message):
    """The cursor stands on another piece of the source."""

    def __init__(self, offset: int) -> None:
        super().__init__()
        self.offset = offset


class SourceView(Widget, can_focus=True):
    """The document's text; a cursor that moves by paragraph and by sentence."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"source-view--{name}" for name in (*_STYLES.values(), "label", "doubt", "cursor", "sign")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "paragraph(-1)", show=False),
        Binding("down", "paragraph(1)", show=False),
        Binding("left", "piece(-1)", show=False),
        Binding("right", "piece(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._marks: Sequence[Annotation] = ()
        self._mark_starts: list[int] = []
        self._doubts: frozenset[int] = frozenset()
        self._paragraphs: list[tuple[int, int]] = [(0, 0)]
        self._starts: list[int] = [0]
        self._top = 0
        self.cursor = 0
        self._laid_out: tuple[object, list[Strip]] | None = None

    # ------------------------------------------------------------------ what it shows

    def show(self, text: str, marks: Sequence[Annotation], doubts: frozenset[int]) -> None:
        """Show a document; the cursor stays where it stood."""
        if text != self._text:
            self._text = text
            self._paragraphs = list(_paragraphs(text))
            self._starts = [start for start, _ in self._paragraphs]
        self._marks = marks
        self._mark_starts = [mark.start for mark in marks]
        self._doubts = doubts
        self._changed()

    def go_to(self, offset: int) -> None:
        """Put the cursor on the piece that holds an offset."""
        offset = max(0, min(offset, len(self._text)))
        at = self._paragraph_at(offset)
        pieces = self._pieces(at)
        start = max((start for start, _ in pieces if start <= offset), default=pieces[0][0])
        self._move(start)

    def mark_at(self, offset: int) -> Annotation | None:
        """What the character at an offset was taken for."""
        index = bisect_right(self._mark_starts, offset) - 1
        if index >= 0 and self._marks[index].start <= offset < self._marks[index].stop:
            return self._marks[index]
        return None

    def first_word(self, offset: int) -> int:
        """The first offset at or behind this one that is no blank."""
        while offset < len(self._text) and self._text[offset] in " \t\n\v\u3000\u00a0":
            offset += 1
        return offset

    # ------------------------------------------------------------------ moving

    def action_paragraph(self, by: int) -> None:
        """Up or down by a paragraph that is not empty."""
        at = self._paragraph_at(self.cursor)
        while 0 <= at + by < len(self._paragraphs):
            at += by
            start, stop = self._paragraphs[at]
            if self._text[start:stop].strip():
                self._move(start)
                return

    def action_piece(self, by: int) -> None:
        """Left or right by a sentence, over the ends of paragraphs."""
        at = self._paragraph_at(self.cursor)
        starts = [start for start, _ in self._pieces(at)]
        index = bisect_right(starts, self.cursor) - 1 + by
        if 0 <= index < len(starts):
            self._move(starts[index])
        elif by > 0:
            self.action_paragraph(1)
        else:
            before = self.cursor
            self.action_paragraph(-1)
            if self.cursor != before:
                self._move(self._pieces(self._paragraph_at(self.cursor))[-1][0])

    def action_page(self, by: int) -> None:
        """Up or down by what is in sight."""
        height = max(self.size.height - 2, 1)
        at = self._paragraph_at(self.cursor)
        used = 0
        while 0 <= at + by < len(self._paragraphs) and used < height:
            at += by
            used += len(self._lines(at))
        self._move(self._paragraphs[at][0])

    def action_edge(self, last: int) -> None:
        """To the document's beginning or end."""
        self._move(self._paragraphs[-1][0] if last else 0)

    def on_click(self, event: events.Click) -> None:
        """A click takes the cursor to the paragraph."""
        lines = self._all_lines()
        if 0 <= event.y < len(lines):
            self._move(self._paragraphs[lines[event.y][0]][0])

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
        at = self._paragraph_at(self.cursor)
        if at < self._top:
            self._top = at
            return
        # From the cursor upwards: so many paragraphs fit above it.
        room = self.size.height - self._line_of_cursor(at) - 1
        top = at
        while top > self._top and room > 0:
            above = len(self._lines(top - 1))
            if above > room:
                break
            room -= above
            top -= 1
        self._top = max(self._top, top)

    def _line_of_cursor(self, at: int) -> int:
        lines = self._lines(at)
        return next((index for index, line in enumerate(lines) if any(key == "cursor" for _, key in line)), 0)

    # ------------------------------------------------------------------ paragraphs

    def _paragraph_at(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def _pieces(self, at: int) -> list[tuple[int, int]]:
        start, stop = self._paragraphs[at]
        edges = {start}
        edges.update(start + match.end() for match in _PIECE.finditer(self._text[start:stop]))
        first = bisect_right(self._mark_starts, start)
        last = bisect_right(self._mark_starts, stop - 1)
        edges.update(mark.start for mark in self._marks[first:last])
        ordered = sorted(edge for edge in edges if start <= edge < stop or edge == start)
        return list(zip(ordered, [*ordered[1:], stop], strict=True))

    def _lines(self, at: int) -> list[list[tuple[str, str]]]:
        """A paragraph as lines of (text, style key)."""
        start, stop = self._paragraphs[at]
        chars: list[tuple[str, str]] = []
        cursor_stop = -1
        if self._paragraph_at(self.cursor) == at:
            cursor_stop = next((b for a, b in self._pieces(at) if a <= self.cursor < b), start + 1)
        label = ""
        for offset in range(start, stop):
            mark = self.mark_at(offset)
            if offset in self._doubts:
                chars += [(char, "doubt") for char in "[?存疑]"]
            if mark is not None and mark.label != label and not self._speaks_for_itself(mark):
                label = mark.label
                chars += [(char, "label") for char in f"[{label}]"]
            key = _STYLES[mark.kind] if mark else "left"
            if self.cursor <= offset < cursor_stop:
                key = "cursor"
            shown = visible(self._text[offset].replace("\t", " ").replace("\v", " "))
            # A character that is not seen is shown as several.
            chars += [(char, key) for char in shown]
        if cursor_stop >= 0 and not any(key == "cursor" for _, key in chars):
            chars.append((" ", "cursor"))
        return _wrapped(chars, max(self.size.width - GUTTER, 4))

    def _speaks_for_itself(self, mark: Annotation) -> bool:
        """Whether a stretch needs no label: blanks that were left out, the full stop behind a time."""
        if mark.kind is AnnotationKind.LEFT:
            return not self._text[mark.start : mark.stop].strip()
        return mark.stop - mark.start < 3 and not any(
            char.isalnum() for char in self._text[mark.start : mark.stop]
        )

    def _all_lines(self) -> list[tuple[int, list[tuple[str, str]]]]:
        lines: list[tuple[int, list[tuple[str, str]]]] = []
        at = self._top
        while at < len(self._paragraphs) and len(lines) < self.size.height:
            lines += [(at, line) for line in self._lines(at)]
            at += 1
        return lines[: self.size.height]

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        key = (self.size, self._top, self.cursor, id(self._marks), self.has_focus)
        if self._laid_out is None or self._laid_out[0] != key:
            self._laid_out = (key, [self._strip(line) for _, line in self._all_lines()])
        strips = self._laid_out[1]
        if y < len(strips):
            return strips[y]
        return Strip.blank(self.size.width, self.rich_style)

    def _strip(self, line: Sequence[tuple[str, str]]) -> Strip:
        here = any(key == "cursor" for _, key in line)
        segments = [Segment(pad(">" if here else "", GUTTER), self._style("sign"))]
        text, style = "", ""
        for char, key in line:
            if key != style:
                if text:
                    segments.append(Segment(text, self._style(style)))
                text, style = "", key
            text += char
        if text:
            segments.append(Segment(text, self._style(style)))
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _style(self, key: str) -> Style:
        return self.get_component_rich_style(f"source-view--{key}")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text, long ones in pieces; the line breaks belong to none."""
    at = 0
    for line in text.split("\n"):
        stop = at + len(line)
        start = at
        while stop - start > LONGEST:
            cut = text.rfind("。", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
            yield start, cut
            start = cut
        yield start, stop
        at = stop + 1


def _wrapped(chars: Sequence[tuple[str, str]], width: int) -> list[list[tuple[str, str]]]:
    """Characters with their styles in lines, broken as :func:`wrap` breaks their text."""
    lines: list[list[tuple[str, str]]] = []
    at = 0
    for line in wrap("".join(char for char, _ in chars), width):
        row: list[tuple[str, str]] = []
        for char in line:
            while at < len(chars) and chars[at][0] != char:
                at += 1  # a blank that fell at the end of a line
            if at < len(chars):
                row.append(chars[at])
                at += 1
        lines.append(row)
    return lines
