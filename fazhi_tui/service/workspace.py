"""One tracker on disk, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui import records
from fazhi_tui.model import Event, FazhiError, Identity, NotAllowedError, Problem, RepoStatus
from fazhi_tui.service.view import View, view_of

# What only writing needs is imported where it is used: a list must not pay for it.
if TYPE_CHECKING:
    from fazhi_tui.history import Repository
    from fazhi_tui.service.actions import Action, Done, ReportRequest
    from fazhi_tui.service.drafts import Drafts


class Workspace:
    """One tracker on disk, and what can be done with it.

    ``today`` is the day that lights count from.  Reading methods change no file and not the index.
    """

    def __init__(self, root: Path, today: date) -> None:
        self.root = root
        self.today = today

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed here and not committed."""
        from fazhi_tui.service.drafts import Drafts

        return Drafts(self.root)

    # ------------------------------------------------------------------ reading

    def load(self) -> View:
        """Read everything; what could not be read is among ``problems``, never left out."""
        return view_of(records.load(self.root), self.today)

    def check(self) -> tuple[Problem, ...]:
        """Every problem in the files, sorted by place; writes nothing."""
        return records.check(records.load(self.root))

    # ------------------------------------------------------------------ git's answers

    def identity(self) -> Identity:
        """Unit, name and email from git's configuration; empty where it says nothing."""
        with self._history() as repository:
            return repository.identity()

    def save_identity(self, unit: str, name: str, email: str) -> None:
        """Keep unit, name and email in this repository's git configuration."""
        with self._history() as repository:
            repository.save_identity(unit, name, email)

    def repo_status(self) -> RepoStatus:
        """Branch, ahead and behind, dirty files."""
        with self._history() as repository:
            return repository.status()

    def events(self, measure: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """The commits that touched one measure or any, newest first."""
        with self._history() as repository:
            return repository.events(measure, limit=limit)

    def show(self, commit: str) -> str:
        """What one commit changed, as a diff."""
        with self._history() as repository:
            return repository.show(commit)

    def diagnose(self) -> tuple[Problem, ...]:
        """What is wrong with this machine's git or this repository, and how to mend it."""
        with self._history() as repository:
            return repository.diagnose()

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is so with git and this repository, right or wrong: name and value."""
        with self._history() as repository:
            return repository.facts()

    def watch_token(self) -> object:
        """A cheap value that changes when plan, notes or git's state change; starts no process."""
        from fazhi_tui.history import watch_token

        return (records.fingerprint(self.root), watch_token(self.root))

    @contextmanager
    def _history(self) -> Iterator[Repository]:
        from fazhi_tui.history import Repository

        with Repository(self.root) as repository:
            yield repository

    # ------------------------------------------------------------------ reporting

    def prepare_report(
        self, view: View, request: ReportRequest, identity: Identity, now: datetime | None = None
    ) -> Action:
        """Lay out a report's file and commit; see :func:`reports.prepare_report`.  Writes nothing."""
        from fazhi_tui.service import reports

        return reports.prepare_report(view, request, identity, now)

    def report(self, request: ReportRequest, identity: Identity, now: datetime | None = None) -> Done:
        """Check, write and commit one report while no other fazhi process writes here.

        What was typed is kept as a draft if anything refuses.  Raises as :meth:`prepare_report` and
        :meth:`commit`.
        """
        from fazhi_tui.service.writing import write_and_commit

        with self._history() as repository, repository.lock():
            try:
                action = self.prepare_report(self.load(), request, identity, now)
                return write_and_commit(self.root, repository, action)
            except FazhiError:
                self.drafts.save(request)
                raise

    def commit(self, action: Action) -> Done:
        """Write and commit exactly what was previewed.

        Raises :class:`StaleError` where the measure has moved on since the preview,
        :class:`RepositoryError` where the file system or git refuses; then nothing is changed.
        """
        from fazhi_tui.service.actions import StaleError
        from fazhi_tui.service.writing import write_and_commit

        with self._history() as repository, repository.lock():
            if action.note is not None and not action.undoes:
                now_at = self.load().row(action.note.measure).state.status
                if now_at != action.note.status_before:
                    raise StaleError(
                        f"第 {action.note.measure} 条的状态刚刚由“{action.note.status_before}”变为“{now_at}”",
                        "请看过新的进展后重新预览、提交；填写的内容都还在",
                    )
            return write_and_commit(self.root, repository, action)

    def prepare_undo(self, view: View, commit: str | None = None) -> Action:
        """The new commit that takes one report back: the last of this person's, or the one named.

        Raises :class:`NotAllowedError` where there is nothing to take back or a later note rests on it.
        """
        from fazhi_tui.service import undo

        with self._history() as repository:
            event = repository.undo_target(repository.identity(), commit)
            if event is None:
                raise NotAllowedError(
                    "没有可以撤销的填报", "只能撤销由 fazhi 提交、尚未撤销的填报；fazhi log 查看记录"
                )
            added = repository.files_added(event.commit)
            for path in added:
                on_disk = self.root / path
                if not on_disk.exists() or on_disk.read_bytes() != repository.file_at(event.commit, path):
                    raise NotAllowedError(
                        f"{path} 在提交之后又被改动或删除，不能撤销", "先用 git status 查看并还原这个文件"
                    )
        return undo.prepare_undo(view, event, added)
