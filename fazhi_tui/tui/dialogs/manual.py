"""The manual (F1): the page about what has the focus; left and right turn the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.service.manual import manual_pages
from fazhi_tui.tui.detail.markdown import markdown_blocks
from fazhi_tui.tui.dialogs.manual_text import filled, without_pictures
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from fazhi_tui.tui.jobs import JobApp


class ManualScreen(ModalScreen[None]):
    """One page at a time; the whole of it is docs/manual.md."""

    app: JobApp
    DEFAULT_CSS = "#manual-body { height: 1fr; scrollbar-gutter: stable; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,H", "close", show=False),
        Binding("left,left_square_bracket", "turn(-1)", show=False),
        Binding("right,right_square_bracket", "turn(1)", show=False),
    ]

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        self._pages: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Title, text, hints."""
        with Vertical(classes="dialog dialog-wide") as window:
            # As high for a short page as for a long one: what lies behind is not drawn anew at every turn.
            window.styles.height = "96%"
            yield Static(plain("手册"), classes="dialog-title", id="manual-title")
            with VerticalScroll(id="manual-body"):
                yield Prose([Block("正在读取", "$text-muted")], id="manual-prose")
            yield HintLine(
                [("上 下", "滚动", ""), ("左 右", "换节", "screen.turn(1)"), ("Esc", "关闭", "screen.close")],
                id="dialog-hints",
            )

    def on_mount(self) -> None:
        """The pages are files: read in a worker."""
        self.query_one("#manual-body").focus()
        self.app.start(manual_pages, self._take, self._refuse, group="manual")

    def _take(self, pages: dict[str, str]) -> None:
        self._pages = pages
        if self._page not in pages:
            self._page = next(iter(pages))
        self._show()

    def _refuse(self, error: FazhiError) -> None:
        self.query_one("#manual-prose", Prose).show([Block(error.message, "$text-error")])

    def _show(self) -> None:
        names = list(self._pages)
        text = without_pictures(filled(self._pages[self._page], self.app.keys.places))
        title = f"手册  {names.index(self._page) + 1}/{len(names)}"
        self.query_one("#manual-title", Static).update(plain(title))
        self.query_one("#manual-prose", Prose).show(markdown_blocks(text))
        self.query_one("#manual-body").scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        """To the next or the previous page, round the end."""
        if self._pages:
            names = list(self._pages)
            self._page = names[(names.index(self._page) + by) % len(names)]
            self._show()

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)
