"""A small tracker (示例) in a real repository of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fazhi_tui.vcs.repository import Repository
from tests.vcs.helpers import make_repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "台账 $HOME ~")


@pytest.fixture
def repository(root: Path) -> Iterator[Repository]:
    with Repository(root) as opened:
        yield opened
