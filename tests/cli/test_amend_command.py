"""Amending the plan: one measure, a reason, a commit of its own that audit and check --base accept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import Terminal
from tests.conftest import git


def test_one_value_is_changed_and_the_commit_says_what_and_why(tracker: Path, fazhi: Run) -> None:
    before = (tracker / "plan" / "28.yaml").read_text("utf-8")
    done = fazhi("amend", "28", "--set", "28.1.截止=2023-06-30", "--reason", "示例：市里同意延期", "--yes")
    assert done.code == 0, done.err
    after = (tracker / "plan" / "28.yaml").read_text("utf-8")
    assert after == before.replace("截止: 2022-12-31", "截止: 2023-06-30")
    message = git(tracker, "log", "-1", "--format=%B")
    assert message.startswith("28 修订：截止（28.1）\n\n示例：市里同意延期\n")
    assert "截止（28.1）：2022-12-31 -> 2023-06-30" in message
    assert "Kind: 修订" in message
    assert git(tracker, "status", "--porcelain") == ""
    assert fazhi("audit").code == 0
    assert "截止（28.1）" in fazhi("diff", "28", "HEAD~1..HEAD").out
    assert "28 修订" in fazhi("log", "kind:修订").out


def test_what_was_changed_by_hand_becomes_the_amendment(tracker: Path, fazhi: Run) -> None:
    file = tracker / "plan" / "28.yaml"
    file.write_text(file.read_text("utf-8").replace("主渠道作用", "主渠道示例"), "utf-8")
    assert fazhi("amend", "28", "--reason", "示例", "--dry-run").code == 0
    assert git(tracker, "log", "--format=%h").count("\n") == 1
    assert fazhi("amend", "28", "--reason", "示例", "--yes").code == 0
    assert "主渠道示例" in git(tracker, "show", "HEAD")


def test_the_editor_opens_with_the_file(tracker: Path, tmp_path: Path) -> None:
    editor = tmp_path / "编辑.sh"
    editor.write_text("#!/bin/sh\nsed -i 's/主渠道作用/主渠道示例/' \"$1\"\n", "utf-8")
    editor.chmod(0o755)
    terminal = Terminal(tracker, "amend", "28", "--reason", "示例", env={"EDITOR": str(editor)})
    terminal.read_until("提交这次修订？")
    terminal.send("y\n")
    assert terminal.close() == 0
    assert "主渠道示例" in git(tracker, "show", "HEAD")
    assert git(tracker, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "28.1.截止=2023-06-30"], "要写明理由"),
        (["--set", "28.1.截止=明年", "--reason", "x"], "不对"),
        (["--set", "没有=x", "--reason", "x"], "不能这样改"),
        (["--set", "编号=29", "--reason", "x"], "不能这样改"),
        (["--set", "标题", "--reason", "x"], "没有写成 项=值"),
        (["--set", "28.1.截止=2022-12-31", "--reason", "x"], "没有改动"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    tracker: Path, fazhi: Run, words: list[str], said: str
) -> None:
    refused = fazhi("amend", "28", *words, "--yes")
    assert refused.code in (1, 2)
    assert said in refused.err
    assert git(tracker, "status", "--porcelain") == ""


def test_a_text_that_cannot_be_read_is_refused(tracker: Path, fazhi: Run) -> None:
    file = tracker / "plan" / "28.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("标题: ", "标题: [", 1), "utf-8")
    refused = fazhi("amend", "28", "--reason", "示例", "--yes")
    assert refused.code in (1, 2)
    assert git(tracker, "log", "--format=%h").count("\n") == 1
