"""Several measures at once, evidence that is altered, extensions and corrections: on real repositories."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import ReportRequest, StaleError
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import git

BEIJING = timezone(timedelta(hours=8))
MINE = Identity("市司法局", "示例甲", "jia@example.org")
OFFICE = Identity("市委依法治市办", "示例乙", "yi@example.org")


@pytest.fixture
def writer(real_tracker: Path) -> Writer:
    return Writer(Reader(real_tracker, date(2022, 12, 31)))


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=9, tzinfo=BEIJING)


def urge(text: str = "示例：请于月底前报送") -> ReportRequest:
    return ReportRequest("", "市委依法治市办", text, kind=NoteKind.URGE)


# ------------------------------------------------------------------ several at once


def test_one_commit_each(writer: Writer) -> None:
    batch = prepare_batch(writer.reader.load(), ["3", "5", "28", "3"], urge(), OFFICE, now=at("2022-06-01"))
    told: list[int] = []

    def tell(done: int) -> bool:
        told.append(done)
        return True

    filed = writer.commit_batch(batch.actions, tell)
    assert (len(filed.done), filed.left, filed.error, told) == (3, (), None, [0, 1, 2])
    log = git(writer.root, "log", "-3", "--format=%s", "--name-only").split()
    assert len([line for line in log if line.startswith("status/")]) == 3
    assert len([line for line in log if line.startswith("催办")]) == 3
    assert git(writer.root, "status", "--porcelain") == ""


def test_one_commit_for_all_and_its_undoing(writer: Writer) -> None:
    view = writer.reader.load()
    batch = prepare_batch(view, ["3", "5", "28"], urge(), OFFICE, together=True, now=at("2022-06-01"))
    (action,) = batch.actions
    assert action.subject == "催办 3 条（3、5、28）：示例：请于月底前报送"
    (done,) = writer.commit_batch(batch.actions).done
    files = git(writer.root, "show", "--format=", "--name-only", done.commit).split()
    assert [path.split("/")[1] for path in files] == ["03", "05", "28"]
    (event,) = writer.reader.repository.events("5", limit=1)
    assert (event.measure, event.kind) == ("3, 5, 28", "催办")
    undone = writer.commit(prepare_undo(writer.reader.load(), writer.reader.repository, done.commit))
    assert len(undone.action.removes) == 3
    assert writer.reader.load().tracker.notes == view.tracker.notes
    assert git(writer.root, "status", "--porcelain") == ""


def test_what_is_not_allowed_for_one_does_not_keep_the_others_back(writer: Writer) -> None:
    close = ReportRequest("", "市委依法治市办", "示例：同意", kind=NoteKind.CLOSE)
    with pytest.raises(NotAllowedError):
        prepare_batch(writer.reader.load(), ["3", "5"], close, OFFICE)
    asked = ReportRequest("5", "市司法局", "示例：申请", kind=NoteKind.REQUEST_CLOSE)
    file_report(writer, asked, MINE, at("2022-05-01"))
    batch = prepare_batch(writer.reader.load(), ["3", "5"], close, OFFICE, now=at("2022-06-01"))
    assert [number for number, _ in batch.refused] == ["3"]
    assert writer.commit_batch(batch.actions).error is None
    assert writer.reader.load().row("5").state.status is Status.DONE


def test_cancelling_keeps_what_was_done_and_writes_nothing_more(writer: Writer) -> None:
    batch = prepare_batch(writer.reader.load(), ["3", "5", "28"], urge(), OFFICE, now=at("2022-06-01"))
    filed = writer.commit_batch(batch.actions, lambda done: done < 1)
    assert (len(filed.done), len(filed.left)) == (1, 2)
    assert git(writer.root, "status", "--porcelain") == ""


def test_a_measure_that_moved_on_ends_the_batch(writer: Writer) -> None:
    batch = prepare_batch(writer.reader.load(), ["3", "5"], urge(), OFFICE, now=at("2022-06-01"))
    begun = ReportRequest("5", "市司法局", "示例：启动", status=Status.IN_PROGRESS)
    file_report(writer, begun, MINE, at("2022-05-01"))
    filed = writer.commit_batch(batch.actions)
    assert len(filed.done) == 1
    assert isinstance(filed.error, StaleError)


# ------------------------------------------------------------------ evidence


def report_with(writer: Writer, path: Path) -> tuple[str, Path]:
    request = ReportRequest("28", "市司法局", "示例：附材料", evidence=(str(path),))
    note = file_report(writer, request, MINE, at("2022-06-01")).action.note
    assert note is not None
    assert note.digests == (sha256(path.read_bytes()).hexdigest(),)
    return note.path, writer.root / "status/28" / note.evidence[0]


def codes(writer: Writer) -> list[str]:
    return [problem.code for problem in check_tracker(writer.root)]


def test_altered_evidence_is_found_and_what_was_told_mends_it(writer: Writer, tmp_path: Path) -> None:
    paper = tmp_path / "示例材料.pdf"
    paper.write_bytes(b"%PDF example")
    _, kept = report_with(writer, paper)
    assert codes(writer) == []
    kept.write_bytes(b"%PDF exampl3")
    (problem,) = check_tracker(writer.root)
    assert (problem.code, problem.line > 1) == ("evidence-altered", True)
    subprocess.run(problem.hint.split("：")[1].split("；")[0], shell=True, cwd=writer.root, check=True)
    assert codes(writer) == []


def test_without_a_digest_in_the_note_the_name_tells(writer: Writer, tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_bytes(b"example")
    path, kept = report_with(writer, paper)
    file = writer.root / path
    lines = [line for line in file.read_text().split("\n") if "佐证校验" not in line]
    digest = sha256(b"example").hexdigest()
    file.write_text("\n".join(line for line in lines if digest not in line))
    assert codes(writer) == []
    kept.write_bytes(b"other")
    assert codes(writer) == ["evidence-altered"]


def test_a_pointer_of_git_lfs_stands_for_its_content(writer: Writer, tmp_path: Path) -> None:
    paper = tmp_path / "a.bin"
    paper.write_bytes(b"example")
    _, kept = report_with(writer, paper)
    digest = sha256(b"example").hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 7\n"
    kept.write_text(pointer)
    assert codes(writer) == []
    kept.write_text(pointer.replace(digest, "0" * 64))
    assert codes(writer) == ["evidence-altered"]


def test_where_evidence_is_asked_for_nothing_is_closed_without(writer: Writer, tmp_path: Path) -> None:
    plan = writer.root / "plan/plan.yaml"
    plan.write_text(plan.read_text().replace("设置:\n", "设置:\n  办结须佐证: true\n"))
    asked = ReportRequest("28", "市司法局", "示例：申请", kind=NoteKind.REQUEST_CLOSE)
    file_report(writer, asked, MINE, at("2022-06-01"))
    close = ReportRequest("28", "市委依法治市办", "示例：同意", kind=NoteKind.CLOSE)
    with pytest.raises(NotAllowedError, match="没有佐证材料"):
        file_report(writer, close, OFFICE, at("2022-06-02"))
    paper = tmp_path / "示例.txt"
    paper.write_text("示例")
    file_report(writer, replace(close, evidence=(str(paper),)), OFFICE, at("2022-06-02"))
    assert writer.reader.load().row("28").state.status is Status.DONE


# ------------------------------------------------------------------ extensions, corrections, occurrences


def test_an_extension_from_asking_to_lateness(writer: Writer) -> None:
    until = date(2023, 6, 30)
    ask = ReportRequest("28", "市司法局", "示例：编制未批", kind=NoteKind.REQUEST_EXTENSION, new_due=until)
    with pytest.raises(NotAllowedError, match="已经过了"):
        prepare_report(writer.reader.load(), ask, MINE, at("2023-01-01"))
    action = file_report(writer, ask, MINE, at("2022-12-01")).action
    assert action.subject.startswith("28 申请延期至2023-06-30：")
    grant = ReportRequest("28", "市委依法治市办", "示例：同意", kind=NoteKind.GRANT_EXTENSION, new_due=until)
    file_report(writer, grant, OFFICE, at("2022-12-10"))
    row = Reader(writer.root, date(2023, 7, 1)).load().row("28")
    assert "原定 2022-12-31，已同意延期" in row.state.why
    assert (row.state.due, row.state.overdue) == (until, True)


def test_a_correction_names_a_note_by_its_end(writer: Writer) -> None:
    first = ReportRequest("28", "市司法局", "示例：一", progress=90, status=Status.IN_PROGRESS)
    note = file_report(writer, first, MINE, at("2022-06-01")).action.note
    assert note is not None
    fix = ReportRequest(
        "28", "市司法局", "示例：应为九", kind=NoteKind.CORRECTION, corrects=note.id[-4:], progress=9,
        status=Status.IN_PROGRESS,
    )  # fmt: skip
    filed = file_report(writer, fix, MINE, at("2022-06-02")).action.note
    assert filed is not None
    assert filed.corrects == note.id
    assert writer.reader.load().row("28").state.progress == 9
    with pytest.raises(UsageError, match="不能确定是哪一条"):
        file_report(writer, replace(fix, corrects="zzzz"), MINE, at("2022-06-03"))


def test_a_missed_period_is_reported_later_by_its_name(writer: Writer) -> None:
    view = writer.reader.load()
    late = ReportRequest("43", "市司法局", "示例：补报", item="43.1", quantity=1, occurrence="2022")
    note = prepare_report(view, late, MINE, at("2023-03-01")).note
    assert note is not None
    assert note.occurrence == "2022年"
    with pytest.raises(NotAllowedError, match="没有“2030”这一期"):
        prepare_report(view, replace(late, occurrence="2030"), MINE, at("2023-03-01"))
