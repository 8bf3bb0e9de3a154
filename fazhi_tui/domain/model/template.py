"""Templates of notes."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.note import NoteKind


@dataclass(frozen=True, slots=True)
class Template:
    """A common way of writing a note: text with blanks to fill (``【...】``) and facts (``{措施}``)."""

    name: str = keyed("名称", "模板的名称，如 季度进展。", minLength=1, maxLength=30)
    text: str = keyed(
        "内容", "模板的内容：【】里是要填的空；{措施}、{标题}、{单位}、{期}、{日期} 用时自动填上。",
        minLength=1, block=True,
    )  # fmt: skip
    kind: NoteKind | None = keyed("类型", "用于哪一类填报；不写则都可以用。", default=None)


@dataclass(frozen=True, slots=True)
class TemplateRegister:
    """The whole of ``plan/templates.yaml``."""

    templates: tuple[Template, ...] = keyed("模板", "全部模板，按显示的顺序。")
