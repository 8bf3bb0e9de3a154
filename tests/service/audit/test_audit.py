"""The audit: each fault is made on purpose and found with its commit; ordinary work gives no false alarm."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.audit.rules import AuditFault
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import TODAY, git

BEIJING = timezone(timedelta(hours=8))
ME = Identity("市司法局", "示例填报人", "example@example.org")


def report(root: Path, measure: str = "28", text: str = "示例：按计划推进", **facts: object) -> str:
    request = ReportRequest(measure, "市司法局", text, **facts)  # type: ignore[arg-type]
    done = file_report(Writer(Reader(root, TODAY)), request, ME)
    assert done.action.note is not None
    return done.action.note.path


def audit(root: Path, span: str = "") -> list[AuditFault]:
    return list(audit_history(Reader(root, TODAY), span).faults)


def codes(root: Path) -> list[str]:
    return [fault.code for fault in audit(root)]


def commit(root: Path, message: str, **dates: str) -> str:
    git(root, "add", "-A")
    environ = {**os.environ, **dates}
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", message], cwd=root, check=True, env=environ)
    return git(root, "rev-parse", "HEAD").strip()


# ------------------------------------------------------------------ no false alarm


def test_a_report_earlier_in_the_day_than_the_last_commit_of_an_example_is_none(real_tracker: Path) -> None:
    late = f"{TODAY}T23:59:50+0800"
    commit(real_tracker, "示例：当天很晚的提交", GIT_AUTHOR_DATE=late, GIT_COMMITTER_DATE=late)
    path = report(real_tracker)
    again = report(real_tracker, text="示例：再报一次")
    assert codes(real_tracker) == []
    for at, name in (("HEAD~1", path), ("HEAD", again)):
        moment = git(real_tracker, "show", "-s", "--format=%cI", at).strip()
        assert f"\n时间: {moment}\n" in (real_tracker / name).read_text("utf-8")
        assert f"/{moment[:19].replace('-', '').replace(':', '')}-" in name


def test_four_years_of_ordinary_work_give_no_false_alarm(demo_root: Path) -> None:
    found = audit_history(Reader(demo_root, DEMO_TODAY))
    assert found.faults == ()
    assert found.commits > 1800
    assert found.notes == found.commits - 1


def test_reports_batches_undoing_and_merges_give_none(real_tracker: Path) -> None:
    report(real_tracker, status=Status.IN_PROGRESS)
    git(real_tracker, "switch", "-q", "-c", "别的单位")
    report(real_tracker, "5")
    git(real_tracker, "switch", "-q", "main")
    report(real_tracker, "28", "示例：二", item="28.1", progress=10)
    git(real_tracker, "merge", "-q", "--no-edit", "别的单位")
    writer = Writer(Reader(real_tracker, TODAY))
    batch = prepare_batch(
        writer.reader.load(), ["3", "6"], ReportRequest("", "市司法局", "示例：一并"), ME, together=True
    )
    writer.commit_batch(batch.actions)
    writer.commit(prepare_undo(writer.reader.load(), writer.reader.repository))
    assert audit(real_tracker) == []


def test_a_merge_that_was_settled_field_by_field_gives_none(real_tracker: Path) -> None:
    torn_merge(real_tracker, "截止: 2023-03-31")
    assert audit(real_tracker) == []


def changed(root: Path, path: str, old: str, new: str, kind: str) -> None:
    file = root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    commit(root, f"示例\n\nKind: {kind}\n")


def test_settings_and_the_register_change_by_commits_of_their_own_kind(real_tracker: Path) -> None:
    changed(real_tracker, "plan/plan.yaml", "设置:\n", "设置:\n  预警天数: 45\n", "设置")
    changed(real_tracker, "plan/units.yaml", "市司法局", "市司法示例局", "单位")
    changed(real_tracker, "plan/46.yaml", "  - 市司法局", "  - 市公安局", "单位")
    assert audit(real_tracker) == []
    # What is no duty is not the register's, what is no setting not the settings'.
    changed(real_tracker, "plan/28.yaml", "主渠道", "主示例", "单位")
    changed(real_tracker, "plan/29.yaml", "市司法局", "市公安局", "设置")
    changed(real_tracker, "plan/plan.yaml", "止: 2025", "止: 2026", "设置")
    assert [fault.path for fault in audit(real_tracker)] == [
        "plan/28.yaml", "plan/29.yaml", "plan/29.yaml", "plan/plan.yaml",
    ]  # fmt: skip


def torn_merge(root: Path, settled: str) -> str:
    """Both sides amend one deadline; the merge says ``settled``."""
    file = root / "plan/28.yaml"
    text = file.read_text()
    git(root, "switch", "-q", "-c", "别的单位")
    file.write_text(text.replace("截止: 2022-12-31", "截止: 2023-03-31").replace("- 市委编办", "- 市财政局"))
    commit(root, "示例：修订一\n\nKind: 修订")
    git(root, "switch", "-q", "main")
    file.write_text(text.replace("截止: 2022-12-31", "截止: 2023-06-30"))
    commit(root, "示例：修订二\n\nKind: 修订")
    git(root, "merge", "-q", "别的单位", check=False)
    file.write_text(text.replace("截止: 2022-12-31", settled).replace("- 市委编办", "- 市财政局"))
    return commit(root, "示例：合并\n\nKind: 合并")


# ------------------------------------------------------------------ each fault


def invented_in_a_merge(root: Path) -> str:
    return torn_merge(root, "截止: 2029-12-31")


def dropped_by_a_merge(root: Path) -> str:
    """``-s ours``: the other side's notes are merged and gone."""
    git(root, "switch", "-q", "-c", "别的单位")
    report(root, "5")
    git(root, "switch", "-q", "main")
    report(root, "3")
    git(root, "merge", "-q", "-s", "ours", "-m", "示例：合并\n\nKind: 合并", "别的单位")
    return git(root, "rev-parse", "HEAD").strip()


def amendment_dropped_by_a_merge(root: Path) -> str:
    git(root, "switch", "-q", "-c", "别的单位")
    file = root / "plan/28.yaml"
    file.write_text(file.read_text().replace("截止: 2022-12-31", "截止: 2023-03-31"))
    commit(root, "示例：修订\n\nKind: 修订")
    git(root, "switch", "-q", "main")
    report(root, "3")
    git(root, "merge", "-q", "-s", "ours", "-m", "示例：合并\n\nKind: 合并", "别的单位")
    return git(root, "rev-parse", "HEAD").strip()


def changed_in_a_merge(root: Path) -> str:
    path = report(root)
    git(root, "switch", "-q", "-c", "别的单位")
    report(root, "5")
    git(root, "switch", "-q", "main")
    report(root, "3")
    git(root, "merge", "-q", "--no-commit", "别的单位")
    (root / path).write_text((root / path).read_text() + "改过\n")
    return commit(root, "示例：合并\n\nKind: 合并")


def slipped_into_a_merge(root: Path) -> str:
    path = report(root)
    git(root, "switch", "-q", "-c", "别的单位")
    report(root, "5")
    git(root, "switch", "-q", "main")
    report(root, "3")
    git(root, "merge", "-q", "--no-commit", "别的单位")
    (root / path).with_name("20220101T090000-sfj-ffff.md").write_text((root / path).read_text())
    return commit(root, "示例：合并\n\nKind: 合并")


def change_note(root: Path) -> str:
    path = report(root)
    (root / path).write_text((root / path).read_text() + "改过\n")
    return commit(root, "示例：偷改")


def delete_note(root: Path) -> str:
    path = report(root)
    (root / path).unlink()
    return commit(root, "示例：偷删")


def false_undo(root: Path) -> str:
    path = report(root)
    (root / path).unlink()
    other = git(root, "rev-parse", "HEAD~1").strip()
    return commit(root, f"示例：假撤销\n\nMeasure: 28\nKind: 撤销\nUndoes: {other}")


def change_plan(root: Path) -> str:
    file = root / "plan/28.yaml"
    file.write_text(file.read_text().replace("截止: 2022-12-31", "截止: 2023-12-31"))
    return commit(root, "示例：偷改期限")


def drop_measure(root: Path) -> str:
    (root / "plan/28.yaml").unlink()
    return commit(root, "示例：删去一条")


def add_measure(root: Path) -> str:
    text = (root / "plan/53.yaml").read_text().replace('"53"', '"54"').replace("53.", "54.")
    (root / "plan/54.yaml").write_text(text)
    return commit(root, "示例：加上一条")


def amended_message(root: Path, old: str, new: str) -> str:
    report(root, status=Status.IN_PROGRESS)
    message = git(root, "log", "-1", "--format=%B").replace(old, new)
    git(root, "commit", "-q", "--amend", "-m", message)
    return git(root, "rev-parse", "HEAD").strip()


def wrong_measure(root: Path) -> str:
    return amended_message(root, "Measure: 28", "Measure: 27")


def wrong_unit(root: Path) -> str:
    return amended_message(root, "Unit: 市司法局", "Unit: 市财政局")


def wrong_status(root: Path) -> str:
    return amended_message(root, "-> 推进中", "-> 已完成")


def plan_in_a_report(root: Path) -> str:
    report(root)
    file = root / "plan/28.yaml"
    file.write_text(file.read_text() + "# 注\n")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--amend", "--no-edit")
    return git(root, "rev-parse", "HEAD").strip()


def stranger(root: Path) -> str:
    units = root / "plan/units.yaml"
    text = units.read_text()
    contact = "    联络员:\n      - 姓名: 示例\n        邮箱: other@example.org\n"
    at = text.index("  - 名称: 市税务局")
    units.write_text(text[:at] + contact + text[at:])
    commit(root, "示例：联络员")
    report(root)
    return git(root, "rev-parse", "HEAD").strip()


def backdated(root: Path) -> str:
    request = ReportRequest("28", "市司法局", "示例：倒填")
    file_report(Writer(Reader(root, TODAY)), request, ME, datetime(2022, 1, 5, 9, tzinfo=BEIJING))
    return git(root, "rev-parse", "HEAD").strip()


def postdated(root: Path) -> str:
    request = ReportRequest("28", "市司法局", "示例：超前")
    file_report(Writer(Reader(root, TODAY)), request, ME, datetime(2998, 1, 5, 9, tzinfo=BEIJING))
    return git(root, "rev-parse", "HEAD").strip()


def clock_back(root: Path) -> str:
    return commit(root, "示例：时钟倒退", GIT_COMMITTER_DATE="2001-01-01T00:00:00Z")


FAULTS: list[tuple[Callable[[Path], str], str, str]] = [
    (change_note, "note-changed", "又被改动"),
    (delete_note, "note-deleted", "不是撤销"),
    (false_undo, "note-deleted", "不是添加它的提交"),
    (change_plan, "plan-changed", "截止（28.1）"),
    (drop_measure, "plan-changed", "删除了措施"),
    (add_measure, "plan-changed", "新增了措施"),
    (wrong_measure, "trailers", "Measure 是 27"),
    (wrong_unit, "trailers", "Unit 是 市财政局"),
    (wrong_status, "trailers", "Status"),
    (plan_in_a_report, "trailers", "却改动了方案"),
    (stranger, "author", "当时不是市司法局的联络员"),
    (backdated, "time", "比提交早"),
    (postdated, "time", "晚于提交的时间"),
    (clock_back, "time", "早于它前面的提交"),
    (invented_in_a_merge, "plan-changed", "两边都没有的内容"),
    (dropped_by_a_merge, "note-deleted", "合并时丢掉了一条进展"),
    (amendment_dropped_by_a_merge, "plan-changed", "丢掉了一边的修订"),
    (changed_in_a_merge, "note-changed", "合并时进展被改动"),
    (slipped_into_a_merge, "note-changed", "多出了两边都没有的进展"),
]


@pytest.mark.parametrize(("make", "code", "said"), FAULTS, ids=[make.__name__ for make, _, _ in FAULTS])
def test_each_fault_is_found_with_its_commit(
    real_tracker: Path, make: Callable[[Path], str], code: str, said: str
) -> None:
    if make is stranger:
        # The contact belongs to 市司法局, whose entry stands right before 市税务局.
        text = (real_tracker / "plan/units.yaml").read_text()
        assert text.index("名称: 市司法局") < text.index("名称: 市税务局")
    guilty = make(real_tracker)
    report(real_tracker, "5", "示例：别的进展") if make not in (postdated, clock_back, stranger) else None
    found = [fault for fault in audit(real_tracker) if fault.code == code]
    assert found, audit(real_tracker)
    assert guilty in {fault.commit for fault in found}
    assert any(said in fault.message for fault in found)


def test_a_note_by_hand_without_trailers_is_a_remark(real_tracker: Path) -> None:
    path = report(real_tracker)
    git(real_tracker, "commit", "-q", "--amend", "-m", "示例：手写")
    (fault,) = audit(real_tracker)
    assert (fault.code, fault.severity, fault.path) == ("no-trailers", Severity.WARNING, path)


def test_a_change_of_form_alone_is_no_change_of_words(real_tracker: Path) -> None:
    file = real_tracker / "plan/28.yaml"
    file.write_text(file.read_text() + "# 只是注释\n")
    commit(real_tracker, "示例：注释")
    assert audit(real_tracker) == []


def test_a_range_audits_that_part_alone(real_tracker: Path) -> None:
    change_note(real_tracker)
    git(real_tracker, "tag", "v1")
    report(real_tracker, "5")
    assert audit(real_tracker, "v1..") == []
    assert [fault.code for fault in audit(real_tracker, "HEAD~2..v1")] == ["note-changed"]


# ------------------------------------------------------------------ signatures


def test_signatures_are_asked_for_where_the_settings_say_so(real_tracker: Path, own_world: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed; .ci/run installs it")
    key = own_world / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public = key.with_suffix(".pub").read_text().split(" ", 2)
    (own_world / "signers").write_text(f"example@example.org {public[0]} {public[1]}\n")
    plan = real_tracker / "plan/plan.yaml"
    plan.write_text(plan.read_text().replace("设置:\n", "设置:\n  须签名: true\n"))
    commit(real_tracker, "示例：要求签名")
    git(real_tracker, "tag", "since")
    git(real_tracker, "config", "gpg.format", "ssh")
    git(real_tracker, "config", "user.signingKey", str(key))
    git(real_tracker, "config", "gpg.ssh.allowedSignersFile", str(own_world / "signers"))
    git(real_tracker, "config", "commit.gpgSign", "true")
    report(real_tracker)
    assert audit(real_tracker, "since..") == []
    git(real_tracker, "config", "commit.gpgSign", "false")
    report(real_tracker, "5")
    (fault,) = audit(real_tracker, "since..")
    assert (fault.code, fault.message) == ("signature", "没有签名")


# ------------------------------------------------------------------ what was published


def test_published_history_that_was_rewritten_is_found(real_tracker: Path, tmp_path: Path) -> None:
    server = tmp_path / "server.git"
    git(tmp_path, "init", "-q", "--bare", str(server))
    git(real_tracker, "remote", "add", "origin", str(server))
    report(real_tracker)
    git(real_tracker, "push", "-q", "-u", "origin", "HEAD:main")
    published = git(real_tracker, "rev-parse", "HEAD").strip()
    assert audit(real_tracker) == []
    git(real_tracker, "reset", "-q", "--hard", "HEAD~1")
    report(real_tracker, "5")
    git(real_tracker, "push", "-q", "--force")
    (fault,) = audit(real_tracker)
    assert (fault.code, fault.commit) == ("history-rewritten", published)


def test_a_kept_mark_finds_what_is_gone(real_tracker: Path) -> None:
    report(real_tracker)
    writer = Writer(Reader(real_tracker, TODAY))
    assert audit_history(writer.reader, mark=True).faults == ()
    marked = git(real_tracker, "rev-parse", "HEAD").strip()
    report(real_tracker, "5")
    assert audit(real_tracker) == []
    git(real_tracker, "reset", "-q", "--hard", "HEAD~2")
    (fault,) = audit(real_tracker)
    assert (fault.code, fault.commit) == ("history-rewritten", marked)
    assert git(real_tracker, "status", "--porcelain") == ""


# ------------------------------------------------------------------ the file for an inspector


def test_the_bundle_is_verified_with_git_and_sha256sum_alone(demo_root: Path, tmp_path: Path) -> None:
    file = tmp_path / "审计包.tar"
    audit_history(Reader(demo_root, DEMO_TODAY), bundle=file)
    inspector = tmp_path / "督察"
    inspector.mkdir()
    steps = f"""
        set -e
        tar -xf '{file}'
        sha256sum -c SHA256SUMS
        git clone -q history.bundle 台账
        git -C 台账 bundle verify ../history.bundle
        git -C 台账 fsck --strict
        git -C 台账 log -1 --format=%H
    """
    done = subprocess.run(["bash", "-c", steps], cwd=inspector, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    head = git(demo_root, "rev-parse", "HEAD").strip()
    assert done.stdout.strip().endswith(head)
    text = (inspector / "report.md").read_text(encoding="utf-8")
    assert head in text
    assert "没有发现问题" in text
    readme = (inspector / "README.md").read_text(encoding="utf-8")
    for command in ("tar -xf", "sha256sum -c SHA256SUMS", "bundle verify ../history.bundle", "git clone"):
        assert command in readme
    (inspector / "report.md").write_text("改过", encoding="utf-8")
    again = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=inspector, capture_output=True, check=False)
    assert again.returncode != 0
