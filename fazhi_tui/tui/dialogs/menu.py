"""A short list in which every line has a key of its own: one stroke chooses, arrows and Enter do as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_letters, digits
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.domain.text.cells import cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
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


def with_keys(choices: Iterable[MenuLine[ResultT]]) -> list[MenuLine[ResultT]]:
    """The lines, each with a key: as wanted, else digits (an IME lets them through), then letters."""
    choices = list(choices)
    taken = {one.key for one in choices if one.key}
    free = (key for key in digits[1:] + ascii_letters if key not in taken)
    return [
        one
        if one.key or one.result is None
        else MenuLine(one.label, one.result, one.note, next(free, ""), one.style)
        for one in choices
    ]


class Menu(Window[ResultT | None]):
    """The result is what was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]
    heading = ""
    hints: tuple[tuple[str, str, str], ...] = ()

    def __init__(self, heading: str = "", choices: Sequence[MenuLine[ResultT]] = ()) -> None:
        super().__init__()
        self._heading = heading or self.heading
        self._given = list(choices)
        self._choices: list[MenuLine[ResultT]] = []

    def compose(self) -> ComposeResult:
        """Heading, lines, hints."""
        with Vertical(classes="dialog menu"):
            yield Static(plain(self._heading), classes="dialog-title", id="menu-title")
            yield LineList(id="menu-list", markup=False)
            yield HintLine(
                [
                    ("行首的键", "选定", ""),
                    ("Enter", "选定", ""),
                    *self.hints,
                    ("Esc", "关闭", "screen.close"),
                ],
                id="dialog-hints",
            )

    def on_mount(self) -> None:
        """The first line that can be chosen is in hand."""
        self.refill()
        self.query_one("#menu-list").focus()

    def choices(self) -> Sequence[MenuLine[ResultT]]:
        """The lines."""
        return self._given

    def refill(self) -> None:
        """Show the lines as they are now; the cursor stays."""
        listing = self.query_one("#menu-list", OptionList)
        kept = listing.highlighted
        self._choices = with_keys(self.choices())
        width = max(min(76, self.app.size.width) - 8, 20)
        listing.set_options(
            Option(_line(choice, width), disabled=choice.result is None) for choice in self._choices
        )
        able = [at for at, choice in enumerate(self._choices) if choice.result is not None]
        if able:
            listing.highlighted = kept if kept in able else self.first(able)

    def first(self, able: Sequence[int]) -> int:
        """Which line is in hand at first."""
        return able[0]

    @property
    def in_hand(self) -> MenuLine[ResultT] | None:
        """The line under the cursor."""
        at = self.query_one("#menu-list", OptionList).highlighted
        return self._choices[at] if at is not None and at < len(self._choices) else None

    def on_key(self, event: events.Key) -> None:
        """The key of a line chooses it."""
        found = next((one for one in self._choices if one.key and one.key == event.character), None)
        if found is not None and found.result is not None:
            event.stop()
            event.prevent_default()
            self.take(found.result)

    @on(OptionList.OptionSelected, "#menu-list")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        result = self._choices[event.option_index].result
        if result is not None:
            self.take(result)

    def take(self, result: ResultT) -> None:
        """What choosing a line does: it is the answer, unless a menu knows better."""
        self.dismiss(result)

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


def _line(choice: MenuLine[ResultT], width: int) -> Content:
    left = int((width - 4) * LABEL_SHARE) if choice.note else width - 4
    return Content.assemble(
        (f"{choice.key or ' '}  ", "bold $footer-key-foreground"),
        (pad(one_line(choice.label), left), choice.style),
        ("  " + cut(one_line(choice.note), max(width - 6 - left, 0)) if choice.note else "", "$text-muted"),
    )
