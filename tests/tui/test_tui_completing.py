"""Completing in the filter bar: what hangs under it, which keys move in it, and that nothing else moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.service.plan.saved_views import KeptView
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.filter.suggestions import MOST_LINES, clear_of
from tests.tui.helpers import listed, opened, paste, press, settled, shown


@asynccontextmanager
async def in_the_bar(
    root: Path, query: str = "", *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[FazhiApp, Pilot[None]]]:
    """The app with the cursor in the filter bar and everything made ready."""
    async with opened(root, query, size=size) as (app, pilot):
        await press(pilot, "slash")
        yield app, pilot


def offered(app: FazhiApp) -> list[str]:
    return [one.shown for one in app.main.bar.offered.offers]


def value(app: FazhiApp) -> str:
    return app.main.bar.field.value


async def test_typing_offers_and_tab_takes_the_best_and_stays(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"zt")
        assert offered(app) == ["状态:"]
        await press(pilot, "tab")
        assert value(app) == "状态:"
        assert app.focused is app.main.bar.field
        assert offered(app)[0] == "未启动"
        await press(pilot, *"wqd", "tab")
        assert value(app) == "状态:未启动"
        assert app.main.query_text == "状态:未启动"


async def test_text_committed_by_an_input_method_is_completed_too(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await paste(pilot, "牵头：司法")
        await press(pilot, "tab")
        assert value(app) == "牵头：市司法局"
        assert len(listed(app)) == 21


async def test_arrows_choose_and_enter_takes_what_was_chosen_and_keeps_it(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"sfj")
        assert offered(app)[:2] == ["牵头:市司法局", "单位:市司法局"]
        await press(pilot, "down", "down", "enter")
        assert app.main.query_text == "单位:市司法局"
        assert app.focused is app.main.table


async def test_enter_keeps_the_query_as_typed_where_nothing_was_chosen(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"sfj", "enter")
        assert app.main.query_text == "sfj"
        assert app.focused is app.main.table
        assert offered(app) == []


async def test_going_up_past_the_first_chooses_none(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"sfj", "down", "up", "enter")
        assert app.main.query_text == "sfj"


async def test_a_field_that_was_chosen_waits_for_its_value(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"zt", "down", "enter")
        assert value(app) == "状态:"
        assert app.focused is app.main.bar.field


async def test_esc_closes_the_list_and_then_drops_the_change(tracker: Path) -> None:
    async with in_the_bar(tracker, "lead:sfj") as (app, pilot):
        await press(pilot, "space", *"zt")
        await press(pilot, "escape")
        assert offered(app) == []
        assert value(app) == "lead:sfj zt"
        await press(pilot, "escape")
        assert value(app) == "lead:sfj"
        assert app.focused is app.main.table


async def test_down_keeps_the_query_where_nothing_is_offered(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, "down")
        assert app.focused is app.main.table


async def test_what_is_meant_already_holds_no_keys(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"lead:sfj")
        assert offered(app) == ["市司法局"]
        await press(pilot, "down")
        assert app.main.query_text == "lead:sfj"
        assert app.focused is app.main.table


async def test_tab_goes_on_to_the_next_pane_where_nothing_is_offered(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, "tab")
        assert app.focused is not app.main.bar.field


async def test_the_list_behind_moves_nowhere_and_the_mistake_stays_in_sight(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await paste(pilot, "颜色:红 状态:")
        assert app.main.bar.offered.is_open
        with_offers = app.main.table.region
        lines = shown(app).splitlines()
        assert "^^^" in lines[2]
        assert "没有叫「颜色」的字段" in lines[3]
        # The mistake takes two lines here; what is offered hangs under them.
        assert "未启动" in lines[5]
        await press(pilot, "escape")
        assert app.main.table.region == with_offers


async def test_half_a_word_is_no_mistake_while_its_rest_is_offered(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"lead:")
        mistake = app.main.query_one("#filter-mistake")
        assert app.main.bar.offered.is_open
        assert not mistake.display
        # Who means it so is told.
        await press(pilot, "enter")
        assert mistake.display
        assert "后面缺少值" in shown(app)
        assert app.focused is app.main.bar.field


async def test_it_hangs_under_what_it_replaces_and_is_eight_lines_at_most(tracker: Path) -> None:
    async with in_the_bar(tracker, size=(100, 30)) as (app, pilot):
        await paste(pilot, "灯:红 参加:")
        drop = app.main.bar.offered
        assert drop.region.height == MOST_LINES
        line = next(line for line in shown(app).splitlines() if "参加:" in line)
        column = cell_len(line[: line.index("参加:") + 3])
        # The sign and a blank stand before the names.
        assert drop.region.x == column - 2


async def test_arrows_scroll_through_what_does_not_fit(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await paste(pilot, "参加:")
        names = offered(app)
        assert len(names) > MOST_LINES
        await press(pilot, *["down"] * 10)
        assert f"> {names[9]}" in shown(app)
        await press(pilot, "tab")
        assert value(app) == f"参加:{names[9]}"


async def test_a_click_takes_what_was_clicked_and_the_field_keeps_the_focus(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"sfj")
        await pilot.click(app.main.bar.offered, offset=(6, 1))
        await settled(pilot)
        assert value(app) == "单位:市司法局"
        assert app.focused is app.main.bar.field
        await press(pilot, "enter")
        assert app.main.query_text == "单位:市司法局"


async def test_leaving_the_bar_closes_the_list(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        await press(pilot, *"zt")
        app.main.table.focus()
        await settled(pilot)
        assert offered(app) == []


VIEWS = (
    KeptView(SavedView("红灯", "r", "灯:红", about="示例：最要紧的"), True),
    KeptView(SavedView("我的", None, "牵头:市司法局"), False),
)


async def test_an_empty_field_offers_recent_queries_and_saved_views(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        app.main.bar.take_lists(("复议", "灯:红"), VIEWS)
        await press(pilot, "slash")
        assert offered(app) == ["复议", "灯:红", "牵头:市司法局"]
        picture = shown(app)
        assert "最近用过，视图 红灯" in picture
        assert "视图 我的" in picture
        await press(pilot, "down", "down", "down", "enter")
        assert app.main.query_text == "牵头:市司法局"
        assert len(listed(app)) == 21


async def test_a_query_that_was_kept_is_offered_the_next_time(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        app.main.filter.remember("复议")
        await settled(pilot)
        await press(pilot, "slash")
        assert offered(app) == ["复议"]
    async with opened(tracker) as (app, pilot):
        await press(pilot, "slash")
        assert offered(app) == ["复议"]


async def test_recent_queries_are_data_and_never_markup(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        app.main.bar.take_lists(("[red]示例[/red] \x1b[2J",), ())
        await press(pilot, "slash")
        assert "[red]示例[/red] <1B>[2J" in shown(app)
        await press(pilot, "tab")
        assert value(app) == "[red]示例[/red] <1B>[2J"


async def test_completions_follow_what_another_program_changes(tracker: Path) -> None:
    async with in_the_bar(tracker) as (app, pilot):
        path = tracker / "plan/units.yaml"
        text = path.read_text(encoding="utf-8") + "  - 名称: 示例新局\n    拼音: shi li xin ju\n"
        path.write_text(text, encoding="utf-8")
        app.tracker.reload()
        await settled(pilot)
        await paste(pilot, "牵头:示例新")
        assert offered(app) == ["示例新局"]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40), (200, 50), (30, 10)])
async def test_no_character_is_lost_at_any_size(tracker: Path, size: tuple[int, int]) -> None:
    async with in_the_bar(tracker, size=size) as (app, pilot):
        for typed in ("参加:", "灯:红 节:", "a 状态:", "ab 节:"):
            await press(pilot, "ctrl+u")
            await paste(pilot, typed)
            drop = app.main.bar.offered
            assert drop.is_open
            lines = shown(app).splitlines()
            for at, one in enumerate(drop.offers[: drop.region.height - 1]):
                line = lines[drop.region.y + at] if drop.region.y + at < len(lines) else None
                if line is not None and size[0] >= 80:
                    assert one.shown[:20] in line.replace(" ", "")
            assert drop.region.right <= size[0]


def test_blanks_keep_double_width_characters_clear_of_cuts() -> None:
    assert clear_of("市司法局", 0, frozenset({2, 4})) == "市司法局"
    assert clear_of("市司法局", 0, frozenset({3})) == "市 司法局"
    assert clear_of("市司法局", 0, frozenset({1, 2})) == "  市司法局"
    assert clear_of("abc", 0, frozenset({1, 2})) == "abc"
