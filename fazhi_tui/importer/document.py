"""A document as the readers of formats hand it on: one text, its line breaks, its tables, its places."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: ``text`` is ``Document.text[start:stop]``.

    A cell that is merged over several rows or columns stands in each of them, with the one stretch of
    the text that it has; ``continued`` is true in all but the first.
    """

    text: str
    start: int
    stop: int
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows; ``start`` and ``stop`` are its stretch of ``Document.text``.

    All rows have the same number of cells; an empty cell has ``start == stop``.  In the text a row is a
    line, its cells parted by tabs; line breaks inside a cell are kept in the text as ``\\v``.
    """

    start: int
    stop: int
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that is to be read in a file, in one text.

    ``text`` has ``\\n`` alone as line break.  ``soft_breaks`` are offsets of line breaks that are only
    lay-out (the wrapped lines of a PDF or a hard-wrapped text).  ``places`` maps the offset at which a
    stretch begins to what a person calls it (第3行, 第2页第5段, 表1第3行), in rising order from 0.
    ``left_out`` tells, in Chinese, what the file holds that is no text of the document (页眉, 图片 …).
    """

    text: str
    kind: str = "txt"
    soft_breaks: frozenset[int] = frozenset()
    places: tuple[tuple[int, str], ...] = ()
    tables: tuple[Table, ...] = ()
    left_out: tuple[str, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.places:
            starts = [0] + [index + 1 for index, char in enumerate(self.text) if char == "\n"]
            lines = tuple((start, f"第{number}行") for number, start in enumerate(starts, start=1))
            object.__setattr__(self, "places", lines)
        object.__setattr__(self, "_starts", tuple(start for start, _ in self.places))

    def place_of(self, offset: int) -> str:
        """What a person calls the place of one character; empty for a negative offset (put in by hand)."""
        if offset < 0:
            return ""
        return self.places[max(bisect_right(self._starts, offset) - 1, 0)][1]
