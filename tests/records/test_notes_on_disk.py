"""Notes: a YAML head and a body that may be any text."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.records.fast_notes import quick_note
from fazhi_tui.records.notes import note_path, parse_note, render_note
from tests.records import strategies

PATH = "status/28/20221220T153000-sfj-3f9a.md"
HEAD = """\
---
措施: "28"
单位: 市司法局
填报人: 示例填报人 <example@example.org>
时间: 2022-12-20T15:30:00+08:00
"""


def parse(text: str) -> tuple[Note | None, list[tuple[int, str]]]:
    note, problems = parse_note(text, PATH)
    return note, [(problem.line, problem.code) for problem in problems]


@given(strategies.notes)
def test_any_note_comes_back_as_it_was_written(note: Note) -> None:
    again, problems = parse_note(render_note(note), note.path)
    # A conflict's markers in a body are told; the note is there all the same.
    assert {problem.code for problem in problems} <= {"conflict"}
    assert again == note


def test_a_note_is_laid_out_as_the_design_has_it() -> None:
    note = Note(
        measure="28",
        item="28.1",
        unit="市司法局",
        author="示例填报人 <example@example.org>",
        time=datetime.fromisoformat("2022-12-20T15:30:00+08:00"),
        kind=NoteKind.REQUEST_CLOSE,
        status_before=Status.IN_PROGRESS,
        status=Status.PENDING_REVIEW,
        progress=100,
        evidence=("evidence/6f1c2a9e-三定方案.pdf",),
        body="复议机构已完成整合。\n",
    )
    assert (
        render_note(note)
        == """\
---
措施: "28"
事项: "28.1"
单位: 市司法局
填报人: 示例填报人 <example@example.org>
时间: 2022-12-20T15:30:00+08:00
类型: 申请办结
原状态: 推进中
状态: 待审核
进度: 100
佐证:
  - evidence/6f1c2a9e-三定方案.pdf
---
复议机构已完成整合。
"""
    )


def test_the_kind_is_written_even_where_it_is_the_usual_one() -> None:
    note, _ = parse(HEAD + "---\n正文\n")
    assert note is not None
    assert "\n类型: 进展\n" in render_note(note)


def test_a_body_keeps_its_own_rulers_escapes_and_markup() -> None:
    body = "第一段\n---\n[@click=app.quit]x[/] \x1b[31m红\x1b[0m \u202e倒\n---\n\n末\n"
    note, problems = parse(f"{HEAD}---\n{body}")
    assert note is not None
    assert (note.body, problems) == (body, [])


def test_an_unknown_key_is_told_and_the_note_is_read() -> None:
    note, problems = parse(HEAD + "进展: 推进中\n---\n正文\n")
    assert note is not None
    assert problems == [(6, "unknown-key")]


def test_windows_line_breaks_of_a_whole_note_do_not_get_into_its_body() -> None:
    note, _ = parse((HEAD + "---\n第一行\n第二行\n").replace("\n", "\r\n"))
    assert note is not None
    assert note.body == "第一行\n第二行\n"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("", 1, "no-head"),
        ("措施: 28\n", 1, "no-head"),
        ("---\n措施: 28\n", 1, "no-head"),
        ("---\n---\n正文\n", 1, "empty-file"),
        (HEAD.replace("+08:00", "") + "---\n", 5, "no-time-zone"),
        (HEAD.replace("12-20", "02-30") + "---\n", 5, "no-such-date"),
        (HEAD.replace("15:30", "25:30") + "---\n", 5, "no-such-date"),
        (HEAD.replace("2022-12-20T15:30:00+08:00", "昨天") + "---\n", 5, "not-a-time"),
        (HEAD.replace("单位: 市司法局\n", "") + "---\n", 2, "missing-key"),
        (HEAD.replace("单位: ", "单位：") + "---\n", 3, "full-width-colon"),
        (HEAD + "<<<<<<< HEAD\n状态: 推进中\n=======\n状态: 待审核\n>>>>>>> x\n---\n", 6, "conflict"),
    ],
)
def test_a_note_that_cannot_be_read_says_where_and_why(text: str, line: int, code: str) -> None:
    note, problems = parse(text)
    assert note is None
    assert problems == [(line, code)]


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("进度: 101\n", "out-of-range"),
        ("进度: 60%\n", "not-a-number"),
        ("状态: 完成\n", "not-allowed"),
        ("延期至: 2023-02-29\n", "no-such-date"),
        ("佐证: evidence/a.pdf\n", "not-a-list"),
        ("类型: [进展]\n", "not-a-text"),
    ],
)
def test_a_wrong_value_that_is_not_needed_is_told_and_the_note_is_read(extra: str, code: str) -> None:
    note, problems = parse(f"{HEAD}{extra}---\n正文\n")
    assert note is not None
    assert problems == [(6, code)]


def test_a_conflict_in_the_body_is_told_and_nothing_of_it_is_lost() -> None:
    body = "<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> 分支\n"
    note, problems = parse(f"{HEAD}---\n{body}")
    assert note is not None
    assert note.body == body
    assert problems == [(7, "conflict")]


def test_the_path_of_a_note_is_ascii_and_tells_time_and_unit() -> None:
    moment = datetime.fromisoformat("2022-12-20T15:30:00+08:00")
    measure = Measure(id="1")
    assert note_path(measure, moment, "sfj", "3f9a") == "status/01/20221220T153000-sfj-3f9a.md"
    assert note_path(measure, moment, "../司法", "3f9a") == "status/01/20221220T153000-unit-3f9a.md"


@given(strategies.notes)
def test_the_quick_reader_reads_the_same_or_nothing(note: Note) -> None:
    text = render_note(note)
    quick = quick_note(text, note.path)
    assert quick is None or quick == parse_note(text, note.path)[0]


@given(st.text())
def test_the_quick_reader_never_reads_more_than_the_real_one(text: str) -> None:
    head = (
        f'---\n措施: "28"\n单位: {text}\n填报人: 示例 <x@example.org>\n时间: 2022-12-20T15:30:00+08:00\n---\n'
    )
    quick = quick_note(head, "status/28/x.md")
    assert quick is None or quick == parse_note(head, "status/28/x.md")[0]


@pytest.mark.parametrize(
    "line",
    [
        "类型: 进展 # 注", "类型: '进展'", "单位: 123", "单位: 甲: 乙", "进度: 0100", "进度: 101", "措施: 28",
        "佐证: [a]", "佐证:\n- a", "时间: 2022-12-20", "没有这个键: x", "单位: 甲\n单位: 乙", "状态: 不知道",
    ],
)  # fmt: skip
def test_what_is_not_in_the_plain_form_is_left_to_the_real_reader(line: str) -> None:
    known = {"措施": '"28"', "单位": "市司法局", "填报人": "示例", "时间": "2022-12-20T15:30:00+08:00"}
    known.pop(line.partition(":")[0], None)
    head = "\n".join(["---", *(f"{key}: {value}" for key, value in known.items()), line, "---", ""])
    assert quick_note(head, "status/28/x.md") is None


def test_an_ordinary_note_is_in_the_plain_form() -> None:
    text = HEAD + "---\n一\n"
    note = quick_note(text, "status/28/x.md")
    assert note is not None
    assert note == parse_note(text, "status/28/x.md")[0]
