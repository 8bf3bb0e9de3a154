"""汇总: the figures of the filtered set as bars that read without colour; every bar is a filter."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.query.language import with_term
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.stats import due_quarters, stats_of
from fazhi_tui.tui.messages import EntryHighlighted, FacetChosen
from fazhi_tui.tui.views import charts
from fazhi_tui.tui.views.charts import Charts
from fazhi_tui.tui.views.charts_text import LIGHT_BARS, Charted, ChartLine, chart_lines, stacked
from fazhi_tui.tui.views.entries import Entry
from tests.templates import demo_template
from tests.tui.helpers import press, settled
from tests.tui.test_tui_widths import ambiguous
from tests.tui.view_app import PLAN, SIZES, entries, lines_of, showing, small_view

FIGURES = st.fixed_dictionaries({light: st.integers(0, 9999) for light in Light})


def text_of(line: ChartLine) -> str:
    return "".join(text for text, _ in line.runs)


@given(FIGURES, st.integers(len(Light), 80), st.integers(0, 9999))
def test_a_stacked_bar_shows_every_light_that_is_there(
    lights: dict[Light, int], room: int, more: int
) -> None:
    total = sum(lights.values())
    drawn = "".join(text for text, _ in stacked(lights, max(total + more, 1), room))
    assert len(drawn) <= room
    for light, number in lights.items():
        assert (LIGHT_BARS[light] in drawn) == bool(number)
    # The worst first, each in one piece.
    signs = list(dict.fromkeys(drawn))
    assert signs == [LIGHT_BARS[light] for light in reversed(Light) if lights[light]]
    assert drawn == "".join(sign * drawn.count(sign) for sign in signs)


@given(entries(), st.integers(30, 200))
def test_no_line_is_wider_than_the_pane(found: tuple[Entry, ...], width: int) -> None:
    view = small_view()
    rows = tuple(entry.row for entry in found if entry.row)
    broken = tuple(entry.path for entry in found if entry.row is None)
    charted = Charted(stats_of(view, rows), due_quarters(rows), broken, PLAN)
    lines = list(chart_lines(charted, LightNames(), width))
    assert all(cell_len(text_of(line)) <= width for line in lines)
    if broken:
        assert f"另有 {len(broken)} 个文件读不出来" in text_of(lines[1]) or width < 40


def test_every_bar_leads_to_as_many_measures_as_it_says() -> None:
    view = Reader(demo_template(), DEMO_TODAY).load()
    charted = Charted(stats_of(view), due_quarters(view.rows), (), view.tracker.plan)
    told = 0
    for line in chart_lines(charted, LightNames(), 160):
        # Reports of a month are several to a measure, and only the last of them is what 更新 asks for.
        if line.target is not None and line.target[0] not in ("更新", "单位"):
            number = int(line.runs[1][0])
            assert len(view.select(with_term("", *line.target))) == number, line.target
            told += 1
    assert told > 25


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("light", [False, True])
async def test_it_is_drawn_at_every_size(size: tuple[int, int], light: bool) -> None:
    async with showing(Charts(), small_view(["plan/30.yaml"]), size=size, light=light) as (app, _):
        lines = lines_of(app.widget)
        assert not any(ambiguous(char) for line in lines for char in line)
        assert "截至 2025-11-20" in lines[0]
        assert "另有 1 个文件" in lines[1]


async def test_enter_space_and_a_click_do_what_the_bar_stands_for() -> None:
    async with showing(Charts(), size=(100, 60)) as (app, pilot):
        lines = [line.rstrip() for line in lines_of(app.widget)]
        assert lines[0].strip() == "截至 2025-11-20，共 7 条"
        # The first bar that leads somewhere is under the cursor.
        assert app.widget.target is not None
        assert app.widget.target[0] == "灯"
        at = next(at for at, line in enumerate(lines) if line.strip().startswith("推进中"))
        await pilot.click(Charts, offset=(4, at))
        await settled(pilot)
        assert isinstance(app.told[-1], FacetChosen)
        assert (app.told[-1].field, app.told[-1].value) == ("状态", "推进中")
        await press(pilot, "down", "enter")
        assert (app.told[-1].field, app.told[-1].value) == ("状态", "长期坚持")
        app.widget.toggle_mark()
        assert app.widget.marked == {"6"}
        assert "*已标记 1 条" in lines_of(app.widget)[0]
        app.widget.toggle_mark()
        assert app.widget.marked == set()
        app.widget.changed = frozenset({"1"})
        assert "+有变化 1 条" in lines_of(app.widget)[0]
        await press(pilot, "end")
        assert app.widget.target is not None
        assert app.widget.target[0] == "更新"
        await press(pilot, "home", "up")
        assert app.widget.target[0] == "灯"


async def test_the_entry_stays_and_the_bar_stays_while_the_filter_changes() -> None:
    async with showing(Charts(), size=(100, 60)) as (app, pilot):
        app.widget.go_to("3")
        while app.widget.target != ("状态", Status.IN_PROGRESS.value):
            await press(pilot, "down")
        app.told.clear()
        app.show("status:推进中")
        await settled(pilot)
        assert app.widget.current is not None
        assert app.widget.current.key == "3"
        assert app.widget.target == ("状态", "推进中")
        assert "共 2 条" in lines_of(app.widget)[0]
        assert not app.told
        app.show("lead:市甲局 -3")
        await settled(pilot)
        assert any(isinstance(one, EntryHighlighted) for one in app.told)
        app.show("qqqq")
        await settled(pilot)
        assert "共 0 条" in lines_of(app.widget)[0]


async def test_old_figures_are_dimmed_and_only_the_newest_answer_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = Event()

    def slow(view: object, rows: tuple[object, ...]) -> object:
        if len(rows) == 2:
            assert go_on.wait(10)
        return stats_of(view, rows)  # type: ignore[arg-type]

    async with showing(Charts(), size=(100, 40)) as (app, pilot):
        monkeypatch.setattr(charts, "stats_of", slow)
        app.show("status:推进中")
        for _ in range(400):
            await asyncio.sleep(0.01)
            if "正在重新计算" in lines_of(app.widget)[0]:
                break
        assert "共 7 条  正在重新计算" in lines_of(app.widget)[0]
        app.show("status:待审核")
        go_on.set()
        await settled(pilot)
        assert lines_of(app.widget)[0].strip() == "截至 2025-11-20，共 1 条"


async def test_what_is_the_same_is_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []

    def noted(view: object, rows: tuple[object, ...]) -> object:
        counted.append(len(rows))
        return stats_of(view, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(charts, "stats_of", noted)
    async with showing(Charts(), size=(100, 40)) as (app, pilot):
        app.show()
        await settled(pilot)
        assert counted == [7]
        # What was read anew is counted anew, though it looks the same.
        app.widget.take_view(replace(app.view))
        app.show()
        await settled(pilot)
        assert counted == [7, 7]


async def test_of_very_many_measures_the_count_waits_for_the_typing_to_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(charts, "MANY", 2)
    counted: list[int] = []

    def noted(view: object, rows: tuple[object, ...]) -> object:
        counted.append(len(rows))
        return stats_of(view, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(charts, "stats_of", noted)
    async with showing(Charts(), size=(100, 40)) as (app, pilot):
        for query in ("-1", "-1 -2", "-1 -2 -3"):
            app.show(query)
        for _ in range(400):
            await asyncio.sleep(0.01)
            if len(counted) > 1:
                break
        await settled(pilot)
        assert counted == [7, 4]
        assert "共 4 条" in lines_of(app.widget)[0]
