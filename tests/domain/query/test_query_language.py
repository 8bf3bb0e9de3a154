"""How queries are written, what is answered to a mistake, and how one field is changed."""

from __future__ import annotations

import gc
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import QueryError, UsageError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.fields import FIELDS, choices, field_named
from fazhi_tui.domain.query.language import Query, parse, with_term, without_field
from fazhi_tui.domain.query.prepared_row import prepare
from fazhi_tui.domain.query.syntax import quote

from .conftest import Asked


def mistake(real: Asked, text: str) -> tuple[str, str, str]:
    """The message, the hint and the part of the text that is blamed."""
    with pytest.raises(QueryError) as raised:
        parse(text, real.context)
    error = raised.value
    assert 0 <= error.start <= error.end <= len(text)
    return error.message, error.hint, text[error.start : error.end]


@pytest.mark.parametrize(
    ("text", "message", "hint", "blamed"),
    [
        ("复议 led:sfj", "没有叫「led」的字段", "是不是「牵头」", "led"),
        ("stauts:推进中", "没有叫「stauts」的字段", "是不是「状态」", "stauts"),
        ("牵头单:x", "没有叫「牵头单」的字段", "是不是「牵头」", "牵头单"),
        ("http://x", "没有叫「http」的字段", '按原文查找，请加引号："http://x"', "http"),
        ("查 12:30", "没有叫「12」的字段", '请加引号："12:30"', "12"),
        ("-a=b", "没有叫「a」的字段", '请加引号："a=b"', "a"),
        ("foo:", "没有叫「foo」的字段", "字段有：牵头、参加", "foo"),
        (
            "状态:在办",
            "没有「在办」这个状态",
            "状态有：未启动、推进中、长期坚持、待审核、已完成、已中止",
            "在办",
        ),
        ("灯:蓝", "没有「蓝」这个灯", "灯有：不能断定、不计、绿、未报、黄、红", "蓝"),
        ("类型:通报", "没有「通报」这个类型", "申请办结", "通报"),
        ("状态:推进中,完工", "没有「完工」这个状态", "已完成", "完工"),
        ("复议 截止:2023-02-30", "没有 2023-02-30 这一天", "只有 28 天", "2023-02-30"),
        ("到期<明天", "「明天」不是日期", "2023Q4", "明天"),
        ("due:2023..2022", "前后颠倒", "2022..2023", "2023..2022"),
        ("编号:12..3", "前后颠倒", "3..12", "12..3"),
        ("编号:二十八", "「二十八」不是编号", "28.1", "二十八"),
        ("编号<28.1", "事项编号不能用 < 比较", "编号:28.1", "28.1"),
        ("编号:..", "两头都没有编号", "3..12", ".."),
        ("状态:", "「状态:」后面缺少值", "如 状态:推进中", "状态:"),
        ("状态： 推进中", "「状态：」后面缺少值", "不留空格", "状态："),
        ("复议 lead:", "「lead:」后面缺少值", "如 牵头:市司法局", "lead:"),
        ("状态<推进中", "「状态」不能用 < 比较", "用冒号", "状态<"),
        ("牵头>=sfj", "「牵头」不能用 >= 比较", "如 牵头:市司法局", "牵头>="),
        ("截止<逾期", "「逾期」不能用 < 比较", "写成 截止:逾期", "逾期"),
        ("更新>无", "「无」不能用 > 比较", "写成 更新:无", "无"),
        ("更新:逾期", "「更新」没有逾期", "到期:逾期", "逾期"),
        ("截止<2022..2023", "不能用 < 比较", "用冒号", "2022..2023"),
        ("复议 “一刀切", "引号没有收尾", "在末尾补上 ”", "“一刀切"),
        ("复议 ”一刀切", "引号没有收尾", "在末尾补上 ”", "”一刀切"),
        ('节:"行政', "引号没有收尾", '在末尾补上 "', '"行政'),
        ('""', "引号里是空的", "", '""'),
        ('" "', "没有要查找的内容", "", '" "'),
        ('"复议"体制', "引号后面还有内容", "空格", "体制"),
        ("牵头:市司法厅", "没有单位与「市司法厅」相符", "市司法局", "市司法厅"),
        ("牵头:sfjj", "没有单位与「sfjj」相符", "", "sfjj"),
        ("复议 -", "减号后面缺少条件", "不留空格", "-"),
        ("- 复议", "减号后面缺少条件", "不留空格", "-"),
        ("--复议", "多了一个减号", "加引号", "-"),
        (":推进中", "「:」前面缺少字段", "如 状态:推进中", ":"),
        ("状态 :推进中", "「:」前面缺少字段", "", ":"),
        ("截止<<2023", "「<」后面多了符号", "中的一个", "<"),
        ("节:=<a", "「:=」后面多了符号", "加引号", "<"),
        ("复议，", "逗号后面缺少值", "不留空格", "，"),
        ("牵头:sfj, 市公安局", "逗号后面缺少值", "不留空格", ","),
        ("牵头:,sfj", "逗号前面缺少值", "", ""),
        ("状态:推进中,灯:红", "「灯:红」里又有一个条件", "空格隔开", "灯:红"),
        ("复议,12:30", "「12:30」里又有一个条件", '"12:30"', "12:30"),
    ],
)
def test_a_mistake_is_answered_where_it_is(
    real: Asked, text: str, message: str, hint: str, blamed: str
) -> None:
    found = mistake(real, text)
    assert message in found[0]
    assert hint in found[1]
    assert found[1]
    if blamed:
        assert found[2] == blamed


def test_messages_use_no_characters_of_ambiguous_width_of_their_own(real: Asked) -> None:
    for text in ("x:1", "状态:x", "截止:x", "编号:x", "牵头:x局", "-", '"', "状态:", "状态<推进中", "a,"):
        message, hint, _ = mistake(real, text)
        assert not set(message + hint) & set("“”—…·①→×")


def test_the_first_mistake_is_told(real: Asked) -> None:
    assert mistake(real, "状态:a 状态:b")[2] == "a"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("牵头：市司法局　状态＝推进中", "牵头:市司法局 状态:推进中"),
        ("lead:sfj -due＜＝2023", "牵头:sfj -截止<=2023"),
        ("截止≤2023 截止：＞2022", "截止<=2023 截止>2022"),
        ("状态:推进中、待审核，未启动", "状态:推进中,待审核,未启动"),
        ('节:“行政 决策” "a\\"b\\\\c"', '节:"行政 决策" "a\\"b\\\\c"'),
        ("参加:各县（市、区）人民政府,市公安局", "参加:各县（市、区）人民政府,市公安局"),
        ('“他说"好"”', '"他说\\"好\\""'),
        ("＂复议＂", '"复议"'),
        ("－复议", "-复议"),
        ("防止“一刀切”", "防止“一刀切”"),
    ],
)
def test_full_width_and_other_spellings_are_one(real: Asked, typed: str, plain: str) -> None:
    query = parse(typed, real.context)
    assert query.render() == plain
    assert parse(plain, real.context) == query


def test_a_quoted_word_is_taken_literally(real: Asked) -> None:
    assert real.numbers('牵头:"无"'.replace("牵头", "节")) == ""
    assert real.numbers("节:无") == ""
    assert real.numbers('"-状态"') == ""
    assert real.numbers('"牵头:市司法局"') == ""


# ------------------------------------------------------------------ the table of fields


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.key)
def test_each_field_is_known_by_all_its_names_and_its_example_works(real: Asked, field: object) -> None:
    known = FIELDS[field.key]  # type: ignore[attr-defined]
    for name in (known.name, known.key, *known.aliases, known.key.upper()):
        assert field_named(name) is known
    assert known.help
    assert parse(known.example, real.context).terms[0].field == known.key
    for value in known.values:
        parse(f"{known.name}:{value}", real.context)


def test_fields_are_those_of_the_design() -> None:
    assert {(field.name, field.key) for field in FIELDS.values()} == {
        ("牵头", "lead"),
        ("参加", "part"),
        ("责任", "resp"),
        ("单位", "unit"),
        ("状态", "status"),
        ("截止", "due"),
        ("到期", "next"),
        ("灯", "light"),
        ("节", "section"),
        ("章", "chapter"),
        ("编号", "id"),
        ("更新", "updated"),
        ("类型", "kind"),
    }


# ------------------------------------------------------------------ one field at a time


@pytest.mark.parametrize(
    ("text", "value", "changed"),
    [
        ("", "市司法局", "牵头:市司法局"),
        ("复议", "市司法局", "复议 牵头:市司法局"),
        ("复议　", "市司法局", "复议　牵头:市司法局"),
        ("复议  lead：sfj  状态:推进中", "市公安局", "复议  牵头:市公安局  状态:推进中"),
        ("lead:a 复议 牵头:b", "市公安局", "牵头:市公安局 复议"),
        ("-牵头:市司法局", "市公安局", "-牵头:市司法局 牵头:市公安局"),
        ("牵头:“没收尾", "市公安局", "牵头:市公安局"),
        ("复议 “没收尾", "市公安局", "牵头:市公安局 复议 “没收尾"),
        ("状态:？？ x:y", "市公安局", "状态:？？ x:y 牵头:市公安局"),
        ("", "各县（市、区）人民政府", "牵头:各县（市、区）人民政府"),
        ("", "a b", '牵头:"a b"'),
        ("复议 牵头:sfj", "", "复议"),
    ],
)
def test_one_fields_term_is_set_and_all_else_stays_as_typed(text: str, value: str, changed: str) -> None:
    assert with_term(text, "牵头", value) == changed


def test_several_values_are_joined_by_commas() -> None:
    assert with_term("复议", "单位", ["市司法局", "a,b"]) == '复议 单位:市司法局,"a,b"'
    assert with_term("due<2023", "到期", "逾期") == "due<2023 到期:逾期"
    assert with_term("due<2023 复议", "截止", "2022..2023") == "截止:2022..2023 复议"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("牵头:sfj", ""),
        ("牵头:sfj 复议", "复议"),
        ("复议 lead:sfj", "复议"),
        ("复议 lead:sfj 体制", "复议 体制"),
        ("lead:a  lead:b  复议", "复议"),
        ("-牵头:sfj 复议", "-牵头:sfj 复议"),
        ("复议 牵头", "复议 牵头"),
        ("复议 “没收尾", "复议 “没收尾"),
    ],
)
def test_a_fields_terms_are_taken_out(text: str, left: str) -> None:
    assert without_field(text, "牵头") == left


def test_a_field_that_does_not_exist_cannot_be_set() -> None:
    with pytest.raises(UsageError, match="没有叫「颜色」的字段"):
        with_term("", "颜色", "红")


# ------------------------------------------------------------------ for any text at all

#: Pieces that make up queries, right and wrong, far more often than plain characters do.
PIECES = st.sampled_from(
    [
        *(field.name for field in FIELDS.values()), "lead", "due", "Next", "x",
        *':：<>=＜≥,，、-－"“”＂\\()（）.', "..", " ", "　", "\n", "\t",
        "市司法局", "sfj", "办公室", "推进中", "tjz", "红", "催办", "无", "逾期", "2022", "2023-02-30",
        "2022Q4", "30d", "28", "28.1", "3..12", "2022..2023", "复议", "市、区",
        "0", "９", "²", "\x00", "\u202e", "[/]",
    ]
)  # fmt: skip
TEXTS = st.text(max_size=30) | st.lists(PIECES, max_size=10).map("".join)
TERMS = st.sampled_from(
    [
        "牵头:市司法局", "lead:sfj,yjj", "参加:各县（市、区）人民政府", "责任:无", "单位:办公室",
        "状态:推进中,tjz", "截止<2023", "due:2022..", "到期:30d", "next:逾期", "灯:红,green",
        "节:“行政 决策”", "章:任务", "编号:3..12,28.1", "id>50", "更新:无", "更新>=2022-11-15", "类型:催办",
        "复议", '"12:30"', "复议,应诉", "sfj", "28", '节:"无"', '"\\\\ \\" ”"',
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_is_a_query_or_a_mistake_with_its_place(real: Asked, text: str) -> None:
    answer: Query | QueryError
    try:
        answer = parse(text, real.context)
    except QueryError as error:
        answer = error
    if isinstance(answer, QueryError):
        assert 0 <= answer.start < answer.end <= len(text)
        assert answer.message
        assert answer.hint
    else:
        again = parse(answer.render(), real.context)
        assert again == answer
        assert again.select(real.rows) == answer.select(real.rows)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(sorted(FIELDS)), st.text(min_size=1, max_size=8))
def test_changing_one_field_of_any_text_keeps_the_rest(text: str, field: str, value: str) -> None:
    changed = with_term(text, field, value)
    assert with_term(changed, field, value) == changed
    without = without_field(text, field)
    assert without_field(without, field) == without
    assert without_field(changed, field).split() == without.split()


@settings(max_examples=100, deadline=None)
@given(TERMS)
def test_a_minus_gives_the_complement(told: Asked, term: str) -> None:
    kept = parse(term, told.context).select(told.rows)
    left = parse("-" + term, told.context).select(told.rows)
    assert sorted(kept + left, key=told.rows.index) == list(told.rows)
    assert len(kept) + len(left) == len(told.rows)


@settings(max_examples=100, deadline=None)
@given(st.lists(TERMS, min_size=1, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_terms_give_the_intersection_in_any_order(told: Asked, terms: list[str], negated: list[bool]) -> None:
    terms = [("-" if minus else "") + term for term, minus in zip(terms, negated, strict=False)]
    alone = [set(told.numbers(term).split()) for term in terms]
    assert set(told.numbers(" ".join(terms)).split()) == set.intersection(*alone)
    assert told.numbers(" ".join(terms)) == told.numbers("　".join(reversed(terms)))


@given(st.text(min_size=1, max_size=12).filter(str.strip))
def test_a_quoted_value_is_read_as_it_was(real: Asked, value: str) -> None:
    for text in (quote(value), f"节:{quote(value)}"):
        (term,) = parse(text, real.context).terms
        assert [v.text for v in term.values] == [value]


# ------------------------------------------------------------------ memory


def test_what_was_made_of_rows_is_forgotten_with_them(told: Asked) -> None:
    rows = tuple(Row(row.measure, row.state) for row in told.rows)
    gc.collect()
    before = len(prepare._held)
    query: Query = parse("复议", told.context)
    query.select(rows)
    assert len(prepare._held) == before + len(rows)
    del rows
    gc.collect()
    assert len(prepare._held) == before


@pytest.mark.parametrize("kind", [Status, Light, NoteKind])
def test_every_status_light_and_kind_of_note_is_found_by_its_name(kind: type[StrEnum]) -> None:
    field = {Status: "status", Light: "light", NoteKind: "kind"}[kind]
    for value in kind:
        assert choices(field, value.value) == {value.value}
