"""Measures added, split, merged and withdrawn while the plan runs: one commit each, nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.records.loader import load
from fazhi_tui.service.check import check_tracker
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.amend import Amendment, prepare_amendment
from fazhi_tui.service.plan.structure import (
    Moves,
    prepare_addition,
    prepare_merge,
    prepare_split,
    prepare_withdrawal,
)
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import as_of
from fazhi_tui.service.writer import Writer
from tests.conftest import TODAY, git
from tests.service.plan.test_dated_amendments import is_sound, measure

DAY = date(2023, 5, 1)
ADDED = """\
编号: "54"
标题: 示例：推进综合行政执法规范化
章: 二、主要任务和具体措施
节: （九）推动法治政府建设率先突破
牵头单位:
  - 市司法局
事项:
  - 编号: "54.1"
    内容: 示例：开展一次执法评查
    周期: 每年
    数量: 1
    计量单位: 次
    原文: 示例：每年开展一次执法评查
正文: |
  示例：每年开展一次执法评查。
"""


@pytest.fixture
def reader(real_tracker: Path) -> Reader:
    return Reader(real_tracker, TODAY)


def commit(reader: Reader, action: Action) -> None:
    before = git(reader.root, "rev-list", "--count", "HEAD")
    Writer(reader).commit(action)
    assert int(git(reader.root, "rev-list", "--count", "HEAD")) == int(before) + 1
    is_sound(reader.root)
    assert check_tracker(reader.root) == ()


def numbers(reader: Reader, day: date) -> set[str]:
    return {row.measure.id for row in as_of(load(reader.root), day).rows}


def test_a_measure_is_added_and_owes_nothing_before(reader: Reader) -> None:
    commit(reader, prepare_addition(reader, ADDED, "示例：中期调整", DAY))
    assert measure(reader.root, "54").added == DAY
    assert "54" in numbers(reader, DAY)
    assert "54" not in numbers(reader, date(2023, 4, 30))


def test_a_new_file_in_the_work_tree_is_added_by_amend(reader: Reader) -> None:
    (reader.root / "plan/54.yaml").write_text(ADDED, "utf-8")
    commit(reader, prepare_amendment(reader, "54", Amendment("示例：中期调整新增")))
    assert measure(reader.root, "54").added == TODAY


def test_the_number_may_be_left_to_the_command(reader: Reader) -> None:
    text = ADDED.split("\n", 1)[1]
    commit(reader, prepare_addition(reader, text, "示例", DAY, number="54"))
    assert measure(reader.root, "54").title == "示例：推进综合行政执法规范化"


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        (ADDED.replace('"54', '"28'), {}, "已经有这一条"),
        (ADDED, {"number": "55"}, "不是 55"),
        (ADDED.replace('"54', '"60'), {}, "编号 54"),
        (ADDED.replace("市司法局", "市火星局"), {}, "市火星局"),
        (ADDED.replace("（九）推动", "（九）"), {}, "这一节"),
        (ADDED + "增设: 2023-01-01\n", {"since": DAY}, "去掉|增设"),
        ("编号: [", {}, "错误"),
    ],
)
def test_an_addition_that_cannot_be_is_refused(
    reader: Reader, text: str, more: dict[str, object], said: str
) -> None:
    with pytest.raises(FazhiError, match=said):
        prepare_addition(reader, text, "示例", **more)  # type: ignore[arg-type]
    assert git(reader.root, "status", "--porcelain") == ""


def test_a_number_that_was_used_once_is_never_used_again(reader: Reader) -> None:
    commit(reader, prepare_addition(reader, ADDED, "示例", DAY))
    git(reader.root, "revert", "--no-edit", "HEAD")
    with pytest.raises(FazhiError, match="以前有过"):
        prepare_addition(reader, ADDED, "示例", DAY)


def test_a_measure_is_split_and_the_items_go_along(reader: Reader) -> None:
    parent = measure(reader.root, "43")
    action = prepare_split(reader, "43", ["43", "54"], "示例：分工", DAY, moves=[Moves("", ("43.1",))])
    commit(reader, action)
    child, now = measure(reader.root, "54"), measure(reader.root, "43")
    assert (child.origins, child.added, child.text) == (("43",), DAY, parent.text)
    assert (child.chapter, child.section, child.leads) == (parent.chapter, parent.section, parent.leads)
    (item,) = child.items
    assert (item.id, item.origin, item.since) == ("54.1", "43.1", DAY)
    assert now.items[0].until == date(2023, 4, 30)
    assert now.withdrawn is None


def test_a_measure_is_split_into_several_and_ends(reader: Reader) -> None:
    moves = [Moves("55", ("43.1",))]
    commit(reader, prepare_split(reader, "43", ["54", "55"], "示例", DAY, moves=moves))
    assert measure(reader.root, "43").withdrawn == DAY
    assert [measure(reader.root, number).origins for number in ("54", "55")] == [("43",), ("43",)]
    assert measure(reader.root, "54").items == ()
    assert measure(reader.root, "55").items[0].id == "55.1"
    assert {"54", "55"} < numbers(reader, DAY)
    assert "43" in numbers(reader, date(2023, 4, 30))
    assert "43" not in numbers(reader, DAY)


def test_the_child_is_looked_over_in_the_editor(reader: Reader) -> None:
    def edit(number: str, text: str) -> str:
        assert number == "54"
        return text.replace("标题: ", "标题: 示例：")

    commit(reader, prepare_split(reader, "43", ["43", "54"], "示例", DAY, editing=edit))
    assert (measure(reader.root, "54").title or "").startswith("示例：")


def test_measures_are_merged_and_numbers_stay(reader: Reader) -> None:
    commit(reader, prepare_addition(reader, ADDED, "示例", DAY))
    day = date(2023, 6, 1)
    commit(reader, prepare_merge(reader, ["30", "54"], "30", "示例", day, moves=[Moves("", ("54.1",))]))
    target: Measure = measure(reader.root, "30")
    assert target.origins == ("54",)
    assert [(item.id, item.origin, item.since) for item in target.items] == [("30.1", "54.1", day)]
    assert measure(reader.root, "54").withdrawn == day
    with pytest.raises(FazhiError, match="用过的编号不再用"):
        prepare_addition(reader, ADDED, "示例", day)


def test_measures_are_merged_into_a_new_one(reader: Reader) -> None:
    commit(reader, prepare_merge(reader, ["30", "31"], "54", "示例", DAY))
    found = measure(reader.root, "54")
    assert found.origins == ("30", "31")
    assert measure(reader.root, "31").text in found.text
    assert set(measure(reader.root, "31").leads) <= set(found.leads)


def test_a_measure_is_withdrawn(reader: Reader) -> None:
    action = prepare_withdrawal(reader, "25", "示例", date(2022, 12, 1))
    assert any("其后补录（2 期）" in said for said in action.warnings)
    commit(reader, action)
    assert "25" not in numbers(reader, TODAY)
    assert "25" in numbers(reader, date(2022, 11, 30))
    with pytest.raises(FazhiError, match="已经废止"):
        prepare_withdrawal(reader, "25", "示例")


@pytest.mark.parametrize(
    ("into", "moves", "said"),
    [
        (["43"], [], "没有写分成哪几条"),
        (["43", "28"], [], "已经有这一条"),
        (["43", "x"], [], "不是措施编号"),
        (["43", "54"], [Moves("", ("43.9",))], "没有事项 43.9"),
        (["43", "54", "55"], [Moves("", ("43.1",))], "没有写明事项移到哪一条"),
        (["43", "54"], [Moves("54", ("43.1", "43.1"))], "写了两次"),
    ],
)
def test_a_split_that_cannot_be_is_refused(
    reader: Reader, into: list[str], moves: list[Moves], said: str
) -> None:
    with pytest.raises(FazhiError, match=said):
        prepare_split(reader, "43", into, "示例", DAY, moves=moves)
