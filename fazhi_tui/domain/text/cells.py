"""How many terminal cells a text takes, and cutting and padding by that.

The measure is wcwidth's.  Importing that package costs as much as reading the whole plan, and nearly
every character here is Latin or Chinese; so those are known here and wcwidth is asked for the rest.
Tests hold what is known here equal to wcwidth and to Textual, which measures on its own.
"""

from __future__ import annotations

from functools import lru_cache

# Chinese punctuation and kana, ideographs, full-width forms: first and last of each stretch.
_WIDE = (
    "\u3000\u3029 \u3030\u303e \u3041\u3096 \u309b\u30ff \u3400\u4dbf \u4e00\u9fff \uff01\uff60 \uffe0\uffe6"
)
# Latin, Greek and Cyrillic; dashes, quotes and other signs that Unicode calls ambiguous; lines and shapes.
_NARROW = (
    "\x21\x7e \xa1\xac \xae\u02ff \u0370\u0377 \u0391\u03a1 \u03a3\u0482 \u2010\u2027 \u2190\u2199"
    " \u2460\u24ff \u2500\u25fc"
)
_UNKNOWN = -1_000_000


class _Widths(dict[str, int]):
    """Character to cells, each looked up once; far below zero where only wcwidth knows."""

    def __missing__(self, character: str) -> int:
        cells = _UNKNOWN
        if character in " \xa0" or _is_among(character, _NARROW):
            cells = 1
        elif _is_among(character, _WIDE):
            cells = 2
        self[character] = cells
        return cells


def _is_among(character: str, stretches: str) -> bool:
    return any(pair[0] <= character <= pair[1] for pair in stretches.split(" "))


_widths = _Widths()


@lru_cache(maxsize=4096)
def cell_len(text: str) -> int:
    """The number of terminal cells of ``text``, which must hold no control characters (see ``visible``)."""
    if text.isascii():
        return len(text)
    known = sum(map(_widths.__getitem__, text))
    if known >= 0:
        return known
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def fitting(text: str, width: int, start: int = 0) -> int:
    """Where the longest piece of ``text`` from ``start`` ends that fits into ``width`` cells."""
    for at in range(start, len(text)):
        width -= cell_len(text[at])
        if width < 0:
            return at
    return len(text)


def cut(text: str, width: int) -> str:
    """``text``, or as much of it as fits into ``width`` cells with ``..`` for what is left out."""
    if cell_len(text) <= width:
        return text
    return text[: fitting(text, width - 2)] + ".."[: max(0, width)]


def pad(text: str, width: int) -> str:
    """``text`` cut or filled with blanks to exactly ``width`` cells."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))
