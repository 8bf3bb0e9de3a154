"""How many terminal cells a text takes, and cutting, padding and wrapping by that.

The measure is wcwidth's.  Importing that package costs as much as reading the whole plan, and nearly
every character here is ASCII or Chinese; so those are known here and wcwidth is asked for the rest
(a test holds the two equal).
"""

from __future__ import annotations

import re

# Punctuation of Chinese typesetting that Unicode calls ambiguous; wcwidth counts one cell.
_NARROW = frozenset("\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u2192\u2460\u2461\u2462\u2463\u2464\u2465")
_WIDE = frozenset("，。、；：？！（）《》「」『』【】〔〕％＋－＝＜＞　")
# What may not begin a line, so that wrapped Chinese reads as typeset text does.
_NOT_FIRST = "，。；：、！？）》」』’”】〉"


def cells(text: str) -> int:
    """The number of terminal cells of ``text``, which must hold no control characters (see ``visible``)."""
    if text.isascii():
        return len(text)
    total = 0
    for character in text:
        if character.isascii() or character in _NARROW:
            total += 1
        elif "\u4e00" <= character <= "\u9fff" or character in _WIDE:
            total += 2
        else:
            from wcwidth import wcswidth

            return max(0, wcswidth(text))
    return total


def pad(text: str, width: int) -> str:
    """``text`` filled with blanks to ``width`` cells."""
    return text + " " * max(0, width - cells(text))


def cut(text: str, width: int) -> str:
    """``text``, or as much of it as fits into ``width`` cells with ``..`` for what is left out."""
    if cells(text) <= width:
        return text
    room, kept = width - 2, ""
    for character in text:
        room -= cells(character)
        if room < 0:
            break
        kept += character
    return kept + ".."[: max(0, width)]


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells; breaks anywhere in Chinese, at blanks in Latin words.

    Line breaks in ``text`` stay.  A word longer than a line is cut.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for piece in re.findall(r"[\x21-\x7e]+|.", paragraph):
            size = cells(piece)
            if used + size > width and line and not (len(piece) == 1 and piece in _NOT_FIRST):
                lines.append(line.rstrip())
                line, used = "", 0
                if piece == " ":
                    continue
            while size > width:
                lines.append(piece[:width])
                piece = piece[width:]
                size = cells(piece)
            line += piece
            used += size
        lines.append(line.rstrip())
    return lines
