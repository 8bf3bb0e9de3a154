"""The app: the tracker as it was last read, git's state, and the work that fetches both."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.scrollbar import ScrollBar

from fazhi_tui.model import Event, FazhiError, RepoStatus
from fazhi_tui.service import View, Workspace
from fazhi_tui.tui.jobs import JobApp
from fazhi_tui.tui.screens.main import MainScreen
from fazhi_tui.tui.themes import DARK, LIGHT, WholeCells

if TYPE_CHECKING:
    from fazhi_tui.tui.screens.batch import BatchScreen
    from fazhi_tui.tui.screens.report import ReportScreen

#: Seconds between two looks at whether another program has changed the files.
WATCH_SECONDS = 2.0
#: Every how many looks git is asked again: files outside plan/ and status/ change unseen.
LOOKS_PER_STATUS = 5


@dataclass(frozen=True)
class _Read:
    view: View
    token: object
    drafts: tuple[str, ...]


class FazhiApp(JobApp):
    """One tracker on the screen."""

    CSS_PATH = "fazhi.tcss"
    TITLE = "法治政府建设台账"
    # Our own palette finds units by pinyin and is in Chinese throughout.
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, workspace: Workspace, query: str = "", *, at_home: bool = False) -> None:
        """``at_home`` begins with what waits for one's own unit, where that is known."""
        super().__init__()
        self.workspace = workspace
        self._at_home = at_home
        self.view: View | None = None
        self.repository: RepoStatus | None = None
        self.unit = ""
        #: Why git can not be used here; empty where it can, or where it has not answered yet.
        self.git_refuses = ""
        #: All commits, newest first, once the history has been opened.
        self.events: tuple[Event, ...] | None = None
        self.drafts: tuple[str, ...] = ()
        #: Since when changes are marked in the list, as people say it.
        self.changed_word = "上次打开"
        self._since = ""
        #: The report form, while it is open.
        self.form: ReportScreen | BatchScreen | None = None
        self._token: object = None
        self._looks = 0
        ScrollBar.renderer = WholeCells
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        # Now, or the first picture would be drawn in the colours of Textual's own theme.
        self.stylesheet.set_variables(self.get_css_variables())
        self.main = MainScreen(query)

    def get_default_screen(self) -> MainScreen:
        """The main screen, with no empty one under it."""
        return self.main

    def begin(self) -> None:
        """Start reading: the main screen stands and can take what comes."""
        self._read_first()
        self.set_interval(WATCH_SECONDS, self._look)

    # ------------------------------------------------------------------ reading

    def reload(self, then: Callable[[], None] | None = None) -> None:
        """Read the files anew and ask git again; cursor, filter and drafts stay."""

        def take(read: _Read) -> None:
            self._take(read)
            if then:
                then()

        self.start(self._read, take, self._reading_refused, group="read")

    def _read_first(self) -> None:
        """Show the list as soon as it can be; what else is read comes after it."""

        def take(view: View) -> None:
            self._take_view(view)
            self.reload()
            self.mark_changes()

        self.start(self.workspace.load, take, self._reading_refused, group="read")

    def _read(self) -> _Read:
        # The token first: a change while reading is then seen at the next look.
        token = self.workspace.watch_token()
        view = self.workspace.load()
        drafts: tuple[str, ...] = ()
        with suppress(FazhiError):
            # Outside a repository there is no place for drafts; reading goes on all the same.
            drafts = self.workspace.drafts.labels()
        return _Read(view, token, drafts)

    def _take(self, read: _Read) -> None:
        self._token, self.drafts = read.token, read.drafts
        old = self.view
        new = read.view
        if old is None or (new.tracker, new.members, new.past) != (old.tracker, old.members, old.past):
            self._take_view(read.view)
        self.main.tell_extra()
        self.ask_git()
        if self.events is not None:
            self.fetch_events()

    def _take_view(self, view: View) -> None:
        self.view = view
        self.main.take_view()
        if self.form is not None:
            self.form.take_view(view)

    def _reading_refused(self, error: FazhiError) -> None:
        self.main.tell_unreadable(error)

    def ask_git(self) -> None:
        """Ask for branch, ahead and behind, dirty files, and whose repository this is."""

        def ask() -> tuple[RepoStatus, str]:
            return self.workspace.repo_status(), self.workspace.identity().unit

        self.start(ask, self._take_git, self._git_refused, group="git")

    def _take_git(self, answer: tuple[RepoStatus, str]) -> None:
        self.repository, self.unit = answer
        self.git_refuses = ""
        self.main.take_repository()
        if self._at_home and self.view is not None:
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

        self.start(self.workspace.events, take, refuse, group="events")

    def mark_changes(self, since: str | None = None) -> None:
        """Mark what has changed since a day, tag or commit, or (an empty text) since the last visit.

        Without ``since`` anew from the moment that was chosen last.  In a worker.
        """
        since = self._since if since is None else since

        def show(numbers: frozenset[str]) -> None:
            self._since = since
            self.show_changes(numbers, since or "上次打开")

        quiet = None if since else (lambda _error: None)
        self.start(lambda: self.workspace.changed_since(since), show, quiet, group="changes")

    def show_changes(self, numbers: frozenset[str], word: str) -> None:
        """Mark these measures as changed."""
        self.changed_word = word or "无"
        self.main.take_changes(numbers)

    def _look(self) -> None:
        """See whether another program has changed anything; starts no process."""
        self._looks += 1

        def compare(token: object) -> None:
            if self.view is None or token != self._token:
                self.reload()
            elif self._looks % LOOKS_PER_STATUS == 0:
                self.ask_git()

        # A folder that is gone for a moment is no reason to open a dialog every two seconds.
        self.start(self.workspace.watch_token, compare, lambda _error: None, group="watch")

    # ------------------------------------------------------------------ telling

    def refused(self, error: FazhiError) -> None:
        """Open an error as a dialog."""
        from fazhi_tui.tui.screens.dialogs import Notice

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
        # What is on the screen now has been seen: the next start marks what comes after it.
        self.workspace.save_visit()
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies in fields and does nothing elsewhere; say how to leave."""
        self.main.say("按 q 或 Ctrl+Q 退出")

    def toggle_theme(self) -> None:
        """Between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
