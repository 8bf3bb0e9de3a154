"""The form of a decision: a few fields, what is wrong told in place, a changed one asks before it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.widgets.footer import HintLine

#: Says what is wrong with the values; an empty string where nothing is.
Check = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its label, what stands in it at first, and what may be completed in it."""

    label: str
    value: str = ""
    suggestions: tuple[str, ...] = ()


class DecisionForm(Window[tuple[str, ...] | None]):
    """The values of the fields, or None where the person left."""

    manual_page = "review"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("ctrl+s,f2", "save", show=False),
    ]

    def __init__(self, title: str, note: str, fields: Sequence[Field], check: Check | None = None) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._fields = tuple(fields)
        self._check = check
        self._asked = False

    def compose(self) -> ComposeResult:
        """What it is about, the fields, a line for what is wrong."""
        with Vertical(classes="dialog form"):
            yield Static(plain(self._title), classes="dialog-title")
            if self._note:
                yield Static(plain(self._note), classes="form-note")
            for index, field in enumerate(self._fields):
                yield Static(plain(field.label), classes="form-label")
                yield LineField(
                    one_line(field.value, 2000),
                    id=f"field-{index}",
                    compact=True,
                    suggester=SuggestFromList(field.suggestions) if field.suggestions else None,
                )
            yield Static("", id="form-mistake", markup=False)
            yield HintLine(
                [("Enter", "下一项", ""), ("F2", "确定", "screen.save"), ("Esc", "取消", "screen.close")],
                id="dialog-hints",
            )

    def on_mount(self) -> None:
        """Begin in the first field."""
        self.query(LineField).first().focus()

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return tuple(field.value.strip() for field in self.query(LineField))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._asked = False
        self._tell("")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(LineField))
        at = fields.index(event.input)  # type: ignore[arg-type]
        if at + 1 < len(fields):
            fields[at + 1].focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Take what was typed, if nothing is wrong with it."""
        mistake = self._check(self.values) if self._check else ""
        if mistake:
            self._tell(mistake)
        else:
            self.dismiss(self.values)

    def action_close(self) -> None:
        """Leave; what was typed is only given up at a second Esc."""
        changed = self.values != tuple(one_line(field.value, 2000).strip() for field in self._fields)
        if changed and not self._asked:
            self._asked = True
            self._tell("填的内容还没有确定：再按一次 Esc 放弃，按 F2 确定")
        else:
            self.dismiss(None)

    def _tell(self, text: str) -> None:
        self.query_one("#form-mistake", Static).update(plain(one_line(text), "$text-error"))
