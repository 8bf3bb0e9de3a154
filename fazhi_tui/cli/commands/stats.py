"""``fazhi stats``: the figures, and who has not reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fazhi_tui.cli.options import flag, option
from fazhi_tui.cli.output import LIGHT_COLOURS, paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.tables import Cell, Column, table
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.missing import MissingReport, period_named
from fazhi_tui.service.reporting.stats import Group, Stats, bar_length, stats_of

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

#: Cells of the longest bar.
BAR = 30
#: How many bodies the list of the latest names.
LATEST_SHOWN = 10


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
    view = read.view
    rows = read.select(read.query) if read.query else None
    named = period_named(view, period) if period else None
    asked = view.as_of(named.end).select(read.query) if named else None
    found = stats_of(view, rows, named, asked)
    value, lines = (missing_json, missing_lines) if missing else (stats_json, stats_lines)
    read.answer(lambda: value(found), lambda width: lines(view, found, width))


def _bar(number: int, most: int) -> str:
    """A bar of ``#``: blocks are of ambiguous width."""
    return "#" * bar_length(number, most, BAR)


def stats_lines(view: View, stats: Stats, width: int | None) -> list[str]:
    """Everything that ``fazhi stats`` prints: a headline and tables, a blank line between any two."""
    names, whole = view.settings.light_names, stats.whole
    most = max([1, *whole.statuses.values(), *whole.lights.values()])
    tables = [
        [paint(f"截至 {stats.today}，共 {whole.total} 条", "1")],
        table(
            (Column("状态"), Column("条数", right=True), Column("")),
            [(status.value, str(number), _bar(number, most)) for status, number in whole.statuses.items()],
            width,
        ),
        table(
            (Column("灯"), Column("条数", right=True), Column("")),
            [
                (one_line(names.of(light)), str(number), Cell(_bar(number, most), LIGHT_COLOURS[light]))
                for light, number in stats.lights.items()
            ],
            width,
        ),
        _sections(stats, view, width),
        _matrix(stats, width),
        _latest(stats, width),
        _months(stats, width),
        missing_lines(view, stats, width),
    ]
    return [line for lines in tables if lines for line in ("", *lines)][1:]


def _sections(stats: Stats, view: View, width: int | None) -> list[str]:
    lights = [light for light in reversed(Light) if any(group.lights[light] for group in stats.sections)]
    names = [one_line(view.settings.light_names.of(light)) for light in lights]
    rows = [
        (
            one_line(group.name),
            str(group.total),
            *(_figure(group.lights[light]) for light in lights),
            _figure(group.statuses[Status.DONE]),
        )
        for group in stats.sections
    ]
    return table((Column("节", least=16), *_figures("合计", *names, "已完成")), rows, width)


def _matrix(stats: Stats, width: int | None) -> list[str]:
    """Unit by status of what each is charged with, and its load in each role."""
    rows = [
        (
            one_line(unit.unit),
            *(_figure(unit.charged.statuses[status]) for status in Status),
            *map(_figure, (unit.charged.total, unit.lead, unit.participant, unit.responsible)),
        )
        for unit in stats.units
    ]
    figures = _figures(*(status.value for status in Status), "主办", "牵头", "参加", "责任")
    heading = "各单位主办的措施（牵头；没有牵头单位的算责任单位）"
    return [heading, *table((Column("单位", least=12), *figures), rows, width)]


def _latest(stats: Stats, width: int | None) -> list[str]:
    latest = [(unit, unit.overdue + unit.late_done) for unit in stats.latest[:LATEST_SHOWN]]
    if not latest:
        return []
    most = max(number for _, number in latest)
    rows = [
        (one_line(unit.unit), _figure(unit.overdue), _figure(unit.late_done), _bar(number, most))
        for unit, number in latest
    ]
    columns = (Column("逾期最多", least=12), *_figures("现逾期", "逾期完成"), Column(""))
    return table(columns, rows, width)


def _months(stats: Stats, width: int | None) -> list[str]:
    most = max([1, *(number for _, number in stats.months)])
    rows = [(month, _figure(number), _bar(number, most)) for month, number in stats.months]
    return table((Column("月份"), Column("填报", right=True), Column("")), rows, width)


def _figures(*headings: str) -> list[Column]:
    return [Column(heading, right=True) for heading in headings]


def _figure(number: int) -> str:
    return str(number) if number else "-"


def missing_lines(view: View, stats: Stats, width: int | None) -> list[str]:
    """Who has not reported for the period: by unit, with the measures and when it last did."""
    if stats.period is None:
        if not view.settings.rhythm:
            return ["漏报：没有设定报送周期（plan/plan.yaml 的 设置.报送周期，如 每季度），不查漏报。"]
        return ["漏报：还没有已经截止的报送期。"]
    period = stats.period
    head = f"{period.label}（{period.start} 至 {period.end}）"
    untold = [f"注：{'、'.join(stats.uncounted)}的成员不明，不计。"] if stats.uncounted else []
    if not stats.missing:
        return [f"漏报：{head}没有漏报。", *untold]
    by_unit = stats.missing_by_unit
    columns = (Column("漏报的单位", least=12), Column("条数", right=True), Column("措施", least=20))
    rows = [(one_line(unit), str(len(found)), "、".join(map(_measure, found))) for unit, found in by_unit]
    return [
        f"漏报：{head}，{len(by_unit)} 个单位 {len(stats.missing)} 条",
        *table(columns, rows, width),
        "注：括号内是后来补报的日期。",
        *untold,
    ]


def _measure(missing: MissingReport) -> str:
    number = one_line(missing.row.measure.id)
    return f"{number}（{missing.later.time:%m-%d}）" if missing.later else number


# ------------------------------------------------------------------ for programs


def stats_json(stats: Stats) -> dict[str, object]:
    """The figures under Chinese keys."""
    return {
        "今天": stats.today.isoformat(),
        **_group_json(stats.whole),
        "各节": [{"节": group.name, **_group_json(group)} for group in stats.sections],
        "各单位": [
            {
                "单位": unit.unit,
                "牵头": unit.lead,
                "参加": unit.participant,
                "责任": unit.responsible,
                "合计": unit.total,
                "主办": _group_json(unit.charged),
                "现逾期": unit.overdue,
                "逾期完成": unit.late_done,
                "漏报": unit.missing,
            }
            for unit in stats.units
        ],
        "各月填报": dict(stats.months),
        "漏报": missing_json(stats),
        "读不出": [{"文件": list(found.paths), "影响": found.effect} for found in stats.lacking],
    }


def _group_json(group: Group) -> dict[str, object]:
    return {"合计": group.total, "状态": _named(group.statuses), "灯": _named(group.lights)}


def _named(figures: Mapping[Status, int] | Mapping[Light, int]) -> dict[str, int]:
    return {key.value: number for key, number in figures.items()}


def missing_json(stats: Stats) -> dict[str, object]:
    """The period and who did not report in it."""
    if stats.period is None:
        return {"期": None, "单位": []}
    return {
        "期": stats.period.label,
        "起": stats.period.start.isoformat(),
        "止": stats.period.end.isoformat(),
        "单位": [
            {
                "单位": missing.unit,
                "措施": missing.row.measure.id,
                "上次填报": missing.last.time.isoformat() if missing.last else None,
                "补报": missing.later.time.isoformat() if missing.later else None,
            }
            for missing in stats.missing
        ],
        "成员不明": list(stats.uncounted),
    }
