"""The first step: what a scrape or a word processor did to the text is taken away.

Each rule is a small function from a text to the text without it and what it took; nothing is
thrown away, it all goes to the log.  The words themselves are never changed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.traced import Traced

BLANKS = frozenset(" \t\r\f\v\u00a0\u3000\u200b\ufeff")

FULL_WIDTH = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
"""Half-width punctuation and what Chinese text has instead."""

_BRACKETS = frozenset("()")
_MARKER = re.compile(r"([0-9]+)、")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one rule took out or turned, and the rule's name in Chinese."""

    rule: str
    what: Traced


def decode(source: bytes) -> str:
    """The text of a source.

    UTF-8 with or without BOM.  Raises SourceError for bytes that are no UTF-8, for a file with NUL
    bytes (not a text) and for an empty one.
    """
    if b"\x00" in source:
        raise SourceError("原件不是纯文本文件（含有空字节）。", "请另存为 UTF-8 编码的 .txt 文件再导入。")
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"原件第{line}行有无法按 UTF-8 解码的字节（0x{source[error.start]:02x}）。",
            "请用编辑器把原件另存为 UTF-8 编码再导入。",
        ) from None
    if not text.strip():
        raise SourceError("原件是空的。", "请核对文件。")
    return text


def remove_page_markers(text: Traced) -> tuple[Traced, Traced]:
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
                return text, Traced("", ())
            starts.append((offset, offset + marker.end()))
            expected += 1
        offset += len(line) + 1
    if expected <= 2:
        # A text of one line that begins 1、 is a numbered list, not a scrape.
        return text, Traced("", ())
    gone = {index for start, stop in starts for index in range(start, stop)}
    return text.keep(lambda index: index not in gone and text.text[index] != "\n")


def remove_blanks(text: Traced) -> tuple[Traced, Traced]:
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


def widen_punctuation(text: Traced) -> tuple[Traced, Traced]:
    """Turn half-width punctuation into full-width; each character keeps its origin.

    Between two ASCII letters or digits (1,000; 15:30; an address) it stays, brackets excepted.
    The second text is what was turned, as it was printed.
    """
    chars = list(text.text)
    turned: list[int] = []
    for index, char in enumerate(chars):
        if char not in FULL_WIDTH:
            continue
        around = text.text[max(index - 1, 0) : index] + "|" + text.text[index + 1 : index + 2]
        left, right = around.split("|", 1)
        if char not in _BRACKETS and _is_ascii_word(left) and _is_ascii_word(right):
            continue
        chars[index] = FULL_WIDTH[char]
        turned.append(index)
    return (
        Traced("".join(chars), text.origin),
        Traced(
            "".join([text.text[index] for index in turned]), tuple([text.origin[index] for index in turned])
        ),
    )


_NARROW = {ord("０") + digit: ord("0") + digit for digit in range(10)}


def narrow_digits(text: Traced) -> Traced:
    """Full-width digits as half-width ones; each character keeps its origin."""
    return Traced(text.text.translate(_NARROW), text.origin)


def _is_ascii_word(char: str) -> bool:
    return bool(char) and char.isascii() and char.isalnum()


Rule = Callable[[Traced], tuple[Traced, Traced]]

PAGE_MARKERS = "网页页标及其断行"
"""The name of the rule that tells a scrape whose line breaks mean nothing."""

TAKING_AWAY: tuple[tuple[str, Rule], ...] = (
    (PAGE_MARKERS, remove_page_markers),
    ("空白", remove_blanks),
)
"""The rules that take characters away, in the order in which they are used."""


def clean(text: Traced) -> tuple[Traced, tuple[Taken, ...]]:
    """The text after every rule, and what each rule took away (punctuation that was widened is kept)."""
    taken: list[Taken] = []
    for name, rule in TAKING_AWAY:
        text, gone = rule(text)
        if gone:
            taken.append(Taken(name, gone))
    text, _ = widen_punctuation(narrow_digits(text))
    return text, tuple(taken)
