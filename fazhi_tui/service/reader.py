"""Reading one tracker as it stands on a day: now, or at a moment of its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.as_of import with_names_of
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.records import loader
from fazhi_tui.records.files import fingerprint
from fazhi_tui.service.read_only import READ_ONLY, READ_ONLY_HINT
from fazhi_tui.service.view import Past, View, view_of

# A list must not pay for what only git's answers and a second thread need.
if TYPE_CHECKING:
    from concurrent.futures import Future

    from fazhi_tui.service.preferences.user_store import UserStore
    from fazhi_tui.vcs.repository import Repository


class Reader:
    """Reads one tracker; changes no file and not the index.

    ``today`` is the day that lights count from; ``members`` whether collectives count for their members
    (what the settings say where it is None).  ``at`` is a day, tag or commit: then everything is read as it
    stood there, and lights count from that day unless ``keep_today``.  With ``read_only`` whatever would
    write here raises :class:`NotAllowedError`.
    """

    def __init__(
        self,
        root: Path,
        today: date,
        members: bool | None = None,
        *,
        at: str = "",
        keep_today: bool = False,
        read_only: bool = False,
    ) -> None:
        self.root = root
        self.today = today
        self.members = members
        self.at = at
        self.read_only = read_only
        self._keep_today = keep_today
        self._early: Future[tuple[object, View]] | None = None
        self._last: tuple[object, View] | None = None

    @cached_property
    def user_store(self) -> UserStore:
        """What the user keeps of this tracker for themselves."""
        from fazhi_tui.service.preferences.user_store import UserStore

        return UserStore(self.root, read_only=self.read_only)

    @cached_property
    def repository(self) -> Repository:
        """The git repository that it lies in; whoever is handed it only reads, all writing is the writer's.

        Raises :class:`RepositoryError` where there is none.
        """
        from fazhi_tui.vcs.repository import Repository

        return Repository(self.root)

    def refuse_read_only(self) -> None:
        """Raise :class:`NotAllowedError` where the tracker was opened for looking alone."""
        if self.read_only:
            raise NotAllowedError(READ_ONLY, READ_ONLY_HINT)

    # ------------------------------------------------------------------ everything at once

    def load(self) -> View:
        """Read everything; what could not be read is among ``problems``, never left out."""
        if self.at:
            return self.load_at(self.at, self.today if self._keep_today else None)
        return self.load_now()

    def load_now(self) -> View:
        """Everything as the files are now, whatever ``at`` says."""
        view = view_of(loader.load(self.root, places=False), self.today, self.members)
        return replace(view, read_only=self.read_only)

    def load_at(self, text: str, today: date | None = None) -> View:
        """Everything as it stood on a day, at a tag or a commit, read from git; the work tree is not touched.

        Lights count from ``today``, else from the day asked for, else from the day of the commit.  Raises
        :class:`UsageError` where ``text`` names nothing, or nothing that holds a tracker.
        """
        from fazhi_tui.vcs.snapshot import files_at, find_moment

        moment = find_moment(self.repository.runner, text)
        files = files_at(self.repository.runner, moment.commit)
        if not any(path.startswith("plan/") for path in files):
            raise UsageError(f"提交 {moment.commit[:8]} 里还没有台账（plan/）", "写一个以后的日期或提交")
        day = today or moment.day or moment.time.date()
        tracker = with_names_of(loader.load_files(files), loader.load_units(self.root))
        view = view_of(tracker, day, self.members)
        return replace(view, past=Past(moment.commit, moment.time, text), read_only=self.read_only)

    def current(self) -> View:
        """What :meth:`load` gives; read again only where anything has changed since it was last asked for."""
        if self.at:
            return self.load()
        if self._last is not None and self._last[0] == (self.watch_token(), self.today, self.members):
            return self._last[1]
        return self.load_with_token()[1]

    # ------------------------------------------------------------------ while the front starts

    def begin_reading(self) -> None:
        """Begin to read in a thread, while the caller loads what it needs to show it."""
        from concurrent.futures import Future
        from threading import Thread

        early: Future[tuple[object, View]] = Future()

        def read() -> None:
            try:
                early.set_result(self.load_with_token())
            except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
                early.set_exception(error)

        self._early = early
        Thread(target=read, daemon=True, name="fazhi-early").start()

    @property
    def has_read(self) -> bool:
        """Whether what :meth:`begin_reading` began has come to a good end."""
        early = self._early
        return early is not None and early.done() and early.exception() is None

    def first_reading(self) -> tuple[object, View]:
        """A token and everything read after it: what was begun early, else read now."""
        early, self._early = self._early, None
        return self.load_with_token() if early is None else early.result()

    def load_with_token(self) -> tuple[object, View]:
        """A token, and what :meth:`load` gives after it; :meth:`current` gives it again while that holds."""
        # The token first: a change while reading is then seen at the next look.
        token, view = self.watch_token(), self.load()
        self._last = ((token, self.today, self.members), view)
        return token, view

    def watch_token(self) -> object:
        """A cheap value that changes when plan, notes or git's state change; starts no process."""
        from fazhi_tui.vcs.operation import watch_token

        return (fingerprint(self.root), watch_token(self.root))
