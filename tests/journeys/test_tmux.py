"""One whole journey in a real terminal: open, filter by sfj, report, see the commit, undo it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import FAZHI
from tests.conftest import git
from tests.journeys.tmux import Tmux

pytestmark = [
    pytest.mark.tmux,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed; .ci/run installs it"),
]


@pytest.fixture(params=[(80, 24), (140, 40)], ids=["80x24", "140x40"])
def terminal(
    request: pytest.FixtureRequest, real_tracker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tmux]:
    monkeypatch.setenv("PATH", f"{FAZHI.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("EDITOR", "true")
    columns, lines = request.param
    opened = Tmux(tmp_path, real_tracker, columns, lines)
    yield opened
    opened.close()


def test_open_filter_by_initials_report_and_see_the_commit(terminal: Tmux, real_tracker: Path) -> None:
    (real_tracker / "README.md").write_text("示例：改了一半\n", encoding="utf-8")
    git(real_tracker, "add", "README.md")

    terminal.type("fazhi\n")
    # One's own unit comes first; Esc leads to the whole list.
    terminal.wait_for("我的单位", "市司法局")
    terminal.press("Escape")
    terminal.wait_for("48/48", "分支 main")

    # u: the list of units; three letters find the bureau; Enter filters.
    terminal.type("u")
    terminal.wait_for("市财政局")
    terminal.type("sfj")
    terminal.wait_for("市司法局")
    terminal.press("Enter")
    terminal.wait_for("21/48", "牵头:市司法局")

    # Digits go to a measure.
    terminal.type("28")
    terminal.wait_for("持续深化行政复议体制改革")

    # s: the form; two lines, the second pasted as an input method commits it.
    terminal.type("s")
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：已印发实施方案[/]")
    terminal.press("Enter")
    terminal.type("第二行，“引号”与——破折号")
    terminal.wait_for("第二行")
    before = git(real_tracker, "rev-parse", "HEAD").strip()
    terminal.press("F2")
    terminal.wait_for("Measure: 28", "示例：已印发实施方案[/]")
    assert git(real_tracker, "rev-parse", "HEAD").strip() == before, "a preview commits nothing"
    terminal.press("F2")
    terminal.wait_for("21/48", gone="Measure: 28")

    # One commit of one new file, and what was staged still is.
    assert git(real_tracker, "rev-list", "--count", f"{before}..HEAD").strip() == "1"
    added = git(real_tracker, "show", "--name-status", "--format=", "HEAD").split()
    assert added[0] == "A"
    assert added[1].startswith("status/28/")
    assert len(added) == 2
    note = (real_tracker / added[1]).read_text(encoding="utf-8")
    assert note.endswith("---\n示例：已印发实施方案[/]\n第二行，“引号”与——破折号\n")
    assert git(real_tracker, "status", "--short") == "M  README.md\n"

    # h: the history has it.
    terminal.type("h")
    terminal.wait_for("示例：已印发实施方案[/]")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
    terminal.type("clear; git log --oneline -1\n")
    terminal.wait_for("28 进展：示例：已印发实施方案[/]")
    terminal.type("clear; fazhi log 28 -n 1\n")
    terminal.wait_for("市司法局", "28 进展：示例：已印发实施方案[/]")

    # z: taken back by a new commit.
    terminal.type("clear; fazhi 28\n")
    terminal.wait_for("第 28 条", "分支 main")
    terminal.type("z")
    terminal.wait_for("Undoes:", "示例：已印发实施方案[/]")
    terminal.press("F2")
    terminal.wait_for("48/48", gone="Undoes:")
    assert git(real_tracker, "rev-list", "--count", f"{before}..HEAD").strip() == "2"
    assert list((real_tracker / "status").glob("28/*.md")) == []
    assert git(real_tracker, "status", "--short") == "M  README.md\n"
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")


def test_a_draft_left_by_a_refusing_hook_is_offered_again(terminal: Tmux, real_tracker: Path) -> None:
    hook = real_tracker / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho '今天不许提交[/]' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    terminal.type("fazhi 28\n")
    terminal.wait_for("第 28 条", "分支 main")
    terminal.type("s")
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：写了很久")
    terminal.wait_for("示例：写了很久")
    terminal.press("F2")
    terminal.wait_for("Measure: 28")
    terminal.press("F2")
    terminal.wait_for("没有提交", "今天不许提交[/]")
    assert git(real_tracker, "status", "--short") == ""
    terminal.press("Escape")
    terminal.wait_for("填报第 28 条", "示例：写了很久", gone="今天不许提交[/]")
    hook.unlink()
    terminal.press("F2")
    terminal.wait_for("Measure: 28")
    terminal.press("F2")
    terminal.wait_for("48/48", gone="Measure: 28")
    assert "示例：写了很久" in git(real_tracker, "log", "-1", "--format=%s")
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
