"""All problems in the files (x), as `check` finds them."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.text import problem_blocks
from fazhi_tui.tui.dialogs.window import TextWindow
from fazhi_tui.tui.widgets.prose import Block


class ProblemsScreen(TextWindow):
    """Level, place, what is wrong and what to do, one under the other: errors first, reminders by cause."""

    manual_page = "problems"
    BINDINGS = bindings(closed_by="main.problems")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._problems = tuple(problems)
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        self.heading = f"问题  错误 {errors}  提醒 {len(problems) - errors}" if problems else "没有问题"

    def blocks(self) -> Sequence[Block]:
        """Each problem."""
        return problem_blocks(self._problems) or [Block("全部文件都读得出来，也都合规则。")]
