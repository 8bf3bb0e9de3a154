"""A newcomer in `fazhi demo`, by keyboard alone: what a bureau owes, why 47 is red, who is silent."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.running import FAZHI
from tests.journeys.tmux import Tmux

pytestmark = [
    pytest.mark.tmux,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed; .ci/run installs it"),
]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
def test_a_newcomer_finds_the_way(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{FAZHI.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    terminal = Tmux(tmp_path, tmp_path, *size)
    try:
        terminal.type("fazhi demo\n")
        terminal.wait_for("我的单位", "待审核")
        terminal.press("Escape")
        terminal.wait_for("48/48", "汇总")

        # What 市司法局 owes this quarter: u, three letters; d, the quarter.
        terminal.type("u")
        terminal.wait_for("按单位筛选")
        terminal.type("sfj")
        terminal.press("Enter")
        terminal.wait_for("21/48")
        terminal.type("d")
        terminal.wait_for("按时限筛选")
        terminal.type("2025Q4")
        terminal.wait_for("到期:2025Q4")
        terminal.press("Enter")
        terminal.wait_for("牵头:市司法局 到期:2025Q4")

        # Why 47 is red.
        terminal.type("c")
        terminal.wait_for("48/48")
        terminal.type("47")
        terminal.press("Enter")
        terminal.wait_for("47.1", "已过 324 天")

        # Who has not reported in the last period; urge them all.
        terminal.type("n")
        terminal.wait_for("2025年第3季度", "22 个单位")
        terminal.type("e")
        terminal.wait_for("填报 7 条")
        terminal.type("示例：请于月底前补报")
        terminal.press("F2")
        terminal.wait_for("7 次提交")
        terminal.press("Enter")
        terminal.wait_for("已提交 7 条")
        terminal.type("q")
        terminal.wait_for("退出界面后删除")
        # The shell answers once the program has ended: then the example is gone.
        terminal.type("echo gone$((1+1))\n")
        terminal.wait_for("gone2")
        assert not list(tmp_path.glob("fazhi-demo-*"))
    finally:
        terminal.close()
