"""Chinese text broken into lines of a given width in terminal cells, by the 避头尾 rules."""

from __future__ import annotations

from fazhi_tui.domain.text.cells import cell_len, fitting

#: Closing marks, which must not begin a line.
NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕］｝”’…,.;:?!)]}%％")
#: Opening marks, which must not end a line.
NOT_LAST = frozenset("（《〈「『【〔［｛“‘([{")
#: How many characters of a line on the screen may be given up to keep these rules and words whole.
SLACK = 12


def wrap(text: str, width: int, slack: int = SLACK) -> list[str]:
    """``text`` as lines of at most ``width`` cells, at least one; its own line breaks stay.

    A line gives up to ``slack`` characters to the next one so that Latin words and numbers stay whole
    and marks stand where they may; then it is broken by force.  A character wider than ``width`` gets a
    line of its own, so that the result always ends.
    """
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        lines += _wrap_paragraph(paragraph, max(width, 1), slack)
    return lines


def _wrap_paragraph(text: str, width: int, slack: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    start = 0
    while start < len(text):
        end = max(fitting(text, width, start), start + 1)
        if end < len(text):
            able = (at for at in range(end, max(start, end - slack), -1) if _may_break(text, at))
            end = next(able, end)
        lines.append(text[start:end].rstrip(" "))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return lines


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "_-./@<>:")
