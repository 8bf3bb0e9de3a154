"""Units are found by name, alias, part, pinyin and initials, and in no other way."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.domain.unit_index import UnitIndex, initials

REGISTER = (
    Unit("市司法局", pinyin="shi si fa ju"),
    Unit("市公安局", pinyin="shi gong an ju"),
    Unit("市应急管理局", aliases=("市应急局",), pinyin="shi ying ji guan li ju"),
    Unit("市委办公室", pinyin="shi wei ban gong shi"),
    Unit("市政府办公室", aliases=("市府办",), pinyin="shi zheng fu ban gong shi"),
    Unit("市政协办公室", pinyin="shi zheng xie ban gong shi"),
    Unit("市法学会", pinyin="shi fa xue hui"),
    Unit("市林业局", pinyin="shi lin ye ju"),
    Unit("市水利局", pinyin="shi shui li ju"),
    Unit("XX师范学院", pinyin="x x shi fan xue yuan"),
    Unit("重庆银保监分局", pinyin="chong qing yin bao jian fen ju"),
    Unit("西安分局", pinyin="xi an fen ju"),
    Unit(
        "各县（市、区）人民政府",
        kind=UnitKind.COLLECTIVE,
        pinyin="ge xian shi qu ren min zheng fu",
    ),
    Unit("市绿化办", pinyin="shi lü hua ban"),
)


@pytest.fixture(scope="module")
def index() -> UnitIndex:
    return UnitIndex(REGISTER)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("市司法局", {"市司法局"}),
        ("市司 法局", {"市司法局"}),
        ("司法局", {"市司法局"}),
        ("司法", {"市司法局"}),
        ("shisifaju", {"市司法局"}),
        ("Shi Si Fa Ju", {"市司法局"}),
        ("ＳＦＪ", {"市司法局"}),
        ("sifaju", {"市司法局"}),
        ("sifa", {"市司法局"}),
        ("ssfj", {"市司法局"}),
        ("sfj", {"市司法局"}),
        ("市应急局", {"市应急管理局"}),
        ("市应急管理局", {"市应急管理局"}),
        ("yjglj", {"市应急管理局"}),
        ("办公室", {"市委办公室", "市政府办公室", "市政协办公室"}),
        ("市政府办公室", {"市政府办公室"}),
        ("市府办", {"市政府办公室"}),
        ("各县(市、区)人民政府", {"各县（市、区）人民政府"}),
        ("人民政府", {"各县（市、区）人民政府"}),
        ("xx师范学院", {"XX师范学院"}),
        ("xxsf", {"XX师范学院"}),
        ("chongqing", {"重庆银保监分局"}),
        ("cqyb", {"重庆银保监分局"}),
        ("xi'an", {"西安分局"}),
        ("lvhua", {"市绿化办"}),
        ("lühuaban", {"市绿化办"}),
        ("szf", {"市政府办公室"}),
        ("zhengfubangongshi", {"市政府办公室"}),
    ],
)
def test_a_typed_value_matches(index: UnitIndex, typed: str, found: set[str]) -> None:
    assert index.matching(typed) == found


@pytest.mark.parametrize(
    "typed",
    ["市司法厅", "市司局", "sifj", "sif", "faju", "fj", "法局市", "zhongqing", "", "  ", "市司法局局", "'"],
)
def test_matching_is_never_fuzzy(index: UnitIndex, typed: str) -> None:
    assert index.matching(typed) == frozenset()


def test_initials_that_spell_a_whole_name_win_over_longer_names() -> None:
    index = UnitIndex(
        (
            Unit("市司法局", pinyin="shi si fa ju"),
            Unit("市司法鉴定中心", pinyin="shi si fa jian ding zhong xin"),
        )
    )
    assert index.matching("sfj") == {"市司法局"}
    assert index.matching("sfjd") == {"市司法鉴定中心"}
    assert index.matching("sf") == {"市司法局", "市司法鉴定中心"}


def test_an_exact_name_does_not_match_a_longer_name() -> None:
    index = UnitIndex((Unit("市司法局"), Unit("市司法局机关党委")))
    assert index.matching("市司法局") == {"市司法局"}
    assert index.matching("司法局") == {"市司法局", "市司法局机关党委"}


def test_an_alias_is_read_by_the_syllables_of_its_own_name(index: UnitIndex) -> None:
    assert index.matching("yjj") == {"市应急管理局"}
    assert index.matching("yingjiju") == {"市应急管理局"}


def test_a_name_wins_over_the_same_text_as_an_alias_of_another() -> None:
    index = UnitIndex((Unit("甲局", aliases=("乙局",)), Unit("乙局")))
    assert index.matching("乙局") == {"乙局"}
    assert index.canonical("乙局") == "乙局"


def test_an_alias_that_two_units_share_finds_both_and_resolves_to_neither() -> None:
    index = UnitIndex((Unit("甲局", aliases=("老局",)), Unit("乙局", aliases=("老局",))))
    assert index.matching("老局") == {"甲局", "乙局"}
    assert index.get("老局") is None
    with pytest.raises(UsageError, match="不止一个") as raised:
        index.resolve("老局")
    assert "甲局、乙局" in raised.value.hint


def test_canonical_gives_an_unknown_name_back(index: UnitIndex) -> None:
    assert index.canonical("市应急局") == "市应急管理局"
    assert index.canonical("火星局") == "火星局"


def test_names_outside_the_register_can_be_found_too() -> None:
    index = UnitIndex(REGISTER, also=["火星局", "市应急局"])
    assert index.matching("火星") == {"火星局"}
    assert index.resolve("火星局") == Unit("火星局")
    assert index.matching("市应急局") == {"市应急管理局"}
    assert index.units == REGISTER


def test_resolving_needs_exactly_one_unit(index: UnitIndex) -> None:
    assert index.resolve("sfj").name == "市司法局"
    with pytest.raises(UsageError) as several:
        index.resolve("办公室")
    assert "市委办公室、市政府办公室、市政协办公室" in several.value.hint
    with pytest.raises(UsageError) as none:
        index.resolve("市司法厅")
    assert "市司法局" in none.value.hint


def test_the_list_narrows_as_one_types_with_the_best_first(index: UnitIndex) -> None:
    def names(text: str) -> list[str]:
        return [unit.name for unit in index.search(text)]

    assert names("") == [unit.name for unit in REGISTER]
    assert names("s")[0].startswith("市")
    assert names("shisif") == ["市司法局"]
    assert names("市政")[:2] == ["市政府办公室", "市政协办公室"]
    assert names("政府") == ["市政府办公室", "各县（市、区）人民政府"]
    assert names("法") == ["市法学会", "市司法局"]
    assert names("无此局") == []


@pytest.mark.parametrize("unit", REGISTER, ids=lambda unit: unit.name)
def test_every_way_of_naming_a_unit_finds_it(index: UnitIndex, unit: Unit) -> None:
    for typed in (unit.name, *unit.aliases, unit.pinyin, unit.pinyin.replace(" ", ""), initials(unit.pinyin)):
        assert unit.name in index.matching(typed)
        assert unit in index.search(typed)


def test_initials_of_syllables() -> None:
    assert initials("shi si fa ju") == "ssfj"
    assert initials("") == ""


@given(st.text(max_size=12))
def test_no_text_breaks_the_index(text: str) -> None:
    index = UnitIndex(REGISTER, also=[text])
    index.matching(text)
    index.search(text)
    index.near(text)
    with suppress(UsageError):
        assert index.resolve(text) in index.search("")
