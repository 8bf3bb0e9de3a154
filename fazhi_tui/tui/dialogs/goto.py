"""Going to a measure by its number (g)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from fazhi_tui.domain.measure_history import withdrawal
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.cells import cut
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import plain


class GotoScreen(Picker[str]):
    """The result is the number of a measure."""

    heading = "转到编号"
    manual_page = "list"
    placeholder = "措施编号，如 28"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def find(self, typed: str) -> Sequence[Pick[str]]:
        """Measures whose number begins so; the exact one first."""
        wanted = typed.lstrip("0")
        found = [row.measure for row in self._view.rows if row.measure.id.startswith(wanted)]
        found.sort(key=lambda measure: measure.id != wanted)
        return [
            Pick(plain(cut(one_line(f"{m.id:<5}{m.display_title}"), self.list_width)), m.id) for m in found
        ]

    def about(self) -> Content:
        """Why there is no such measure, where there is none."""
        if not self._results and self.typed.strip():
            try:
                gone = self._view.row(self.typed).measure
                said = withdrawal(gone, self._view.tracker.measures)
                return plain(f"第 {gone.id} 条{said}，fazhi show {gone.id} 看它的全部", "$text-warning")
            except UsageError as error:
                return plain(one_line(error.message), "$text-warning")
        return Content("")
