"""A person's own keys: read as people write them, refused where they clash, true wherever they are shown."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Static

from fazhi_tui.domain.model.repository import Event
from fazhi_tui.service.exchange.sync import Synced
from fazhi_tui.service.importing.review import Review
from fazhi_tui.service.preferences.preferences import (
    KeyChange,
    LoadedPreferences,
    Preferences,
    load_preferences,
    save_theme,
)
from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.actions.command import Command
from fazhi_tui.tui.actions.keymap import DEFAULT, RESERVED, keymap, parse_key
from fazhi_tui.tui.actions.table import PLACES
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.exchange.sync import LISTED, result_blocks
from fazhi_tui.tui.review.app import ReviewApp
from fazhi_tui.tui.styles import key_name
from tests.tui.helpers import TODAY, press, prose, settled, shown
from tests.tui.review.test_review_screen import TEXT as REVIEW_TEXT
from tests.tui.review.test_review_screen import cursor_on
from tests.tui.review.test_review_screen import said as review_said
from tests.tui.waiting_merge import merge_that_waits


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("F2", "f2"),
        ("Ctrl+L", "ctrl+l"),
        ("ctrl + l", "ctrl+l"),
        ("Alt+左", "alt+left"),
        ("Shift+F3", "shift+f3"),
        ("/", "slash"),
        ("?", "question_mark"),
        ("左", "left"),
        ("空格", "space"),
        ("S", "S"),
        ("Ctrl++", "ctrl+plus"),
        ("F25", None),
        ("Hyper+x", None),
        ("Ctrl+Ctrl+x", None),
        ("", None),
    ],
)
def test_a_key_is_read_as_people_write_it(written: str, key: str | None) -> None:
    assert parse_key(written) == key


@pytest.mark.parametrize(
    "command", [one for all_ in PLACES.values() for one in all_], ids=lambda c: c.binding_id
)
def test_every_key_of_the_table_can_be_written_as_it_is_shown(command: Command) -> None:
    for key in command.keys:
        assert parse_key(key_name(key)) == key


def test_what_cannot_be_taken_is_told_and_the_rest_holds() -> None:
    found = keymap(
        [
            ("填报", "R F2"),
            ("撤销", "u"),
            ("没有的", "x"),
            ("筛选", "Ctrl+Zz"),
            ("排序", "上"),
            ("预览/返回", "x"),
        ]
    )
    assert found.overrides == {"main.report": "R,f2", "preview.back": "x"}
    assert found.problems == (
        "按键：没有操作叫「没有的」",
        "按键：「筛选」的键「Ctrl+Zz」不认识，写成 F2、Ctrl+L、/ 这样",
        "按键：上 用来移动和返回，不能给「排序」",
        "按键：u 已经是「单位」的键，「撤销」仍用原来的键",
    )
    assert found.command("main", "report").keys == ("R", "f2")
    assert found.command("main", "undo").keys == DEFAULT.command("main", "undo").keys


def test_two_actions_may_change_their_keys_with_each_other() -> None:
    found = keymap([("填报", "z F8"), ("撤销", "s F2")])
    assert not found.problems
    assert found.command("main", "undo").keys == ("s", "f2")


ACTIONS = [command.name for command in PLACES["main"]]


@given(
    st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(["x", "F2", "Q", "Alt+J", "s u", "Ctrl+L"])))
)
def test_whatever_is_wished_no_key_has_two_actions_and_none_is_lost(wishes: list[tuple[str, str]]) -> None:
    found = keymap(wishes)
    for place, commands in found.places.items():
        keys = [key for command in commands for key in command.keys]
        assert len(keys) == len(set(keys)), place
        assert [one.id for one in commands] == [one.id for one in PLACES[place]]
        assert all(one.keys for one in commands)
    assert not RESERVED & {key for keys in found.overrides.values() for key in keys.split(",")} - {"enter"}


async def test_changed_keys_work_and_are_what_the_screen_says(tracker: Path) -> None:
    preferences = LoadedPreferences(
        Preferences(keys=(KeyChange("填报", "R F9"), KeyChange("问题", "X"), KeyChange("离开", "F12"))),
        "设置",
    )
    app = FazhiApp(Reader(tracker, TODAY), preferences=preferences)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        assert "R 填报" in shown(app)
        await press(pilot, "s")
        assert app.screen is app.main
        await press(pilot, "question_mark")
        assert "R  F9" in prose(app)
        await press(pilot, "escape", "ctrl+p", *"tb")
        assert "R 或 F9" in shown(app)
        await press(pilot, "escape", "R")
        assert "填报第 1 条" in shown(app)


async def test_mistakes_in_the_settings_are_told_at_the_start_and_where_to_look(tracker: Path) -> None:
    preferences = LoadedPreferences(Preferences(theme="没有的主题", keys=(KeyChange("撤销", "u"),)), "设置")
    app = FazhiApp(Reader(tracker, TODAY), preferences=preferences)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        assert "个人设置有 2 处没有采用（按 O 查看）：没有主题「没有的主题」" in shown(app)
        await press(pilot, "O")
        assert "u 已经是「单位」的键" in prose(app)


# ------------------------------------------------------------------ the file


def test_the_settings_file_is_read_with_its_mistakes_told_by_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(
        "主题: fazhi-light\n按键:\n  - 操作: 填报\n    键: R\n  - 操作: 撤销\n    鍵: x\n", "utf-8"
    )
    loaded = load_preferences({"FAZHI_SETTINGS": str(file)})
    assert loaded.values == Preferences("fazhi-light", (KeyChange("填报", "R"),))
    assert [(problem.line, problem.code) for problem in loaded.problems] == [
        (6, "unknown-key"),
        (5, "missing-key"),
    ]


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "[", "主题: [1]\n", "\ufeff主题: x\n"])
def test_any_file_gives_settings(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(text, "utf-8")
    assert isinstance(load_preferences({"FAZHI_SETTINGS": str(file)}).values, Preferences)


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    loaded = load_preferences({"FAZHI_SETTINGS": str(tmp_path / "none.yaml")})
    assert loaded.values == Preferences()
    assert not loaded.exists
    assert not loaded.problems


def test_a_theme_is_remembered_and_what_else_stands_in_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "settings.yaml"
    environ = {"FAZHI_SETTINGS": str(file)}
    save_theme("fazhi-light", environ)
    assert load_preferences(environ).values.theme == "fazhi-light"
    file.write_text("# 我的注释\n按键:\n  - 操作: 填报\n    键: R  # 顺手\n", "utf-8")
    save_theme("nord", environ)
    assert file.read_text("utf-8") == "# 我的注释\n按键:\n  - 操作: 填报\n    键: R  # 顺手\n主题: nord\n"


# ------------------------------------------------------------------ every text says the key that is


def _keys(*changes: tuple[str, str]) -> LoadedPreferences:
    return LoadedPreferences(Preferences(keys=tuple(KeyChange(*change) for change in changes)), "设置")


async def test_the_messages_of_the_main_screen_name_changed_keys(tracker: Path) -> None:
    (tracker / "plan" / "29.yaml").write_text("编号: [\n", "utf-8")
    wanted = _keys(
        ("单位", "U F4"), ("时限", "Q"), ("筛选", "Ctrl+B"), ("问题", "X"), ("退出", "Alt+J Ctrl+Q")
    )
    app = FazhiApp(Reader(tracker, TODAY), preferences=wanted)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "（X）" in shown(app)
        await press(pilot, "f")
        assert "没有分类栏；用 U、Q 或 Ctrl+B 筛选" in shown(app)
        app.action_help_quit()
        await settled(pilot)
        assert "按 Alt+J 或 Ctrl+Q 退出" in shown(app)


async def test_the_merge_that_waits_names_changed_keys(tmp_path: Path) -> None:
    root = merge_that_waits(tmp_path)
    wanted = _keys(("提交合并", "F9"), ("我方", "4"), ("对方", "5"))
    app = FazhiApp(Reader(root, TODAY), preferences=wanted)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "p")
        assert all(said in prose(app) for said in ("4 我方", "5 对方", "3 原来"))
        for _ in range(40):
            if "全部选定" in shown(app):
                break
            await press(pilot, "4")
        assert "全部选定，按 F9 提交合并" in shown(app)


async def test_the_key_that_opened_a_window_closes_it_whatever_it_was_changed_to(tracker: Path) -> None:
    app = FazhiApp(Reader(tracker, TODAY), preferences=_keys(("问题", "X")))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "X")
        assert app.screen is not app.main
        await press(pilot, "x")
        assert app.screen is not app.main
        await press(pilot, "X")
        assert app.screen is app.main


def test_more_commits_than_are_listed_are_found_with_the_changed_key() -> None:
    event = Event("a" * 40, datetime(2023, 1, 1, tzinfo=UTC), "示例", "", "28 示例")
    synced = Synced("示例", received=(event,) * (LISTED + 1))
    said = "".join(block.text for block in result_blocks(synced, keymap([("全部记录", "R")])))
    assert "另有 1 个，按 R 查看" in said


async def test_the_detail_and_the_filter_name_changed_keys(tracker: Path) -> None:
    (tracker / "plan" / "29.yaml").write_text("编号: [\n", "utf-8")
    wanted = _keys(("填报", "Q Alt+J"), ("刷新", "X"), ("筛选", "Ctrl+B"), ("帮助", "J"))
    app = FazhiApp(Reader(tracker, TODAY), preferences=wanted)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        assert "按 Ctrl+B 筛选，如 牵头:" in shown(app)
        app.main.detail.show_tab("notes")
        await settled(pilot)
        assert "按 Q 或 Alt+J 填报。" in prose(app)
        await press(pilot, "2", "9", "enter")
        assert "也可以按 X 刷新" in prose(app)
        await press(pilot, "O")
        assert "操作的名称见帮助（J）" in prose(app)


async def test_the_review_names_changed_keys(tmp_path: Path) -> None:
    source = tmp_path / "示例.txt"
    source.write_text(REVIEW_TEXT, encoding="utf-8")
    wanted = _keys(
        ("核对导入/下一存疑", "Q F11"), ("核对导入/撤销", "Ctrl+B"), ("核对导入/退出", "X Alt+J"),
        ("核对导入/认可", "F10"),
    )  # fmt: skip
    app = ReviewApp(Review(source, tmp_path / "台账"), wanted.values)
    async with app.run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        assert "按 Q 或 F11 逐处看" in review_said(app)
        app.action_help_quit()
        assert "按 X 或 Alt+J 退出" in review_said(app)
        cursor_on(app, "2.")
        await press(pilot, "r", "ctrl+u", "enter", "ctrl+u", "enter", "ctrl+u", "f2")
        said = str(app.screen.query_one("#form-mistake", Static).render())
        assert "确实没有的，用 F10 认可" in said
        await press(pilot, "escape", "escape", "m")
        await settled(pilot)
        assert "按 Ctrl+B 收回" in review_said(app)
