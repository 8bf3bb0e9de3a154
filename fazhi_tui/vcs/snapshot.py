"""The tracker's files as a commit has them, read from git without touching the work tree or the index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fazhi_tui.domain.as_of import time_in
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.vcs.error_messages import GitError
from fazhi_tui.vcs.log import revision, unknown_revision
from fazhi_tui.vcs.runner import Runner

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
#: git gives it for what has no parent and for what does not exist.
_NO_BLOB = re.compile(r"0+")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in history: the commit, when it was made, and the day that was asked for, if it was a day."""

    commit: str
    time: datetime
    day: date | None = None


def find_moment(runner: Runner, text: str) -> Moment:
    """What a day (``2023-06-30``: its end), a tag, a branch or a commit means in this history.

    A day is the newest commit of HEAD made by its end in the plan's time zone.  Raises
    :class:`UsageError` for what names nothing, and for a day before the first commit.
    """
    text = text.strip()
    day = as_day(text)
    if day is None:
        return _named(runner, text)
    end = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=runner.zone)
    words = ("rev-list", "-1", f"--until={end.isoformat()}", "HEAD", "--")
    found = runner.run(*words, action="查找那一天的提交", ok=(0, 128)).text.strip()
    if not found:
        raise UsageError(f"{day} 以前还没有任何提交", "fazhi log 查看最早的提交在哪一天")
    return Moment(found, _time_of(runner, found), day)


def as_day(text: str) -> date | None:
    """The day that a text names, or None where it is none.  Raises :class:`UsageError` for 2023-02-30."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise UsageError(f"没有 {text} 这一天", "写成 年-月-日，例如 2023-06-30") from None


def _named(runner: Runner, text: str) -> Moment:
    name = revision(text)
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    try:
        commit = runner.run(*words, action="查找提交").text.strip()
    except GitError as error:
        if not error.output.strip():
            raise UsageError(
                f"没有提交、标签或日期 {text}", "写 2023-06-30、标签名，或 fazhi log 里的提交号"
            ) from error
        raise unknown_revision(text, error) from error
    return Moment(commit, _time_of(runner, commit))


def _time_of(runner: Runner, commit: str) -> datetime:
    answer = runner.run(
        "show", "--no-patch", "--no-show-signature", "--format=%cI", commit, action="读取提交"
    )
    return time_in(datetime.fromisoformat(answer.text.strip()), runner.zone)


def files_at(runner: Runner, commit: str) -> dict[str, bytes]:
    """Plan and notes as a commit has them: path relative to the tracker's root → bytes.  Two processes.

    Only ordinary files that fazhi reads (``plan/*.yaml``, ``status/*/*.md``): evidence is left where it is.
    """
    # Its own output is relative to the current folder, the tracker's root.
    listing = runner.run("ls-tree", "-r", "-z", commit, "--", "plan", "status", action="读取旧文件").out
    wanted: list[tuple[str, str]] = []
    for entry in listing.split(b"\0"):
        head, _, name = entry.partition(b"\t")
        mode, _, rest = head.partition(b" ")
        if not mode.startswith(b"100"):
            continue
        path = name.decode("utf-8", "surrogateescape")
        if path.endswith((".yaml", ".md")) and path.count("/") <= 2:
            wanted.append((path, rest.partition(b" ")[2].decode()))
    blobs = dict(read_blobs(runner, [blob for _, blob in wanted]))
    return {path: blobs[blob] for path, blob in wanted if blob in blobs}


def folder_at(runner: Runner, commit: str, folder: str) -> dict[str, bytes]:
    """All ordinary files under a folder as a commit has them, by their paths.  Two processes."""
    words = ("ls-tree", "-r", "-z", commit, "--", f"{folder.rstrip('/')}/")
    listing = runner.run(*words, action="读取旧文件").out
    blobs: dict[str, str] = {}
    for entry in listing.split(b"\0"):
        head, _, name = entry.partition(b"\t")
        if head.startswith(b"100"):
            blobs[name.decode("utf-8", "surrogateescape")] = head.split(b" ")[2].decode()
    found = dict(read_blobs(runner, list(blobs.values())))
    return {path: found[blob] for path, blob in blobs.items() if blob in found}


def read_blobs(runner: Runner, ids: list[str]) -> Iterator[tuple[str, bytes]]:
    """The contents of blobs by their ids, each once; one process.  Ids that name nothing are left out."""
    unique = [blob for blob in dict.fromkeys(ids) if not _NO_BLOB.fullmatch(blob)]
    if not unique:
        return
    stream = ("\n".join(unique) + "\n").encode()
    out = runner.run("cat-file", "--batch", action="读取旧文件", stdin=stream).out
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        words = out[at:end].split(b" ")
        if len(words) != 3:
            at = end + 1
            continue
        size = int(words[2])
        yield words[0].decode(), out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def find_range(runner: Runner, revisions: str) -> str:
    """What ``A..B`` means; an end may be whatever :func:`find_moment` takes, an open end is HEAD."""
    return "..".join(find_moment(runner, end).commit if end else "HEAD" for end in revisions.split("..", 1))


def file_at(runner: Runner, commit: str, path: str) -> bytes:
    """A file as a commit has it.  Raises :class:`UsageError` where it has none of that name."""
    if not path or path.startswith("/") or "\0" in path:
        raise UsageError(f"不是台账里的路径：{path!r}", "写相对于台账目录的路径")
    name = f"{revision(commit)}:./{path}"
    try:
        return runner.run("cat-file", "blob", "--", name, action="读取旧文件").out
    except GitError as error:
        raise UsageError(f"提交 {commit} 里没有文件 {path}", "fazhi log 查看记录") from error
