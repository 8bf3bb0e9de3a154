"""Everything else: themes, settings, palette, help, leaving.

A window's module is imported when the window is first opened: the first picture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.tui.main.commands.find import Finding

if TYPE_CHECKING:
    from fazhi_tui.tui.dialogs.palette import Found


class Other(Finding):
    """The program itself."""

    def members(self) -> None:
        """Count what a collective owes for its members, or no longer."""
        view, workspace = self._screen.view, self._app.workspace
        if view is None:
            return
        workspace.members = not view.members
        said = (
            "集合所担的措施现在也算作成员单位的"
            if workspace.members
            else "集合所担的措施现在不算作成员单位的"
        )
        self._app.reload(lambda: self._screen.say(said))

    def refresh(self) -> None:
        """Read everything anew."""
        self._app.reload(lambda: self._screen.say("已刷新"), telling="重新读取")

    def theme(self) -> None:
        """Dark or light."""
        self._app.toggle_theme()

    def themes(self) -> None:
        """Choose a theme; it is remembered."""
        from fazhi_tui.tui.dialogs.theme import ThemeMenu

        self._app.push_screen(ThemeMenu(), self._app.keep_theme)

    def settings(self) -> None:
        """Where the person's settings are, and what is wrong in them."""
        from fazhi_tui.tui.dialogs.settings import SettingsScreen

        self._app.push_screen(SettingsScreen(self._app.preferences, self._app.keys))

    def tour(self) -> None:
        """A walk through the screen, step by step."""
        from fazhi_tui.tui.dialogs.tour import TourScreen

        self._app.push_screen(TourScreen(), lambda _: self._app.go_home_first())

    def palette(self) -> None:
        """Find an action, a measure, a unit or a saved view."""
        from fazhi_tui.tui.dialogs.palette import Findable, PaletteScreen

        screen = PaletteScreen(
            self._screen.commands,
            self._screen.situation,
            Findable(self._screen.view, [(one.view.name, one.view.query) for one in self._app.views]),
        )
        self._app.push_screen(screen, self._do_found)

    def _do_found(self, found: Found | None) -> None:
        from fazhi_tui.tui.dialogs.units import UnitChoice

        if found is None:
            return
        if found.kind == "command":
            self._screen.action_do(found.value)
        elif found.kind == "view":
            kept = next((one for one in self._app.views if one.view.name == found.value), None)
            if kept is not None:
                self._screen.open_view(kept.view)
        elif found.kind == "measure":
            self._screen.go_to_number(found.value)
        else:
            self._filter_by_unit(UnitChoice("牵头", found.value))

    def help(self) -> None:
        """What can be done here, and the filter language."""
        self._screen.action_help()

    def manual(self) -> None:
        """The manual for the pane in hand."""
        self._screen.action_manual()

    def quit(self) -> None:
        """Leave."""
        self._app.leave()
