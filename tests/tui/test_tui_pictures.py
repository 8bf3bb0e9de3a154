"""Every screen as a picture, on the example (示例): four sizes, dark and light.

A small and a large window are opened for each; the other two sizes come from resizing them, so that a
picture also says that resizing lays everything out anew.  Run with --snapshot-update after looking at the
new ones (``make pictures`` paints some of them for the README and the manual).
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.importing.review import Review
from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.review.app import ReviewApp
from fazhi_tui.tui.theme.themes import DARK, LIGHT
from tests.pictures.ansi import picture, plain
from tests.pictures.keeping import AnsiPicture
from tests.templates import copy_of_demo
from tests.tui.helpers import paste, press, settled
from tests.tui.review_source import REVIEWED
from tests.tui.waiting_merge import merge_that_waits

pytestmark = pytest.mark.usefixtures("unpainted")
#: Later in the day than the example's last commit.
MOMENT = datetime.fromisoformat("2025-11-20T15:30:00+08:00")
MESSAGE = "示例：**复议机构**已完成整合，人员到位。\n\n- 下一步：落实办案场所\n- 请市财政局支持经费"
#: What leads to each screen; a text with a sign before it is pasted, as an input method does.
SCREENS: dict[str, list[str]] = {
    "main": ["2", "8"],
    "empty": ["slash", "=任意没有的词", "enter"],
    "filter": ["slash", *"lead:sf"],
    "recent": ["slash", *"lead:sfj", "enter", "c", "slash"],
    "mistake": ["slash", *"lead:sfj x:1"],
    "facets": ["f", "down"],
    "board": ["K"],
    "carried": ["K", "right", "full_stop"],
    "timeline": ["T", "down"],
    "timeline-year": ["T", "plus"],
    "charts": ["a"],
    "detail": ["2", "8", "enter"],
    "notes": ["2", "8", "enter", "right"],
    "history": ["2", "8", "h"],
    "diff": ["2", "8", "h", "enter"],
    "zoomed": ["2", "8", "plus"],
    "marked": ["5", "v", "6", "v"],
    "units": ["u", *"sf"],
    "deadlines": ["d"],
    "sort": ["S"],
    "columns": ["C"],
    "views": ["V"],
    "view-form": ["slash", *"lead:sfj", "enter", "V", "+"],
    "goto": ["g", "1", "4"],
    "palette": ["ctrl+p", *"fy"],
    "help": ["question_mark"],
    "manual": ["f1"],
    "tour": ["W", "enter"],
    "themes": ["B"],
    "home": ["w"],
    "missing": ["n"],
    "record": ["l"],
    "commit": ["l", "enter"],
    "changes": ["y"],
    "past": ["t"],
    "looking-back": ["t", *"2023-03-31", "enter"],
    "identity": ["i"],
    "problems": ["x"],
    "report": ["2", "8", "s"],
    "report-left": ["2", "8", "s", "=示例", "escape"],
    "preview": ["2", "8", "s", f"={MESSAGE}", "f2"],
    "templates": ["2", "8", "s", "f6"],
    "markdown": ["2", "8", "s", f"={MESSAGE}", "f8"],
    "batch": ["5", "v", "6", "v", "s"],
    "batch-preview": ["5", "v", "6", "v", "s", "=示例：请于月底前报送。", "f2"],
    "urge": ["6", "e"],
}
#: A window that is opened, and the size that it is resized to after its first picture.
WINDOWS = {"small": ((80, 24), (100, 30)), "large": ((140, 40), (200, 50))}
OPENED = pytest.mark.parametrize("window", WINDOWS)


@pytest.fixture(scope="module")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_demo(tmp_path_factory.mktemp("示例") / "demo")


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock and dice that stand still."""

    class Still(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Still:
            return cls(*MOMENT.timetuple()[:6], tzinfo=MOMENT.tzinfo)

        def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return MOMENT

    for module in ("service.notes.prepare_report", "vcs.example_day"):
        monkeypatch.setattr(f"fazhi_tui.{module}.datetime", Still)
    monkeypatch.setattr(secrets, "token_hex", lambda _: "3f9a")
    # On a busy machine a notice that something takes its time would be in the picture.
    monkeypatch.setattr("fazhi_tui.tui.jobs.PATIENCE", 3600.0)


async def go(pilot: Pilot[None], keys: list[str]) -> None:
    for key in keys:
        if key.startswith("=") and len(key) > 1:
            await paste(pilot, key[1:])
        else:
            await press(pilot, key)


async def keep(app: App[None], pilot: Pilot[None], name: str, window: str, kept: SnapshotAssertion) -> None:
    """Compare the screen at both sizes of a window, dark and light."""
    themes = [(DARK, "dark"), (LIGHT, "light")]
    for width, height in WINDOWS[window]:
        if app.size != (width, height):
            await pilot.resize_terminal(width, height)
        for theme, word in themes:
            app.theme = theme.name
            for field in [*app.screen.query(Input), *app.screen.query(TextArea)]:
                field.cursor_blink = False
                field._cursor_visible = True
            await settled(pilot)
            assert picture(app) == kept(name=f"{name}-{width}x{height}-{word}")  # type: ignore[arg-type]
        # The next size begins with the theme that is on: putting another on is what costs most here.
        themes.reverse()


@asynccontextmanager
async def opened(app: App[None], window: str) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=WINDOWS[window][0]) as pilot:
        await settled(pilot)
        yield pilot


@OPENED
@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen(
    demo_once: Path, still: None, snapshot: SnapshotAssertion, name: str, window: str
) -> None:
    # Drafts and queries of another picture are none of this one's.
    shutil.rmtree(demo_once / ".git" / "fazhi", ignore_errors=True)
    app = FazhiApp(Reader(demo_once, DEMO_TODAY))
    async with opened(app, window) as pilot:
        await go(pilot, SCREENS[name])
        await keep(app, pilot, name, window, snapshot.use_extension(AnsiPicture))


@OPENED
async def test_settling_a_merge(tmp_path: Path, snapshot: SnapshotAssertion, window: str) -> None:
    app = FazhiApp(Reader(merge_that_waits(tmp_path), DEMO_TODAY))
    async with opened(app, window) as pilot:
        await go(pilot, ["p", "1"])
        await keep(app, pilot, "settle", window, snapshot.use_extension(AnsiPicture))


@OPENED
async def test_the_review_of_an_import(tmp_path: Path, snapshot: SnapshotAssertion, window: str) -> None:
    source = tmp_path / "示例方案.txt"
    source.write_text(REVIEWED, "utf-8")
    app = ReviewApp(Review(source, tmp_path / "台账"))
    async with opened(app, window) as pilot:
        await go(pilot, ["n"])
        await keep(app, pilot, "review", window, snapshot.use_extension(AnsiPicture))


def test_pictures_hold_no_path_of_this_machine() -> None:
    pictures = sorted((Path(__file__).parent / "__snapshots__" / "test_tui_pictures").glob("*.ans"))
    assert len(pictures) == 8 * (len(SCREENS) + 2)
    for file in pictures:
        words = plain(file.read_text(encoding="utf-8"))
        assert "pytest" not in words
        assert not re.search(r"/(root|home|tmp|work|Users)\b", words), file.name
