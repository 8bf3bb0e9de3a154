"""The source as the review shows it: paragraphs, pieces (sentences), lines with labels; pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fazhi_tui.domain.text.visible import visible
from fazhi_tui.domain.text.wrapping import wrap
from fazhi_tui.importer.annotations import Annotation, AnnotationKind

#: Paragraphs longer than this are shown in pieces, so that one is never dear to lay out.
LONGEST = 1500
_PIECE = re.compile(r"[^。；！？：，\n\v\t]*[。；！？：，\n\v\t]*")
#: What a stretch was taken for → the style that shows it.
STYLES = {
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
#: Characters of a line, each with its style.
Line = list[tuple[str, str]]


class SourceText:
    """A document's text with what was recognised in it; all places are offsets of characters."""

    def __init__(
        self, text: str = "", annotations: Sequence[Annotation] = (), doubts: frozenset[int] = frozenset()
    ) -> None:
        """``doubts`` are the places where the import was not sure."""
        self.text = text
        #: First character of each paragraph and the one behind its last.
        self.paragraphs = list(_paragraphs(text))
        self._starts = [start for start, _ in self.paragraphs]
        self._annotations = annotations
        self._annotation_starts = [annotation.start for annotation in annotations]
        self._doubts = doubts

    def annotation_at(self, offset: int) -> Annotation | None:
        """What the character at an offset was taken for."""
        index = bisect_right(self._annotation_starts, offset) - 1
        if index >= 0 and self._annotations[index].start <= offset < self._annotations[index].stop:
            return self._annotations[index]
        return None

    def first_word(self, offset: int) -> int:
        """The first offset at or behind this one that is no blank."""
        while offset < len(self.text) and self.text[offset] in " \t\n\v\u3000\u00a0":
            offset += 1
        return offset

    def paragraph_at(self, offset: int) -> int:
        """Which paragraph holds an offset."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def pieces(self, at: int) -> list[tuple[int, int]]:
        """The pieces that the cursor goes by in a paragraph: sentences, parted where annotations begin."""
        start, stop = self.paragraphs[at]
        edges = {start}
        edges.update(start + match.end() for match in _PIECE.finditer(self.text[start:stop]))
        first = bisect_right(self._annotation_starts, start)
        last = bisect_right(self._annotation_starts, stop - 1)
        edges.update(self._annotation_starts[first:last])
        ordered = sorted(edge for edge in edges if start <= edge < stop or edge == start)
        return list(zip(ordered, [*ordered[1:], stop], strict=True))

    def lines(self, at: int, cursor: int, width: int) -> list[Line]:
        """A paragraph in lines of at most ``width`` cells; the piece under the cursor has its style."""
        start, stop = self.paragraphs[at]
        chars: Line = []
        cursor_stop = -1
        if self.paragraph_at(cursor) == at:
            cursor_stop = next((last for first, last in self.pieces(at) if first <= cursor < last), start + 1)
        label = ""
        for offset in range(start, stop):
            annotation = self.annotation_at(offset)
            if offset in self._doubts:
                chars += [(char, "doubt") for char in "[?存疑]"]
            if annotation and annotation.label != label and not self._needs_no_label(annotation):
                label = annotation.label
                chars += [(char, "label") for char in f"[{label}]"]
            style = STYLES[annotation.kind] if annotation else "left"
            if cursor <= offset < cursor_stop:
                style = "cursor"
            # A character that is not seen is shown as several.
            shown = visible(self.text[offset].replace("\t", " ").replace("\v", " "))
            chars += [(char, style) for char in shown]
        if cursor_stop >= 0 and not any(style == "cursor" for _, style in chars):
            chars.append((" ", "cursor"))
        return _wrapped(chars, width)

    def _needs_no_label(self, annotation: Annotation) -> bool:
        """Blanks that were left out, the full stop behind a time."""
        text = self.text[annotation.start : annotation.stop]
        if annotation.kind is AnnotationKind.LEFT:
            return not text.strip()
        return len(text) < 3 and not any(char.isalnum() for char in text)


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


def _wrapped(chars: Line, width: int) -> list[Line]:
    """Characters with their styles in lines, broken as :func:`wrap` breaks their text."""
    lines: list[Line] = []
    at = 0
    for line in wrap("".join(char for char, _ in chars), width):
        row: Line = []
        for char in line:
            while at < len(chars) and chars[at][0] != char:
                at += 1  # a blank that fell at the end of a line
            if at < len(chars):
                row.append(chars[at])
                at += 1
        lines.append(row)
    return lines
