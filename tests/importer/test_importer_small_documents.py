"""Short documents written for the tests (示例): the way from text to plan without any correction."""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.plan import Span
from fazhi_tui.importer.corrections.model import Absence, Corrections, Everywhere, Numbering, Wording
from fazhi_tui.importer.errors import CorrectionError, SourceError
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported, LogKind
from fazhi_tui.importer.text.source_map import INSERTED

SAMPLE = """示例市法治建设实施方案（2023—2026年）
为了示例，制定本方案。
一、总体要求
坚持示例。到2026年，示例完成。
二、主要任务
（一）健全示例体系
1.优化示例。统筹一、二、三类示例。（牵头单位：市示例局；参加单位：市政府各委办局）
2.推进示例。每年公布示例清单。
（责任单位：市样本局按职责分工负责）
（二）健全样本体系
3.完善样本。要求如下。
第一段样本。
（牵头单位：市样本局）
三、组织保障
4.加强领导。2024年年底前，完成样本。（牵头单位：市示例局）
各单位要抓好落实。
"""


def _convert(text: str, corrections: Corrections | None = None) -> Imported:
    return convert(text.encode(), corrections or Corrections(path="示例.yaml"))


def test_a_document_in_lines_needs_no_corrections() -> None:
    imported = _convert(SAMPLE)
    plan = imported.plan
    assert plan.title == "示例市法治建设实施方案（2023—2026年）"
    assert (plan.period.start, plan.period.end) == (date(2023, 1, 1), date(2026, 12, 31))
    assert plan.general == "为了示例，制定本方案。\n坚持示例。\n到2026年，示例完成。"
    assert [(c.title, c.sections) for c in plan.chapters] == [
        ("一、总体要求", ()),
        ("二、主要任务", ("（一）健全示例体系", "（二）健全样本体系")),
        ("三、组织保障", ()),
    ]
    assert plan.closing == "各单位要抓好落实。"
    assert [(m.id, m.title, m.chapter, m.section) for m in imported.measures] == [
        ("1", "优化示例", "二、主要任务", "（一）健全示例体系"),
        ("2", "推进示例", "二、主要任务", "（一）健全示例体系"),
        ("3", "完善样本", "二、主要任务", "（二）健全样本体系"),
        ("4", "加强领导", "三、组织保障", None),
    ]
    assert imported.measures[0].text == "统筹一、二、三类示例。"
    assert imported.measures[1].responsible == ("市样本局",)
    assert imported.measures[1].by_duties
    assert imported.measures[2].text == "要求如下。\n第一段样本。"
    assert imported.measures[3].items[0].due == date(2024, 12, 31)
    assert [unit.name for unit in imported.register.units] == ["市示例局", "市样本局", "市政府各委办局"]
    assert not [entry for entry in imported.log if entry.kind is LogKind.DOUBT]


def test_text_between_a_section_and_its_first_measure_is_told_and_not_lost() -> None:
    imported = _convert(SAMPLE.replace("健全示例体系\n", "健全示例体系\n本节导语。\n"))
    doubts = [entry for entry in imported.log if entry.kind is LogKind.DOUBT]
    assert [entry.line for entry in doubts] == [7]
    assert "未归入任何措施" in doubts[0].message
    assert any("本节导语。" in entry.what.text for entry in imported.log)


def test_a_missing_number_is_a_gap_and_a_doubt() -> None:
    imported = _convert(SAMPLE.replace("2.推进", "推进").replace("3.完善", "3.完善"))
    assert [gap.id for gap in imported.plan.gaps] == ["2"]
    assert any("没有第2条" in entry.message for entry in imported.log)


def test_a_measure_without_a_number_takes_the_next_and_that_is_told() -> None:
    imported = _convert(SAMPLE.replace("3.完善", ".完善"))
    assert [measure.id for measure in imported.measures] == ["1", "2", "3", "4"]
    assert any("暂定为第3条" in entry.message for entry in imported.log)


def test_a_number_that_does_not_rise_is_read_by_its_neighbours_and_told() -> None:
    imported = _convert(SAMPLE.replace("3.完善", "2.完善"))
    assert [(m.id, m.printed_id) for m in imported.measures] == [
        ("1", None),
        ("2", None),
        ("3", "2"),
        ("4", None),
    ]
    assert any("印作第2条" in e.message and e.line == 11 for e in imported.log if e.kind is LogKind.DOUBT)
    mended = _convert(
        SAMPLE.replace("3.完善", "2.完善"),
        Corrections(
            path="示例.yaml",
            numbering=(Numbering(line=1, measure="3", printed="2", title="完善样本", reason="误印"),),
        ),
    )
    assert mended.measures[2].printed_id == "2"
    assert mended.measures[2].remarks == ("原文印作第2条，定为第3条：误印。",)


def test_a_gap_that_is_explained_is_no_doubt() -> None:
    absence = Absence(3, ("2",), "脱页")
    imported = _convert(
        SAMPLE.replace("2.推进示例。", ""), Corrections(path="示例.yaml", absences=(absence,))
    )
    assert [(gap.id, gap.reason) for gap in imported.plan.gaps] == [("2", "脱页。")]
    assert not [entry for entry in imported.log if entry.kind is LogKind.DOUBT]
    with pytest.raises(CorrectionError, match="第2条并不缺失"):
        _convert(SAMPLE, Corrections(path="示例.yaml", absences=(absence,)))


def test_one_spelling_throughout_may_change_its_length() -> None:
    rule = Everywhere(1, "样本局", "样品管理局", 2, "示例")
    imported = _convert(SAMPLE, Corrections(path="示例.yaml", everywhere=(rule,)))
    assert imported.measures[2].leads == ("市样品管理局",)


def test_a_changed_word_in_a_clause_changes_the_unit() -> None:
    wording = Wording(1, "3", "牵头单位：市样本局", "牵头单位：市示例局", "示例")
    imported = _convert(SAMPLE, Corrections(path="示例.yaml", wording=(wording,)))
    assert imported.measures[2].leads == ("市示例局",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("示例通知（2023—2026年）\n没有编号的正文。", "找不到编号的措施"),
        ("1.优化示例。正文。", "找不到方案标题"),
        ("示例方案\n1.优化示例。正文。", "看不出方案的起止年份"),
        ("第1章 1,2,3", "找不到方案标题"),
    ],
)
def test_a_text_of_another_format_gets_a_clear_answer(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        _convert(text)
    assert caught.value.hint


def test_a_period_can_be_given_where_the_title_has_none() -> None:
    period = Span(date(2023, 5, 1), date(2024, 4, 30))
    imported = _convert("示例方案\n1.优化示例。正文。", Corrections(path="示例.yaml", period=period))
    assert imported.plan.period == period


PIECES = [
    "\n",
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1.",
    "2.",
    ".",
    "示例",
    "样本。",
    "（牵头单位：",
    "参加单位：市局",
    "）",
    "；",
    "每年不少于1次",
    "2022年年底前，",
    "“",
    " ",
    "方案（2022—2025年）",
    "1、",
    "2099年99月底前",
    "两",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_gives_a_plan_or_a_clear_error_and_no_character_is_lost(text: str) -> None:
    corrections = dataclasses.replace(
        Corrections(path="示例.yaml"), period=Span(date(2022, 1, 1), date(2025, 12, 31))
    )
    with contextlib.suppress(FazhiError):
        imported = _convert(text, corrections)
        left_out = [e.what for e in imported.log if e.kind is LogKind.LEFT_OUT]
        origins = [o for t in (*(p.text for p in imported.placed), *left_out) for o in t.origin]
        assert sorted(o for o in origins if o != INSERTED) == list(range(len(text)))


@given(st.binary(max_size=80))
def test_any_bytes_give_a_clear_error_or_a_plan(source: bytes) -> None:
    with contextlib.suppress(FazhiError):
        convert(source, Corrections())
