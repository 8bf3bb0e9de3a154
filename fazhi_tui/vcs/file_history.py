"""What commits changed: files, their contents, the plan's versions, the diff itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_tui.vcs.commit import head_of
from fazhi_tui.vcs.log import NO_ORDER, ask_about
from fazhi_tui.vcs.runner import Runner, decoded
from fazhi_tui.vcs.snapshot import find_range, read_blobs

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RAW = re.compile(r":\d{6} \d{6} ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*")


@dataclass(frozen=True, slots=True)
class _Edit:
    """One file of the plan that a commit changed: the blobs before and after, zeros where there is none."""

    commit: str
    path: str
    before: str
    after: str


def _read_edits(runner: Runner, *words: str) -> Iterator[_Edit]:
    """The changes to ``plan/*.yaml`` in the commits that ``git log words…`` gives, newest first."""
    relative = ("--relative",) if runner.places.prefix else ()
    answer = runner.run(
        "-c", "log.showRoot=true", "log", NO_ORDER, "-z", "--format=%x00%H%x00", "--raw", "--no-abbrev",
        "--no-renames", "--no-color", "--no-show-signature", "--no-ext-diff", *relative, *words,
        "--", "plan", action="读取方案的改动",
    )  # fmt: skip
    commit = ""
    parts = iter(answer.out.decode("utf-8", "replace").split("\0"))
    for part in parts:
        if _COMMIT.fullmatch(part):
            commit = part
        elif found := _RAW.fullmatch(part.strip("\n")):
            path = next(parts, "")
            if path.endswith(".yaml") and path.count("/") == 1:
                yield _Edit(commit, path, found[1], found[2])


def plan_edits(runner: Runner, revisions: str = "") -> tuple[tuple[str, str, bytes, bytes], ...]:
    """What happened to the plan's files: commit, path, the bytes before and after; two processes.

    A file that came or went has no bytes on that side and is left out: nothing of it was changed.
    """
    words = (find_range(runner, revisions),) if revisions else ()
    edits = list(_read_edits(runner, *words)) if head_of(runner).commit else []
    blobs = dict(read_blobs(runner, [blob for edit in edits for blob in (edit.before, edit.after)]))
    return tuple(
        (edit.commit, edit.path, blobs[edit.before], blobs[edit.after])
        for edit in edits
        if edit.before in blobs and edit.after in blobs
    )


def names_ever(runner: Runner, *folders: str) -> frozenset[str]:
    """Every path in these folders that a commit of this branch ever added; one process."""
    if not head_of(runner).commit:
        return frozenset()
    relative = ("--relative",) if runner.places.prefix else ()
    answer = runner.run(
        "-c", "log.showRoot=true", "log", NO_ORDER, "-z", "--format=", "--name-only", "--no-renames", "-m",
        "--diff-filter=A", "--no-color", "--no-show-signature", "--no-ext-diff", *relative, "--", *folders,
        action="读取历史",
    )  # fmt: skip
    return frozenset(answer.out.decode("utf-8", "surrogateescape").replace("\n", "\0").split("\0")) - {""}


def changed_between(runner: Runner, start: str, end: str) -> tuple[tuple[str, str], ...]:
    """What differs between two commits: pairs of git's letter and path, renames as two."""
    answer = runner.run(
        "diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative",
        NO_ORDER, start, end, "--", action="比较提交",
    )  # fmt: skip
    return _pairs(answer.out)


def changed_files(runner: Runner, commit: str) -> tuple[tuple[str, str], ...]:
    """What a commit changed: pairs of git's letter (``A``, ``M``, ``D``, ``T``) and path."""
    return _pairs(_show(runner, commit, "-z", "--name-status"))


def files_added(runner: Runner, commit: str) -> tuple[str, ...]:
    """The files that a commit added."""
    return tuple(path for letter, path in changed_files(runner, commit) if letter == "A")


def changed_contents(runner: Runner, commit: str) -> tuple[tuple[str, bytes | None, bytes | None], ...]:
    """What a commit changed: each path with its bytes before and after (None: not there); two processes.

    For a merge, against its first parent.
    """
    found: list[tuple[str, str, str]] = []
    for head, path in _pairs(_show(runner, commit, "-z", "--raw", "--no-abbrev")):
        _, _, before, after, _ = head.lstrip("\n").split(" ")
        found.append((path, before, after))
    blobs = dict(read_blobs(runner, [blob for _, *ids in found for blob in ids]))
    return tuple((path, blobs.get(before), blobs.get(after)) for path, before, after in found)


def commit_diff(runner: Runner, commit: str) -> str:
    """What one commit changed, as a diff in text; for a merge, what it brought into its branch.

    Each line in UTF-8, or in GB 18030 where it is not: one odd file spoils no other.
    """
    raw = _show(runner, commit, "--patch", "--src-prefix=a/", "--dst-prefix=b/")
    return "\n".join(decoded(line) for line in raw.split(b"\n"))


def _show(runner: Runner, commit: str, *words: str) -> bytes:
    return ask_about(
        runner, commit, "-c", "core.quotePath=false", "-c", "log.showRoot=true",
        "show", NO_ORDER, "--format=", "-m", "--first-parent", "--no-renames", "--no-color",
        "--no-ext-diff", "--no-show-signature", "--relative", *words, "--end-of-options",
    )  # fmt: skip


def _pairs(raw: bytes) -> tuple[tuple[str, str], ...]:
    """Two NUL-ended texts at a time."""
    parts = raw.decode("utf-8", "surrogateescape").split("\0")
    return tuple(zip(parts[0::2], parts[1::2], strict=False))
