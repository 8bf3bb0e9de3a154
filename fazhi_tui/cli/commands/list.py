"""``fazhi list``: the measures that a query keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fazhi_tui.cli.command_table import QueryCommand
from fazhi_tui.cli.completion.completer import complete_query
from fazhi_tui.cli.list_columns import Broken, deadline_text, listed, row_json, units_text
from fazhi_tui.cli.options import (
    AtOption,
    JsonOption,
    MembersOption,
    RepoOption,
    TodayOption,
    ViewOption,
    asked_view,
    narrowed,
    open_reader,
)
from fazhi_tui.cli.output import LIGHT_COLOURS, counted, err, out, out_json, pointing_at
from fazhi_tui.cli.tables import Cell, Column, table, terminal_width
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fazhi_tui.service.view import View

app = typer.Typer()

COLUMNS = (
    Column("编号", right=True),
    Column("标题", least=16),
    Column("牵头单位", least=12),
    Column("状态"),
    Column("时限", least=10),
    Column("灯"),
)
#: Those that a saved view may ask for, by name.
EVERY_COLUMN = {
    column.heading: column
    for column in (
        *COLUMNS,
        Column("参加单位", least=12),
        Column("责任单位", least=12),
        Column("节", least=12),
        Column("更新"),
        Column("填报", right=True),
        Column("进度", right=True),
    )
}


@app.command("list", cls=QueryCommand)
def list_measures(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="筛选", help="筛选条件；不写则列出全部。", autocompletion=complete_query),
    ] = None,
    members: MembersOption = False,
    view: ViewOption = None,
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
    reader = open_reader(context, repo, today, members=members, at=at)
    saved = asked_view(context, reader, view)
    read = reader.load()
    text = narrowed(saved, query)
    with pointing_at(text):
        rows = read.select(text)
    lines = listed(read, rows)
    if saved and saved.order:
        from fazhi_tui.domain.sorting import Order

        # What cannot be read stands first, as it has nothing to be put in order by.
        broken = [one for one in lines if isinstance(one, Broken)]
        lines = [*broken, *Order.written(saved.order).of(rows)]
    if json:
        out_json([one.json() if isinstance(one, Broken) else row_json(one) for one in lines])
    else:
        _print_table(read, lines, len(rows), saved.columns if saved else ())
    warn_of_problems(read)


def _print_table(view: View, lines: Sequence[Row | Broken], shown: int, names: Sequence[str]) -> None:
    width = terminal_width()
    lights = view.settings.light_names
    chosen = [name for name in names if name in EVERY_COLUMN] or [column.heading for column in COLUMNS]
    columns = [EVERY_COLUMN[name] for name in chosen]
    cells = [_cells(one, lights) for one in lines]
    out("\n".join(table(columns, [tuple(each[name] for name in chosen) for each in cells], width)))
    if width is not None:
        err(_footer(view, shown))


def _cells(one: Row | Broken, names: LightNames) -> dict[str, str | Cell]:
    if isinstance(one, Broken):
        where = one_line(f"{one.path}：{one.reason}")
        blank: dict[str, str | Cell] = dict.fromkeys(EVERY_COLUMN, "-")
        return {**blank, "编号": one_line(one.number) or "?", "标题": where, "灯": Cell("错", "31")}
    state = one.state
    return {
        "编号": one_line(one.measure.id),
        "标题": one_line(one.measure.display_title),
        "牵头单位": units_text(one),
        "参加单位": one_line("、".join(one.measure.participants)) or "-",
        "责任单位": one_line("、".join(one.measure.responsible)) or "-",
        "节": one_line(one.measure.section or "-"),
        "填报": str(len(state.notes) or "-"),
        "状态": state.status.value,
        "时限": deadline_text(one),
        "灯": Cell(one_line(names.of(state.light)), LIGHT_COLOURS[state.light]),
        "更新": f"{state.updated:%Y-%m-%d}" if state.updated else "-",
        "进度": "-" if state.progress is None else f"{state.progress}%",
    }


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
