"""Driving the real screen on a real repository."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual.app import App
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from fazhi_tui.service.reader import Reader
from fazhi_tui.tui.app import FazhiApp
from fazhi_tui.tui.widgets.prose import Prose
from tests.templates import copy_of

REPOSITORY = Path(__file__).resolve().parents[2]
TODAY = date(2023, 2, 1)

#: Dates and names of commits are fixed, so that their ids are the same in every picture.
FIXED = {
    "GIT_AUTHOR_NAME": "示例填报人",
    "GIT_AUTHOR_EMAIL": "example@example.org",
    "GIT_AUTHOR_DATE": "2022-06-01T09:00:00+08:00",
    "GIT_COMMITTER_NAME": "示例填报人",
    "GIT_COMMITTER_EMAIL": "example@example.org",
    "GIT_COMMITTER_DATE": "2022-06-01T09:00:00+08:00",
}


def git(root: Path, *words: str) -> str:
    """Real git, with fixed dates."""
    done = subprocess.run(
        ["git", *words],
        cwd=root,
        env={**os.environ, **FIXED},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_tracker(root: Path, notes: dict[str, str] | None = None, *, identity: bool = True) -> Path:
    """A repository with the real plan, one commit, and ``notes`` (path below status/ → text) in a second."""
    copy_of("screen", _make, root)
    if notes:
        write_notes(root, notes)
        git(root, "add", ".")
        git(
            root,
            "commit",
            "-q",
            "-m",
            "28 未启动→推进中：示例进展\n\nMeasure: 28\nUnit: 市司法局\nKind: 进展",
        )
    if not identity:
        git(root, "config", "--remove-section", "user")
        git(root, "config", "--remove-section", "fazhi")
    return root


def _make(root: Path) -> None:
    root.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "plan", root / "plan", ignore=shutil.ignore_patterns("source"))
    (root / "README.md").write_text("示例\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main", "--template=")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "示例：建立台账")
    git(root, "config", "user.name", "示例填报人")
    git(root, "config", "user.email", "example@example.org")
    git(root, "config", "fazhi.unit", "市司法局")
    git(root, "config", "fazhi.today", str(TODAY))


def write_notes(root: Path, notes: dict[str, str]) -> None:
    """Notes as another program would write them."""
    for path, text in notes.items():
        file = root / "status" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def note_text(body: str, *, measure: str = "28", unit: str = "市司法局", extra: str = "") -> str:
    """A note's file, marked as an example."""
    return (
        f'---\n措施: "{measure}"\n单位: {unit}\n填报人: 示例 <example@example.org>\n'
        f"时间: 2022-12-20T15:30:00+08:00\n类型: 进展\n{extra}---\n{body}\n"
    )


@asynccontextmanager
async def opened(
    root: Path, query: str = "", *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[FazhiApp, Pilot[None]]]:
    """The app on ``root``, when everything has been read."""
    app = FazhiApp(Reader(root, TODAY), query)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot


_paint = Screen._compositor_refresh


def hold_paint(screen: Screen[object]) -> None:
    """In place of painting: remember which regions are dirty until :func:`settled` paints them.

    A third of the processor time of a screen's test went into frames that lie between two states at rest and
    that nobody sees; `tests/journeys` paints every frame, in a real terminal.
    """
    if screen is not screen.app.screen:
        # One below a window paints nothing itself: it tells the window what has changed.
        _paint(screen)
        return
    screen._dirty_widgets.clear()
    screen.app._update_mouse_over(screen)


def paint(screen: Screen[object]) -> None:
    """Paint what is dirty, so that whatever a test leads to has been painted at least once."""
    if screen._compositor._dirty_regions:
        _paint(screen)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no work is under way and every message has been seen."""
    quiet = 0
    for _ in range(2000):
        # Every queue is emptied each time round; a message may set off another, and a job a third.
        await pilot.pause(0)
        if any(not worker.is_finished for worker in pilot.app.workers):
            quiet = 0
            await asyncio.sleep(0.005)
        else:
            paint(pilot.app.screen)
            quiet += 1
            if quiet == 5:
                return
    raise AssertionError(f"still at work: {list(pilot.app.workers)}")


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when the one before has been dealt with.

    Pilot's own waits for an idle processor, a tenth of a second a key; this waits for the queues.
    """
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        driver = pilot.app._driver
        assert driver is not None
        driver.send_message(Key(name, _character_of(name, key)))
        await settled(pilot)


def _character_of(name: str, key: str) -> str | None:
    if len(key) == 1:
        return key
    return {"space": " ", "slash": "/", "colon": ":", "question_mark": "?"}.get(name)


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste, or commit from an IME: what no single key can type."""
    assert pilot.app.focused is not None
    # As the terminal's driver does: through the app, to whatever has the focus.
    pilot.app.post_message(Paste(text))
    await settled(pilot)


def shown(app: App[Any]) -> str:
    """The top screen as text, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def prose(app: App[Any]) -> str:
    """All prose of the top screen, unbroken and also where it is scrolled out of sight."""
    return "\n".join(widget.plain for widget in app.screen.query(Prose))


def listed(app: FazhiApp) -> list[str]:
    """The keys of the list's entries."""
    return [entry.key for entry in app.main.table.entries]
