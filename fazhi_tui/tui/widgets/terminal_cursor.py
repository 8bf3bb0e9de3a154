"""Where the terminal's own cursor stands: an input method opens its window of candidates there."""

from __future__ import annotations

from textual.app import App, ScreenStackError
from textual.geometry import Offset


class TerminalCursorApp(App[None]):
    """An app whose cursor is always at the place where the next character will appear.

    Textual notes that place when somebody types, and not when a form opens, grows or scrolls: the first
    composition would begin in the corner of the screen.  Here it is worked out whenever the screen is drawn.
    """

    @property
    def cursor_position(self) -> Offset:
        """The cell of the cursor in the field that has the focus, else the first cell of what has it."""
        try:
            focused = self.screen.focused
        except ScreenStackError:
            return self._noted
        if focused is None:
            return self._noted
        found = getattr(focused, "cursor_screen_offset", None)
        return found if isinstance(found, Offset) else focused.region.offset

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._noted = place
