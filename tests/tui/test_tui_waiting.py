"""What takes longer than half a second is told, with a way to give it up; keys are answered meanwhile."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from fazhi_tui.service import check
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import View
from tests.tui.helpers import opened, press, settled, shown


class Slow:
    """A reading that waits until it is let go, as on a disk that does not answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, owner: Any = Reader) -> None:
        self.gate = threading.Event()
        self.begun = threading.Event()
        self._real = getattr(owner, name)
        slow = self

        def waits(*words: object) -> View:
            slow.begun.set()
            slow.gate.wait(20)
            found: View = slow._real(*words)
            return found

        monkeypatch.setattr(owner, name, waits)


async def press_now(pilot: object, key: str) -> None:
    """A key while work is under way: nothing to wait for."""
    from textual.events import Key

    pilot.app._driver.send_message(Key(key, None))  # type: ignore[attr-defined]
    await pilot.pause(0.05)  # type: ignore[attr-defined]


async def until(pilot: object, said: str) -> None:
    for _ in range(200):
        await pilot.pause(0.05)  # type: ignore[attr-defined]
        if said in shown(pilot.app):  # type: ignore[attr-defined]
            return
    raise AssertionError(f"never said: {said}\n{shown(pilot.app)}")  # type: ignore[attr-defined]


async def test_a_slow_disk_is_told_keys_are_answered_and_esc_gives_it_up(
    tracker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        slow = Slow(monkeypatch, "load")
        try:
            await press_now(pilot, "r")
            assert slow.begun.wait(5)
            await until(pilot, "正在重新读取，已 ")
            assert "Esc 停下" in shown(app)
            # The list moves, the detail follows, another way of looking opens: nothing waits for the disk.
            await press_now(pilot, "j")
            assert app.main.table.cursor == 1
            assert "第 2 条" in shown(app)
            await press_now(pilot, "K")
            assert app.main.views.name == "as_board"
            await press_now(pilot, "escape")
            await until(pilot, "已停下：重新读取")
        finally:
            slow.gate.set()
        await settled(pilot)
        # What was given up does not come in late.
        assert "已刷新" not in shown(app)


async def test_what_is_quick_is_not_told(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "r")
        assert "正在" not in shown(app)
        assert "已刷新" in shown(app)


async def test_what_was_waited_for_and_came_takes_its_notice_away(
    tracker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tracker, size=(140, 40)) as (app, pilot):
        slow = Slow(monkeypatch, "check_tracker", check)
        await press_now(pilot, "x")
        await until(pilot, "正在检查全部文件")
        slow.gate.set()
        await settled(pilot)
        await asyncio.sleep(0)
        assert "问题" in shown(app)
        await press(pilot, "escape")
        await until(pilot, "分支 main")
