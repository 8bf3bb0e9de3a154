"""The measure moved on while a report was being written: the new state beside what was typed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static

from fazhi_tui.model import FazhiError, Row
from fazhi_tui.service import Action
from fazhi_tui.tui.detail_text import note_blocks
from fazhi_tui.tui.screens.window import Window
from fazhi_tui.tui.widgets.foot import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose
from fazhi_tui.tui.words import plain

HEADING = "bold $text-primary"


class StaleScreen(Window[None]):
    """Two columns, or one under the other on a narrow screen; then back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "close", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-roomy")]  # noqa: RUF012

    def __init__(self, error: FazhiError, row: Row, action: Action) -> None:
        super().__init__()
        self._error = error
        self._row = row
        self._action = action

    def compose(self) -> ComposeResult:
        """What happened, then both sides."""
        note = self._action.note
        typed = note.body if note else ""
        with Vertical(classes="dialog dialog-wide"):
            yield Static(plain("措施刚刚有了变化"), classes="dialog-title")
            yield Prose([Block(self._error.message, "$text-warning"), Block(self._error.hint), Block()])
            with Container(id="both-sides"):
                with VerticalScroll(classes="side"):
                    heading = f"现在：{self._row.state.status}"
                    yield Prose([Block(heading, HEADING), *note_blocks(self._row)])
                with VerticalScroll(classes="side"):
                    wanted = note.status if note and note.status else "不变"
                    yield Prose([Block(f"你填写的：状态 {wanted}", HEADING), Block(typed.strip("\n"))])
            yield HintLine([("Esc", "返回表单", "screen.close")], id="dialog-hints")

    def action_close(self) -> None:
        """Back to the form."""
        self.dismiss(None)
