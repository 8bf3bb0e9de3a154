"""Saved views on disk: read with their problems as values, checked, and written without losing a comment."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from fazhi_tui.domain.columns import BY_NAME
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.saved_view import SavedView, Shape, ViewRegister
from fazhi_tui.records.check.run import check
from fazhi_tui.records.check.saved_views import read_views
from fazhi_tui.records.loader import load
from fazhi_tui.records.schema import schemas
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.plan.saved_views import with_view, without_view

PATH = "plan/views.yaml"
GOOD = """\
# yaml-language-server: $schema=schema/views.schema.json
视图:
  # 例会上先看这个
  - 名称: 红灯
    键: r
    筛选: 灯:红
    排序: 时限 倒序
    列:
      - 编号
      - 标题
    说明: 示例

  - 名称: 看板
    形式: 看板
"""


def read(tracker: Path, text: str) -> tuple[tuple[SavedView, ...], list[Problem]]:
    (tracker / PATH).write_text(text, encoding="utf-8")
    found = load(tracker)
    assert found.broken == {}
    return found.views, [one for one in check(found) if one.path == PATH]


def test_no_file_is_no_views_and_no_problem(tracker: Path) -> None:
    found = load(tracker)
    assert found.views == ()
    assert check(found) == ()


def test_views_are_read_in_their_order(tracker: Path) -> None:
    views, problems = read(tracker, GOOD)
    assert problems == []
    assert views == (
        SavedView("红灯", "r", "灯:红", Shape.LIST, "时限 倒序", ("编号", "标题"), "示例"),
        SavedView("看板", shape=Shape.BOARD),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "words"),
    [
        ("名称: 看板", "名称: 红灯", 13, "duplicate-view", "重复"),
        ("形式: 看板", "键: r", 14, "duplicate-view-key", "红灯"),
        ("灯:红", "颜色:红", 6, "bad-query", "没有叫「颜色」的字段"),
        ("灯:红", "状态:在办", 6, "bad-query", "状态有"),
        ("- 标题", "- 题目", 10, "unknown-column", "标题"),
        ("时限 倒序", "期限", 7, "unknown-column", "是不是“时限”？"),
        ("时限 倒序", "时限 从大到小", 7, "bad-form", "排序"),
        ("形式: 看板", "形式: 图", 14, "not-allowed", "时间线"),
        ("键: r", "键: red", 5, "bad-form", "一个字符"),
        ("名称: 看板", "名称: ''", 13, "bad-form", "名称"),
        ("筛选: 灯", "筛选条件: 灯", 6, "unknown-key", "是不是“筛选”？"),
    ],
)
def test_what_is_wrong_is_told_at_its_line_and_hides_no_other_view(
    tracker: Path, old: str, new: str, line: int, code: str, words: str
) -> None:
    assert old in GOOD
    views, problems = read(tracker, GOOD.replace(old, new, 1))
    assert [(one.line, one.code) for one in problems] == [(line, code)]
    assert words in problems[0].message + problems[0].hint
    assert views


def test_a_broken_file_is_a_problem_and_hides_no_measure(tracker: Path) -> None:
    views, problems = read(tracker, "视图: [\n")
    assert views == ()
    assert problems
    assert len(load(tracker).measures) == 2


def test_lines_are_right_behind_a_view_that_could_not_be_read(tracker: Path) -> None:
    text = "视图:\n  - 说明: 没有名称\n  - 名称: 甲\n    筛选: 坏:甲\n"
    _, problems = read(tracker, text)
    assert [(one.line, one.code) for one in problems] == [(2, "missing-key"), (4, "bad-query")]


def test_a_unit_that_only_measures_name_may_be_asked_for(tracker: Path) -> None:
    path = tracker / "plan/01.yaml"
    path.write_text(path.read_text("utf-8").replace("市司法局", "市示例局", 1), encoding="utf-8")
    _, problems = read(tracker, "视图:\n  - 名称: 甲\n    筛选: 牵头:市示例局\n")
    assert problems == []


def test_a_citys_own_names_of_lights_are_understood(tracker: Path) -> None:
    path = tracker / "plan/plan.yaml"
    path.write_text(
        path.read_text("utf-8").replace("设置:", "设置:\n  灯名: {红: 警示}", 1), encoding="utf-8"
    )
    _, problems = read(tracker, "视图:\n  - 名称: 甲\n    筛选: 灯:警示\n")
    assert problems == []


def test_the_schema_takes_the_example_and_refuses_what_the_reader_does() -> None:
    from ruamel.yaml import YAML

    schema = Draft202012Validator(schemas()["views"])
    assert list(schema.iter_errors(YAML(typ="safe").load(GOOD))) == []
    for old, new in (("键: r", "键: red"), ("形式: 看板", "形式: 图"), ("名称: 看板", "说明: 甲")):
        assert list(schema.iter_errors(YAML(typ="safe").load(GOOD.replace(old, new, 1))))


# ------------------------------------------------------------------ writing


def test_a_new_view_is_added_and_comments_stay() -> None:
    text = with_view(GOOD, SavedView("逾期", "q", "到期:逾期"))
    assert text == GOOD + "  - 名称: 逾期\n    键: q\n    筛选: 到期:逾期\n"


def test_a_view_of_the_same_name_is_replaced_where_it_stands() -> None:
    text = with_view(GOOD, SavedView("红灯", None, "灯:红,黄"))
    assert "# 例会上先看这个" in text
    assert "灯:红,黄" in text
    assert "键: r" not in text
    assert "时限 倒序" not in text
    assert [view.name for view in read_views(text.encode(), PATH)[0]] == ["红灯", "看板"]


def test_a_view_is_taken_out_and_the_others_stay_to_the_character() -> None:
    text = without_view(GOOD, "看板")
    assert GOOD.startswith(text.rstrip("\n"))
    assert "红灯" in text


def test_the_first_view_makes_the_file_with_its_schema() -> None:
    text = with_view("", SavedView("甲", "1", "-状态:已完成"))
    assert text.startswith("# yaml-language-server: $schema=schema/views.schema.json\n视图:\n")
    assert read_views(text.encode(), PATH) == ((SavedView("甲", "1", "-状态:已完成"),), ())


NAMES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufeff\u0085"),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip() and text)
VIEWS = st.builds(
    SavedView,
    name=NAMES,
    key=st.none() | st.sampled_from("ry1#-:'"),
    query=st.text(
        st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff\u2028\u2029"),
        max_size=20,
    ),
    shape=st.sampled_from(Shape),
    order=st.none() | st.sampled_from(list(BY_NAME)).map(lambda name: f"{name} 倒序"),
    columns=st.lists(st.sampled_from(list(BY_NAME)), max_size=3).map(tuple),
    about=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\ufeff"), max_size=20),
)


@given(first=VIEWS, second=VIEWS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back(first: SavedView, second: SavedView) -> None:
    text = with_view(dump(ViewRegister((first,))), second)
    views, problems = read_views(text.encode(), PATH)
    assert problems == ()
    assert views[-1] == second
