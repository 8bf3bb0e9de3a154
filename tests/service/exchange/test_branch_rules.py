"""``check --base``: each rule for a branch broken on purpose and found; a good branch told in the summary."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_tui.cli import run
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.service.exchange.proposal import branch_name, proposal_markdown, proposal_of, proposal_title
from fazhi_tui.service.notes.undo import prepare_undo
from tests.conftest import git
from tests.service.exchange.conftest import Body

NewBody = Callable[..., Body]


@pytest.fixture
def branch(body: NewBody) -> Body:
    """A clone that stands on a branch of its body."""
    one = body("市司法局")
    one.git("switch", "-q", "-c", "fazhi/sfj/28")
    return one


def codes(one: Body, base: str = "origin/main", **more: str) -> set[str]:
    return {
        problem.code
        for problem in proposal_of(one.writer.reader, base, **more).problems
        if problem.severity is Severity.ERROR
    }


def commit(one: Body, path: str, text: str, message: str = "示例\n") -> None:
    file = one.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    one.git("add", path)
    one.git("commit", "-q", "-m", message)


def test_a_good_branch_has_no_problem_and_is_told_measure_by_measure(branch: Body, tmp_path: Path) -> None:
    evidence = tmp_path / "方案.pdf"
    evidence.write_bytes(b"%PDF")
    branch.start("28")
    branch.report("41", "示例：<b>印发</b>", evidence=(str(evidence),))
    proposal = proposal_of(branch.writer.reader, "origin/main")
    assert proposal.problems == ()
    assert proposal.unit == "市司法局"
    assert proposal_title(proposal) == "市司法局：28 未启动→推进中；41 进展"
    text = proposal_markdown(proposal)
    assert "### 第 28 条 持续深化行政复议体制改革" in text
    assert "- 状态：未启动 -> 推进中" in text
    assert "佐证 1 份" in text
    assert "\\<b\\>" in text
    assert "没有发现问题。" in text


def test_another_bodys_note(branch: Body) -> None:
    branch.start("28")
    branch.unit = "市教育局"
    branch.report("28", "示例")
    assert codes(branch) == {"foreign-note"}
    branch.git("branch", "-q", "-m", "随便")
    assert codes(branch) == {"several-units"}
    assert codes(branch, unit="市教育局") == {"foreign-note"}
    assert codes(branch, branch="fazhi/jyj/28") == {"foreign-note"}


def test_the_plans_words_touched(branch: Body) -> None:
    branch.start("28")
    path = "plan/28.yaml"
    text = (branch.root / path).read_text("utf-8")
    commit(branch, path, text.replace("2022-12-31", "2029-12-31"))
    assert codes(branch) == {"plan-changed", "plan-touched"}


def test_an_amendment_alone_is_allowed_and_told(body: NewBody) -> None:
    one = body("市委依法治市办")
    one.amend("plan/28.yaml", "2022-12-31", "2023-06-30")
    proposal = proposal_of(one.writer.reader, "origin/main")
    assert not [each for each in proposal.problems if each.severity is Severity.ERROR]
    assert "截止（28.1）：2022-12-31 -> 2023-06-30" in proposal_markdown(proposal)
    assert proposal_title(proposal).startswith("28 修订")


def test_settings_and_the_register_alone_are_allowed_and_told(body: NewBody) -> None:
    one = body("市委依法治市办")
    for path, old, new, kind in (
        ("plan/plan.yaml", "设置:\n", "设置:\n  佐证上限: 5\n", "设置"),
        ("plan/units.yaml", "名称: 市审计局", "名称: 市审计示例局", "单位"),
    ):
        text = (one.root / path).read_text("utf-8")
        commit(one, path, text.replace(old, new, 1), f"示例\n\nKind: {kind}\n")
    proposal = proposal_of(one.writer.reader, "origin/main")
    assert "other-file" not in {problem.code for problem in proposal.problems}
    assert not [each for each in proposal.problems if each.code in ("plan-touched", "trailers")]
    assert proposal_title(proposal) == "设置、单位名录"
    assert branch_name(proposal, {}) == "fazhi/plan/settings-units"


def test_an_older_note_edited_or_deleted(body: NewBody) -> None:
    one = body("市司法局")
    path = next(iter(one.start("28").action.writes))
    one.exchange.sync()
    commit(one, path, (one.root / path).read_text("utf-8").replace("开始", "改过"))
    assert "note-changed" in codes(one)
    one.git("reset", "-q", "--hard", "HEAD~1")
    one.git("rm", "-q", path)
    one.git("commit", "-q", "-m", "示例：删除")
    assert "note-deleted" in codes(one)
    one.git("reset", "-q", "--hard", "HEAD~1")
    one.writer.commit(prepare_undo(one.writer.reader.load(), one.writer.reader.repository))
    assert codes(one) == set()


def test_another_bodys_note_taken_back(body: NewBody) -> None:
    first, second = body("市司法局"), body("市教育局")
    done = first.start("28")
    first.exchange.sync()
    second.exchange.sync()
    second.writer.commit(
        prepare_undo(second.writer.reader.load(), second.writer.reader.repository, done.commit)
    )
    assert codes(second, unit="市教育局") == {"foreign-undo"}


def test_evidence_that_is_missing_or_changed(branch: Body, tmp_path: Path) -> None:
    evidence = tmp_path / "方案.pdf"
    evidence.write_bytes(b"%PDF")
    done = branch.report("28", "示例", evidence=(str(evidence),))
    path = next(name for name in done.action.writes if "/evidence/" in name)
    (branch.root / path).write_bytes(b"altered")
    branch.git("commit", "-q", "-am", "示例")
    assert any(code.startswith("evidence") for code in codes(branch))
    branch.git("rm", "-q", path)
    branch.git("commit", "-q", "-m", "示例")
    assert any(code.startswith("evidence") for code in codes(branch))


def test_a_status_that_the_workflow_does_not_allow(branch: Body) -> None:
    done = branch.start("28")
    path = next(iter(done.action.writes))
    text = (branch.root / path).read_text("utf-8").replace("状态: 推进中", "状态: 已完成")
    branch.git("reset", "-q", "--hard", "HEAD~1")
    message = git(branch.root, "log", "-1", "--format=%B", done.commit).replace("推进中", "已完成")
    commit(branch, path, text, message)
    assert "not-allowed" in codes(branch)


def test_two_bodies_that_left_one_status_for_two_are_put_before_a_person(body: NewBody) -> None:
    first, second = body("市司法局"), body("市委编办")
    first.start("28")
    second.report("28", "示例", status="长期坚持")
    first.exchange.sync()
    second.git("fetch", "-q")
    (found,) = proposal_of(second.writer.reader, "origin/main").problems
    assert (found.code, found.severity) == ("disagreement", Severity.WARNING)
    assert "市司法局和市委编办" in found.message or "市委编办和市司法局" in found.message


def test_trailers_that_do_not_match(branch: Body) -> None:
    done = branch.start("28")
    message = git(branch.root, "log", "-1", "--format=%B", done.commit).replace("市司法局", "市教育局")
    branch.git("commit", "-q", "--amend", "-m", message)
    assert "trailers" in codes(branch)


def test_what_the_base_has_meanwhile_counts(body: NewBody) -> None:
    """The branch is judged beside what the base has by now, not beside what it grew from."""
    first, second = body("市司法局"), body("市教育局")
    first.start("28")
    first.exchange.sync()
    second.start("41")
    second.git("fetch", "-q")
    proposal = proposal_of(second.writer.reader, "origin/main")
    assert [change.row.measure.id for change in proposal.changes] == ["41"]
    assert proposal.commits == 1


def test_a_base_that_is_none_is_said(branch: Body) -> None:
    with pytest.raises(UsageError, match="没有提交、标签或日期"):
        proposal_of(branch.writer.reader, "没有这个")


def test_the_command_in_every_form(
    branch: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(branch.root)
    branch.start("28")
    summary = tmp_path / "摘要.md"
    assert run(["check", "--base", "origin/main", "--summary", str(summary)]) == 0
    assert "## 市司法局：28 未启动→推进中" in summary.read_text("utf-8")
    branch.unit = "市教育局"
    branch.report("28", "示例：100%")
    capsys.readouterr()
    assert run(["check", "--base", "origin/main"]) == 1
    assert "[foreign-note]" in capsys.readouterr().out
    assert run(["check", "--base", "origin/main", "--format", "github"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"::error file=status/28/[^,]+\.md,title=foreign-note::.+%0A办法：.+", line)
    assert run(["check", "--base", "origin/main", "--format", "gitlab"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["check_name"], found["severity"], found["location"]["lines"]["begin"]) == (
        "foreign-note", "major", 1,
    )  # fmt: skip
    assert re.fullmatch("[0-9a-f]{64}", found["fingerprint"])
    assert run(["check", "--base", "origin/main", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["代码"] == "foreign-note"
    assert run(["check", "--format", "x"]) == 2
    assert run(["check", "--unit", "市司法局"]) == 2
    assert run(["check", "--staged", "--base", "x"]) == 2
    # The forms serve a check of all files, too.
    assert run(["check", "--format", "github"]) == 0
