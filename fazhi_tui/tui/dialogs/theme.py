"""Choosing a theme (B): seen at once behind the window; Esc goes back to the one before."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.widgets import OptionList

from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.menu import Menu, MenuLine
from fazhi_tui.tui.theme.themes import OWN


class ThemeMenu(Menu[str]):
    """The result is the theme's name."""

    BINDINGS = bindings(closed_by="main.themes")
    heading = "主题"
    manual_page = "settings"

    def on_mount(self) -> None:
        """Remember the theme so that Esc restores it."""
        self._before = self.app.theme

    def lines(self) -> Sequence[MenuLine[str]]:
        """Our own first, then Textual's."""
        own = [MenuLine(f"{name}  {word}", name, "自带") for name, word in OWN.items()]
        others = sorted(set(self.app.available_themes) - set(OWN))
        return [*own, *(MenuLine(name, name, "Textual") for name in others if name != "textual-ansi")]

    def first(self, able: Sequence[int]) -> int:
        """The one in use."""
        return self._results.index(self.app.theme) if self.app.theme in self._results else able[0]

    @on(OptionList.OptionHighlighted, "#dialog-list")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.current and self.app.theme != self.current:
            self.app.theme = self.current

    def take(self, result: str) -> None:
        """Keep it."""
        self.app.theme = result
        self.dismiss(result)

    def action_close(self) -> None:
        """Go back to the theme that there was."""
        self.app.theme = self._before
        self.dismiss(None)
