"""What is offered while a query is typed."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.query.completion import Suggestion, complete
from fazhi_tui.domain.query.completion_source import CompletionSource
from fazhi_tui.domain.query.language import parse
from fazhi_tui.domain.query.syntax import scan
from fazhi_tui.domain.query.values import Context

from .conftest import TODAY, Asked

READINGS = {"（三）健全行政决策制度体系": "san jian quan xing zheng jue ce zhi du ti xi"}


@pytest.fixture(scope="session")
def source(told: Asked) -> CompletionSource:
    return CompletionSource(told.context, told.rows, told.plan, READINGS).warm()


def offered(source: CompletionSource, text: str, cursor: int | None = None) -> list[str]:
    """What the text would become, best first."""
    at = len(text) if cursor is None else cursor
    return [one.applied(text) for one in complete(text, at, source)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("zt", "状态:"),
        ("qt", "牵头:"),
        ("jz", "截止:"),
        ("qiantou", "牵头:"),
        ("sta", "状态:"),
        ("lea", "牵头:"),
        ("状", "状态:"),
        ("复议 dq", "复议 到期:"),
        ("-zt", "-状态:"),
        ("－zt", "－状态:"),
        ("ｚｔ", "状态:"),
        ("sfj", "牵头:市司法局"),
        ("司法", "牵头:市司法局"),
        ("待审", "状态:待审核"),
        ("cuiban", "类型:催办"),
        ("牵头:sfj", "牵头:市司法局"),
        ("牵头:sifaj", "牵头:市司法局"),
        ("lead:司法", "lead:市司法局"),
        ("牵头：sfj", "牵头：市司法局"),
        ('牵头:"市司', "牵头:市司法局"),
        ("牵头:“司法", "牵头:市司法局"),
        ("牵头:sfj,gaj", "牵头:sfj,市公安局"),
        ("牵头:sfj，gaj", "牵头:sfj，市公安局"),
        ("-状态:yw", "-状态:已完成"),
        ("状态:tj", "状态:推进中"),
        ("状态:in", "状态:推进中"),
        ("状态:推进中,ds", "状态:推进中,待审核"),
        ("灯:", "灯:红"),
        ("灯:y", "灯:黄"),
        ("类型:cb", "类型:催办"),
        ("节:决策", "节:（三）健全行政决策制度体系"),
        ("节:juec", "节:（三）健全行政决策制度体系"),
        ("节:xzjc", "节:（三）健全行政决策制度体系"),
        ("截止:yq", "截止:逾期"),
        ("到期:", "到期:逾期"),
        ("到期:wu", "到期:无"),
        ("截止<2024", "截止<2024Q1"),
        ("截止:2022..202", "截止:2022..2022"),
        ("更新:", "更新:30d"),
        ("编号:28.", "编号:28.1"),
        ("zt:tj", "状态:推进中"),
        ("zt：tj", "状态：推进中"),
        ("参加:w", "参加:无"),
    ],
)
def test_the_best_comes_first(source: CompletionSource, typed: str, first: str) -> None:
    found = offered(source, typed)
    assert found[0] == first or first == "参加:无" in found


def test_an_empty_text_offers_every_field_with_what_it_means(source: CompletionSource) -> None:
    found = complete("", 0, source)
    assert [one.shown for one in found][:4] == ["牵头:", "参加:", "责任:", "单位:"]
    assert len(found) == 13
    assert all(one.note for one in found)


def test_what_is_told_beside_a_value_is_how_many_rows_it_keeps(source: CompletionSource, told: Asked) -> None:
    for text in ("牵头:", "状态:", "灯:", "类型:", "节:", "到期:", "截止:", "更新:"):
        counted = 0
        for one in complete(text, len(text), source):
            if "条" in one.note:
                number = one.note.partition(" 条")[0].rpartition("，")[2]
                assert int(number) == len(told.numbers(one.applied(text)).split()), one
                counted += 1
        assert counted, text


def test_a_value_in_the_middle_is_replaced_whole_and_its_surroundings_stay(source: CompletionSource) -> None:
    text = "复议  牵头:市司局,市公安局 灯:红"
    at = text.index("市司") + 2
    assert offered(source, text, at)[0] == "复议  牵头:市司法局,市公安局 灯:红"


def test_a_quote_left_open_swallows_nothing_that_was_typed_behind_it(source: CompletionSource) -> None:
    text = '牵头:"市司 灯:红'
    assert offered(source, text, text.index(" "))[0] == "牵头:市司法局 灯:红"


def test_a_field_in_the_middle_keeps_its_values(source: CompletionSource) -> None:
    assert offered(source, "zt:推进中", 2)[0] == "状态:推进中"
    assert offered(source, "stat:推进中", 4)[0] == "状态:推进中"


def test_what_is_asked_for_already_is_not_offered_again(source: CompletionSource) -> None:
    assert "状态:推进中,推进中" not in offered(source, "状态:推进中,")


@pytest.mark.parametrize(
    "typed", ["状态<", "状态:没有这个,", "颜色:", "::", "--", "a,", '"市司', "状态:推进中,灯:"]
)
def test_nothing_is_offered_where_nothing_can_follow(source: CompletionSource, typed: str) -> None:
    assert offered(source, typed) == []


def test_a_citys_own_names_of_lights_are_offered(told: Asked) -> None:
    names = LightNames(red="警示", yellow="红", green="正常")
    context = Context(told.context.index, TODAY, light_names=names)
    own = CompletionSource(context, told.rows, told.plan)
    found = offered(own, "灯:")
    assert found == ["灯:警示", "灯:红", "灯:未报", "灯:正常", "灯:不计", "灯:不能断定"]
    # Each means one light, though one city's yellow is another's red.
    kept = [parse(text, context).select(told.rows) for text in found]
    assert sum(map(len, kept)) == len(told.rows)


def test_sections_are_found_by_their_characters_without_readings(told: Asked) -> None:
    bare = CompletionSource(told.context, told.rows, told.plan)
    assert offered(bare, "节:决策") == ["节:（三）健全行政决策制度体系"]
    assert offered(bare, "节:juec") == []


def test_completing_loads_no_table_of_pinyin() -> None:
    code = (
        "import sys, fazhi_tui.domain.query.completion; "
        "sys.exit(bool({'pypinyin', 'textual', 'ruamel'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ------------------------------------------------------------------ whatever is typed

PROBES = ("无", "推进中", '"绿"', "进展", "30d", "1")
_PARTS = st.sampled_from(
    [
        *("牵头", "lead", "zt", "状态", "灯", "节", "编号", "截止", "更新", "类型", "章", "qt", "单位"),
        *(
            ":",
            "：",
            "<",
            ">=",
            "＜",
            ",",
            "，",
            "、",
            "-",
            "－",
            " ",
            '"',
            "“",
            "”",
            "\\",
            "(",
            "（",
            "）",
            "..",
            "。。",
        ),
        *(
            "sfj",
            "市司法局",
            "市",
            "tj",
            "推进中",
            "30d",
            "2022",
            "28.",
            "逾期",
            "无",
            "任意",
            "x",
            "各县（市、区）",
        ),
    ]
)
TEXTS = st.one_of(st.lists(_PARTS, max_size=9).map("".join), st.text(max_size=12))


def is_beginning(text: str, one: Suggestion, source: CompletionSource) -> bool:
    """Whether the term that was changed parses, or does once a value stands behind it."""
    after = one.applied(text)
    for probe in ("", *PROBES):
        probed = after[: one.cursor] + probe + after[one.cursor :]
        term = next(raw for raw in scan(probed) if raw.start <= one.start < raw.end)
        try:
            parse(probed[term.start : term.end], source.context)
        except QueryError:
            continue
        return True
    return False


@given(text=TEXTS, at=st.integers(0, 40))
@settings(max_examples=600, deadline=None)
def test_what_is_put_in_parses_or_begins_what_does_and_the_rest_stays(
    source: CompletionSource, text: str, at: int
) -> None:
    at = min(at, len(text))
    for one in complete(text, at, source):
        assert 0 <= one.start <= at <= one.end <= len(text)
        assert one.applied(text) == text[: one.start] + one.text + text[one.end :]
        assert one.applied(text) != text
        assert is_beginning(text, one, source), (text, one)


@given(text=TEXTS, at=st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_the_same_is_offered_whatever_has_been_counted(
    told: Asked, source: CompletionSource, text: str, at: int
) -> None:
    cold = CompletionSource(told.context, told.rows, told.plan, READINGS)
    assert [one.text for one in complete(text, at, cold)] == [one.text for one in complete(text, at, source)]


def test_a_day_before_any_plan_is_no_trouble(told: Asked) -> None:
    empty = CompletionSource(Context(told.context.index, date(1900, 1, 1)), ())
    assert "到期:1900" in offered(empty, "到期:")
    assert offered(empty, "节:") == ["节:无"]
