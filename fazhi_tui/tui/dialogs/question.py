"""Small windows: something to read, or a question with a few answers."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.window import CLOSE, TextWindow, Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.line_list import LineList
from fazhi_tui.tui.widgets.prose import Block, Prose


class Notice(TextWindow):
    """An error or a result, with git's own words where there are any; any way out closes it."""

    manual_page = "trouble"
    frame = ""
    hints = (CLOSE,)
    BINDINGS = bindings("notice")

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__()
        self.heading = title
        self._said = [Block(message)]
        if hint:
            self._said += [Block(), Block(hint, "$text-primary", label="办法  ")]

    def blocks(self) -> Sequence[Block]:
        """What happened, and what to do."""
        return self._said


class Question(Window[str]):
    """A question; the answer's id is the result, and the last answer is what Esc means."""

    BINDINGS = bindings("question")

    def __init__(
        self, title: str, blocks: Sequence[Block], answers: Sequence[tuple[str, str]], *, wide: bool = False
    ) -> None:
        super().__init__()
        self.heading = title
        self.frame = "dialog-wide" if wide else ""
        self.hints = (("上 下", "选择", ""), ("Enter", "确定", ""), ("Esc", answers[-1][1], ""))
        self._blocks = list(blocks)
        self._answers = list(answers)

    def content_widgets(self) -> ComposeResult:
        """Text, answers under each other."""
        with VerticalScroll(classes="dialog-body", can_focus=False):
            yield Prose(self._blocks)
        options = (Option(plain(label), id=answer) for answer, label in self._answers)
        yield LineList(*options, id="answers", markup=False)

    def on_mount(self) -> None:
        """The first answer is the likely one."""
        answers = self.query_one("#answers", OptionList)
        answers.highlighted = 0
        answers.focus()

    @on(OptionList.OptionSelected, "#answers")
    def _answered(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_dismiss_last(self) -> None:
        """Esc is the last, harmless answer."""
        self.dismiss(self._answers[-1][0])
