"""``fazhi amend --ratify``: the office accepts what the audit points at; it is told, and not counted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.running import Result
from tests.conftest import git

OFFICE = "市委依法治市办"
WHY = "示例：按领导批示手工改的，已核对"


@pytest.fixture(autouse=True)
def the_office(tracker: Path) -> None:
    git(tracker, "config", "fazhi.unit", OFFICE)


def commit(root: Path, message: str, **environ: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message, env={**os.environ, **environ})
    return git(root, "rev-parse", "HEAD").strip()


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), "utf-8")


def plan_by_hand(root: Path, fazhi: Run) -> str:
    change(root, "plan/28.yaml", "截止: 2022-12-31", "截止: 2023-06-30")
    return commit(root, "示例：手工改期限")


def note_deleted(root: Path, fazhi: Run) -> str:
    assert fazhi("report", "28", "--unit", "sfj", "-m", "示例", "--yes").code == 0
    (note,) = (root / "status" / "28").iterdir()
    note.unlink()
    return commit(root, "示例：删了一条")


def note_changed(root: Path, fazhi: Run) -> str:
    assert fazhi("report", "28", "--unit", "sfj", "-m", "示例", "--yes").code == 0
    (note,) = (root / "status" / "28").iterdir()
    note.write_text(note.read_text("utf-8") + "又加一句。\n", "utf-8")
    return commit(root, "示例：改了一条")


def wrong_words(root: Path, fazhi: Run) -> str:
    return commit(root, "示例\n\nMeasure: 28\nUnit: 市司法局\nKind: 进展\n")


def wrong_clock(root: Path, fazhi: Run) -> str:
    early = "2020-01-01T09:00:00+0800"
    return commit(root, "示例：时钟不对", GIT_AUTHOR_DATE=early, GIT_COMMITTER_DATE=early)


def torn_merge(root: Path, fazhi: Run) -> str:
    git(root, "switch", "-q", "-c", "别的单位")
    change(root, "plan/28.yaml", "截止: 2022-12-31", "截止: 2023-03-31")
    commit(root, "示例：修订一\n\nKind: 修订")
    git(root, "switch", "-q", "main")
    change(root, "plan/28.yaml", "截止: 2022-12-31", "截止: 2023-06-30")
    commit(root, "示例：修订二\n\nKind: 修订")
    git(root, "merge", "-q", "别的单位", check=False)
    git(root, "checkout", "-q", "--ours", "plan/28.yaml")
    change(root, "plan/28.yaml", "截止: 2023-06-30", "截止: 2024-12-31")
    return commit(root, "示例：合并")


FAULTS: dict[str, Callable[[Path, Run], str]] = {
    "plan-changed": plan_by_hand,
    "note-deleted": note_deleted,
    "note-changed": note_changed,
    "trailers": wrong_words,
    "time": wrong_clock,
    "merge": torn_merge,
}


def ratify(fazhi: Run, commit_id: str, *words: str, why: str = WHY) -> Result:
    return fazhi("amend", "--ratify", commit_id, "--reason", why, "--yes", *words)


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


@pytest.mark.parametrize("make", FAULTS.values(), ids=FAULTS)
def test_what_the_office_accepts_is_told_and_no_error(
    tracker: Path, fazhi: Run, make: Callable[[Path, Run], str]
) -> None:
    target = make(tracker, fazhi)
    before = fazhi("audit", "--json")
    assert before.code == 1
    done = ratify(fazhi, target[:10])
    assert done.code == 0, done.err
    assert f"追认 {target[:8]}" in done.out
    by = head(tracker)
    # A commit that changes nothing and names the other in full.
    assert git(tracker, "diff", "--name-only", "HEAD~1", "HEAD") == ""
    assert f"\nKind: 追认\nRatifies: {target}\n" in git(tracker, "show", "-s", "--format=%B", "HEAD")
    told = fazhi("audit")
    assert told.code == 0, told.out
    assert f"已追认：{OFFICE} " in told.out
    assert f"（{by[:8]}）：{WHY}" in told.out
    assert "已追认 1 个" in told.err
    found = fazhi("audit", "--json").json["问题"]
    facts = {fault["提交"]: fault.pop("追认", None) for fault in found}
    assert found == before.json["问题"]
    assert facts[target]["提交"] == by
    assert (facts[target]["单位"], facts[target]["理由"]) == (OFFICE, WHY)
    assert facts[target]["时间"].startswith("2023-06-30T")


def test_faults_of_other_commits_stay(tracker: Path, fazhi: Run) -> None:
    target = plan_by_hand(tracker, fazhi)
    other = note_deleted(tracker, fazhi)
    assert ratify(fazhi, target).code == 0
    told = fazhi("audit")
    assert told.code == 1
    (line,) = [line for line in told.out.splitlines() if other[:8] in line]
    assert "note-deleted" in line
    assert told.out.count("已追认：") == 1
    assert "1 个错误" in told.err
    assert ratify(fazhi, other).code == 0
    assert fazhi("audit").code == 0


def test_lost_history_is_never_excused(tracker: Path, fazhi: Run) -> None:
    target = plan_by_hand(tracker, fazhi)
    assert fazhi("audit", "--mark").code == 1
    git(tracker, "commit", "-q", "--amend", "-m", "示例：改写")
    told = fazhi("audit").out
    assert "history-rewritten" in told
    refused = ratify(fazhi, target)
    assert (refused.code, "没有提交" in refused.err) == (2, True)
    assert ratify(fazhi, head(tracker)).code == 0
    after = fazhi("audit")
    assert after.code == 1
    (line,) = [line for line in after.out.splitlines() if "history-rewritten" in line]
    assert target[:8] in line


def test_a_part_of_history_knows_what_was_accepted_after_it(tracker: Path, fazhi: Run) -> None:
    git(tracker, "tag", "v1")
    target = plan_by_hand(tracker, fazhi)
    git(tracker, "tag", "v2")
    assert fazhi("audit", "v1..v2").code == 1
    assert ratify(fazhi, target).code == 0
    assert fazhi("audit", "v1..v2").code == 0
    assert fazhi("audit", "v1..").code == 0


def test_the_record_shows_both(tracker: Path, fazhi: Run) -> None:
    target = plan_by_hand(tracker, fazhi)
    ratify(fazhi, target)
    by = head(tracker)
    lines = fazhi("log").out.splitlines()
    assert lines[0].endswith(f"追认 {target[:8]}：{WHY}")
    assert lines[1].endswith(f"（已由 {by[:8]} 追认）")
    first, second = fazhi("log", "-n", "2", "--json").json
    assert (first["追认"], first["类型"], second["追认于"]) == (target, "追认", by)
    assert [event["提交"] for event in fazhi("log", "kind:追认", "--json").json] == [by]
    assert by in [event["提交"] for event in fazhi("log", "28", "--json").json]


def test_what_is_staged_or_changed_stays_as_it_was(tracker: Path, fazhi: Run) -> None:
    target = plan_by_hand(tracker, fazhi)
    (tracker / "README.md").write_text("示例：暂存\n", "utf-8")
    git(tracker, "add", "README.md")
    change(tracker, "plan/29.yaml", "标题: ", "标题: 示例")
    before = git(tracker, "status", "--porcelain=v2")
    assert ratify(fazhi, target).code == 0
    assert git(tracker, "status", "--porcelain=v2") == before
    assert git(tracker, "diff", "--name-only", "HEAD~1", "HEAD") == ""


def test_looking_first_and_saying_no_commits_nothing(tracker: Path, fazhi: Run) -> None:
    target = plan_by_hand(tracker, fazhi)
    shown = fazhi("amend", "--ratify", target, "--reason", WHY, "--dry-run")
    assert shown.code == 0
    assert f"Ratifies: {target}" in shown.out
    assert "截止" in shown.out
    assert head(tracker) == target
    assert fazhi("amend", "--ratify", target, "--reason", WHY).code == 2
    assert head(tracker) == target


@pytest.mark.parametrize(
    ("named", "code", "words"),
    [
        ("0123456789abcdef0123456789abcdef01234567", 2, "没有提交"),
        ("abcd", 2, "没有提交"),
        ("main", 2, "不是提交号"),
        ("HEAD~1..HEAD", 2, "不是提交号"),
        ("", 2, "不是提交号"),
        ("HEAD", 2, "不是提交号"),
    ],
)
def test_what_names_no_commit_is_refused(
    tracker: Path, fazhi: Run, named: str, code: int, words: str
) -> None:
    target = plan_by_hand(tracker, fazhi)
    refused = ratify(fazhi, named)
    assert (refused.code, words in refused.err) == (code, True), refused.err
    assert head(tracker) == target


def test_a_commit_of_another_branch_is_not_of_this_history(tracker: Path, fazhi: Run) -> None:
    git(tracker, "switch", "-q", "-c", "别的")
    target = plan_by_hand(tracker, fazhi)
    git(tracker, "switch", "-q", "main")
    refused = ratify(fazhi, target)
    assert (refused.code, f"没有提交 {target}" in refused.err) == (2, True)


def test_an_ambiguous_beginning_is_refused(tracker: Path, fazhi: Run) -> None:
    ids: dict[str, str] = {}
    for number in range(2000):
        made = git(tracker, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", f"示例 {number}").strip()
        if made[:4] in ids:
            git(tracker, "update-ref", "HEAD", ids[made[:4]])
            git(tracker, "merge", "-q", "--no-edit", "-s", "ours", made)
            refused = ratify(fazhi, made[:4])
            assert (refused.code, "不止一个" in refused.err) == (2, True)
            assert made[:12] in refused.err
            return
        ids[made[:4]] = made
    pytest.fail("no two ids that begin alike")


def test_a_commit_without_fault_needs_no_ratifying(tracker: Path, fazhi: Run) -> None:
    assert fazhi("report", "28", "--unit", "sfj", "-m", "示例", "--yes").code == 0
    refused = ratify(fazhi, head(tracker))
    assert (refused.code, "没有发现" in refused.err) == (1, True)


def test_twice_and_of_a_ratification_is_refused(tracker: Path, fazhi: Run) -> None:
    target = plan_by_hand(tracker, fazhi)
    assert ratify(fazhi, target).code == 0
    by = head(tracker)
    again = ratify(fazhi, target)
    assert (again.code, f"已由 {by[:8]} 追认" in again.err) == (1, True)
    of_it = ratify(fazhi, by)
    assert (of_it.code, "本身就是一次追认" in of_it.err) == (1, True)
    assert head(tracker) == by


def test_a_reason_has_to_be_given(tracker: Path, fazhi: Run) -> None:
    target = plan_by_hand(tracker, fazhi)
    for words in ((), ("--reason", " ")):
        refused = fazhi("amend", "--ratify", target, "--yes", *words)
        assert (refused.code, "追认要写明理由" in refused.err) == (2, True)
    assert fazhi("amend", "--ratify", target, "--reason", WHY, "--from", "2023-01-01", "--yes").code == 2
    assert fazhi("amend", "28", "--ratify", target, "--reason", WHY, "--yes").code == 2


@pytest.mark.parametrize("unit", ["市司法局", "市财政局", ""])
def test_only_the_office_ratifies(tracker: Path, fazhi: Run, unit: str) -> None:
    target = plan_by_hand(tracker, fazhi)
    git(tracker, "config", "fazhi.unit", unit)
    refused = ratify(fazhi, target)
    assert (refused.code, f"只有{OFFICE}能追认" in refused.err) == (1, True)
    assert head(tracker) == target


def contact(root: Path, email: str) -> None:
    line = f"  - 名称: {OFFICE}\n"
    change(root, "plan/units.yaml", line, f"{line}    联络员:\n      - 姓名: 示例\n        邮箱: {email}\n")
    commit(root, "示例：联络员\n\nKind: 单位\n")


def test_only_its_contacts_where_they_are_known(tracker: Path, fazhi: Run) -> None:
    contact(tracker, "office@example.org")
    target = plan_by_hand(tracker, fazhi)
    refused = ratify(fazhi, target)
    assert (refused.code, "不是市委依法治市办的联络员" in refused.err) == (1, True)
    git(tracker, "config", "user.email", "Office@example.org")
    assert ratify(fazhi, target).code == 0
    assert fazhi("audit").code == 0


def written(target: str, unit: str = OFFICE) -> str:
    return f"追认 {target[:8]}：示例\n\n示例\n\nUnit: {unit}\nKind: 追认\nRatifies: {target}\n"


@pytest.mark.parametrize("unit", ["市司法局", "", "没有这个局"])
def test_a_commit_that_says_so_without_being_the_offices_excuses_nothing(
    tracker: Path, fazhi: Run, unit: str
) -> None:
    target = plan_by_hand(tracker, fazhi)
    forged = commit(tracker, written(target, unit))
    found = {fault["代码"]: fault for fault in fazhi("audit", "--json").json["问题"]}
    assert fazhi("audit").code == 1
    assert set(found) == {"plan-changed", "ratification"}
    assert "追认" not in found["plan-changed"]
    assert found["ratification"]["提交"] == forged
    refused = ratify(fazhi, forged)
    assert (refused.code, "本身就是一次追认" in refused.err) == (1, True)


def test_neither_does_one_by_a_stranger_or_one_that_changes_something(tracker: Path, fazhi: Run) -> None:
    contact(tracker, "office@example.org")
    target = plan_by_hand(tracker, fazhi)
    commit(tracker, written(target))
    git(tracker, "config", "user.email", "office@example.org")
    change(tracker, "plan/29.yaml", "标题: ", "标题: 示例")
    commit(tracker, written(target))
    found = fazhi("audit", "--json").json["问题"]
    assert [fault["代码"] for fault in found].count("ratification") == 2
    assert not any("追认" in fault for fault in found)
    assert "当时不是" in str(found)
    assert "却改动了文件" in str(found)
