"""A form of a few fields of one line in a small window; what is wrong is told in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.fields import LineField

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its label, what stands in it at first, and what may be completed in it.

    ``max_length`` is in characters; 0 sets no limit.
    """

    label: str
    value: str = ""
    suggestions: tuple[str, ...] = ()
    placeholder: str = ""
    max_length: int = 0


class FieldsForm(Window[ResultT | None]):
    """A note, the fields under their labels, a line for what is wrong; F2 saves, Esc leaves."""

    frame = "form"
    hints = (("Enter", "下一项", ""), ("F2", "确定", "screen.save"), ("Esc", "取消", "screen.close"))
    BINDINGS = bindings("fields")

    def __init__(self, heading: str, note: str, fields: Sequence[Field], mistake: str = "") -> None:
        super().__init__()
        self.heading = heading
        self._note = note
        self._fields = tuple(fields)
        self._mistake = mistake

    def content_widgets(self) -> ComposeResult:
        """What it is about, the fields, a line for what is wrong."""
        if self._note:
            yield Static(plain(self._note), classes="form-note")
        for index, field in enumerate(self._fields):
            yield Static(plain(field.label), classes="form-label")
            yield LineField(
                one_line(field.value, 2000),
                id=f"field-{index}",
                compact=True,
                placeholder=field.placeholder,
                max_length=field.max_length,
                suggester=SuggestFromList(field.suggestions) if field.suggestions else None,
            )
        yield from self.more_widgets()
        yield Static(plain(self._mistake, "$text-error"), id="form-mistake")

    def more_widgets(self) -> ComposeResult:
        """What stands under the fields."""
        yield from ()

    def on_mount(self) -> None:
        """Begin to type."""
        self.field(self.first_field()).focus()

    def first_field(self) -> int:
        """In which field one begins."""
        return 0

    def field(self, at: int) -> LineField:
        """The field at an index."""
        return self.query_one(f"#field-{at}", LineField)

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return tuple(field.value.strip() for field in self.query(LineField))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        self.entered(int((event.input.id or "").removeprefix("field-")))

    def entered(self, at: int) -> None:
        """Enter in a field: on to the next; in the last one it saves."""
        if at + 1 < len(self._fields):
            self.field(at + 1).focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Take what was typed, if nothing is wrong with it."""
        raise NotImplementedError

    def tell(self, text: str, style: str = "$text-error") -> None:
        """Say what is wrong; an empty text: nothing is."""
        self.query_one("#form-mistake", Static).update(plain(one_line(text), style))
