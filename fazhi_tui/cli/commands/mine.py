"""``fazhi mine``: what waits for one's own body."""

from __future__ import annotations

from typing import Annotated

import typer

from fazhi_tui.cli.commands.list import warn_of_problems
from fazhi_tui.cli.completion.completer import complete_unit
from fazhi_tui.cli.options import AtOption, JsonOption, MembersOption, RepoOption, TodayOption, open_reader
from fazhi_tui.cli.output import LIGHT_COLOURS, out, out_json, paint
from fazhi_tui.cli.tables import Cell, Column, table, terminal_width
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.my_unit import Home, home_of
from fazhi_tui.service.view import View

app = typer.Typer()

COLUMNS = (Column("编号", right=True), Column("标题", least=16), Column("灯"), Column("说明", least=20))


@app.command("mine")
def mine(
    context: typer.Context,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="单位",
            help="看哪个单位的；不写则取 git 配置 fazhi.unit。",
            autocompletion=complete_unit,
        ),
    ] = None,
    members: MembersOption = False,
    at: AtOption = None,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> None:
    """我的单位：红灯、被退回、催办、近期到期、待填报的；统筹单位另有待审核、延期、分歧和漏报。

    例：
      fazhi mine
      fazhi mine --unit sfj --json
    """
    reader = open_reader(context, repo, today, members=members, at=at)
    view = reader.load()
    name = unit or reader.repository.identity().unit
    if not name:
        raise UsageError("没有指明单位", "用 --unit 指明，或运行 git config fazhi.unit 单位名称 设为本单位")
    home = home_of(view, view.index.resolve(name).name)
    if json:
        out_json(_json(home))
    else:
        out("\n".join(_lines(view, home)))
    warn_of_problems(view)


def _lines(view: View, home: Home) -> list[str]:
    width = terminal_width()
    names = view.settings.light_names
    lines = [paint(f"{one_line(home.unit)}  主办 {home.charged} 条，参加 {home.joined} 条", "1")]
    for group in home.groups:
        rows = [
            (
                one_line(entry.row.measure.id),
                one_line(entry.row.measure.display_title),
                Cell(one_line(names.of(entry.row.state.light)), LIGHT_COLOURS[entry.row.state.light]),
                one_line(entry.text),
            )
            for entry in group.entries
        ]
        lines += ["", f"{one_line(group.name)}  {len(group.entries)}", *table(COLUMNS, rows, width)]
    return lines if home.groups else [*lines, "", "没有等待办理的。"]


def _json(home: Home) -> dict[str, object]:
    return {
        "单位": home.unit,
        "统筹单位": home.is_coordinator,
        "主办": home.charged,
        "参加": home.joined,
        "等待": [
            {
                "类别": group.name,
                "措施": [{"编号": entry.row.measure.id, "说明": entry.text} for entry in group.entries],
            }
            for group in home.groups
        ],
    }
