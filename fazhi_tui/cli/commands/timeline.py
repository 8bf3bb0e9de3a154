"""``fazhi timeline``: everything dated, in order of time, as the screen's timeline shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi_tui.cli.command_table import QueryCommand
from fazhi_tui.cli.commands.list import warn_of_problems
from fazhi_tui.cli.completion.completer import complete_query
from fazhi_tui.cli.list_columns import Broken, listed, units_text
from fazhi_tui.cli.options import AtOption, JsonOption, MembersOption, RepoOption, TodayOption, open_reader
from fazhi_tui.cli.output import out, out_json, pointing_at
from fazhi_tui.cli.tables import Cell, Column, table, terminal_width
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from datetime import date

    from fazhi_tui.domain.deadlines.dates import DayRange
    from fazhi_tui.service.reporting.timeline import Dated
    from fazhi_tui.service.view import View

app = typer.Typer()

COLUMNS = (
    Column("期限"),
    Column("情况"),
    Column("编号", right=True),
    Column("标题", least=16),
    Column("事由", least=10),
    Column("牵头单位", least=12),
)
#: Standing → colour, by its word.
_COLOURS = {"逾期": "31", "逾期完成": "33", "待审核": "35", "待完成": "36", "已完成": "32", "已中止": "2"}


@app.command("timeline", cls=QueryCommand)
def timeline(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="筛选", help="只看合于条件的措施。", autocompletion=complete_query),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="日期", help="从哪一天起，如 2023-01-01、2023Q1、2023。"),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--to", metavar="日期", help="到哪一天止，写法相同；写季度、年份时到其最后一天。"),
    ] = None,
    members: MembersOption = False,
    at: AtOption = None,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> None:
    """时间线：按期限先后列出每个事项的每一期和规划期末，各是什么情况。

    例：
      fazhi timeline --to 2023Q4
      fazhi timeline 'lead:sfj' --from 2023 --today 2023-06-30
      fazhi timeline 43 --json
    """
    view = open_reader(context, repo, today, members=members, at=at).load()
    text = " ".join(query or ()).strip()
    days = _days(view, start, end)
    from fazhi_tui.service.reporting.timeline import timeline_of

    with pointing_at(text):
        found = timeline_of(view, view.select(text), days)
    broken = [one for one in listed(view, ()) if isinstance(one, Broken)]
    if json:
        out_json(
            {
                "今天": view.today.isoformat(),
                "时间线": [_json(one) for one in found],
                "读不出来": [one.json() for one in broken],
            }
        )
    else:
        out("\n".join(_lines(view, found, broken)))
    warn_of_problems(view)


def _days(view: View, start: str | None, end: str | None) -> DayRange:
    """The days asked for.  Raises :class:`UsageError` for what is no date, and for a wrong order."""
    from fazhi_tui.domain.deadlines.dates import DayRange

    first, last = _point(view, "--from", start), _point(view, "--to", end)
    days = DayRange(first.start if first else None, last.end if last else None)
    if days.start and days.end and days.start > days.end:
        raise UsageError(f"--from {days.start} 晚于 --to {days.end}", "把两个日期对调")
    return days


def _point(view: View, option: str, text: str | None) -> DayRange | None:
    from fazhi_tui.domain.deadlines.dates import parse_day_range

    if text is None:
        return None
    found = parse_day_range(text, view.today)
    if found.start is None or found.end is None or ".." in text or "。。" in text:
        raise UsageError(
            f"{option} 的值「{one_line(text, 30)}」不是一个日期", f"例如 {option} 2023-06-30、{option} 2023Q2"
        )
    return found


def _lines(view: View, found: tuple[Dated, ...], broken: list[Broken]) -> list[str]:
    lines = [f"错  {one_line(one.number) or '?'}  {one_line(one.path)}：{one.reason}" for one in broken]
    if not found:
        return [*lines, "这段时间没有期限。"]
    rows = list(_rows(found, view.today))
    return [*lines, *table(COLUMNS, rows, terminal_width())]


def _rows(found: tuple[Dated, ...], today: date) -> Iterator[tuple[str | Cell, ...]]:
    """A row for each, and between what was due before today and the rest a row that says so."""
    from fazhi_tui.service.reporting.timeline import label_of

    told = False
    for one in found:
        if not told and one.due.day >= today:
            told = True
            yield (Cell(today.isoformat(), "1"), Cell("今天", "1"), "", "", "", "")
        measure, due = one.row.measure, one.due
        said = f"{label_of(due)}，{due.done} 完成" if due.done else label_of(due)
        yield (
            due.day.isoformat(),
            Cell(due.standing.value, _COLOURS[due.standing.value]),
            one_line(measure.id),
            one_line(measure.display_title),
            one_line(said),
            units_text(one.row),
        )
    if not told:
        yield (Cell(today.isoformat(), "1"), Cell("今天", "1"), "", "", "", "")


def _json(one: Dated) -> dict[str, object]:
    measure, due = one.row.measure, one.due
    return {
        "期限": due.day.isoformat(),
        "情况": due.standing.value,
        "编号": measure.id,
        "标题": measure.title,
        "事由": due.label,
        "规划期末": due.is_end,
        "原定": due.first_day.isoformat(),
        "完成": due.done.isoformat() if due.done else None,
        "牵头单位": list(measure.leads),
        "责任单位": list(measure.responsible),
    }
