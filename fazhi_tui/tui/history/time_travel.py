"""Looking at an earlier state (t): a day, a tag or a commit, the ends of the plan's quarters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from fazhi_tui.domain.deadlines.report_periods import report_periods
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import plain


class PastScreen(Picker[str]):
    """The result is what ``--at`` takes; an empty text is now."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(closed_by="main.time")
    heading = "回看"
    manual_page = "past"
    placeholder = "日期、标签或提交号，如 2023-06-30、v1"

    def __init__(self, view: View, today: date) -> None:
        """``today`` is the real one: from an earlier day one may go on to a later one."""
        super().__init__()
        self._today = today
        self._view = view

    def find(self, typed: str) -> Sequence[Pick[str]]:
        """What was typed; else now, and the ends of quarters that have gone by, the last first."""
        if typed:
            return [Pick(plain(f"回看 {one_line(typed)}"), typed)]
        picks = [Pick(plain("回到现在", "bold"), "")] if self._view.past else []
        return [*picks, *(Pick(plain(f"{label}末    {day}"), day.isoformat()) for label, day in self._ends())]

    def about(self) -> Content:
        """What is shown now."""
        past = self._view.past
        return plain(past.said if past else "现在看的是当前的文件", "$text-muted")

    def _ends(self) -> Iterator[tuple[str, date]]:
        plan = self._view.tracker.plan
        if plan is not None:
            for period in reversed(report_periods(Settings(rhythm="每季度"), plan.period, self._today)):
                yield period.label, period.end
