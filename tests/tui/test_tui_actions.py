"""The one table of actions, and what is made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_tui.tui.actions import BY_ID, COMMANDS, Situation, matches
from fazhi_tui.tui.screens.deeds import Deeds
from fazhi_tui.tui.screens.help import key_blocks
from fazhi_tui.tui.screens.main import MainScreen
from fazhi_tui.tui.words import key_name
from tests.tui.helpers import opened, press, shown

EVERY = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


@EVERY
def test_every_action_has_a_letter_and_a_second_key_that_an_ime_leaves_alone(command) -> None:  # type: ignore[no-untyped-def]
    assert len(key_name(command.key)) == 1
    assert command.second in (
        "enter",
        "left",
        "right",
        "shift+left",
        "shift+right",
    ) or command.second.startswith(("f", "ctrl+", "alt+"))


@EVERY
def test_every_action_has_a_deed_a_name_a_help_text_and_pinyin(command) -> None:  # type: ignore[no-untyped-def]
    assert callable(getattr(Deeds, command.id))
    assert command.name
    assert command.help.endswith("。")
    assert all(syllable.isascii() and syllable.islower() for syllable in command.pinyin.split())


def test_no_key_is_used_twice() -> None:
    keys = [key for command in COMMANDS for key in (command.key, command.second)]
    assert len(keys) == len(set(keys))


def test_both_keys_of_every_action_are_bound() -> None:
    bound = {
        key.strip(): binding.action  # type: ignore[union-attr]
        for binding in MainScreen.BINDINGS
        for key in binding.key.split(",")  # type: ignore[union-attr]
    }
    for command in COMMANDS:
        assert bound[command.key] == f"do('{command.id}')"
        assert bound[command.second] == f"do('{command.id}')"


def test_the_help_names_every_action_with_both_keys_and_says_why_one_is_not_possible() -> None:
    text = "\n".join(block.label + block.text for block in key_blocks(Situation()))
    for command in COMMANDS:
        line = next(line for line in text.splitlines() if command.help in line)
        assert key_name(command.key) in line
        assert key_name(command.second) in line
        assert command.name in line
    assert "没有选中措施" in text


@EVERY
def test_the_palette_finds_every_action_by_name_and_by_pinyin(command) -> None:  # type: ignore[no-untyped-def]
    for typed in (command.name, command.pinyin.replace(" ", "")):
        assert matches(command, typed)


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
        for key in (BY_ID["deadlines"].key, BY_ID["deadlines"].second):
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
