"""``fazhi check`` on dates: two values for one day, ends before beginnings, who is not there any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

LEAD = "牵头单位:\n  - 市司法局\n"
ITEM = "    截止: 2022-12-31\n"
SETTINGS = "设置:\n  统筹单位: 市委依法治市办\n"
FIRST_UNIT = "  - 名称: 市委编办\n    拼音: shi wei bian ban\n"
JUSTICE = "  - 名称: 市司法局\n"
PERSON = "    联络员:\n      - 姓名: 示例\n        邮箱: a@example.org\n"
CONTACT = f"{PERSON}        自: 2023-01-01\n        至: 2022-01-01\n"
ERROR, WARNING = "错误", "提醒"


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(root: Path, path: str, words: str, place: int) -> int:
    """The line of the last (-1) or another line that holds the words."""
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    return [at for at, line in enumerate(lines, 1) if words in line][place]


def found(fazhi: Run, code: str) -> list[tuple[str, int, str, str]]:
    problems = [one for one in fazhi("check", "--json").json if one["代码"] == code]
    assert all(one["办法"] for one in problems)
    return [(one["文件"], one["行"], one["级别"], one["问题"]) for one in problems]


def history(indent: int, *entries: str) -> str:
    """沿革 with its entries, in lines that are parted by a slash."""
    room = " " * indent
    lines = [f"{room}沿革:\n"]
    for entry in entries:
        first, *rest = entry.split("/")
        lines += [f"{room}  - {first}\n", *(f"{room}    {line}\n" for line in rest)]
    return "".join(lines)


OFFICE_THEN = "至: 2022-06-30/牵头单位: [市委编办]"
#: A file, its text, the 沿革 that is put behind it, words of the line that is told, and what is said.
TWICE = [
    ("plan/28.yaml", LEAD, history(0, OFFICE_THEN, OFFICE_THEN), "[市委编办]", "“牵头单位”到 2022-06-30"),
    (
        "plan/28.yaml",
        LEAD,
        history(
            0,
            "至: 2022-06-30/责任单位: []/参加单位: []",
            "至: 2022-01-31/参加单位: []",
            "至: 2022-06-30/参加单位: []/责任单位: [市委编办]",
        ),
        "    参加单位: []",
        "“参加单位、责任单位”",
    ),
    (
        "plan/28.yaml",
        ITEM,
        history(4, "至: 2022-06-30/截止: 2022-09-30", "至: 2022-06-30/截止: 2022-10-31"),
        "截止: 2022-10-31",
        "“截止”到 2022-06-30 为止",
    ),
    (
        "plan/plan.yaml",
        SETTINGS,
        history(2, "至: 2023-12-31/预警天数: 20", "至: 2023-12-31/预警天数: 15"),
        "预警天数: 15",
        "“预警天数”到 2023-12-31 为止",
    ),
    (
        "plan/units.yaml",
        FIRST_UNIT,
        history(
            4,
            "至: 2022-12-31/名称: 市编办/拼音: shi bian ban",
            "至: 2022-12-31/名称: 市编制办/拼音: shi bian zhi ban",
        ),
        "名称: 市编制办",
        "“名称、拼音”到 2022-12-31 为止",
    ),
]


@pytest.mark.parametrize(("path", "old", "more", "line", "words"), TWICE)
def test_two_values_of_a_key_for_one_day_are_an_error(
    tracker: Path, fazhi: Run, path: str, old: str, more: str, line: str, words: str
) -> None:
    change(tracker, path, old, old + more)
    ((where, at, severity, message),) = found(fazhi, "history-twice")
    assert (where, severity) == (path, ERROR)
    assert at == line_of(tracker, path, line, -1)
    assert words in message
    assert fazhi("check").code == 1


def test_two_entries_of_one_day_with_different_keys_are_none(tracker: Path, fazhi: Run) -> None:
    more = history(0, OFFICE_THEN, "至: 2022-06-30/责任单位: []")
    change(tracker, "plan/28.yaml", LEAD, LEAD + more)
    assert found(fazhi, "history-twice") == []


@pytest.mark.parametrize(
    ("path", "old", "more", "line"),
    [
        ("plan/28.yaml", LEAD, history(0, "至: 2022-06-30/牵头单位: [无此局]"), "[无此局]"),
        ("plan/28.yaml", LEAD, history(0, "至: 2022-06-30/责任单位:/  - 无此局"), "- 无此局"),
        ("plan/plan.yaml", SETTINGS, history(2, "至: 2022-06-30/统筹单位: 无此局"), "无此局"),
        ("plan/units.yaml", FIRST_UNIT, history(4, "至: 2022-06-30/成员: [无此局]"), "无此局"),
    ],
)
def test_a_unit_of_the_past_has_to_be_in_the_register(
    tracker: Path, fazhi: Run, path: str, old: str, more: str, line: str
) -> None:
    change(tracker, path, old, old + more)
    ((where, at, severity, message),) = found(fazhi, "unknown-unit")
    assert (where, at, severity) == (path, line_of(tracker, path, line, 0), ERROR)
    assert "无此局" in message


def test_a_unit_of_the_past_may_bear_a_name_of_the_past(tracker: Path, fazhi: Run) -> None:
    more = history(4, "至: 2022-12-31/名称: 市编办/拼音: shi bian ban")
    change(tracker, "plan/units.yaml", FIRST_UNIT, FIRST_UNIT + more)
    change(tracker, "plan/28.yaml", LEAD, LEAD + history(0, "至: 2022-06-30/牵头单位: [市编办]"))
    assert found(fazhi, "unknown-unit") == found(fazhi, "unit-spelling") == []


@pytest.mark.parametrize(
    ("path", "old", "more", "line", "code"),
    [
        ("plan/28.yaml", LEAD, "增设: 2023-01-01\n废止: 2022-06-30\n", "废止:", "withdrawn-early"),
        ("plan/28.yaml", LEAD, "废止: 2023-01-01\n增设: 2023-01-01\n", "废止:", "withdrawn-early"),
        ("plan/28.yaml", ITEM, "    自: 2022-06-01\n    至: 2022-05-31\n", "    至:", "item-days"),
        ("plan/28.yaml", ITEM, "    至: 2021-05-31\n    自: 2022-06-01\n", "    至:", "item-days"),
        (
            "plan/units.yaml",
            FIRST_UNIT,
            "    设立: 2022-06-01\n    撤销: 2022-05-31\n",
            "撤销:",
            "abolished-early",
        ),
        (
            "plan/units.yaml",
            FIRST_UNIT,
            CONTACT,
            "至: 2022-01-01",
            "contact-days",
        ),
    ],
)
def test_nothing_ends_before_it_begins(
    tracker: Path, fazhi: Run, path: str, old: str, more: str, line: str, code: str
) -> None:
    change(tracker, path, old, old + more)
    ((where, at, severity, _),) = found(fazhi, code)
    assert (where, at, severity) == (path, line_of(tracker, path, line, 0), ERROR)


def test_what_begins_and_ends_in_order_is_no_fault(tracker: Path, fazhi: Run) -> None:
    change(tracker, "plan/28.yaml", LEAD, LEAD + "增设: 2023-01-01\n废止: 2023-01-02\n")
    change(tracker, "plan/28.yaml", ITEM, ITEM + "    自: 2022-06-01\n    至: 2022-06-01\n")
    assert found(fazhi, "withdrawn-early") == found(fazhi, "item-days") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        (LEAD, LEAD + '来自: ["99"]\n', "来自:", "unknown-origin"),
        (LEAD, LEAD + '来自:\n  - "27"\n  - "28-1"\n', '  - "28-1"', "unknown-origin"),
        (LEAD, LEAD + '来自: ["28"]\n', "来自:", "own-origin"),
        (ITEM, ITEM + '    来自: "99.1"\n', '来自: "99.1"', "unknown-origin"),
    ],
)
def test_what_a_measure_came_from_is_a_measure(
    tracker: Path, fazhi: Run, old: str, new: str, line: str, code: str
) -> None:
    change(tracker, "plan/28.yaml", old, new)
    ((where, at, severity, _),) = found(fazhi, code)
    assert (where, at, severity) == ("plan/28.yaml", line_of(tracker, "plan/28.yaml", line, 0), ERROR)


def test_a_measure_may_come_from_one_that_is_there_or_cannot_be_read(tracker: Path, fazhi: Run) -> None:
    change(tracker, "plan/28.yaml", LEAD, LEAD + '来自: ["27", "29"]\n')
    change(tracker, "plan/28.yaml", ITEM, ITEM + '    来自: "27.1"\n')
    (tracker / "plan" / "29.yaml").write_text('编号: "29"\n标题 坏\n', encoding="utf-8")
    assert found(fazhi, "unknown-origin") == []


def file_note(root: Path, when: str) -> None:
    name = when.replace("-", "").replace(":", "")[:15]
    path = root / "status" / "28" / f"{name}-sfj-ab12.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = ['措施: "28"', "单位: 市司法局", "填报人: 示例 <example@example.org>", f"时间: {when}+08:00"]
    path.write_text("\n".join(["---", *head, "---", "示例。", ""]), encoding="utf-8")


@pytest.mark.parametrize(
    ("dates", "when", "code"),
    [
        ("增设: 2023-01-01\n", "2022-12-31T23:00:00", "note-before-added"),
        ("增设: 2023-01-01\n", "2022-01-05T10:00:00", "note-before-added"),
        ("增设: 2023-01-01\n", "2023-01-01T00:10:00", ""),
        ("废止: 2023-01-01\n", "2023-01-01T00:10:00", "note-after-withdrawn"),
        ("废止: 2023-01-01\n", "2023-05-01T10:00:00", "note-after-withdrawn"),
        ("废止: 2023-01-01\n", "2022-12-31T23:00:00", ""),
    ],
)
def test_a_note_of_a_day_without_the_measure_is_a_reminder(
    tracker: Path, fazhi: Run, dates: str, when: str, code: str
) -> None:
    change(tracker, "plan/28.yaml", LEAD, LEAD + dates)
    file_note(tracker, when)
    told = [one for kind in ("note-before-added", "note-after-withdrawn") for one in found(fazhi, kind)]
    if not code:
        assert told == []
        return
    ((path, line, severity, message),) = told
    assert path.startswith("status/28/")
    assert (line, severity) == (5, WARNING)
    assert "2023-01-01" in message
    assert found(fazhi, code) == told
    assert fazhi("check").code == 0


def test_who_is_abolished_leads_nothing_open_without_a_successor(tracker: Path, fazhi: Run) -> None:
    led = fazhi("list", "lead:市委编办", "--json").json
    assert led
    change(tracker, "plan/units.yaml", FIRST_UNIT, FIRST_UNIT + "    撤销: 2023-01-01\n")
    told = found(fazhi, "unit-abolished")
    assert {severity for _, _, severity, _ in told} == {ERROR}
    assert any("“市委编办”2023-01-01 已撤销，牵头单位还有它" in message for *_, message in told)
    change(
        tracker, "plan/units.yaml", "    撤销: 2023-01-01\n", "    撤销: 2023-01-01\n    承接: [市委组织部]\n"
    )
    assert {severity for _, _, severity, _ in found(fazhi, "unit-abolished")} == {WARNING}


def test_a_successor_that_is_gone_too_is_none(tracker: Path, fazhi: Run) -> None:
    heir = "  - 名称: 市政府办公室\n"
    change(
        tracker,
        "plan/units.yaml",
        FIRST_UNIT,
        FIRST_UNIT + "    撤销: 2023-01-01\n    承接: [市政府办公室]\n",
    )
    change(tracker, "plan/units.yaml", heir, heir + "    撤销: 2023-06-01\n")
    told = [message for *_, message in found(fazhi, "unit-abolished")]
    assert any("“市政府办公室”（承接“市委编办”）2023-06-01 已撤销" in message for message in told)


def test_what_ended_before_its_unit_did_is_nobodys(tracker: Path, fazhi: Run) -> None:
    change(tracker, "plan/units.yaml", JUSTICE, JUSTICE + "    撤销: 2023-01-01\n")
    assert any(path == "plan/28.yaml" for path, *_ in found(fazhi, "unit-abolished"))
    change(tracker, "plan/28.yaml", LEAD, LEAD + "废止: 2023-01-01\n")
    assert not any(path == "plan/28.yaml" for path, *_ in found(fazhi, "unit-abolished"))
