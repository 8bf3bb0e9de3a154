"""The command line inside this process, on a real repository made of the real plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.cli import run
from tests.cli.running import Result

Run = Callable[..., Result]


@pytest.fixture
def tracker(real_tracker: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real plan under git, as the current folder, on a day in the middle of its period."""
    monkeypatch.chdir(real_tracker)
    monkeypatch.setenv("FAZHI_TODAY", "2023-06-30")
    return real_tracker


@pytest.fixture
def fazhi(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command line in this process: ``fazhi("list", "lead:sfj").out``."""

    def call(*words: str) -> Result:
        capsys.readouterr()
        code = run(words)
        shown = capsys.readouterr()
        return Result(code, shown.out, shown.err)

    return call
