"""The first step: what a scrape or a word processor did to the text is taken away.

Each rule is a small function from a text to the text without it and what it took; nothing is
thrown away, it all goes to the log.  The words themselves are never changed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from fazhi_tui.importer.text.source_map import NOTHING, MappedText

BLANKS = frozenset(" \t\r\f\v\u00a0\u3000\u200b\ufeff")

FULL_WIDTH = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
"""Half-width punctuation and what Chinese text has instead."""

_BRACKETS = frozenset("()")
_MARKER = re.compile(r"([0-9]+)、")


def remove_page_markers(text: MappedText) -> tuple[MappedText, MappedText]:
    """Take away the ``N、`` that some libraries push in at every line of their own, and that line break.

    Only where the lines that are not blank carry 1、 2、 3、 … without a gap: then the line breaks are the
    scraper's too, put inside words and numbers, and the lines are joined.  Otherwise nothing is touched.
    """
    starts: list[tuple[int, int]] = []  # from the marker's line break to the marker's end
    expected = 1
    offset = 0
    for line in text.text.split("\n"):
        if line.strip():
            marker = _MARKER.match(line)
            if not marker or int(marker.group(1)) != expected:
                return text, NOTHING
            starts.append((offset, offset + marker.end()))
            expected += 1
        offset += len(line) + 1
    if expected <= 2:
        # A text of one line that begins 1、 is a numbered list, not a scrape.
        return text, NOTHING
    gone = {index for start, stop in starts for index in range(start, stop)}
    return text.keep(lambda index: index not in gone and text.text[index] != "\n")


def remove_blanks(text: MappedText) -> tuple[MappedText, MappedText]:
    """Take away blanks, which in Chinese text are line wraps and lay-out.

    A blank between two ASCII letters or digits stays: it parts words (or stands where a sign was
    lost, as in ``“4 27”``, which is then for a correction to mend).
    """
    chars = text.text
    keep = [char not in BLANKS for char in chars]
    before = ""  # the last character that is no blank
    for index, char in enumerate(chars):
        if char not in BLANKS:
            # The first blank of a run is kept between two ASCII words.
            if index and chars[index - 1] in BLANKS and _is_ascii_word(before) and _is_ascii_word(char):
                keep[index - 1] = True
            before = char
    return text.keep(keep.__getitem__)


def widen_punctuation(text: MappedText) -> tuple[MappedText, MappedText]:
    """Turn half-width punctuation into full-width; each character keeps its origin.

    Between two ASCII letters or digits (1,000; 15:30; an address) it stays, brackets excepted.
    The second text is what was turned, as it was printed.
    """
    chars = list(text.text)
    turned: list[int] = []
    for index, char in enumerate(chars):
        if char not in FULL_WIDTH:
            continue
        left, right = text.text[max(index - 1, 0) : index], text.text[index + 1 : index + 2]
        if char not in _BRACKETS and _is_ascii_word(left) and _is_ascii_word(right):
            continue
        chars[index] = FULL_WIDTH[char]
        turned.append(index)
    return MappedText("".join(chars), text.origin), text.pick(turned)


_NARROW = {ord("０") + digit: ord("0") + digit for digit in range(10)}


def narrow_digits(text: MappedText) -> MappedText:
    """Full-width digits as half-width ones; each character keeps its origin."""
    return MappedText(text.text.translate(_NARROW), text.origin)


def _is_ascii_word(char: str) -> bool:
    return bool(char) and char.isascii() and char.isalnum()


Rule = Callable[[MappedText], tuple[MappedText, MappedText]]

PAGE_MARKERS = "网页页标及其断行"
"""The name of the rule that tells a scrape whose line breaks mean nothing."""

_DIGITS = "[0-9０-９]{1,3}"
_BLANK = "[ \\t　]*"
_DASH = "[-—－–―─_·•]{1,3}"
_FOOTERS = (
    rf"{_DASH}{_BLANK}{_DIGITS}{_BLANK}{_DASH}",
    rf"第{_BLANK}{_DIGITS}{_BLANK}页(?:[ 　，,/]*共{_BLANK}{_DIGITS}{_BLANK}页)?",
)
_FOOTER_LINE = re.compile(rf"^{_BLANK}(?:{'|'.join(_FOOTERS)}){_BLANK}$\n?", re.MULTILINE)
_BARE_FOOTER_LINE = re.compile(rf"^{_BLANK}(?:{'|'.join((*_FOOTERS, _DIGITS))}){_BLANK}$\n?", re.MULTILINE)
_FOOTER_INSIDE = re.compile(r"(?<![0-9０-９年月日])[—－―─][ 　]?[0-9０-９]{1,3}[ 　]?[—－―─](?![0-9０-９])")


def remove_footers(text: MappedText, *, bare: bool = False) -> tuple[MappedText, MappedText]:
    """Take page numbers away: lines such as ``- 9 -`` and 第 9 页 共 20 页, and —９— inside a sentence.

    The line break behind a footer goes with it, and that before it where the sentence goes on.  With
    ``bare``, as in a PDF, a line that is nothing but a number is one too.
    """
    gone: set[int] = set()
    for match in (_BARE_FOOTER_LINE if bare else _FOOTER_LINE).finditer(text.text):
        gone.update(range(match.start(), match.end()))
        if match.start() and not _ends(text.text[max(match.start() - 2, 0) : match.start() - 1]):
            gone.add(match.start() - 1)  # the sentence goes on behind the page
    for match in _FOOTER_INSIDE.finditer(text.text):
        gone.update(range(match.start(), match.end()))
    if not gone:
        return text, NOTHING
    return text.keep(lambda index: index not in gone)


def _ends(char: str) -> bool:
    return not char or char in "。！？；：）〕”\n"


TAKING_AWAY: tuple[tuple[str, Rule], ...] = (
    (PAGE_MARKERS, remove_page_markers),
    ("空白", remove_blanks),
)
"""The rules that take characters away, in the order in which they are used."""


def clean(text: MappedText) -> tuple[MappedText, list[tuple[str, MappedText]]]:
    """The text after every rule, and what each rule took away, by its name.

    Punctuation that is widened is kept.
    """
    taken: list[tuple[str, MappedText]] = []
    for name, rule in TAKING_AWAY:
        text, gone = rule(text)
        if gone:
            taken.append((name, gone))
    text, _ = widen_punctuation(narrow_digits(text))
    return text, taken
