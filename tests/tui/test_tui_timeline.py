"""时间线: today and every date at its place, at every zoom; files that could not be read on top."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fazhi_tui.domain.deadlines.occurrences import PLAN_END
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.service.reporting.timeline import (
    Axis,
    Due,
    Standing,
    Zoom,
    axis_for,
    dues_of,
    groups_of,
    moved,
    timeline_of,
)
from fazhi_tui.tui.messages import EntryHighlighted, EntryOpened
from fazhi_tui.tui.views.entries import Entry
from fazhi_tui.tui.views.timeline import Timeline
from fazhi_tui.tui.views.timeline_text import (
    SIGNS,
    TODAY_SIGN,
    axis_runs,
    dues_text,
    label_line,
    legend,
    tick_line,
    widths_for,
)
from tests.tui.helpers import press, settled
from tests.tui.test_tui_widths import ambiguous
from tests.tui.view_app import PLAN, SIZES, TODAY, entries, lines_of, showing, small_view

YEARS = Span(date(2022, 1, 1), date(2025, 12, 31))
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
WIDTHS = st.integers(1, 180)
ZOOMS = st.sampled_from(Zoom)
DUES = st.lists(
    st.builds(Due, DAYS, st.just("1.1"), st.sampled_from(Standing), st.booleans(), DAYS, st.none() | DAYS),
    max_size=8,
)


def text(runs: list[tuple[str, str]]) -> str:
    return "".join(piece for piece, _ in runs)


# ------------------------------------------------------------------ the axis


@given(ZOOMS, DAYS, WIDTHS)
def test_the_days_of_an_axis_go_from_its_first_cell_to_its_last_in_order(
    zoom: Zoom, anchor: date, width: int
) -> None:
    axis = axis_for(YEARS, zoom, anchor, width)
    assert 1 <= axis.width <= width
    cells = [axis.cell(axis.start + timedelta(days=at)) for at in range(axis.days)]
    assert None not in cells
    assert cells == sorted(cells, key=lambda cell: cell or 0)
    assert cells[0] == 0
    # Where there are more days than cells, no cell is passed over.
    if axis.days >= 31 * axis.width:
        assert set(cells) == set(range(axis.width))
    assert axis.cell(axis.start - timedelta(days=1)) is None
    assert axis.cell(axis.end + timedelta(days=1)) is None


@given(ZOOMS, DAYS, WIDTHS)
def test_a_cell_never_belongs_to_two_quarters_where_there_is_room(
    zoom: Zoom, anchor: date, width: int
) -> None:
    axis = axis_for(YEARS, zoom, anchor, width)
    for tick in axis.ticks():
        before = axis.cell(tick - timedelta(days=1))
        if axis.width >= axis.stretches and before is not None:
            assert before < (axis.cell(tick) or 0)


@given(ZOOMS, DAYS, DAYS, WIDTHS, DUES)
def test_today_stands_at_its_place_at_every_zoom(
    zoom: Zoom, anchor: date, today: date, width: int, dues: list[Due]
) -> None:
    axis = axis_for(YEARS, zoom, anchor, width)
    heading = text(tick_line(axis, today))
    bare = text(axis_runs((), (), axis, today))
    drawn = text(axis_runs(dues, (), axis, today))
    assert len(heading) == len(bare) == len(drawn) == axis.width
    at = axis.cell(today)
    if at is None:
        assert TODAY_SIGN not in heading + bare
        return
    assert [place for place, sign in enumerate(heading) if sign == TODAY_SIGN] == [at]
    assert [place for place, sign in enumerate(bare) if sign == TODAY_SIGN] == [at]
    # What is due in today's cell is worth more than the mark: the heading still has it.
    taken = any(axis.cell(due.day) == at for due in dues)
    edge = at in (0, axis.width - 1)
    assert drawn[at] == TODAY_SIGN or taken or edge


@given(ZOOMS, DAYS, WIDTHS, DUES)
def test_every_date_in_sight_has_a_sign_and_the_worst_of_one_cell_is_shown(
    zoom: Zoom, anchor: date, width: int, dues: list[Due]
) -> None:
    axis = axis_for(YEARS, zoom, anchor, width)
    drawn = text(axis_runs(dues, (), axis, TODAY))
    order = list(SIGNS)
    by_cell: dict[int, list[Due]] = {}
    for due in dues:
        if (at := axis.cell(due.day)) is not None:
            by_cell.setdefault(at, []).append(due)
    for at, there in by_cell.items():
        worst = min(there, key=lambda due: order.index(due.standing)).standing
        assert drawn[at] in (SIGNS[worst][0], "$") if worst is Standing.OPEN else drawn[at] == SIGNS[worst][0]
    if axis.width > 1 and 0 not in by_cell:
        assert (drawn[0] == "<") == any(due.day < axis.start for due in dues)


@given(ZOOMS, DAYS, WIDTHS)
def test_labels_stand_over_their_ticks(zoom: Zoom, anchor: date, width: int) -> None:
    axis = axis_for(YEARS, zoom, anchor, width)
    line = label_line(axis, zoom)
    assert cell_len(line) == axis.width
    if width >= 60:
        words = line.split()
        expected = {Zoom.PLAN: 4, Zoom.YEAR: 12, Zoom.QUARTER: 3}[zoom]
        assert len(words) == expected


@given(st.integers(1, 300), st.integers(2, 6), st.integers(2, 8), st.sampled_from([3, 12, 16]))
def test_the_parts_of_a_line_take_no_more_than_there_is(
    width: int, number: int, light: int, stretches: int
) -> None:
    widths = widths_for(width, number, light, stretches)
    assert widths.axis < stretches or widths.axis % stretches == 0
    assert min(widths.title, widths.axis) >= 1
    used = 1 + number + 1 + widths.title + 1 + light + 1 + (widths.due + 1 if widths.due else 0) + widths.axis
    assert used <= max(width, 1 + number + 1 + 1 + light + 1 + 2)


@given(st.integers(0, 120))
def test_the_legend_is_never_too_wide_and_whole_where_there_is_room(width: int) -> None:
    assert cell_len(legend(width)) <= width
    if width >= 54:
        assert all(sign in legend(width) for sign in ("x", "?", "^", "~", "o", "-", "$", "'", "|"))


@given(DAYS, ZOOMS, st.integers(-30, 30))
def test_travelling_never_leaves_the_plan_and_there_and_back_is_the_same(
    anchor: date, zoom: Zoom, by: int
) -> None:
    there = moved(YEARS, zoom, anchor, by)
    if zoom is Zoom.PLAN:
        assert there == anchor
    elif by:
        assert YEARS.start <= there <= YEARS.end


# ------------------------------------------------------------------ how things stand


def standings(number: str) -> list[str]:
    view = small_view()
    return [f"{due.label} {due.standing}" for due in dues_of(view, view.row(number))]


def test_how_everything_dated_stands() -> None:
    assert standings("2") == [
        # 2022 and 2023 were reported without saying that they are done.
        "2.1 2022年 逾期",
        "2.1 2023年 逾期",
        "2.1 2024年 逾期",
        "2.1 2025年 待完成",
        f"{PLAN_END} 待完成",
    ]
    assert standings("3") == ["3.1 逾期", f"{PLAN_END} 待完成"]
    # Applied for in time: it waits for the office.
    assert standings("4") == [f"{PLAN_END} 待审核"]
    assert standings("5") == ["5.1 已完成", f"{PLAN_END} 已完成"]
    # 长期坚持 owes nothing at the plan's end.
    assert standings("6") == []


@given(entries())
def test_every_measure_is_in_exactly_one_group(found: tuple[Entry, ...]) -> None:
    rows = [entry.row for entry in found if entry.row]
    groups = groups_of(rows, TODAY)
    kept = [row.measure.id for group in groups for row in group.rows]
    assert sorted(kept) == sorted(row.measure.id for row in rows)
    days = [row.state.next_due for group in groups for row in group.rows if row.state.next_due]
    assert days == sorted(days)


def test_the_whole_timeline_is_in_order_and_within_the_days_asked_for() -> None:
    from fazhi_tui.domain.deadlines.dates import DayRange

    view = small_view()
    everything = timeline_of(view, view.rows)
    assert [one.due.day for one in everything] == sorted(one.due.day for one in everything)
    some = timeline_of(view, view.rows, DayRange(date(2024, 1, 1), date(2024, 12, 31)))
    assert [one.due.label for one in some] == ["2.1 2024年", "5.1"]


def test_the_dates_in_words_name_what_is_owed_first() -> None:
    view = small_view()
    said = dues_text(dues_of(view, view.row("3")), TODAY, 200)
    assert said == "2023-06-30 3.1 逾期 874 天  2025-12-31 规划期末 待完成 还有 41 天"
    assert "已完成于 2024-11-01" in dues_text(dues_of(view, view.row("5")), TODAY, 200)
    assert dues_text((), TODAY, 200) == "没有写明期限"


# ------------------------------------------------------------------ the widget


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("zoom", [0, 1, 2])
async def test_it_is_drawn_at_every_size_and_zoom(size: tuple[int, int], zoom: int) -> None:
    async with showing(Timeline(), small_view(["plan/30.yaml"]), size=size) as (app, pilot):
        await press(pilot, *["plus"] * zoom)
        lines = lines_of(app.widget)
        assert not any(ambiguous(char) for line in lines for char in line)
        assert "读不出来" in lines[2]


async def test_files_that_could_not_be_read_come_first_then_what_is_late() -> None:
    async with showing(Timeline(), small_view(["plan/30.yaml", "plan/31.yaml"]), size=(100, 30)) as (app, _):
        lines = [line.strip() for line in lines_of(app.widget)]
        assert lines[2] == "读不出来  2 条"
        assert "plan/30.yaml" in lines[3]
        assert lines[5] == "已过期限  2 条"
        assert [entry.key for entry in app.widget.entries][2:4] == ["2", "3"]
        heads = [line for line in lines if line.endswith(" 条")]
        assert heads == [
            "读不出来  2 条",
            "已过期限  2 条",
            "2025年第4季度  3 条",
            "没有待完成的期限  2 条",
        ]


async def test_today_is_marked_in_every_line_with_its_date_above() -> None:
    async with showing(Timeline(), size=(100, 30)) as (app, _):
        lines = lines_of(app.widget)
        assert "2022" in lines[0]
        assert "2025-11-20|" in lines[1]
        at = lines[1].index("|")
        row = next(line for line in lines if "示例措施3" in line)
        # Wide characters before the axis shift the index, not the cell.
        assert cell_len(row[: row.index("|")]) == cell_len(lines[1][:at])
        assert "x" in row


async def test_zoom_travel_and_back_to_today() -> None:
    async with showing(Timeline(), size=(100, 30)) as (app, pilot):
        # All in sight: left and right are the screen's.
        await press(pilot, "left")
        assert app.left == 1
        await press(pilot, "plus")
        assert "2025年" in lines_of(app.widget)[0]
        await press(pilot, "left", "left")
        assert "2023年" in lines_of(app.widget)[0]
        assert "2025-11-20>" in lines_of(app.widget)[1]
        assert app.left == 1
        await press(pilot, "plus")
        assert "2023年第4季度" in lines_of(app.widget)[0]
        await press(pilot, "home")
        assert "2025年第4季度" in lines_of(app.widget)[0]
        assert "2025-11-20" in lines_of(app.widget)[1]
        # The cursor goes to what is due from today on.
        assert app.widget.current is not None
        assert app.widget.current.row is not None
        assert app.widget.current.row.state.next_due is not None
        assert app.widget.current.row.state.next_due >= TODAY
        await press(pilot, "minus", "minus", "minus")
        assert app.widget.zoom is Zoom.PLAN


async def test_the_cursor_and_the_mouse_do_what_they_do_in_the_list() -> None:
    async with showing(Timeline(), size=(100, 30)) as (app, pilot):
        await press(pilot, "down", "down")
        assert app.widget.current is not None
        key = app.widget.current.key
        app.show("lead:市甲局,市乙局")
        assert app.widget.current.key == key
        await pilot.click(Timeline, offset=(5, 4))
        await settled(pilot)
        assert app.widget.current.key == "3"
        await pilot.click(Timeline, offset=(5, 4))
        await settled(pilot)
        assert isinstance(app.told[-1], EntryOpened)
        app.widget.toggle_mark()
        assert app.widget.marked == {"3"}
        assert "*3" in "".join(lines_of(app.widget))
        app.show("qqqq")
        await settled(pilot)
        assert app.widget.current is None
        assert isinstance(app.told[-1], EntryHighlighted)
        assert "没有符合条件的措施" in "".join(lines_of(app.widget))


async def test_in_a_low_pane_the_cursor_stays_in_sight_with_its_groups_name() -> None:
    async with showing(Timeline(), size=(80, 10)) as (app, pilot):
        for _ in range(7):
            lines = lines_of(app.widget)
            assert app.widget.current is not None
            assert any(
                f"示例措施{app.widget.current.key}" in line or "标题很长" in line for line in lines[2:-2]
            )
            await press(pilot, "down")
        await press(pilot, *["up"] * 7)
        assert "已过期限" in lines_of(app.widget)[2]


async def test_a_list_that_becomes_shorter_fills_its_pane_from_the_end() -> None:
    async with showing(Timeline(), size=(80, 12)) as (app, pilot):
        await press(pilot, "end")
        app.show("-1")
        await settled(pilot)
        assert all(line.strip() for line in lines_of(app.widget))


async def test_dates_are_computed_for_the_lines_in_sight_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from fazhi_tui.tui.views import timeline

    asked: list[str] = []

    def counted(view: object, row: object) -> tuple[Due, ...]:
        asked.append(row.measure.id)  # type: ignore[attr-defined]
        return dues_of(view, row)  # type: ignore[arg-type]

    monkeypatch.setattr(timeline, "dues_of", counted)
    async with showing(Timeline(), size=(80, 7)) as (app, pilot):
        assert 1 <= len(asked) < 7
        app.show("状态:推进中")
        app.show()
        await press(pilot, *["down"] * 8)
        # Never twice for one measure.
        assert len(asked) == len(set(asked))


async def test_without_a_readable_plan_the_years_of_what_is_owed_are_shown() -> None:
    async with showing(Timeline(), small_view(plan=None), size=(100, 30)) as (app, _):
        assert "2022-2027年" in lines_of(app.widget)[0]
    assert PLAN.period.start.year == 2022


def test_an_axis_of_more_quarters_than_cells_still_ends_at_its_end() -> None:
    axis = Axis(date(1900, 1, 1), date(2999, 12, 31), 20)
    assert axis.cell(date(2999, 12, 31)) == 19
