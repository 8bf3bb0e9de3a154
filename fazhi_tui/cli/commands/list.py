"""``fazhi list``: the measures that a query keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.rows import Broken, broken_files, cells, headings, listed, row_json
from fazhi_tui.cli.tables import table
from fazhi_tui.domain.columns import BY_NAME, DEFAULT
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service.view import View


@command("list", "members", "view", "at", "json", "repo", "today", query="筛选条件；不写则列出全部。")
def list_measures(read: ReadContext) -> None:
    """列出符合条件的措施。

    条件写成 字段:值，字段可用中文或英文，单位可用简称、拼音或拼音首字母；
    空格表示并且，逗号表示或者，前面加 - 表示除外。

    例：
      fazhi list
      fazhi list 'lead:sfj status:推进中'
      fazhi list '牵头:市司法局 截止<2023-01-01 复议'
      fazhi list 'light:red,yellow' --json
    """
    saved, view = read.saved_view, read.view
    rows = read.select(read.query)
    lines = listed(view, rows)
    if saved and saved.order:
        from fazhi_tui.domain.sorting import Order

        # What cannot be read stands first, as it has nothing to be put in order by.
        lines = [*broken_files(view), *Order.written(saved.order).of(rows)]
    names = [name for name in saved.columns if name in BY_NAME] if saved else []
    names = names or list(DEFAULT)
    lights = view.settings.light_names
    read.answer(
        lambda: [line.json() if isinstance(line, Broken) else row_json(line) for line in lines],
        lambda width: table(
            headings(names),
            [line.cells(names) if isinstance(line, Broken) else cells(line, names, lights) for line in lines],
            width,
        ),
        note=_footer(view, len(rows)),
    )


def _footer(view: View, shown: int) -> str:
    """How many of how many, and what the source lost; for people, not for pipes."""
    total = len(view.rows)
    text = f"共 {total} 条" if shown == total else f"{shown} 条，全部 {total} 条"
    gaps = view.tracker.plan.gaps if view.tracker.plan else ()
    if gaps:
        text += f"；另有 {len(gaps)} 条原文缺失（{one_line('、'.join(gap.id for gap in gaps))}）"
    return text
