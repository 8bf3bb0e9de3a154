"""The app: the tracker as it was last read, git's state, and the work that fetches both."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from textual.scrollbar import ScrollBar

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.repository import Event, RepoStatus
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.service.error_words import READ_ONLY
from fazhi_tui.service.preferences.preferences import (
    LoadedPreferences,
    Preferences,
    ScreenState,
    save_screen_state,
    save_theme,
)
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.keymap import keymap
from fazhi_tui.tui.jobs import JobApp
from fazhi_tui.tui.main.screen import MainScreen
from fazhi_tui.tui.messages import PresentWanted
from fazhi_tui.tui.theme.themes import DARK, OWN_THEMES, WholeCells, other_side
from fazhi_tui.tui.views.columns import chosen
from fazhi_tui.tui.widgets.footer import StatusLine

if TYPE_CHECKING:
    from fazhi_tui.domain.query.completion_source import Present
    from fazhi_tui.service.plan.saved_views import KeptView
    from fazhi_tui.service.writer import Writer
    from fazhi_tui.tui.protocols import OpenForm

#: Seconds between two looks at whether another program has changed the files.
WATCH_SECONDS = 2.0
#: Every how many looks git is asked again: files outside plan/ and status/ change unseen.
LOOKS_PER_STATUS = 5


@dataclass(frozen=True)
class _Beside:
    """What is kept beside the files: drafts, recent queries, saved views."""

    drafts: tuple[str, ...]
    recent: tuple[str, ...]
    views: tuple[KeptView, ...]


@dataclass(frozen=True)
class _Read:
    """What was read anew; ``view`` is None where it is as before."""

    view: View | None
    token: object
    beside: _Beside


class FazhiApp(JobApp):
    """One tracker on the screen."""

    CSS_PATH = "theme/fazhi.tcss"
    TITLE = "法治政府建设台账"
    # Our own palette finds units by pinyin and is in Chinese throughout.
    ENABLE_COMMAND_PALETTE = False
    #: Whether the colours are known; to work them out twice would be in vain.
    _themed = False
    #: Called when what was read stands on the screen; see :func:`fazhi_tui.tui.launch.run`.
    settle: Callable[[], None] = staticmethod(lambda: None)

    def __init__(
        self,
        reader: Reader,
        query: str = "",
        *,
        at_home: bool = False,
        preferences: LoadedPreferences | None = None,
        state: ScreenState | None = None,
        saved: SavedView | None = None,
    ) -> None:
        """``at_home`` begins with what waits for one's own unit, where that is known.

        ``preferences`` are the person's settings, ``state`` what the screen remembers from the last time;
        without ``state`` nothing is remembered, and there is no tour.  ``saved`` is the view that the screen
        opens with; its query is ``query`` already.
        """
        super().__init__()
        self.reader = reader
        self._at_home = at_home
        self.preferences = preferences or LoadedPreferences(Preferences(), "")
        # A visitor who may only look leaves nothing behind.
        self._state = None if reader.read_only else state
        self.keys = keymap((one.action, one.keys) for one in self.preferences.values.keys)
        self.set_keymap(dict(self.keys.overrides))
        self.view: View | None = None
        self.repository: RepoStatus | None = None
        self.unit = ""
        #: Why nothing can be committed here; empty where it can, or where git has not answered yet.
        self.git_refuses = ""
        #: All commits, newest first, once the history has been opened.
        self.events: tuple[Event, ...] | None = None
        self.drafts: tuple[str, ...] = ()
        #: Since when changes are marked in the list, as people say it.
        self.changed_word = "上次打开"
        self._since = ""
        #: The report form, while it is open.
        self.form: OpenForm | None = None
        self._token: object = None
        #: What waits for the files to have been read anew.
        self._after_reading: list[Callable[[], None]] = []
        self._looks = 0
        self._styled = False
        ScrollBar.renderer = WholeCells
        for theme in OWN_THEMES:
            self.register_theme(theme)
        wanted = self.preferences.values.theme
        self.theme = wanted if wanted in self.available_themes else DARK.name
        # Now, or the first picture would be drawn in the colours of Textual's own theme.
        self._themed = True
        self.stylesheet.set_variables(self.get_css_variables())
        self.main = MainScreen(self, query)
        #: The saved views, one's own first.
        self.views: tuple[KeptView, ...] = ()
        self._saved = saved

    @cached_property
    def writer(self) -> Writer:
        """What commits; loaded with the first that asks for it."""
        from fazhi_tui.service.writer import Writer

        return Writer(self.reader)

    @property
    def read_only(self) -> str:
        """Why nothing may be changed here; empty where it may."""
        return READ_ONLY if self.reader.read_only else ""

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; none while it is not chosen yet."""
        return super().get_css_variables() if self._themed else {}

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; the first time, at the start, everything is just being styled."""
        if self._styled:
            super().refresh_css(animate)
        self._styled = True

    def get_default_screen(self) -> MainScreen:
        """The main screen, with no empty one under it."""
        return self.main

    def begin(self) -> None:
        """Start reading: the main screen stands and can take what comes."""
        if self._state is not None:
            state = self._state
            self.main.views.take_columns(chosen(state.columns))
            self.main.panes.restore(state.facets, state.beside, state.below)
            self.main.panes.apply()
        if self._saved is not None:
            self.main.views.show_as(self._saved)
        self._tell_settings()
        if self.reader.read_only:
            self.main.status.tell_read_only()
        self._read_first()
        self.set_interval(WATCH_SECONDS, self._look)

    # ------------------------------------------------------------------ reading

    def reload(self, then: Callable[[], None] | None = None, *, telling: str = "") -> None:
        """Read the files anew and ask git again; cursor, filter and drafts stay.

        ``then`` is done once that is so.  Another reading may begin meanwhile and be the one that counts.
        """
        if then:
            self._after_reading.append(then)

        def take(read: _Read) -> None:
            self._take(read)
            waiting, self._after_reading = self._after_reading, []
            for one in waiting:
                one()

        self.start(self._read, take, self._reading_refused, group="read", telling=telling)

    def give_up(self) -> str:
        """Stop waiting; what was to be told of a reading that was given up is not told by the next one."""
        given_up = super().give_up()
        if given_up:
            self._after_reading.clear()
        return given_up

    def tell_waiting(self, text: str) -> None:
        """What is being waited for stands at the foot."""
        # None where the screen is being closed already.
        for line in self.main.query(StatusLine):
            line.wait_for(text)

    def _read_first(self) -> None:
        """Show the list as soon as it can be; what else is to be known comes after it."""

        def take(read: tuple[object, View]) -> None:
            self._token, view = read
            self._take_view(view)
            # Threads share one interpreter: what is not in the first picture must not delay it.
            self.main.call_after_refresh(ask_more, view)

        def ask_more(view: View) -> None:
            self.start(lambda: self._read_beside(view), self._take_beside, group="beside")
            self.ask_git()
            self.mark_changes()
            if self._state is not None and not self._state.tour_seen and self.screen is self.main:
                self.main.action_do("tour")

        if self.reader.has_read:
            # Before the first picture, which then is that of the list.
            take(self.reader.first_reading())
        else:
            self.start(self.reader.first_reading, take, self._reading_refused, group="read")

    def _read(self) -> _Read:
        old = self.view
        token = self.reader.watch_token()
        view = self.reader.load()
        # Here and not on the screen's own thread: to compare ten thousand measures takes its time.
        same = old is not None and (view.tracker, view.members, view.past) == (
            old.tracker,
            old.members,
            old.past,
        )
        return _Read(None if same else view, token, self._read_beside(view))

    def _read_beside(self, view: View) -> _Beside:
        from fazhi_tui.service.plan.saved_views import kept_views
        from fazhi_tui.service.preferences.recent_queries import recent_queries

        drafts: tuple[str, ...] = ()
        with suppress(FazhiError):
            # Outside a repository there is no place for drafts; reading goes on all the same.
            drafts = self.writer.drafts.labels()
        return _Beside(
            drafts, recent_queries(self.reader.user_store), kept_views(self.reader.root, view).views
        )

    def _take_beside(self, beside: _Beside) -> None:
        self.drafts, self.views = beside.drafts, beside.views
        self.main.tell_extra()
        self.main.bar.take_lists(beside.recent, beside.views)

    def _take(self, read: _Read) -> None:
        self._token = read.token
        if read.view is not None:
            self._take_view(read.view)
        self._take_beside(read.beside)
        self.ask_git()
        if self.events is not None:
            self.fetch_events()

    def _take_view(self, view: View) -> None:
        self.view = view
        self.main.take_view()
        self.main.bar.take_present(None)
        self.main.call_after_refresh(self._make_ready, view)
        if self.form is not None:
            self.form.take_view(view)

    def _make_ready(self, view: View) -> None:
        """The list is on the screen: now for what a filter will ask of it."""
        self.settle()
        # The first letter of a filter need not wait until every text has been made comparable.
        self.start(view.warm, lambda _done: None, group="warm")

    def _reading_refused(self, error: FazhiError) -> None:
        self.main.tell_unreadable(error)
        self.settle()

    def ask_git(self) -> None:
        """Ask for branch, ahead and behind, dirty files, and whose repository this is."""

        def ask() -> tuple[RepoStatus, str]:
            return self.reader.repository.status(), self.reader.repository.identity().unit

        self.start(ask, self._take_git, self._git_refused, group="git")

    def _take_git(self, answer: tuple[RepoStatus, str]) -> None:
        self.repository, self.unit = answer
        self.git_refuses = ""
        self.main.take_repository()
        self.go_home_first()

    def go_home_first(self) -> None:
        """Begin with what waits for one's own unit; after the tour, where that is shown."""
        from fazhi_tui.tui.dialogs.tour import TourScreen

        if not self._at_home or self.view is None or isinstance(self.screen, TourScreen):
            return
        self._at_home = False
        # Whoever has begun to do something is not taken elsewhere.
        if self.unit and self.screen is self.main and self.main.is_untouched:
            self.main.action_do("home")

    def _git_refused(self, error: FazhiError) -> None:
        self.repository = None
        self.git_refuses = error.message
        self.main.take_repository()

    def fetch_events(self, then: Callable[[], None] | None = None) -> None:
        """Read the whole history in one pass, so that moving the cursor asks nothing more."""

        def take(events: tuple[Event, ...]) -> None:
            self.events = events
            self.main.take_events()
            if then:
                then()

        def refuse(error: FazhiError) -> None:
            self.events = None
            self.main.take_events(error.message)

        self.start(lambda: self.reader.repository.events(), take, refuse, group="events", telling="读取历史")

    def mark_changes(self, since: str | None = None) -> None:
        """Mark what has changed since a day, tag or commit, or (an empty text) since the last visit.

        Without ``since`` anew from the moment that was chosen last.  In a worker.
        """
        from fazhi_tui.service.history.last_visit import changed_since

        since = self._since if since is None else since

        def show(numbers: frozenset[str]) -> None:
            self._since = since
            self.show_changes(numbers, since or "上次打开")

        quiet = None if since else (lambda _error: None)
        self.start(lambda: changed_since(self.reader, since), show, quiet, group="changes")

    def show_changes(self, numbers: frozenset[str], word: str) -> None:
        """Mark these measures as changed."""
        self.changed_word = word or "无"
        self.main.views.mark_changed(numbers)

    def _look(self) -> None:
        """See whether another program has changed anything; starts no process."""
        self._looks += 1

        def compare(token: object) -> None:
            if self.view is None or token != self._token:
                self.reload()
            elif self._looks % LOOKS_PER_STATUS == 0:
                self.ask_git()

        # A folder that is gone for a moment is no reason to open a dialog every two seconds.
        self.start(self.reader.watch_token, compare, lambda _error: None, group="watch")

    # ------------------------------------------------------------------ what is remembered

    def _tell_settings(self) -> None:
        """Mistakes in the settings are told at the start: a key that does nothing would puzzle."""
        wanted = self.preferences.values.theme
        problems = [*self.keys.problems, *(problem.message for problem in self.preferences.problems)]
        if wanted is not None and wanted not in self.available_themes:
            problems.insert(0, f"没有主题「{wanted}」")
        if problems:
            self.main.say(
                f"个人设置有 {len(problems)} 处没有采用（{self.keys.press('settings')} 查看）：{problems[0]}",
                "bold $text-warning",
            )

    def keep_screen_state(self, *, tour_seen: bool | None = None) -> None:
        """Remember columns, sizes of panes and whether the tour was seen; best effort, in a worker."""
        if self._state is None:
            return
        sizes = self.main.panes.sizes
        state = ScreenState(
            self.main.views.own_columns,
            sizes.facets,
            sizes.beside,
            sizes.below,
            self._state.tour_seen if tour_seen is None else tour_seen,
        )
        self._state = state
        self.start(lambda: save_screen_state(state), lambda _: None, lambda _: None, group="state")

    def keep_theme(self, name: str | None) -> None:
        """Remember the theme that was chosen."""
        if name is not None and self._state is not None:
            told = lambda error: self.main.say(error.message, "$text-warning")  # noqa: E731
            said = f"主题 {name}，已记入个人设置"
            self.start(lambda: save_theme(name), lambda _: self.main.say(said), told, group="theme")

    # ------------------------------------------------------------------ the filter bar

    def on_present_wanted(self, message: PresentWanted) -> None:
        """Make ready what the filter bar completes with, in a worker, once a view."""
        from fazhi_tui.service.preferences.completion_source import present_of

        message.stop()
        view = self.view
        if view is None:
            return

        def take(present: Present) -> None:
            if self.view is view:
                self.main.bar.take_present(present)

        # Without it one types as before: no dialog.
        self.start(
            lambda: present_of(view, self.reader.user_store), take, lambda _error: None, group="present"
        )

    def remember_query(self, query: str) -> None:
        """Remember a query that was kept, in a worker; the filter bar offers it from then on."""
        from fazhi_tui.service.preferences.recent_queries import remember_query

        def take(recent: tuple[str, ...]) -> None:
            bar = self.main.bar
            bar.take_lists(recent, bar.views)

        if query:
            self.start(
                lambda: remember_query(self.reader.user_store, query),
                take,
                lambda _error: None,
                group="recent",
            )

    # ------------------------------------------------------------------ telling

    def refused(self, error: FazhiError) -> None:
        """Open an error as a dialog."""
        from fazhi_tui.tui.dialogs.question import Notice

        self.push_screen(Notice("没有做成", error.message, error.hint))

    async def action_quit(self) -> None:
        """Leave."""
        self.leave()

    def leave(self) -> None:
        """Leave; what stands in an open form is kept as its draft first."""
        if self.form is None:
            self._go()
        else:
            self.form.keep_and(self._go)

    def _go(self) -> None:
        from fazhi_tui.service.history.last_visit import save_visit

        # What is on the screen now has been seen: the next start marks what comes after it.
        save_visit(self.reader)
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies in fields and does nothing elsewhere; say how to leave."""
        self.main.say(f"按 {self.keys.command('main', 'quit').keys_text} 退出")

    def toggle_theme(self) -> None:
        """Between dark and light."""
        self.theme = other_side(self.theme, dark=self.current_theme.dark)
        self.keep_theme(self.theme)
