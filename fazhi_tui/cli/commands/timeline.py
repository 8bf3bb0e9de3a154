"""``fazhi timeline``: everything dated, in order of time, as the screen's timeline shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fazhi_tui.cli.options import option
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.rows import broken_files, headings
from fazhi_tui.cli.tables import Cell, Column, table
from fazhi_tui.domain.columns import lead_text
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from datetime import date

    from fazhi_tui.domain.deadlines.dates import DayRange
    from fazhi_tui.service.reporting.timeline import Dated
    from fazhi_tui.service.view import View

COLUMNS = (
    Column("期限"),
    Column("情况"),
    *headings(("编号", "标题")),
    Column("事由", least=10),
    *headings(("牵头单位",)),
)
#: Standing → colour, by its word.
_COLOURS = {
    "逾期": "31",
    "逾期完成": "33",
    "待审核": "35",
    "待完成": "36",
    "已完成": "32",
    "已中止": "2",
    "不能断定": "1;31",
}


@command("timeline", "members", "at", "json", "repo", "today", query="只看合于条件的措施。")
def timeline(
    read: ReadContext,
    start: str | None = option("--from", metavar="日期", help="从哪一天起，如 2023-01-01、2023Q1、2023。"),
    end: str | None = option(
        "--to", metavar="日期", help="到哪一天止，写法相同；写季度、年份时到其最后一天。"
    ),
) -> None:
    """时间线：按期限先后列出每个事项的每一期和规划期末，各是什么情况。

    例：
      fazhi timeline --to 2023Q4
      fazhi timeline 'lead:sfj' --from 2023 --today 2023-06-30
      fazhi timeline 43 --json
    """
    from fazhi_tui.service.reporting.timeline import timeline_of

    view = read.view
    days = _days(view, start, end)
    found = timeline_of(view, read.select(read.query), days)
    broken = broken_files(view)
    read.answer(
        lambda: {
            "今天": view.today.isoformat(),
            "时间线": [_json(dated) for dated in found],
            "读不出来": [file.json() for file in broken],
        },
        lambda width: [
            *(f"错  {file.line}" for file in broken),
            *(table(COLUMNS, list(_rows(found, view.today)), width) if found else ["这段时间没有期限。"]),
        ],
    )


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


def _rows(found: tuple[Dated, ...], today: date) -> Iterator[tuple[str | Cell, ...]]:
    """A row for each, and between what was due before today and the rest a row that says so."""
    from fazhi_tui.service.reporting.timeline import label_of

    now = (Cell(today.isoformat(), "1"), Cell("今天", "1"), "", "", "", "")
    told = False
    for dated in found:
        measure, due = dated.row.measure, dated.due
        if not told and due.day >= today:
            told = True
            yield now
        said = f"{label_of(due)}，{due.done} 完成" if due.done else label_of(due)
        yield (
            due.day.isoformat(),
            Cell(due.standing.value, _COLOURS[due.standing.value]),
            one_line(measure.id),
            one_line(measure.display_title),
            one_line(said),
            lead_text(dated.row),
        )
    if not told:
        yield now


def _json(dated: Dated) -> dict[str, object]:
    measure, due = dated.row.measure, dated.due
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
