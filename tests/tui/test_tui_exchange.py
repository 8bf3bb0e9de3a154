"""Working together on the screen: sync, settling a merge, the whole record, what changed, handing in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.tui.helpers import TODAY, git, listed, opened, paste, press, prose, settled, shown
from tests.vcs.helpers import counted

Pair = tuple[Path, Path]


def report(root: Path, measure: str, text: str, unit: str = "市司法局") -> str:
    reader = Reader(root, TODAY)
    done = file_report(Writer(reader), ReportRequest(measure, unit, text), reader.repository.identity())
    return done.commit


def amend(root: Path, old: str, new: str) -> None:
    file = root / "plan" / "28.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    git(root, "commit", "-q", "-am", "示例修订\n\nKind: 修订")


@pytest.fixture
def pair(tracker: Path, tmp_path: Path) -> Pair:
    """Two clones of one server."""
    git(tmp_path, "clone", "-q", "--bare", str(tracker), "服务器.git")
    for name in ("甲", "乙"):
        git(tmp_path, "clone", "-q", "服务器.git", name)
        for key, value in (
            ("user.name", name),
            ("user.email", "x@example.org"),
            ("fazhi.unit", "市司法局"),
            ("fazhi.today", str(TODAY)),
        ):
            git(tmp_path / name, "config", key, value)
    return tmp_path / "甲", tmp_path / "乙"


async def test_p_sends_and_receives_and_tells_what_came(pair: Pair) -> None:
    here, there = pair
    report(here, "28", "示例：这边")
    report(there, "30", "示例：那边")
    git(there, "push", "-q")
    async with opened(here) as (app, pilot):
        await press(pilot, "p")
        assert "已推送 2 个提交，合并，与 origin/main 一致" in shown(app)
        assert "30 进展：示例：那边" in shown(app)
        await press(pilot, "enter")
        assert app.screen is app.main
        await settled(pilot)
        assert "与上游一致" in shown(app)
    assert git(here, "status", "--porcelain") == ""


async def test_offline_is_told_and_everything_waits(pair: Pair) -> None:
    here, _ = pair
    report(here, "28", "示例")
    git(here, "remote", "set-url", "origin", "https://fazhi.invalid/x.git")
    async with opened(here) as (app, pilot):
        await press(pilot, "f10")
        assert "连不上服务器" in shown(app)
        assert "本地有 1 个提交等待同步" in shown(app)
        await press(pilot, "escape")
        assert app.screen is app.main


async def test_without_a_server_the_reason_and_the_way_are_told(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "p")
        assert "没有服务器可以同步" in shown(app)
        assert "git remote add" in shown(app)


async def test_escape_stops_it_and_nothing_is_half_done(pair: Pair, tmp_path: Path) -> None:
    here, _ = pair
    report(here, "28", "示例")
    hook = tmp_path / "服务器.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nsleep 60\n", "utf-8")
    hook.chmod(0o755)
    async with opened(here) as (app, pilot):
        app.main.action_do("sync")
        for _ in range(100):
            await pilot.pause(0.05)
            if "推送" in shown(app):
                break
        assert "推送" in shown(app)
        await press_now(pilot, "escape")
        await settled(pilot)
        assert "推送已取消" in shown(app)
        await press(pilot, "enter")
        assert app.screen is app.main
    assert git(here, "status", "--porcelain") == ""


async def press_now(pilot: object, key: str) -> None:
    """A key while work is under way: nothing to wait for."""
    from textual.events import Key

    driver = pilot.app._driver  # type: ignore[attr-defined]
    driver.send_message(Key(key, None))
    await pilot.pause(0.1)  # type: ignore[attr-defined]


@pytest.fixture
def torn(pair: Pair) -> Pair:
    here, there = pair
    amend(there, "2022-12-31", "2023-06-30")
    amend(there, "主渠道作用", "主渠道甲")
    git(there, "push", "-q")
    amend(here, "截止: 2022-12-31", "截止: 2023-03-31")
    amend(here, "主渠道作用", "主渠道乙")
    return pair


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_merge_is_settled_place_by_place_and_pushed(torn: Pair, size: tuple[int, int]) -> None:
    here, _ = torn
    async with opened(here, size=size) as (app, pilot):
        await press(pilot, "p")
        assert "两边改了同一处" in shown(app)
        await press(pilot, "enter")
        assert "合并：2 处两边都改了" in shown(app)
        assert "2023-03-31" in prose(app)
        assert "2023-06-30" in prose(app)
        await press(pilot, "f2")
        assert "还有 2 处未选" in shown(app)
        await press(pilot, "2")
        # On to the next; with the arrows, for those whose keys an IME swallows.
        await press(pilot, "right", "right", "left")
        assert "[我方]" in shown(app)
        await press(pilot, "f2")
        assert app.screen is app.main
        assert "合并已提交" in shown(app)
        await press(pilot, "p")
        assert "已推送 3 个提交" in shown(app)
    text = (here / "plan" / "28.yaml").read_text("utf-8")
    assert "截止: 2023-06-30" in text
    assert "主渠道乙" in text
    assert "未选我方：2023-03-31" in git(here, "log", "-1", "--format=%B")


async def test_a_merge_that_waits_says_so_and_p_goes_on_with_it(torn: Pair) -> None:
    here, _ = torn
    async with opened(here, size=(140, 40)) as (app, pilot):
        await press(pilot, "p", "enter", "escape")
        assert app.screen is app.main
        assert "合并进行中，按 p 接着做" in shown(app)
        # Every record stays in sight.
        assert app.tracker.view is not None
        assert len(listed(app)) == len(app.tracker.view.rows) + 1
        await press(pilot, "p")
        assert "逐处选定" in shown(app)
        await press(pilot, "f8")
        assert "放弃合并？" in shown(app)
        await press(pilot, "enter")
        assert "已放弃合并" in shown(app)
    assert git(here, "status", "--porcelain") == ""


async def test_the_whole_record_is_asked_and_one_commit_told(torn: Pair) -> None:
    here, _ = torn
    report(here, "30", "示例：别的")
    async with opened(here, size=(140, 40)) as (app, pilot):
        await press(pilot, "l")
        assert "全部记录" in shown(app)
        assert "30 进展：示例：别的" in shown(app)
        await press(pilot, "slash")
        await paste(pilot, "field:截止")
        await press(pilot, "enter")
        assert "1 次提交" in shown(app)
        await press(pilot, "enter")
        assert "截止（28.1）  2022-12-31 -> 2023-03-31" in prose(app)
        await press(pilot, "escape", "slash")
        await paste(pilot, " x:y:z kind:没有")
        await press(pilot, "enter")
        assert "没有「没有」这一类" in shown(app)
        await press(pilot, "escape", "escape")
        assert app.screen is app.main


async def test_sentences_are_told_apart_and_g_goes_to_the_measure(torn: Pair) -> None:
    here, _ = torn
    report(here, "30", "示例：别的")
    async with opened(here) as (app, pilot):
        await press(pilot, "ctrl+d", "down", "enter")
        assert "  - 健全优化行政复议审理机制" in prose(app)
        assert "  + 健全优化行政复议审理机制" in prose(app)
        await press(pilot, "escape", "home", "g")
        assert app.screen is app.main
        assert app.main.row is not None
        assert app.main.row.measure.id == "30"


async def test_a_named_action_is_undone_from_the_record_or_refused(pair: Pair) -> None:
    here, _ = pair
    reader = Reader(here, TODAY)
    request = ReportRequest("28", "市司法局", "示例：开始", status=None)
    file_report(Writer(reader), request, reader.repository.identity())
    report(here, "30", "示例：别的")
    async with opened(here) as (app, pilot):
        await press(pilot, "l", "down", "z")
        assert "撤销这次填报" in shown(app)
        await press(pilot, "enter")
        assert app.screen is app.main
        await press(pilot, "l", "z")
        # An undoing itself is not undone: the reason is told.
        assert "本身就是一次撤销" in shown(app)
    assert "Kind: 撤销" in git(here, "log", "-1", "--format=%B")


async def test_what_changed_since_the_last_visit_is_marked(pair: Pair) -> None:
    here, there = pair
    async with opened(here) as (app, pilot):
        assert app.main.table.changed == frozenset()
        app.leave()
        await pilot.pause()
    report(there, "28", "示例")
    report(there, "30", "示例")
    git(there, "push", "-q")
    git(here, "pull", "-q")
    async with opened(here) as (app, pilot):
        assert app.main.table.changed == {"28", "30"}
        assert "+ 变动 2" in shown(app)
        await press(pilot, "2", "8")
        assert "+28" in shown(app)
        await press(pilot, "y")
        assert "现在标的是上次打开以来的 2 条变动" in shown(app)
        await press(pilot, "enter")
        assert listed(app) == ["28", "30"]
        await press(pilot, "c", "y")
        await paste(pilot, "HEAD~1")
        await press(pilot, "enter")
        assert app.main.table.changed == {"30"}
        await press(pilot, "y")
        await paste(pilot, "没有这个")
        await press(pilot, "enter")
        assert "没有提交、标签或日期" in shown(app)
        await press(pilot, "escape", "ctrl+s", "up", "enter")
        assert app.main.table.changed == frozenset()
    assert git(here, "status", "--porcelain") == ""


async def test_handing_in_tells_the_branch_and_the_request(pair: Pair, tmp_path: Path) -> None:
    here, _ = pair
    report(here, "28", "示例")
    async with opened(here, size=(140, 40)) as (app, pilot):
        await press(pilot, "P")
        assert "已推送 1 个提交到分支 fazhi/sfj/28" in shown(app)
        assert "The following changes since commit" in prose(app)
        await press(pilot, "enter")
        assert app.screen is app.main
    assert "fazhi/sfj/28" in git(tmp_path / "服务器.git", "branch")


async def test_moving_through_the_screen_starts_no_git_process(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = make()
    # Git is asked again every ten seconds, whatever one does: no matter of moving.
    monkeypatch.setattr("fazhi_tui.tui.loaded_tracker.CHECKS_PER_STATUS", 10**9)
    async with opened(root, size=(140, 40)) as (app, pilot):
        # The history has been read once, in one pass.
        await press(pilot, "h", "escape")
        with counted(monkeypatch, tmp_path) as processes:
            await press(pilot, *["down"] * 30, *["j"] * 10, "pagedown", "home", "end")
            await press(pilot, "left", "left", "tab", "tab", "slash", *"lead", "escape", "escape")
            await press(pilot, "f", "down")
            await press(pilot, "u", "escape", "d", "escape", "a", "escape", "question_mark", "escape")
            assert processes.commands == []
        assert app.main is app.screen
