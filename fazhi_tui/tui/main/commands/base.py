"""What every group of actions stands on: the screen that they act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fazhi_tui.tui.main.screen import MainScreen
    from fazhi_tui.tui.protocols import TrackerApp


class Group:
    """Actions of one kind; a method an id of the table of actions."""

    _screen: MainScreen

    @property
    def _app(self) -> TrackerApp:
        return self._screen.app
