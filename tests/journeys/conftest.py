"""What the journeys set out from: the example of `fazhi demo` (示例), and a terminal to walk in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.running import FAZHI
from tests.conftest import git
from tests.journeys.tmux import Tmux
from tests.templates import copy_of_demo

SIZES = [(80, 24), (140, 40)]


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, on the day that it is made for."""
    return copy_of_demo(tmp_path / "示例台账")


@pytest.fixture(params=SIZES, ids=[f"{columns}x{lines}" for columns, lines in SIZES])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Each journey is walked in a small window and in a large one."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def terminal_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Tmux]]:
    """``terminal_at(folder, (80, 24))``: a terminal in a folder, closed when the test ends."""
    monkeypatch.setenv("PATH", f"{FAZHI.parent}{os.pathsep}{os.environ['PATH']}")
    opened: list[Tmux] = []

    def open_at(root: Path, size: tuple[int, int], environ: dict[str, str] | None = None) -> Tmux:
        socket = tmp_path / f"t{len(opened)}"
        socket.mkdir()
        opened.append(Tmux(socket, root, *size, environ=environ))
        return opened[-1]

    yield open_at
    for terminal in opened:
        terminal.close()


def as_unit(root: Path, unit: str) -> None:
    """Who sits at this repository from now on."""
    git(root, "config", "fazhi.unit", unit)
    git(root, "config", "user.name", f"示例{unit}")
    git(root, "config", "user.email", "example@example.org")
