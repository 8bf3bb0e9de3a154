"""The charts as text: bars that read without colour, each line leading to a condition of the filter; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.stats import Group, Stats, UnitFigures
from fazhi_tui.tui.styles import light_word
from fazhi_tui.tui.views.base import LIGHT_PARTS, STATUS_PARTS

#: What a light's share of a bar is drawn with.
LIGHT_BARS = {Light.RED: "#", Light.YELLOW: "+", Light.UNREPORTED: "?", Light.GREEN: "."}
PLAIN_BAR = "="
#: How many bodies are named; all of them are in the list of units.
UNITS_SHOWN = 15
#: No bar is longer than this, however wide the screen.
LONGEST = 72
FIGURE = 6

Run = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line: its text as (text, part), and the condition (field, value) that it leads to, if any."""

    runs: tuple[Run, ...]
    target: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Charted:
    """What is charted: the figures, the next dates by quarter, and how many files could not be read."""

    stats: Stats
    quarters: tuple[Group, ...]
    broken: tuple[str, ...]
    plan: Plan | None


def chart_lines(charted: Charted, names: LightNames, width: int) -> tuple[ChartLine, ...]:
    """All charts, one under the other, in ``width`` cells."""
    return tuple(_lines(charted, names, width))


def _lines(charted: Charted, names: LightNames, width: int) -> Iterator[ChartLine]:
    stats = charted.stats
    whole = stats.whole
    yield _text(f" 截至 {stats.today}，共 {whole.total} 条", "number", width)
    if charted.broken:
        files = one_line("、".join(charted.broken))
        yield _text(f" 另有 {len(charted.broken)} 个文件读不出来，没有计入：{files}", "broken", width)
    yield from _lights(whole, names, width)
    yield from _statuses(whole, width)
    sections = [(group, group.name, _section_target(group.name, charted.plan)) for group in stats.sections]
    yield from _stacks("各节", sections, names, width)
    units = [(one.charged, one.unit, _unit_target(one)) for one in stats.units if one.charged.total]
    rest = f"，前 {UNITS_SHOWN} 个" if len(units) > UNITS_SHOWN else ""
    yield from _stacks(f"主办单位{rest}", units[:UNITS_SHOWN], names, width)
    quarters = [(group, _quarter(group.name), ("到期", group.name)) for group in charted.quarters]
    yield from _stacks("下一期限在哪一季", quarters, names, width)
    yield from _months(stats.months, width)


def _text(text: str, part: str, width: int) -> ChartLine:
    return ChartLine(((pad(text, width), part),))


def _heading(name: str, width: int, legend: str = "") -> Iterator[ChartLine]:
    yield _text("", "row", width)
    yield _text(f" {name}    {legend}" if legend else f" {name}", "header", width)


def _lights(whole: Group, names: LightNames, width: int) -> Iterator[ChartLine]:
    yield from _heading("灯", width)
    label, room = _room(width, short=True)
    most = max([1, *whole.lights.values()])
    for light, number in whole.lights.items():
        if number or light is not Light.UNREPORTED:
            drawn = LIGHT_BARS[light] * cells_of(number, most, room)
            part = LIGHT_PARTS[light] if number else "muted"
            name = light_word(light, names)
            yield _bar(name, number, ((drawn, part),), label, width, ("灯", light.value))


def _statuses(whole: Group, width: int) -> Iterator[ChartLine]:
    yield from _heading("状态", width)
    label, room = _room(width, short=True)
    most = max([1, *whole.statuses.values()])
    for status in Status:
        number = whole.statuses[status]
        drawn = PLAIN_BAR * cells_of(number, most, room)
        yield _bar(
            status.value, number, ((drawn, STATUS_PARTS[status]),), label, width, ("状态", status.value)
        )


def _stacks(
    heading: str,
    groups: Sequence[tuple[Group, str, tuple[str, str] | None]],
    names: LightNames,
    width: int,
) -> Iterator[ChartLine]:
    """Bars in which each light has its share."""
    used = [light for light in reversed(Light) if any(group.lights[light] for group, _, _ in groups)]
    legend = "  ".join(f"{LIGHT_BARS[light]} {one_line(names.of(light))}" for light in used)
    yield from _heading(heading, width, legend)
    if not groups:
        yield _text("  没有", "muted", width)
        return
    label, room = _room(width)
    most = max(group.total for group, _, _ in groups)
    for group, name, target in groups:
        yield _bar(name, group.total, stacked(group.lights, most, room), label, width, target)


def _months(months: Sequence[tuple[str, int]], width: int) -> Iterator[ChartLine]:
    yield from _heading("每月填报", width)
    label, room = _room(width, short=True)
    most = max([1, *(number for _, number in months)])
    for month, number in reversed(months):
        drawn = PLAIN_BAR * cells_of(number, most, room)
        yield _bar(month, number, ((drawn, "active"),), label, width, ("更新", month))


def _room(width: int, *, short: bool = False) -> tuple[int, int]:
    """Cells of a label and of the longest bar."""
    label = 10 if short else min(max(width * 2 // 5, 12), 44)
    return label, max(min(width - label - FIGURE - 4, LONGEST), 1)


def _bar(
    name: str, number: int, bar: Sequence[Run], label: int, width: int, target: tuple[str, str] | None
) -> ChartLine:
    figure = f"{number or '-':>{FIGURE}}  "
    text = pad(f"  {one_line(name)}", label + 2)
    drawn = sum(len(piece) for piece, _ in bar)
    tail = " " * max(width - label - 2 - len(figure) - drawn, 0)
    runs = ((text, "row" if number else "muted"), (figure, "row" if number else "muted"), *bar, (tail, "row"))
    # A line without anything leads nowhere that is worth going.
    return ChartLine(tuple(run for run in runs if run[0]), target if number else None)


def cells_of(number: int, most: int, room: int) -> int:
    """Cells of a bar: at least one for anything at all, none for nothing."""
    return max(1, round(room * number / most)) if number and most else 0


def stacked(lights: Mapping[Light, int], most: int, room: int) -> tuple[Run, ...]:
    """A bar with a share for every light, the worst first: each that is there has at least one cell.

    Together they are as long as the bar of their sum, or as there are lights if that is longer.
    """
    order = [light for light in reversed(Light) if lights[light]]
    total = sum(lights[light] for light in order)
    length = max(cells_of(total, most, room), min(len(order), room))
    cells = {light: max(1, length * lights[light] // total) for light in order}
    # What rounding has left over or taken too much is the largest one's.
    if order:
        largest = max(order, key=lambda light: lights[light])
        cells[largest] = max(1, cells[largest] + length - sum(cells.values()))
    return tuple((LIGHT_BARS[light] * cells[light], LIGHT_PARTS[light]) for light in order)


def _quarter(name: str) -> str:
    year, _, quarter = name.partition("Q")
    return f"{year}年第{quarter}季度"


def _section_target(name: str, plan: Plan | None) -> tuple[str, str] | None:
    """A measure without a section is counted under its chapter, and one without either under neither."""
    chapters = plan.chapters if plan else ()
    if any(name == chapter.title for chapter in chapters):
        return "章", name
    return None if name.startswith("（未分节") else ("节", name)


def _unit_target(one: UnitFigures) -> tuple[str, str]:
    """The field that asks for what is counted: what a body leads, or is responsible for."""
    if one.charged.total == one.lead:
        return "牵头", one.unit
    return ("责任" if not one.lead and one.charged.total == one.responsible else "单位"), one.unit
