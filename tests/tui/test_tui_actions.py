"""The one table of actions, and what is made from it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding

from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Command, Situation, matches
from fazhi_tui.tui.actions.keymap import DEFAULT
from fazhi_tui.tui.actions.table import PLACES
from fazhi_tui.tui.dialogs.help import key_blocks
from fazhi_tui.tui.dialogs.palette import PaletteScreen
from fazhi_tui.tui.exchange.merge import MergeScreen
from fazhi_tui.tui.history.record import CommitScreen, RecordScreen
from fazhi_tui.tui.main.commands.find import FindCommands
from fazhi_tui.tui.main.commands.read import ReadCommands
from fazhi_tui.tui.main.commands.report import ReportCommands
from fazhi_tui.tui.main.commands.system import SystemCommands
from fazhi_tui.tui.main.screen import ONE_CALL, MainScreen
from fazhi_tui.tui.pages.screen import PagesScreen
from fazhi_tui.tui.report.form import BatchScreen, ReportScreen
from fazhi_tui.tui.report.preview import PreviewScreen
from fazhi_tui.tui.review.screen import ReviewScreen
from fazhi_tui.tui.styles import key_name
from tests.tui.helpers import opened, press, shown

EVERY = pytest.mark.parametrize(
    "command",
    [command for commands in PLACES.values() for command in commands],
    ids=lambda command: command.binding_id,
)
#: What a Chinese IME leaves alone: no letter, digit or sign by itself.
PASSES_AN_IME = re.compile(
    r"(f[0-9]+|enter|escape|left|right|tab|shift\+tab|shift\+(left|right)|(ctrl|alt)\+[a-z_]+)"
)
#: The screen that acts for each place.
SCREENS: dict[str, type[ActionScreen[Any]]] = {
    "main": MainScreen,
    "form": ReportScreen,
    "batch": BatchScreen,
    "preview": PreviewScreen,
    "record": RecordScreen,
    "commit": CommitScreen,
    "pages": PagesScreen,
    "settle": MergeScreen,
    "review": ReviewScreen,
}
#: The groups of the main screen's commands.
MAIN_GROUPS = (FindCommands, ReadCommands, ReportCommands, SystemCommands)


@EVERY
def test_every_action_has_a_second_key_that_an_ime_leaves_alone(command: Command) -> None:
    assert command.key
    assert PASSES_AN_IME.fullmatch(command.second)
    # Where a field takes letters, the first key is none either.
    if command.place in ("form", "batch"):
        assert PASSES_AN_IME.fullmatch(command.key)


@EVERY
def test_every_action_has_a_method_a_name_a_help_text_and_pinyin(command: Command) -> None:
    groups = [group for group in MAIN_GROUPS if command.place == "main" and hasattr(group, command.id)]
    table = [ONE_CALL[command.id]] if command.place == "main" and command.id in ONE_CALL else []
    methods = [*table, *(getattr(group, command.id) for group in groups)]
    # What every screen can do is in the main screen itself; nothing is in two groups.
    assert len(methods) <= 1
    # The review puts a question for most of its actions: a table of them, and a test that presses each.
    assert command.place == "review" or callable(
        methods[0] if methods else getattr(SCREENS[command.place], f"action_{command.id}")
    )
    assert command.name
    assert command.help.endswith("。")
    assert all(syllable.isascii() and syllable.islower() for syllable in command.pinyin.split())


@pytest.mark.parametrize("place", PLACES)
def test_no_key_is_used_twice_in_one_place(place: str) -> None:
    keys = [key for command in PLACES[place] for key in command.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", PLACES)
def test_all_keys_of_every_action_are_bound(place: str) -> None:
    assert SCREENS[place].place == place
    bound = {
        key.strip(): binding.action
        for binding in SCREENS[place].BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }
    for command in PLACES[place]:
        for key in command.keys:
            assert bound[key] == f"do('{command.id}')"


@pytest.mark.parametrize("place", PLACES)
def test_the_help_names_every_action_with_both_keys_and_says_why_one_is_not_possible(place: str) -> None:
    lacking = Situation(lacks="没有选中")
    text = "\n".join(block.label + block.text for block in key_blocks(PLACES[place], lacking))
    for command in PLACES[place]:
        line = next(line for line in text.splitlines() if command.help in line and command.name in line)
        assert key_name(command.key) in line
        assert key_name(command.second) in line
        why = command.why_not(lacking)
        assert not why or f"现在不可用：{why}" in line


@EVERY
def test_the_palette_finds_every_action_by_name_and_by_pinyin(command: Command) -> None:
    for typed in (command.name, command.pinyin.replace(" ", "")):
        assert matches(command, typed)


@EVERY
def test_the_palette_of_its_place_offers_every_action(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The width of its window is the screen's, which is not there.
    monkeypatch.setattr(PaletteScreen, "list_width", 60)
    palette = PaletteScreen(PLACES[command.place], Situation())
    found = {pick.result.value for pick in palette._find_commands("") if pick.result}
    assert command.id in found | {"palette"}


async def test_the_palette_runs_what_is_chosen(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "ctrl+p", *"danwei", "enter")
        assert "按单位筛选" in shown(app)


async def test_an_action_that_is_not_possible_says_why(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "c")
        assert "不能清除筛选：现在没有筛选条件" in shown(app)


async def test_both_keys_do_the_same(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        for key in DEFAULT.command("main", "deadlines").keys:
            await press(pilot, key)
            assert "按时限筛选" in shown(app)
            await press(pilot, "escape")


async def test_letters_typed_into_the_filter_bar_are_letters(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "slash", *"qsuzdhxc")
        assert app.main.bar.field.value == "qsuzdhxc"
        assert app.is_running


async def test_q_leaves(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running or app._exit
