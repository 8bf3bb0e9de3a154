"""Trackers for the screen's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.helpers import FIXED, make_tracker


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
