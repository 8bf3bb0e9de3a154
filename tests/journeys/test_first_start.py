"""The first start on a machine: the tour, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.tmux import NEEDS_TMUX, Tmux

pytestmark = NEEDS_TMUX

HEADINGS = ("措施列表", "筛选", "分类", "详情", "换一种形式看", "填报", "找不到就问")


@pytest.fixture
def terminal(
    real_tracker: Path,
    size: tuple[int, int],
    terminal_at: Callable[..., Tmux],
    monkeypatch: pytest.MonkeyPatch,
) -> Tmux:
    return terminal_at(real_tracker, size)


def test_the_tour_is_walked_to_its_end_and_does_not_come_back(forget_tour: Path, terminal: Tmux) -> None:
    terminal.type("fazhi\n")
    for at, heading in enumerate(HEADINGS, 1):
        terminal.wait_for(
            f"导览 {at}/{len(HEADINGS)}  {heading}",
            "Enter 结束" if at == len(HEADINGS) else "Enter 下一步",
        )
        terminal.press("Enter")
    # Then it begins as on any other day.
    terminal.wait_for("我的单位", gone="导览 ")
    terminal.press("Escape")
    terminal.wait_for("分支 main", "48/48")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
    assert _is_remembered(forget_tour)

    terminal.type("clear; fazhi\n")
    terminal.wait_for("我的单位", gone="导览 ")
    terminal.press("Escape")
    terminal.wait_for("48/48", gone="导览 ")
    # Whoever wants it again asks for it, and may stop at any step.
    terminal.type("W")
    terminal.wait_for("导览 1/7")
    terminal.press("Right", "Right", "Left")
    terminal.wait_for("导览 2/7")
    terminal.press("Escape")
    terminal.wait_for("48/48", gone="导览 ")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")


def test_esc_at_the_first_step_ends_it_for_good(forget_tour: Path, terminal: Tmux) -> None:
    terminal.type("fazhi 28\n")
    terminal.wait_for("导览 1/7  措施列表", "分支 main")
    terminal.press("Escape")
    terminal.wait_for("第 28 条", gone="导览 ")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
    assert _is_remembered(forget_tour)
    terminal.type("clear; fazhi 28\n")
    terminal.wait_for("第 28 条", "分支 main", gone="导览 ")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")


def _is_remembered(kept: Path) -> bool:
    """Whether the file that the screen keeps says that the tour was seen."""
    return json.loads(kept.read_text("utf-8"))["tour_seen"] is True
