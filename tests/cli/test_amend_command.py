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
    kept = "    沿革:\n      - 至: 2023-06-29\n        截止: 2022-12-31\n        依据: 示例：市里同意延期\n"
    assert after.replace(kept, "") == before.replace("截止: 2022-12-31", "截止: 2023-06-30")
    assert kept in after
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


def test_measures_come_and_go_by_commands(tracker: Path, fazhi: Run, tmp_path: Path) -> None:
    added = tmp_path / "54.yaml"
    text = (tracker / "plan" / "30.yaml").read_text("utf-8")
    added.write_text(text.replace('编号: "30"', '编号: "54"').replace('原文编号: "29"\n', ""), "utf-8")
    for words in (
        ["--add", str(added), "--id", "54", "--from", "2023-03-01"],
        ["--split", "43", "--into", "43,55", "--items", "43.1", "--from", "2023-04-01"],
        ["--merge", "30,54", "--into", "30", "--from", "2023-05-01"],
        ["--withdraw", "25", "--from", "2023-06-01"],
    ):
        done = fazhi("amend", *words, "--reason", "示例", "--yes")
        assert done.code == 0, (words, done.err)
    assert fazhi("check").code == fazhi("audit").code == 0
    assert "25 修订：废止" in fazhi("log", "25").out
    assert fazhi("show", "55").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reason", "x"], "没有写修订哪一条"),
        (["28", "--withdraw", "25", "--reason", "x"], "不能一起用"),
        (["--split", "30", "--reason", "x"], "要和 --into 一起用"),
        (["--withdraw", "25", "--set", "标题=x", "--reason", "x"], "不和 --withdraw 一起用"),
        (["--add", "没有.yaml", "--reason", "x"], "读不了"),
        (["--withdraw", "25", "--from", "某天", "--reason", "x"], "不是"),
        (["--withdraw", "99", "--reason", "x"], "没有编号"),
        (["--withdraw", "25"], "要写明理由"),
    ],
)
def test_what_is_asked_for_wrongly_is_said(tracker: Path, fazhi: Run, words: list[str], said: str) -> None:
    refused = fazhi("amend", *words, "--yes")
    assert refused.code == 2
    assert said in refused.err
    assert git(tracker, "status", "--porcelain") == ""


def test_the_preview_shows_what_changes_and_not_the_whole_file(tracker: Path, fazhi: Run) -> None:
    shown = fazhi("amend", "28", "--set", "28.1.截止=2023-06-30", "--reason", "示例：延期", "--dry-run").out
    lines = shown.split("\n\n")[0].split("\n")
    assert lines[0] == "文件 plan/28.yaml"
    assert lines[1].startswith("  @@ -")
    assert "  -    截止: 2022-12-31" in lines
    assert "  +    截止: 2023-06-30" in lines
    assert "  +      - 至: 2023-06-29" in lines
    assert len(lines) < 20
    assert "主渠道作用" not in shown


def test_what_was_changed_by_hand_is_shown_against_the_last_commit(tracker: Path, fazhi: Run) -> None:
    file = tracker / "plan" / "28.yaml"
    file.write_text(file.read_text("utf-8").replace("主渠道作用", "主渠道示例"), "utf-8")
    shown = fazhi("amend", "28", "--reason", "示例", "--dry-run").out
    file_part = shown.split("\n\n")[0].split("\n")
    assert [line[:3] for line in file_part if "主渠道" in line] == ["  -", "  +"]


def test_a_new_file_is_shown_whole_and_more_than_a_few_by_their_names(tracker: Path, fazhi: Run) -> None:
    fresh = tracker / "新.yaml"
    fresh.write_text(
        '编号: "54"\n标题: 示例\n章: 一、总体要求\n牵头单位:\n  - 市司法局\n正文: |\n  示例。\n', "utf-8"
    )
    shown = fazhi("amend", "--add", str(fresh), "--id", "54", "--reason", "示例", "--dry-run")
    assert "  标题: 示例\n" in shown.out, shown.err
    many = fazhi("units", "abolish", "市司法局", "--to", "市公安局", "--reason", "示例", "--dry-run").out
    assert "文件 plan/28.yaml\n文件" in many
    assert "@@" not in many


def test_on_a_terminal_the_change_is_in_colour(tracker: Path) -> None:
    terminal = Terminal(
        tracker, "settings", "set", "预警天数", "45", "--reason", "示例", "--dry-run", env={"TERM": "xterm"}
    )
    shown = terminal.read_until("提交\r\n")
    assert terminal.close() == 0
    assert "\x1b[32m  +  预警天数: 45\x1b[0m" in shown
