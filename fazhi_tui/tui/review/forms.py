"""The form of a decision: a few fields, what is wrong told in place, a changed one asks before it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.widgets import Input

from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.dialogs.fields_form import Field, FieldsForm

#: Says what is wrong with the values; an empty string where nothing is.
Check = Callable[[Sequence[str]], str]


class DecisionForm(FieldsForm[tuple[str, ...]]):
    """The values of the fields, or None where the person left."""

    manual_page = "review"

    def __init__(self, title: str, note: str, fields: Sequence[Field], check: Check | None = None) -> None:
        super().__init__(title, note, fields)
        self._check = check
        self._asked = False

    @on(Input.Changed)
    def _typed(self) -> None:
        self._asked = False
        self.tell("")

    def action_save(self) -> None:
        """Take what was typed, if nothing is wrong with it."""
        mistake = self._check(self.values) if self._check else ""
        if mistake:
            self.tell(mistake)
        else:
            self.dismiss(self.values)

    def action_close(self) -> None:
        """Leave; what was typed is only given up at a second Esc."""
        changed = self.values != tuple(one_line(field.value, 2000).strip() for field in self._fields)
        if changed and not self._asked:
            self._asked = True
            self.tell("填的内容还没有确定：再按一次 Esc 放弃，按 F2 确定")
        else:
            self.dismiss(None)
