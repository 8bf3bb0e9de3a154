"""Trackers for the screen's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.screen import Screen

from tests.tui.helpers import FIXED, hold_paint, make_tracker


@pytest.fixture(autouse=True)
def painted_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens are painted when they have come to rest (:func:`tests.tui.helpers.settled`)."""
    monkeypatch.setattr(Screen, "_compositor_refresh", hold_paint)


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No painting at rest either, for tests that render what they look at themselves."""
    monkeypatch.setattr("tests.tui.helpers.paint", lambda _screen: None)


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    """The real plan under git, with an identity."""
    return make_tracker(tmp_path / "台账")


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """:func:`make_tracker` in this test's own folder."""
    return lambda **kwargs: make_tracker(tmp_path / "台账", **kwargs)


@pytest.fixture
def fixed_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits made by the program, too, have the fixed names and dates."""
    for name, value in FIXED.items():
        monkeypatch.setenv(name, value)
