"""The app of a review: a document, what was read in it, and the decisions of the person."""

from __future__ import annotations

from textual.scrollbar import ScrollBar

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.service.importing.review import Review
from fazhi_tui.service.preferences.preferences import Preferences
from fazhi_tui.tui.actions.keymap import keymap
from fazhi_tui.tui.jobs import JobApp
from fazhi_tui.tui.review.screen import ReviewScreen
from fazhi_tui.tui.theme.themes import DARK, OWN_THEMES, WholeCells, other_side


class ReviewApp(JobApp):
    """One review on the screen; ``build`` tells afterwards whether the tracker is to be made."""

    CSS_PATH = ["../theme/fazhi.tcss", "review.tcss"]  # noqa: RUF012  Textual's own way
    TITLE = "核对导入"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, review: Review, preferences: Preferences | None = None) -> None:
        """``preferences`` are the person's theme and keys."""
        super().__init__()
        preferences = preferences or Preferences()
        self.keys = keymap((one.action, one.keys) for one in preferences.keys)
        self.set_keymap(dict(self.keys.overrides))
        self.review = review
        self.build = False
        ScrollBar.renderer = WholeCells
        for theme in OWN_THEMES:
            self.register_theme(theme)
        wanted = preferences.theme
        self.theme = wanted if wanted in self.available_themes else DARK.name
        self.stylesheet.set_variables(self.get_css_variables())
        self.main = ReviewScreen(review)

    def get_default_screen(self) -> ReviewScreen:
        """The review, with no empty screen under it."""
        return self.main

    def refused(self, error: FazhiError) -> None:
        """Open an error as a dialog."""
        from fazhi_tui.tui.dialogs.question import Notice

        self.push_screen(Notice("没有做成", error.message, error.hint))

    async def action_quit(self) -> None:
        """Leave, as the table of acts does."""
        self.main.action_do("quit")

    def action_help_quit(self) -> None:
        """Ctrl+C does nothing here; say how to leave."""
        self.main.say("按 q 或 Ctrl+Q 退出")

    def toggle_theme(self) -> None:
        """Between dark and light."""
        self.theme = other_side(self.theme, dark=self.current_theme.dark)
