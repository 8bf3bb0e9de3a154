"""Small windows: something to read, or a question with a few answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.line_list import LineList
from fazhi_tui.tui.widgets.prose import Block, Prose


class Notice(Window[None]):
    """An error or a result, with git's own words where there are any; any way out closes it."""

    manual_page = "trouble"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,q", "close", show=False)]

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._blocks = [Block(message)]
        if hint:
            self._blocks += [Block(), Block(hint, "$text-primary", label="办法  ")]

    def compose(self) -> ComposeResult:
        """Title, text, how to close."""
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Prose(self._blocks)
            yield HintLine([("Esc", "关闭", "screen.close")], id="dialog-hints")

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)


class Question(Window[str]):
    """A question; the answer's id is the result, and the last answer is what Esc means."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss_last", show=False)]

    def __init__(
        self, title: str, blocks: Sequence[Block], answers: Sequence[tuple[str, str]], *, wide: bool = False
    ) -> None:
        super().__init__()
        self._title = title
        self._blocks = list(blocks)
        self._answers = list(answers)
        self._wide = wide

    def compose(self) -> ComposeResult:
        """Title, text, answers under each other."""
        with Vertical(classes="dialog dialog-wide" if self._wide else "dialog"):
            yield Static(plain(self._title), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield Prose(self._blocks)
            yield LineList(
                *(Option(plain(label), id=answer) for answer, label in self._answers),
                id="answers",
                markup=False,
            )
            yield HintLine(
                [("上 下", "选择", ""), ("Enter", "确定", ""), ("Esc", self._answers[-1][1], "")],
                id="dialog-hints",
            )

    def on_mount(self) -> None:
        """The first answer is the likely one."""
        answers = self.query_one("#answers", OptionList)
        answers.highlighted = 0
        answers.focus()

    @on(OptionList.OptionSelected, "#answers")
    def _answered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)

    def action_dismiss_last(self) -> None:
        """Esc is the last, harmless answer."""
        self.dismiss(self._answers[-1][0])
