"""A visitor's session: the same program on the same tracker, read-only unless asked, ended with the page."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from tests.conftest import git
from tests.web.serving import serving, visiting


def commits(root: Path) -> int:
    return int(git(root, "rev-list", "--count", "HEAD"))


async def gone(pids: list[int]) -> None:
    for _ in range(300):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"still there: {pids}")


async def test_the_screen_comes_with_the_query_that_was_asked(tracker: Path) -> None:
    async with serving(tracker, "lead:sfj") as server, visiting(server) as visitor:
        await visitor.wait_for("21/48")
        assert "2023-06-30" in visitor.drawn


async def test_a_query_that_is_a_commands_name_as_well_is_a_query(tracker: Path) -> None:
    async with serving(tracker, "check") as server, visiting(server) as visitor:
        await visitor.wait_for("0/48")


async def test_day_and_moment_are_handed_on(tracker: Path) -> None:
    git(tracker, "tag", "v1")
    async with serving(tracker, "--at", "v1", "--today", "2024-05-06") as server, visiting(server) as visitor:
        await visitor.wait_for("v1")
        await visitor.wait_for("按 t 回到现在")


async def test_a_read_only_session_says_so_and_cannot_report(tracker: Path) -> None:
    git(tracker, "config", "fazhi.unit", "市司法局")
    before, files = commits(tracker), git(tracker, "status", "--short")
    async with serving(tracker, "28") as server, visiting(server) as visitor:
        assert "只读" in server.told
        await visitor.wait_for("只读")
        await visitor.wait_for("分支 main")
        for key in ("s", "e", "z", "p", "P", "i"):
            visitor.forget()
            await visitor.send(key)
            await visitor.wait_for("这是只读的")
        await visitor.send("q")
        assert await visitor.reason() == "已退出。"
    assert commits(tracker) == before
    assert git(tracker, "status", "--short") == files
    assert not list(tracker.glob(".git/fazhi/**/*")), "not even a trace of the visit"


async def test_with_write_a_session_can_report(tracker: Path) -> None:
    git(tracker, "config", "fazhi.unit", "市司法局")
    before = commits(tracker)
    async with serving(tracker, "--write", "28") as server, visiting(server) as visitor:
        assert "署名是你" in server.told
        await visitor.wait_for("分支 main")
        await visitor.send("s")
        await visitor.wait_for("填报第 28 条")
        await visitor.send("示例：已印发实施方案")
        await visitor.wait_for("示例：已印发实施方案")
        await visitor.send("\x1bOQ")
        await visitor.wait_for("Measure: 28")
        visitor.forget()
        await visitor.send("\x1bOQ")
        for _ in range(300):
            if commits(tracker) > before:
                break
            await asyncio.sleep(0.1)
    assert commits(tracker) == before + 1
    assert "示例：已印发实施方案" in git(tracker, "log", "-1", "--format=%s")


async def test_ctrl_c_ends_the_server_and_every_visitors_process(tracker: Path) -> None:
    async with serving(tracker) as server, visiting(server) as one, visiting(server) as other:
        await one.wait_for("48/48")
        await other.wait_for("48/48")
        pids = await server.wait_for_children(2)
        ending = asyncio.create_task(server.interrupt())
        assert await one.reason() == "服务已停止。"
        assert await other.reason() == "服务已停止。"
        assert await ending == 0
        assert server.process.stdout is not None
        assert "已停止" in (await server.process.stdout.read()).decode()
        await gone(pids)


async def test_a_server_that_is_killed_outright_leaves_no_process_behind(tracker: Path) -> None:
    async with serving(tracker) as server, visiting(server) as visitor:
        await visitor.wait_for("48/48")
        pids = await server.wait_for_children(1)
        assert await server.interrupt(signal.SIGKILL) == -signal.SIGKILL
        await gone(pids)


async def test_a_page_that_is_closed_ends_its_process(tracker: Path) -> None:
    async with serving(tracker) as server:
        async with visiting(server) as visitor:
            await visitor.wait_for("48/48")
            pids = await server.wait_for_children(1)
        await gone(pids)


async def test_what_was_typed_is_kept_as_a_draft_when_the_page_is_closed(tracker: Path) -> None:
    git(tracker, "config", "fazhi.unit", "市司法局")
    async with serving(tracker, "--write", "28") as server:
        async with visiting(server) as visitor:
            await visitor.wait_for("分支 main")
            await visitor.send("s")
            await visitor.wait_for("填报第 28 条")
            await visitor.send("示例：写了一半")
            await visitor.wait_for("示例：写了一半")
            for _ in range(300):
                if any("写了一半" in one.read_text("utf-8") for one in tracker.glob(".git/**/drafts/*.json")):
                    break
                await asyncio.sleep(0.1)
        async with visiting(server) as visitor:
            await visitor.wait_for("草稿：28")


async def test_more_visitors_than_allowed_are_told_so_and_may_come_later(tracker: Path) -> None:
    async with serving(tracker, "--sessions", "1") as server:
        async with visiting(server) as first:
            await first.wait_for("48/48")
            async with visiting(server) as second:
                assert await second.reason() == "已有 1 个窗口在看，满了；请关掉一个，或稍后再试。"
            await server.wait_for_children(1)
        async with visiting(server) as third:
            await third.wait_for("48/48")


async def test_nonsense_from_a_page_does_no_harm(tracker: Path) -> None:
    async with serving(tracker) as server, visiting(server) as visitor:
        await visitor.wait_for("48/48")
        for text in (
            "",
            "{",
            "[]",
            "null",
            '["stdin"]',
            '["stdin",3]',
            '["resize",{"width":"x"}]',
            "[" * 5000,
        ):
            await visitor.socket.send_str(text)
        await visitor.socket.send_json(["stdin", "\ud800"])
        await visitor.socket.send_json(["resize", {"width": 10**9, "height": -5}])
        await visitor.socket.send_json(["resize", {"width": 100, "height": 30}])
        await visitor.quiet()
        await visitor.send("/")
        await visitor.quiet()
        visitor.forget()
        await visitor.send("lead:sfj")
        await visitor.wait_for("21/48")


async def test_a_program_that_cannot_start_says_why(tracker: Path) -> None:
    async with serving(tracker) as server:
        (tracker / "plan").rename(tracker / "方案")
        async with visiting(server) as visitor:
            assert "程序意外结束：错误：" in await visitor.reason()


async def test_open_starts_the_browser_at_the_address(tracker: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/asked"\n', encoding="utf-8")
    browser.chmod(0o755)
    async with serving(tracker, "--open", env={"BROWSER": f"{browser} %s"}) as server:
        for _ in range(100):
            if (tmp_path / "asked").exists() and (tmp_path / "asked").read_text():
                break
            await asyncio.sleep(0.1)
        assert (tmp_path / "asked").read_text() == server.address


async def test_the_token_is_not_handed_to_the_visitors_process(tracker: Path) -> None:
    token = "example-of-a-token"
    async with serving(tracker, env={"FAZHI_TOKEN": token}) as server, visiting(server) as visitor:
        await visitor.wait_for("48/48")
        (pid,) = await server.wait_for_children(1)
        assert token not in os.fsdecode(Path(f"/proc/{pid}/environ").read_bytes())
