"""The list of doubts under the source of a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.importer.result import LogEntry
from fazhi_tui.tui.review.text import doubt_line
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.line_list import LineList


@dataclass
class DoubtChosen(Message):
    """The cursor stands on another doubt; ``opened``: it was chosen with Enter or a click."""

    doubt: LogEntry
    opened: bool


class DoubtsPane(Vertical):
    """Place and words of every doubt, the worst first; the title says which one is meant."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.doubts: Sequence[LogEntry] = ()

    def compose(self) -> ComposeResult:
        """Title, list."""
        yield Static(plain("存疑"), classes="pane-title", id="doubts-title")
        yield LineList(id="doubts", markup=False)

    @property
    def _list(self) -> OptionList:
        return self.query_one("#doubts", OptionList)

    def show(self, doubts: Sequence[LogEntry]) -> None:
        """Show these doubts, cut to the width; the cursor stays as near as can be."""
        self.doubts = doubts
        kept = self._list.highlighted
        width = max(self.screen.size.width - 4, 10)
        self._list.set_options([Option(doubt_line(doubt, width)) for doubt in doubts])
        if doubts:
            self._list.highlighted = min(kept or 0, len(doubts) - 1)
        self._show_title()

    def _show_title(self) -> None:
        at = self._list.highlighted or 0
        text = f"存疑 {at + 1}/{len(self.doubts)}" if self.doubts else "没有存疑"
        self.query_one("#doubts-title", Static).update(plain(text))

    @property
    def current(self) -> LogEntry | None:
        """The doubt under the cursor."""
        at = self._list.highlighted
        return self.doubts[at] if self.doubts and at is not None else None

    def step(self, by: int) -> str:
        """To the next doubt or the one before; says why where there is none."""
        at = (-1 if self._list.highlighted is None else self._list.highlighted) + by
        if not self.doubts:
            return "没有存疑"
        if not 0 <= at < len(self.doubts):
            return "已是最后一处存疑" if by > 0 else "已是第一处存疑"
        self._list.highlighted = at
        self.post_message(DoubtChosen(self.doubts[at], opened=False))
        return ""

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_title()
        if self._list.has_focus:
            self.post_message(DoubtChosen(self.doubts[event.option_index], opened=False))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(DoubtChosen(self.doubts[event.option_index], opened=True))
