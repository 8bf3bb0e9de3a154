"""The Textual interface (DESIGN.md, section 7).  Only this room imports textual."""

from __future__ import annotations

import gc

from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.terminal_size import use_own_size


def _settle() -> None:
    """Let the collector look at what is made from now on, and never again at all that was read.

    To look through ten thousand measures once takes it a second, in which no key would be answered.
    """
    gc.freeze()
    gc.enable()


def run(reader: Reader, query: str = "", saved: SavedView | None = None) -> None:
    """Open the screen on a tracker, filtered by ``query``, until the user leaves it.

    ``saved`` is the view that the query came from: it says in what order the list stands.
    Without a query it begins with what waits for one's own unit, where ``fazhi.unit`` names one.
    """
    use_own_size()
    # Nothing is garbage before the first picture: the collector begins with it.
    gc.disable()
    reader.begin_reading()
    from fazhi_tui.service.preferences.preferences import load_preferences, load_screen_state
    from fazhi_tui.tui.app import FazhiApp

    app = FazhiApp(
        reader,
        query,
        at_home=not query and saved is None,
        preferences=load_preferences(),
        state=load_screen_state(),
        saved=saved,
    )
    app.settle = _settle
    app.run()
