"""Trackers to serve."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import git


@pytest.fixture
def tracker(real_tracker: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The real plan under git, on a fixed day; no unit of one's own, so that the list comes first."""
    git(real_tracker, "config", "--unset", "fazhi.unit")
    return real_tracker
