"""One of a few, on one or two lines, chosen by arrows: needs no letter, so no IME gets in its way.

Of many, the chosen one alone is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from fazhi_tui.domain.text.cells import cell_len, cut
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.styles import plain


class Choice(Widget, can_focus=True):
    """Options beside each other; the chosen one is marked by a sign as well as by colour."""

    ALLOW_SELECT = False
    BINDINGS = bindings("choice")

    @dataclass
    class Changed(Message):
        """Another option was chosen."""

        choice: Choice

        @property
        def control(self) -> Choice:
            """The choice that changed."""
            return self.choice

    def __init__(
        self, options: Sequence[tuple[str, str]] = (), value: str = "", *, id: str, lines: int = 2
    ) -> None:
        """Where the options take more than ``lines`` lines, only the chosen one is shown, and its place."""
        super().__init__(id=id)
        self._most = lines
        self._options = list(options)
        self.value = value

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Value and label of every option."""
        return tuple(self._options)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other options; what is chosen stays where it is still offered, else the first is."""
        self._options = list(options)
        if self.value not in [value for value, _ in self._options]:
            self.value = self._options[0][0] if self._options else ""
        self.refresh(layout=True)

    def choose(self, value: str) -> None:
        """Choose one, if it is offered."""
        if value != self.value and value in [offered for offered, _ in self._options]:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(self))

    def action_step(self, by: int) -> None:
        """To the next or the previous option, round the end."""
        values = [value for value, _ in self._options]
        if values:
            at = values.index(self.value) if self.value in values else 0
            self.choose(values[(at + by) % len(values)])

    def action_edge(self, at: int) -> None:
        """To the first or last option."""
        if self._options:
            self.choose(self._options[at][0])

    def on_click(self, event: events.Click) -> None:
        """A click chooses what it hits."""
        lines = self._lines(self.content_size.width)
        if len(lines) > self._most:
            self.action_step(-1 if event.x < 2 else 1)
            return
        for row, line in enumerate(lines):
            at = 0
            for value, label in line:
                wide = cell_len(_shown(label)) + 2
                if row == event.y and at <= event.x < at + wide:
                    self.choose(value)
                at += wide

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the options take."""
        lines = len(self._lines(width))
        return 1 if lines > self._most else max(lines, 1)

    def render(self) -> Content:
        """``(*)`` before the chosen one, ``( )`` before the others."""
        style = "bold reverse" if self.has_focus else "bold $text-primary"
        lines = self._lines(self.content_size.width)
        if len(lines) > self._most:
            at = next((at for at, (value, _) in enumerate(self._options) if value == self.value), 0)
            place = f"  第 {at + 1} 个，共 {len(self._options)} 个 >"
            label = cut(visible(self._options[at][1]), max(self.content_size.width - cell_len(place) - 6, 8))
            return Content.assemble("< ", plain(f"(*) {label}", style), (place, "$text-muted"))
        content = Content("")
        for at, line in enumerate(lines):
            content += Content("\n" if at else "")
            for value, label in line:
                chosen = value == self.value
                content += plain(f"({'*' if chosen else ' '}) {label}", style if chosen else "") + Content(
                    "  "
                )
        return content

    def _lines(self, width: int) -> list[list[tuple[str, str]]]:
        lines: list[list[tuple[str, str]]] = [[]]
        used = 0
        for value, label in self._options:
            wide = cell_len(_shown(label)) + 2
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append((value, label))
            used += wide
        return lines


def _shown(label: str) -> str:
    return "( ) " + visible(label)
