"""``fazhi list``: the measures that a query keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fazhi_tui.cli.commands import QueryCommand
from fazhi_tui.cli.completing import complete_query
from fazhi_tui.cli.derived import Broken, deadline_text, listed, row_json, units_text
from fazhi_tui.cli.options import AtOption, JsonOption, MembersOption, RepoOption, TodayOption, open_workspace
from fazhi_tui.cli.output import LIGHT_COLOURS, counted, err, out, out_json, pointing_at
from fazhi_tui.cli.render import Cell, Column, table, terminal_width
from fazhi_tui.model import LightNames, Row
from fazhi_tui.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service import View

app = typer.Typer()

COLUMNS = (
    Column("编号", right=True),
    Column("标题", least=16),
    Column("牵头单位", least=12),
    Column("状态"),
    Column("时限", least=10),
    Column("灯"),
)


@app.command("list", cls=QueryCommand)
def list_measures(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="筛选", help="筛选条件；不写则列出全部。", autocompletion=complete_query),
    ] = None,
    members: MembersOption = False,
    at: AtOption = None,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> None:
    """列出符合条件的措施。

    条件写成 字段:值，字段可用中文或英文，单位可用简称、拼音或拼音首字母；
    空格表示并且，逗号表示或者，前面加 - 表示除外。

    例：
      fazhi list
      fazhi list 'lead:sfj status:推进中'
      fazhi list '牵头:市司法局 截止<2023-01-01 复议'
      fazhi list 'light:red,yellow' --json
    """
    view = open_workspace(context, repo, today, members=members, at=at).load()
    text = " ".join(query or ()).strip()
    with pointing_at(text):
        rows = view.select(text)
    if json:
        out_json([one.json() if isinstance(one, Broken) else row_json(one) for one in listed(view, rows)])
    else:
        _print_table(view, rows)
    warn_of_problems(view)


def _print_table(view: View, rows: tuple[Row, ...]) -> None:
    width = terminal_width()
    names = view.settings.light_names
    out("\n".join(table(COLUMNS, [_cells(one, names) for one in listed(view, rows)], width)))
    if width is not None:
        err(_footer(view, len(rows)))


def _cells(one: Row | Broken, names: LightNames) -> tuple[str | Cell, ...]:
    if isinstance(one, Broken):
        where = one_line(f"{one.path}：{one.reason}")
        return (one_line(one.number) or "?", where, "-", "-", "-", Cell("错", "31"))
    return (
        one_line(one.measure.id),
        one_line(one.measure.display_title),
        units_text(one),
        one.state.status.value,
        deadline_text(one),
        Cell(one_line(names.of(one.state.light)), LIGHT_COLOURS[one.state.light]),
    )


def _footer(view: View, shown: int) -> str:
    """How many of how many, and what the source lost; for people, not for pipes."""
    total = len(view.rows)
    text = f"共 {total} 条" if shown == total else f"{shown} 条，全部 {total} 条"
    gaps = view.tracker.plan.gaps if view.tracker.plan else ()
    if gaps:
        text += f"；另有 {len(gaps)} 条原文缺失（{one_line('、'.join(gap.id for gap in gaps))}）"
    return text


def warn_of_problems(view: View) -> None:
    """What everybody has to be told beside the answer: that it is the past, that files have problems."""
    if view.past is not None:
        err(one_line(view.past.said))
    if view.problems:
        err(f"文件中有 {counted(problem.severity for problem in view.problems)}，运行 fazhi check 查看。")
