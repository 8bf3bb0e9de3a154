"""Rules over running text: full-width punctuation, one sentence a line."""

from __future__ import annotations

import re

from fazhi_tui.domain.text.visible import excerpt
from fazhi_tui.records.check.context import Checker

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
#: A half-width mark that touches Chinese on both sides, closing marks in between allowed.
_HALF_WIDTH = re.compile(
    f"(?<={_HAN})[,;:?!()](?={_HAN})|(?<=[）”》」』])[,;:?!](?={_HAN})|(?<={_HAN})\\((?=[“《])"
)
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
#: An end of a sentence, with closing marks, and more text behind it on the same line.
_TWO_SENTENCES = re.compile(r"[。！？][”’）》」』]*(?=[^”’）》」』\s。！？])")


def check_text(checker: Checker, path: str, key: str, text: str) -> None:
    """A text of several lines: punctuation, and one sentence a line."""
    for index, line in enumerate(text.split("\n")):
        found = _HALF_WIDTH.search(line)
        if found:
            checker.warn_text(path, key, index, "half-width", *_half_width(line, found))
        if _two_sentences(line):
            hint = "每句单独一行，改动时才看得清是哪一句"
            checker.warn_text(path, key, index, "two-sentences", f"一行里不止一句：{excerpt(line)}", hint)


def check_name(checker: Checker, path: str, keys: str, text: str) -> None:
    """A name or a title: punctuation only."""
    found = _HALF_WIDTH.search(text)
    if found:
        checker.warn(path, keys, "half-width", *_half_width(text, found))


def _half_width(text: str, found: re.Match[str]) -> tuple[str, str]:
    near = text[max(found.start() - 4, 0) : found.end() + 4]
    mark = found.group()
    return f"汉字之间用了半角的 {mark}：{excerpt(near)}", f"改为全角的 {mark.translate(_FULL)}"


def _two_sentences(line: str) -> bool:
    """Whether a sentence ends before the line does; ends inside brackets or quotation marks do not count."""
    depth = at = 0
    for end in _TWO_SENTENCES.finditer(line):
        part = line[at : end.end()]
        depth += sum(map(part.count, "“《（「『")) - sum(map(part.count, "”》）」』"))
        at = end.end()
        if depth <= 0:
            return True
    return False
