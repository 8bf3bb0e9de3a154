"""Sentences, unit clauses, items and numerals: one sample a shape, written for the test (示例)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.measure import Period, Role
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.text.pinyin import pinyin_of
from fazhi_tui.importer.clauses.find import find_clause, parse_clause
from fazhi_tui.importer.clauses.register import kind_of
from fazhi_tui.importer.recognise.items import find_items
from fazhi_tui.importer.text.sentences import one_a_line, split_outside, split_sentences
from fazhi_tui.importer.text.source_map import MappedText
from fazhi_tui.importer.times.numerals import to_int


def _sentences(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(MappedText.whole(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
        ("说“甲。”再说乙。", ["说“甲。”", "再说乙。"]),
        ("（甲。）乙", ["（甲。）", "乙"]),
        ("甲！！乙", ["甲！！", "乙"]),
        ("甲\n\n乙。", ["甲", "乙。"]),
        ("", []),
        ("甲；乙，丙", ["甲；乙，丙"]),
    ],
)
def test_a_sentence_ends_with_its_sign_and_what_closes_around_it(text: str, expected: list[str]) -> None:
    assert _sentences(text) == expected
    assert one_a_line(split_sentences(MappedText.whole(text))) == "\n".join(expected)


@given(st.text(alphabet=st.sampled_from("甲乙。！？”）》，\n“（"), max_size=50))
def test_sentences_joined_again_are_the_text(text: str) -> None:
    sentences = split_sentences(MappedText.whole(text))
    assert "".join(s.text for s in sentences) == text.replace("\n", "")
    assert [o for s in sentences for o in s.origin] == [i for i, c in enumerate(text) if c != "\n"]
    assert all(sentences)


@given(st.text(alphabet=st.sampled_from("甲、，（）“”《》"), max_size=40))
def test_stretches_and_their_separators_are_the_text(text: str) -> None:
    parts = split_outside(text, "、，")
    rebuilt = text[parts[0][0] : parts[0][1]]
    for (_, before), (start, stop) in pairwise(parts):
        assert start == before + 1
        rebuilt += text[before:stop]
    assert rebuilt == text


def test_separators_inside_brackets_part_nothing_and_an_open_bracket_hides_nothing() -> None:
    def split(text: str) -> list[str]:
        return [text[start:stop] for start, stop in split_outside(text, "、")]

    assert split("各县（市、区）政府、市（甲（乙、丙）、丁）办") == [
        "各县（市、区）政府",
        "市（甲（乙、丙）、丁）办",
    ]
    assert split("甲（乙、丙") == ["甲（乙", "丙"]
    assert split("甲）乙、丙") == ["甲）乙", "丙"]


# ------------------------------------------------------------------ clauses

CLAUSES = [
    (
        "（牵头单位：市甲局、市乙委；参加单位：市政府各委办局，各县（市、区）人民政府）",
        {Role.LEAD: ("市甲局", "市乙委"), Role.PARTICIPANT: ("市政府各委办局", "各县（市、区）人民政府")},
        False,
        False,
    ),
    (
        "牵头单位：市甲局；参加单位：市乙局。",
        {Role.LEAD: ("市甲局",), Role.PARTICIPANT: ("市乙局",)},
        False,
        False,
    ),
    (
        "（责任单位：市甲局、市乙局等部门按职责分工负责）",
        {Role.RESPONSIBLE: ("市甲局", "市乙局")},
        True,
        True,
    ),
    ("（责任单位：市政府各委办局按照职责分工）", {Role.RESPONSIBLE: ("市政府各委办局",)}, True, False),
    (
        "责任单位：市直机关各部委办局，各县（市、区）人民政府按照职责分工负责",
        {Role.RESPONSIBLE: ("市直机关各部委办局", "各县（市、区）人民政府")},
        True,
        False,
    ),
    (
        "（牵头单位：市甲局按职责分工负责；参加单位：市乙局）",
        {Role.LEAD: ("市甲局",), Role.PARTICIPANT: ("市乙局",)},
        True,
        False,
    ),
    (
        "（牵头单位：市甲局；责任单位：市乙局）",
        {Role.LEAD: ("市甲局",), Role.RESPONSIBLE: ("市乙局",)},
        False,
        False,
    ),
    (
        "牵头单位：市甲局；参加单位：市中级法院等部门，各县（市、区）党委和人民政府",
        {Role.LEAD: ("市甲局",), Role.PARTICIPANT: ("市中级法院", "各县（市、区）党委和人民政府")},
        False,
        True,
    ),
    (
        "参加单位：市委党校（行政学院）、示例学院",
        {Role.PARTICIPANT: ("市委党校（行政学院）", "示例学院")},
        False,
        False,
    ),
    ("牵头单位：市甲局、市甲局", {Role.LEAD: ("市甲局",)}, False, False),
    ("牵头单位：市甲局；市乙局", {Role.LEAD: ("市甲局", "市乙局")}, False, False),
    ("没有单位", {}, False, False),
]


@pytest.mark.parametrize(("text", "units", "by_duties", "open_list"), CLAUSES)
def test_a_clause_gives_every_unit_in_its_role_and_order(
    text: str, units: dict[Role, tuple[str, ...]], by_duties: bool, open_list: bool
) -> None:
    clause = parse_clause(text)
    assert {role: clause.units(role) for role in Role if clause.units(role)} == units
    assert (clause.by_duties, clause.open_list) == (by_duties, open_list)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("正文。（牵头单位：市甲（乙）局）余文", "（牵头单位：市甲（乙）局）"),
        ("正文。牵头单位：市甲局", "牵头单位：市甲局"),
        ("正文。（牵头单位：市甲局", "（牵头单位：市甲局"),
        ("正文。责任单位：市甲局\n下一段", "责任单位：市甲局"),
        ("没有", None),
        ("牵头单位要负起责任", None),
    ],
)
def test_a_clause_is_found_with_its_bracket_or_to_the_end_of_its_line(text: str, clause: str | None) -> None:
    place = find_clause(text)
    assert (text[slice(*place)] if place else None) == clause


# ------------------------------------------------------------------ items

YEAR_END = date(2022, 12, 31)
ITEMS = [
    (
        "整合职责，2022年年底前，基本形成示例体制。",
        [("2022年年底前，基本形成示例体制", "基本形成示例体制", YEAR_END, None, None, None)],
    ),
    (
        "2022年底前基本实现甲，推动乙。",
        [("2022年底前基本实现甲", "基本实现甲", YEAR_END, None, None, None)],
    ),
    (
        "2023年2月底前完成甲。",
        [("2023年2月底前完成甲", "完成甲", date(2023, 2, 28), None, None, None)],
    ),
    ("2025年前实现甲。", [("2025年前实现甲", "实现甲", date(2024, 12, 31), None, None, None)]),
    ("每年报告不少于1次，及时研究。", [("每年报告不少于1次", "报告不少于1次", None, Period.YEARLY, 1, "次")]),
    ("每2年组织甲。", [("每2年组织甲", "组织甲", None, Period.TWO_YEARLY, None, None)]),
    ("每两年组织甲。", [("每两年组织甲", "组织甲", None, Period.TWO_YEARLY, None, None)]),
    ("每半年通报甲。", [("每半年通报甲", "通报甲", None, Period.HALF_YEARLY, None, None)]),
    ("每季度通报甲。", [("每季度通报甲", "通报甲", None, Period.QUARTERLY, None, None)]),
    ("每月通报甲。", [("每月通报甲", "通报甲", None, Period.MONTHLY, None, None)]),
    (
        "班子每年应当举办两期以上讲座，负责人任期内至少接受一次培训。",
        [
            ("班子每年应当举办两期以上讲座", "班子应当举办两期以上讲座", None, Period.YEARLY, 2, "期"),
            ("负责人任期内至少接受一次培训", "负责人至少接受一次培训", None, Period.TERM, 1, "次"),
        ],
    ),
    (
        "加强甲，人员在完成乙的基础上，每人每年接受不少于60学时的培训。",
        [
            (
                "人员在完成乙的基础上，每人每年接受不少于60学时的培训",
                "人员在完成乙的基础上，每人接受不少于60学时的培训",
                None,
                Period.YEARLY,
                60,
                "学时",
            )
        ],
    ),
    (
        "培养不少于一百二十名骨干。",
        [("培养不少于一百二十名骨干", "培养不少于一百二十名骨干", None, None, 120, "名")],
    ),
    ("县级以上政府定期开展演练，做到一次性解决，全面实行一次告知。", []),
    (
        "到2025年，体系日益健全。",
        [("到2025年，体系日益健全", "体系日益健全", date(2025, 12, 31), None, None, None)],
    ),
    ("", []),
]


@pytest.mark.parametrize(("sentence", "expected"), ITEMS)
def test_a_sentence_gives_its_dated_recurring_and_counted_duties(
    sentence: str, expected: list[tuple[object, ...]]
) -> None:
    found = find_items(sentence)
    assert [(i.source, i.content, i.due, i.period, i.quantity, i.measure_word) for i in found] == expected


def test_only_the_deadline_with_two_readings_is_doubtful() -> None:
    assert find_items("2025年前实现甲。")[0].doubt
    assert not find_items("2025年年底前实现甲。")[0].doubt


@given(
    st.text(alphabet=st.sampled_from("甲每年季度月2两任期内025前底，。；不少于至一次期以上（）"), max_size=40)
)
def test_any_sentence_gives_items_that_quote_it(sentence: str) -> None:
    for item in find_items(sentence):
        assert item.source in sentence
        assert item.due or item.period or item.quantity


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("12", 12),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("六十", 60),
        ("一百二十", 120),
        ("一千零五", 1005),
        ("二〇二二", 2022),
    ],
)
def test_numerals_are_read_as_officials_write_them(numeral: str, value: int) -> None:
    assert to_int(numeral) == value


@pytest.mark.parametrize("text", ["", "甲", "十甲"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        to_int(text)


# ------------------------------------------------------------------ units


@pytest.mark.parametrize("name", ["市政府各委办局", "各县（市、区）党委", "市直有关部门", "市政府其他委办局"])
def test_names_that_mean_several_bodies_are_collectives(name: str) -> None:
    assert kind_of(name) is UnitKind.COLLECTIVE


@pytest.mark.parametrize("name", ["市司法局", "市委党校（各类学院）", "示例支行"])
def test_names_that_mean_one_body_are_bodies(name: str) -> None:
    assert kind_of(name) is UnitKind.BODY


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("市司法局", "shi si fa ju"),
        ("XX银保监分局", "x x yin bao jian fen ju"),
        ("市委党校（行政学院）", "shi wei dang xiao xing zheng xue yuan"),
        ("市旅游局", "shi lü you ju"),
        ("市12345办", "shi 1 2 3 4 5 ban"),
    ],
)
def test_pinyin_has_a_blank_between_syllables_and_no_signs(name: str, pinyin: str) -> None:
    assert pinyin_of(name) == pinyin
