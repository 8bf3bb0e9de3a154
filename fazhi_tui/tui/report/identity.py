"""Who reports: unit, name and email, asked once and kept in this repository's git configuration."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.widgets.footer import HintLine


class IdentityScreen(Window[Identity | None]):
    """Three fields; nothing is written here, the result is what was typed and is complete."""

    manual_page = "identity"
    BINDINGS: ClassVar[list[BindingType]] = bindings("fields")

    def __init__(self, view: View, identity: Identity, why: str = "") -> None:
        super().__init__()
        self._view = view
        self._identity = identity
        self._why = why or "填报时用作填报单位和填报人。"

    def compose(self) -> ComposeResult:
        """Why it is asked, the fields, a line for what is wrong."""
        with Vertical(classes="dialog form"):
            yield Static(plain("本单位与填报人"), classes="dialog-title")
            yield Static(plain(f"{self._why}存于本仓库的 git 配置，只问这一次。"), classes="form-note")
            for name, label, value in (
                ("unit", "单位", self._identity.unit),
                ("name", "姓名", self._identity.name),
                ("email", "邮箱", self._identity.email),
            ):
                yield Static(plain(label), classes="form-label")
                yield LineField(one_line(value), id=f"identity-{name}", compact=True)
            yield Static("", id="form-mistake", markup=False)
            yield HintLine(
                [("Enter", "下一项", ""), ("F2", "保存", "screen.save"), ("Esc", "取消", "screen.close")],
                id="dialog-hints",
            )

    def on_mount(self) -> None:
        """Begin at the first empty field."""
        fields = list(self.query(LineField))
        next((field for field in fields if not field.value), fields[0]).focus()

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.query_one(f"#identity-{name}", LineField).value.strip()

    @on(Input.Changed, "#identity-unit")
    def _unit_typed(self) -> None:
        typed = self.value("unit")
        units = [unit.name for unit in self._view.index.search(typed)[:4]] if typed else []
        self._tell("、".join(units) if units and units != [typed] else "", "$text-muted")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(LineField))
        empty = [field for field in fields if not field.value.strip()]
        if empty:
            empty[0].focus()
        else:
            self.action_save()

    def action_save(self) -> None:
        """Take what was typed, if it is complete."""
        try:
            unit = self._view.index.resolve(self.value("unit"))
        except UsageError as error:
            self._tell(f"{error.message}。{error.hint}", "$text-error")
            self.query_one("#identity-unit").focus()
            return
        name, email = self.value("name"), self.value("email")
        if not name or not email:
            self._tell("姓名和邮箱都要填写", "$text-error")
            return
        self.dismiss(Identity(unit.name, name, email))

    def action_close(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    def _tell(self, text: str, style: str) -> None:
        self.query_one("#form-mistake", Static).update(plain(one_line(text), style))
