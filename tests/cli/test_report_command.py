"""``fazhi report``: one note, one commit, and nothing lost when something refuses."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import process
from tests.conftest import git


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


def notes(root: Path) -> list[Path]:
    return sorted((root / "status").glob("*/*.md"))


def test_a_report_is_one_commit_of_one_new_file_and_leaves_the_rest_alone(tracker: Path, fazhi: Run) -> None:
    (tracker / "README.md").write_text("示例：改了一半\n", encoding="utf-8")
    git(tracker, "add", "README.md")
    dirty = tracker / "plan" / "units.yaml"
    dirty.write_text(dirty.read_text(encoding="utf-8") + "# 示例：另有改动\n", encoding="utf-8")
    staged, before = git(tracker, "diff", "--cached"), head(tracker)

    result = fazhi(
        "report", "28", "--unit", "市司法局", "--status", "推进中", "--message", "示例：已印发实施方案"
    )

    assert result.code == 0, result.err
    assert git(tracker, "rev-list", "--count", f"{before}..HEAD").strip() == "1"
    (line,) = git(tracker, "show", "--name-status", "--format=", "HEAD").split("\n")[:-1]
    assert re.fullmatch(r"A\tstatus/28/\d{8}T\d{6}-s?sfj-[0-9a-f]{4}\.md", line)
    message = git(tracker, "log", "-1", "--format=%B")
    assert message.startswith("28 未启动→推进中：示例：已印发实施方案\n")
    trailers = git(tracker, "log", "-1", "--format=%(trailers:only,unfold)")
    assert trailers.split("\n")[:4] == [
        "Measure: 28",
        "Unit: 市司法局",
        "Kind: 进展",
        "Status: 未启动 -> 推进中",
    ]
    assert git(tracker, "diff", "--cached") == staged
    assert git(tracker, "status", "--short").splitlines() == ["M  README.md", " M plan/units.yaml"]
    assert head(tracker)[:8] in result.out
    assert line.partition("\t")[2] in result.out
    assert git(tracker, "log", "-1", "--format=%an <%ae>").strip() == "示例填报人 <example@example.org>"


def test_the_unit_comes_from_git_and_may_be_typed_in_pinyin(tracker: Path, fazhi: Run) -> None:
    assert fazhi("report", "28", "-m", "示例：不写单位").code == 0
    assert fazhi("report", "1", "--unit", "sfj", "-m", "示例：拼音").code == 0
    assert all("单位: 市司法局" in path.read_text(encoding="utf-8") for path in notes(tracker))


def test_the_message_comes_from_standard_input(tracker: Path) -> None:
    text = "\ufeff示例：第一行\r\n# 不是注释\r\n"
    result = process(tracker, "report", "28", "--message", "-", stdin=text.encode())
    assert result.code == 0, result.err
    (note,) = notes(tracker)
    assert note.read_text(encoding="utf-8").endswith("---\n示例：第一行\n# 不是注释\n")
    gbk = process(tracker, "report", "28", "--message", "-", stdin="示例".encode("gb18030"))
    assert gbk.code == 2
    assert "UTF-8" in gbk.err
    assert "Traceback" not in gbk.err


def test_a_dry_run_shows_the_file_and_the_commit_and_writes_nothing(tracker: Path, fazhi: Run) -> None:
    before = head(tracker)
    result = fazhi("report", "28", "--status", "推进中", "-m", "示例：试一试", "--dry-run")
    assert result.code == 0
    assert "文件 status/28/" in result.out
    assert "示例：试一试" in result.out
    assert "Status: 未启动 -> 推进中" in result.out
    assert head(tracker) == before
    assert git(tracker, "status", "--short") == ""
    assert not (tracker / ".git" / "fazhi" / "drafts").exists()


def test_evidence_is_copied_with_its_hash_into_the_same_commit(
    tracker: Path, fazhi: Run, tmp_path: Path
) -> None:
    first, second = tmp_path / "三定方案.pdf", tmp_path / "b.pdf"
    first.write_bytes(b"%PDF one")
    second.write_bytes(b"%PDF two")
    result = fazhi("report", "28", "-m", "示例", "--evidence", str(first), "--evidence", str(second))
    assert result.code == 0, result.err
    added = git(tracker, "-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD").split()
    name = f"evidence/{sha256(b'%PDF one').hexdigest()[:8]}-三定方案.pdf"
    assert f"status/28/{name}" in added
    assert len(added) == 3
    assert f"  - {name}" in notes(tracker)[0].read_text(encoding="utf-8")
    lost = fazhi("report", "28", "-m", "示例", "--evidence", "没有.pdf")
    assert lost.code == 2
    assert "没有.pdf" in lost.err
    assert "没有这个文件" in lost.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--status", "办完了"), "办完了"),
        (("--status", "推进"), "推进中"),
        (("--kind", "进度"), "进展"),
        (("--progress", "很多"), "整数"),
        (("--progress", "120"), "120"),
        (("--quantity", "-3"), "-3"),
        (("--unit", "没有这个局"), "没有这个局"),
        (("--item", "28.9"), "28.1"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_can(
    tracker: Path, fazhi: Run, words: tuple[str, ...], says: str
) -> None:
    before = head(tracker)
    result = fazhi("report", "28", "-m", "示例", *words)
    assert result.code == 2
    assert says in result.err
    assert "办法：" in result.err
    assert head(tracker) == before
    assert git(tracker, "status", "--short") == ""


def test_what_the_workflow_forbids_is_an_answer_no(tracker: Path, fazhi: Run) -> None:
    result = fazhi("report", "28", "--status", "已完成", "-m", "示例：办完")
    assert result.code == 1
    assert "申请办结" in result.err
    close = fazhi("report", "28", "--kind", "办结", "-m", "示例")
    assert close.code == 1


def test_text_that_a_screen_might_obey_stays_text(tracker: Path, fazhi: Run) -> None:
    evil = "示例[/] [@click=app.quit]x[/] \x1b[31m红\u202e反"
    assert fazhi("report", "28", "-m", evil).code == 0
    for words in (("show", "28"), ("log",), ("log", "28"), ("undo", "--dry-run"), ("list", "复议")):
        shown = fazhi(*words)
        assert "\x1b" not in shown.out
        assert "\u202e" not in shown.out
    assert "[@click=app.quit]x[/]" in fazhi("log").out
    assert evil in notes(tracker)[0].read_text(encoding="utf-8")


# ------------------------------------------------------------------ what refuses


def refused(tracker: Path, fazhi: Run, message: str = "示例：写了很久") -> str:
    """Report, expect a refusal of git that changes nothing and keeps a draft; gives what was said."""
    before, status = head(tracker), git(tracker, "status", "--short")
    result = fazhi("report", "28", "--status", "推进中", "--message", message)
    assert result.code == 3, (result.out, result.err)
    assert result.out == ""
    assert "Traceback" not in result.err
    assert "错误：" in result.err
    assert "fazhi report 28 --draft" in result.err
    assert head(tracker) == before
    assert git(tracker, "status", "--short") == status
    assert notes(tracker) == []
    return result.err


def goes_on_from_the_draft(tracker: Path, fazhi: Run, message: str = "示例：写了很久") -> None:
    assert "1 份没有提交" in fazhi("doctor").out
    result = fazhi("report", "28", "--draft")
    assert result.code == 0, result.err
    (note,) = notes(tracker)
    assert message in note.read_text(encoding="utf-8")
    assert "状态: 推进中" in note.read_text(encoding="utf-8")
    assert fazhi("report", "28", "--draft").code == 2, "the draft is gone with the commit"


def test_a_refusing_hook_is_quoted_and_the_draft_goes_on_later(tracker: Path, fazhi: Run) -> None:
    hook = tracker / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nprintf '\\033[31m今天不许提交[/]\\n' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    said = refused(tracker, fazhi)
    assert "今天不许提交[/]" in said
    assert "\x1b" not in said
    hook.unlink()
    goes_on_from_the_draft(tracker, fazhi)


def test_a_merge_under_way_is_named(tracker: Path, fazhi: Run) -> None:
    git(tracker, "switch", "-q", "-c", "other")
    (tracker / "README.md").write_text("示例：一边\n", encoding="utf-8")
    git(tracker, "commit", "-q", "-a", "-m", "示例：一边")
    git(tracker, "switch", "-q", "main")
    (tracker / "README.md").write_text("示例：另一边\n", encoding="utf-8")
    git(tracker, "commit", "-q", "-a", "-m", "示例：另一边")
    git(tracker, "merge", "-q", "other", check=False)
    assert "合并" in refused(tracker, fazhi)
    git(tracker, "merge", "--abort")
    goes_on_from_the_draft(tracker, fazhi)


def test_a_detached_head_is_refused_with_the_way_back(tracker: Path, fazhi: Run) -> None:
    git(tracker, "checkout", "-q", "--detach")
    assert "git switch" in refused(tracker, fazhi)
    git(tracker, "switch", "-q", "main")
    goes_on_from_the_draft(tracker, fazhi)


def test_no_identity_is_told_with_the_commands_that_set_it(tracker: Path, fazhi: Run) -> None:
    git(tracker, "config", "--unset", "user.name")
    git(tracker, "config", "--unset", "user.email")
    said = refused(tracker, fazhi)
    assert "git config" in said
    assert "user." in said


def test_a_lock_left_behind_is_named_with_what_to_do(tracker: Path, fazhi: Run) -> None:
    lock = tracker / ".git" / "index.lock"
    lock.touch()
    before = head(tracker)
    result = fazhi("report", "28", "--status", "推进中", "-m", "示例：写了很久")
    assert result.code == 3
    assert "index.lock" in result.err
    assert head(tracker) == before
    lock.unlink()
    goes_on_from_the_draft(tracker, fazhi)


def test_a_tracker_without_git_is_read_but_not_reported_on(tracker: Path, fazhi: Run) -> None:
    (tracker / ".git").rename(tracker.parent / "gone")
    assert fazhi("list").code == 0
    assert fazhi("show", "28").code == 0
    result = fazhi("report", "28", "-m", "示例")
    assert result.code == 3
    assert "git" in result.err
    assert notes(tracker) == []


def test_a_machine_without_git_is_told_how_to_get_it(tracker: Path) -> None:
    env = {"PATH": str(tracker)}
    assert process(tracker, "list", env=env).code == 0
    result = process(tracker, "report", "28", "-m", "示例：写了很久", env=env)
    assert result.code == 3
    assert "安装 git" in result.err
    assert "Traceback" not in result.err
    assert process(tracker, "report", "28", "--draft").code == 0


def test_an_older_draft_is_spoken_of_and_never_lost_without_a_trace(tracker: Path, fazhi: Run) -> None:
    git(tracker, "checkout", "-q", "--detach")
    fazhi("report", "28", "-m", "示例：旧稿")
    again = fazhi("report", "28", "-m", "示例：新稿")
    assert "示例：旧稿" in again.err
    git(tracker, "switch", "-q", "main")
    other = fazhi("report", "28", "-m", "示例：第三份")
    assert other.code == 0
    assert "示例：新稿" in other.err
    assert fazhi("report", "28", "--draft").code == 0, "a report of its own leaves the draft where it is"


def test_options_are_laid_over_the_draft(tracker: Path, fazhi: Run) -> None:
    git(tracker, "checkout", "-q", "--detach")
    fazhi("report", "28", "--unit", "sfj", "--progress", "40%", "-m", "示例：草稿")
    git(tracker, "switch", "-q", "main")
    result = fazhi("report", "28", "--draft", "--progress", "60", "-m", "示例：改过")
    assert result.code == 0, result.err
    text = notes(tracker)[0].read_text(encoding="utf-8")
    assert "进度: 60" in text
    assert "示例：改过" in text


def test_a_unit_that_the_measure_does_not_name_is_remarked_on(tracker: Path, fazhi: Run) -> None:
    result = fazhi("report", "28", "--unit", "市财政局", "-m", "示例")
    assert result.code == 0
    assert "市财政局" in result.err
    assert "提醒：" in result.err


def test_without_a_message_and_without_a_terminal_it_says_what_to_do(tracker: Path, fazhi: Run) -> None:
    result = fazhi("report", "28")
    assert result.code == 2
    assert "--message" in result.err


def test_reports_within_one_second_stay_in_the_order_they_were_made(tracker: Path, fazhi: Run) -> None:
    for number in range(4):
        assert fazhi("report", "28", "-m", f"示例：{number}").code == 0
    notes = fazhi("show", "28", "--json").json["进展"]
    assert [note["内容"].strip() for note in notes] == ["示例：0", "示例：1", "示例：2", "示例：3"]
    assert fazhi("check").code == 0


def test_a_draft_can_be_thrown_away_and_is_printed_once_more(tracker: Path, fazhi: Run) -> None:
    assert fazhi("report", "28", "--unit", "没有这个单位", "-m", "示例：打错了").code == 2
    told = fazhi("report", "28", "--unit", "市司法局", "-m", "示例：正常", "--dry-run")
    assert "--drop-draft" in told.err
    dropped = fazhi("report", "28", "--drop-draft")
    assert dropped.code == 0
    assert "示例：打错了" in dropped.out
    assert (
        "另有一份草稿" not in fazhi("report", "28", "--unit", "市司法局", "-m", "示例：正常", "--dry-run").err
    )
    assert notes(tracker) == []
