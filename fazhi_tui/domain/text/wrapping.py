"""Chinese text broken into lines of a given width in terminal cells, by the 避头尾 rules; pure."""

from __future__ import annotations

from rich.cells import cell_len, get_character_cell_size

#: Closing marks, which must not begin a line.
NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕］｝”’…,.;:?!)]}%％")
#: Opening marks, which must not end a line.
NOT_LAST = frozenset("（《〈「『【〔［｛“‘([{")
#: How many characters a line may give up to keep these rules before it is broken by force.
SLACK = 12


def wrap(text: str, width: int) -> list[str]:
    """``text`` as lines of at most ``width`` cells, at least one; its own line breaks stay.

    Latin words and numbers are kept whole where they fit.  A character wider than ``width`` gets a
    line of its own, so that the result always ends.
    """
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        lines += _wrap_paragraph(paragraph, max(width, 1))
    return lines


def _wrap_paragraph(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    start = 0
    while start < len(text):
        end = _fill(text, start, width)
        if end < len(text):
            end = _better_break(text, start, end)
        lines.append(text[start:end].rstrip(" "))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return lines


def _fill(text: str, start: int, width: int) -> int:
    """The end of the longest piece from ``start`` that fits; at least one character."""
    used = 0
    for at in range(start, len(text)):
        used += get_character_cell_size(text[at])
        if used > width:
            return max(at, start + 1)
    return len(text)


def _better_break(text: str, start: int, end: int) -> int:
    for at in range(end, max(start, end - SLACK), -1):
        if _may_break(text, at):
            return at
    return end


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "_-./@<>:")


def cut(text: str, width: int) -> str:
    """``text`` cut to ``width`` cells; what was cut is marked by two dots."""
    if cell_len(text) <= width:
        return text
    room = max(width - 2, 0)
    end = _fill(text, 0, room) if room else 0
    kept = text[:end]
    if cell_len(kept) > room:
        kept = ""
    return kept + "." * min(width - cell_len(kept), 2)


def pad(text: str, width: int) -> str:
    """``text`` cut or filled with blanks to exactly ``width`` cells."""
    text = cut(text, width)
    return text + " " * (width - cell_len(text))
