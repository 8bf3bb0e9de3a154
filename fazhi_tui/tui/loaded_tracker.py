"""The tracker as it was last read, with git's state beside it; read in workers, anew when files change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.repository import Event, RepoStatus
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import View
from fazhi_tui.tui.jobs import JobApp

if TYPE_CHECKING:
    from fazhi_tui.service.plan.saved_views import KeptView

#: Seconds between two checks whether another program has changed the files.
WATCH_SECONDS = 2.0
#: At every so many checks git is asked again: files outside plan/ and status/ change unseen.
CHECKS_PER_STATUS = 5
#: Since when changes are marked, where nothing else is chosen.
LAST_VISIT = "上次打开"


class ReadingListener(Protocol):
    """Who is told, on the screen's own thread, that something was read; the tracker has it."""

    def take_view(self) -> None:
        """Show what was read anew."""

    def take_beside(self, recent: tuple[str, ...]) -> None:
        """Show drafts, and offer saved views and recent queries."""

    def take_repository(self) -> None:
        """Show what git says of the repository, or why it says nothing."""

    def take_events(self, refusal: str = "") -> None:
        """Show the history that was read, or why it could not be."""

    def take_changes(self, numbers: frozenset[str]) -> None:
        """Mark the measures that have changed since the moment that was asked for."""

    def tell_unreadable(self, error: FazhiError) -> None:
        """The tracker as a whole could not be read."""

    def call_after_refresh(self, callback: Callable[[], object]) -> object:
        """Do something once what was told is on the screen."""


class _Beside(NamedTuple):
    """What is kept beside the files: drafts, recent queries, saved views."""

    drafts: tuple[str, ...]
    recent: tuple[str, ...]
    views: tuple[KeptView, ...]


@dataclass(eq=False, repr=False)
class LoadedTracker:
    """What was read of the tracker and of git, for one app; it reads again by itself or when told to."""

    _app: JobApp
    _reader: Reader
    _told: ReadingListener
    #: Reads the labels of what was typed and not committed.
    _draft_labels: Callable[[], tuple[str, ...]]
    #: Called when the tracker, or why there is none, stands on the screen.
    _settled: Callable[[], None]
    view: View | None = None
    repository: RepoStatus | None = None
    #: The user's own unit, as git's configuration has it.
    unit: str = ""
    #: Why nothing can be committed here; empty where it can, or where git has not answered yet.
    git_refuses: str = ""
    #: All commits, newest first, once the history has been opened.
    events: tuple[Event, ...] | None = None
    #: The labels of what was typed and not committed.
    drafts: tuple[str, ...] = ()
    #: One's own first.
    saved_views: tuple[KeptView, ...] = ()
    #: Since when changes are marked in the list, as people say it.
    changed_word: str = LAST_VISIT
    _since: str = ""
    #: How the files stood when they were last read.
    _token: object = None
    #: What waits for the files to have been read anew.
    _after_reading: list[Callable[[], None]] = field(default_factory=list)
    _checks: int = 0

    # ------------------------------------------------------------------ the files

    def begin(self, then: Callable[[], None]) -> None:
        """Read for the first time: the list as soon as it can be, all else after it; from then on watch.

        ``then`` is called once the list is on the screen.
        """

        def take(read: tuple[object, View]) -> None:
            self._token, view = read
            self._take_view(view)
            # Threads share one interpreter: what is not in the first picture must not delay it.
            self._told.call_after_refresh(lambda: ask_more(view))

        def ask_more(view: View) -> None:
            self._app.start(lambda: self._read_beside(view), self._take_beside, group="beside")
            self.ask_git()
            self.mark_changes()
            then()

        if self._reader.has_read:
            # Before the first picture, which then is that of the list.
            take(self._reader.first_reading())
        else:
            self._app.start(self._reader.first_reading, take, self._refused, group="read")
        self._app.set_interval(WATCH_SECONDS, self._check)

    def reload(self, then: Callable[[], None] | None = None, *, telling: str = "") -> None:
        """Read the files anew and ask git again; cursor, filter and drafts stay.

        ``then`` is done once that is so.  Another reading may begin meanwhile and be the one that counts.
        """
        if then:
            self._after_reading.append(then)
        old = self.view

        def read() -> tuple[object, View | None, _Beside]:
            token, view = self._reader.load_with_token()
            # Here and not on the screen's own thread: to compare ten thousand measures takes its time.
            same = old is not None and (view.tracker, view.members, view.past) == (
                old.tracker,
                old.members,
                old.past,
            )
            return token, None if same else view, self._read_beside(view)

        def take(found: tuple[object, View | None, _Beside]) -> None:
            self._token, view, beside = found
            if view is not None:
                self._take_view(view)
            self._take_beside(beside)
            self.ask_git()
            if self.events is not None:
                self.fetch_events()
            waiting, self._after_reading = self._after_reading, []
            for callback in waiting:
                callback()

        self._app.start(read, take, self._refused, group="read", telling=telling)

    def forget_waiting(self) -> None:
        """A reading was given up: what was to be told of it is not told by the next one."""
        self._after_reading.clear()

    def _check(self) -> None:
        """See whether another program has changed anything; starts no process."""
        self._checks += 1

        def compare(token: object) -> None:
            if self.view is None or token != self._token:
                self.reload()
            elif self._checks % CHECKS_PER_STATUS == 0:
                self.ask_git()

        # A folder that is gone for a moment is no reason to open a dialog every two seconds.
        self._app.start(self._reader.watch_token, compare, lambda _error: None, group="watch")

    def _take_view(self, view: View) -> None:
        def make_ready() -> None:
            """The list is on the screen: now for what a filter will ask of it."""
            self._settled()
            # The first letter of a filter need not wait until every text has been made comparable.
            self._app.start(view.warm, lambda _done: None, group="warm")

        self.view = view
        self._told.take_view()
        self._told.call_after_refresh(make_ready)

    def _refused(self, error: FazhiError) -> None:
        self._told.tell_unreadable(error)
        self._settled()

    def _read_beside(self, view: View) -> _Beside:
        from fazhi_tui.service.plan.saved_views import kept_views
        from fazhi_tui.service.preferences.recent_queries import recent_queries

        drafts: tuple[str, ...] = ()
        with suppress(FazhiError):
            # Outside a repository there is no place for drafts; reading goes on all the same.
            drafts = self._draft_labels()
        views = kept_views(self._reader.root, view).views
        return _Beside(drafts, recent_queries(self._reader.user_store), views)

    def _take_beside(self, beside: _Beside) -> None:
        self.drafts, self.saved_views = beside.drafts, beside.views
        self._told.take_beside(beside.recent)

    # ------------------------------------------------------------------ git

    def ask_git(self) -> None:
        """Ask for branch, ahead and behind, dirty files, and whose repository this is."""

        def ask() -> tuple[RepoStatus, str]:
            return self._reader.repository.status(), self._reader.repository.identity().unit

        def take(answer: tuple[RepoStatus, str]) -> None:
            self.repository, self.unit = answer
            self.git_refuses = ""
            self._told.take_repository()

        def refuse(error: FazhiError) -> None:
            self.repository, self.git_refuses = None, error.message
            self._told.take_repository()

        self._app.start(ask, take, refuse, group="git")

    def fetch_events(self, then: Callable[[], None] | None = None) -> None:
        """Read the whole history in one pass, so that moving the cursor asks nothing more."""

        def take(events: tuple[Event, ...]) -> None:
            self.events = events
            self._told.take_events()
            if then:
                then()

        def refuse(error: FazhiError) -> None:
            self.events = None
            self._told.take_events(error.message)

        self._app.start(
            lambda: self._reader.repository.events(), take, refuse, group="events", telling="读取历史"
        )

    def mark_changes(self, since: str | None = None) -> None:
        """Mark what has changed since a day, tag or commit, or (an empty text) since the last visit.

        Without ``since`` anew from the moment that was chosen last.  In a worker.
        """
        from fazhi_tui.service.history.last_visit import changed_since

        since = self._since if since is None else since

        def show(numbers: frozenset[str]) -> None:
            self._since = since
            self.show_changes(numbers, since or LAST_VISIT)

        quiet = None if since else (lambda _error: None)
        self._app.start(lambda: changed_since(self._reader, since), show, quiet, group="changes")

    def show_changes(self, numbers: frozenset[str], word: str) -> None:
        """Mark these measures as changed."""
        self.changed_word = word or "无"
        self._told.take_changes(numbers)
