"""One sentence a line, so that a diff shows the sentence that changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from fazhi_tui.importer.text.source_map import MappedText

# A sentence ends with its sign and whatever closes around it: 。” stays in one line.
_END = re.compile(r"[。！？]+[”’」』）》】〕]*")

_OPENING = "（《“‘「『【〔"
_CLOSING = "）》”’」』】〕"


def split_sentences(text: MappedText) -> list[MappedText]:
    """The sentences of a text, none of them empty; line breaks part sentences too and are dropped.

    Joined again they give the text without its line breaks, character for character.
    """
    sentences: list[MappedText] = []
    start = 0
    for line in text.text.split("\n"):
        stop = start + len(line)
        at = start
        for end in _END.finditer(text.text, start, stop):
            sentences.append(text.cut(at, end.end()))
            at = end.end()
        if at < stop:
            sentences.append(text.cut(at, stop))
        start = stop + 1
    return sentences


def one_a_line(sentences: Sequence[MappedText]) -> str:
    """A sentence a line, as the model's texts are: no line break after the last."""
    return "\n".join(sentence.text for sentence in sentences)


def split_outside(text: str, separators: str) -> list[tuple[int, int]]:
    """The stretches (start, stop) between separators that stand in no bracket or quotation mark.

    A bracket that never closes, or closes without having been opened, hides nothing.
    """
    hidden = _hidden(text)
    parts: list[tuple[int, int]] = []
    start = 0
    for index, char in enumerate(text):
        if char in separators and not hidden[index]:
            parts.append((start, index))
            start = index + 1
    parts.append((start, len(text)))
    return parts


def _hidden(text: str) -> list[int]:
    """For each character, how many closed pairs stand around it."""
    change = [0] * (len(text) + 1)
    waiting: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if char in _OPENING:
            waiting.append((char, index))
        elif char in _CLOSING:
            opening = _OPENING[_CLOSING.index(char)]
            while waiting:
                opened, start = waiting.pop()
                if opened == opening:
                    change[start] += 1
                    change[index] -= 1
                    break
    return list(accumulate(change[:-1]))
