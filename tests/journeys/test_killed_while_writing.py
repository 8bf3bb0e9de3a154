"""The power fails in the middle of a report; what was typed is offered at the next start."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import git
from tests.journeys.conftest import as_unit
from tests.journeys.tmux import NEEDS_TMUX, Tmux

pytestmark = NEEDS_TMUX

LINES = ("示例：复议机构已整合", "人员转隶完成，[/]“三定”待批", "下一步：培训")


def test_killed_in_mid_message_and_gone_on_with(
    demo: Path, size: tuple[int, int], terminal_at: Callable[..., Tmux]
) -> None:
    as_unit(demo, "市司法局")
    before = git(demo, "rev-parse", "HEAD").strip()
    terminal = terminal_at(demo, size)
    terminal.type("fazhi 28\n")
    terminal.wait_for("第 28 条", "分支 main")
    terminal.type("s")
    terminal.wait_for("填报第 28 条")
    for line in LINES[:-1]:
        terminal.type(line)
        terminal.press("Enter")
    terminal.type(LINES[-1])
    terminal.wait_for(*LINES)
    _wait_for_draft(demo, LINES[-1])

    os.kill(terminal.program(), signal.SIGKILL)
    terminal.wait_for("Killed")
    # A killed program leaves the terminal as it was; `reset` is what a person types then.
    terminal.type("reset\n")
    terminal.wait_for("$", gone="填报第 28 条")
    assert git(demo, "rev-parse", "HEAD").strip() == before
    assert git(demo, "status", "--short") == ""

    terminal.type("fazhi 28\n")
    terminal.wait_for("第 28 条", "草稿")
    terminal.type("s")
    terminal.wait_for("第 28 条有一份没有提交的草稿", *LINES, "接着填写")
    terminal.press("Enter")
    terminal.wait_for("填报第 28 条", *LINES, gone="没有提交的草稿")
    terminal.type("三期")
    terminal.wait_for("下一步：培训三期")
    terminal.press("F2")
    terminal.wait_for("28 进展：示例：复议机构已整合", "Kind: 进展")
    terminal.press("F2")
    terminal.wait_for("已提交", gone="草稿")

    assert git(demo, "rev-list", "--count", f"{before}..HEAD").strip() == "1"
    path = git(demo, "show", "--name-only", "--format=", "HEAD").strip()
    assert (demo / path).read_text("utf-8").endswith("---\n" + "\n".join(LINES) + "三期\n")
    assert git(demo, "status", "--short") == ""
    assert not list((demo / ".git" / "fazhi" / "drafts").glob("*.json"))
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")


def _wait_for_draft(root: Path, text: str) -> None:
    """Wait until the draft on disk holds a text."""
    end = time.monotonic() + 30
    while True:
        drafts = root.joinpath(".git", "fazhi", "drafts").glob("*.json")
        if any(text in path.read_text("utf-8") for path in drafts):
            return
        assert time.monotonic() < end, f"no draft holds {text!r}"
        time.sleep(0.05)
