"""``fazhi board``: the measures by status, as the screen's board shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.cli.output import paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.rows import Broken, broken_files, cells, headings, row_json
from fazhi_tui.cli.tables import table

if TYPE_CHECKING:
    from fazhi_tui.domain.model.light import LightNames
    from fazhi_tui.service.reporting.board import BoardColumn

COLUMNS = ("编号", "标题", "牵头单位", "灯", "时限")


@command("board", "members", "at", "json", "repo", "today", query="只看合于条件的措施。")
def board(read: ReadContext) -> None:
    """看板：按状态分列措施，每种状态一组，空的也列出。

    要改状态，用 fazhi report。

    例：
      fazhi board
      fazhi board 'lead:sfj' --today 2023-06-30
      fazhi board 'light:red,yellow' --json
    """
    from fazhi_tui.service.reporting.board import board_of

    view = read.view
    columns = board_of(read.select(read.query))
    broken = broken_files(view)
    read.answer(
        lambda: {
            "今天": view.today.isoformat(),
            "看板": [
                {
                    "状态": column.status.value,
                    "条数": len(column.rows),
                    "措施": [row_json(row) for row in column.rows],
                }
                for column in columns
            ],
            "读不出来": [file.json() for file in broken],
        },
        lambda width: _lines(columns, broken, view.settings.light_names, width),
    )


def _lines(
    columns: tuple[BoardColumn, ...], broken: list[Broken], lights: LightNames, width: int | None
) -> list[str]:
    lines: list[str] = []
    if broken:
        lines += [paint(f"读不出来  {len(broken)} 个文件", "1"), *(file.line for file in broken), ""]
    for column in columns:
        rows = [cells(row, COLUMNS, lights) for row in column.rows]
        lines += [
            paint(f"{column.status}  {len(column.rows)} 条", "1"),
            *(table(headings(COLUMNS), rows, width) if rows else ["没有"]),
            "",
        ]
    return lines[:-1]
