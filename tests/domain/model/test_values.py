"""What the values of the model say of themselves, and how their fields lie on disk."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest

from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, QueryError, RepositoryError, UsageError
from fazhi_tui.domain.model.keyed import keyed, line_number
from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.measure import Item, Measure, Role
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.repository import Identity


def test_a_field_under_a_key_without_a_default_is_required() -> None:
    found = keyed("编号", "措施编号。")
    assert found.default is dataclasses.MISSING
    assert found.kw_only is False
    assert dict(found.metadata) == {
        "key": "编号", "doc": "措施编号。", "block": False, "bare": False, "explicit": False, "schema": {},
    }  # fmt: skip


def test_a_field_keeps_all_that_is_said_of_it() -> None:
    found = keyed("正文", "正文。", default="", block=True, kw_only=True, bare=True, minLength=1)
    assert (found.default, found.kw_only) == ("", True)
    assert dict(found.metadata) == {
        "key": "正文", "doc": "正文。", "block": True, "bare": True, "explicit": False,
        "schema": {"minLength": 1},
    }  # fmt: skip


def test_a_field_for_the_line_on_which_something_stands() -> None:
    own, of_key = line_number(), line_number("截止")
    assert (own.default, own.kw_only, dict(own.metadata)) == (dataclasses.MISSING, False, {"line_of": ""})
    assert (of_key.default, of_key.kw_only, dict(of_key.metadata)) == (0, True, {"line_of": "截止"})


@pytest.mark.parametrize(
    ("kind", "code"),
    [(FazhiError, 3), (RepositoryError, 3), (UsageError, 2), (QueryError, 2), (NotAllowedError, 1)],
)
def test_an_error_has_a_message_a_hint_and_an_exit_code(kind: type[FazhiError], code: int) -> None:
    error = kind("不行", "那样写")
    assert (error.message, error.hint, str(error), error.exit_code) == ("不行", "那样写", "不行", code)
    assert kind("不行").hint == ""


def test_a_mistake_in_a_query_has_its_place() -> None:
    error = QueryError("不行", "那样写", start=3, end=5)
    assert (error.start, error.end) == (3, 5)
    assert (QueryError("不行").start, QueryError("不行").end) == (0, 0)


def test_lights_have_the_citys_names() -> None:
    names = LightNames(red="甲", yellow="乙", green="丙", unreported="丁")
    assert [names.of(light) for light in (Light.RED, Light.YELLOW, Light.GREEN, Light.UNREPORTED)] == [
        "甲", "乙", "丙", "丁",
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "stem"), [("1", "01"), ("28", "28"), ("100", "100"), ("2-3", "2-3")])
def test_the_name_of_a_measures_file(number: str, stem: str) -> None:
    assert Measure(number).stem == stem


def test_a_title_that_the_source_lost_is_told() -> None:
    assert Measure("1").display_title == "（标题缺失）"
    assert Measure("1", "甲").display_title == "甲"


def test_the_text_is_read_without_the_files_line_breaks() -> None:
    assert Measure("1", text="一句。\n二句。\n").joined_text == "一句。二句。"


def test_units_by_role_or_all_of_them_once() -> None:
    measure = Measure("1", leads=("甲", "乙"), participants=("丙", "甲"), responsible=("丁",))
    assert measure.units() == ("甲", "乙", "丙", "丁")
    assert measure.units(Role.LEAD) == ("甲", "乙")
    assert measure.units(Role.PARTICIPANT) == ("丙", "甲")
    assert measure.units(Role.RESPONSIBLE) == ("丁",)


def note(**facts: Any) -> Note:
    return Note("28", unit="市司法局", author="示例", time=datetime(2022, 1, 1, tzinfo=UTC), **facts)


def test_a_note_is_known_by_its_files_name() -> None:
    assert note(path="status/28/20221220T153000-sfj-3f9a.md").id == "20221220T153000-sfj-3f9a"
    assert note(path="a.md").id == "a"
    assert note().id == ""


def test_the_first_line_that_says_something() -> None:
    assert note(body="\n  \n  甲 \n乙\n").first_line == "甲"
    assert note(body=" \n").first_line == ""


@pytest.mark.parametrize(
    ("line", "column", "place"),
    [(0, 0, "a.yaml"), (0, 3, "a.yaml"), (3, 0, "a.yaml:3"), (3, 1, "a.yaml:3:1")],
)
def test_the_place_of_a_problem_as_compilers_write_it(line: int, column: int, place: str) -> None:
    assert Problem("a.yaml", line, column, "x", "不行").place == place


def test_a_problem_of_a_whole_file() -> None:
    found = Problem.of_file("a.yaml", "bad", "不行", "那样写", Severity.WARNING)
    assert found == Problem("a.yaml", 0, 0, "bad", "不行", "那样写", Severity.WARNING)
    assert Problem.of_file("", "bad", "不行", "") == Problem("", 0, 0, "bad", "不行")


def test_an_author_as_git_writes_it() -> None:
    assert Identity("市司法局", "示例", "a@example.org").author == "示例 <a@example.org>"


def test_items_need_no_more_than_number_and_content() -> None:
    item = Item("28.1", "示例")
    assert (item.due, item.period, item.quantity, item.measure_word, item.source) == (
        None,
        None,
        None,
        None,
        "",
    )
