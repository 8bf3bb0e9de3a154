"""Panes that are sized, zoomed and dragged; ways to look; back and forward; what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fazhi_tui.domain.columns import ALWAYS, COLUMNS, DEFAULT, chosen
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.service.preferences.preferences import ScreenState, load_screen_state
from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.main.navigation_history import NavigationHistory, Place
from fazhi_tui.tui.views.list import EDGE, GAP, columns_for
from tests.tui.helpers import TODAY, listed, opened, press, settled, shown

NAMES = [column.name for column in COLUMNS]


async def test_a_pane_grows_and_shrinks_by_key_within_bounds(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        detail = app.main.detail
        before = detail.region.width
        await press(pilot, "=")
        assert detail.region.width < before
        await press(pilot, *["="] * 30)
        assert detail.region.width >= 20
        await press(pilot, "o", *["="] * 40)
        assert app.main.table.region.width >= 20
        await press(pilot, "f", "=")
        assert app.main.query_one("#facets").region.width == 24


@pytest.mark.parametrize(("keys", "alone"), [([], "#list-pane"), (["o"], "#detail"), (["f"], "#facets")])
async def test_any_pane_can_have_the_middle_to_itself(tracker: Path, keys: list[str], alone: str) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await press(pilot, *keys, "+")
        assert app.main.query_one(alone).region.width == 140
        await press(pilot, "+")
        assert app.main.query_one("#facets").region.width == 22
        assert 0 < app.main.detail.region.width < 140


async def test_the_seam_between_two_panes_is_dragged_by_the_mouse(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        before = app.main.detail.region.width
        await pilot.mouse_down("#seam-detail")
        await pilot.hover("#table", offset=(40, 5))
        await pilot.mouse_up("#table", offset=(40, 5))
        await settled(pilot)
        assert app.main.detail.region.width > before


@pytest.mark.parametrize(
    ("size", "seam", "cell"),
    [
        ((140, 40), "seam-facets", (31, 10)),
        ((140, 40), "seam-detail", (70, 10)),
        ((100, 30), "seam-detail", (50, 12)),
    ],
    ids=["facets", "beside", "below"],
)
async def test_a_seam_goes_to_the_cell_that_it_is_dragged_to(
    tracker: Path, size: tuple[int, int], seam: str, cell: tuple[int, int]
) -> None:
    async with opened(tracker, size=size) as (app, pilot):
        await pilot.mouse_down(f"#{seam}")
        await pilot.hover(None, offset=cell)
        await pilot.mouse_up(None, offset=cell)
        await settled(pilot)
        region = app.main.query_one(f"#{seam}").region
        # The detail's share is a whole percent of the room: half a percent is less than a cell.
        lying = region.width > 1
        assert abs((region.y - cell[1]) if lying else (region.x - cell[0])) <= (seam == "seam-detail")


async def test_below_each_other_the_keys_change_the_height(tracker: Path) -> None:
    async with opened(tracker, size=(100, 30)) as (app, pilot):
        before = app.main.detail.region.height
        await press(pilot, "o", "=")
        assert app.main.detail.region.height > before


async def test_a_click_on_a_heading_sorts_and_another_turns_it_round(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        at = cell_len(
            next(line for line in shown(app).splitlines() if "时限" in line and "编号" in line).split("时限")[
                0
            ]
        )
        for sign in "^v":
            await pilot.click("#table", offset=(at - app.main.table.region.x, 0))
            await settled(pilot)
            assert f"时限 {sign}" in shown(app)


async def test_a_way_of_looking_keeps_filter_cursor_and_marks(tracker: Path) -> None:
    async with opened(tracker, "lead:sfj", size=(140, 40)) as (app, pilot):
        await press(pilot, "2", "8", "v")
        for key, name in (("K", "as_board"), ("T", "as_timeline"), ("L", "as_list")):
            await press(pilot, key)
            assert app.main.views.name == name
            assert app.main.query_text == "lead:sfj"
            assert app.main.views.marked_numbers == ("28",)
            assert app.main.views.shown.has_focus
        await press(pilot, "2", "8", "K")
        assert app.main.row is not None
        assert app.main.row.measure.id == "28"
        assert "[看板]" in shown(app)
        await press(pilot, "a")
        await settled(pilot)
        assert "共 21 条" in shown(app)


async def test_a_click_in_the_first_line_changes_the_way_of_looking(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        line = shown(app).splitlines()[0]
        await pilot.click("#title", offset=(cell_len(line[: line.index("看板")]) + 1, 0))
        await settled(pilot)
        assert app.main.views.name == "as_board"


async def test_back_and_forward_as_in_a_browser(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await press(pilot, "3", "0", "u", *"sfj", "enter", "K")
        await press(pilot, "<")
        assert (app.main.views.name, app.main.query_text) == ("as_list", "牵头:市司法局")
        await press(pilot, "<")
        assert (app.main.query_text, app.main.row and app.main.row.measure.id) == ("", "30")
        await press(pilot, "<")
        assert "不能后退：前面没有别处了" in shown(app)
        await press(pilot, ">", ">")
        assert app.main.views.name == "as_board"
        await press(pilot, "<", "c", ">")
        assert "不能前进" in shown(app)


async def test_what_was_typed_and_dropped_is_no_place_to_come_back_to(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        await press(pilot, "u", *"sfj", "enter", "down", "down")
        here = app.main.filter.where
        await press(pilot, "slash", *" x", "escape", "escape")
        assert app.main.filter.where == here
        await press(pilot, "<")
        assert app.main.query_text == ""
        # Back at the cursor's place as well, wherever it had moved to before the filter changed.
        await press(pilot, ">")
        assert app.main.filter.where == here
        await press(pilot, "slash", *"复议", "enter", "<")
        assert app.main.filter.where == here


async def test_the_columns_of_a_view_last_as_long_as_the_view(tracker: Path) -> None:
    async with opened(tracker, size=(140, 40)) as (app, _):
        app.main.open_view(SavedView(name="示例", columns=("编号", "标题", "进度")))
        assert app.main.table.columns == ("编号", "标题", "进度")
        app.main.open_view(SavedView(name="示例二", query="lead:sfj"))
        assert app.main.table.columns == DEFAULT


async def test_a_number_alone_opens_that_measure(tracker: Path) -> None:
    async with opened(tracker, "28") as (app, _):
        assert app.main.query_text == ""
        assert len(listed(app)) == 48
        assert "第 28 条" in shown(app)
        assert app.main.panes.zoomed == "detail"
    async with opened(tracker, "14") as (app, _):
        assert "原文缺失" in shown(app)
    async with opened(tracker, "2022") as (app, _):
        # No measure has that number: it is a word to look for.
        assert app.main.query_text == "2022"


async def test_facets_are_a_letter_each_several_by_blank_and_marked(tracker: Path) -> None:
    async with opened(tracker, size=(140, 50)) as (app, pilot):
        await press(pilot, "f", "a")
        assert app.main.query_text == "灯:红"
        assert ">!!红" in shown(app)
        await press(pilot, "down", "space")
        assert app.main.query_text == "灯:红,黄"
        await press(pilot, "a")
        assert app.main.query_text == "灯:红"
        await press(pilot, "a")
        assert app.main.query_text == ""


async def test_columns_are_chosen_seen_at_once_and_remembered(make: Callable[..., Path]) -> None:
    root = make()
    app = FazhiApp(Reader(root, TODAY), state=ScreenState(tour_seen=True))
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "C", "1", "7")
        assert "填报" in shown(app).splitlines()[2]
        await press(pilot, "escape", "=")
        await settled(pilot)
    kept = load_screen_state()
    assert kept.columns == ("编号", "标题", "状态", "填报", "时限", "灯")
    assert kept.beside == 31
    app = FazhiApp(Reader(root, TODAY), state=kept)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        assert app.main.table.columns == kept.columns
        assert app.main.panes.sizes.beside == 31


async def test_the_tour_is_shown_once(tracker: Path, forget_tour: Path) -> None:
    for expected in (True, False):
        app = FazhiApp(Reader(tracker, TODAY), state=load_screen_state())
        async with app.run_test(size=(140, 40)) as pilot:
            await settled(pilot)
            assert ("导览 1/" in shown(app)) is expected
            if expected:
                await press(pilot, *["enter"] * 7)
                assert app.screen is app.main
                await settled(pilot)


# ------------------------------------------------------------------ pure


@given(st.integers(20, 240), st.lists(st.sampled_from(NAMES)), st.integers(4, 9), st.integers(4, 8))
def test_columns_fit_whatever_is_chosen(width: int, names: list[str], number: int, light: int) -> None:
    columns = columns_for(width, tuple(names), number, light)
    assert {"编号", "标题"} <= {column.name for column in columns}
    assert all(column.width > 0 for column in columns)
    taken = sum(column.width for column in columns) + GAP * (len(columns) - 1) + 2 * EDGE
    assert taken <= max(width, 50)
    if width >= 80 and len(set(names) | ALWAYS) <= 4:
        assert {column.name for column in columns} == set(chosen(names))


def test_the_list_has_all_default_columns_in_a_window_of_eighty() -> None:
    assert tuple(column.name for column in columns_for(79)) == DEFAULT


PLACES = st.builds(Place, st.sampled_from(["", "甲", "乙"]), st.just("as_list"), st.sampled_from(["1", "2"]))


@given(st.lists(st.one_of(PLACES, st.sampled_from(["back", "forward"]))))
def test_a_trail_leads_back_to_where_one_was(steps: list[Place | str]) -> None:
    history = NavigationHistory(Place())
    mirror, at = [Place()], 0
    for step in steps:
        if isinstance(step, Place):
            if step != mirror[at]:
                mirror = [*mirror[: at + 1], step][-200:]
                at = len(mirror) - 1
            history.go(step)
        elif step == "back":
            at = max(at - 1, 0)
            history.back()
        else:
            at = min(at + 1, len(mirror) - 1)
            history.forward()
        assert history.here == mirror[at]
        assert history.has_back is (at > 0)
        assert history.has_forward is (at + 1 < len(mirror))
