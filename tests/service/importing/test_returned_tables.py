"""A table that was filled in and sent back adds its progress, and changes nothing of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from fazhi_tui.domain.model.errors import NotAllowedError
from fazhi_tui.domain.model.note import IMPORTER, NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load
from fazhi_tui.service.audit.report import audit_history
from fazhi_tui.service.importing.compare import Asked
from fazhi_tui.service.importing.create import write_import
from fazhi_tui.service.importing.prepare import prepare_import
from fazhi_tui.service.importing.revise import Revised, revise
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import git

TODAY = date(2025, 11, 20)
HEAD = ["序号", "重点任务", "工作措施", "牵头单位", "配合单位", "完成时限"]
SETUP = ["优化机构设置", "完成权责清单调整", "市委编办", "市司法局", "2023年6月底前"]
ENFORCING = ["规范执法行为", "开展案卷评查", "市司法局", "市公安局", "2024年12月底前"]
REVIEW = ["加强行政复议", "建成行政复议服务中心", "市司法局", "市财政局", "2024年6月底前"]
FIRST, SECOND, THIRD = "2023年3月31日", "2023年6月30日", "2023年9月30日"


def table(path: Path, day: str, rows: Sequence[tuple[int, Sequence[str], str]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "示例市法治政府建设重点任务台账（2022—2025年）"
    sheet.append([*HEAD, f"进展情况（截至{day}）"])
    for number, row, progress in rows:
        sheet.append([number, *row, progress])
    book.save(path)
    return path


@pytest.fixture
def root(tmp_path: Path, own_world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git(own_world, "config", "--global", "user.name", "示例填报人")
    git(own_world, "config", "--global", "user.email", "example@example.org")
    rows = [(1, SETUP, "清单初稿已完成。"), (2, ENFORCING, "已印发评查办法。"), (3, REVIEW, "")]
    into = tmp_path / "台账"
    with monkeypatch.context() as then:
        for role in ("AUTHOR", "COMMITTER"):
            then.setenv(f"GIT_{role}_DATE", "2023-04-03T09:00:00+08:00")
        write_import(prepare_import(table(tmp_path / "一季度.xlsx", FIRST, rows), into))
    git(into, "config", "fazhi.today", TODAY.isoformat())
    return into


def returned(root: Path, source: Path, **asked: object) -> Revised:
    return revise(prepare_import(source, root), Asked("示例：三季度填报", **asked))  # type: ignore[arg-type]


def plan_of(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (root / "plan").rglob("*") if path.is_file()}


def told(root: Path) -> dict[tuple[str, date], str]:
    return {(note.measure, note.time.date()): note.body.strip() for note in load(root).notes}


def sound(root: Path) -> None:
    assert check(load(root)) == ()
    assert audit_history(Reader(root, TODAY)).faults == ()
    assert git(root, "status", "--porcelain") == ""


OWN = [(2, ENFORCING, "已评查350件。")]


def test_one_row_adds_its_progress_and_leaves_the_others_alone(root: Path, tmp_path: Path) -> None:
    before = plan_of(root)
    done = returned(root, table(tmp_path / "市司法局.xlsx", THIRD, OWN))
    assert plan_of(root) == before
    assert told(root)["2", date(2023, 9, 30)] == "已评查350件。"
    assert done.written.paths == tuple(done.action.writes)
    message = git(root, "log", "-1", "--format=%B")
    assert message.startswith("进展：1 条，来自 市司法局.xlsx")
    assert "Kind: 进展" in message
    sound(root)


def test_the_notes_say_where_they_stood(root: Path, tmp_path: Path) -> None:
    (note,) = returned(root, table(tmp_path / "市司法局.xlsx", THIRD, OWN)).action.notes
    assert note.author == IMPORTER
    assert note.source is not None
    assert note.source.startswith("市司法局.xlsx，")
    # Begun before: the table does not begin it again.
    assert (note.status_before, note.status) == (Status.IN_PROGRESS, None)


def test_all_rows_again_with_new_progress_change_no_plan_either(root: Path, tmp_path: Path) -> None:
    before = plan_of(root)
    rows = [(1, SETUP, "清单已公布。"), (2, ENFORCING, "已评查200件。"), (3, REVIEW, "已完成选址。")]
    returned(root, table(tmp_path / "二季度.xlsx", SECOND, rows))
    assert plan_of(root) == before
    assert len(load(root).notes) == 5
    begun = [note for note in load(root).notes if note.measure == "3"]
    assert [(note.status_before, note.status) for note in begun] == [(Status.NOT_STARTED, Status.IN_PROGRESS)]
    sound(root)


def test_the_same_table_twice_adds_nothing(root: Path, tmp_path: Path) -> None:
    source = table(tmp_path / "市司法局.xlsx", THIRD, OWN)
    returned(root, source)
    head = git(root, "rev-parse", "HEAD")
    with pytest.raises(NotAllowedError, match="1 条都已经记过"):
        returned(root, source.rename(tmp_path / "又一次.xlsx"))
    assert git(root, "rev-parse", "HEAD") == head


def test_a_table_counted_anew_finds_its_measures(root: Path, tmp_path: Path) -> None:
    rows = [(1, ENFORCING, "已评查350件。"), (2, REVIEW, "已开工。")]
    before = plan_of(root)
    returned(root, table(tmp_path / "市司法局.xlsx", THIRD, rows))
    assert plan_of(root) == before
    assert told(root)["2", date(2023, 9, 30)] == "已评查350件。"
    assert told(root)["3", date(2023, 9, 30)] == "已开工。"
    sound(root)


def test_words_that_a_unit_changed_are_told_and_not_taken(root: Path, tmp_path: Path) -> None:
    before = plan_of(root)
    changed = [ENFORCING[0], "开展案卷评查和抽查", *ENFORCING[2:]]
    done = returned(root, table(tmp_path / "市司法局.xlsx", THIRD, [(2, changed, "已评查350件。")]))
    assert plan_of(root) == before
    assert any("没有改动" in row.told for row in done.revision.matched)
    sound(root)


def test_what_awaits_review_goes_on_awaiting_it(root: Path, tmp_path: Path) -> None:
    mine = Identity("市委编办", "示例填报人", "example@example.org")
    request = ReportRequest("1", "市委编办", "示例：已完成", kind=NoteKind.REQUEST_CLOSE)
    file_report(Writer(Reader(root, TODAY)), request, mine)
    returned(root, table(tmp_path / "市委编办.xlsx", "2025年11月20日", [(1, SETUP, "继续完善。")]))
    row = Reader(root, TODAY).load().row("1")
    assert row.state.status is Status.PENDING_REVIEW


def test_a_day_still_to_come_is_refused(root: Path, tmp_path: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    with pytest.raises(NotAllowedError, match="比今天（2025-11-20）晚"):
        returned(root, table(tmp_path / "市司法局.xlsx", "2025年12月31日", OWN))
    assert git(root, "rev-parse", "HEAD") == head


def test_to_leave_measures_out_has_to_be_said(root: Path, tmp_path: Path) -> None:
    rows = [(1, SETUP, ""), (2, ENFORCING, "已评查350件。")]
    returned(root, table(tmp_path / "修订.xlsx", THIRD, rows), withdraw_missing=True, since=date(2025, 7, 1))
    gone = {measure.id: measure.withdrawn for measure in load(root).measures}
    assert gone == {"1": None, "2": None, "3": date(2025, 7, 1)}
    sound(root)
