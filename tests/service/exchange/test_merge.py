"""A merge in which both sides changed one place: each field put before a person, nothing lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.cli import run
from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError
from fazhi_tui.records.merge import Side
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.exchange.sync import Exchange
from tests.conftest import git
from tests.service.exchange.conftest import Body

NewBody = Callable[..., Body]


@pytest.fixture
def torn(body: NewBody) -> tuple[Body, Body]:
    """Two bodies that changed one deadline; the second has fetched and stands in the merge."""
    first, second = body("市司法局"), body("市教育局")
    first.amend("plan/28.yaml", "2022-12-31", "2023-06-30")
    first.amend("plan/28.yaml", "主渠道作用", "主渠道示例")
    first.exchange.sync()
    second.start("41")
    second.amend("plan/28.yaml", "截止: 2022-12-31", "截止: 2023-03-31")
    second.amend("plan/28.yaml", "- 市委编办", "- 市委编办\n  - 市教育局")
    synced = second.exchange.sync()
    assert synced.conflicts == ("plan/28.yaml",)
    return first, second


def test_only_what_both_changed_is_asked(torn: tuple[Body, Body]) -> None:
    (file,) = torn[1].exchange.settling().files
    assert file.title == "第 28 条 持续深化行政复议体制改革"
    (clash,) = file.clashes
    assert (clash.field, clash.base, clash.ours, clash.theirs) == (
        "截止（28.1）", "2022-12-31", "2023-03-31", "2023-06-30",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("side", "day"), [("我方", "2023-03-31"), ("对方", "2023-06-30"), ("原来", "2022-12-31")]
)
def test_the_answer_is_taken_and_what_was_not_stays_in_the_message(
    torn: tuple[Body, Body], side: str, day: str
) -> None:
    first, second = torn
    exchange = second.exchange
    (file,) = exchange.settling().files
    exchange.settle(file, [Side(side)])
    assert exchange.settling().files == ()
    exchange.finish()
    text = (second.root / "plan" / "28.yaml").read_text("utf-8")
    assert f"截止: {day}" in text
    # What one side alone changed is there, whichever side was chosen.
    assert "  - 市教育局\n" in text
    assert "主渠道示例" in text
    message = git(second.root, "log", "-1", "--format=%B")
    for said in ("2022-12-31", "2023-03-31", "2023-06-30"):
        assert said in message
    assert message.strip().endswith("Kind: 合并")
    assert exchange.sync().sent == 4
    assert first.exchange.sync().how == "快进"


def test_while_it_waits_it_is_told_and_nothing_can_be_filed_or_pushed(
    torn: tuple[Body, Body], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = torn[1]
    monkeypatch.chdir(second.root)
    assert {"unfinished", "conflict"} <= {one.code for one in check_tracker(second.writer.root)}
    with pytest.raises(RepositoryError, match="正在进行合并"):
        second.report("29", "示例")
    with pytest.raises(RepositoryError, match="正在进行合并"):
        second.exchange.sync()
    with pytest.raises(NotAllowedError, match="没有选定"):
        second.exchange.finish()
    assert run(["list"]) == 0
    shown = capsys.readouterr().out
    assert all(row.measure.id in shown for row in second.writer.reader.load().rows)
    assert "plan/28.yaml" in shown


def test_giving_up_leaves_both_records_and_begins_again(torn: tuple[Body, Body]) -> None:
    second = torn[1]
    second.exchange.give_up()
    assert second.is_clean
    assert "2023-03-31" in (second.root / "plan" / "28.yaml").read_text("utf-8")
    assert second.exchange.sync().conflicts == ("plan/28.yaml",)


def test_the_command_lists_settles_and_commits(
    torn: tuple[Body, Body], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = torn[1]
    monkeypatch.chdir(second.root)
    assert run(["resolve"]) == 1
    shown = capsys.readouterr().out
    assert "我方：2023-03-31" in shown
    assert "对方：2023-06-30" in shown
    assert run(["resolve", "28"]) == 2
    assert "--take 截止（28.1）=我方" in capsys.readouterr().err
    assert run(["resolve", "28", "--take", "标题=我方"]) == 2
    assert run(["resolve", "28", "--take", "他方"]) == 2
    assert run(["resolve", "29", "--take", "我方"]) == 2
    assert run(["resolve", "--json"]) == 1
    capsys.readouterr()
    assert run(["resolve", "28", "--take", "截止=对方"]) == 0
    assert "合并已提交" in capsys.readouterr().out
    assert second.is_clean
    assert run(["resolve"]) == 1
    assert "没有等待解决的合并" in capsys.readouterr().err
    assert run(["sync", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["推送"] == 4


def test_a_file_that_one_side_deleted_and_one_that_is_broken_are_taken_whole(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    for name in ("plan/29.yaml", "plan/30.yaml"):
        git(first.root, "rm", "-q", name) if "29" in name else first.amend(name, "标题:", "标题: [")
    first.git("commit", "-q", "--allow-empty", "-am", "示例：删去 29")
    first.exchange.sync()
    for name in ("plan/29.yaml", "plan/30.yaml"):
        second.amend(name, "标题: ", "标题: 示例")
    assert set(second.exchange.sync().conflicts) == {"plan/29.yaml", "plan/30.yaml"}
    files = second.exchange.settling().files
    assert [[clash.field for clash in file.clashes] for file in files] == [["整个文件"]] * 2
    assert files[0].clashes[0].theirs is None
    second.exchange.settle(files[0], [Side.THEIRS])
    second.exchange.settle(files[1], [Side.OURS])
    second.exchange.finish()
    assert not (second.root / "plan" / "29.yaml").exists()
    assert "标题: 示例" in (second.root / "plan" / "30.yaml").read_text("utf-8")
    assert second.is_clean


def test_an_answer_survives_the_program(torn: tuple[Body, Body]) -> None:
    """What was settled is git's: another process, or plain git, goes on from there."""
    second = torn[1]
    (file,) = second.exchange.settling().files
    second.exchange.settle(file, [Side.BASE])
    git(second.root, "commit", "-q", "--no-edit")
    assert "未选我方：2023-03-31" in git(second.root, "log", "-1", "--format=%B")
    assert Exchange(second.root).sync().sent == 4


def test_a_merge_that_a_hook_refuses_leaves_the_branch_as_it_was(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    second.start("41")
    hook: Path = second.root / ".git" / "hooks" / "pre-merge-commit"
    hook.write_text("#!/bin/sh\necho 示例：不许 >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    head = second.head
    with pytest.raises(RepositoryError, match="不许"):
        second.exchange.sync()
    assert (second.head, second.is_clean) == (head, True)
    hook.unlink()
    assert second.exchange.sync().sent == 2
