"""Rules over the evidence that notes name: it is there, inside the measure's folder, and still the same."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from pathlib import PurePosixPath

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.records.check.context import Checker

#: The name that the program gives: the first eight digits of the sha256, then the file's own name.
_NAMED = re.compile(r"evidence/([0-9a-f]{8})-")
#: What git-lfs leaves in the work tree until the content is fetched; its oid is the content's sha256.
_POINTER = re.compile(
    rb"version https://git-lfs[.]github[.]com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n"
)
_POINTER_LIMIT = 1024
_CHUNK = 1 << 20


def check_evidence(checker: Checker, note: Note) -> None:
    """Each piece of a note's evidence; looked for on disk only where the tracker was read from disk."""
    root = checker.tracker.root
    folder = PurePosixPath(note.path).parent
    if note.digests and len(note.digests) != len(note.evidence):
        message = f"佐证有 {len(note.evidence)} 份，佐证校验却有 {len(note.digests)} 个"
        hint = "两者一一对应，次序相同；或去掉 佐证校验"
        checker.error(note.path, "佐证校验", "evidence-digests", message, hint)
    for index, name in enumerate(note.evidence):
        where = f"佐证.{index}"
        parts = name.split("/")
        if name.startswith("/") or "\\" in name or ".." in parts or re.match(r"[A-Za-z]:", name):
            message = f"佐证材料的路径越出了本措施的目录：{name}"
            hint = "把材料放进本措施的 evidence/ 目录，写 evidence/文件名"
            checker.error(note.path, where, "evidence-outside", message, hint)
        elif root:
            digest = note.digests[index] if index < len(note.digests) else ""
            _check_file(checker, note, where, os.path.join(root, str(folder)), name, digest)  # noqa: PTH118


def _check_file(checker: Checker, note: Note, where: str, home: str, name: str, digest: str) -> None:
    path = os.path.join(home, name)  # noqa: PTH118 - a name may be anything, NUL included
    shown = f"{PurePosixPath(note.path).parent}/{name}"
    try:
        there = os.path.isfile(path)  # noqa: PTH113
        inside = os.path.realpath(path).startswith(os.path.realpath(home) + os.sep)
    except ValueError:
        there, inside = False, True
    if not inside:
        hint = "把材料本身放进 evidence/ 目录"
        checker.error(note.path, where, "evidence-outside", f"佐证材料是指向目录外的符号链接：{name}", hint)
    elif not there:
        hint = "补上这个文件，或用一条更正说明"
        checker.error(note.path, where, "evidence-missing", f"找不到佐证材料 {shown}", hint)
    else:
        named = _NAMED.match(name)
        _check_content(checker, note, where, path, shown, digest or (named[1] if named else ""))


def _check_content(checker: Checker, note: Note, where: str, path: str, shown: str, digest: str) -> None:
    """``digest`` is the whole sha256, or its first eight digits where only the name tells it."""
    if not digest:
        return
    try:
        actual = content_digest(path)
    except OSError as error:
        message = f"读不了佐证材料 {shown}：{system_words(error)}"
        checker.error(note.path, where, "evidence-unreadable", message, "看看文件的读权限")
        return
    if not actual.startswith(digest):
        message = f"佐证材料 {shown} 与填报时不同：sha256 应为 {digest[:8]}…，现为 {actual[:8]}…"
        hint = f"取回原来的文件：git checkout -- {shown}；要换材料，另写一条更正附上新的"
        checker.error(note.path, where, "evidence-altered", message.replace("…", ".."), hint)


def content_digest(path: str) -> str:
    """The sha256 of a file in hexadecimal; of the content that it stands for where it is a git-lfs pointer.

    Raises OSError where the file cannot be read.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - a name may be anything
        head = file.read(_POINTER_LIMIT)
        if found := _POINTER.match(head):
            return found[1].decode()
        total = sha256(head)
        while chunk := file.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()
