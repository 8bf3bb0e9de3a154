"""Choosing a common way of writing a note in the forms: the city's own templates, then the program's."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.templates import OfferedTemplate
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import plain

NAME_WIDTH = 16


class TemplateScreen(Picker[OfferedTemplate]):
    """The result is the template that was chosen."""

    placeholder = "名称或内容的一部分"

    def __init__(self, offered: Sequence[OfferedTemplate], kind: str) -> None:
        super().__init__()
        self.heading = f"模板：{kind}"
        self._offered = tuple(offered)

    def find(self, typed: str) -> Sequence[Pick[OfferedTemplate]]:
        """Templates whose name or text holds what was typed."""
        return [
            Pick(self._line(offered), offered)
            for offered in self._offered
            if any(
                typed.casefold() in text.casefold() for text in (offered.template.name, offered.template.text)
            )
        ]

    def _line(self, offered: OfferedTemplate) -> Content:
        text = one_line(offered.template.text, 200)
        name = pad(one_line(offered.template.name), NAME_WIDTH)
        rest = max(self.list_width - cell_len(name) - 7, 8)
        return Content.assemble((name, "bold"), (f" {offered.whose}  ", "$text-muted"), cut(text, rest))

    def about(self) -> Content:
        """Where the city's own are written, and that there are none where there are none."""
        said = "【】里是要填的空；本地共用的模板写在 plan/templates.yaml"
        return plain(said if self._offered else f"这一类没有模板；{said}", "$text-muted")
