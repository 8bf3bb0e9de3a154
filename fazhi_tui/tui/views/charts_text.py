"""The charts as text: bars that read without colour, each line leading to a condition of the filter; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.stats import Group, Stats, UnitFigures, bar_length
from fazhi_tui.tui.styles import light_word
from fazhi_tui.tui.views.base import LIGHT_PARTS, STATUS_PARTS, Run

#: A condition of the filter: field and value.
Target = tuple[str, str]
#: What a line of a chart counts: its name, how many, and the condition that it leads to.
Bar = tuple[str, int, Target | None]
#: What a light's share of a bar is drawn with.
LIGHT_BARS = {
    Light.RED: "#",
    Light.YELLOW: "+",
    Light.UNREPORTED: "?",
    Light.GREEN: ".",
    Light.UNCOUNTED: "-",
    Light.UNKNOWN: "!",
}
PLAIN_BAR = "="
#: How many bodies are named; all of them are in the list of units.
UNITS_SHOWN = 15
#: No bar is longer than this, however wide the screen.
LONGEST = 72
FIGURE = 6


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One line: its text as (text, part), and the condition that it leads to, if any."""

    runs: tuple[Run, ...]
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Charted:
    """What is charted: the figures, the next dates by quarter, and how many files could not be read."""

    stats: Stats
    quarters: tuple[Group, ...]
    broken: tuple[str, ...]
    plan: Plan | None


def chart_lines(charted: Charted, names: LightNames, width: int) -> Iterator[ChartLine]:
    """All charts, one under the other, in ``width`` cells."""
    stats = charted.stats
    whole = stats.whole
    yield _text(f" 截至 {stats.today}，共 {whole.total} 条", "number", width)
    if charted.broken:
        files = one_line("、".join(charted.broken))
        yield _text(f" 另有 {len(charted.broken)} 个文件读不出来，没有计入：{files}", "broken", width)
    lights: list[Bar] = [
        (light_word(light, names), number, ("灯", light.value)) for light, number in stats.lights.items()
    ]
    signs = [(LIGHT_BARS[light], LIGHT_PARTS[light] if n else "muted") for light, n in stats.lights.items()]
    yield from _bars("灯", lights, signs, width)
    statuses: list[Bar] = [(status, whole.statuses[status], ("状态", status.value)) for status in Status]
    yield from _bars("状态", statuses, [(PLAIN_BAR, STATUS_PARTS[status]) for status in Status], width)
    sections = [(group.name, _section_target(group.name, charted.plan), group) for group in stats.sections]
    yield from _stacks("各节", sections, names, width)
    charged = [figures for figures in stats.units if figures.charged.total]
    rest = f"，前 {UNITS_SHOWN} 个" if len(charged) > UNITS_SHOWN else ""
    units = [(figures.unit, _unit_target(figures), figures.charged) for figures in charged[:UNITS_SHOWN]]
    yield from _stacks(f"主办单位{rest}", units, names, width)
    quarters = [
        ("{}年第{}季度".format(*group.name.split("Q")), ("到期", group.name), group)
        for group in charted.quarters
    ]
    yield from _stacks("下一期限在哪一季", quarters, names, width)
    months: list[Bar] = [(month, number, ("更新", month)) for month, number in reversed(stats.months)]
    yield from _bars("每月填报", months, [(PLAIN_BAR, "active")] * len(months), width)


def _text(text: str, part: str, width: int) -> ChartLine:
    return ChartLine(((pad(text, width), part),))


def _heading(name: str, width: int, legend: str = "") -> Iterator[ChartLine]:
    yield _text("", "row", width)
    yield _text(f" {name}    {legend}" if legend else f" {name}", "header", width)


def _bars(heading: str, bars: Sequence[Bar], signs: Sequence[Run], width: int) -> Iterator[ChartLine]:
    """Bars of one sign each, drawn in the style of its part."""
    yield from _heading(heading, width)
    label, room = 10, _room(width, 10)
    most = max([1, *(number for _, number, _ in bars)])
    for bar, (sign, part) in zip(bars, signs, strict=True):
        yield _bar_line(bar, ((sign * bar_length(bar[1], most, room), part),), label, width)


def _stacks(
    heading: str, groups: Sequence[tuple[str, Target | None, Group]], names: LightNames, width: int
) -> Iterator[ChartLine]:
    """Bars in which each light has its share; of each group its name, and the condition that it leads to."""
    used = [light for light in reversed(Light) if any(group.lights[light] for *_, group in groups)]
    legend = "  ".join(f"{LIGHT_BARS[light]} {one_line(names.of(light))}" for light in used)
    yield from _heading(heading, width, legend)
    if not groups:
        yield _text("  没有", "muted", width)
        return
    label = min(max(width * 2 // 5, 12), 44)
    most = max(group.total for *_, group in groups)
    for name, target, group in groups:
        drawn = stacked(group.lights, most, _room(width, label))
        yield _bar_line((name, group.total, target), drawn, label, width)


def _room(width: int, label: int) -> int:
    """Cells of the longest bar, beside a label of so many."""
    return max(min(width - label - FIGURE - 4, LONGEST), 1)


def _bar_line(bar: Bar, drawn: Sequence[Run], label: int, width: int) -> ChartLine:
    name, number, target = bar
    figure = f"{number or '-':>{FIGURE}}  "
    text = pad(f"  {one_line(name)}", label + 2)
    tail = " " * max(width - label - 2 - len(figure) - sum(len(piece) for piece, _ in drawn), 0)
    part = "row" if number else "muted"
    runs = ((text, part), (figure, part), *drawn, (tail, "row"))
    # A line without anything leads nowhere that is worth going.
    return ChartLine(tuple(run for run in runs if run[0]), target if number else None)


def stacked(lights: Mapping[Light, int], most: int, room: int) -> tuple[Run, ...]:
    """A bar with a share for every light, the worst first: each that is there has at least one cell.

    Together they are as long as the bar of their sum, or as there are lights if that is longer.
    """
    order = [light for light in reversed(Light) if lights[light]]
    total = sum(lights[light] for light in order)
    length = max(bar_length(total, most, room), min(len(order), room))
    cells = {light: max(1, length * lights[light] // total) for light in order}
    # What rounding has left over is the largest one's; what it took too much, the longest ones give back.
    if order:
        cells[max(order, key=lambda light: lights[light])] += max(0, length - sum(cells.values()))
        while sum(cells.values()) > max(length, len(order)):
            cells[max(order, key=lambda light: cells[light])] -= 1
    return tuple((LIGHT_BARS[light] * cells[light], LIGHT_PARTS[light]) for light in order)


def _section_target(name: str, plan: Plan | None) -> Target | None:
    """A measure without a section is counted under its chapter, and one without either under neither."""
    chapters = plan.chapters if plan else ()
    if any(name == chapter.title for chapter in chapters):
        return "章", name
    return None if name.startswith("（未分节") else ("节", name)


def _unit_target(figures: UnitFigures) -> Target:
    """The field that asks for what is counted: what a body leads, or is responsible for."""
    total = figures.charged.total
    if total == figures.lead:
        return "牵头", figures.unit
    return ("责任" if not figures.lead and total == figures.responsible else "单位"), figures.unit
