"""Units are found by name, alias, part, pinyin and initials, and in no other way."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.domain.unit_index import UnitIndex, initials, listed, unit_code

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


# ------------------------------------------------------------------ names in files


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        (Unit("市司法局", pinyin="shi si fa ju"), "sfj"),
        (Unit("省司法厅", pinyin="sheng si fa ting"), "sft"),
        (Unit("县司法局", pinyin="xian si fa ju"), "sfj"),
        (Unit("市府办", pinyin="shi fu ban"), "fb"),
        (Unit("市府", pinyin="shi fu"), "sf"),
        (Unit("XX师范学院", pinyin="x x shi fan xue yuan"), "xxsfxy"),
        (Unit("西安分局", pinyin="xi an fen ju"), "xafj"),
        (Unit("市司法局"), "unit"),
    ],
)
def test_the_code_of_a_unit(unit: Unit, code: str) -> None:
    assert unit_code(unit) == code


# ------------------------------------------------------------------ readings


def test_a_name_of_one_syllable_has_no_reading_without_its_territory() -> None:
    index = UnitIndex((Unit("市", pinyin="shi"), Unit("市府", pinyin="shi fu")))
    assert index.matching("fu") == {"市府"}
    assert index.matching("f") == {"市府"}
    assert index.matching("s") == {"市"}


def test_a_territory_of_three_characters_is_left_out_too() -> None:
    index = UnitIndex((Unit("自治区司法厅", pinyin="zi zhi qu si fa ting"),))
    assert index.matching("sft") == index.matching("sifating") == {"自治区司法厅"}
    assert index.matching("zqsft") == frozenset()
    assert [unit.name for unit in index.search("司法厅")] == ["自治区司法厅"]


def test_a_u_with_dots_is_typed_as_v_and_never_as_u() -> None:
    index = UnitIndex((Unit("市绿化办", pinyin="shi LÜ hua ban"),))
    for typed in ("lvhua", "LVHUA", "lühua", "lvhuaban", "shilv"):
        assert index.matching(typed) == {"市绿化办"}, typed
        assert index.search(typed) == index.units, typed
    assert index.matching("luhua") == frozenset()
    assert index.search("luhua") == ()


def test_every_alias_has_its_own_reading() -> None:
    unit = Unit("市应急管理局", aliases=("市急局", "应理局", "应急厅"), pinyin="shi ying ji guan li ju")
    index = UnitIndex((unit,))
    for typed in ("jiju", "jj", "shijiju", "yinglij", "yinglijv", "ylj"):
        assert (index.matching(typed) == {"市应急管理局"}) is (typed not in ("yinglij", "yinglijv")), typed
    # 厅 is no character of the name: nobody says how it is read.
    assert index.matching("yingjiting") == frozenset()


def test_a_character_read_in_two_ways_reads_no_alias() -> None:
    unit = Unit("重庆重点办", aliases=("重办", "庆办"), pinyin="chong qing zhong dian ban")
    index = UnitIndex((unit,))
    assert index.matching("qingban") == index.matching("qb") == {"重庆重点办"}
    assert index.matching("chongban") == index.matching("zhongban") == frozenset()


def test_a_character_read_twice_alike_reads_an_alias() -> None:
    unit = Unit("法治法制办", aliases=("法办",), pinyin="fa zhi fa zhi ban")
    assert UnitIndex((unit,)).matching("faban") == {"法治法制办"}


def test_readings_that_do_not_fit_the_name_read_no_alias() -> None:
    unit = Unit("甲乙丙", aliases=("甲丙",), pinyin="jia yi")
    index = UnitIndex((unit,))
    assert index.matching("jiayi") == {"甲乙丙"}
    assert index.matching("jiabing") == frozenset()
    longer = UnitIndex((Unit("甲乙", aliases=("甲",), pinyin="jia yi bing"),))
    assert longer.matching("jiayibing") == {"甲乙"}
    assert longer.search("j") == longer.units


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("si", True),
        ("sif", False),
        ("sifa", True),
        ("shisi", True),
        ("fa", False),
        ("sifaju", True),
        ("sifajuu", False),
    ],
)
def test_pinyin_matches_by_whole_syllables_from_the_beginning(typed: str, found: bool) -> None:
    index = UnitIndex((Unit("市司法局", pinyin="shi si fa ju"),))
    assert bool(index.matching(typed)) is found


def test_the_whole_pinyin_wins_over_the_beginning_of_another() -> None:
    index = UnitIndex(
        (Unit("市司法局办", pinyin="shi si fa ju ban"), Unit("市司法局", pinyin="shi si fa ju"))
    )
    assert index.matching("sifaju") == {"市司法局"}
    assert index.matching("sfjb") == {"市司法局办"}


# ------------------------------------------------------------------ names and members


def test_bodies_are_named_once_and_a_collectives_members_where_they_are_asked_for() -> None:
    units = (
        Unit("各局", kind=UnitKind.COLLECTIVE, members=("乙局", "丙")),
        Unit("甲局", aliases=("甲",)),
        Unit("乙局"),
        Unit("丙局", aliases=("丙",)),
    )
    index = UnitIndex(units)
    names = ("甲", "各局", "甲局", "火星局", "乙局")
    assert index.bodies(names) == ("甲局", "各局", "火星局", "乙局")
    assert index.bodies(names, members=True) == ("甲局", "各局", "乙局", "丙局", "火星局")


def test_an_index_is_true_where_it_knows_anybody() -> None:
    assert not UnitIndex(())
    assert UnitIndex((), also=["甲局"])
    assert UnitIndex((Unit("甲局"),))


def test_a_name_that_two_units_bear_is_the_firsts() -> None:
    index = UnitIndex((Unit("甲局", pinyin="jia ju"), Unit("甲 局")))
    assert index.get("甲局") == index.units[0]
    assert index.get("没有") is None


def test_names_are_one_in_full_and_half_width() -> None:
    index = UnitIndex((Unit("XX局", aliases=("ＹＹ局",)),))
    assert index.canonical("ｘｘ 局") == index.canonical("yy局") == "XX局"
    assert index.canonical("yy局") == "XX局"


# ------------------------------------------------------------------ messages


def test_what_is_said_of_a_unit_that_nobody_has() -> None:
    index = UnitIndex((Unit("市司法局"), Unit("市公安局"), Unit("县司法所"), Unit("县法院")))
    with pytest.raises(UsageError) as raised:
        index.resolve("市司法厅")
    assert raised.value.message == "没有叫「市司法厅」的单位"
    assert raised.value.hint == "相近的有：市司法局、县司法所"
    assert index.hint("无") == "可写规范名称、别名、名称的一部分、全拼或首字母；单位列表里有全部单位"


def test_what_is_said_where_several_are_meant() -> None:
    index = UnitIndex((Unit("市司法局"), Unit("县司法局"), Unit("法院")))
    with pytest.raises(UsageError) as raised:
        index.resolve("司法局")
    assert (raised.value.message, raised.value.hint) == (
        "「司法局」不止一个单位",
        "请写明是哪一个：市司法局、县司法局",
    )


def test_the_nearest_names_come_first_and_no_more_than_asked_for() -> None:
    index = UnitIndex(
        (Unit("甲乙"), Unit("甲乙丙"), Unit("甲乙丙丁"), Unit("乙丙丁"), Unit("戊己", pinyin="jia yi"))
    )
    assert index.near("甲乙丙丁") == ("甲乙丙丁", "甲乙丙", "乙丙丁")
    assert index.near("甲乙丙丁", 1) == ("甲乙丙丁",)
    assert index.near("甲乙丙丁", 9) == ("甲乙丙丁", "甲乙丙", "乙丙丁", "甲乙")
    assert index.near("ayi") == ("戊己",)
    assert index.near("没有") == ()


def test_names_as_one_text() -> None:
    assert listed([]) == ""
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(list("甲乙丙丁戊己")) == "甲、乙、丙、丁、戊、己"
    assert listed(list("甲乙丙丁戊己庚")) == "甲、乙、丙、丁、戊、己 等 7 个"
    assert listed(["甲", "乙"], 1) == "甲 等 2 个"


# ------------------------------------------------------------------ ranking


def test_units_are_ranked_by_how_they_fit() -> None:
    units = (
        Unit("丁", pinyin="jia bing yi"),  # the beginning of the pinyin
        Unit("丙", pinyin="ju ia wan"),
        Unit("大jia局"),  # a part
        Unit("市jia局"),  # the beginning but for the territory
        Unit("己", pinyin="jia"),  # the whole pinyin
        Unit("jia"),  # the name
        Unit("庚", pinyin="ji ia a jun"),  # the beginning of the initials
        Unit("辛", pinyin="jun ii an a"),
        Unit("壬", pinyin="jin yin an ban"),
    )
    index = UnitIndex(units)
    assert [unit.name for unit in index.search("jia")] == [
        "jia",
        "市jia局",
        "大jia局",
        "己",
        "丁",
        "庚",
        "辛",
    ]
    assert [unit.name for unit in index.search("jya")] == ["壬"]
    assert [unit.name for unit in index.search("jyab")] == ["壬"]
    assert [unit.name for unit in index.search("JIA")] == [unit.name for unit in index.search("ｊｉａ")]


def test_equals_stay_in_the_registers_order() -> None:
    units = (Unit("市乙局"), Unit("市甲局"), Unit("市丙局"))
    assert UnitIndex(units).search("市") == units


def test_how_a_unit_fits_counts_more_than_where_it_stands() -> None:
    units = (
        Unit("辛", pinyin="jun ii an a"),
        Unit("丁", pinyin="jia bing yi"),
        Unit("己", pinyin="jia"),
        Unit("大jia局"),
        Unit("市jia局"),
        Unit("jia"),
    )
    assert UnitIndex(units).search("jia") == tuple(reversed(units))


def test_an_apostrophe_parts_syllables_while_one_types(index: UnitIndex) -> None:
    assert [unit.name for unit in index.search("xi'an")] == ["西安分局"]
    assert [unit.name for unit in index.search("xi’an'f")] == ["西安分局"]
