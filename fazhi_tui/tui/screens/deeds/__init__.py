"""What each action of the main screen does; one method an id of the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.tui.screens.deeds.looking import Looking
from fazhi_tui.tui.screens.deeds.other import Other
from fazhi_tui.tui.screens.deeds.reading import Reading
from fazhi_tui.tui.screens.deeds.writing import Writing

if TYPE_CHECKING:
    from fazhi_tui.tui.screens.main import MainScreen


class Deeds(Looking, Reading, Writing, Other):
    """The actions, bound to the screen they act on."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
