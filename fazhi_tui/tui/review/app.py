"""The app of a review: a document, what was read in it, and the decisions of the person."""

from __future__ import annotations

from fazhi_tui.service.importing.review import Review
from fazhi_tui.service.preferences.preferences import Preferences, load_preferences
from fazhi_tui.service.terminal_size import use_own_size
from fazhi_tui.tui.dialogs.app import DialogApp
from fazhi_tui.tui.review.screen import ReviewScreen


class ReviewApp(DialogApp):
    """One review on the screen; ``build`` tells afterwards whether the tracker is to be made."""

    CSS_PATH = ["../theme/fazhi.tcss", "review.tcss"]  # noqa: RUF012  Textual's own way
    TITLE = "核对导入"

    def __init__(self, review: Review, preferences: Preferences | None = None) -> None:
        """``preferences`` are the person's theme and keys."""
        super().__init__()
        self.take_preferences(preferences or Preferences())
        self.review = review
        self.build = False
        self.stylesheet.set_variables(self.get_css_variables())
        self.main = ReviewScreen(review)

    def get_default_screen(self) -> ReviewScreen:
        """The review, with no empty screen under it."""
        return self.main

    async def action_quit(self) -> None:
        """Leave, as the table of acts does."""
        self.main.action_do("quit")

    def action_help_quit(self) -> None:
        """Ctrl+C does nothing here; say how to leave."""
        self.main.say(f"按 {self.keys.command('review', 'quit').keys_text} 退出")


def run(review: Review) -> bool:
    """Review until the person leaves; True if the tracker is to be made now."""
    use_own_size()
    app = ReviewApp(review, load_preferences().values)
    app.run()
    return app.build
