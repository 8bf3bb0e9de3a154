"""What an input method sends, in every field: full-width signs, wide blanks, pastes of several lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.report.form import ReportScreen
from fazhi_tui.tui.report.identity import IdentityScreen
from fazhi_tui.tui.report.message import MessageField
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.fields import LineField
from tests.tui.helpers import listed, opened, paste, press, settled, shown

SEVERAL = "第一行，“引号”\r\n　　第二行；\r第三行"
JOINED = "第一行，“引号” 　　第二行； 第三行"


async def committed(pilot: Pilot[None], text: str) -> None:
    """Characters as a terminal sends what an input method has composed: one key each."""
    for character in text:
        name = "ideographic_space" if character == "\u3000" else character
        pilot.app.post_message(Key(name, character))
    await settled(pilot)


async def form(pilot: Pilot[None]) -> ReportScreen:
    app = pilot.app
    assert isinstance(app, FazhiApp)
    app.main.navigation.go_to("28")
    await settled(pilot)
    await press(pilot, "s")
    assert isinstance(app.screen, ReportScreen)
    return app.screen


def mistake(app: FazhiApp) -> str:
    return str(app.screen.query_one("#form-mistake").render())  # type: ignore[no-untyped-call, unused-ignore]


@pytest.mark.parametrize("how", [committed, paste])
async def test_full_width_digits_become_a_figure(
    tracker: Path, how: Callable[[Pilot[None], str], object]
) -> None:
    async with opened(tracker) as (_app, pilot):
        screen = await form(pilot)
        screen.query_one("#report-progress").focus()
        await how(pilot, "６０％")  # type: ignore[misc]
        screen.query_one("#report-quantity").focus()
        await how(pilot, "１，２００")  # type: ignore[misc]
        assert screen.query_one("#report-progress", Input).value == "60"
        request = screen.request()
        assert (request.progress, request.quantity) == (60, 1200)


async def test_what_is_no_figure_is_told_and_not_taken(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        screen = await form(pilot)
        screen.query_one("#report-progress").focus()
        await paste(pilot, "约六成")
        assert "只能写数字：没有收下「约六成」" in mistake(app)
        assert screen.request().progress is None


async def test_a_unit_with_an_input_methods_comma_behind_it_is_found(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        screen = await form(pilot)
        field = screen.query_one("#report-unit", LineField)
        field.value = ""
        field.focus()
        await committed(pilot, "市公安局，")
        assert screen.request().unit == "市公安局"
        assert "没有这个单位" not in shown(app)


async def test_wide_blanks_and_full_width_signs_stay_in_the_message(tracker: Path) -> None:
    async with opened(tracker) as (_app, pilot):
        screen = await form(pilot)
        await committed(pilot, "　　示例：“引号”，《方案》（二）……——！？")
        assert screen.request().message == "　　示例：“引号”，《方案》（二）……——！？"


async def test_several_lines_are_kept_in_the_message_and_joined_in_a_line(tracker: Path) -> None:
    async with opened(tracker) as (_app, pilot):
        screen = await form(pilot)
        await paste(pilot, SEVERAL)
        assert screen.query_one(MessageField).text == "第一行，“引号”\n　　第二行；\n第三行"
        field = screen.query_one("#report-unit", LineField)
        field.value = ""
        field.focus()
        await paste(pilot, SEVERAL)
        assert field.value == JOINED


async def test_in_the_filter_bar_the_same(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "/")
        field = app.screen.query_one("#query", LineField)
        await paste(pilot, SEVERAL)
        assert field.value == JOINED
        field.value = ""
        await committed(pilot, "牵头：市司法局　编号：28")
        assert listed(app) == ["28"]


async def test_in_pickers_and_dialogs_the_same(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "u")
        await paste(pilot, "市公\n安局")
        assert app.screen.query_one("#picker-field", LineField).value == "市公 安局"
        await press(pilot, "escape", "i")
        assert isinstance(app.screen, IdentityScreen)
        for field in app.screen.query(LineField):
            field.value = ""
            field.focus()
            await paste(pilot, SEVERAL)
            assert field.value == JOINED
            await committed(pilot, "　甲")
            assert field.value == f"{JOINED}　甲"


async def test_the_wide_blank_chooses_like_the_space_bar(tracker: Path) -> None:
    async with opened(tracker) as (_app, pilot):
        screen = await form(pilot)
        kinds = screen.query_one("#report-kind", Choice)
        kinds.focus()
        before = kinds.value
        await committed(pilot, "　")
        assert kinds.value != before


async def test_the_cursor_is_known_before_the_first_key_and_after_the_rows_move(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        screen = await form(pilot)
        field = screen.query_one(MessageField)
        first = app.cursor_position
        assert field.region.contains_point(first)
        await committed(pilot, "示例")
        assert app.cursor_position == (first.x + 4, first.y)
        screen.query_one("#report-kind", Choice).choose("申请延期")
        await settled(pilot)
        assert app.cursor_position == (first.x + 4, first.y + 1), "a row more above it"
        unit = screen.query_one("#report-unit", LineField)
        unit.focus()
        await settled(pilot)
        assert app.cursor_position.y == unit.region.y
        await press(pilot, "f3")
        assert app.cursor_position.y == app.screen.query_one("#picker-field").region.y
        await press(pilot, "escape")
        assert app.cursor_position.y == unit.region.y
