"""What an adversary found: each of these once lost something, or told a success that was none."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import Done, ReportRequest, StaleError
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import REPOSITORY, git

ME = Identity("市司法局", "示例填报人", "example@example.org")
NOW = datetime(2022, 12, 20, 15, 30, tzinfo=timezone(timedelta(hours=8)))
REQUEST = ReportRequest(measure="28", unit="市司法局", message="示例：一", status=Status.IN_PROGRESS)


@pytest.fixture
def writer(real_tracker: Path) -> Writer:
    return Writer(Reader(real_tracker, date(2022, 12, 20)))


def report(writer: Writer, request: ReportRequest = REQUEST, now: datetime = NOW) -> Done:
    return file_report(writer, request, writer.reader.repository.identity(), now)


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


@pytest.mark.parametrize("linked", ["status/28", "status/28/evidence"])
def test_a_folder_that_leads_out_of_the_repository_is_refused(
    writer: Writer, tmp_path: Path, linked: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = writer.root / linked
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside)
    paper = tmp_path / "材料.txt"
    paper.write_text("示例\n", encoding="utf-8")
    before = head(writer.root)
    with pytest.raises(RepositoryError, match="链接"):
        report(writer, replace(REQUEST, evidence=(str(paper),)))
    assert list(outside.iterdir()) == []
    assert head(writer.root) == before
    draft = writer.drafts.load("28")
    assert draft is not None
    assert draft.message == REQUEST.message


def test_the_draft_is_on_disk_before_git_is_asked(writer: Writer) -> None:
    hook = writer.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ncp -r .git/fazhi/drafts seen\n", encoding="utf-8")
    hook.chmod(0o755)
    report(writer)
    assert "示例：一" in (writer.root / "seen" / "28.json").read_text("utf-8")
    assert writer.drafts.keys() == (), "and gone when the commit stands"


def test_another_draft_of_the_measure_survives_a_report(writer: Writer) -> None:
    older = replace(REQUEST, message="示例：另一份")
    writer.drafts.save(older)
    report(writer)
    assert writer.drafts.load("28") == older


def test_a_note_left_uncommitted_is_named_before_anything_rests_on_it(writer: Writer) -> None:
    done = report(writer)
    git(writer.root, "reset", "-q", "HEAD~1")  # as a process killed between writing and committing
    (path,) = done.action.writes
    with pytest.raises(RepositoryError, match="没有提交") as refused:
        report(writer, replace(REQUEST, status=Status.ONGOING))
    assert path in refused.value.message + refused.value.hint
    assert (writer.root / path).exists()


def test_undo_refuses_a_commit_that_is_not_one_report(writer: Writer) -> None:
    root = writer.root
    done = report(writer)
    (path,) = done.action.writes
    text = (root / path).read_text("utf-8")
    git(root, "reset", "-q", "--hard", "HEAD~1")
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    (root / "other.txt").write_text("别的\n", encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", "手工提交")
    with pytest.raises(NotAllowedError):
        prepare_undo(writer.reader.load(), writer.reader.repository, "HEAD")


def test_undo_refuses_a_merge(writer: Writer) -> None:
    root = writer.root
    git(root, "checkout", "-qb", "b1")
    report(writer)
    report(writer, replace(REQUEST, measure="29"))
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "合并", "b1")
    with pytest.raises(NotAllowedError):
        prepare_undo(writer.reader.load(), writer.reader.repository, "HEAD")


def test_undo_keeps_evidence_that_a_later_report_names(writer: Writer, tmp_path: Path) -> None:
    paper = tmp_path / "材料.txt"
    paper.write_text("示例\n", encoding="utf-8")
    first = report(writer, replace(REQUEST, status=None, evidence=(str(paper),)))
    report(writer, replace(REQUEST, status=None, evidence=(str(paper),)), NOW + timedelta(hours=1))
    writer.commit(prepare_undo(writer.reader.load(), writer.reader.repository, first.commit))
    assert [
        problem.code for problem in check_tracker(writer.root) if problem.code == "evidence-missing"
    ] == []


def test_an_undo_that_has_been_overtaken_is_refused(writer: Writer) -> None:
    report(writer)
    action = prepare_undo(writer.reader.load(), writer.reader.repository)
    report(writer, replace(REQUEST, status=Status.ONGOING, message="示例：二"), NOW + timedelta(hours=1))
    before = head(writer.root)
    with pytest.raises((StaleError, NotAllowedError)):
        writer.commit(action)
    assert head(writer.root) == before


def test_a_draft_that_could_not_be_kept_is_told(writer: Writer) -> None:
    folder = writer.root / ".git" / "fazhi"
    folder.mkdir(exist_ok=True)
    (folder / "drafts").write_text("占位\n", encoding="utf-8")
    assert writer.drafts.save(REQUEST) is False
    (folder / "drafts").unlink()
    assert writer.drafts.save(REQUEST) is True


def test_a_draft_is_kept_where_there_is_no_git(writer: Writer) -> None:
    (writer.root / ".git").rename(writer.root.parent / "elsewhere")
    with pytest.raises(RepositoryError):
        file_report(writer, REQUEST, ME, NOW)
    assert writer.drafts.load("28") == REQUEST


@pytest.mark.parametrize(
    "change",
    [
        {"message": "长" * 700_000},
        {"message": "<<<<<<< HEAD\n一\n=======\n二\n>>>>>>> b\n"},
        {"message": "坏字节\udcff"},
        {"quantity": 10**30},
    ],
)
def test_what_could_not_be_read_again_is_not_committed(writer: Writer, change: dict[str, Any]) -> None:
    before = head(writer.root)
    request = replace(REQUEST, **change)
    with pytest.raises(UsageError):
        report(writer, request)
    assert head(writer.root) == before
    assert writer.drafts.load("28") == request


def test_evidence_that_is_no_file_is_refused(writer: Writer, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in (str(tmp_path / "pipe"), "/dev/zero", str(tmp_path), "~nosuchuser/x"):
        with pytest.raises(UsageError, match="佐证材料"):
            report(writer, replace(REQUEST, evidence=(name,)))


def test_evidence_is_stored_byte_for_byte(writer: Writer, tmp_path: Path) -> None:
    paper = tmp_path / "材料.txt"
    paper.write_bytes("示例\r\n第二行\r\n".encode())
    (writer.root / ".gitattributes").write_bytes((REPOSITORY / ".gitattributes").read_bytes())
    git(writer.root, "add", ".gitattributes")
    git(writer.root, "commit", "-qm", "示例")
    done = report(writer, replace(REQUEST, evidence=(str(paper),)))
    assert done.action.note is not None
    (name,) = done.action.note.evidence
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(writer.root), str(clone))
    assert (clone / "status" / "28" / name).read_bytes() == paper.read_bytes()


def test_undo_works_where_git_changes_line_ends(writer: Writer) -> None:
    git(writer.root, "config", "core.autocrlf", "true")
    report(writer)
    for path in (writer.root / "status" / "28").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(writer.root, "add", "status")
    try:
        writer.commit(prepare_undo(writer.reader.load(), writer.reader.repository))
    except FazhiError as error:  # pragma: no cover
        raise AssertionError(error.message) from error
    assert not (writer.root / "status" / "28").exists()
