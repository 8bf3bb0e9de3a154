"""A short list in which every line has a key of its own: one stroke chooses, arrows and Enter do as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_letters, digits
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from fazhi_tui.domain.text.cells import cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.window import CLOSE, ListWindow
from fazhi_tui.tui.widgets.line_list import LineList

ResultT = TypeVar("ResultT")
LABEL_SHARE = 0.45


@dataclass(frozen=True)
class MenuLine(Generic[ResultT]):
    """One line: its name, a note beside it, what choosing it means; ``key`` as wanted, or "" for any.

    ``result`` None is a line to read only.
    """

    label: str
    result: ResultT | None
    note: str = ""
    key: str = ""
    style: str = ""


class Menu(ListWindow[ResultT], Generic[ResultT]):
    """The result is what was chosen, or None; ``more_hints`` stand beside those of every menu."""

    frame = "menu"
    BINDINGS = bindings("menu")
    more_hints: tuple[tuple[str, str, str], ...] = ()

    def __init__(self, heading: str = "", lines: Sequence[MenuLine[ResultT]] = ()) -> None:
        super().__init__()
        self.heading = heading or self.heading
        self.hints = (("行首的键", "选定", ""), ("Enter", "选定", ""), *self.more_hints, CLOSE)
        self._given = list(lines)
        self._lines: list[MenuLine[ResultT]] = []

    def content_widgets(self) -> ComposeResult:
        """The lines."""
        yield LineList(id="dialog-list", markup=False)

    def on_mount(self) -> None:
        """Begin on the first line that can be chosen."""
        self.refill()
        self.listing.focus()

    def lines(self) -> Sequence[MenuLine[ResultT]]:
        """What can be chosen."""
        return self._given

    def refill(self) -> None:
        """Show the lines as they are now; the cursor stays."""
        lines = self.lines()
        taken = {line.key for line in lines}
        # Digits come first: an input method lets them through.
        free = (key for key in digits[1:] + ascii_letters if key not in taken)
        self._lines = [
            line if line.key or line.result is None else replace(line, key=next(free, "")) for line in lines
        ]
        width = max(min(76, self.app.size.width) - 8, 20)
        self.fill(((_prompt(line, width), line.result) for line in self._lines), self.listing.highlighted)

    def on_key(self, event: events.Key) -> None:
        """The key of a line chooses it."""
        found = next((line for line in self._lines if line.key and line.key == event.character), None)
        if found is not None and found.result is not None:
            event.stop()
            event.prevent_default()
            self.take(found.result)


def _prompt(line: MenuLine[ResultT], width: int) -> Content:
    left = int((width - 4) * LABEL_SHARE) if line.note else width - 4
    return Content.assemble(
        (f"{line.key or ' '}  ", "bold $footer-key-foreground"),
        (pad(one_line(line.label), left), line.style),
        ("  " + cut(one_line(line.note), max(width - 6 - left, 0)) if line.note else "", "$text-muted"),
    )
