"""Text that remembers where each of its characters stood in the source.

Every step of the import moves, changes or drops characters.  Because each one carries its offset
in the decoded source, the import can tell the source's line of whatever it reports, and a test can
hold that no character is lost (see ``Imported.placed`` and ``Imported.log``).
"""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

INSERTED = -1
"""The origin of a character that a correction put in."""


@dataclass(frozen=True, slots=True)
class MappedText:
    """``text`` and, for each of its characters, the offset in the source (or :data:`INSERTED`)."""

    text: str
    origin: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.origin):
            raise ValueError("text and origin differ in length")

    @classmethod
    def whole(cls, text: str) -> MappedText:
        """The source itself: every character stands where it stands."""
        return cls(text, tuple(range(len(text))))

    @classmethod
    def inserted(cls, text: str) -> MappedText:
        """Characters that the source does not have."""
        return cls(text, (INSERTED,) * len(text))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: MappedText) -> MappedText:
        return MappedText(self.text + other.text, self.origin + other.origin)

    def cut(self, start: int, stop: int | None = None) -> MappedText:
        """The characters from ``start`` up to ``stop``, as a slice takes them."""
        return MappedText(self.text[start:stop], self.origin[start:stop])

    def line_end(self, at: int = 0) -> int:
        """Where the line that holds ``at`` ends: at its line break, or at the end of the text."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def keep(self, wanted: Callable[[int], bool]) -> tuple[MappedText, MappedText]:
        """Two texts: the characters whose index is ``wanted``, and the others; one pass."""
        kept: list[int] = []
        others: list[int] = []
        for index in range(len(self.text)):
            (kept if wanted(index) else others).append(index)
        return self.pick(kept), self.pick(others)

    def without_breaks(self) -> tuple[MappedText, MappedText]:
        """The text without its line breaks, and these."""
        return self.keep(lambda index: self.text[index] != "\n")

    def pick(self, indices: Sequence[int]) -> MappedText:
        """The characters with these indices."""
        return MappedText(
            "".join([self.text[index] for index in indices]),
            tuple([self.origin[index] for index in indices]),
        )

    def replace(self, start: int, stop: int, new: str) -> tuple[MappedText, MappedText]:
        """The text with ``new`` in place of a stretch, and the characters that went.

        Characters common to both keep their origin, so ``培训I，`` → ``培训，`` drops the ``I`` alone.
        """
        old = self.cut(start, stop)
        pieces = [self.cut(0, start)]
        gone: list[MappedText] = []
        matcher = difflib.SequenceMatcher(None, old.text, new, autojunk=False)
        for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            if tag == "equal":
                pieces.append(old.cut(old_from, old_to))
            else:
                gone.append(old.cut(old_from, old_to))
                pieces.append(MappedText.inserted(new[new_from:new_to]))
        pieces.append(self.cut(stop))
        return join(pieces), join(gone)


NOTHING = MappedText("", ())
"""No text at all."""


def join(pieces: Iterable[MappedText]) -> MappedText:
    """The pieces one after the other."""
    listed = list(pieces)
    return MappedText(
        "".join([piece.text for piece in listed]),
        tuple([offset for piece in listed for offset in piece.origin]),
    )


class LineNumbers:
    """Which line of the source an offset lies in."""

    def __init__(self, text: str) -> None:
        self._starts = [0] + [index + 1 for index, char in enumerate(text) if char == "\n"]

    def of(self, mapped: MappedText) -> int:
        """The line, from 1, of the first character that the source has; 0 if it has none."""
        offset = next((offset for offset in mapped.origin if offset != INSERTED), None)
        return 0 if offset is None else bisect_right(self._starts, offset)
