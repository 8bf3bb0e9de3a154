"""History in the domain's words: one ``git log -z`` for everything, commits made by hand included."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from fazhi_tui.domain.as_of import time_in
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.repository import CommitKind, Event, Identity
from fazhi_tui.vcs.error_messages import UNKNOWN_REVISION, GitError
from fazhi_tui.vcs.runner import Runner
from fazhi_tui.vcs.trailers import Trailers

# Fields end in a NUL, which no commit can hold.  Raw names: who an author is, is data, not .mailmap's.
_FORMAT = "--format=%x00%H%x00%cI%x00%an%x00%ae%x00%B%x00"
#: Overrides diff.orderFile, which would move files and may name one that is gone.
NO_ORDER = f"-O{os.devnull}"
# What the user's configuration could change about the output is said outright.
_LOG = (
    "-c", "log.showRoot=true", "log", NO_ORDER, "-z", _FORMAT,
    "--name-status", "--no-renames", "-c", "--no-color", "--no-show-signature",
    "--encoding=UTF-8", "--no-ext-diff", "--ignore-submodules=none",
)  # fmt: skip
_STATUS = re.compile(r"\n*([ACDMTUX]+)")
_COMMIT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# Revisions that a person may name: no option, no range, no blob, no white space.
_REVISION = re.compile(r"(?!-)(?!.*\.\.)[^\s\x00-\x1f\x7f:?*\[\\^]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit of the log: the event, and each path with git's letter (``A``, ``M``, ``D`` …)."""

    event: Event
    changes: tuple[tuple[str, str], ...]

    def touches(self, measure: str) -> bool:
        """Whether it belongs to a measure: by its trailer, or by the files it changes."""
        if self.event.measure == measure:
            return True
        stem = measure.zfill(2)
        plan, notes = f"plan/{stem}.yaml", f"status/{stem}/"
        return any(path == plan or path.startswith(notes) for _, path in self.changes)

    def notes(self, letter: str) -> list[str]:
        """The note files that it added (``A``) or removed (``D``)."""
        return [path for found, path in self.changes if found == letter and _is_note(path)]


def read_log(runner: Runner, *words: str) -> Iterator[Entry]:
    """The commits that ``git log words…`` gives, in its order.  One process.  Times are in the plan's zone.

    Undoing is not linked yet; see :func:`linked`.
    """
    if runner.places.prefix:
        # Only what the tracker's own folder saw; --full-history keeps what a side branch did and undid.
        words = ("--relative", "--full-history", *words, "--", ".")
    answer = runner.run(*_LOG, *words, action="读取历史")
    for entry in _parsed(answer.out.decode("utf-8", "replace")):
        time = time_in(entry.event.time, runner.zone)
        yield replace(entry, event=replace(entry.event, time=time))


def linked(entries: Iterable[Entry]) -> list[Entry]:
    """The same entries, each that was taken back or ratified with the commit that did it."""
    entries = list(entries)
    undone = _undone(entries)
    # Newest first: of several that ratify one the first of all stays.
    ratified = {
        entry.event.ratifies: entry.event.commit
        for entry in entries
        if entry.event.kind == CommitKind.RATIFY and entry.event.ratifies
    }
    if not undone and not ratified:
        return entries

    def with_links(entry: Entry) -> Entry:
        commit = entry.event.commit
        if commit not in undone and commit not in ratified:
            return entry
        event = replace(entry.event, undone_by=undone.get(commit, ""), ratified_by=ratified.get(commit, ""))
        return replace(entry, event=event)

    return [with_links(entry) for entry in entries]


def undo_target(entries: list[Entry], identity: Identity) -> Event | None:
    """The newest report of this person that can be taken back, or None.

    One that added a note, is no undoing itself, was not undone, and whose note nobody removed since
    (``git revert``).  A person is known by the email, or by the name where there is none.
    """
    newest: dict[str, str] = {}
    for entry in entries:
        event = entry.event
        added = entry.notes("A")
        if (
            event.kind not in ("", CommitKind.UNDO)
            and not event.undone_by
            and any(newest.get(path) != "D" for path in added)
            and _is_by(event, identity)
        ):
            return event
        for letter, path in entry.changes:
            newest.setdefault(path, letter)
    return None


def refuse_undone(event: Event) -> None:
    """Raise :class:`NotAllowedError` for a commit that is an undoing itself, or was undone already."""
    short = event.commit[:8]
    if event.kind == CommitKind.UNDO:
        raise NotAllowedError(f"提交 {short} 本身就是一次撤销，不能再撤销", "需要时重新填报一次")
    if event.undone_by:
        raise NotAllowedError(f"提交 {short} 已由 {event.undone_by[:8]} 撤销", "历史里列着全部提交")


def revision(text: str) -> str:
    """``text`` if it can only mean a commit; raises :class:`UsageError` for options, ranges and the like."""
    if not _REVISION.fullmatch(text):
        raise UsageError(f"不是提交号：{text!r}", "写 fazhi log 里的提交号，或分支、标签的名称")
    return text


def unknown_revision(text: str, error: GitError) -> Exception:
    """What to raise for git's ``error`` about the revision ``text``."""
    if UNKNOWN_REVISION.search(error.output):
        return UsageError(
            f"没有提交 {text}", "fazhi log 查看提交号；浅克隆的仓库先运行 git fetch --unshallow"
        )
    return error


def in_history(runner: Runner, begun: str) -> list[str]:
    """The commits of HEAD's history whose ids begin so."""
    answer = runner.run("rev-list", "HEAD", "--", action="查找提交", ok=(0, 128))
    return [commit for commit in answer.text.split() if commit.startswith(begun.lower())]


def _parsed(text: str) -> Iterator[Entry]:
    """Split the log: after five fields come pairs of letter and path, up to the next commit's id."""
    parts = iter(text.split("\0"))
    part = next(parts, None)
    while part is not None:
        if not _COMMIT_ID.fullmatch(part):
            part = next(parts, None)
            continue
        commit, time, name, email, body = part, *(next(parts, "") for _ in range(4))
        changes: list[tuple[str, str]] = []
        for part in parts:
            found = _STATUS.fullmatch(part)
            if found:
                # A merge has one letter for each parent.
                changes.append((found[1][0] if len(set(found[1])) == 1 else "M", next(parts, "")))
            elif part.strip("\n"):
                break
        else:
            part = None
        event = _event(commit, time, f"{name} <{email}>", body, tuple(path for _, path in changes))
        yield Entry(event, tuple(changes))


def _event(commit: str, time: str, author: str, body: str, paths: tuple[str, ...]) -> Event:
    subject = body.lstrip("\n").partition("\n")[0].rstrip()
    return Event(commit, _time(time), author, subject, paths=paths, **asdict(Trailers.parse(body)))


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        # A commit made with a year or a zone that no calendar has.
        return datetime(1970, 1, 1, tzinfo=UTC)


def _undone(entries: list[Entry]) -> dict[str, str]:
    """Commit → the commit that took it back.  An abbreviated id (written by hand) counts if it is clear."""
    undone: dict[str, str] = {}
    for entry in entries:
        event = entry.event
        if event.kind != CommitKind.UNDO or not event.undoes:
            continue
        target = event.undoes.lower()
        if not _COMMIT_ID.fullmatch(target):
            named = [e.event.commit for e in entries if e.event.commit.startswith(target)]
            if len(named) != 1 or len(target) < 7:
                continue
            target = named[0]
        undone[target] = event.commit
    return undone


def _is_note(path: str) -> bool:
    parts = path.split("/")
    return len(parts) == 3 and parts[0] == "status" and parts[2].endswith(".md")


def _is_by(event: Event, identity: Identity) -> bool:
    name, _, email = event.author.rpartition(" <")
    if identity.email:
        return email.removesuffix(">").casefold() == identity.email.casefold()
    return name == identity.name


def ask_about(runner: Runner, commit: str, *words: str) -> bytes:
    """What ``git words… commit`` says.  Raises :class:`UsageError` where there is no commit of that name."""
    name = revision(commit)
    try:
        return runner.run(*words, f"{name}^{{commit}}", action="读取提交").out
    except GitError as error:
        raise unknown_revision(commit, error) from error
