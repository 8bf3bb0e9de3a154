"""The commands that change how the measures are shown: the view, and the panes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.tui.main.navigation import Navigation
from fazhi_tui.tui.main.panes import Panes

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import MainView


@dataclass(frozen=True)
class ViewCommands:
    """The filter stays, whatever the measures are shown as."""

    _main: MainView
    _navigation: Navigation
    _panes: Panes

    def as_list(self) -> None:
        """The list."""
        self._navigation.switch_view("as_list")

    def as_board(self) -> None:
        """The board."""
        self._navigation.switch_view("as_board")

    def as_timeline(self) -> None:
        """The timeline."""
        self._navigation.switch_view("as_timeline")

    def as_charts(self) -> None:
        """The charts."""
        self._navigation.switch_view("as_charts")

    def zoom(self) -> None:
        """The pane in hand alone, or all of them again."""
        self._panes.zoom("" if self._panes.zoomed else self._panes.focused)

    def grow(self) -> None:
        """The pane in hand larger."""
        self._resize(1)

    def shrink(self) -> None:
        """The pane in hand smaller."""
        self._resize(-1)

    def _resize(self, by: int) -> None:
        if self._panes.take_turns:
            self._main.say("窗口里只有一格；大一些的窗口才分几格", "$text-warning")
        else:
            self._panes.grow(by)
            self._main.app.keep_screen_state()
