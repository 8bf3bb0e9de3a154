"""What the tracker's app and the review's have in common: errors and the manual open in small windows."""

from __future__ import annotations

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.tui.jobs import JobApp


class DialogApp(JobApp):
    """The windows are loaded when the first one opens: the first picture needs none."""

    def refused(self, error: FazhiError) -> None:
        """Open an error as a dialog."""
        from fazhi_tui.tui.dialogs.question import Notice

        self.push_screen(Notice("没有做成", error.message, error.hint))

    def open_manual(self, page: str) -> None:
        """Show a page of the manual, by its name."""
        from fazhi_tui.tui.dialogs.manual import ManualScreen

        self.push_screen(ManualScreen(page))
