"""History as an auditor reads it: each commit with its times, its signature and the blobs it put in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from fazhi_tui.domain.as_of import time_in
from fazhi_tui.vcs.commit import head_of
from fazhi_tui.vcs.error_messages import GitError
from fazhi_tui.vcs.log import NO_ORDER
from fazhi_tui.vcs.runner import Answer, Runner
from fazhi_tui.vcs.snapshot import files_at, find_moment, find_range, read_blobs
from fazhi_tui.vcs.trailers import NAME_OF, Trailers

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# One colon and one "before" a parent: a merge is told against all of its parents.
_RAW = re.compile(r"(:+)((?:\d{6} )+)((?:[0-9a-f]+ )+)([A-Z]+)\d*")


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that a commit changed: git's letter, and the blobs before and after (zeros: not there).

    Of a merge only files are told that differ from what git itself makes of its parents: a conflict that
    was settled, or something slipped in or dropped.  ``before`` then names nothing that is kept.
    """

    letter: str
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One commit: parents, times, the letter of ``%G?`` (empty where not asked for), message, files."""

    commit: str
    parents: tuple[str, ...]
    author: str
    email: str
    author_time: datetime
    commit_time: datetime
    signature: str
    subject: str
    trailers: Trailers
    message: str
    changes: tuple[FileChange, ...]


def read_audit(runner: Runner, *words: str, signatures: bool = False) -> Iterator[AuditEntry]:
    """The commits that ``git log words…`` gives, oldest first, with what they changed in plan and status.

    One process, one more where there are merges.  With ``signatures`` git checks each commit's (SSH or GPG),
    which costs a process of its own.
    """
    mark = "%G?" if signatures else ""
    relative = ("--relative",) if runner.places.prefix else ()
    answer = runner.run(
        "-c", "log.showRoot=true", "log", NO_ORDER, "-z", "--reverse", "--topo-order",
        f"--format=%x00%H%x00%P%x00%an%x00%ae%x00%aI%x00%cI%x00{mark}%x00%B%x00",
        "--raw", "--no-abbrev", "--no-renames", "--full-history", "--no-color",
        "--no-ext-diff", "--encoding=UTF-8", *relative, *words, "--", action="审计历史",
    )  # fmt: skip
    entries = [
        replace(
            entry,
            author_time=time_in(entry.author_time, runner.zone),
            commit_time=time_in(entry.commit_time, runner.zone),
        )
        for entry in _parsed(answer.out.decode("utf-8", "replace"))
    ]
    if any(len(entry.parents) > 1 for entry in entries):
        made = _merge_changes(runner, *relative, *words)
        entries = [
            replace(entry, changes=made.get(entry.commit, ())) if len(entry.parents) > 1 else entry
            for entry in entries
        ]
    yield from entries


def _merge_changes(runner: Runner, *words: str) -> dict[str, tuple[FileChange, ...]]:
    """What merges have beside what git makes of their parents (``--remerge-diff``, git 2.35); one process.

    Renames are not looked for, as in the merges that a sync makes.  An older git tells what differs from
    every parent (``-c``): what was made up or changed, not what was dropped.
    """

    def ask(how: str) -> Answer:
        return runner.run(
            "-c", "merge.renames=false", "-c", "merge.directoryRenames=false", "log", NO_ORDER, "-z",
            "--merges", "--format=%x00%H%x00", "--raw", "--no-abbrev", "--no-renames", how, "--full-history",
            "--no-color", "--no-ext-diff", *words, "--", action="审计合并",
        )  # fmt: skip

    try:
        answer = ask("--remerge-diff")
    except GitError as error:
        if "remerge-diff" not in error.output:
            raise
        answer = ask("-c")
    made: dict[str, list[FileChange]] = {}
    commit = ""
    parts = iter(answer.out.decode("utf-8", "replace").split("\0"))
    for part in parts:
        found = _RAW.fullmatch(part.strip("\n"))
        if _COMMIT.fullmatch(part):
            commit = part
        elif found and commit:
            blobs = found[3].split()
            made.setdefault(commit, []).append(FileChange(found[4][0], next(parts, ""), blobs[0], blobs[-1]))
    return {commit: tuple(changes) for commit, changes in made.items()}


def merge_versions(runner: Runner, entry: AuditEntry, path: str) -> tuple[bytes | None, ...]:
    """A file in a merge's common ancestor, in its first two parents and in itself; None: not there."""
    ours, theirs = entry.parents[:2]
    answer = runner.run("merge-base", ours, theirs, action="比较历史", ok=(0, 1))
    base = answer.text.strip().split("\n")[0]
    commits = (base, ours, theirs, entry.commit)
    return tuple(_file_at(runner, commit, path) if commit else None for commit in commits)


def _file_at(runner: Runner, commit: str, path: str) -> bytes | None:
    found = runner.run("cat-file", "blob", "--", f"{commit}:./{path}", action="读取旧文件", ok=(0, 128))
    return found.out if found.code == 0 else None


def _parsed(text: str) -> Iterator[AuditEntry]:
    parts = iter(text.split("\0"))
    part = next(parts, None)
    while part is not None:
        if not _COMMIT.fullmatch(part):
            part = next(parts, None)
            continue
        head = [part, *(next(parts, "") for _ in range(7))]
        changes: list[FileChange] = []
        for part in parts:
            found = _RAW.fullmatch(part.strip("\n"))
            if found:
                blobs = found[3].split()
                changes.append(FileChange(found[4][0], next(parts, ""), blobs[0], blobs[-1]))
            elif _COMMIT.fullmatch(part):
                break
        else:
            part = None
        yield _entry(head, tuple(changes))


def _entry(head: list[str], changes: tuple[FileChange, ...]) -> AuditEntry:
    commit, parents, name, email, written, committed, signature, message = head
    return AuditEntry(
        commit,
        tuple(parents.split()),
        name,
        email,
        datetime.fromisoformat(written),
        datetime.fromisoformat(committed),
        signature,
        message.lstrip("\n").partition("\n")[0].rstrip(),
        Trailers.parse(message),
        message,
        changes,
    )


def lost_from(runner: Runner, commits: list[str], tip: str = "HEAD") -> list[str]:
    """Which of ``commits`` the history of ``tip`` no longer contains (or the repository no longer has)."""
    known: list[str] = []
    lost: list[str] = []
    for commit in dict.fromkeys(commits):
        there = runner.run("cat-file", "-e", f"{commit}^{{commit}}", action="查找提交", ok=(0, 1, 128))
        (known if there.code == 0 else lost).append(commit)
    if known:
        outside = runner.run("rev-list", *known, "--not", tip, action="比较历史").text.split()
        lost += [commit for commit in known if commit in outside]
    return lost


def published(runner: Runner) -> tuple[str, list[str]]:
    """The upstream of this branch and every value it has had here (newest first); empty without one."""
    answer = runner.run("rev-parse", "--symbolic-full-name", "@{upstream}", action="查找上游", ok=(0, 1, 128))
    name = answer.text.strip() if answer.code == 0 else ""
    if not name:
        return "", []
    values = runner.run("reflog", "show", "--format=%H", name, action="读取上游的记录", ok=(0, 1, 128))
    return name, values.text.split() if values.code == 0 else []


def audit_entries(
    runner: Runner, revisions: str = "", *, signatures: bool = False
) -> tuple[list[AuditEntry], dict[str, bytes], tuple[str, ...]]:
    """The commits to be audited, oldest first; the blobs of notes and plan files that they name; and the
    files that were there before the first of them (none where all of history is gone through).
    """
    words = (find_range(runner, revisions),) if revisions else ()
    entries = list(read_audit(runner, *words, signatures=signatures)) if head_of(runner).commit else []
    ids = [
        blob
        for entry in entries
        for change in entry.changes
        if change.path.endswith((".md", ".yaml"))
        for blob in (change.before, change.after)
    ]
    start = revisions.partition("..")[0]
    there = tuple(files_at(runner, find_moment(runner, start).commit)) if start else ()
    return entries, dict(read_blobs(runner, ids)), there


def ratifying_entries(runner: Runner) -> list[AuditEntry]:
    """The commits in HEAD's history that ratify another, oldest first."""
    if not head_of(runner).commit:
        return []
    found = read_audit(runner, f"--grep=^{NAME_OF['ratifies']}: ", "HEAD")
    return [entry for entry in found if entry.trailers.ratifies]


def lost_by_upstream(runner: Runner) -> tuple[str, list[str]]:
    """The upstream's name, and the values it had here that its history no longer contains."""
    name, values = published(runner)
    return name, lost_from(runner, values, name) if values else []
