"""One repository: who works in it, how it stands, its commits, and committing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Self

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.repository import Event, Identity, RepoStatus
from fazhi_tui.vcs import diagnosis, log, operation, snapshot
from fazhi_tui.vcs.commit import commit_paths, head_of, refuse_state, unmerged_error
from fazhi_tui.vcs.example_day import example_moment
from fazhi_tui.vcs.identity import GitSettings, read_settings, refuse_without_identity, write_identity
from fazhi_tui.vcs.lock import Lock
from fazhi_tui.vcs.paths import locate
from fazhi_tui.vcs.runner import Runner
from fazhi_tui.vcs.status import read_status

#: How long to wait for another fazhi that writes, in seconds: a hook of its may take its time.
LOCK_TIMEOUT = 30.0


class Repository:
    """The git repository that a tracker's root lies in; the root may be a folder inside it.

    What the other modules of this room do is asked of them, with its ``runner``.
    All paths are relative to the root, with ``/``.  No process outlives the call that started it.
    Methods raise :class:`RepositoryError` in Chinese where git or the file system refuses.
    """

    def __init__(self, root: Path) -> None:
        self.runner = Runner(locate(root))
        self._lock = Lock(self.private_dir())
        self._settings: GitSettings | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held between calls but what was read of the configuration."""

    # ------------------------------------------------------------------ where and who

    @property
    def root(self) -> Path:
        """The tracker's folder, links resolved."""
        return self.runner.places.root

    @property
    def top(self) -> Path:
        """The top of the work tree, the tracker's folder or one above it."""
        return self.runner.places.top

    def hooks_dir(self) -> Path:
        """Where git looks for hooks (``core.hooksPath`` or ``.git/hooks``)."""
        found = self.runner.run("rev-parse", "--git-path", "hooks", action="查找钩子目录").text.strip()
        return self.root / found

    def private_dir(self) -> Path:
        """Where drafts and the lock lie: ``.git/fazhi``, shared by all work trees; may not exist yet."""
        return self.runner.places.common_dir / "fazhi"

    def identity(self) -> Identity:
        """Who reports (fazhi.unit, name, email); empty where git's configuration says nothing."""
        self._settings = read_settings(self.runner)
        return self._settings.identity

    def save_identity(self, unit: str, name: str, email: str) -> None:
        """Keep these in the repository's own configuration; an empty one leaves what is there."""
        self._settings = None
        write_identity(self.runner, unit, name, email)

    def config(self, name: str) -> str | None:
        """One value of git's configuration, or None where it is not set."""
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*(\..+)?\.[A-Za-z][A-Za-z0-9-]*", name):
            raise UsageError(f"不是 git 配置项的名称：{name!r}", "写成 core.quotePath 的样子")
        answer = self.runner.run("config", "-z", "--get", name, action="读取 git 配置", ok=(0, 1))
        return answer.text.removesuffix("\0") if answer.code == 0 else None

    # ------------------------------------------------------------------ how things stand

    def status(self) -> RepoStatus:
        """What the foot of the screen tells.  One process; takes no lock, leaves the index alone."""
        reading = read_status(self.runner)
        under_way = operation.operation(self.runner.places)
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
        refuse_state(self.runner)
        diagnosis.refuse_unwritable(self.runner.places)
        refuse_without_identity(self._read_settings().identity)
        conflicts = diagnosis.unmerged(self.runner)
        if conflicts:
            raise unmerged_error(conflicts)

    def moment(self) -> datetime | None:
        """When an example has what is filed in it now; None elsewhere: then it is the clock's to say."""
        return example_moment(self.runner, self._read_settings().example_day)

    def commit(
        self, message: str, paths: Sequence[str], filed: datetime | None = None, *, empty: bool = False
    ) -> str:
        """Commit exactly these paths as they are in the work tree, by the user's own ``git commit``.

        ``filed`` is the time of the last note among them: an example's commit is no earlier.  What
        else is staged stays staged with the content it had, what is dirty stays dirty.  The id of the commit,
        or ``""`` where nothing differs (unless it is to be ``empty``).  On failure HEAD and index are as they
        were; then :class:`RepositoryError`, with what git or the hook said.
        """
        with self.lock():
            settings = self._read_settings()
            refuse_without_identity(settings.identity)
            moment = example_moment(self.runner, settings.example_day, least=filed)
            return commit_paths(
                self.runner, message, paths, encoding=settings.encoding, moment=moment, empty=empty
            )

    def _read_settings(self) -> GitSettings:
        if self._settings is None:
            self._settings = read_settings(self.runner)
        return self._settings

    # ------------------------------------------------------------------ with others

    def branch(self) -> str:
        """The name of this branch; empty where HEAD is detached."""
        return head_of(self.runner).branch

    def count_commits(self, revisions: str = "HEAD") -> int:
        """How many commits there are."""
        if not self.head():
            return 0
        return int(self.runner.run("rev-list", "--count", revisions, "--", action="比较历史").text)

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
        return tuple(entry.event for entry in self._entries(snapshot.find_range(self.runner, revisions)))

    def event(self, commit: str) -> Event:
        """One commit.  Raises :class:`UsageError` where there is none of that name."""
        full = (
            log.ask_about(self.runner, commit, "rev-parse", "--verify", "--end-of-options").decode().strip()
        )
        for entry in self._entries():
            if entry.event.commit == full:
                return entry.event
        # On another branch.
        for entry in log.read_log(self.runner, "--no-walk", full):
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

    def head(self) -> str:
        """The commit that HEAD names, or ``""`` before the first.  Starts no process."""
        return head_of(self.runner).commit

    def _entries(self, *words: str) -> list[log.Entry]:
        if not self.head():
            return []
        return log.linked(log.read_log(self.runner, *words))
