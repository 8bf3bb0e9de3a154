"""`check`: the rules that look across files, each told where it is broken and how to mend it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.records.check import run
from fazhi_tui.records.loader import load, load_files
from tests.conftest import REPOSITORY
from tests.records.conftest import FIRST, NOTE, NOTE_PATH

FIRST_PATH, PLAN_PATH, UNITS_PATH = "plan/01.yaml", "plan/plan.yaml", "plan/units.yaml"


def check(tracker: Path) -> tuple[Problem, ...]:
    return run.check(load(tracker))


def change(tracker: Path, path: str, old: str, new: str) -> None:
    text = (tracker / path).read_text(encoding="utf-8")
    assert old in text
    (tracker / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_tracker_has_no_problem(tracker: Path) -> None:
    assert check(tracker) == ()


def test_the_citys_own_plan_has_no_problem() -> None:
    assert [problem.place for problem in check(REPOSITORY) if problem.path.startswith("plan/")] == []


ERROR, WARNING = Severity.ERROR, Severity.WARNING
CASES = [
    # path, what is replaced, by what, line, code, severity, words in the message or hint
    (FIRST_PATH, "市司法局", "市司法厅", 6, "unknown-unit", ERROR, "是不是“市司法局”？"),
    (
        FIRST_PATH,
        "  - 各县（市、区）",
        "  - 各县(市、区)",
        8,
        "unit-spelling",
        WARNING,
        "各县（市、区）人民政府",
    ),
    (FIRST_PATH, "  - 市司法局", "  - 市司法局\n  - 市司法局", 7, "duplicate-name", WARNING, "重复"),
    (FIRST_PATH, "章: 一、任务", "章: 二、任务", 3, "unknown-chapter", ERROR, "是不是“一、任务”？"),
    (FIRST_PATH, "章: 一、任务\n", "", 0, "unknown-chapter", ERROR, "没有写所属的章"),
    (FIRST_PATH, "（一）体系", "（三）体系", 4, "unknown-section", ERROR, "（一）体系"),
    (FIRST_PATH, '"1.1"', '"2.1"', 10, "foreign-item", ERROR, "1.1"),
    (FIRST_PATH, '"1.2"', '"1.1"', 13, "duplicate-item", ERROR, "重复"),
    (FIRST_PATH, "2022-12-31", "2026-01-01", 12, "due-outside", WARNING, "2025-12-31"),
    (FIRST_PATH, "    计量单位: 次\n", "", 16, "no-measure-word", ERROR, "计量单位"),
    (FIRST_PATH, "    数量: 1\n", "", 16, "no-quantity", WARNING, "数量"),
    (FIRST_PATH, "    截止: 2022-12-31\n", "", 10, "no-obligation", WARNING, "截止"),
    (FIRST_PATH, "第二句，说", "第二句,说", 20, "half-width", WARNING, "全角的 ，"),
    (FIRST_PATH, "标题: 示例措施", "标题: 示例:措施", 2, "half-width", WARNING, "全角的 ："),
    (FIRST_PATH, "第一句。", "第一句。又一句。", 19, "two-sentences", WARNING, "每句单独一行"),
    (FIRST_PATH, "正文: |", "正文: ''\n备注: |", 18, "no-text", WARNING, "残缺"),
    (FIRST_PATH, "正文: |", "完整性: 残缺\n正文: |", 18, "no-remark", WARNING, "校勘"),
    (PLAN_PATH, "止: 2025-12-31", "止: 2021-12-31", 4, "bad-period", ERROR, "早于"),
    (PLAN_PATH, '编号: "2"', '编号: "3"', 11, "gap-exists", ERROR, "plan/03.yaml"),
    (
        PLAN_PATH,
        '  - 编号: "2"\n',
        '  - 编号: "2"\n    说明: 甲\n  - 编号: "2"\n',
        13,
        "duplicate-gap",
        ERROR,
        "两次",
    ),
    (PLAN_PATH, '缺失:\n  - 编号: "2"\n    说明: 示例：脱页。\n', "", 0, "numbering-hole", ERROR, "编号 2 "),
    (PLAN_PATH, "市委依法治市办", "市依法治市办", 14, "unknown-unit", ERROR, "市委依法治市办"),
    (PLAN_PATH, "设置:", "设置:\n  落后红灯: 5", 14, "bad-settings", WARNING, "落后黄灯"),
    (PLAN_PATH, "缺失:", "  - 标题: 一、任务\n缺失:", 10, "duplicate-chapter", ERROR, "一、任务"),
    (UNITS_PATH, "  - 名称: 市财政局", "  - 名称: 司法局", 6, "duplicate-unit", ERROR, "市司法局"),
    (UNITS_PATH, "  - 名称: 市财政局", "  - 名称: 市司法局", 6, "duplicate-unit", ERROR, "市司法局"),
    (UNITS_PATH, "    拼音: shi si fa ju\n", "", 2, "no-pinyin", WARNING, "拼音"),
    (UNITS_PATH, "shi si fa ju", "shi sifa ju", 5, "pinyin-length", WARNING, "4 个字"),
    (UNITS_PATH, "    类别: 集合", "    成员:\n      - 甲县", 11, "members-of-body", WARNING, "集合"),
    (
        UNITS_PATH,
        "    类别: 集合",
        "    类别: 集合\n    成员:\n      - 甲县",
        13,
        "unknown-unit",
        ERROR,
        "甲县",
    ),
    (
        UNITS_PATH,
        "    拼音: shi si",
        "    联络员:\n      - {姓名: 甲, 邮箱: 乙}\n    拼音: shi si",
        6,
        "bad-email",
        WARNING,
        "邮箱",
    ),
    (NOTE_PATH, "单位: 市司法局", "单位: 市司法厅", 4, "unknown-unit", ERROR, "市司法局"),
    (NOTE_PATH, '措施: "1"', '措施: "3"', 2, "wrong-folder", ERROR, "status/03/"),
    (NOTE_PATH, '措施: "1"', '措施: "9"', 2, "unknown-measure", ERROR, "没有这一条"),
    (NOTE_PATH, '措施: "1"', '措施: "2"', 2, "unknown-measure", ERROR, "原文缺失"),
    (NOTE_PATH, '事项: "1.1"', '事项: "1.7"', 3, "unknown-item", ERROR, "1.1、1.2"),
    (NOTE_PATH, "09:00:00", "10:00:00", 6, "note-time", WARNING, "20220601T100000"),
    (NOTE_PATH, "---\n示例", "佐证:\n  - ../03/a.pdf\n---\n示例", 11, "evidence-outside", ERROR, "evidence/"),
    (NOTE_PATH, "---\n示例", "佐证:\n  - /etc/passwd\n---\n示例", 11, "evidence-outside", ERROR, "evidence/"),
    (
        NOTE_PATH,
        "---\n示例",
        "佐证:\n  - evidence/无.pdf\n---\n示例",
        11,
        "evidence-missing",
        ERROR,
        "status/01/evidence/无.pdf",
    ),
    (
        NOTE_PATH,
        "---\n示例",
        '佐证:\n  - "evidence/\\0"\n---\n示例',
        11,
        "evidence-missing",
        ERROR,
        "evidence/",
    ),
    (NOTE_PATH, "状态: 推进中", "状态: 已完成", 9, "workflow", ERROR, "申请办结"),
    (NOTE_PATH, "类型: 进展", "类型: 办结", 9, "workflow", ERROR, "统筹单位"),
    (NOTE_PATH, "类型: 进展", "类型: 更正\n更正: 无此条", 8, "workflow", ERROR, "无此条"),
    (
        NOTE_PATH,
        "原状态: 未启动\n状态: 推进中",
        "原状态: 推进中\n状态: 长期坚持",
        8,
        "forked-status",
        WARNING,
        "需要人看",
    ),
]


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "code", "severity", "words"),
    CASES,
    ids=[f"{case[4]}-{i}" for i, case in enumerate(CASES)],
)
def test_each_rule_tells_where_it_is_broken_and_what_to_do(
    tracker: Path, path: str, old: str, new: str, line: int, code: str, severity: Severity, words: str
) -> None:
    change(tracker, path, old, new)
    found = [problem for problem in check(tracker) if problem.code == code]
    assert [(problem.path, problem.line, problem.severity) for problem in found] == [(path, line, severity)]
    assert words in found[0].message + found[0].hint
    assert found[0].hint


def on_disk(root: Path) -> dict[Path, tuple[bytes, int]]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_checking_writes_nothing(tracker: Path) -> None:
    change(tracker, FIRST_PATH, "市司法局", "市司法厅")
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tracker.rglob("*") if path.is_file()
    }
    check(tracker)
    after = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tracker.rglob("*") if path.is_file()
    }
    assert after == before


def test_problems_come_in_order_of_file_and_line(tracker: Path) -> None:
    change(tracker, FIRST_PATH, "第一句。", "第一句。又一句。")
    change(tracker, FIRST_PATH, "标题:", "题目:")
    change(tracker, FIRST_PATH, "市司法局", "市司法厅")
    change(tracker, "plan/03.yaml", "市财政局", "市财政厅")
    assert [(problem.path, problem.line) for problem in check(tracker)] == [
        (FIRST_PATH, 2),
        (FIRST_PATH, 6),
        (FIRST_PATH, 19),
        ("plan/03.yaml", 5),
    ]


def test_a_hole_in_the_numbers_is_not_told_for_a_broken_file(tracker: Path) -> None:
    change(tracker, PLAN_PATH, '缺失:\n  - 编号: "2"\n    说明: 示例：脱页。\n', "")
    (tracker / "plan/02.yaml").write_text("编号：2\n", encoding="utf-8")
    assert [problem.code for problem in check(tracker)] == ["full-width-colon"]


def test_a_slip_that_makes_a_huge_number_is_one_problem(tracker: Path) -> None:
    (tracker / "plan/2800.yaml").write_text(FIRST.replace('"1', '"2800'), encoding="utf-8")
    assert [problem.code for problem in check(tracker)] == ["numbering-hole"]


def test_a_note_about_a_broken_measure_is_a_warning(tracker: Path) -> None:
    (tracker / FIRST_PATH).write_text("编号：1\n", encoding="utf-8")
    found = {problem.code: problem for problem in check(tracker)}
    assert found["broken-measure"].severity is WARNING
    assert found["broken-measure"].path == NOTE_PATH


def test_a_note_with_a_name_of_its_own_is_told_what_to_call_it(tracker: Path) -> None:
    (tracker / NOTE_PATH).rename(tracker / "status/01/六月.md")
    assert [(problem.code, problem.severity) for problem in check(tracker)] == [("note-name", WARNING)]


def test_evidence_that_is_there_is_no_problem_and_a_link_out_of_the_folder_is(tracker: Path) -> None:
    (tracker / "status/01/evidence").mkdir()
    (tracker / "status/01/evidence/a.pdf").write_bytes(b"x")
    change(tracker, NOTE_PATH, "---\n示例", "佐证:\n  - evidence/a.pdf\n---\n示例")
    assert check(tracker) == ()
    (tracker / "status/01/evidence/a.pdf").unlink()
    (tracker / "status/01/evidence/a.pdf").symlink_to(os.devnull)
    assert [problem.code for problem in check(tracker)] == ["evidence-outside"]


def add_note(tracker: Path, hour: int, kind: str, before: str, after: str, unit: str = "市司法局") -> str:
    path = f"status/01/20220601T{hour}0000-x-0002.md"
    text = (
        NOTE.replace("T09:", f"T{hour}:")
        .replace("进展\n", f"{kind}\n", 1)
        .replace("单位: 市司法局", f"单位: {unit}")
    )
    text = text.replace("原状态: 未启动\n状态: 推进中", f"原状态: {before}\n状态: {after}")
    (tracker / path).write_text(text, encoding="utf-8")
    return path


def test_two_reports_from_one_status_to_two_are_put_before_a_person(tracker: Path) -> None:
    path = add_note(tracker, 10, "进展", "未启动", "长期坚持")
    found = check(tracker)
    assert [(problem.path, problem.line, problem.code) for problem in found] == [(path, 8, "forked-status")]
    assert "推进中、长期坚持" in found[0].message


def test_two_reports_from_one_status_to_the_same_are_no_problem(tracker: Path) -> None:
    add_note(tracker, 10, "进展", "未启动", "推进中")
    assert check(tracker) == ()


def test_a_status_reached_twice_in_order_is_no_fork(tracker: Path) -> None:
    add_note(tracker, 10, "申请办结", "推进中", "待审核")
    add_note(tracker, 11, "退回", "待审核", "推进中", unit="市委依法治市办")
    add_note(tracker, 12, "进展", "推进中", "长期坚持")
    assert check(tracker) == ()


def test_a_correction_takes_the_status_back_for_those_who_report_after_it(tracker: Path) -> None:
    path = add_note(tracker, 10, "更正", "推进中", "未启动")
    change(tracker, path, "---\n示例", "更正: 20220601T090000-ssfj-0001\n---\n示例")
    add_note(tracker, 11, "进展", "未启动", "推进中")
    assert check(tracker) == ()


def test_from_memory_no_evidence_is_looked_for() -> None:
    note = NOTE.replace("---\n示例", "佐证:\n  - evidence/a.pdf\n---\n示例")
    loaded = load_files({FIRST_PATH: FIRST.encode(), NOTE_PATH: note.encode()})
    assert {problem.code for problem in run.check(loaded)} == {"missing-file"}
