"""Queries answered from the city's own plan."""

from __future__ import annotations

import pytest

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.language import parse
from fazhi_tui.domain.query.values import Context
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.domain.workflow.state import state_of

from .conftest import TODAY, Asked

JUSTICE = "5 9 10 11 18 19 25 26 27 28 29 30 35 38 39 41 46 49 50 52 53"
OFFICE = "1 5 7 11 33 34 36 37 38 39 41 43 44 45"


@pytest.mark.parametrize(
    "text",
    [
        "牵头:市司法局",
        "牵头：司法局",
        "牵头：市司法局",
        "牵头=市司法局",
        "lead:sfj",
        "lead:ssfj",
        "LEAD:SFJ",
        "ｌｅａｄ：ｓｆｊ",
        "lead:shisifaju",
        "lead:sifaju",
        "牵头单位:“市司法局”",
        '牵头:"市司法局"',
        "lead:“shi si fa ju”",
    ],
)
def test_the_justice_bureau_leads_the_same_21_measures_however_it_is_typed(real: Asked, text: str) -> None:
    assert real.numbers(text) == JUSTICE


def test_the_city_governments_office_is_told_from_the_other_offices(real: Asked) -> None:
    assert real.numbers("牵头:市政府办公室") == OFFICE
    assert real.numbers("牵头:市委办公室") == "43 44"
    assert real.numbers("单位:办公室") == "1 5 7 11 31 33 34 36 37 38 39 41 43 44 45"


@pytest.mark.parametrize("text", ["lead:市应急局", "lead:市应急管理局", "lead:yjj", "lead:yingjiguanliju"])
def test_two_spellings_of_one_bureau_are_one(real: Asked, text: str) -> None:
    assert real.numbers(text) == "21 23 24"


@pytest.mark.parametrize(
    "text", ["due:2022", "截止:2022", "截止：2022年", "due:2022-12-31", "due:2022Q4", "截止<2023"]
)
def test_four_measures_have_a_written_date_in_2022(real: Asked, text: str) -> None:
    assert real.numbers(text) == "4 7 28 38"


def test_a_collective_is_found_by_its_exact_name_and_is_no_body(real: Asked) -> None:
    found = real.numbers("参加:各县（市、区）人民政府")
    assert found == real.numbers('参加:"各县(市、区)人民政府"')
    named = [row.measure.id for row in real.rows if "各县（市、区）人民政府" in row.measure.participants]
    assert found.split() == named
    assert real.numbers("责任:市政府各委办局") == " ".join(
        row.measure.id for row in real.rows if "市政府各委办局" in row.measure.responsible
    )


def test_roles_are_kept_apart_and_unit_means_any(real: Asked) -> None:
    leads, parts, resps = (
        set(real.numbers(f"{field}:市公安局").split()) for field in ("牵头", "参加", "责任")
    )
    assert set(real.numbers("单位:市公安局").split()) == leads | parts | resps
    assert leads == {"23", "24"}
    assert "20" in resps


def test_measures_without_units_in_a_role(real: Asked) -> None:
    assert real.numbers("牵头:无") == "2 8 12 20 22 31 42"
    assert real.numbers("单位:none") == "12"


def test_numbers(real: Asked) -> None:
    assert real.numbers("编号:28") == real.numbers("id:028") == real.numbers("编号:28.1") == "28"
    assert real.numbers("编号:3..12") == "3 4 5 6 7 8 9 10 11 12"
    assert real.numbers("编号:1,5,9") == "1 5 9"
    assert real.numbers("编号<=3") == real.numbers("编号:..3") == "1 2 3"
    assert real.numbers("编号>51") == real.numbers("编号>=52") == real.numbers("编号:52..") == "52 53"
    assert real.numbers("编号:13..17") == ""
    assert real.numbers("编号:28.2") == ""


def test_sections_and_chapters(real: Asked) -> None:
    assert real.numbers("节:行政决策") == "12"
    assert real.numbers("节:（六）") == real.numbers("节:(六)") == "25 26 27 28 29 30"
    assert real.numbers("章:组织保障 -节:推进机制") == "43 44 45 49 50 51 52 53"
    assert real.numbers("章:无") == ""


def test_words_are_found_in_number_title_text_and_units(real: Asked) -> None:
    assert "28" in real.numbers("行政复议体制改革").split()
    assert real.numbers("“一刀切”") == "18"
    assert real.numbers("app") == real.numbers("ＡＰＰ") == "39"
    assert real.numbers("49.2") == "49"
    assert real.numbers("市科协,师范学院") == "53"
    assert set(JUSTICE.split()) <= set(real.numbers("sfj").split())
    assert real.numbers("没有这个词") == ""


def test_text_is_searched_across_the_line_breaks_of_its_file(real: Asked) -> None:
    assert real.numbers("体制。加强推进行政复议规范化建设") == "28"


def test_terms_are_and_commas_are_or_minus_is_not(real: Asked) -> None:
    assert real.numbers("牵头:市司法局 截止:2022") == "28 38"
    assert real.numbers("牵头:市商务局,市税务局,市财政局 截止:无") == "41 51 52"
    assert real.numbers("due:2022 -牵头:sfj") == real.numbers("due:2022　－牵头：sfj") == "4 7"
    assert real.numbers("due:2022 -lead:sfj,市委编办") == "7"
    assert real.numbers("") == real.numbers(" 　 ")
    assert len(real.numbers("").split()) == 48


def test_what_is_next_counts_occurrences_and_the_plans_end(real: Asked) -> None:
    assert real.numbers("到期:2022") == real.numbers("next:30d") == "4 7 28 33 38 43 47 49 50"
    assert real.numbers("到期:2023") == "46"
    assert real.numbers("到期<2024 -截止:2022") == "33 43 46 47 49 50"
    sooner = len(real.numbers("到期:2022").split()) + 1 + len(real.numbers("截止:2024 -到期:2022").split())
    assert len(real.numbers("到期:2025-12-31").split()) == 48 - sooner
    assert real.numbers("到期:无") == ""


def test_dates_relative_to_today(real: Asked) -> None:
    assert real.numbers("due<30d") == real.numbers("due:30d") == "4 7 28 38"
    assert real.numbers("due<16d") == real.numbers("due:15d") == ""
    assert real.numbers("due<=16d") == real.numbers("due:16d") == "4 7 28 38"


def test_overdue_means_still_owed_and_gone_by(real: Asked) -> None:
    assert real.numbers("到期:逾期") == real.numbers("due:overdue") == ""
    later = tuple(
        Row(r.measure, state_of(r.measure, (), real.plan, TODAY.replace(year=2023))) for r in real.rows
    )
    context = Context(real.context.index, TODAY.replace(year=2023))
    assert Asked(later, context).numbers("截止:逾期") == "4 7 28 38"
    assert Asked(later, context).numbers("next:overdue") == "4 7 28 33 38 43 47 49 50"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("状态:推进中", "28"),
        ("status:tuijinzhong", "28"),
        ("状态：tjz", "28"),
        ("status:in-progress", "28"),
        ("status:In_Progress", "28"),
        ("状态:待审核,长期坚持", "26 27"),
        ("status:pending、ongoing", "26 27"),
        ("状态:cqjc", "27"),
        ("状态:已中止", "25"),
        ("状态:done", ""),
        ("状态:已", "25"),
        ("-状态:未启动", "25 26 27 28"),
        ("更新:无 编号:24..28", ""),
        ("更新:30d", "26 27 28"),
        ("更新:29d", "26 28"),
        ("updated<30d", "24 25"),
        ("更新:2022-11", "26 27"),
        ("更新>2022-11-15", "26 28"),
        ("类型:催办", "24"),
        ("类型:sqbj", "26"),
        ("kind:urge,request-close", "24 26"),
        ("类型:办结", ""),
        ("类型:延期", "28"),
        ("截止:2022", "4 7 38"),
        ("截止:2023", "28"),
        ("consolidated", "28"),
        ("“已完成复议机构 consolidated”", "28"),
        ("到期:无", "25 27"),
    ],
)
def test_questions_about_notes(told: Asked, text: str, found: str) -> None:
    assert told.numbers(text) == found


def test_lights_by_any_of_their_names(told: Asked) -> None:
    for name in ("红", "red", "hong", "红灯", "R"):
        assert told.numbers(f"灯:{name}") == told.numbers("light:red")
    assert told.numbers("灯:绿,黄,红") == told.numbers("")
    assert "27" in told.numbers("灯:绿").split()
    assert "28" not in told.numbers("-灯:绿,黄,红").split()


def test_measures_put_in_later_stand_between_the_others() -> None:
    rows = tuple(
        Row(m, state_of(m, (), None, TODAY))
        for m in map(Measure, ("2", "2-1", "2-3", "2-10", "3", "12", "12-1"))
    )
    sample = Asked(rows, Context(UnitIndex(()), TODAY))
    assert sample.numbers("编号:2") == "2"
    assert sample.numbers("编号:2-3") == "2-3"
    assert sample.numbers("编号:2..2") == sample.numbers("编号<=2") == "2 2-1 2-3 2-10"
    assert sample.numbers("编号:2-3..12") == "2-3 2-10 3 12 12-1"
    assert sample.numbers("编号>2") == "3 12 12-1"


def test_without_a_register_units_are_found_as_the_measures_print_them() -> None:
    measures = (Measure("1", leads=("市司法局",)), Measure("2", leads=("市公安局",)))
    rows = tuple(Row(m, state_of(m, (), None, TODAY)) for m in measures)
    assert Asked(rows, Context(UnitIndex(()), TODAY)).numbers("牵头:司法") == "1"


def test_matching_one_row_and_selecting_agree(told: Asked) -> None:
    for text in ("牵头:sfj -状态:未启动", "复议", "due:2022 灯:红,黄", "", "编号:28 编号:27"):
        query = parse(text, told.context)
        assert query.select(told.rows) == tuple(row for row in told.rows if query.matches(row))
