"""Ways to look, and the panes.

A window's module is imported when the window is first opened: the first picture needs none of them.
"""

from __future__ import annotations

from fazhi_tui.tui.main.commands.base import Group


class Looking(Group):
    """The filter stays, whatever the measures are shown as."""

    def as_list(self) -> None:
        """The list."""
        self._screen.change_look("as_list")

    def as_board(self) -> None:
        """The board."""
        self._screen.change_look("as_board")

    def as_timeline(self) -> None:
        """The timeline."""
        self._screen.change_look("as_timeline")

    def as_charts(self) -> None:
        """The charts."""
        self._screen.change_look("as_charts")

    def zoom(self) -> None:
        """The pane in hand alone, or all of them again."""
        panes = self._screen.panes
        self._screen.zoom_pane("" if panes.zoomed else panes.focused)

    def grow(self) -> None:
        """The pane in hand larger."""
        self._resize(1)

    def shrink(self) -> None:
        """The pane in hand smaller."""
        self._resize(-1)

    def _resize(self, by: int) -> None:
        if self._screen.one_pane:
            self._screen.say("窗口里只有一格；大一些的窗口才分几格", "$text-warning")
        else:
            self._screen.panes.grow(by)
            self._app.keep_screen_state()
