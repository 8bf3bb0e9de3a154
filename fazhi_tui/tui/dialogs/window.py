"""The bases of the small windows: a heading, what the window shows, hints at its foot; F1 is the manual.

A new window is one of four: a page of text (:class:`TextWindow`), a menu of lines with a key each
(:class:`.menu.Menu`), a field that narrows a list (:class:`.picker.Picker`), a form of fields
(:class:`.fields_form.FieldsForm`); a question is :class:`.question.Question`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.protocols import ScreenApp
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import Hint, HintLine
from fazhi_tui.tui.widgets.line_list import LineList
from fazhi_tui.tui.widgets.prose import Block, Prose

ResultT = TypeVar("ResultT")
CLOSE: Hint = ("Esc", "关闭", "screen.close")


class Window(ModalScreen[ResultT]):
    """``manual_page`` names the page about it; left empty, the page about what lies under it is meant.

    ``frame`` are further CSS classes of the dialog's box.
    """

    # No Protocol is an App, which Textual's property of this name gives.
    app: ScreenApp  # type: ignore[assignment]
    manual_page = ""
    heading = ""
    frame = ""
    hints: Sequence[Hint] = (CLOSE,)
    BINDINGS = bindings("window")

    def compose(self) -> ComposeResult:
        """Heading, content, hints."""
        with Vertical(classes=f"dialog {self.frame}"):
            yield Static(plain(self.heading), classes="dialog-title", id="dialog-title")
            yield from self.content_widgets()
            yield HintLine(self.hints, id="dialog-hints")

    def content_widgets(self) -> ComposeResult:
        """What stands between heading and hints."""
        yield from ()

    def action_close(self) -> None:
        """Close it without a result."""
        self.dismiss(None)

    def action_manual(self) -> None:
        """The page of the manual about this window; closing it comes back here."""
        stack = list(self.app.screen_stack)
        for screen in reversed(stack[: stack.index(self) + 1]):
            # A window names its page, a screen with focusable parts finds it.
            page = getattr(screen, "manual_page", "")
            found = page() if callable(page) else page
            if found:
                break
        self.app.open_manual(str(found))


class TextWindow(Window[None]):
    """A page of text that scrolls."""

    frame = "dialog-wide"
    hints: Sequence[Hint] = (("上 下", "滚动", ""), CLOSE)
    BINDINGS = bindings("reading")

    def content_widgets(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="dialog-body"):
            yield Prose(list(self.blocks()))

    def blocks(self) -> Iterable[Block]:
        """The paragraphs."""
        raise NotImplementedError


class ListWindow(Window[ResultT | None], Generic[ResultT]):
    """A list, the choice of a line in it being the result; a line without a result is only to be read."""

    def __init__(self) -> None:
        super().__init__()
        self._results: list[ResultT | None] = []

    @property
    def listing(self) -> LineList:
        """The list."""
        return self.query_one("#dialog-list", LineList)

    def fill(self, lines: Iterable[tuple[Content, ResultT | None]], keep: int | None = None) -> None:
        """Show these lines; the cursor is on ``keep``, where that can be chosen."""
        prompts = list(lines)
        self._results = [result for _, result in prompts]
        self.listing.set_options(Option(prompt, disabled=result is None) for prompt, result in prompts)
        able = [at for at, result in enumerate(self._results) if result is not None]
        if able:
            self.listing.highlighted = keep if keep in able else self.first(able)

    def first(self, able: Sequence[int]) -> int:
        """On which of the lines that can be chosen the cursor is at first."""
        return able[0]

    @property
    def current(self) -> ResultT | None:
        """What choosing the line under the cursor would mean."""
        at = self.listing.highlighted
        return self._results[at] if at is not None and at < len(self._results) else None

    @on(OptionList.OptionSelected, "#dialog-list")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if (result := self._results[event.option_index]) is not None:
            self.take(result)

    def take(self, result: ResultT) -> None:
        """Choose a line: its result is the answer, unless a window knows better."""
        self.dismiss(result)
