"""The program's own lines use no character of ambiguous width: CJK terminals draw those double."""

from __future__ import annotations

from pathlib import Path
from unicodedata import east_asian_width

import pytest

from fazhi_tui.tui.app import FazhiApp
from tests.tui.helpers import git, note_text, opened, paste, press, shown, write_notes

NOTE = {"28/20221220T153000-sfj-0000.md": note_text("示例")}
#: Keys that lead from the main screen to every other one.
SCREENS: dict[str, list[str]] = {
    "main": [],
    "filter with a mistake": ["slash", *"x:1"],
    "nothing found": ["slash", *"qqqq", "enter"],
    "detail": ["2", "8", "enter"],
    "notes": ["2", "8", "enter", "right"],
    "history": ["2", "8", "h"],
    "diff": ["2", "8", "h", "enter"],
    "facets": ["f"],
    "units": ["u"],
    "no such unit": ["u", *"qqqq"],
    "deadlines": ["d"],
    "palette": ["ctrl+p"],
    "goto": ["g"],
    "goto a lost one": ["g", "1", "4"],
    "help": ["question_mark"],
    "identity": ["i"],
    "problems": ["x"],
    "report": ["2", "8", "s"],
    "report refused": ["2", "8", "s", "f2"],
    "report with a selection": [
        "2",
        "8",
        "s",
        *"ab",
        "enter",
        "enter",
        *"cd",
        "ctrl+a",
        "shift+up",
        "shift+up",
        "shift+up",
    ],
    "report left": ["2", "8", "s", *"ab", "escape"],
    "form help": ["2", "8", "s", "f1"],
    "nothing to undo": ["z"],
    "light theme": ["b"],
}


@pytest.fixture(scope="module")
def unambiguous(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan with every ambiguous character of its text replaced: what is left is our own."""
    from tests.tui.helpers import make_tracker

    root = make_tracker(tmp_path_factory.mktemp("窄") / "台账")
    for file in (root / "plan").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text("".join(map(_replaced, text)), encoding="utf-8")
    write_notes(root, NOTE)
    git(root, "add", ".")
    git(root, "commit", "-q", "--amend", "-m", "示例\n\nMeasure: 28")
    return root


def _replaced(char: str) -> str:
    # ü is part of pinyin, which no screen shows.
    return {"“": "「", "”": "」", "ü": "ü"}.get(char, "字" if ambiguous(char) else char)


def ambiguous(char: str) -> bool:
    return east_asian_width(char) == "A"


def chrome_faults(app: FazhiApp) -> str:
    return "".join(sorted({char for char in shown(app) if ambiguous(char)}))


@pytest.mark.parametrize("name", SCREENS)
async def test_no_screen_draws_a_character_of_ambiguous_width(unambiguous: Path, name: str) -> None:
    async with opened(unambiguous) as (app, pilot):
        await press(pilot, *SCREENS[name])
        assert not chrome_faults(app)


@pytest.mark.parametrize("name", ["main", "facets", "diff", "units", "help"])
async def test_nor_where_there_is_room_for_three_panes(unambiguous: Path, name: str) -> None:
    async with opened(unambiguous, size=(140, 40)) as (app, pilot):
        await press(pilot, *SCREENS[name])
        assert not chrome_faults(app)


async def test_the_preview_has_but_the_arrow_of_the_commits_own_subject(unambiguous: Path) -> None:
    async with opened(unambiguous) as (app, pilot):
        await press(pilot, "2", "9", "s")
        await paste(pilot, "示例")
        app.screen.query_one("#report-status").focus()
        await press(pilot, "right", "f2")
        assert chrome_faults(app) == "→"
