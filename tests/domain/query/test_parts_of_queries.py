"""The parts of the language each by itself: words, fields, pieces, counts, prepared rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.measure import Role
from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.query.candidates import LIMIT, meant_by
from fazhi_tui.domain.query.completion import Suggestion, complete
from fazhi_tui.domain.query.completion_source import YEAR_LIMIT, CompletionSource
from fazhi_tui.domain.query.facet_counts import FilterResult, count_values
from fazhi_tui.domain.query.fields import (
    FIELDS,
    beginning_with,
    choices,
    fields_beginning_with,
    is_none,
    nearest_field,
)
from fazhi_tui.domain.query.language import Query, parse, values_of, with_term, without_field, words_of
from fazhi_tui.domain.query.prepared_row import prepare
from fazhi_tui.domain.query.syntax import Piece, Value, quote, scan, sign_end, value_at
from fazhi_tui.domain.query.values import Context, choices_meant
from fazhi_tui.domain.unit_index import UnitIndex
from tests.domain.fresh import fresh
from tests.domain.rows import row

from .by_hand import PLAN, READINGS, ROWS, TODAY, UNITS, context, source

ALL_FIELDS = "字段有：牵头、参加、责任、单位、状态、截止、到期、灯、节、章、编号、更新、类型"


# ------------------------------------------------------------------ words of the language


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        ("status", "推进中", "推进中"),
        ("status", "in-progress", "推进中"),
        ("status", "in_progress", "推进中"),
        ("status", "InProgress", "推进中"),
        ("status", "pending-review", "待审核"),
        ("status", "tuijinzhong", "推进中"),
        ("status", "tjz", "推进中"),
        ("status", "tj", "推进中"),
        ("status", "t", ""),
        ("status", "tui", "推进中"),
        ("status", "tuijin", "推进中"),
        ("status", "tuij", ""),
        ("status", "yi", "已完成 已中止"),
        ("status", "已", "已完成 已中止"),
        ("status", "中", "推进中 已中止"),
        ("status", "y", ""),
        ("status", "ch", ""),
        ("status", "cq", "长期坚持"),
        ("status", "cqj", "长期坚持"),
        ("light", "红灯", "红"),
        ("light", "红色", "红"),
        ("light", "r", "红"),
        ("light", "RED", "红"),
        ("light", "h", ""),
        ("light", "lv", "绿"),
        ("light", "l", ""),
        ("light", "wb", "未报"),
        ("light", "报", "未报"),
        ("kind", "办", "申请办结 办结 催办"),
        ("kind", "办结", "办结"),
        ("kind", "bj", "办结"),
        ("kind", "sq", "申请办结 申请延期"),
        ("kind", "sqy", "申请延期"),
        ("kind", "shenqing", "申请办结 申请延期"),
        ("kind", "通报", ""),
    ],
)
def test_the_words_that_a_value_means(kind: str, typed: str, found: str) -> None:
    assert choices(kind, typed) == set(found.split())


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        ("status", "", "未启动 推进中 长期坚持 待审核 已完成 已中止"),
        ("status", "中", "推进中 已中止"),
        ("status", "in_p", "推进中"),
        ("status", "tuij", "推进中"),
        ("status", "y", "已完成 已中止"),
        ("status", "p", "待审核"),
        ("kind", "办", "办结 申请办结 催办"),
        ("kind", "申", "申请办结 申请延期"),
        ("light", "y", "黄"),
        ("light", "绿灯", "绿"),
        ("light", "x", ""),
    ],
)
def test_the_words_that_are_left_while_one_is_typed(kind: str, typed: str, found: str) -> None:
    assert " ".join(beginning_with(kind, typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "lead part resp unit status due next light section chapter id updated kind"),
        ("牵头", "lead"),
        ("牵", "lead"),
        ("qt", "lead"),
        ("q", "lead"),
        ("qian", "lead"),
        ("s", "status section"),
        ("单", "unit"),
        ("z", "chapter resp status"),
        ("j", "section due"),
        ("deng", "light"),
        ("d", "light due unit next"),
        ("牵头单", "lead"),
        ("截止日期", "due"),
        ("x", ""),
    ],
)
def test_the_fields_that_are_left_while_a_name_is_typed(typed: str, found: str) -> None:
    assert " ".join(field.key for field in fields_beginning_with(typed)) == found


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("led", "lead"),
        ("stauts", "status"),
        ("updatd", "updated"),
        ("状", "status"),
        ("截止日", "due"),
        ("单位名称", "unit"),
        ("类", "kind"),
        ("编", "id"),
        ("牵头人单位", "lead"),
        ("颜色", None),
        ("", None),
        (" ", None),
    ],
)
def test_the_field_that_is_nearest_to_a_name(name: str, nearest: str | None) -> None:
    found = nearest_field(name)
    assert (found and found.key) == nearest


def test_what_asks_for_what_is_lacking() -> None:
    assert [text for text in ("无", "none", "NONE", " 无", "没有", "n", "") if is_none(text)] == [
        "无", "none", "NONE", " 无",
    ]  # fmt: skip


def test_a_citys_own_name_of_a_light_comes_first() -> None:
    own = context(light_names=LightNames(red="警示", yellow="红"))
    assert choices_meant("light", "红", own) == {"黄"}
    assert choices_meant("light", "警 示", own) == {"红"}
    assert choices_meant("light", "hong", own) == {"红"}
    assert choices_meant("status", "推进中", own) == {"推进中"}


# ------------------------------------------------------------------ how it is written


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("市司法局", "市司法局"),
        ("", '""'),
        ("a b", '"a b"'),
        ("a,b", '"a,b"'),
        ("a:b", '"a:b"'),
        ("-a", '"-a"'),
        ("－a", '"－a"'),
        ("a-b", "a-b"),
        ('a"b', '"a\\"b"'),
        ("a”b", '"a\\”b"'),
        ("a\\b", "a\\b"),
        ("\\ b", '"\\\\ b"'),
        ("a<b", '"a<b"'),
        ("各县（市、区）政府", "各县（市、区）政府"),
        ("市、区", '"市、区"'),
    ],
)
def test_a_value_as_it_must_be_typed(text: str, quoted: str) -> None:
    assert quote(text) == quoted


def test_values_are_equal_wherever_they_stand() -> None:
    assert Value("a", False, 1, 2) == Value("a")
    assert Value("a", True) != Value("a")
    assert Value("a") != "a"
    assert len({Value("a"), Value("a", False, 3, 4), Value("a", True), Value("b")}) == 3
    assert len({hash(Value("a")), hash(Value("a", True)), hash(Value("b"))}) == 3
    assert (Value("a").quoted, Value("a").start, Value("a").end) == (False, 0, 0)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("  ", []),
        ("a", [(0, 1, 0, False, None, "", ["a"], False)]),
        (" a  b", [(1, 2, 1, False, None, "", ["a"], False), (4, 5, 4, False, None, "", ["b"], False)]),
        ("-a,b", [(0, 4, 1, True, None, "", ["a", "b"], False)]),
        ("-节:“a b”,c", [(0, 10, 1, True, "节", ":", ["a b", "c"], False)]),
        ("截止≤2022", [(0, 7, 0, False, "截止", "<=", ["2022"], False)]),
        ("截止：＞＝2022", [(0, 9, 0, False, "截止", ">=", ["2022"], False)]),
        ("状态=a", [(0, 4, 0, False, "状态", ":", ["a"], False)]),
        ("状态:=a", [(0, 5, 0, False, "状态", ":", ["a"], False)]),
        ("节:“a", [(0, 4, 0, False, "节", ":", [], True)]),
        ("节:b,“a", [(0, 6, 0, False, "节", ":", ["b"], True)]),
        ('"a\\"b" c', [(0, 6, 0, False, None, "", ['a"b'], False), (7, 8, 7, False, None, "", ["c"], False)]),
        ('"a\\nb"', [(0, 6, 0, False, None, "", ["a\\nb"], False)]),
        ("参加:各县（市、区）,b", [(0, 12, 0, False, "参加", ":", ["各县（市、区）", "b"], False)]),
    ],
)
def test_the_terms_of_a_text(text: str, terms: list[tuple[Any, ...]]) -> None:
    assert [
        (t.start, t.end, t.name_start, t.negated, t.name, t.sign, [v.text for v in t.values], t.unclosed)
        for t in scan(text)
    ] == terms


def test_where_values_stand() -> None:
    (term,) = scan('-节:ab,"c d",e')
    assert [(v.start, v.end, v.quoted) for v in term.values] == [
        (3, 5, False),
        (6, 11, True),
        (12, 13, False),
    ]


@pytest.mark.parametrize(
    ("text", "place", "end"), [("a:b", 1, 2), ("a<=b", 1, 3), ("a:<=b", 1, 4), ("ab", 1, 1), ("a：", 1, 2)]
)
def test_where_a_sign_ends(text: str, place: int, end: int) -> None:
    assert sign_end(text, place) == end


@pytest.mark.parametrize(
    ("text", "start", "cursor", "piece"),
    [
        ("abc", 0, 2, Piece(0, 3, "ab", True, False)),
        ("abc", 0, 3, Piece(0, 3, "abc", True, False)),
        ("abc", 1, 0, None),
        ("", 0, 0, Piece(0, 0, "", True, False)),
        ("a,b", 0, 1, Piece(0, 1, "a", True, False)),
        ("a,b", 0, 2, Piece(2, 3, "", False, False)),
        ("a,b", 0, 3, Piece(2, 3, "b", False, False)),
        ("a,", 0, 2, Piece(2, 2, "", False, False)),
        ("a、b，c", 0, 5, Piece(4, 5, "c", False, False)),
        ("a b", 0, 3, None),
        ("a b", 0, 1, Piece(0, 1, "a", True, False)),
        ("县（市、区）b", 0, 3, Piece(0, 7, "县（市", True, False)),
        ('"a b"', 0, 3, Piece(0, 5, "a ", True, True)),
        ('"a b"', 0, 5, Piece(0, 5, "a b", True, True)),
        ('"a\\"b",c', 0, 8, Piece(7, 8, "c", False, False)),
        ('"a\\"b",c', 0, 6, Piece(0, 6, 'a"b', True, True)),
        ('"ab c', 0, 2, Piece(0, 3, "a", True, True)),
        ('"ab c', 0, 4, Piece(0, 5, "ab ", True, True)),
        ('"ab"c d', 0, 2, Piece(0, 5, "a", True, True)),
        ('a,"b', 0, 1, Piece(0, 1, "a", True, False)),
        ('a,"b c', 0, 4, Piece(2, 4, "b", False, True)),
        ('x:"b', 2, 1, None),
        ('"b', 0, 0, Piece(0, 2, "", True, True)),
    ],
)
def test_the_value_under_the_cursor(text: str, start: int, cursor: int, piece: Piece | None) -> None:
    assert value_at(text, start, cursor) == piece


# ------------------------------------------------------------------ queries as values


def test_queries_that_ask_the_same_are_equal() -> None:
    ask = context()
    assert parse("牵头:sfj 灯:红", ask) == parse("lead：sfj  灯:红", ask)
    assert parse("牵头:sfj 灯:红", ask) != parse("灯:红 牵头:sfj", ask)
    assert parse("", ask) != ""
    assert parse("甲", ask) != parse("甲", ask).terms
    assert len({parse("甲", ask), parse("甲", ask), parse("乙", ask)}) == 2
    assert hash(parse("甲", ask)) != hash(parse("乙", ask))
    assert repr(parse("-灯:红,黄", ask)) == "<Query -灯:红,黄>"
    assert Query([]).select(list(ROWS)) == ROWS


def test_a_term_as_it_was_read() -> None:
    first, second = parse('-截止<2023 "a b",c', context()).terms
    assert (first.negated, first.field, first.sign, first.values) == (True, "due", "<", (Value("2023"),))
    assert (second.negated, second.field, second.sign) == (False, None, "")
    assert second.values == (Value("a b", True), Value("c"))
    assert (first.render(), second.render()) == ("-截止<2023", '"a b",c')


@pytest.mark.parametrize(
    ("text", "kept", "without"),
    [
        ("", "2 2-3 3 12 12-1", {}),
        ("牵头:sfj", "2 2-3", {"lead": "2 2-3 3 12 12-1"}),
        ("牵头:sfj 灯:红", "2", {"lead": "2", "light": "2 2-3"}),
        ("节:一,二 节:执法", "2-3", {"section": "2 2-3 3 12 12-1"}),
        ("节:执法 节:一,二 节:二", "2-3", {"section": "2 2-3 3 12 12-1"}),
        ("-牵头:sfj 状态:ywc", "12 12-1", {"status": "3 12 12-1"}),
        ("-牵头:sfj 状态:ywc 灯:未报", "12", {"status": "12", "light": "12 12-1"}),
        ("甲 灯:红,绿", "2", {"light": "2"}),
        ("sfj 灯:红,绿 状态:推进中,未启动 牵头:sfj", "2", {"light": "2 2-3", "status": "2", "lead": "2"}),
    ],
)
def test_what_a_query_keeps_and_would_without_a_field(text: str, kept: str, without: dict[str, str]) -> None:
    def numbers(rows: tuple[Row, ...]) -> str:
        return " ".join(found.measure.id for found in rows)

    ask = parse(text, context())
    for found in (ask.filter(ROWS), ask.filter(list(ROWS), [prepare(one) for one in ROWS])):
        assert numbers(found.rows) == kept
        assert {key: numbers(rows) for key, rows in found.without.items()} == without
        assert numbers(found.rows_without("牵头")) == without.get("lead", kept)
        assert numbers(found.rows_without("颜色")) == kept


def test_rows_without_a_field_that_nobody_knows() -> None:
    found = FilterResult(ROWS[:1], {"lead": ROWS[:2]})
    assert found.rows_without("牵头单位") == ROWS[:2]
    assert found.rows_without("灯") == found.rows_without("颜色") == ROWS[:1]


def test_values_are_counted_in_order_of_appearance() -> None:
    counts = count_values(ROWS, lambda one: one.measure.leads)
    assert list(counts.items()) == [("市司法局", 2), ("市公安局", 1)]


# ------------------------------------------------------------------ one field at a time


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", ()),
        ("牵头:sfj,市公安局 复议", ("sfj", "市公安局")),
        ("lead:sfj 牵头单位:gaj", ("sfj", "gaj")),
        ('牵头:"a b"', ("a b",)),
        ("-牵头:sfj 牵头<x 参加:y", ()),
        ("牵头:sfj,", ()),
        ("牵头", ()),
        ("x:y 牵头:sfj", ("sfj",)),
    ],
)
def test_the_values_that_a_query_asks_of_a_field(text: str, values: tuple[str, ...]) -> None:
    assert values_of(text, "牵头") == values_of(text, "lead") == values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("复议 应诉", ("复议", "应诉")),
        ("复议,应诉 复议", ("复议", "应诉")),
        ("-复议 牵头:sfj 应诉", ("应诉",)),
        ('"a b" c,', ("a b",)),
        ('"" a', ("a",)),
    ],
)
def test_the_words_that_a_query_looks_for(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize("ask", [values_of, without_field, lambda text, field: with_term(text, field, "x")])
def test_a_field_that_nobody_knows_is_told_with_those_there_are(ask: Any) -> None:
    with pytest.raises(UsageError) as raised:
        ask("复议", "颜色")
    assert (raised.value.message, raised.value.hint) == ("没有叫「颜色」的字段", ALL_FIELDS)


@pytest.mark.parametrize(
    ("text", "value", "changed"),
    [
        ("", "a", "牵头:a"),
        ("复议", ["a", "b c"], '复议 牵头:a,"b c"'),
        ("复议 ", "a", "复议 牵头:a"),
        ("牵头:x 复议 牵头:y", "a", "牵头:a 复议"),
        ("  牵头:x  复议", "a", "  牵头:a  复议"),
        ("复议 -牵头:x 牵头:y", "a", "复议 -牵头:x 牵头:a"),
        ("复议 “没收尾", "a", "牵头:a 复议 “没收尾"),
        ("“没收尾", "a", "牵头:a “没收尾"),
        ("“收尾” 复议", "a", "“收尾” 复议 牵头:a"),
        ("牵头:“没收尾", "a", "牵头:a"),
        ("牵头:x 复议", "", "复议"),
        ("牵头:x 复议", [], "复议"),
        ("牵头:x 复议", ["", ""], "复议"),
        ("复议", ["", "a"], '复议 牵头:"",a'),
    ],
)
def test_one_field_is_asked_for_a_value(text: str, value: str | list[str], changed: str) -> None:
    assert with_term(text, "牵头", value) == changed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("牵头:x", ""),
        ("  牵头:x  复议  体制 ", "复议  体制 "),
        ("牵头:x lead:y  复议", "复议"),
        ("复议  牵头:x  体制", "复议  体制"),
        ("复议 牵头:x,", "复议"),
        ("-牵头:x 牵头<y", "-牵头:x"),
    ],
)
def test_a_field_is_no_longer_asked_for(text: str, left: str) -> None:
    assert without_field(text, "lead") == left


# ------------------------------------------------------------------ prepared rows


def test_what_a_row_is_asked_by() -> None:
    index = UnitIndex(UNITS)
    made = prepare(ROWS[0])
    assert made is prepare(ROWS[0])
    assert made.text == "甲\n绿化正文\n市司法局\n市公安局\n示例\n市司法局\n示例\n市司法局"
    assert prepare(ROWS[2]).text == "\n\n市公安局"
    assert (made.number, made.numbers) == ((2,), {"2", "2.1", "2.2"})
    assert (made.kinds, made.updated) == ({"催办", "进展"}, date(2022, 12, 1))
    assert prepare(ROWS[2]).updated is None
    assert made.units(Role.LEAD, index) == {"市司法局"}
    assert made.units(None, index) == {"市司法局", "市公安局"}
    assert prepare(ROWS[1]).units(Role.RESPONSIBLE, index) == {"各局"}
    assert prepare(ROWS[1]).units(Role.RESPONSIBLE, index, True) == {"各局", "市公安局", "市教育局"}
    assert prepare(ROWS[1]).units(Role.RESPONSIBLE, index) == {"各局"}


def test_names_are_those_of_the_register_that_asks() -> None:
    asked = prepare(row(leads=("老司法",)))
    kept = row(leads=("老司法",))
    assert asked.units(Role.LEAD, UnitIndex(UNITS)) == {"市司法局"}
    assert asked.units(Role.LEAD, UnitIndex(())) == {"老司法"}
    assert prepare(kept).units(Role.LEAD, UnitIndex(())) == {"老司法"}


def test_names_are_looked_up_once_for_each_role() -> None:
    class Counting(UnitIndex):
        asked = 0

        def bodies(self, *words: Any, **facts: Any) -> tuple[str, ...]:
            Counting.asked += 1
            return super().bodies(*words, **facts)

    index, made = Counting(UNITS), prepare(row(leads=("市司法局",)))
    for _ in range(3):
        for role in (Role.LEAD, None):
            made.units(role, index)
            made.units(role, index, True)
    assert Counting.asked == 4


def test_what_is_made_beforehand_is_the_text_and_the_numbers() -> None:
    made = prepare(row())
    made.warm()
    assert {"text", "numbers"} <= set(vars(made))


def test_what_is_made_of_a_row_anew() -> None:
    prepare_anew = fresh("query.prepared_row").prepare
    made = prepare_anew(ROWS[0])
    assert made is prepare_anew(ROWS[0])
    assert made.text == "甲\n绿化正文\n市司法局\n市公安局\n示例\n市司法局\n示例\n市司法局"
    assert prepare_anew(ROWS[2]).text == "\n\n市公安局"


def test_a_collectives_members_are_found_where_they_count() -> None:
    def numbers(text: str, **facts: Any) -> str:
        return " ".join(one.measure.id for one in parse(text, context(**facts)).select(ROWS))

    assert numbers("责任:市公安局") == ""
    assert numbers("责任:市公安局", members=True) == "2-3"
    assert numbers("市公安局", members=True) == "2 2-3 3"
    assert numbers("单位:市教育局", members=True) == "2-3"
    assert numbers("责任:无", members=True) == "2 3 12 12-1"


def test_without_a_register_names_are_compared_as_they_are_printed() -> None:
    ask = Context(UnitIndex(()), TODAY)
    for text, found in (("牵头:公安", "3"), ("牵头:市司 法局", "2 2-3"), ("单位:司法局", "2 2-3 12-1")):
        assert " ".join(one.measure.id for one in parse(text, ask).select(ROWS)) == found


# ------------------------------------------------------------------ what is completed with


def test_a_source_tells_what_there_is() -> None:
    there = source()
    assert [title.text for title in there.sections] == ["（一）绿色行政", "（二）执法", "（三）西安规则"]
    assert [title.text for title in there.chapters] == ["一、总则", "二、保障"]
    assert there.sections[0]._asdict() == {
        "text": "（一）绿色行政",
        "folded": "(一)绿色行政",
        "pinyin": "yilvsexingzheng",
        "starts": frozenset({0, 2, 4, 6, 10}),
        "initials": "ylsxz",
    }
    assert there.chapters[1][2:] == ("", frozenset(), "")
    assert there.numbers[2:4] == (("3", "（标题缺失）"), ("12", "丁"))
    assert there.items("2") == (("2.1", "一事"), ("2.2", "二事"))
    assert there.items("9") == ()
    assert there.years == (2022, 2023, 2024, 2025)
    assert [unit.name for unit in there.units_of("unit")] == ["市司法局", "市公安局", "各局"]
    assert [unit.name for unit in there.units_of("part")] == ["市公安局", "市司法局"]


@pytest.mark.parametrize(
    ("key", "value", "rows"),
    [
        ("lead", "市司法局", 2),
        ("part", "市司法局", 1),
        ("part", "火星局", 1),
        ("resp", "各局", 1),
        ("resp", "市公安局", 0),
        ("unit", "市司法局", 3),
        ("status", "已完成", 2),
        ("light", "绿", 2),
        ("kind", "进展", 2),
        ("section", "（二）执法", 1),
        ("section", "", 2),
        ("chapter", "一、总则", 2),
        ("chapter", "", 2),
        ("status", "没有", 0),
    ],
)
def test_how_many_rows_have_a_value(key: str, value: str, rows: int) -> None:
    assert source().count(key, value) == rows


def test_members_are_counted_where_they_count() -> None:
    assert source(members=True).count("resp", "市公安局") == 1


def test_dates_are_counted_when_they_are_asked_for_and_remembered() -> None:
    there = source()
    assert there.known_count("due", ":", "逾期") is None
    assert there.count_dated("due", ":", "逾期") == 1
    assert there.count_dated("next", ":", "逾期") == 2
    assert there.count_dated("due", "<", "2023") == 1
    assert there.count_dated("due", ":", "甲") is None
    assert there.known_count("due", ":", "甲") is None
    assert (there.known_count("due", ":", "逾期"), there.known_count("due", "<", "2023")) == (1, 1)
    assert there.count_dated("due", ":", "逾期") == 1


def test_all_is_made_beforehand() -> None:
    there = source()
    assert there.warm() is there
    assert {"_units", "_counted", "sections", "chapters", "numbers"} <= set(vars(there))
    for key in ("due", "next", "updated"):
        for text in (*FIELDS[key].values, "2022", "2025"):
            assert there.known_count(key, ":", text) is not None, (key, text)
    offers = complete("截止:", 3, there)
    assert [offer.note for offer in offers][:4] == [
        "写明的日期已过，还没有完成，1 条",
        "2022-12-15 至 2023-01-14，1 条",
        "2022-12-15 至 2023-03-15，1 条",
        "方案没有写明日期，3 条",
    ]


def test_what_the_language_takes() -> None:
    there = source()
    assert there.accepts(FIELDS["lead"], ":", Value("sfj"))
    assert not there.accepts(FIELDS["lead"], ":", Value("没有"))
    assert not there.accepts(FIELDS["lead"], "<", Value("sfj"))


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2022, 8, 1), date(2023, 1, 1), (2022, 2023)),
        (date(2022, 8, 1), date(2022, 8, 1), (2022,)),
        (date(2023, 1, 1), date(2022, 1, 1), (2022,)),
        (date(2000, 1, 1), date(2999, 1, 1), tuple(range(2000, 2000 + YEAR_LIMIT))),
    ],
)
def test_the_years_of_a_plan(start: date, end: date, years: tuple[int, ...]) -> None:
    assert CompletionSource(context(), (), Plan("示例", Span(start, end))).years == years


def test_without_a_plan_or_readings_what_rows_name_is_there() -> None:
    bare = CompletionSource(context(), ROWS)
    assert bare.years == (2022,)
    assert [title.text for title in bare.chapters] == ["一、总则", "二、保障"]
    assert [title.pinyin for title in bare.sections] == ["", "", ""]
    assert not bare.sections[0].fits("lv", "lv")
    listed = Plan("示例", PLAN.period, chapters=(Chapter("三、其他", ("（九）", "（二）执法")),))
    known = CompletionSource(context(), ROWS, listed, READINGS)
    assert [title.text for title in known.chapters] == ["三、其他", "一、总则", "二、保障"]
    assert [t.text for t in known.sections] == ["（九）", "（二）执法", "（一）绿色行政", "（三）西安规则"]


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("a", True), ("an", True), ("anan", True), ("nan", False), ("n", False), ("s", True),
        ("sananan", True), ("saa", True), ("aa", True), ("x", False), ("", True),
    ],
)  # fmt: skip
def test_a_title_fits_from_the_beginning_of_any_syllable(typed: str, fits: bool) -> None:
    title = CompletionSource(context(), [row(section="三安安")], None, {"三安安": "San an an"}).sections[0]
    assert title.fits(typed, typed) is fits


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("lead", "sfj", {"市司法局"}),
        ("lead", "", set()),
        ("light", "red", {"红"}),
        ("status", "tj", {"推进中"}),
        ("kind", "cb", {"催办"}),
        ("due", "2022", set()),
        ("section", "执法", set()),
    ],
)
def test_what_a_value_means_by_the_names_that_are_offered(field: str, typed: str, meant: set[str]) -> None:
    assert meant_by(FIELDS[field], typed, source()) == meant


@pytest.mark.parametrize(
    ("names", "offers"),
    [
        ({}, "红 黄 未报 绿 不计 不能断定"),
        ({"red": "警示", "yellow": "红", "green": "正常"}, "警示 红 未报 正常 不计 不能断定"),
        # A name that another light bears too is no name; nor is a word that is another's name.
        ({"red": "警", "green": "警"}, "警 黄 未报 绿 不计 不能断定"),
        ({"red": "警", "green": "警", "yellow": "绿"}, "警 绿 未报 green 不计 不能断定"),
        ({"red": "警", "yellow": "警", "green": "黄"}, "警 yellow 未报 黄 不计 不能断定"),
        ({"red": "警", "unreported": "警", "yellow": "未报"}, "警 未报 unreported 绿 不计 不能断定"),
        ({"red": "警", "green": "警", "yellow": "绿", "unreported": "green"}, "警 绿 green 不计 不能断定"),
    ],
)
def test_lights_are_offered_by_a_name_that_means_each_alone(names: dict[str, str], offers: str) -> None:
    own = source(light_names=LightNames(**names))
    assert " ".join(offer.shown for offer in complete("灯:", 2, own)) == offers


def test_a_light_means_itself_by_the_citys_name() -> None:
    own = source(light_names=LightNames(red="绿", yellow="红", green="黄"))
    assert meant_by(FIELDS["light"], "绿", own) == {"绿"}
    assert meant_by(FIELDS["light"], "hong", own) == {"绿"}
    assert [(o.shown, o.same) for o in complete("灯:lvse", 6, own)] == []
    assert [(o.shown, o.note, o.same) for o in complete("灯:hong", 6, own)] == [("绿", "1 条", True)]


def test_who_has_rows_comes_before_who_has_none() -> None:
    there = CompletionSource(Context(UnitIndex(reversed(UNITS)), TODAY), ROWS)
    assert [offer.shown for offer in complete("牵头:司法", 5, there)] == ["市司法局", "市司法所"]


def test_who_fits_too_badly_is_not_asked_for_rows() -> None:
    units = [Unit(f"市{number}局") for number in range(100, 100 + 2 * LIMIT + 1)]
    for number, first in ((100 + 2 * LIMIT - 1, "市159局"), (100 + 2 * LIMIT, "市100局")):
        there = CompletionSource(Context(UnitIndex(units), TODAY), [row(leads=(f"市{number}局",))])
        assert complete("牵头:市", 4, there)[0].shown == first


def test_what_a_list_shows_of_an_offer() -> None:
    assert [offer.shown for offer in complete("牵头:", 3, source())] == ["市司法局", "市公安局", "无"]
    assert [offer.shown for offer in complete("截止<20", 5, source())] == ["2022", "2023", "2024", "2025"]
    assert complete("sf", 2, source())[0] == Suggestion(
        "牵头:市司法局", "牵头单位 2 条", 0, 2, "牵头:市司法局"
    )
    assert complete("zt:tj", 5, source())[0] == Suggestion("状态:推进中", "1 条", 0, 5, "状态:推进中", True)
    assert complete("sta", 3, source())[0] == Suggestion(
        "状态:", "现在的状态，如 状态:推进中,待审核", 0, 3, "状态:"
    )


@pytest.mark.parametrize(
    ("reading", "typed", "fits"),
    [
        ("an dan", "an", True),
        ("dan an dan", "an", True),
        ("dan dan", "an", False),
        ("da an", "a", True),
        ("da an", "aan", False),
    ],
)
def test_a_syllable_anywhere_in_a_title_is_found(reading: str, typed: str, fits: bool) -> None:
    title = CompletionSource(context(), [row(section="甲")], None, {"甲": reading}).sections[0]
    assert title.fits(typed, typed) is fits


def test_a_suggestion_put_in() -> None:
    found = Suggestion("市司法局", "2 条", 3, 5, "市司法局")
    assert found.applied("牵头:sf 灯:红") == "牵头:市司法局 灯:红"
    assert (found.cursor, found.same) == (7, False)


def test_no_more_is_offered_than_asked_for() -> None:
    assert len(complete("", 0, source(), 3)) == 3
    assert len(complete("状态:", 3, source(), limit=0)) == 0
    many = [row(id=str(number)) for number in range(1, 50)]
    assert len(complete("编号:", 3, CompletionSource(context(), many))) == 30


@pytest.mark.parametrize(
    ("text", "cursor", "became"),
    [
        ("灯:h", 99, "灯:红"),
        ("zt", -5, None),
        ("a b", 1, None),
        ("-zt", 0, None),
        ("-zt", 1, None),
        ("zt:推进中", 2, "状态:推进中"),
        ("zt:推进中", 1, "章:推进中"),
        ("灯:h 状态:推进中", 3, "灯:红 状态:推进中"),
        ("灯:红,h", 5, "灯:红,黄"),
        ("灯:h,x", 3, None),
        ('"sf', 3, None),
        ("sf,x", 2, None),
        ("  ", 1, " 牵头: "),
        ("x  y", 2, "x 牵头: y"),
        ("zt:x,y", 6, None),
        ("zt:tj,ds", 5, "状态:推进中,ds"),
        ("颜色:x", 4, None),
        ("灯:红x 状态:推进中", 3, "灯:红 状态:推进中"),
    ],
)
def test_what_is_put_in_first_where_the_cursor_stands(text: str, cursor: int, became: str | None) -> None:
    found = complete(text, cursor, source())
    assert (found[0].applied(text) if found else None) == became
