"""The manual (F1): the page about what has the focus; left and right turn the pages."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.service.manual import manual_pages
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.markdown import markdown_blocks
from fazhi_tui.tui.dialogs.manual_text import filled, without_pictures
from fazhi_tui.tui.dialogs.window import CLOSE, TextWindow
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.prose import Block, Prose


class ManualScreen(TextWindow):
    """One page at a time; the whole of it is docs/manual.md."""

    BINDINGS = bindings("manual", closed_by="main.manual")
    heading = "手册"
    hints = (("上 下", "滚动", ""), ("左 右", "换节", "screen.turn(1)"), CLOSE)

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page_name = page
        self._pages: dict[str, str] = {}

    def blocks(self) -> Sequence[Block]:
        """What is told before the page has been read."""
        return [Block("正在读取", "$text-muted")]

    def on_mount(self) -> None:
        """The pages are files: read in a worker."""
        self.query_one(".dialog-body").focus()
        self.app.start(manual_pages, self._take, self._refuse, group="manual")

    def action_manual(self) -> None:
        """The key that opened it closes it."""
        self.action_close()

    def _take(self, pages: dict[str, str]) -> None:
        self._pages = pages
        if self._page_name not in pages:
            self._page_name = next(iter(pages))
        self._show()

    def _refuse(self, error: FazhiError) -> None:
        self.query_one(Prose).show([Block(error.message, "$text-error")])

    def _show(self) -> None:
        names = list(self._pages)
        text = without_pictures(filled(self._pages[self._page_name], self.app.keys.places))
        title = f"手册  {names.index(self._page_name) + 1}/{len(names)}"
        self.query_one("#dialog-title", Static).update(plain(title))
        self.query_one(Prose).show(markdown_blocks(text))
        self.query_one(".dialog-body").scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        """To the next or the previous page, round the end."""
        if self._pages:
            names = list(self._pages)
            self._page_name = names[(names.index(self._page_name) + by) % len(names)]
            self._show()
