"""What every small window over a screen has in common: the manual is one key away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import ScreenApp

ResultT = TypeVar("ResultT")


class Window(ModalScreen[ResultT]):
    """``manual_page`` names the page about it; left empty, the page about what lies under it is meant."""

    # No Protocol is an App, which Textual's property of this name gives.
    app: ScreenApp  # type: ignore[assignment]
    manual_page = ""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1,alt+m", "manual", show=False)]

    def action_manual(self) -> None:
        """The page of the manual about this window; closing it comes back here."""
        from fazhi_tui.tui.dialogs.manual import ManualScreen

        self.app.push_screen(ManualScreen(self._page()))

    def _page(self) -> str:
        stack = list(self.app.screen_stack)
        for screen in reversed(stack[: stack.index(self) + 1]):
            # A window names its page, a screen with focusable parts finds it.
            page = getattr(screen, "manual_page", "")
            found = page() if callable(page) else page
            if found:
                return str(found)
        return ""
