"""``fazhi stats``: the figures, and who has not reported."""

from __future__ import annotations

from fazhi_tui.cli.options import flag, option
from fazhi_tui.cli.read_context import ReadContext, command


@command("stats", "members", "at", "json", "repo", "today", query="只统计合于条件的措施。")
def stats(
    read: ReadContext,
    missing: bool = flag("--missing", help="只列漏报：哪个单位、哪一条。"),
    period: str | None = option(
        "--period", metavar="期", help="看哪一期的漏报，如 2023年第1季度；不写则取上一期。"
    ),
) -> None:
    """统计各状态、各灯、各节、各单位的条数，逾期最多的单位，每月填报，上一期的漏报。

    例：
      fazhi stats
      fazhi stats 'lead:sfj' --json
      fazhi stats --missing --today 2023-07-01
    """
    from fazhi_tui.cli import stats_text
    from fazhi_tui.service.reporting.missing import period_named
    from fazhi_tui.service.reporting.stats import stats_of

    view = read.view
    rows = read.select(read.query)
    found = stats_of(view, rows, period_named(view, period) if period else None)
    if missing:
        value, lines = stats_text.missing_json, stats_text.missing_lines
    else:
        value, lines = stats_text.stats_json, stats_text.stats_lines
    read.answer(lambda: value(found), lambda width: lines(view, found, width))
