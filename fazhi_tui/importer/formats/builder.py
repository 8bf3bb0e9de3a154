"""Puts a document together from paragraphs and table rows, and keeps their places."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from fazhi_tui.importer.document import Cell, Document, Table


class Builder:
    """Paragraphs and tables in reading order; :meth:`document` gives the whole."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._parts: list[str] = []
        self._length = 0
        self._places: list[tuple[int, str]] = []
        self._tables: list[Table] = []
        self._soft: set[int] = set()
        self.left_out: list[str] = []

    def paragraph(self, text: str, place: str, *, soft: bool = False) -> None:
        """One paragraph; ``soft`` tells that the next one goes on in the same sentence."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
        self._places.append((self._length, place))
        self._add(text)
        if soft:
            self._soft.add(self._length)
        self._add("\n")

    def table(self, rows: Sequence[Sequence[tuple[Hashable, str]]], name: str) -> None:
        """A table; each cell is (identity, text), and cells of one identity are one merged cell.

        An identity of None is a cell of its own.  Rows are filled up to the longest.
        """
        start = self._length
        width = max((len(row) for row in rows), default=0)
        seen: dict[Hashable, Cell] = {}
        built: list[tuple[Cell, ...]] = []
        for number, row in enumerate(rows, start=1):
            self._places.append((self._length, f"{name}第{number}行"))
            cells: list[Cell] = []
            for identity, text in row:
                known = seen.get(identity) if identity is not None else None
                if known is not None:
                    cells.append(Cell(known.text, known.start, known.stop, continued=True))
                    continue
                flat = text.strip().replace("\r\n", "\n").replace("\n", "\v").replace("\t", " ")
                if cells:
                    self._add("\t")
                at = self._length
                self._add(flat)
                cell = Cell(flat, at, self._length)
                cells.append(cell)
                if identity is not None:
                    seen[identity] = cell
            cells.extend(Cell("", self._length, self._length) for _ in range(width - len(cells)))
            self._add("\n")
            built.append(tuple(cells))
        self._tables.append(Table(start, self._length, tuple(built)))

    def document(self) -> Document:
        """The whole document."""
        return Document(
            "".join(self._parts),
            self.kind,
            frozenset(self._soft),
            tuple(self._places),
            tuple(self._tables),
            tuple(self.left_out),
        )

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
