"""``fazhi board``: the measures by status, as the screen's board shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fazhi_tui.cli.command_table import QueryCommand
from fazhi_tui.cli.commands.list import warn_of_problems
from fazhi_tui.cli.completion.completer import complete_query
from fazhi_tui.cli.list_columns import Broken, deadline_text, listed, row_json, units_text
from fazhi_tui.cli.options import AtOption, JsonOption, MembersOption, RepoOption, TodayOption, open_reader
from fazhi_tui.cli.output import LIGHT_COLOURS, out, out_json, paint, pointing_at
from fazhi_tui.cli.tables import Cell, Column, table, terminal_width
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service.reporting.board import BoardColumn
    from fazhi_tui.service.view import View

app = typer.Typer()

COLUMNS = (
    Column("编号", right=True),
    Column("标题", least=16),
    Column("牵头单位", least=12),
    Column("灯"),
    Column("时限", least=10),
)


@app.command("board", cls=QueryCommand)
def board(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="筛选", help="只看合于条件的措施。", autocompletion=complete_query),
    ] = None,
    members: MembersOption = False,
    at: AtOption = None,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> None:
    """看板：按状态分列措施，每种状态一组，空的也列出。

    要改状态，用 fazhi report。

    例：
      fazhi board
      fazhi board 'lead:sfj' --today 2023-06-30
      fazhi board 'light:red,yellow' --json
    """
    view = open_reader(context, repo, today, members=members, at=at).load()
    text = " ".join(query or ()).strip()
    from fazhi_tui.service.reporting.board import board_of

    with pointing_at(text):
        columns = board_of(view.select(text))
    broken = [one for one in listed(view, ()) if isinstance(one, Broken)]
    if json:
        out_json(_json(view, columns, broken))
    else:
        out("\n".join(_lines(view, columns, broken)))
    warn_of_problems(view)


def _lines(view: View, columns: tuple[BoardColumn, ...], broken: list[Broken]) -> list[str]:
    width = terminal_width()
    lines: list[str] = []
    if broken:
        lines.append(paint(f"读不出来  {len(broken)} 个文件", "1"))
        lines += [f"{one_line(one.number) or '?'}  {one_line(one.path)}：{one.reason}" for one in broken]
        lines.append("")
    for column in columns:
        lines.append(paint(f"{column.status}  {len(column.rows)} 条", "1"))
        lines += (
            table(COLUMNS, [_cells(view, row) for row in column.rows], width) if column.rows else ["没有"]
        )
        lines.append("")
    return lines[:-1]


def _cells(view: View, row: Row) -> tuple[str | Cell, ...]:
    light = row.state.light
    return (
        one_line(row.measure.id),
        one_line(row.measure.display_title),
        units_text(row),
        Cell(one_line(view.settings.light_names.of(light)), LIGHT_COLOURS[light]),
        deadline_text(row),
    )


def _json(view: View, columns: tuple[BoardColumn, ...], broken: list[Broken]) -> dict[str, object]:
    return {
        "今天": view.today.isoformat(),
        "看板": [
            {
                "状态": column.status.value,
                "条数": len(column.rows),
                "措施": [row_json(row) for row in column.rows],
            }
            for column in columns
        ],
        "读不出来": [one.json() for one in broken],
    }
