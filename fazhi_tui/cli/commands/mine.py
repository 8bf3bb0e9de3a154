"""``fazhi mine``: what waits for one's own body."""

from __future__ import annotations

from fazhi_tui.cli.completion.values import complete_unit
from fazhi_tui.cli.options import option
from fazhi_tui.cli.output import paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.rows import cells, headings
from fazhi_tui.cli.tables import Column, table
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.my_unit import Home, home_of

NAMES = ("编号", "标题", "灯")
COLUMNS = (*headings(NAMES), Column("说明", least=20))


@command("mine", "members", "at", "json", "repo", "today")
def mine(
    read: ReadContext,
    unit: str | None = option(
        "--unit", metavar="单位", help="看哪个单位的；不写则取 git 配置 fazhi.unit。", complete=complete_unit
    ),
) -> None:
    """我的单位：红灯、被退回、催办、近期到期、待填报的；统筹单位另有待审核、延期、分歧和漏报。

    例：
      fazhi mine
      fazhi mine --unit sfj --json
    """
    view = read.view
    name = unit or read.reader.repository.identity().unit
    if not name:
        raise UsageError("没有指明单位", "用 --unit 指明，或运行 git config fazhi.unit 单位名称 设为本单位")
    home = home_of(view, view.index.resolve(name).name)
    read.answer(
        lambda: {
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
        },
        lambda width: _lines(home, view.settings.light_names, width),
    )


def _lines(home: Home, lights: LightNames, width: int | None) -> list[str]:
    lines = [paint(f"{one_line(home.unit)}  主办 {home.charged} 条，参加 {home.joined} 条", "1")]
    for group in home.groups:
        rows = [[*cells(entry.row, NAMES, lights), one_line(entry.text)] for entry in group.entries]
        lines += ["", f"{one_line(group.name)}  {len(group.entries)}", *table(COLUMNS, rows, width)]
    return lines if home.groups else [*lines, "", "没有等待办理的。"]
