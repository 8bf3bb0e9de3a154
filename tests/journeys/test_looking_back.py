"""An inspector looks at an earlier day and comes back; nothing is written meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import git
from tests.journeys.tmux import NEEDS_TMUX, Tmux

pytestmark = NEEDS_TMUX


def test_march_2023_is_looked_at_and_left_again(
    demo: Path, size: tuple[int, int], terminal_at: Callable[..., Tmux]
) -> None:
    head = git(demo, "rev-parse", "HEAD")
    terminal = terminal_at(demo, size)
    terminal.type("fazhi '牵头:市司法局'\n")
    terminal.wait_for("21/48", "!!红 1  ! 黄 5  未报 3  . 绿 12", "今日 2025-11-20", "分支 main")

    terminal.type("t")
    terminal.wait_for("回看", "现在看的是当前的文件")
    terminal.type("2023-03-31")
    terminal.wait_for("回看 2023-03-31")
    terminal.press("Enter")
    then = "这是 2023-03-31 的情形"
    terminal.wait_for(f" {then}（提交", "按 t 回到现在", "21/48", "!!红 0  ! 黄 0  . 绿 21", gone="今日")

    # Every way to write is refused, and says the way back.
    for key, word in (("s", "填报"), ("e", "催办"), ("z", "撤销"), ("p", "同步"), ("i", "设置本人")):
        terminal.type(key)
        terminal.wait_for(f"不能{word}：看的是 2023-03-31，先用「回看」回到现在")
    terminal.type("K")
    terminal.wait_for("已完成 0")
    terminal.type(".")
    terminal.wait_for("不能卡片右移：看的是 2023-03-31")

    # Back and forward lead to where one was, on that day.
    terminal.type("<")
    terminal.wait_for("编号  标题", then)
    terminal.type("c")
    terminal.wait_for("48/48", "!!红 1  ! 黄 6  未报 1  . 绿 40")
    terminal.type("<")
    terminal.wait_for("牵头:市司法局", "21/48", then)
    terminal.type(">")
    terminal.wait_for("48/48", then)
    terminal.type("<")
    terminal.wait_for("21/48", then)

    # t again: now comes first.
    terminal.type("t")
    terminal.wait_for("回到现在", "2025年第3季度末")
    terminal.press("Enter")
    terminal.wait_for("已回到现在", "21/48", "!!红 1  ! 黄 5  未报 3  . 绿 12", "今日 2025-11-20", gone=then)
    terminal.type("s")
    terminal.wait_for("填报第")
    terminal.press("Escape")
    terminal.wait_for("21/48", gone="填报第")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
    assert git(demo, "rev-parse", "HEAD") == head
    assert git(demo, "status", "--short") == ""
