"""Who reports: unit, name and email, asked once and kept in this repository's git configuration."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.service.view import View
from fazhi_tui.tui.dialogs.fields_form import Field, FieldsForm

UNIT = 0


class IdentityScreen(FieldsForm[Identity]):
    """Three fields; nothing is written here, the result is what was typed and is complete."""

    hints = (("Enter", "下一项", ""), ("F2", "保存", "screen.save"), ("Esc", "取消", "screen.close"))
    manual_page = "identity"

    def __init__(self, view: View, identity: Identity, why: str = "") -> None:
        note = f"{why or '填报时用作填报单位和填报人。'}存于本仓库的 git 配置，只问这一次。"
        fields = [Field("单位", identity.unit), Field("姓名", identity.name), Field("邮箱", identity.email)]
        super().__init__("本单位与填报人", note, fields)
        self._view = view

    def first_field(self) -> int:
        """The first empty one."""
        return next((at for at, value in enumerate(self.values) if not value), 0)

    @on(Input.Changed, f"#field-{UNIT}")
    def _unit_typed(self) -> None:
        typed = self.values[UNIT]
        units = [unit.name for unit in self._view.index.search(typed)[:4]] if typed else []
        self.tell("、".join(units) if units and units != [typed] else "", "$text-muted")

    def entered(self, at: int) -> None:  # noqa: ARG002
        """Enter goes to the next empty field; where none is empty it saves."""
        if all(self.values):
            self.action_save()
        else:
            self.field(self.first_field()).focus()

    def action_save(self) -> None:
        """Take what was typed, if it is complete."""
        typed, name, email = self.values
        try:
            unit = self._view.index.resolve(typed)
        except UsageError as error:
            self.tell(f"{error.message}。{error.hint}")
            self.field(UNIT).focus()
            return
        if not name or not email:
            self.tell("姓名和邮箱都要填写")
            return
        self.dismiss(Identity(unit.name, name, email))
