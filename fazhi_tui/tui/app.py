"""The app: one tracker on the screen, and what is remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from fazhi_tui.domain.columns import chosen
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.service.preferences.preferences import (
    LoadedPreferences,
    Preferences,
    ScreenState,
    save_screen_state,
    save_theme,
)
from fazhi_tui.service.read_only import READ_ONLY
from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.dialogs.app import DialogApp
from fazhi_tui.tui.loaded_tracker import LoadedTracker
from fazhi_tui.tui.main.screen import MainScreen
from fazhi_tui.tui.protocols import OpenForm

if TYPE_CHECKING:
    from fazhi_tui.service.exchange.sync import Exchange
    from fazhi_tui.service.writer import Writer


class FazhiApp(DialogApp):
    """One tracker on the screen."""

    CSS_PATH = "theme/fazhi.tcss"
    TITLE = "法治政府建设台账"
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
        self._saved = saved
        #: The report form, while it is open.
        self.form: OpenForm | None = None
        self._styled = False
        self.take_preferences(self.preferences.values)
        # Now, or the first picture would be drawn in the colours of Textual's own theme.
        self._themed = True
        self.stylesheet.set_variables(self.get_css_variables())
        self.main = MainScreen(self, query)
        self.tracker = LoadedTracker(
            self, reader, self.main, lambda: self.writer.drafts.labels(), lambda: self.settle()
        )

    @cached_property
    def writer(self) -> Writer:
        """What commits; loaded with the first that asks for it."""
        from fazhi_tui.service.writer import Writer

        return Writer(self.reader)

    def exchange(self) -> Exchange:
        """What exchanges with the server, or by file; made anew for each time."""
        from fazhi_tui.service.exchange.sync import Exchange

        return Exchange(self.reader.root, read_only=self.reader.read_only)

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

    # ------------------------------------------------------------------ beginning

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
        self.tracker.begin(self._tour_first)

    def _tell_settings(self) -> None:
        """Mistakes in the settings are told at the start: a key that does nothing would puzzle."""
        wanted = self.preferences.values.theme
        problems = [*self.keys.problems, *(problem.message for problem in self.preferences.problems)]
        if wanted is not None and wanted not in self.available_themes:
            problems.insert(0, f"没有主题「{wanted}」")
        if problems:
            where = self.keys.press("settings")
            said = f"个人设置有 {len(problems)} 处没有采用（{where} 查看）：{problems[0]}"
            self.main.say(said, "bold $text-warning")

    def _tour_first(self) -> None:
        """The first start of all begins with the tour."""
        if self._state is not None and not self._state.tour_seen and self.screen is self.main:
            self.main.action_do("tour")

    def go_home_first(self) -> None:
        """Begin with what waits for one's own unit; after the tour, where that is shown."""
        from fazhi_tui.tui.dialogs.tour import TourScreen

        if not self._at_home or self.tracker.view is None or isinstance(self.screen, TourScreen):
            return
        self._at_home = False
        # Whoever has begun to do something is not taken elsewhere.
        if self.tracker.unit and self.screen is self.main and self.main.is_untouched:
            self.main.action_do("home")

    # ------------------------------------------------------------------ jobs

    def give_up(self) -> str:
        """Stop waiting for the newest job that is told of."""
        given_up = super().give_up()
        if given_up:
            self.tracker.forget_waiting()
        return given_up

    def tell_waiting(self, text: str) -> None:
        """What is being waited for stands at the foot."""
        # Not there where the screen is being closed already.
        if self.main.status.is_attached:
            self.main.status.wait_for(text)

    # ------------------------------------------------------------------ what is remembered

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

    def toggle_theme(self) -> None:
        """Between dark and light; remembered."""
        super().toggle_theme()
        self.keep_theme(self.theme)

    # ------------------------------------------------------------------ leaving

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
