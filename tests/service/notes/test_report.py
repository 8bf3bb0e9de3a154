"""Reporting, committing and taking back, on a real repository with the real plan."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.records import loader
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import Done, ReportRequest, StaleError
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from fazhi_tui.vcs.diagnosis import diagnose
from tests.conftest import git

BEIJING = timezone(timedelta(hours=8))
NOW = datetime(2022, 12, 20, 15, 30, tzinfo=BEIJING)
REQUEST = ReportRequest(
    measure="28", unit="市司法局", message="示例：复议机构已完成整合", status=Status.IN_PROGRESS
)


@pytest.fixture
def writer(real_tracker: Path) -> Writer:
    git(real_tracker, "config", "fazhi.today", "2022-12-31")
    return Writer(Reader(real_tracker, date(2022, 12, 31)))


def report(writer: Writer, request: ReportRequest = REQUEST, now: datetime = NOW) -> Done:
    return file_report(writer, request, writer.reader.repository.identity(), now)


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


def test_a_report_is_one_commit_with_one_new_file_and_its_trailers(writer: Writer) -> None:
    before = head(writer.root)
    done = report(writer)
    assert git(writer.root, "rev-list", "--count", f"{before}..HEAD").strip() == "1"
    names = git(writer.root, "-c", "core.quotePath=false", "show", "--name-status", "--format=", "HEAD")
    (line,) = names.splitlines()
    assert line.startswith("A\tstatus/28/20221220T153000-sfj-")
    assert done.commit == head(writer.root)
    message = git(writer.root, "log", "-1", "--format=%B")
    assert message.splitlines()[0] == "28 未启动→推进中：示例：复议机构已完成整合"
    trailers = git(writer.root, "log", "-1", "--format=%(trailers:only)").split("\n")
    assert trailers[:4] == ["Measure: 28", "Unit: 市司法局", "Kind: 进展", "Status: 未启动 -> 推进中"]
    assert git(writer.root, "status", "--porcelain") == ""


def test_a_report_reads_the_tracker_once(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    real, read = loader.load, []

    def load(root: Path, **how: bool) -> Tracker:
        read.append(root)
        return real(root, **how)

    monkeypatch.setattr(loader, "load", load)
    # As the form does it: look, lay out, commit what was previewed.
    action = prepare_report(writer.reader.current(), REQUEST, writer.reader.repository.identity(), NOW)
    writer.commit(action)
    assert len(read) == 1
    # What has changed since is read again.
    writer.commit(prepare_undo(writer.reader.current(), writer.reader.repository))
    assert len(read) == 2


def test_what_else_is_staged_or_dirty_stays_as_it_was(writer: Writer) -> None:
    root = writer.root
    (root / "README.md").write_text("已暂存\n", encoding="utf-8")
    git(root, "add", "README.md")
    (root / "README.md").write_text("暂存之后又改\n", encoding="utf-8")
    (root / "plan" / "01.yaml").write_text(
        "# 未暂存\n" + (root / "plan" / "01.yaml").read_text("utf-8"), "utf-8"
    )
    (root / "新文件.txt").write_text("未跟踪\n", encoding="utf-8")
    before = git(root, "status", "--porcelain=v2", "-z")
    report(writer)
    assert git(root, "status", "--porcelain=v2", "-z") == before
    assert git(root, "show", ":README.md") == "已暂存\n"


def test_the_status_follows_the_note(writer: Writer) -> None:
    report(writer)
    state = writer.reader.load().row("28").state
    assert state.status is Status.IN_PROGRESS
    assert [note.first_line for note in state.notes] == ["示例：复议机构已完成整合"]
    assert state.notes[0].status_before is Status.NOT_STARTED


def test_the_preview_is_what_is_committed(writer: Writer) -> None:
    action = prepare_report(writer.reader.current(), REQUEST, writer.reader.repository.identity(), NOW)
    assert not (writer.root / "status" / "28").exists(), "a preview writes nothing"
    writer.commit(action)
    ((path, text),) = action.writes.items()
    assert (writer.root / path).read_text("utf-8") == text
    assert git(writer.root, "log", "-1", "--format=%B").rstrip("\n") == action.message.rstrip("\n")


def test_a_refusing_hook_leaves_nothing_behind_and_keeps_a_draft(writer: Writer) -> None:
    hook = writer.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho '示例钩子：不许提交' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    before = head(writer.root)
    with pytest.raises(RepositoryError) as refused:
        report(writer)
    assert "示例钩子：不许提交" in refused.value.message + refused.value.hint
    assert head(writer.root) == before
    assert git(writer.root, "status", "--porcelain") == ""
    assert not (writer.root / "status" / "28").exists()
    kept = writer.drafts.load("28")
    assert kept == REQUEST
    hook.unlink()
    report(writer, kept)
    assert head(writer.root) != before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"measure": "99"}, "没有编号为 99 的措施"),
        ({"measure": "14"}, "原文缺失"),
        ({"unit": "没有这个单位"}, "没有这个单位"),
        ({"message": "  \n "}, "没有写进展内容"),
        ({"item": "28.9"}, "没有事项 28.9"),
        ({"progress": 101}, "不在 0 至 100 之间"),
        ({"evidence": ("没有的文件.pdf",)}, "读不了佐证材料"),
    ],
)
def test_what_cannot_be_reported_is_refused_before_anything_is_written(
    writer: Writer, change: dict[str, Any], says: str
) -> None:
    before = head(writer.root)
    with pytest.raises(UsageError) as refused:
        report(writer, replace(REQUEST, **change))
    assert says in refused.value.message
    assert refused.value.hint
    assert head(writer.root) == before
    assert git(writer.root, "status", "--porcelain") == ""


def test_a_lead_unit_may_not_close_by_itself(writer: Writer) -> None:
    with pytest.raises(NotAllowedError) as refused:
        report(writer, replace(REQUEST, kind=NoteKind.CLOSE, status=Status.DONE))
    assert refused.value.hint


def test_evidence_is_copied_and_named_by_its_hash(writer: Writer, tmp_path: Path) -> None:
    paper = tmp_path / "三定方案.txt"
    paper.write_text("示例材料\n", encoding="utf-8")
    done = report(writer, replace(REQUEST, evidence=(str(paper),)))
    assert done.action.note is not None
    (name,) = done.action.note.evidence
    assert (writer.root / "status" / "28" / name).read_bytes() == paper.read_bytes()
    committed = git(writer.root, "-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD")
    assert f"status/28/{name}" in committed


def test_a_preview_that_has_been_overtaken_is_refused_and_changes_nothing(writer: Writer) -> None:
    action = prepare_report(writer.reader.current(), REQUEST, writer.reader.repository.identity(), NOW)
    report(writer, replace(REQUEST, message="示例：另一处先报", status=Status.ONGOING))
    before = head(writer.root)
    with pytest.raises(StaleError, match="长期坚持"):
        writer.commit(action)
    assert head(writer.root) == before


def test_two_reports_at_once_both_arrive(writer: Writer) -> None:
    failures: list[FazhiError] = []

    def one(number: int) -> None:
        try:
            file_report(
                Writer(Reader(writer.root, writer.reader.today)),
                replace(REQUEST, message=f"示例：第 {number} 份"),
                writer.reader.repository.identity(),
            )
        except FazhiError as error:
            failures.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(writer.reader.load().row("28").state.notes) == 4
    assert git(writer.root, "status", "--porcelain") == ""


def test_undo_takes_the_last_report_back_by_a_new_commit(writer: Writer) -> None:
    done = report(writer)
    action = prepare_undo(writer.reader.load(), writer.reader.repository)
    assert action.undoes == done.commit
    writer.commit(action)
    assert writer.reader.load().row("28").state.status is Status.NOT_STARTED
    assert not (writer.root / "status" / "28").exists()
    trailers = git(writer.root, "log", "-1", "--format=%(trailers:only)")
    assert "Kind: 撤销" in trailers
    assert f"Undoes: {done.commit}" in trailers
    assert git(writer.root, "status", "--porcelain") == ""
    with pytest.raises(NotAllowedError, match="没有可以撤销"):
        prepare_undo(writer.reader.load(), writer.reader.repository)


def test_undo_is_refused_where_a_later_note_rests_on_it(writer: Writer) -> None:
    first = report(writer)
    report(writer, replace(REQUEST, message="示例：接着报", status=None), NOW + timedelta(days=1))
    with pytest.raises(NotAllowedError, match="又在此基础上填报"):
        prepare_undo(writer.reader.load(), writer.reader.repository, first.commit)


def test_undo_is_refused_where_the_note_was_edited_since(writer: Writer) -> None:
    done = report(writer)
    (path,) = done.action.writes
    (writer.root / path).write_text("改动\n", encoding="utf-8")
    with pytest.raises(NotAllowedError, match="又被改动"):
        prepare_undo(writer.reader.load(), writer.reader.repository, done.commit)


def test_reading_leaves_every_file_and_the_index_as_they_were(writer: Writer) -> None:
    def snapshot() -> dict[str, tuple[int, bytes]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.read_bytes())
            for path in writer.root.rglob("*")
            if path.is_file()
        }

    before = snapshot()
    view = writer.reader.load()
    view.select("牵头:市司法局")
    check_tracker(writer.root)
    writer.reader.repository.status()
    writer.reader.repository.events()
    writer.reader.repository.identity()
    writer.reader.watch_token()
    diagnose(writer.reader.repository.runner)
    assert snapshot() == before


@pytest.mark.parametrize(
    "message",
    [
        "[/] [@click=app.quit]x[/]",
        "示例 \x1b[31m红\x1b[0m \u202e反向",
        "# 井号开头\n第二行",
        "---\n横线\n---",
        "Measure: 99",
        "最后一行\n\n\n",
    ],
)
def test_any_message_comes_back_as_it_was_typed(writer: Writer, message: str) -> None:
    report(writer, replace(REQUEST, message=message))
    (note,) = writer.reader.load().row("28").state.notes
    assert note.body.strip("\n") == message.strip("\n")
    subject = git(writer.root, "log", "-1", "--format=%s").strip()
    assert "\x1b" not in subject
    assert "\u202e" not in subject
    assert writer.reader.repository.events(limit=1)[0].measure == "28"
