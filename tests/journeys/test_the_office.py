"""The coordinating office's work: urge the late, settle a disagreement, carry a card of the board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import git
from tests.journeys.tmux import NEEDS_TMUX, Tmux

pytestmark = NEEDS_TMUX


def test_the_late_are_filtered_marked_and_urged_together(
    demo: Path, size: tuple[int, int], terminal_at: Callable[..., Tmux]
) -> None:
    before = git(demo, "rev-parse", "HEAD").strip()
    terminal = terminal_at(demo, size)
    terminal.type("fazhi '到期:逾期'\n")
    terminal.wait_for("2/48", "47", "50", "分支 main")
    terminal.type("*")
    terminal.wait_for("标记 2")
    terminal.type("e")
    terminal.wait_for("填报 2 条：47、50", "(*) 催办")
    terminal.type("示例：期限已过，请于月底前报送原因和完成时间")
    terminal.wait_for("示例：期限已过")
    terminal.press("F2")
    terminal.wait_for("预览：2 条填报，2 次提交", "47 催办：示例：期限已过")
    assert git(demo, "rev-parse", "HEAD").strip() == before
    terminal.press("Enter")
    shown = terminal.wait_for("已提交 2 条，2 次提交", "按 z 撤销", gone="标记 2")
    assert git(demo, "rev-parse", "--short=8", "HEAD").strip() in shown

    trailers = git(demo, "log", "--format=%(trailers:only,separator=|)", f"{before}..HEAD").split("\n")
    assert [line.split("|")[:3] for line in reversed(trailers) if line] == [
        [f"Measure: {number}", "Unit: 市委依法治市办", "Kind: 催办"] for number in (47, 50)
    ]
    # The bureau that is urged sees it first of all.
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
    git(demo, "config", "fazhi.unit", "市司法局")
    terminal.type("clear; fazhi mine | head -12\n")
    terminal.wait_for("催办、批示，等待答复", "催办：示例：期限已过")


def test_a_disagreement_is_found_read_on_both_sides_and_settled(
    demo: Path, size: tuple[int, int], terminal_at: Callable[..., Tmux]
) -> None:
    terminal = terminal_at(demo, size)
    terminal.type("fazhi\n")
    terminal.wait_for("我的单位", "分歧，等待定夺  1", "市司法局 与 市财政局 的填报结果不同")
    # Past 全部措施 and the two of 待审核 to the disagreement's own line.
    terminal.press("Down", "Down", "Down", "Down", "Down", "Enter")
    # The list first stands on the measure itself: a key pressed before goes to another.
    terminal.wait_for("48/48", "第 18 条" if size[0] > 100 else "（标题缺失）", gone="我的单位")
    terminal.press("Enter")
    terminal.wait_for("第 18 条", "分歧  市司法局", "用更正、")
    terminal.type("]")
    terminal.wait_for("由 推进中 到 长期坚持", "由 推进中 到 待审核", "示例：本单位任务已完成，申请办结")

    # Back to the kind, above the message: 退回 is the third.
    terminal.type("s")
    terminal.wait_for("填报第 18 条", "( ) 退回")
    terminal.type("示例：以司法局所报为准，继续推进")
    terminal.wait_for("示例：以司法局所报为准，继续推进")
    terminal.press("BTab", "BTab", "BTab", "BTab", "Right", "Right")
    terminal.wait_for("(*) 退回", "(*) 推进中")
    terminal.press("F2")
    terminal.wait_for("18 待审核→推进中：示例：以司法局所报为准", "Kind: 退回")
    terminal.press("Enter")
    terminal.wait_for("已提交", gone="预览填报")
    terminal.type("[")
    terminal.wait_for("状态  推进中", gone="分歧  市司法局")
    terminal.type("w")
    terminal.wait_for("我的单位", "待审核  1", gone="分歧")
    trailers = git(demo, "log", "-1", "--format=%(trailers:only,separator=|)").strip().split("|")
    assert trailers == [
        "Measure: 18", "Unit: 市委依法治市办", "Kind: 退回", "Status: 待审核 -> 推进中",
    ]  # fmt: skip


def test_a_card_is_carried_to_its_column_by_the_report_that_it_asks_for(
    demo: Path, size: tuple[int, int], terminal_at: Callable[..., Tmux]
) -> None:
    before = git(demo, "rev-parse", "HEAD").strip()
    terminal = terminal_at(demo, size)
    terminal.type("fazhi 51\n")
    terminal.wait_for("第 51 条", "分支 main")
    terminal.type("K")
    terminal.wait_for("[看板]", "待审核 2", "已完成 8", "51")
    # Carried, and put back: nothing happens to it.
    terminal.press("S-Right")
    terminal.wait_for("第 51 条：待审核 > 已完成（办结）", "Enter 填报", "Esc 放回")
    terminal.press("Escape")
    terminal.wait_for("[看板]", gone="第 51 条：待审核 > 已完成")
    assert git(demo, "rev-parse", "HEAD").strip() == before

    terminal.type(".")
    terminal.wait_for("第 51 条：待审核 > 已完成（办结）")
    terminal.press("Enter")
    terminal.wait_for("填报第 51 条", "(*) 办结", "(*) 已完成")
    terminal.type("示例：经审核，同意办结")
    terminal.wait_for("示例：经审核，同意办结")
    terminal.press("F2")
    terminal.wait_for("51 待审核→已完成：示例：经审核", "Kind: 办结")
    terminal.press("Enter")
    terminal.wait_for("[看板]", "待审核 1", "已完成 9", "已提交")
    trailers = git(demo, "log", "-1", "--format=%(trailers:only,separator=|)").strip().split("|")
    assert trailers == [
        "Measure: 51", "Unit: 市委依法治市办", "Kind: 办结", "Status: 待审核 -> 已完成",
    ]  # fmt: skip
    assert git(demo, "rev-list", "--count", f"{before}..HEAD").strip() == "1"
