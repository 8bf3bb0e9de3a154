"""One bad file never hides the others: each gives a problem with its place and what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load, load_files
from tests.records.conftest import FIRST, NOTE, NOTE_PATH, PLAN, THIRD, UNITS

BAD = "plan/01.yaml"


def load_with(tracker: Path, content: str | bytes, path: str = BAD) -> tuple[Tracker, list[Problem]]:
    data = content if isinstance(content, bytes) else content.encode()
    (tracker / path).parent.mkdir(parents=True, exist_ok=True)
    (tracker / path).write_bytes(data)
    loaded = load(tracker)
    return loaded, [problem for problem in loaded.problems if problem.path == path]


def test_a_sound_tracker_loads_without_a_problem(tracker: Path) -> None:
    loaded = load(tracker)
    assert loaded.problems == ()
    assert [measure.id for measure in loaded.measures] == ["1", "3"]
    assert [note.path for note in loaded.notes] == [NOTE_PATH]
    assert loaded.plan is not None
    assert loaded.plan.settings.coordinator == "市委依法治市办"
    assert len(loaded.units) == 4
    assert loaded.broken == {}


BROKEN = [
    # what stands in the file, line, code, words in the message or hint
    (FIRST.replace('编号: "1"', '编号："1"', 1), 1, "full-width-colon", '编号："1"'),
    (FIRST.replace("标题: ", "标题：", 1), 2, "full-width-colon", "标题：示例措施"),
    (FIRST.replace("    内容: 示", "    内容：示", 1), 11, "full-width-colon", "内容：示例事项"),
    ("编号：1\n", 1, "full-width-colon", "编号：1"),
    (FIRST.replace("  - 市司法局", "\t- 市司法局", 1), 6, "tab", "空格"),
    (FIRST.replace("标题: 示例", "标题: 示例: ", 1), 2, "extra-colon", "双引号"),
    (FIRST.replace("标题: 示例措施", "标题 示例措施", 1), 3, "missing-colon", "半角冒号"),
    (FIRST.replace("标题: 示例措施", '标题: "示例措施', 1), 2, "open-quote", "引号"),
    (FIRST.replace("  - 市司法局", "  - 市司法局\n - 甲", 1), 7, "bad-indent", "左对齐"),
    (FIRST.replace("示例措施", "@示例", 1), 2, "bad-start", "双引号"),
    (FIRST.replace("示例措施", "[示例: 措施", 1), None, None, ""),
    (FIRST.replace('编号: "1"\n', "", 1), 1, "missing-key", "缺少“编号”"),
    (FIRST.replace('编号: "1"', "编号:", 1), 1, "missing-key", "缺少“编号”"),
    (FIRST.replace('编号: "1"', "编号: 01", 1), 1, "bad-form", '编号: "1"'),
    (FIRST.replace('编号: "1"', "编号: “1”", 1), 1, "bad-form", '编号: "1"'),
    (FIRST.replace('编号: "1"', '编号: "第1条"', 1), 1, "bad-form", '编号: "1"'),
    (FIRST.replace('编号: "1"', "编号: [1]", 1), 1, "not-a-text", "列表"),
    ("", 0, "empty-file", "编号"),
    ("# 只有注\n", 0, "empty-file", "编号"),
    ("- 1\n", 1, "not-a-mapping", "键: 值"),
    ("只有一句话\n", 1, "not-a-mapping", "键: 值"),
    (FIRST + "---\n" + FIRST, 21, "many-documents", "---"),
    ("编号: " + "[" * 5000, 1, "too-deep", "12 层"),
    ("a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n", 2, "yaml-alias", "引用"),
    (FIRST.encode("gb18030"), 1, "encoding", "文件是 GBK 编码"),
    (FIRST.encode("utf-16"), 1, "encoding", "文件是 UTF-16 编码"),
    (FIRST.encode("utf-16-le"), 1, "encoding", "文件是 UTF-16 编码"),
    (FIRST.encode() + b"\xff\xff\n", 21, "encoding", "第 21 行"),
    ("<<<<<<< HEAD\n" + FIRST + "=======\n" + FIRST + ">>>>>>> 分支\n", 1, "conflict", "合并冲突未解决"),
]


@pytest.mark.parametrize(("content", "line", "code", "words"), BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_cannot_be_read_is_told_with_its_line_and_stays_as_a_broken_row(
    tracker: Path, content: str | bytes, line: int | None, code: str | None, words: str
) -> None:
    loaded, problems = load_with(tracker, content)
    assert [measure.id for measure in loaded.measures] == ["3"]
    assert loaded.broken == {BAD: "1"}
    first = problems[0]
    assert first.hint
    assert first.severity is Severity.ERROR
    if code is not None:
        assert (first.line, first.code) == (line, code)
    assert words in first.message + first.hint
    assert not any(ord(c) < 32 for p in problems for c in p.message + p.hint)


MENDED = [
    (FIRST.replace("标题:", "题目:", 1), 2, "unknown-key", "可用的键"),
    (FIRST.replace("牵头单位:", "牵头:", 1), 5, "unknown-key", "是不是“牵头单位”？"),
    (FIRST.replace('编号: "1"', "编号: 1", 1), 1, "unquoted", '编号: "1"'),
    (FIRST.replace('"1.1"', "1.1", 1), 10, "unquoted", '编号: "1.1"'),
    (FIRST.replace("标题: 示例措施", "标题: 2022", 1), 2, "unquoted", "加双引号"),
    (FIRST.replace("标题: 示例措施", "标题: 2022-01-01", 1), 2, "unquoted", "加双引号"),
    (FIRST + "标题: 又一个\n", 21, "duplicate-key", "第 2 行和第 21 行"),
    (FIRST.replace("2022-12-31", "2023-02-30", 1), 12, "no-such-date", "2023 年 2 月没有 30 日"),
    (FIRST.replace("2022-12-31", "2023-13-01", 1), 12, "no-such-date", "没有 13 月"),
    (FIRST.replace("2022-12-31", "2022年12月31日", 1), 12, "not-a-date", "写成 2022-12-31"),
    (FIRST.replace("2022-12-31", "2022/12/1", 1), 12, "not-a-date", "写成 2022-12-01"),
    (FIRST.replace("2022-12-31", "年底", 1), 12, "not-a-date", "年-月-日"),
    (FIRST.replace("每年", "毎年", 1), 15, "not-allowed", "每半年"),
    (FIRST.replace("数量: 1", "数量: １", 1), 16, "not-a-number", "数量: 1"),
    (FIRST.replace("数量: 1", "数量: 一次", 1), 16, "not-a-number", "半角数字"),
    (FIRST.replace("数量: 1", '数量: "1"', 1), 16, "quoted-number", "不要加引号"),
    (FIRST.replace("数量: 1", "数量: 0", 1), 16, "out-of-range", "1 或更大"),
    (FIRST + "等部门: 是\n", 21, "not-a-flag", "true"),
    (FIRST.replace("牵头单位:\n  - 市司法局", "牵头单位: 市司法局", 1), 5, "not-a-list", "- "),
    (FIRST.replace("  - 市司法局", "  - 市司法局\n  -", 1), 7, "empty", "空的一项"),
    (FIRST.replace("  - 市司法局", "  - {甲: 乙}", 1), 6, "not-a-text", "加引号"),
    (FIRST.replace("    内容: 示例事项\n", "", 1), 10, "missing-key", "缺少“内容”"),
    (
        FIRST.replace('  - 编号: "1.1"\n    内容: 示例事项\n    截止: 2022-12-31', "  - 编号：1.1", 1),
        10,
        None,
        "",
    ),
    (FIRST.replace("示例措施", "!!python/object:os.system 示例", 1), 2, "yaml-tag", "类型标记"),
    (FIRST.replace("示例措施", "示\x1b[31m例", 1), 2, "control-character", "U+001B"),
    (FIRST.replace("示例措施", "示\x00例", 1), 2, "control-character", "U+0000"),
    ("\ufeff" + FIRST, 1, "bom", "BOM"),
    (FIRST.replace("\n", "\r\n"), 1, "crlf", "LF"),
]


@pytest.mark.parametrize(("content", "line", "code", "words"), MENDED, ids=range(len(MENDED)))
def test_what_is_wrong_in_a_file_that_can_be_read_is_told_and_the_rest_is_read(
    tracker: Path, content: str, line: int, code: str | None, words: str
) -> None:
    loaded, problems = load_with(tracker, content)
    assert [measure.id for measure in loaded.measures] == ["1", "3"]
    assert loaded.broken == {}
    assert len(problems) == 1
    assert problems[0].hint
    assert problems[0].line == line
    if code is not None:
        assert problems[0].code == code
    assert words in problems[0].message + problems[0].hint


def test_of_a_key_written_twice_the_first_counts(tracker: Path) -> None:
    loaded, _ = load_with(tracker, FIRST + "标题: 又一个\n")
    assert loaded.measures[0].title == "示例措施"


def test_windows_line_breaks_do_not_get_into_the_text(tracker: Path) -> None:
    loaded, _ = load_with(tracker, FIRST.replace("\n", "\r\n"))
    assert loaded.measures == load_files({BAD: FIRST.encode(), "plan/03.yaml": THIRD.encode()}).measures


def test_two_files_with_one_number_show_the_one_named_after_it_and_a_broken_row(tracker: Path) -> None:
    loaded, problems = load_with(tracker, FIRST.replace("示例措施", "另一份"), "plan/01 (1).yaml")
    assert [measure.title for measure in loaded.measures] == ["示例措施", None]
    assert loaded.broken == {"plan/01 (1).yaml": "1"}
    assert [(p.line, p.code) for p in problems] == [(1, "duplicate-id")]
    assert "plan/01.yaml" in problems[0].message


def test_a_file_whose_name_and_number_differ_is_read_and_told(tracker: Path) -> None:
    loaded, problems = load_with(tracker, FIRST.replace('"1', '"7'), "plan/08.yaml")
    assert [measure.id for measure in loaded.measures] == ["1", "3", "7"]
    assert [(p.code, "07.yaml" in p.hint) for p in problems] == [("file-name", True)]


def test_a_broken_file_with_a_name_that_tells_nothing_is_guessed_from_its_number(tracker: Path) -> None:
    loaded, _ = load_with(tracker, '编号: "31"\n标题：坏\n', "plan/新.yaml")
    assert loaded.broken == {"plan/新.yaml": "31"}
    loaded, _ = load_with(tracker, "编号: 32\n标题：坏\n".encode("gb18030"), "plan/新.yaml")
    assert loaded.broken == {"plan/新.yaml": "32"}


def test_a_conflict_in_the_plan_or_the_units_reads_this_side(tracker: Path) -> None:
    both = UNITS.replace(
        "  - 名称: 市财政局\n", "<<<<<<< HEAD\n  - 名称: 市财政局\n=======\n  - 名称: 别的局\n>>>>>>> 分支\n"
    )
    loaded, problems = load_with(tracker, both, "plan/units.yaml")
    assert [(p.line, p.code) for p in problems] == [(6, "conflict")]
    assert [unit.name for unit in loaded.units][1] == "市财政局"
    diff3 = PLAN.replace(
        "标题: 示例方案\n",
        "<<<<<<< HEAD\n标题: 甲\n||||||| 共同\n标题: 乙\n=======\n标题: 丙\n>>>>>>> 分支\n",
    )
    loaded, problems = load_with(tracker, diff3, "plan/plan.yaml")
    assert loaded.plan is not None
    assert loaded.plan.title == "甲"
    assert [(p.line, p.code) for p in problems] == [(1, "conflict")]


@pytest.mark.parametrize("path", ["plan/plan.yaml", "plan/units.yaml"])
def test_a_lost_plan_or_register_is_told_and_the_measures_load(tracker: Path, path: str) -> None:
    (tracker / path).unlink()
    loaded = load(tracker)
    assert [(p.path, p.code) for p in loaded.problems] == [(path, "missing-file")]
    assert len(loaded.measures) == 2


def test_an_empty_folder_is_a_tracker_without_anything(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.plan is None
    assert {problem.code for problem in loaded.problems} == {"missing-file"}


# ------------------------------------------------------------------ what lies on disk


def test_a_link_out_of_the_repository_is_not_followed(tracker: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(FIRST.replace('"1', '"9'), encoding="utf-8")
    (tracker / "plan/09.yaml").symlink_to(outside)
    (tracker / "status/09").symlink_to(tmp_path)
    (tracker / "plan/10.yaml").symlink_to("nowhere.yaml")
    (tracker / "plan/11.yaml").symlink_to("11.yaml")
    loaded = load(tracker)
    found = {(problem.path, problem.code) for problem in loaded.problems}
    assert found == {
        ("plan/09.yaml", "symlink"),
        ("plan/10.yaml", "symlink"),
        ("plan/11.yaml", "symlink"),
        ("status/09", "symlink"),
    }
    assert loaded.broken == {"plan/09.yaml": "9", "plan/10.yaml": "10", "plan/11.yaml": "11"}


def test_a_link_inside_the_repository_is_read(tracker: Path) -> None:
    (tracker / "plan/03.yaml").rename(tracker / "third.yaml")
    (tracker / "plan/03.yaml").symlink_to("../third.yaml")
    loaded = load(tracker)
    assert loaded.problems == ()
    assert len(loaded.measures) == 2


def test_a_file_of_50_mb_is_not_read(tracker: Path) -> None:
    with (tracker / "plan/07.yaml").open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    loaded = load(tracker)
    assert [(p.path, p.code) for p in loaded.problems] == [("plan/07.yaml", "too-large")]
    assert "50.0 MB" in loaded.problems[0].message
    assert loaded.broken == {"plan/07.yaml": "7"}


def test_a_folder_or_a_pipe_in_the_place_of_a_file_is_told(tracker: Path) -> None:
    (tracker / "plan/07.yaml").mkdir()
    os.mkfifo(tracker / "plan/08.yaml")
    (tracker / "plan/09.yml").write_text(FIRST, encoding="utf-8")
    loaded = load(tracker)
    assert [(p.path, p.code) for p in loaded.problems] == [
        ("plan/07.yaml", "not-a-file"),
        ("plan/08.yaml", "not-a-file"),
        ("plan/09.yml", "file-suffix"),
    ]
    assert loaded.broken == {"plan/07.yaml": "7", "plan/08.yaml": "8", "plan/09.yml": "9"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read_is_told(tracker: Path) -> None:
    (tracker / BAD).chmod(0)
    loaded = load(tracker)
    assert [(p.path, p.code) for p in loaded.problems] == [(BAD, "unreadable")]
    assert loaded.broken == {BAD: "1"}


def test_notes_are_read_from_the_folders_of_measures_alone(tracker: Path) -> None:
    (tracker / "status/散落.md").write_text(NOTE, encoding="utf-8")
    (tracker / "status/01/说明.txt").write_text("示例", encoding="utf-8")
    (tracker / "status/01/evidence").mkdir()
    (tracker / "status/01/evidence/a.md").write_text("示例", encoding="utf-8")
    (tracker / "status/01/.隐藏.md").write_text("示例", encoding="utf-8")
    loaded = load(tracker)
    assert [note.path for note in loaded.notes] == [NOTE_PATH]
    assert [(p.path, p.code) for p in loaded.problems] == [
        ("status/01/说明.txt", "stray-file"),
        ("status/散落.md", "note-misplaced"),
    ]


def test_a_bad_note_does_not_hide_the_others(tracker: Path) -> None:
    bad = NOTE_PATH.replace("0001", "0002")
    loaded, problems = load_with(tracker, NOTE.replace("时间: ", "时间："), bad)
    assert [note.path for note in loaded.notes] == [NOTE_PATH]
    assert [(p.line, p.code) for p in problems] == [(6, "full-width-colon")]


# ------------------------------------------------------------------ from memory


def test_from_memory_the_same_is_read_as_from_disk(tracker: Path) -> None:
    files = {
        path.relative_to(tracker).as_posix(): path.read_bytes()
        for path in tracker.rglob("*")
        if path.is_file()
    }
    files["README.md"] = b"\xff"
    files["plan/source/document.yaml"] = b"\xff"
    files["status/01/evidence/a.md"] = b"\xff"
    on_disk, in_memory = load(tracker), load_files(files)
    assert in_memory.root == ""
    assert (in_memory.plan, in_memory.units, in_memory.measures, in_memory.notes, in_memory.problems) == (
        on_disk.plan,
        on_disk.units,
        on_disk.measures,
        on_disk.notes,
        on_disk.problems,
    )


def test_the_line_of_every_key_is_known(tracker: Path) -> None:
    lines = load(tracker).lines
    assert lines["plan/01.yaml", "事项.0.截止"] == 12
    assert lines["plan/01.yaml", "参加单位.0"] == 8
    assert lines[NOTE_PATH, "类型"] == 7
    assert ("plan/01.yaml", "没有") not in lines
    assert len(lines) == len(list(lines))


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"%YAML 9.9\n---\n")
@example(b"? [a]\n: b\n")
@example(b"{" * 2000)
@example(b"- " * 400)
@example(b"a: " + b"\xf0\x9f\x98\x80" * 10)
def test_no_bytes_whatever_make_loading_fail(data: bytes) -> None:
    files = {BAD: data, "plan/plan.yaml": data, "plan/units.yaml": data, NOTE_PATH: data}
    files["plan/03.yaml"] = THIRD.encode()
    loaded = load_files(files)
    assert [measure.id for measure in loaded.measures if measure.id == "3"] == ["3"]
    check(loaded)


@given(st.sampled_from([FIRST, PLAN, UNITS, NOTE]), st.data())
def test_no_slip_of_the_pen_makes_loading_or_checking_fail(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(at, min(at + 8, len(text))))
    spoilt = text[:at] + data.draw(st.text(max_size=4)) + text[stop:]
    path = {FIRST: BAD, PLAN: "plan/plan.yaml", UNITS: "plan/units.yaml", NOTE: NOTE_PATH}[text]
    files = {
        BAD: FIRST,
        "plan/03.yaml": THIRD,
        "plan/plan.yaml": PLAN,
        "plan/units.yaml": UNITS,
        NOTE_PATH: NOTE,
    }
    files[path] = spoilt
    loaded = load_files({name: content.encode() for name, content in files.items()})
    found = check(loaded)
    if path == BAD and BAD in loaded.broken:
        assert any(problem.path == BAD for problem in found)


@pytest.mark.parametrize(
    "content",
    [
        "甲: 1\n" * 300,
        "".join(f"键{number}: 1\n" for number in range(300)),
        '编号: "1"\n牵头单位:\n' + "  - 1\n" * 300,
        "甲: \x01\n" * 300,
    ],
)
def test_a_file_full_of_mistakes_tells_the_first_fifty(content: str) -> None:
    found = load_files({BAD: content.encode()}).problems
    assert 50 <= len([problem for problem in found if problem.path == BAD]) <= 51
