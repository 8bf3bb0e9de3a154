"""The one real document: what comes out of it, and that nothing of it is lost."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from fazhi_tui.domain.model.measure import Completeness, Measure, Period
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.importer.clauses.find import parse_clause
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert, render
from fazhi_tui.importer.result import Imported, LogKind
from fazhi_tui.importer.text.source_map import INSERTED
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load_files

from .conftest import ROOT


def _ids(listed: str) -> list[str]:
    return listed.split()


CLAUSE_WORDS = (
    "牵头单位：",
    "参加单位：",
    "责任单位：",
    "按照职责分工负责",
    "按职责分工负责",
    "按照职责分工",
    "按职责分工",
    "等部门",
    "等单位",
)

LEADS_OF_JUSTICE = _ids("5 9 10 11 18 19 25 26 27 28 29 30 35 38 39 41 46 49 50 52 53")
LEADS_OF_OFFICE = _ids("1 5 7 11 33 34 36 37 38 39 41 43 44 45")


def test_importing_again_gives_the_committed_files_byte_for_byte(imported: Imported) -> None:
    rendered = {path: text.encode() for path, text in render(imported).items()}
    committed = {f"plan/{path.name}": path.read_bytes() for path in (ROOT / "plan").glob("*.yaml")}
    assert rendered.keys() == committed.keys()
    for path, content in rendered.items():
        assert content == committed[path], path


def test_the_source_is_the_one_that_the_corrections_name(source: bytes, corrections: Corrections) -> None:
    assert hashlib.sha256(source).hexdigest() == corrections.source.sha256


def test_importing_twice_gives_the_same(source: bytes, corrections: Corrections, imported: Imported) -> None:
    assert convert(source, corrections) == imported


def test_53_measures_are_46_whole_2_damaged_5_missing(imported: Imported) -> None:
    assert len(imported.measures) == 48
    damaged = [m.id for m in imported.measures if m.completeness is Completeness.DAMAGED]
    assert damaged == ["12", "18"]
    assert [gap.id for gap in imported.plan.gaps] == ["13", "14", "15", "16", "17"]
    numbers = {m.id for m in imported.measures} | {gap.id for gap in imported.plan.gaps}
    assert numbers == {str(number) for number in range(1, 54)}


def test_only_the_shifted_numbers_are_kept_as_printed(imported: Imported) -> None:
    printed = {m.id: m.printed_id for m in imported.measures if m.printed_id}
    assert printed == {str(number): str(number - 1) for number in range(29, 37)}


def test_leads_of_the_two_busiest_units(imported: Imported) -> None:
    assert [m.id for m in imported.measures if "市司法局" in m.leads] == LEADS_OF_JUSTICE
    assert [m.id for m in imported.measures if "市政府办公室" in m.leads] == LEADS_OF_OFFICE


def test_items_are_exactly_these(imported: Imported) -> None:
    year_end = date(2022, 12, 31)
    assert {
        item.id: (item.due, item.period, item.quantity, item.measure_word)
        for measure in imported.measures
        for item in measure.items
    } == {
        "4.1": (year_end, None, None, None),
        "7.1": (year_end, None, None, None),
        "28.1": (year_end, None, None, None),
        "33.1": (None, Period.YEARLY, None, None),
        "35.1": (date(2024, 12, 31), None, None, None),
        "38.1": (year_end, None, None, None),
        "43.1": (None, Period.YEARLY, 1, "次"),
        "46.1": (None, Period.TWO_YEARLY, None, None),
        "47.1": (date(2024, 12, 31), None, None, None),
        "47.2": (None, Period.YEARLY, None, None),
        "49.1": (None, Period.YEARLY, 2, "期"),
        "49.2": (None, Period.TERM, 1, "次"),
        "50.1": (None, Period.YEARLY, 60, "学时"),
    }


def test_every_item_quotes_its_measure_word_for_word(imported: Imported) -> None:
    for measure in imported.measures:
        for item in measure.items:
            assert item.source in measure.joined_text
            assert "年年底前" not in item.content
            assert not re.search(r"每年|任期内|每2年", item.content)


def test_the_deadline_with_two_readings_says_so(measures: dict[str, Measure]) -> None:
    assert any("两种读法" in remark and "2025-12-31" in remark for remark in measures["47"].remarks)


def test_the_yearly_report_says_that_the_document_prints_no_date(measures: dict[str, Measure]) -> None:
    (remark,) = [remark for remark in measures["47"].remarks if remark.startswith("事项 47.2：")]
    assert "原文未写" in remark
    assert not any("不作周期性事项" in remark for remark in measures["47"].remarks)


def test_roles_tails_and_open_lists_of_the_odd_clauses(
    imported: Imported, measures: dict[str, Measure]
) -> None:
    assert [m.id for m in imported.measures if m.by_duties] == _ids("2 8 10 20 22 31 41 42")
    assert [m.id for m in imported.measures if m.open_list] == _ids("20 22 26")
    assert [m.id for m in imported.measures if m.responsible] == _ids("2 8 20 22 31 35 42")
    assert measures["2"].responsible == ("市政府各委办局",)
    assert measures["26"].participants[-2:] == ("市中级法院", "各县（市、区）党委和人民政府")
    assert measures["35"].leads == ("市司法局",)
    assert measures["35"].responsible == ("市政府各委办局",)
    assert measures["53"].participants[0] == "市委党校（行政学院）"
    assert measures["12"].units() == ()


def test_titles_are_the_first_sentence(measures: dict[str, Measure]) -> None:
    assert measures["3"].title == "加强基层建设，统筹使用编制资源"
    assert measures["6"].title == "深化“证照分离”改革"
    assert measures["28"].title == "持续深化行政复议体制改革"
    assert measures["18"].title is None


def test_chapters_and_sections_are_in_order_and_measures_stand_in_them(imported: Imported) -> None:
    plan = imported.plan
    assert [chapter.title for chapter in plan.chapters] == [
        "一、总体要求",
        "二、主要任务和具体措施",
        "三、加强组织保障",
    ]
    sections = [section for chapter in plan.chapters for section in chapter.sections]
    assert [section.partition("）")[0] for section in sections] == [
        f"（{number}" for number in _ids("一 二 三 四 五 六 七 八 九 十 十一 十二")
    ]
    assert sections[3] == "（四）"
    found = list(dict.fromkeys((m.chapter, m.section) for m in imported.measures))
    assert found == [(c.title, section) for c in plan.chapters for section in c.sections]
    assert [m.id for m in imported.measures if m.section == "（四）"] == ["18", "19", "20"]


def test_the_plan_has_its_period_and_its_closing(imported: Imported) -> None:
    plan = imported.plan
    assert plan.title == "XX市法治政府建设实施方案（2022—2025年）"
    assert (plan.period.start, plan.period.end) == (date(2022, 1, 1), date(2025, 12, 31))
    assert plan.settings.coordinator == "市委依法治市办"
    assert plan.general.startswith("为贯彻落实《法治政府建设实施纲要（2021—2025年）》")
    assert "更多地方实现率先突破" in plan.general
    assert plan.closing.startswith("全市各级各部门")
    assert plan.closing.endswith("共同推动我市法治政府建设实现新突破。")


def test_pages_that_belong_together_are_joined(measures: dict[str, Measure]) -> None:
    assert "事业编制，加强基层工作力量。" in measures["3"].text
    assert "建立政务诚信监测治理机制，" in measures["37"].text
    assert (
        "涉企现场检查事项多、频次高、随意检查等问题。\n全面严格落实告知制度，依法保障" in measures["18"].text
    )
    for number in ("3", "37"):
        assert any("相接" in remark for remark in measures[number].remarks)


def test_register_has_each_body_once_and_two_spellings_as_one(imported: Imported) -> None:
    units = {unit.name: unit for unit in imported.register.units}
    assert len(units) == len(imported.register.units)
    assert units["市应急管理局"].aliases == ("市应急局",)
    assert "市应急局" not in units
    known = set(units) | {alias for unit in units.values() for alias in unit.aliases}
    assert {name for m in imported.measures for name in m.units()} <= known
    for unit in units.values():
        assert set(unit.members) <= set(units)
        assert unit.pinyin
        assert re.fullmatch("[a-zü0-9 ]+", unit.pinyin)


def test_collectives_are_marked_and_stand_behind_the_bodies(imported: Imported) -> None:
    kinds = [unit.kind for unit in imported.register.units]
    assert kinds == sorted(kinds, key=lambda kind: kind is UnitKind.COLLECTIVE)
    collectives = {u.name for u in imported.register.units if u.kind is UnitKind.COLLECTIVE}
    assert len(collectives) == 16
    assert {"市政府各委办局", "各县（市、区）人民政府", "市人大有关专门委员会"} <= collectives
    assert not {"市委党校（行政学院）", "市人大常委会法工委", "市纪委监委机关"} & collectives


def test_polyphones_are_read_rightly(imported: Imported) -> None:
    pinyin = {unit.name: unit.pinyin for unit in imported.register.units}
    assert pinyin["市司法局"] == "shi si fa ju"
    assert pinyin["人民银行XX市中心支行"] == "ren min yin hang x x shi zhong xin zhi hang"
    assert pinyin["市市场监管局"] == "shi shi chang jian guan ju"


# ------------------------------------------------------------------ nothing lost, nothing left over


def test_every_character_of_the_source_is_placed_or_listed_as_left_out(
    source: bytes, imported: Imported
) -> None:
    origins = [offset for each in imported.placed for offset in each.text.origin if offset != INSERTED]
    origins += [
        offset
        for entry in imported.log
        if entry.kind is LogKind.LEFT_OUT
        for offset in entry.what.origin
        if offset != INSERTED
    ]
    assert len(origins) == len(set(origins)), "a character stands in two places"
    assert set(origins) == set(range(len(source.decode()))), "a character is lost"


def test_what_is_placed_is_what_stands_in_the_measures(
    imported: Imported, measures: dict[str, Measure]
) -> None:
    for each in imported.placed:
        match = re.fullmatch(r"第(\d+)条 (正文|标题)", each.where)
        if match and match[2] == "正文":
            assert each.text.text == measures[match[1]].joined_text
        elif match:
            assert each.text.text == measures[match[1]].title


def test_only_the_advertisement_the_repeat_and_misprints_are_left_out(imported: Imported) -> None:
    left_out = [e.what.text for e in imported.log if e.kind is LogKind.LEFT_OUT]
    words = [re.sub(r"[\s\d、]", "", text) for text in left_out]
    advertisement, *others = [text for text in words if text]
    assert advertisement.startswith("《xx市法治政府建设实施方案.docx》由会员分享")
    assert sorted(others) == ["A", "I", "查事项多频次高"]


def test_a_clause_is_nothing_but_its_units_labels_and_separators(imported: Imported) -> None:
    clauses = [each.text.text for each in imported.placed if each.where.endswith(" 单位")]
    assert len(clauses) == 47
    for text in clauses:
        rest = text
        for part in parse_clause(text).roles:
            for unit in part.units:
                before, found, rest_after = rest.partition(unit)
                assert found, (unit, text)
                rest = before + "·" + rest_after
        for word in CLAUSE_WORDS:
            rest = rest.replace(word, "")
        assert not rest.strip("（）").strip("·；，、"), (rest, text)
        assert re.fullmatch(r"[·；，、（）]*", rest), (rest, text)


def test_the_text_is_clean(imported: Imported) -> None:
    plan = imported.plan
    texts = [plan.title, *plan.general.splitlines(), *plan.closing.splitlines()]
    for measure in imported.measures:
        texts += [measure.title or "", *measure.text.splitlines(), *measure.units()]
    for text in texts:
        assert not re.search(r"\s", text), text
        assert not re.search(r"[,;:()?!.]", text), text
        assert not re.search(r"[A-Za-z]", text.replace("XX", "").replace("APP", "")), text
        for pair in ("“”", "《》", "（）"):
            opened = 0
            for char in text:
                opened += {pair[0]: 1, pair[1]: -1}.get(char, 0)
                assert opened in (0, 1), text
            assert opened == 0, text


def test_one_sentence_a_line(imported: Imported) -> None:
    for measure in imported.measures:
        lines = measure.text.split("\n")
        for line in lines:
            assert not re.search(r"[。！？](?![”’）》])", line[:-1]), line
        ends = [line for line in lines if not line.endswith("。")]
        assert ends == (["把"] if measure.id == "12" else []), measure.id


def test_every_mended_measure_says_so(imported: Imported, corrections: Corrections) -> None:
    mended = (
        {entry.measure for entry in corrections.numbering}
        | {entry.where for entry in corrections.wording}
        | {entry.where for entry in corrections.doubts}
        | {entry.where for entry in corrections.interleaved}
        | {entry.measure for entry in corrections.damage}
        | {entry.measure for entry in corrections.items}
    )
    for measure in imported.measures:
        if measure.id in mended:
            assert measure.remarks, measure.id


def test_the_files_read_back_are_the_imported_values_without_a_problem(imported: Imported) -> None:
    files = {path: text.encode() for path, text in render(imported).items()}
    tracker = load_files(files)
    assert tracker.problems == ()
    assert check(tracker) == ()
    assert tracker.plan == imported.plan
    assert tracker.measures == imported.measures
    assert tracker.units == imported.register.units
