"""What each action of the main screen does; one method an id of the table of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.tui.main.commands.read import Reading
from fazhi_tui.tui.main.commands.report import Writing
from fazhi_tui.tui.main.commands.system import Other
from fazhi_tui.tui.main.commands.view import Looking

if TYPE_CHECKING:
    from fazhi_tui.tui.main.screen import MainScreen


class Deeds(Looking, Reading, Writing, Other):
    """The actions, bound to the screen they act on."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
