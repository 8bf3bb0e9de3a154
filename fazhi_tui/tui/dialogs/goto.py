"""Going to a measure by its number (g)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import Measure
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
        rows = (*self._view.rows, *self._view.withdrawn)
        found = [row.measure for row in rows if row.measure.id.startswith(wanted)]
        found.sort(key=lambda measure: measure.id != wanted)
        return [
            Pick(plain(cut(one_line(f"{m.id:<5}{_gone(m)}{m.display_title}"), self.list_width)), m.id)
            for m in found
        ]

    def about(self) -> Content:
        """Why there is no such measure, where there is none."""
        if not self._results and self.typed.strip():
            try:
                self._view.row(self.typed)
            except UsageError as error:
                return plain(one_line(error.message), "$text-warning")
        return Content("")


def _gone(measure: Measure) -> str:
    return f"（{measure.withdrawn} 废止）" if measure.withdrawn is not None else ""
