"""From bytes to text: encodings, line breaks, control characters, conflict markers, told with their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fazhi_tui.model import Problem, Severity

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_OURS = re.compile(r"<<<<<<<(?: .*)?")
_THEIRS = re.compile(r">>>>>>>(?: .*)?")
_NAME_ID = re.compile(r"0*([1-9][0-9]*(?:-[1-9][0-9]*)*)(?![0-9])")
_LINE_ID = re.compile(
    r"^编号[ \t]*[:：][ \t]*[\"'“‘＂]?0*([1-9][0-9]*(?:-[1-9][0-9]*)*)(?![0-9.])", re.MULTILINE
)


@dataclass(slots=True)
class Decoded:
    """A file's text, or None where the bytes are no UTF-8; and what was wrong on the way.

    ``crlf`` tells that the file has Windows line breaks; the text has them still.
    """

    text: str | None
    problems: list[Problem] = field(default_factory=list)
    crlf: bool = False


def decode(data: bytes, path: str) -> Decoded:
    """The text of a file.  A byte-order mark is left out and told; CRLF is told and kept."""
    result = Decoded(None)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        result.problems.append(_wrong_encoding(data, path, data.count(b"\n", 0, error.start) + 1))
        return result
    if text.startswith("\ufeff"):
        text = text[1:]
        result.problems.append(
            Problem(path, 1, 1, "bom", "文件开头有 BOM", "另存为“UTF-8（无 BOM）”", Severity.WARNING)
        )
    if text.count("\x00") > len(text) // 4:
        result.problems.append(_wrong_encoding(data, path, 1))
        return result
    first_break = text.find("\n")
    if "\r\n" in text and text[first_break - 1 : first_break] == "\r":
        result.crlf = True
        result.problems.append(
            Problem(path, 1, 0, "crlf", "换行是 Windows 的 CRLF", "把换行另存为 LF（Unix）", Severity.WARNING)
        )
    result.text = text
    return result


def _wrong_encoding(data: bytes, path: str, line: int) -> Problem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(b"\x00") > len(data) // 4:
        return Problem(path, 1, 0, "encoding", "文件是 UTF-16 编码", "请另存为 UTF-8")
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Problem(
            path,
            line,
            0,
            "encoding",
            f"第 {line} 行有不是 UTF-8 的字节",
            "请用编辑器打开，改正乱码后另存为 UTF-8",
        )
    return Problem(path, line, 0, "encoding", "文件是 GBK 编码", "请另存为 UTF-8")


def replace_controls(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text with each control character, which YAML forbids, shown as U+FFFD; a problem for each line."""
    found = _CONTROL.search(text)
    if found is None:
        return text, []
    problems: list[Problem] = []
    told = 0
    for match in _CONTROL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if line != told and len(problems) < 20:
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
            problems.append(
                Problem(
                    path,
                    line,
                    column,
                    "control-character",
                    f"有看不见的控制字符 U+{ord(match.group()):04X}",
                    "删去这个字符；确要保留时在双引号里写成 \\x1b 这样的转义",
                )
            )
        told = line
    return _CONTROL.sub("\ufffd", text), problems


def conflict(text: str, path: str) -> Problem | None:
    """The problem of an unresolved merge, at its first marker, or None.

    All three markers have to be there, in order, each at the head of its line.
    """
    if "<<<<<<<" not in text:
        return None
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if _OURS.fullmatch(line)), None)
    if start is None:
        return None
    middle = next((i for i in range(start, len(lines)) if lines[i] == "======="), None)
    if middle is None:
        return None
    end = next((i for i in range(middle, len(lines)) if _THEIRS.fullmatch(lines[i])), None)
    if end is None:
        return None
    return Problem(
        path,
        start + 1,
        1,
        "conflict",
        f"合并冲突未解决：第 {start + 1} 行至第 {end + 1} 行",
        "在两边内容中选定一份，删去 <<<<<<<、=======、>>>>>>> 三种标记行，再 git add",
    )


def our_side(text: str) -> str:
    """A conflicted text as it was before the merge, on this side; every line keeps its number."""
    kept: list[str] = []
    side = ""
    for line in text.split("\n"):
        bare = line.rstrip("\r")
        if _OURS.fullmatch(bare):
            side = "ours"
        elif side and (bare == "=======" or bare.startswith("|||||||")):
            side = "theirs"
        elif side and _THEIRS.fullmatch(bare):
            side = ""
        elif side != "theirs":
            kept.append(line)
            continue
        kept.append("")
    return "\n".join(kept)


def guess_id(path: str, data: bytes | None = None) -> str:
    """The number that a broken measure's file is about, from its name or a line 编号; "" if neither says."""
    named = _NAME_ID.match(path.rsplit("/", 1)[-1])
    if named:
        return named.group(1)
    if data:
        for encoding in ("utf-8", "gb18030"):
            try:
                written = _LINE_ID.search(data.decode(encoding))
            except UnicodeDecodeError:
                continue
            if written:
                return written.group(1)
    return ""
