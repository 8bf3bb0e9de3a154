"""Two bodies amended the same places of one measure: settled place by place, then pushed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import git
from tests.journeys.conftest import as_unit
from tests.journeys.tmux import NEEDS_TMUX, Tmux
from tests.service.exchange.conftest import Body

pytestmark = NEEDS_TMUX


def test_both_amended_the_same_places_and_the_server_gets_what_was_chosen(
    real_tracker: Path,
    tmp_path: Path,
    size: tuple[int, int],
    terminal_at: Callable[..., Tmux],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = tmp_path / "服务器.git"
    git(tmp_path, "clone", "-q", "--bare", str(real_tracker), str(server))
    bodies = []
    for unit in ("市司法局", "市教育局"):
        git(tmp_path, "clone", "-q", str(server), str(tmp_path / unit))
        as_unit(tmp_path / unit, unit)
        bodies.append(Body(tmp_path / unit, unit))
    theirs, ours = bodies
    theirs.amend("plan/28.yaml", "截止: 2022-12-31", "截止: 2023-06-30")
    theirs.amend("plan/28.yaml", "持续深化行政复议体制改革", "持续深化复议改革（示例甲）")
    theirs.git("push", "-q")
    ours.amend("plan/28.yaml", "截止: 2022-12-31", "截止: 2023-03-31")
    ours.amend("plan/28.yaml", "持续深化行政复议体制改革", "持续深化复议改革（示例乙）")

    terminal = terminal_at(ours.root, size)
    terminal.type("fazhi 28\n")
    terminal.wait_for("第 28 条", "分支 main")
    terminal.type("p")
    terminal.wait_for("有 1 个文件两边改了同一处", "plan/28.yaml", "逐处选定")
    terminal.press("Enter")
    terminal.wait_for("合并：2 处两边都改了", "[未选]")

    # Not before every place is chosen; left for later, it waits.
    terminal.press("F2")
    terminal.wait_for("还有 2 处未选")
    terminal.type("q")
    terminal.wait_for("合并还没有做完，按 p 接着选定")
    terminal.type("s")
    terminal.wait_for("不能填报：合并还没有做完")
    terminal.type("p")
    shown = terminal.wait_for("合并：2 处两边都改了")
    title_first = shown.index("标题") < shown.index("截止（28.1）")

    # The deadline as we have it, the title as they have it.
    terminal.type("2" if title_first else "1")
    terminal.wait_for("还有 1 处未选")
    terminal.type("1" if title_first else "2")
    terminal.wait_for("全部选定，按 w 提交合并", "[我方]", "[对方]")
    terminal.press("F2")
    terminal.wait_for("合并已提交", "按 p 推送", gone="逐处选定")
    assert git(server, "rev-parse", "main") == theirs.git("rev-parse", "HEAD")
    assert len(ours.git("rev-list", "--parents", "-1", "HEAD").split()) == 3

    terminal.type("p")
    terminal.wait_for("已推送 3 个提交")
    terminal.press("Enter")
    terminal.wait_for("与上游一致", gone="已推送")
    assert git(server, "rev-parse", "main").strip() == ours.head
    settled = git(server, "show", "main:plan/28.yaml")
    assert "截止: 2023-03-31" in settled
    assert "标题: 持续深化复议改革（示例甲）" in settled
    # What was not taken stays in the record.
    message = git(server, "log", "-1", "--format=%B", "main")
    assert "2023-06-30" in message
    assert "示例乙" in message
    assert ours.is_clean
    terminal.type("q")
    terminal.wait_for("$", gone="分支 main")
