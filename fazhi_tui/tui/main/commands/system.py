"""The commands about the program itself: reading anew, themes, settings, leaving."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_tui.tui.protocols import MainView


@dataclass(eq=False, repr=False)
class SystemCommands:
    """Reading anew, themes, settings, leaving; help, manual and palette belong to every screen."""

    _main: MainView

    def members(self) -> None:
        """Count what a collective owes for its members, or no longer."""
        reader = self._main.app.reader
        reader.members = not self._main.view.members
        now = "现在也算作" if reader.members else "现在不算作"
        self._main.app.tracker.reload(lambda: self._main.say(f"集合所担的措施{now}成员单位的"))

    def themes(self) -> None:
        """Choose a theme; it is remembered."""
        from fazhi_tui.tui.dialogs.settings import ThemeMenu

        self._main.app.push_screen(ThemeMenu(), self._main.app.keep_theme)

    def settings(self) -> None:
        """Where the person's settings are, and what is wrong in them."""
        from fazhi_tui.tui.dialogs.settings import SettingsScreen

        self._main.app.push_screen(SettingsScreen(self._main.app.preferences, self._main.app.keys))

    def tour(self) -> None:
        """A walk through the screen, step by step."""
        from fazhi_tui.tui.dialogs.tour import TourScreen

        self._main.app.push_screen(TourScreen(), lambda _: self._main.app.go_home_first())
