"""A contact person's day: what does my bureau owe, report it, see it recorded, take it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import git
from tests.journeys.conftest import as_unit
from tests.journeys.tmux import NEEDS_TMUX, Tmux

pytestmark = NEEDS_TMUX


def test_what_a_bureau_owes_is_found_reported_recorded_and_taken_back(
    demo: Path, size: tuple[int, int], terminal_at: Callable[..., Tmux]
) -> None:
    as_unit(demo, "市司法局")
    before = git(demo, "rev-parse", "HEAD").strip()
    terminal = terminal_at(demo, size)
    terminal.type("fazhi\n")
    terminal.wait_for("我的单位", "市司法局    主办 23 条", "90 天内到期  14")
    terminal.press("Escape")
    terminal.wait_for("48/48", "分支 main")

    # By unit, with the initials of its name; then by deadline, out of the menu.
    terminal.type("u")
    terminal.wait_for("按单位筛选")
    terminal.type("sfj")
    terminal.wait_for("市司法局", gone="市政府办公室                 ")
    terminal.press("Enter")
    terminal.wait_for("21/48", gone="按单位筛选")
    terminal.type("d")
    terminal.wait_for("按时限筛选", "到期:90d")
    terminal.type("90d")
    terminal.wait_for("自己写的")
    terminal.press("Enter")
    terminal.wait_for("牵头:市司法局 到期:90d", "13/48", gone="按时限筛选")

    # The detail: what was decided, then what was reported so far.
    terminal.type("28")
    terminal.press("Enter")
    terminal.wait_for("第 28 条  持续深化行政复议体制改革", "基本形成公正权威", "[原文]")
    terminal.type("]")
    terminal.wait_for("[进展 17]", "示例市司法局联络员")

    # The report, from where one is; the preview says what will be written.
    terminal.type("s")
    terminal.wait_for("填报第 28 条")
    terminal.type("示例：应诉平台已上线")
    terminal.wait_for("示例：应诉平台已上线")
    terminal.press("F2")
    terminal.wait_for("写入", "Unit: 市司法局", "28 进展：示例：应诉平台已上线")
    assert git(demo, "rev-parse", "HEAD").strip() == before
    terminal.press("Enter")
    shown = terminal.wait_for("已提交", "按 z 撤销", gone="预览填报")

    # The record: who would read `git log` sees what the foot says.
    commit = git(demo, "rev-parse", "HEAD").strip()
    assert f"已提交 {commit[:8]}（按 z 撤销）" in shown
    assert git(demo, "log", "-1", "--format=%s").strip() == "28 进展：示例：应诉平台已上线"
    assert git(demo, "log", "-1", "--format=%(trailers:only)").split("\n")[:3] == [
        "Measure: 28", "Unit: 市司法局", "Kind: 进展",
    ]  # fmt: skip
    assert git(demo, "rev-parse", "HEAD^").strip() == before
    terminal.wait_for("[进展 18]")

    # z takes it back, by a commit of its own.
    terminal.type("z")
    terminal.wait_for("撤销最近一次填报", "示例：应诉平台已上线", "确认撤销")
    terminal.press("F2")
    terminal.wait_for("已撤销", "[进展 17]", gone="撤销最近一次填报")
    undo = git(demo, "rev-parse", "HEAD").strip()
    assert undo[:8] in terminal.screen()
    assert git(demo, "rev-parse", "HEAD^").strip() == commit
    assert f"Undoes: {commit}" in git(demo, "log", "-1", "--format=%(trailers:only)")
    assert git(demo, "diff", "--stat", before, "HEAD") == ""
    assert git(demo, "status", "--short") == ""

    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
