"""Plain text and Markdown: which encoding, and which line breaks are only wraps."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from itertools import pairwise

from fazhi_tui.importer.document import Document
from fazhi_tui.importer.errors import SourceError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_PLAUSIBLE = re.compile(r"[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u203b]")

_MARKDOWN = re.compile(r"^(?:#{1,6}[ \t]+|[ \t]*>[ \t]?|[ \t]*[*+-][ \t]+)|\*\*|__", re.MULTILINE)


def decode(source: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030, with or without BOM; line breaks become ``\\n``.

    Raises SourceError, with the line, for bytes that fit none of them.
    """
    return _decode(source).replace("\r\n", "\n").replace("\r", "\n")


def _decode(source: bytes) -> str:
    named = [encoding for bom, encoding in _BOMS if source.startswith(bom)][:1]
    if not named and b"\x00" in source:
        return _decode_wide(source)
    faults: list[UnicodeDecodeError] = []
    for encoding in named or ("utf-8", "gb18030"):
        try:
            return source.decode(encoding)
        except UnicodeDecodeError as error:
            faults.append(error)
    raise _undecodable(source, faults[0])


def _decode_wide(source: bytes) -> str:
    """UTF-16 without a BOM, of the byte order that makes Chinese and ASCII of nearly all of it."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_PLAUSIBLE.findall(text)) * 10 >= len(text) * 9:
            return text
    raise SourceError("原件不是纯文本文件（含有空字节）。", "请另存为 UTF-8 编码的 .txt 文件再导入。")


def _undecodable(source: bytes, error: UnicodeDecodeError) -> SourceError:
    line = source.count(b"\n", 0, error.start) + 1
    return SourceError(
        f"原件第{line}行有无法按 UTF-8 解码的字节（0x{source[min(error.start, len(source) - 1)]:02x}）。",
        "请用编辑器把原件另存为 UTF-8 编码再导入。",
    )


def read_text(source: bytes, name: str) -> Document:
    """A text file; ``name`` tells Markdown by its ending."""
    text = decode(source)
    kind = "md" if name.lower().endswith((".md", ".markdown")) else "txt"
    if kind == "md":
        text = _MARKDOWN.sub("", text)
    return Document(text, kind, soft_breaks(text))


_SHORTEST_WRAP = 20
_LONGEST_WRAP = 60


def _near(lengths: Counter[int], full: int) -> int:
    """How many lines are full: a sign that may not begin a line makes one shorter or longer."""
    return sum(lengths[length] for length in range(full - 2, full + 2))


_BEGINS = re.compile(
    r"[ \t\u3000]{2,}|[（〔(]?[一二三四五六七八九十0-9０-９]{1,4}[）〕)、.．]|[（〔【]|附件|抄送"
    r"|第[一二三四五六七八九十百0-9]{1,5}[编章节条]"
    r"|(?:牵头|责任|配合|参加|主办|协办|落实|完成)[^，。]{0,6}[：:]"
)


def soft_breaks(text: str) -> frozenset[int]:
    """The line breaks of a hard-wrapped text: behind a full line that ends no sentence.

    A text is hard-wrapped if three lines in five have about the same length.
    """
    lines = text.split("\n")
    lengths = Counter(len(line.rstrip()) for line in lines if line.strip())
    total = sum(lengths.values())
    full = max(lengths, key=lambda length: (_near(lengths, length), length), default=0)
    if total < 8 or not _SHORTEST_WRAP <= full <= _LONGEST_WRAP or _near(lengths, full) * 5 < 3 * total:
        return frozenset()
    breaks: set[int] = set()
    at = 0
    for line, following in pairwise(lines):
        at += len(line)
        if len(line.rstrip()) >= full - 2 and following.strip() and not _BEGINS.match(following):
            breaks.add(at)
        at += 1
    return frozenset(breaks)
