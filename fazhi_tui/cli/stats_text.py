"""The figures as text: tables and bars that any terminal can draw, and the same for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fazhi_tui.cli.output import LIGHT_COLOURS, paint
from fazhi_tui.cli.tables import Cell, Column, table
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.missing import MissingReport
from fazhi_tui.service.reporting.stats import Group, Stats, UnitFigures

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

#: Cells of the longest bar.
BAR = 30
#: How many bodies the list of the latest names.
LATEST_SHOWN = 10


def bar(number: int, most: int, width: int = BAR) -> str:
    """A bar of ``#``; anything at all gives at least one, nothing none.  No character of ambiguous width."""
    return "#" * max(1, round(width * number / most)) if number and most else ""


def stats_lines(view: View, stats: Stats, width: int | None) -> list[str]:
    """Everything that ``fazhi stats`` prints."""
    names = view.settings.light_names
    whole = stats.whole
    lines = [paint(f"截至 {stats.today}，共 {whole.total} 条", "1"), ""]
    most = max([1, *whole.statuses.values(), *whole.lights.values()])
    rows: list[tuple[str | Cell, ...]] = [
        (status.value, str(number), bar(number, most)) for status, number in whole.statuses.items()
    ]
    lines += table((Column("状态"), Column("条数", right=True), Column("")), rows, width)
    rows = [
        (one_line(names.of(light)), str(number), Cell(bar(number, most), LIGHT_COLOURS[light]))
        for light, number in whole.lights.items()
        if number or light is not Light.UNREPORTED
    ]
    lines += ["", *table((Column("灯"), Column("条数", right=True), Column("")), rows, width)]
    lines += ["", *_groups("节", stats.sections, view, width)]
    lines += ["", *_matrix(stats, width)]
    if stats.latest:
        lines += ["", *_latest(stats, width)]
    lines += ["", *_months(stats, width)]
    lines += ["", *missing_lines(view, stats, width)]
    return lines


def _groups(heading: str, groups: tuple[Group, ...], view: View, width: int | None) -> list[str]:
    names = view.settings.light_names
    lights = [light for light in reversed(Light) if any(group.lights[light] for group in groups)]
    columns = (
        Column(heading, least=16),
        Column("合计", right=True),
        *(Column(one_line(names.of(light)), right=True) for light in lights),
        Column("已完成", right=True),
    )
    rows = [
        (
            one_line(group.name),
            str(group.total),
            *(_figure(group.lights[light]) for light in lights),
            _figure(group.statuses[Status.DONE]),
        )
        for group in groups
    ]
    return table(columns, rows, width)


def _matrix(stats: Stats, width: int | None) -> list[str]:
    """Unit by status of what each is charged with, and its load in each role."""
    columns = (
        Column("单位", least=12),
        *(Column(status.value, right=True) for status in Status),
        Column("主办", right=True),
        Column("牵头", right=True),
        Column("参加", right=True),
        Column("责任", right=True),
    )
    rows = [
        (
            one_line(one.unit),
            *(_figure(one.charged.statuses[status]) for status in Status),
            *(_figure(number) for number in (one.charged.total, one.lead, one.participant, one.responsible)),
        )
        for one in stats.units
    ]
    return ["各单位主办的措施（牵头；没有牵头单位的算责任单位）", *table(columns, rows, width)]


def _latest(stats: Stats, width: int | None) -> list[str]:
    latest = stats.latest[:LATEST_SHOWN]
    most = max(one.overdue + one.late_done for one in latest)
    rows = [
        (
            one_line(one.unit),
            _figure(one.overdue),
            _figure(one.late_done),
            bar(one.overdue + one.late_done, most),
        )
        for one in latest
    ]
    columns = (
        Column("逾期最多", least=12),
        Column("现逾期", right=True),
        Column("逾期完成", right=True),
        Column(""),
    )
    return table(columns, rows, width)


def _months(stats: Stats, width: int | None) -> list[str]:
    most = max([1, *(number for _, number in stats.months)])
    rows = [(month, _figure(number), bar(number, most)) for month, number in stats.months]
    return table((Column("月份"), Column("填报", right=True), Column("")), rows, width)


def missing_lines(view: View, stats: Stats, width: int | None) -> list[str]:
    """Who has not reported for the period: by unit, with the measures and when it last did."""
    if stats.period is None:
        if not view.settings.rhythm:
            return ["漏报：没有设定报送周期（plan/plan.yaml 的 设置.报送周期，如 每季度），不查漏报。"]
        return ["漏报：还没有已经截止的报送期。"]
    period = stats.period
    head = f"{period.label}（{period.start} 至 {period.end}）"
    if not stats.missing:
        return [f"漏报：{head}没有漏报。"]
    by_unit: dict[str, list[MissingReport]] = {}
    for one in stats.missing:
        by_unit.setdefault(one.unit, []).append(one)
    columns = (Column("漏报的单位", least=12), Column("条数", right=True), Column("措施", least=20))
    rows = [
        (one_line(unit), str(len(found)), "、".join(map(_measure, found)))
        for unit, found in sorted(by_unit.items(), key=lambda pair: -len(pair[1]))
    ]
    return [
        f"漏报：{head}，{len(by_unit)} 个单位 {len(stats.missing)} 条",
        *table(columns, rows, width),
        "注：括号内是后来补报的日期。",
    ]


def _measure(one: MissingReport) -> str:
    number = one_line(one.row.measure.id)
    return f"{number}（{one.later.time:%m-%d}）" if one.later else number


def _figure(number: int) -> str:
    return str(number) if number else "-"


# ------------------------------------------------------------------ for programs


def stats_json(stats: Stats) -> dict[str, object]:
    """The figures under Chinese keys."""
    return {
        "今天": stats.today.isoformat(),
        **_group_json(stats.whole),
        "各节": [{"节": group.name, **_group_json(group)} for group in stats.sections],
        "各单位": [_unit_json(one) for one in stats.units],
        "各月填报": dict(stats.months),
        "漏报": missing_json(stats),
    }


def _group_json(group: Group) -> dict[str, object]:
    return {"合计": group.total, "状态": _named(group.statuses), "灯": _named(group.lights)}


def _named(figures: Mapping[Status, int] | Mapping[Light, int]) -> dict[str, int]:
    return {key.value: number for key, number in figures.items()}


def _unit_json(one: UnitFigures) -> dict[str, object]:
    return {
        "单位": one.unit,
        "牵头": one.lead,
        "参加": one.participant,
        "责任": one.responsible,
        "合计": one.total,
        "主办": _group_json(one.charged),
        "现逾期": one.overdue,
        "逾期完成": one.late_done,
        "漏报": one.missing,
    }


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
                "单位": one.unit,
                "措施": one.row.measure.id,
                "上次填报": one.last.time.isoformat() if one.last else None,
                "补报": one.later.time.isoformat() if one.later else None,
            }
            for one in stats.missing
        ],
    }
