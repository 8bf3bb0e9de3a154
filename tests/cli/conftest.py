"""The command line inside this process, on a real repository made of the real plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import Result, run_here

Run = Callable[..., Result]


@pytest.fixture
def tracker(real_tracker: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real plan under git, as the current folder, on a day in the middle of its period."""
    monkeypatch.chdir(real_tracker)
    return real_tracker


@pytest.fixture
def fazhi(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line in this process: ``fazhi("list", "lead:sfj").out``."""

    def call(*words: str) -> Result:
        return run_here(capsys, words)

    return call
