"""F1 shows the page of the manual about what has the focus, in every screen and every small window."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from textual.screen import ModalScreen

import fazhi_tui.tui
from fazhi_tui.service.manual import manual_pages
from fazhi_tui.tui.dialogs.manual import ManualScreen
from fazhi_tui.tui.dialogs.manual_text import title_of
from fazhi_tui.tui.dialogs.window import Window
from tests.tui.helpers import make_tracker, opened, press, prose, shown

WIDE = (140, 40)
TITLES = {name: title_of(page) for name, page in manual_pages().items()}
#: Keys that lead from the list to a part of the main screen, and the page about it.
PARTS: dict[str, tuple[list[str], str]] = {
    "list": ([], "list"),
    "filter bar": (["slash"], "filter"),
    "facets": (["f"], "facets"),
    "detail": (["o"], "detail"),
    "history": (["h"], "detail"),
    "board": (["K"], "board"),
    "timeline": (["T"], "timeline"),
    "charts": (["a"], "charts"),
}
#: The same for windows and other screens.
WINDOWS: dict[str, tuple[list[str], str]] = {
    "units": (["u"], "filter"),
    "deadlines": (["d"], "filter"),
    "goto": (["g"], "list"),
    "order": (["S"], "list"),
    "columns": (["C"], "list"),
    "themes": (["B"], "settings"),
    "settings": (["O"], "settings"),
    "past": (["t"], "past"),
    "changes": (["y"], "past"),
    "problems": (["x"], "problems"),
    "identity": (["i"], "identity"),
    "tour": (["W"], "tour"),
    "nothing to undo": (["z"], "trouble"),
    "sync": (["p"], "sync"),
    "record": (["l"], "record"),
    "commit": (["l", "enter"], "commit"),
    "missing": (["n"], "pages"),
    "home": (["w"], "pages"),
    "saved views": (["V"], "views"),
    "saving a view": (["V", "f2"], "views"),
}


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tracker(tmp_path_factory.mktemp("manual") / "tracker")


@pytest.mark.parametrize("part", PARTS)
async def test_f1_tells_of_the_part_that_has_the_focus(tracker: Path, part: str) -> None:
    keys, page = PARTS[part]
    async with opened(tracker, size=WIDE) as (app, pilot):
        await press(pilot, *keys, "f1")
        assert prose(app).startswith(TITLES[page])
        focused = app.main.focused
        await press(pilot, "escape")
        assert app.screen is app.main
        assert app.main.focused is focused


@pytest.mark.parametrize("window", WINDOWS)
async def test_f1_tells_of_a_window_and_comes_back_to_it(tracker: Path, window: str) -> None:
    keys, page = WINDOWS[window]
    async with opened(tracker, size=WIDE) as (app, pilot):
        await press(pilot, *keys)
        before = app.screen
        assert before is not app.main
        await press(pilot, "f1")
        assert isinstance(app.screen, ManualScreen)
        assert prose(app).startswith(TITLES[page])
        await press(pilot, "escape")
        assert app.screen is before


async def test_what_was_typed_into_a_window_is_still_there_after_reading(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "u", *"sfj", "alt+m", "escape")
        assert "sfj" in shown(app)
        await press(pilot, "enter")
        assert app.main.query_text == "牵头:市司法局"


async def test_a_window_without_a_page_of_its_own_shows_the_one_of_what_lies_under_it(tracker: Path) -> None:
    async with opened(tracker, size=WIDE) as (app, pilot):
        await press(pilot, "K")
        app.push_screen(Window())
        await press(pilot, "f1")
        assert prose(app).startswith(TITLES["board"])


async def test_the_help_leads_on_to_the_manual(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "question_mark", "f1")
        assert prose(app).startswith(TITLES["list"])


async def test_left_and_right_turn_all_pages_and_come_round(tracker: Path) -> None:
    async with opened(tracker) as (app, pilot):
        await press(pilot, "f1")
        seen = []
        for _ in TITLES:
            await press(pilot, "right")
            seen.append(prose(app).split("\n")[0])
        assert sorted(seen) == sorted(TITLES.values())
        await press(pilot, "left", "right")
        assert prose(app).startswith(TITLES["list"])


def test_every_small_window_has_the_manual() -> None:
    for found in pkgutil.walk_packages(fazhi_tui.tui.__path__, "fazhi_tui.tui."):
        import_module(found.name)
    found_windows = set(_below(ModalScreen))
    own = {one for one in found_windows if one.__module__.startswith("fazhi_tui.tui.")}
    assert len(own) > 10
    assert not {one.__name__ for one in own if not issubclass(one, Window)}


def _below(kind: type) -> list[type]:
    below: list[type] = kind.__subclasses__()
    return [found for child in below for found in (child, *_below(child))]
