"""From one way of looking to another: the keys work where one looks, and the cursor stays in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from fazhi_tui.tui.history.time_travel import PastScreen
from fazhi_tui.tui.report.form import ReportScreen
from tests.tui.helpers import opened, press, shown


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize("look", ["K", "T", "L"])
async def test_a_look_asked_for_from_the_detail_has_the_focus_and_shows_the_cursor(
    tracker: Path, size: tuple[int, int], look: str
) -> None:
    async with opened(tracker, "53", size=size) as (app, pilot):
        await press(pilot, look)
        assert app.focused is app.main.views.shown
        assert app.main.views.shown.display
        assert app.main.row is not None
        assert app.main.row.measure.id == "53"
        assert "53 " in shown(app)
        before = app.main.views.shown.cursor
        await press(pilot, "up")
        assert app.main.views.shown.cursor == before - 1


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_card_that_is_carried_is_put_back_and_let_go_from_anywhere(
    tracker: Path, size: tuple[int, int]
) -> None:
    async with opened(tracker, size=size) as (app, pilot):
        await press(pilot, "K", "enter")
        assert app.focused is app.main.detail.body
        if app.main.panes.take_turns:
            await press(pilot, "escape")
        await press(pilot, "full_stop")
        assert "未启动 > 推进中" in shown(app)
        await press(pilot, "escape")
        assert "未启动 > 推进中" not in shown(app)
        await press(pilot, "full_stop", "enter")
        assert isinstance(app.screen, ReportScreen)


async def test_from_an_earlier_day_one_may_go_on_to_a_later_one(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "t", *"2022-06-30", "enter")
        assert app.tracker.view is not None
        assert app.tracker.view.past is not None
        await press(pilot, "t")
        assert isinstance(app.screen, PastScreen)
        listing = app.screen.query_one(OptionList)
        offered = [str(listing.get_option_at_index(at).prompt) for at in range(listing.option_count)]
        assert offered[0] == "回到现在"
        assert offered[1].endswith("2022-12-31")
