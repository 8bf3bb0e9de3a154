"""``fazhi views``, and ``--view`` where a list or the screen is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi_tui.domain.columns import BY_NAME
from fazhi_tui.domain.sorting import SORTS
from tests.cli.conftest import Run
from tests.cli.running import Terminal
from tests.conftest import git

PATH = "plan/views.yaml"


def numbers(text: str) -> list[str]:
    return [line.split()[0] for line in text.splitlines()[1:]]


def test_without_any_view_the_way_to_one_is_told(tracker: Path, fazhi: Run) -> None:
    done = fazhi("views")
    assert (done.code, done.out) == (0, "")
    assert "fazhi views add" in done.err
    assert json.loads(fazhi("views", "--json").out) == []


def test_a_view_of_ones_own_is_kept_listed_used_and_forgotten(tracker: Path, fazhi: Run) -> None:
    head = git(tracker, "rev-parse", "HEAD")
    done = fazhi("views", "add", "我的", "牵头:sfj", "-状态:已完成", "--key", "m", "--sort", "时限 倒序")
    assert done.code == 0, done.err
    assert "21 条" in done.out
    assert git(tracker, "rev-parse", "HEAD") == head
    assert git(tracker, "status", "--porcelain") == ""
    listed = fazhi("views").out
    assert "我的" in listed
    assert "牵头:sfj -状态:已完成" in listed
    assert "个人" in listed
    for name in ("我的", "m"):
        assert len(numbers(fazhi("list", "--view", name).out)) == 21
    assert len(numbers(fazhi("list", "--view", "我的", "复议").out)) < 21
    assert fazhi("--view", "我的", "list").out == fazhi("list", "--view", "我的").out
    assert "已删去" in fazhi("views", "remove", "我的").out
    assert fazhi("list", "--view", "我的").code == 2


def test_a_view_says_in_what_order_and_with_which_columns(tracker: Path, fazhi: Run) -> None:
    fazhi("views", "add", "甲", "编号:1..5", "--sort", "编号 倒序", "--columns", "编号，标题,进度")
    lines = fazhi("list", "--view", "甲").out.splitlines()
    assert lines[0].split() == ["编号", "标题", "进度"]
    assert numbers("\n".join(lines)) == ["5", "4", "3", "2", "1"]
    found = json.loads(fazhi("list", "--view", "甲", "--json").out)
    assert [one["编号"] for one in found] == ["5", "4", "3", "2", "1"]


def test_a_shared_view_is_previewed_and_committed(tracker: Path, fazhi: Run) -> None:
    head = git(tracker, "rev-parse", "HEAD")
    shown = fazhi("views", "add", "红灯", "灯:红", "--shared", "--dry-run")
    assert shown.code == 0
    assert "视图：保存 红灯（灯:红）" in shown.out
    assert git(tracker, "rev-parse", "HEAD") == head
    refused = fazhi("views", "add", "红灯", "灯:红", "--shared")
    assert refused.code == 2
    assert "--yes" in refused.err
    done = fazhi("views", "add", "红灯", "灯:红", "--shared", "--yes")
    assert done.code == 0, done.err
    assert git(tracker, "show", "--name-only", "--format=", "HEAD").split() == [PATH]
    assert fazhi("check").code == 0
    (found,) = json.loads(fazhi("views", "--json").out)
    assert (found["名称"], found["筛选"], found["范围"]) == ("红灯", "灯:红", "共用")
    assert "视图：保存 红灯" in fazhi("log", "kind:视图").out
    refused = fazhi("views", "remove", "红灯")
    assert refused.code == 2
    assert "--shared" in refused.err
    assert fazhi("views", "remove", "红灯", "--shared", "--yes").code == 0
    assert json.loads(fazhi("views", "--json").out) == []


def test_mistakes_are_told_where_they_are(tracker: Path, fazhi: Run) -> None:
    done = fazhi("views", "add", "甲", "颜色:红")
    assert done.code == 2
    assert "^^^^" in done.err
    for words in (
        ("add",),
        ("remove",),
        ("红灯",),
        ("add", "甲", "--sort", "期限"),
        ("add", "甲", "--shape", "图"),
    ):
        done = fazhi("views", *words)
        assert (done.code, done.out) == (2, ""), words
        assert "办法" in done.err


def test_a_view_whose_query_no_longer_parses_is_listed_as_such(tracker: Path, fazhi: Run) -> None:
    (tracker / PATH).write_text("视图:\n  - 名称: 坏\n    筛选: 牵头:没有这个局\n", encoding="utf-8")
    assert "有误" in fazhi("views").out
    assert json.loads(fazhi("views", "--json").out)[0]["条数"] is None
    found = fazhi("check")
    assert found.code == 1
    assert f"{PATH}:3" in found.out
    assert fazhi("list", "--view", "坏").code == 2


def test_the_shell_completes_views(tracker: Path, fazhi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fazhi("views", "add", "红灯", "灯:红")
    for line, expected in (
        ("fazhi views ", "add\t存一个视图"),
        ("fazhi views remove ", "红灯\t灯:红"),
        ("fazhi views add 甲 状态:推", "状态:推进中"),
        ("fazhi list --view ", "红灯\t灯:红"),
        ("fazhi --view 红", "红灯\t灯:红"),
    ):
        monkeypatch.setenv("_FAZHI_COMPLETE_LINE", line)
        found = fazhi().out.splitlines()
        assert any(one.startswith(expected) for one in found), (line, found)


def test_the_screen_opens_with_a_view(tracker: Path, fazhi: Run) -> None:
    fazhi("views", "add", "司法", "牵头:sfj", "--sort", "编号 倒序")
    terminal = Terminal(tracker, "--view", "司法", columns=120, lines=40)
    terminal.read_until("21/48")
    terminal.send("q")
    assert terminal.close() == 0


def test_a_view_may_have_any_column_of_the_screen(tracker: Path, fazhi: Run) -> None:
    assert sorted(SORTS) == sorted(BY_NAME)
    for name in BY_NAME:
        assert fazhi("views", "add", "列", "--columns", f"灯,{name}", "--sort", f"{name} 倒序").code == 0
        assert fazhi("list", "--view", "列").out.split()[:2] == ["灯", name]


def test_every_column_but_the_count_of_notes_is_a_key_of_json(fazhi: Run) -> None:
    keys = fazhi("list", "28", "--json").json[0].keys()
    assert set(BY_NAME) - set(keys) == {"填报"}
