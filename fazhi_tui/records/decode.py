"""From bytes to text: encodings, line breaks, control characters, conflict markers, told with their place."""

from __future__ import annotations

import re

from fazhi_tui.domain.model.problem import Problem, Severity

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
#: Looked for only where something is wrong, so not compiled at every start.
_OURS = r"<<<<<<<(?: .*)?"
_THEIRS = r">>>>>>>(?: .*)?"
_NAME_ID = r"0*([1-9][0-9]*(?:-[1-9][0-9]*)*)(?![0-9])"
_LINE_ID = r"(?m)^编号[ \t]*[:：][ \t]*[\"'“‘＂]?0*([1-9][0-9]*(?:-[1-9][0-9]*)*)(?![0-9.])"


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, None where the bytes are no text; and what is wrong with it.

    A byte-order mark is left out and told; Windows line breaks are told and kept.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_wrong_encoding(data, path, data.count(b"\n", 0, error.start) + 1)]
    if text.count("\x00") > len(text) // 4:
        return None, [_wrong_encoding(data, path, 1)]
    problems: list[Problem] = []
    if text.startswith("\ufeff"):
        text = text[1:]
        hint = "另存为“UTF-8（无 BOM）”"
        problems.append(Problem(path, 1, 1, "bom", "文件开头有 BOM", hint, Severity.WARNING))
    # In the body of a note a single CRLF may be part of what was said: the first line tells.
    if "\r\n" in text and text[text.index("\n") - 1] == "\r":
        hint = "把换行另存为 LF（Unix）"
        problems.append(Problem(path, 1, 0, "crlf", "换行是 Windows 的 CRLF", hint, Severity.WARNING))
    return text, problems


def _wrong_encoding(data: bytes, path: str, line: int) -> Problem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(b"\x00") > len(data) // 4:
        return Problem(path, 1, 0, "encoding", "文件是 UTF-16 编码", "请另存为 UTF-8")
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        hint = "请用编辑器打开，改正乱码后另存为 UTF-8"
        return Problem(path, line, 0, "encoding", f"第 {line} 行有不是 UTF-8 的字节", hint)
    return Problem(path, line, 0, "encoding", "文件是 GBK 编码", "请另存为 UTF-8")


def replace_controls(text: str, path: str) -> tuple[str, list[Problem]]:
    """The text with each control character, which YAML forbids, shown as U+FFFD; a problem for each line."""
    if _CONTROL.search(text) is None:
        return text, []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found = _CONTROL.search(line)
        if found is not None:
            message = f"有看不见的控制字符 U+{ord(found.group()):04X}"
            hint = "删去这个字符；确要保留时在双引号里写成 \\x1b 这样的转义"
            problems.append(Problem(path, number, found.start() + 1, "control-character", message, hint))
    return _CONTROL.sub("\ufffd", text), problems


def conflict(text: str, path: str) -> Problem | None:
    """The problem of an unresolved merge, at its first marker, or None.

    All three markers have to be there, in order, each at the head of its line.
    """
    if "<<<<<<<" not in text:
        return None
    lines = enumerate(text.splitlines(), start=1)
    places = [
        next((number for number, line in lines if re.fullmatch(mark, line)), 0)
        for mark in (_OURS, "=======", _THEIRS)
    ]
    if not all(places):
        return None
    message = f"合并冲突未解决：第 {places[0]} 行至第 {places[2]} 行"
    hint = (
        "用 fazhi resolve（界面里的「同步」）逐处选定；或在两边内容中选定一份，"
        "删去 <<<<<<<、=======、>>>>>>> 三种标记行，再 git add"
    )
    return Problem(path, places[0], 1, "conflict", message, hint)


def our_side(text: str) -> str:
    """A conflicted text as it was before the merge, on this side; every line keeps its number."""
    kept: list[str] = []
    side = ""
    for line in text.split("\n"):
        bare = line.rstrip("\r")
        if re.fullmatch(_OURS, bare):
            side = "ours"
        elif side and (bare == "=======" or bare.startswith("|||||||")):
            side = "theirs"
        elif side and re.fullmatch(_THEIRS, bare):
            side = ""
        elif side != "theirs":
            kept.append(line)
            continue
        kept.append("")
    return "\n".join(kept)


def guess_id(path: str, data: bytes | None = None) -> str:
    """The number that a broken measure's file is about, from its name or a line 编号; "" if neither says."""
    named = re.match(_NAME_ID, path.rsplit("/", 1)[-1])
    if named:
        return named.group(1)
    if data:
        for encoding in ("utf-8", "gb18030"):
            try:
                written = re.search(_LINE_ID, data.decode(encoding))
            except UnicodeDecodeError:
                continue
            if written:
                return written.group(1)
    return ""
