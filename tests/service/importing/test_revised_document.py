"""A revised document over its tracker: shown measure by measure, amended with a reason, none overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load
from fazhi_tui.service.importing.compare import Asked, compare
from fazhi_tui.service.importing.create import write_import
from fazhi_tui.service.importing.prepare import prepare_import
from fazhi_tui.service.importing.revise import revise
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.writer import Writer
from tests.conftest import git

SAMPLE = """示例市法治建设实施方案（2023—2026年）
为了示例，制定本方案。
一、主要任务
（一）健全示例体系
1.优化示例。统筹示例。（牵头单位：市示例局；参加单位：市样本局）
2.推进示例。2024年年底前，公布示例清单。（责任单位：市样本局）
3.加强领导。落实示例责任。（牵头单位：市示例局）
"""
REASON = "示例：按修订后的文件调整"


@pytest.fixture
def root(tmp_path: Path, own_world: Path) -> Path:
    git(own_world, "config", "--global", "user.name", "示例填报人")
    git(own_world, "config", "--global", "user.email", "example@example.org")
    write_import(prepare_import(document(tmp_path), tmp_path / "台账"))
    return tmp_path / "台账"


def document(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SAMPLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "方案.txt"
    path.write_text(text, encoding="utf-8")
    return path


def kinds(root: Path, source: Path) -> dict[str, str]:
    return {
        change.path: change.kind.value
        for change in compare(prepare_import(source, root))
        if "source" not in change.path
    }


def by_hand(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
    git(root, "commit", "-q", "-am", "示例：手工改")


def report(root: Path, measure: str, item: str | None = None) -> Path:
    writer = Writer(Reader(root, date(2024, 1, 1)))
    request = ReportRequest(measure, "市样本局", "示例进展", item=item)
    done = file_report(writer, request, Identity("市样本局", "示例填报人", "example@example.org"))
    assert done.action.note is not None
    return root / done.action.note.path


def test_an_amended_measure_is_shown_and_then_amended_in_one_commit(root: Path, tmp_path: Path) -> None:
    source = document(tmp_path, ("落实示例责任", "压实示例责任"))
    changes = compare(prepare_import(source, root))
    (change,) = [each for each in changes if each.measure]
    assert (change.measure, change.kind) == ("3", "修订")
    assert any(line.startswith("-") and "落实示例责任" in line for line in change.diff)
    assert any(line.startswith("+") and "压实示例责任" in line for line in change.diff)
    written = revise(prepare_import(source, root), Asked(REASON)).written
    message = git(root, "log", "-1", "--format=%B")
    assert message.startswith("修订：示例市法治建设实施方案")
    assert REASON in message
    assert "- 修订：第3条 加强领导" in message
    assert message.rstrip().endswith("Measure: 3\nKind: 修订")
    assert git(root, "rev-parse", "HEAD").strip() == written.commit
    assert git(root, "status", "--porcelain") == ""
    assert prepare_import(source, root).equal
    assert check(load(root)) == ()


def test_a_measure_that_comes_and_one_that_goes(root: Path, tmp_path: Path) -> None:
    source = document(
        tmp_path,
        ("2.推进示例。2024年年底前，公布示例清单。（责任单位：市样本局）\n", ""),
        ("3.加强领导", "2.加强领导"),
        ("落实示例责任。（牵头单位：市示例局）", "落实示例责任。（牵头单位：市样品局）"),
    )
    assert kinds(root, source) == {
        "plan/units.yaml": "修订",
        "plan/02.yaml": "保留",
        "plan/03.yaml": "修订",
    }
    revise(prepare_import(source, root), Asked(REASON))
    assert (root / "plan/02.yaml").exists()
    assert {unit.name for unit in load(root).units} == {"市示例局", "市样本局", "市样品局"}
    assert check(load(root)) == ()
    more = document(tmp_path, ("3.加强领导", "3.新增示例。新增。（牵头单位：市示例局）\n4.加强领导"))
    assert kinds(root, more)["plan/04.yaml"] == "新增"


def test_what_was_amended_by_hand_is_shown_and_not_overwritten(root: Path, tmp_path: Path) -> None:
    by_hand(root, "plan/01.yaml", "统筹示例。", "统筹协调示例。")
    by_hand(root, "plan/03.yaml", "落实示例责任。", "人工写的示例责任。")
    source = document(tmp_path, ("落实示例责任", "压实示例责任"), ("公布示例清单", "公布全部示例清单"))
    assert kinds(root, source) == {
        "plan/01.yaml": "保留",
        "plan/02.yaml": "修订",
        "plan/03.yaml": "不同",
    }
    revise(prepare_import(source, root), Asked(REASON))
    assert "统筹协调示例。" in (root / "plan/01.yaml").read_text(encoding="utf-8")
    assert "人工写的示例责任。" in (root / "plan/03.yaml").read_text(encoding="utf-8")
    assert "公布全部示例清单" in (root / "plan/02.yaml").read_text(encoding="utf-8")
    assert kinds(root, source)["plan/03.yaml"] == "不同"


def test_notes_are_never_touched_and_a_reported_measure_stays(root: Path, tmp_path: Path) -> None:
    note = report(root, "3")
    before = note.read_bytes()
    source = document(tmp_path, ("3.加强领导。落实示例责任。（牵头单位：市示例局）\n", ""))
    assert kinds(root, source)["plan/03.yaml"] == "保留"
    revise(prepare_import(document(tmp_path, ("落实示例责任", "压实示例责任")), root), Asked(REASON))
    assert note.read_bytes() == before
    assert git(root, "log", "--format=%h", "--", str(note)).count("\n") == 1


def test_reports_never_come_to_stand_under_another_measure(root: Path, tmp_path: Path) -> None:
    report(root, "3")
    source = document(tmp_path, ("3.加强领导", "3.新增示例。新增。（牵头单位：市示例局）\n4.加强领导"))
    revise(prepare_import(source, root), Asked(REASON))
    measures = {measure.id: measure for measure in load(root).measures}
    assert (measures["3"].title, measures["3"].printed_id) == ("加强领导", "4")
    assert (measures["4"].title, measures["4"].printed_id) == ("新增示例", "3")
    assert [note.measure for note in load(root).notes] == ["3"]
    assert check(load(root)) == ()


def test_a_deadline_that_was_reported_on_keeps_what_it_was(root: Path, tmp_path: Path) -> None:
    report(root, "2", "2.1")
    source = document(tmp_path, ("2024年年底前", "2025年年底前"))
    revise(prepare_import(source, root), Asked(REASON, date(2024, 3, 1)))
    (item,) = next(measure for measure in load(root).measures if measure.id == "2").items
    assert (item.id, item.due) == ("2.1", date(2025, 12, 31))
    assert [(entry.until, entry.said["due"], entry.reason) for entry in item.history] == [
        (date(2024, 2, 29), date(2024, 12, 31), REASON)
    ]


def test_settings_and_units_written_by_hand_survive_a_revision(root: Path, tmp_path: Path) -> None:
    plan = (root / "plan/plan.yaml").read_text(encoding="utf-8")
    (root / "plan/plan.yaml").write_text(plan + "设置:\n  统筹单位: 市示例局\n", encoding="utf-8")
    git(root, "commit", "-q", "-am", "示例：设置")
    by_hand(root, "plan/units.yaml", "名称: 市样本局\n", "名称: 市样本局\n    别名: [样本局]\n")
    source = document(
        tmp_path, ("为了示例，", "为了更好示例，"), ("（责任单位：市样本局）", "（责任单位：市新样局）")
    )
    revise(prepare_import(source, root), Asked(REASON))
    tracker = load(root)
    assert tracker.plan is not None
    assert tracker.plan.settings.coordinator == "市示例局"
    assert tracker.plan.general.startswith("为了更好示例")
    names = {unit.name: unit.aliases for unit in tracker.units}
    assert names["市样本局"] == ("样本局",)
    assert "市新样局" in names
    assert check(tracker) == ()


def test_a_plan_whose_words_were_changed_by_hand_stops_the_revision(root: Path, tmp_path: Path) -> None:
    by_hand(root, "plan/plan.yaml", "为了示例", "人工写的示例")
    source = document(tmp_path, ("为了示例", "为了更好示例"))
    head = git(root, "rev-parse", "HEAD")
    with pytest.raises(NotAllowedError, match="手工"):
        revise(prepare_import(source, root), Asked(REASON))
    assert git(root, "rev-parse", "HEAD") == head


def test_a_change_that_was_not_committed_stops_it_too(root: Path, tmp_path: Path) -> None:
    path = root / "plan/source/方案.txt"
    path.write_text("示例：没有提交\n", encoding="utf-8")
    with pytest.raises(NotAllowedError, match="没有提交"):
        revise(prepare_import(document(tmp_path, ("落实", "压实")), root), Asked(REASON))
    assert path.read_text(encoding="utf-8") == "示例：没有提交\n"


def test_without_a_reason_or_a_tracker_or_a_difference_it_says_so(root: Path, tmp_path: Path) -> None:
    source = document(tmp_path, ("落实", "压实"))
    with pytest.raises(UsageError, match="理由"):
        revise(prepare_import(source, root), Asked(" \n "))
    git(tmp_path, "init", "-q", "空")
    with pytest.raises(UsageError, match="还没有台账"):
        revise(prepare_import(source, tmp_path / "空"), Asked(REASON))
    with pytest.raises(NotAllowedError, match="没有可以修订的"):
        revise(prepare_import(document(tmp_path), root), Asked(REASON))


def test_the_trackers_own_decisions_go_on_to_the_revised_document(root: Path, tmp_path: Path) -> None:
    kept = root / "plan/source/corrections.yaml"
    kept.write_text(
        kept.read_text(encoding="utf-8")
        + '\n文字:\n  - 处: "1"\n    原: 统筹示例\n    改: 统筹样例\n    理由: 示例\n',
        encoding="utf-8",
    )
    git(root, "commit", "-q", "-am", "示例：校订")
    source = document(tmp_path, ("落实", "压实"))
    prepared = prepare_import(source, root)
    assert "校订" in prepared.told
    assert prepared.imported.measures[0].text == "统筹样例。"
    revise(prepared, Asked(REASON))
    assert prepare_import(source, root).equal


def test_a_tracker_older_than_such_commits_is_compared_with_what_its_own_document_gives(
    root: Path, tmp_path: Path
) -> None:
    git(root, "commit", "-q", "--amend", "-m", "示例：早先建立的台账")
    by_hand(root, "plan/01.yaml", "统筹示例。", "统筹协调示例。")
    source = document(tmp_path, ("落实示例责任", "压实示例责任"))
    assert kinds(root, source) == {"plan/01.yaml": "保留", "plan/03.yaml": "修订"}


def test_the_report_of_the_revision_takes_the_place_of_the_old(root: Path, tmp_path: Path) -> None:
    source = document(tmp_path, ("加强领导。", "加强示例领导。"))
    revise(prepare_import(source, root), Asked(REASON))
    assert "加强示例领导" in (root / "import-report.md").read_text(encoding="utf-8")
