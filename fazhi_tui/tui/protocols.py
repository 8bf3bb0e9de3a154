"""What the parts of the screen need of each other: of the app, and of the main screen.

Screens and commands name these types instead of :class:`~fazhi_tui.tui.app.FazhiApp` and
:class:`~fazhi_tui.tui.main.screen.MainScreen`, which import them: so no two modules need each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.screen import Screen
    from textual.theme import Theme

    from fazhi_tui.domain.model.errors import FazhiError
    from fazhi_tui.domain.model.saved_view import SavedView
    from fazhi_tui.domain.model.tracker import Row
    from fazhi_tui.service.exchange.sync import Exchange
    from fazhi_tui.service.preferences.preferences import LoadedPreferences
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View
    from fazhi_tui.service.writer import Writer
    from fazhi_tui.tui.actions.keymap import Keymap
    from fazhi_tui.tui.loaded_tracker import LoadedTracker

JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")


class ScreenApp(Protocol):
    """What any screen or window needs of its app, the tracker's or the review's."""

    keys: Keymap
    #: The name of the theme.
    theme: str

    @property
    def available_themes(self) -> Mapping[str, Theme]:
        """The themes by their names."""

    @property
    def read_only(self) -> str:
        """Why nothing may be changed here; empty where it may."""

    @property
    def size(self) -> Size:
        """Of the terminal, in cells."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """The screens from the lowest to the one on top."""

    def push_screen(
        self, screen: Screen[ResultT], callback: Callable[[ResultT | None], None] | None = None
    ) -> object:
        """Open a screen; ``callback`` takes its result once it is closed."""

    def start(
        self,
        job: Callable[[], JobT],
        done: Callable[[JobT], object],
        failed: Callable[[FazhiError], object] | None = None,
        *,
        group: str,
        newest_only: bool = True,
        telling: str = "",
    ) -> None:
        """Run a job in a thread; see :class:`fazhi_tui.tui.jobs.JobApp`."""

    def refused(self, error: FazhiError) -> None:
        """Open an error that nothing else takes care of as a dialog."""

    def open_manual(self, page: str) -> None:
        """Show a page of the manual, by its name."""


class OpenForm(Protocol):
    """What the app needs of a report form that stands open."""

    def take_view(self, view: View) -> None:
        """The files were read anew."""

    def keep_and(self, then: Callable[[], object]) -> None:
        """Keep what was typed as the draft, then go on."""


class TrackerApp(ScreenApp, Protocol):
    """What a screen or command needs of the tracker's app."""

    reader: Reader
    preferences: LoadedPreferences
    form: OpenForm | None

    @property
    def writer(self) -> Writer:
        """What commits."""

    def exchange(self) -> Exchange:
        """What exchanges with the server, or by file."""

    @property
    def tracker(self) -> LoadedTracker:
        """The tracker and git's state, as they were last read."""

    @property
    def main(self) -> MainView:
        """The main screen."""

    def begin(self) -> None:
        """Start reading: the main screen stands and can take what comes."""

    def give_up(self) -> str:
        """Stop waiting for the newest job that is told of; says what it was."""

    def keep_screen_state(self, *, tour_seen: bool | None = None) -> None:
        """Remember columns, sizes of panes and whether the tour was seen."""

    def go_home_first(self) -> None:
        """Begin with what waits for one's own unit, where that is wanted."""

    def toggle_theme(self) -> None:
        """Between dark and light."""

    def keep_theme(self, name: str | None) -> None:
        """Remember the theme that was chosen."""

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the terminal's clipboard."""

    def suspend(self) -> AbstractContextManager[None]:
        """Leave the terminal to another program for a while."""

    def open_url(self, url: str) -> None:
        """Open a page in the browser."""

    def leave(self) -> None:
        """Leave the program; what stands in an open form is kept first."""


class MainView(Protocol):
    """What a command, or a way that begins with one, needs of the main screen."""

    @property
    def app(self) -> TrackerApp:
        """The app."""

    @property
    def view(self) -> View:
        """The tracker as it was last read; no command that needs it is possible before."""

    @property
    def row(self) -> Row | None:
        """The measure under the cursor."""

    @property
    def query_text(self) -> str:
        """The filter."""

    @property
    def shown_as_view(self) -> SavedView:
        """What is shown now, as a saved view without a name."""

    def say(self, text: str, style: str = "") -> None:
        """Tell something at the foot for a while."""

    def set_query(self, text: str) -> None:
        """Make ``text`` the filter, as if it had been typed and kept."""

    def go_to_number(self, number: str | None) -> None:
        """To a measure by its number, whatever the filter hides."""

    def open_view(self, saved: SavedView) -> None:
        """Show a saved view."""

    def why_not(self, name: str) -> str:
        """Why an action is not possible now; empty where it is."""

    def clear_marks(self) -> None:
        """No measure is marked any more."""
