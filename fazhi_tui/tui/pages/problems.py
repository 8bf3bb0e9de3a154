"""All problems in the files (x), as `check` finds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.text import problem_blocks
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose


class ProblemsScreen(Window[None]):
    """Level, place, what is wrong and what to do, one under the other."""

    manual_page = "problems"
    BINDINGS: ClassVar[list[BindingType]] = bindings("reading", closed_by="main.problems")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = tuple(problems)

    def compose(self) -> ComposeResult:
        """How many, then each."""
        errors = sum(problem.severity is Severity.ERROR for problem in self._problems)
        others = len(self._problems) - errors
        heading = f"问题  错误 {errors}  提醒 {others}" if self._problems else "没有问题"
        blocks = problem_blocks(self._problems) or [Block("全部文件都读得出来，也都合规则。")]
        with Vertical(classes="dialog dialog-wide"):
            yield Static(plain(heading), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Prose(blocks)
            yield HintLine([("上 下", "滚动", ""), ("Esc", "关闭", "screen.close")], id="dialog-hints")

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)
