"""Each screen as a picture, at both sizes; run with --snapshot-update after looking at the new ones."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from fazhi_tui.service import Action, Workspace
from fazhi_tui.tui.app import FazhiApp
from tests.tui.helpers import TODAY, make_tracker, note_text, paste, press, settled

NOTES = {
    "28/20221220T153000-sfj-0000.md": note_text(
        "示例：复议机构已完成整合。\n示例：人员编制正在划转。",
        extra="原状态: 未启动\n状态: 推进中\n进度: 60\n",
    )
}
MESSAGE = "示例：复议机构已完成整合，人员到位。\n下一步：落实办案场所。"
MOMENT = datetime.fromisoformat("2023-02-01T09:30:00+08:00")

SCREENS: dict[str, list[str]] = {
    "main": ["2", "8"],
    "filtered": ["slash", *"lead:sfj"],
    "mistake": ["slash", *"lead:sfj x:1"],
    "detail": ["2", "8", "enter"],
    "notes": ["2", "8", "enter", "right"],
    "history": ["2", "8", "h"],
    "units": ["u", *"sf"],
    "deadlines": ["d"],
    "report": ["2", "8", "s"],
    "help": ["question_mark"],
    "light": ["b", "2", "8"],
    "home": ["w"],
    "stats": ["a"],
    "stats-units": ["a", "right", "right"],
    "marked": ["5", "v", "6", "v"],
    "batch": ["5", "v", "6", "v", "s"],
    "changes": ["y"],
}


@pytest.fixture
def pictured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tracker with one report, and a clock and dice that stand still."""
    prepare = Workspace.prepare_report

    def at_one_moment(self: Workspace, *args: Any) -> Action:
        return prepare(self, *args, now=MOMENT)

    monkeypatch.setattr(Workspace, "prepare_report", at_one_moment)
    monkeypatch.setattr(secrets, "token_hex", lambda _: "3f9a")
    return make_tracker(tmp_path / "台账", NOTES)


async def go(pilot: Pilot[None], keys: list[str], message: str = "") -> None:
    await settled(pilot)
    await press(pilot, *keys)
    if message:
        await paste(pilot, message)
        await press(pilot, "f2")
    for field in [*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)]:
        field.cursor_blink = False
    await settled(pilot)


Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])


@SIZES
@pytest.mark.parametrize("name", SCREENS)
def test_screen(pictured: Path, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    before: Callable[[Pilot[None]], Awaitable[None]] = partial(go, keys=SCREENS[name])
    assert snap_compare(FazhiApp(Workspace(pictured, TODAY)), terminal_size=size, run_before=before)


@SIZES
def test_preview(pictured: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    before = partial(go, keys=["2", "8", "s"], message=MESSAGE)
    assert snap_compare(FazhiApp(Workspace(pictured, TODAY)), terminal_size=size, run_before=before)


def test_pictures_hold_no_commit_id_clock_or_path_of_this_machine() -> None:
    pictures = sorted((Path(__file__).parent / "__snapshots__" / "test_tui_pictures").glob("*"))
    assert len(pictures) == 2 * (len(SCREENS) + 1)
    for picture in pictures:
        words = "".join(re.findall(r">([^<]*)<", picture.read_text(encoding="utf-8")))
        assert "pytest" not in words
        assert "/root" not in words
        assert not re.search(r"\b[0-9a-f]{10,40}\b", words.replace("&#160;", " "))
