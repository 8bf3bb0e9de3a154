"""A field to type in and a list that narrows: the base of the unit list, deadlines and the palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.line_list import LineList

ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class Pick(Generic[ResultT]):
    """One line of the list and what choosing it means; None where it is only to be read."""

    prompt: Content
    result: ResultT | None


class Picker(Window[ResultT | None]):
    """Typing narrows, up and down choose without leaving the field, Enter takes, Esc closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("down", "move('cursor_down')", show=False, priority=True),
        Binding("up", "move('cursor_up')", show=False, priority=True),
        Binding("pagedown", "move('page_down')", show=False, priority=True),
        Binding("pageup", "move('page_up')", show=False, priority=True),
    ]
    heading = ""
    placeholder = ""
    hints: tuple[tuple[str, str, str], ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._picks: list[Pick[ResultT]] = []

    def compose(self) -> ComposeResult:
        """Heading, field, what the list is about, the list, hints."""
        with Vertical(classes="dialog picker"):
            yield Static(plain(self.heading), classes="dialog-title", id="picker-title")
            yield LineField(placeholder=self.placeholder, id="picker-field", compact=True)
            yield Static("", id="picker-about", markup=False)
            yield LineList(id="picker-list", classes="-always", markup=False)
            yield HintLine(
                [("上 下", "选择", ""), ("Enter", "确定", ""), *self.hints, ("Esc", "关闭", "screen.close")],
                id="dialog-hints",
            )

    def on_mount(self) -> None:
        """Begin with nothing typed."""
        self.query_one("#picker-list", OptionList).can_focus = False
        self.refill()
        self.query_one("#picker-field").focus()

    @property
    def typed(self) -> str:
        """What has been typed so far."""
        return self.query_one("#picker-field", LineField).value

    @property
    def list_width(self) -> int:
        """Cells a line of the list may take."""
        # Before the first layout the dialog's own width is not known: its styles say what it will be.
        return max(min(76, self.app.size.width) - 10, 20)

    def find(self, typed: str) -> Sequence[Pick[ResultT]]:
        """The lines for what was typed, best first."""
        raise NotImplementedError

    def about(self, typed: str) -> Content:
        """A line over the list."""
        del typed
        return Content("")

    def refill(self, keep: int | None = None) -> None:
        """Show what matches now."""
        self._picks = list(self.find(self.typed))
        listing = self.query_one("#picker-list", OptionList)
        listing.set_options(Option(pick.prompt, disabled=pick.result is None) for pick in self._picks)
        choosable = [at for at, pick in enumerate(self._picks) if pick.result is not None]
        if choosable:
            listing.highlighted = keep if keep in choosable else choosable[0]
        self.query_one("#picker-about", Static).update(self.about(self.typed))

    @property
    def highlighted(self) -> int | None:
        """The line that Enter would take."""
        return self.query_one("#picker-list", OptionList).highlighted

    def action_move(self, how: str) -> None:
        """Move in the list while the field keeps the focus."""
        getattr(self.query_one("#picker-list", OptionList), f"action_{how}")()

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    @on(Input.Changed, "#picker-field")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.refill()

    @on(Input.Submitted, "#picker-field")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._take(self.highlighted)

    @on(OptionList.OptionSelected, "#picker-list")
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option_index)

    def _take(self, at: int | None) -> None:
        if at is not None and at < len(self._picks):
            result = self._picks[at].result
            if result is not None:
                self.take(result)

    def take(self, result: ResultT) -> None:
        """What choosing a line does: it is the answer, unless a picker knows better."""
        self.dismiss(result)
