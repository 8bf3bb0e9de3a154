"""The summary and 我的单位 as pages of lines, each line leading somewhere; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.query.syntax import quote
from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.missing import MissingReport
from fazhi_tui.service.reporting.my_unit import Home
from fazhi_tui.service.reporting.stats import Stats, bar_length
from fazhi_tui.tui.styles import LIGHT_STYLES, light_word, plain

#: Cells of a figure in a table of figures.
FIGURE = 6
#: The longest bar takes this share of the width.
BAR_SHARE = 0.5
NO_RHYTHM = "没有设定报送周期：在 plan/plan.yaml 的 设置 里写，如 报送周期: 每季度"
HEADING = "bold $text-primary"
MUTED = "$text-muted"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line leads: a query to filter by, a measure to go to, and the measures that e urges."""

    query: str = ""
    measure: str = ""
    urges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it says, and where it leads (None: it is only to be read)."""

    content: Content
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Lines under one name."""

    name: str
    lines: tuple[Line, ...]


def stats_pages(stats: Stats, names: LightNames, rhythm: str | None, width: int) -> tuple[Page, ...]:
    """The summary: overview, sections, units, the latest, months, missing reports."""
    pages = {
        "总览": _overview(stats, names, width),
        "各节": _sections(stats, names, width),
        "单位": _units(stats, width),
        "逾期": _latest(stats, width),
        "每月": _months(stats, width),
        "漏报": _missing(stats, rhythm, width),
    }
    return tuple(Page(name, tuple(lines)) for name, lines in pages.items())


def _overview(stats: Stats, names: LightNames, width: int) -> Iterator[Line]:
    whole = stats.whole
    most = max([1, *whole.statuses.values(), *whole.lights.values()])
    room = int(width * BAR_SHARE)
    yield Line(plain(f"截至 {stats.today}，共 {whole.total} 条", "bold"))
    for found in stats.lacking:
        yield Line(plain(cut(found.said, width), "$text-warning"))
    yield Line(Content(""))
    yield Line(plain("灯", HEADING))
    for light, number in stats.lights.items():
        label = light_word(light, names)
        yield _bar_line(label, number, most, room, LIGHT_STYLES[light], Target(f"灯:{light.value}"))
    yield Line(Content(""))
    yield Line(plain("状态", HEADING))
    for status, number in whole.statuses.items():
        yield _bar_line(status.value, number, most, room, "$text-primary", Target(f"状态:{status.value}"))


def _bar_line(label: str, number: int, most: int, room: int, style: str, target: Target | None) -> Line:
    figure = f"{pad(f'  {label}', 14)}{number or '-':>5}  "
    return Line(Content.assemble(figure, ("#" * bar_length(number, most, room), style)), target)


def _sections(stats: Stats, names: LightNames, width: int) -> Iterator[Line]:
    labels = ["合计", *(one_line(names.of(light)) for light in stats.lights), "完成"]
    room = width - FIGURE * len(labels)
    yield Line(_row("节", labels, room, HEADING))
    for group in stats.sections:
        figures = [group.total, *(group.lights[light] for light in stats.lights), group.statuses[Status.DONE]]
        yield Line(_row(group.name, figures, room), Target(f"节:{quote(group.name)}"))


def _units(stats: Stats, width: int) -> Iterator[Line]:
    """Unit by status of what each is charged with; then its load as lead and participant."""
    labels = ["未启", "推进", "长期", "待审", "完成", "中止", "主办", "参加"]
    room = width - FIGURE * len(labels)
    if room < 20:
        labels, room = labels[-3:], width - FIGURE * 3
    yield Line(_row("单位（主办：牵头，没有牵头的算责任）", labels, room, HEADING))
    for load in stats.units:
        statuses = (load.charged.statuses[status] for status in Status)
        figures = [*statuses, load.charged.total, load.participant][-len(labels) :]
        yield Line(_row(load.unit, figures, room), Target(f"单位:{quote(load.unit)}"))


def _latest(stats: Stats, width: int) -> Iterator[Line]:
    if not stats.latest:
        yield Line(plain("没有逾期的。", MUTED))
        return
    most = max(load.overdue + load.late_done for load in stats.latest)
    room = (width - FIGURE * 2) // 2
    yield Line(_row("单位（现在逾期；逾期后才完成）", ["逾期", "晚完"], room, HEADING))
    for load in stats.latest:
        text = _row(load.unit, [load.overdue, load.late_done], room)
        chart = "#" * bar_length(load.overdue + load.late_done, most, width - room - 16)
        text = Content.assemble(text, ("  " + chart, "$text-error"))
        yield Line(text, Target(f"单位:{quote(load.unit)} 灯:红,黄"))


def _months(stats: Stats, width: int) -> Iterator[Line]:
    most = max([1, *(number for _, number in stats.months)])
    yield Line(plain("每月填报的条数", HEADING))
    for month, number in reversed(stats.months):
        yield _bar_line(month, number, most, int(width * BAR_SHARE), "$text-primary", Target(f"更新:{month}"))


def _missing(stats: Stats, rhythm: str | None, width: int) -> Iterator[Line]:
    """Who has not reported, by body; the first line stands for all of them."""
    if stats.period is None:
        yield Line(plain("还没有已经截止的报送期。" if rhythm else NO_RHYTHM, MUTED))
        return
    period = stats.period
    head = f"{period.label}（{period.start} 至 {period.end}）"
    if not stats.missing:
        yield Line(plain(f"{head} 没有漏报。"))
        yield from _uncounted(stats, width)
        return
    by_unit = stats.missing_by_unit
    yield Line(plain(f"{head}：{len(by_unit)} 个单位，{len(stats.missing)} 条", HEADING))
    everything = _numbers(stats.missing, still=True)
    yield Line(
        plain(cut(f"全部没有补报的：{'、'.join(everything)}", width), "bold"),
        Target(f"编号:{','.join(everything)}" if everything else "", urges=everything),
    )
    left = min(34, width // 2)
    for unit, found in by_unit:
        said = "、".join(
            report.row.measure.id + (f"（{report.later.time:%m-%d} 补报）" if report.later else "")
            for report in found
        )
        text = Content.assemble((pad(f"  {one_line(unit)}", left), ""), (cut(said, width - left), MUTED))
        yield Line(text, Target(f"编号:{','.join(_numbers(found))}", urges=_numbers(found, still=True)))
    yield from _uncounted(stats, width)


def _uncounted(stats: Stats, width: int) -> Iterator[Line]:
    if stats.uncounted:
        said = f"{'、'.join(stats.uncounted)}的成员不明，不计。"
        yield Line(plain(cut(one_line(said), width), MUTED))


def _numbers(found: Sequence[MissingReport], *, still: bool = False) -> tuple[str, ...]:
    """The measures that were not reported on; ``still``: nor after the period either."""
    return tuple(dict.fromkeys(report.row.measure.id for report in found if not (still and report.later)))


def _row(name: str, figures: Sequence[int | str], room: int, style: str = "") -> Content:
    parts = [Content.styled(pad(one_line(name), room), style)]
    for figure in figures:
        text = figure if isinstance(figure, str) else str(figure or "-")
        blanks = " " * max(FIGURE - cell_len(text), 1)
        parts.append(Content.styled(blanks + text, style or ("" if figure else "$text-disabled")))
    return Content("").join(parts)


def home_page(home: Home, names: LightNames, width: int) -> Page:
    """我的单位: each group with its measures; a measure's line leads to it."""
    lines = [
        Line(plain(f"{one_line(home.unit)}    主办 {home.charged} 条  参加 {home.joined} 条", "bold")),
        Line(plain("全部措施（Esc）", MUTED), Target()),
    ]
    if not home.groups:
        lines.append(Line(plain("没有等待办理的。", MUTED)))
    for group in home.groups:
        numbers = tuple(dict.fromkeys(entry.row.measure.id for entry in group.entries))
        lines.append(Line(Content("")))
        head = plain(f"{one_line(group.name)}  {len(group.entries)}", HEADING)
        lines.append(Line(head, Target(f"编号:{','.join(numbers)}", urges=numbers)))
        for entry in group.entries:
            measure, light = entry.row.measure, entry.row.state.light
            left = f"  {pad(measure.id, 5)}"
            title = pad(one_line(measure.display_title), min(32, max(width // 3, 16)))
            word = pad(light_word(light, names), 5)
            rest = cut(one_line(entry.text), max(width - cell_len(left + title + word) - 2, 4))
            content = Content.assemble(
                (left, MUTED), (title + " ", ""), (word + " ", LIGHT_STYLES[light]), (rest, MUTED)
            )
            lines.append(Line(content, Target(measure=measure.id, urges=(measure.id,))))
    return Page("我的单位", tuple(lines))
