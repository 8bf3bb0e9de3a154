"""A field to type in and a list that narrows: the base of the unit list, deadlines and the palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.window import CLOSE, ListWindow
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.widgets.line_list import LineList

ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class Pick(Generic[ResultT]):
    """One line of the list and what choosing it means; None where it is only to be read."""

    prompt: Content
    result: ResultT | None


class Picker(ListWindow[ResultT], Generic[ResultT]):
    """Typing narrows, up and down choose without leaving the field, Enter takes, Esc closes."""

    frame = "picker"
    BINDINGS = bindings("picker")
    placeholder = ""
    more_hints: tuple[tuple[str, str, str], ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.hints = (("上 下", "选择", ""), ("Enter", "确定", ""), *self.more_hints, CLOSE)

    def content_widgets(self) -> ComposeResult:
        """Field, what the list is about, the list."""
        yield LineField(placeholder=self.placeholder, id="picker-field", compact=True)
        yield Static("", id="picker-about", markup=False)
        yield LineList(id="dialog-list", classes="-always", markup=False)

    def on_mount(self) -> None:
        """Begin with nothing typed."""
        self.listing.can_focus = False
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
        """The lines for what was typed (blanks around it left out), best first."""
        raise NotImplementedError

    def about(self) -> Content:
        """A line over the list; it may look at what :meth:`find` found."""
        return Content("")

    def refill(self, keep: int | None = None) -> None:
        """Show what matches now."""
        self.fill(((pick.prompt, pick.result) for pick in self.find(self.typed.strip())), keep)
        self.query_one("#picker-about", Static).update(self.about())

    def action_move(self, how: str) -> None:
        """Move in the list while the field keeps the focus."""
        getattr(self.listing, f"action_{how}")()

    @on(Input.Changed, "#picker-field")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.refill()

    @on(Input.Submitted, "#picker-field")
    def _entered(self) -> None:
        if self.current is not None:
            self.take(self.current)
