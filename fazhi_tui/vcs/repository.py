"""One repository: every use of git that the rest of the program makes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.repository import Event, Identity, RepoStatus
from fazhi_tui.vcs import audit_log, diagnosis, log, operation, snapshot
from fazhi_tui.vcs import file_history as edits_of
from fazhi_tui.vcs.audit_log import AuditEntry
from fazhi_tui.vcs.bundle import Bundling
from fazhi_tui.vcs.commit import commit_paths, forget, head_of, refresh_index, refuse_state, unmerged_error
from fazhi_tui.vcs.error_messages import GitError
from fazhi_tui.vcs.identity import Settings, read_settings, refuse_without_identity, write_identity
from fazhi_tui.vcs.lock import Lock
from fazhi_tui.vcs.merge import Merging
from fazhi_tui.vcs.paths import locate
from fazhi_tui.vcs.remote import Network
from fazhi_tui.vcs.runner import Runner
from fazhi_tui.vcs.snapshot import Moment
from fazhi_tui.vcs.status import read_status

#: How long to wait for another fazhi that writes, in seconds: a hook of its may take its time.
LOCK_TIMEOUT = 30.0


class Repository:
    """The git repository that a tracker's root lies in; the root may be a folder inside it.

    All paths are relative to the root, with ``/``.  No process outlives the call that started it.
    Methods raise :class:`RepositoryError` in Chinese where git or the file system refuses.
    """

    def __init__(self, root: Path) -> None:
        self._runner = Runner(locate(root))
        self._lock = Lock(self.private_dir())
        self._settings: Settings | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything.  Nothing is held between calls but what was read of the configuration."""
        self._settings = None

    # ------------------------------------------------------------------ where and who

    @property
    def root(self) -> Path:
        """The tracker's folder, links resolved."""
        return self._runner.places.root

    @property
    def top(self) -> Path:
        """The top of the work tree, the tracker's folder or one above it."""
        return self._runner.places.top

    def hooks_dir(self) -> Path:
        """Where git looks for hooks (``core.hooksPath`` or ``.git/hooks``)."""
        found = self._runner.run("rev-parse", "--git-path", "hooks", action="查找钩子目录").text.strip()
        return self.root / found

    def staged_paths(self) -> tuple[str, ...]:
        """What the commit to be holds, relative to the tracker's folder; as a hook of git sees it."""
        answer = self._runner.run(
            "diff", "--cached", "--name-only", "-z", "--no-renames", "--relative",
            action="查看暂存区", given_index=True,
        )  # fmt: skip
        return tuple(answer.out.decode("utf-8", "surrogateescape").split("\0")[:-1])

    def private_dir(self) -> Path:
        """Where drafts and the lock lie: ``.git/fazhi``, shared by all work trees; may not exist yet."""
        return self._runner.places.common_dir / "fazhi"

    def identity(self) -> Identity:
        """Who reports (fazhi.unit, name, email); empty where git's configuration says nothing."""
        self._settings = read_settings(self._runner)
        return self._settings.identity

    def save_identity(self, unit: str, name: str, email: str) -> None:
        """Keep these in the repository's own configuration; an empty one leaves what is there."""
        self._settings = None
        write_identity(self._runner, unit, name, email)

    def config(self, name: str) -> str | None:
        """One value of git's configuration, or None where it is not set."""
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*(\..+)?\.[A-Za-z][A-Za-z0-9-]*", name):
            raise UsageError(f"不是 git 配置项的名称：{name!r}", "写成 core.quotePath 的样子")
        answer = self._runner.run("config", "-z", "--get", name, action="读取 git 配置", ok=(0, 1))
        return answer.text.removesuffix("\0") if answer.code == 0 else None

    def version(self) -> str:
        """Git's version, e.g. ``2.39.5``."""
        return diagnosis.git_version(self._runner)

    # ------------------------------------------------------------------ how things stand

    def status(self) -> RepoStatus:
        """What the foot of the screen tells.  One process; takes no lock, leaves the index alone."""
        reading = read_status(self._runner)
        under_way = operation.operation(self._runner.places)
        shown = [(change, change.path.encode("utf-8", "replace").decode()) for change in reading.changes]
        return RepoStatus(
            branch=reading.branch,
            head=reading.commit[:8],
            ahead=reading.ahead,
            behind=reading.behind,
            dirty=tuple(path for change, path in shown if change.unstaged != "."),
            staged=tuple(path for change, path in shown if change.staged not in ".?!"),
            operation=under_way.name if under_way else "",
        )

    def watch_token(self) -> object:
        """See :func:`fazhi_tui.vcs.operation.watch_token`."""
        return operation.watch_token(self.root)

    def is_ignored(self, path: str) -> bool:
        """Whether git's ignore rules leave this path out."""
        return diagnosis.is_ignored(self._runner, path)

    def diagnose(self) -> tuple[Problem, ...]:
        """What is wrong with git here, and how to mend it; never raises for what it is to find."""
        return diagnosis.diagnose(self._runner)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What ``fazhi doctor`` tells of git and this repository: name and value, in Chinese."""
        return diagnosis.facts(self._runner)

    # ------------------------------------------------------------------ writing

    def lock(self, timeout: float = LOCK_TIMEOUT) -> AbstractContextManager[None]:
        """Keep other fazhi processes from writing meanwhile; the same thread may take it again.

        Raises :class:`RepositoryError` if it is not free within ``timeout`` seconds.
        """
        return self._lock.held(timeout)

    def ensure_ready(self) -> None:
        """Raise :class:`RepositoryError` for whatever would make a commit fail, before anything is written.

        An operation under way, a detached HEAD, a lock left behind, folders that cannot be written,
        conflicts, no identity.  Two processes.
        """
        refuse_state(self._runner)
        diagnosis.refuse_unwritable(self._runner.places)
        refuse_without_identity(self._read_settings().identity)
        conflicts = diagnosis.unmerged(self._runner)
        if conflicts:
            raise unmerged_error(conflicts)

    def clear_stale_locks(self, since: float, group: int) -> None:
        """Remove git's lock files that a killed fazhi's own git left behind.

        Only those made within a minute of ``since`` (seconds since the epoch), and only where nobody of the
        process group ``group`` is alive any more; all others are left for a person to judge.
        """
        operation.clear_stale_locks(self._runner.places, since, group)

    def mend_index(self, paths: Sequence[str], new: Sequence[str]) -> None:
        """Bring the index of ``paths`` up to HEAD and take ``new``, which HEAD does not have, out of it."""
        forget(self._runner, new)
        refresh_index(self._runner, paths)

    def commit(self, message: str, paths: Sequence[str]) -> str:
        """Commit exactly these paths as they are in the work tree, by the user's own ``git commit``.

        What else is staged stays staged with the content it had, what is dirty stays dirty.  The id of
        the commit, or ``""`` where nothing differs.  On failure HEAD and index are as they were; then
        :class:`RepositoryError`, with what git or the hook said.
        """
        with self.lock():
            settings = self._read_settings()
            refuse_without_identity(settings.identity)
            return commit_paths(self._runner, message, paths, encoding=settings.encoding)

    def _read_settings(self) -> Settings:
        if self._settings is None:
            self._settings = read_settings(self._runner)
        return self._settings

    # ------------------------------------------------------------------ with others

    def network(self, *, ask: bool = False) -> Network:
        """Fetching and pushing; ``ask`` lets git ask for a password at the terminal."""
        return Network(self._runner, ask=ask)

    @property
    def merging(self) -> Merging:
        """Bringing two histories together; who writes with it holds the lock."""
        return Merging(self._runner)

    @property
    def bundling(self) -> Bundling:
        """Exchange by file."""
        return Bundling(self._runner)

    def refuse_busy(self) -> None:
        """Raise :class:`RepositoryError` for an operation under way, a detached HEAD, or a lock."""
        refuse_state(self._runner)

    def branch(self) -> str:
        """The name of this branch; empty where HEAD is detached."""
        return head_of(self._runner).branch

    def count_commits(self, revisions: str = "HEAD") -> int:
        """How many commits there are."""
        if not self.head():
            return 0
        return int(self._runner.run("rev-list", "--count", revisions, "--", action="比较历史").text)

    # ------------------------------------------------------------------ the record

    def events(self, measure: str | None = None, *, limit: int | None = None) -> tuple[Event, ...]:
        """The commits of this branch, newest first; those of one measure, or all.  One process.

        A commit belongs to a measure by its trailer or by the files it changes (``plan/28.yaml``,
        ``status/28/…``), so that those made by hand show too.
        """
        words = ("-n", str(limit)) if limit is not None and measure is None else ()
        entries = self._entries(*words)
        if measure is not None:
            entries = [entry for entry in entries if entry.touches(measure)][:limit]
        return tuple(entry.event for entry in entries)

    def events_in(self, revisions: str) -> tuple[Event, ...]:
        """The commits of a range such as ``v1..v2`` (an open end is HEAD), newest first."""
        return tuple(entry.event for entry in self._entries(self._range(revisions)))

    def plan_edits(self, revisions: str = "") -> tuple[tuple[str, str, bytes, bytes], ...]:
        """What happened to the plan's files: commit, path, the bytes before and after; two processes.

        A file that came or went has no bytes on that side and is left out: nothing of it was changed.
        """
        words = (self._range(revisions),) if revisions else ()
        edits = list(edits_of.read_edits(self._runner, *words)) if self.head() else []
        blobs = dict(
            snapshot.read_blobs(self._runner, [blob for one in edits for blob in (one.before, one.after)])
        )
        return tuple(
            (one.commit, one.path, blobs[one.before], blobs[one.after])
            for one in edits
            if one.before in blobs and one.after in blobs
        )

    def audit_entries(
        self, revisions: str = "", *, signatures: bool = False
    ) -> tuple[list[AuditEntry], dict[str, bytes], tuple[str, ...]]:
        """The commits to be audited, oldest first; the blobs of notes and plan files that they name; and the
        files that were there before the first of them (none where all of history is gone through).
        """
        words = (self._range(revisions),) if revisions else ()
        entries = (
            list(audit_log.read_audit(self._runner, *words, signatures=signatures)) if self.head() else []
        )
        ids = [
            blob
            for entry in entries
            for change in entry.changes
            if change.path.endswith((".md", ".yaml"))
            for blob in (change.before, change.after)
        ]
        start = revisions.partition("..")[0]
        there = tuple(self.files_at(self.moment(start).commit)) if start else ()
        return entries, dict(snapshot.read_blobs(self._runner, ids)), there

    def merge_versions(self, entry: AuditEntry, path: str) -> tuple[bytes | None, ...]:
        """A file in a merge's common ancestor, its two parents and itself."""
        return audit_log.merge_versions(self._runner, entry, path)

    def lost(self, commits: list[str]) -> list[str]:
        """Which of ``commits`` this branch's history no longer contains."""
        return audit_log.lost_from(self._runner, commits, "HEAD")

    def lost_by_upstream(self) -> tuple[str, list[str]]:
        """The upstream's name, and the values it had here that its history no longer contains."""
        name, values = audit_log.published(self._runner)
        return name, audit_log.lost_from(self._runner, values, name) if values else []

    def write_bundle(self, path: Path) -> None:
        """All branches and tags as one file that ``git bundle verify`` and ``git clone`` read."""
        words = ("bundle", "create", "--quiet", str(path), "HEAD", "--branches", "--tags")
        self._runner.run(*words, action="打包历史")

    def _range(self, revisions: str) -> str:
        ends = [
            snapshot.find_moment(self._runner, end).commit if end else "HEAD"
            for end in revisions.split("..", 1)
        ]
        return "..".join(ends)

    def changed_between(self, start: str, end: str) -> tuple[tuple[str, str], ...]:
        """What differs between two commits: pairs of git's letter and path, renames as two."""
        answer = self._runner.run(
            "diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative",
            log.NO_ORDER, start, end, "--", action="比较提交",
        )  # fmt: skip
        parts = answer.out.decode("utf-8", "surrogateescape").split("\0")
        return tuple(zip(parts[0::2], parts[1::2], strict=False))

    def event(self, commit: str) -> Event:
        """One commit.  Raises :class:`UsageError` where there is none of that name."""
        full = self._about(commit, "rev-parse", "--verify", "--end-of-options").decode().strip()
        for entry in self._entries():
            if entry.event.commit == full:
                return entry.event
        # On another branch.
        for entry in log.read_log(self._runner, "--no-walk", full):
            return entry.event
        raise UsageError(f"提交 {commit} 没有改动台账", "fazhi log 查看记录")

    def undo_target(self, identity: Identity, commit: str | None = None) -> Event | None:
        """The report that an undo would take back: the last of this person's, or the one named.

        None where there is nothing to take back.  Raises :class:`UsageError` for an unknown commit and
        :class:`NotAllowedError` for one that is an undoing itself or has been undone.
        """
        if commit is None:
            return log.undo_target(self._entries(), identity)
        event = self.event(commit)
        log.refuse_undone(event)
        return event

    def changed_files(self, commit: str) -> tuple[tuple[str, str], ...]:
        """What a commit changed: pairs of git's letter (``A``, ``M``, ``D``, ``T``) and path."""
        parts = self._show(commit, "-z", "--name-status").decode("utf-8", "surrogateescape").split("\0")
        return tuple(zip(parts[0::2], parts[1::2], strict=False))

    def changed_contents(self, commit: str) -> tuple[tuple[str, bytes | None, bytes | None], ...]:
        """What a commit changed: each path with its bytes before and after (None: not there); two processes.

        For a merge, against its first parent.
        """
        parts = (
            self._show(commit, "-z", "--raw", "--no-abbrev").decode("utf-8", "surrogateescape").split("\0")
        )
        found: list[tuple[str, str, str]] = []
        for head, path in zip(parts[0::2], parts[1::2], strict=False):
            _, _, before, after, _ = head.lstrip("\n").split(" ")
            found.append((path, before, after))
        blobs = dict(snapshot.read_blobs(self._runner, [blob for _, *ids in found for blob in ids]))
        return tuple((path, blobs.get(before), blobs.get(after)) for path, before, after in found)

    def files_added(self, commit: str) -> tuple[str, ...]:
        """The files that a commit added."""
        return tuple(path for letter, path in self.changed_files(commit) if letter == "A")

    def file_at(self, commit: str, path: str) -> bytes:
        """A file as a commit has it.  Raises :class:`UsageError` where it has none of that name."""
        if not path or path.startswith("/") or "\0" in path:
            raise UsageError(f"不是台账里的路径：{path!r}", "写相对于台账目录的路径")
        name = f"{log.revision(commit)}:./{path}"
        try:
            return self._runner.run("cat-file", "blob", "--", name, action="读取旧文件").out
        except GitError as error:
            raise UsageError(f"提交 {commit} 里没有文件 {path}", "fazhi log 查看记录") from error

    def show(self, commit: str) -> str:
        """What one commit changed, as a diff in text; for a merge, what it brought into its branch."""
        return _text(self._show(commit, "--patch", "--src-prefix=a/", "--dst-prefix=b/"))

    def moment(self, text: str) -> Moment:
        """What a day, tag, branch or commit means; see :func:`past.find_moment`."""
        return snapshot.find_moment(self._runner, text)

    def files_at(self, commit: str) -> dict[str, bytes]:
        """Plan and notes as a commit has them, by path; see :func:`past.files_at`."""
        return snapshot.files_at(self._runner, commit)

    def head(self) -> str:
        """The commit that HEAD names, or ``""`` before the first.  Starts no process."""
        return head_of(self._runner).commit

    def _entries(self, *words: str) -> list[log.Entry]:
        if not self.head():
            return []
        return log.linked(log.read_log(self._runner, *words))

    def _show(self, commit: str, *words: str) -> bytes:
        return self._about(
            commit, "-c", "core.quotePath=false", "-c", "log.showRoot=true",
            "show", log.NO_ORDER, "--format=", "-m", "--first-parent", "--no-renames", "--no-color",
            "--no-ext-diff", "--no-show-signature", "--relative", *words, "--end-of-options",
        )  # fmt: skip

    def _about(self, commit: str, *words: str) -> bytes:
        name = log.revision(commit)
        try:
            return self._runner.run(*words, f"{name}^{{commit}}", action="读取提交").out
        except GitError as error:
            raise log.unknown_revision(commit, error) from error


def _text(raw: bytes) -> str:
    """A diff as text: each line in UTF-8, or in GB 18030 where it is not; one odd file spoils no other."""
    from fazhi_tui.vcs.runner import decoded

    return "\n".join(decoded(line) for line in raw.split(b"\n"))


__all__ = ["LOCK_TIMEOUT", "Repository", "RepositoryError"]
