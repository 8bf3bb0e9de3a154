"""What the sentences of a measure owe: each shape of time and of number, one sample a shape (示例)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.model.measure import Measuring
from fazhi_tui.importer.recognise.items import FoundItem, find_all_items
from fazhi_tui.importer.times.dates import TimeContext, find_times
from fazhi_tui.importer.times.quantities import find_targets

AROUND = TimeContext(title="示例措施", start=date(2022, 1, 1), issued=date(2022, 3, 10))
SAMPLES = Path(__file__).with_name("shapes.txt").read_text(encoding="utf-8").strip().split("\n\n")


def _told(item: FoundItem) -> str:
    when = " ".join(str(each) for each in (item.due, item.period) if each) or "-"
    number = f"{item.quantity} {item.measure_word}" if item.quantity else "-"
    if item.measuring is not Measuring.TOTAL:
        number += f" {item.measuring}"
    return f"{item.content} | {when} | {number}" + (f" ? {item.doubt}" if item.doubt else "")


@pytest.mark.parametrize("sample", SAMPLES, ids=[each.split("\n", 1)[0] for each in SAMPLES])
def test_each_shape_gives_its_items_and_doubts(sample: str) -> None:
    sentences, *expected = sample.split("\n")
    found = find_all_items(sentences.split("|"), AROUND)
    told = [_told(item) for item in found.items] + [f"? {words} | {doubt}" for words, doubt in found.doubts]
    assert told == [line.strip() for line in expected]


def test_a_plan_of_one_year_gives_months_their_year_without_a_doubt() -> None:
    (item,) = find_all_items(["6月底前完成示例自查。"], TimeContext(plan_year=2024)).items
    assert (item.due, item.doubt) == (date(2024, 6, 30), "")


def test_a_month_whose_year_nothing_tells_is_a_doubt_and_no_date() -> None:
    found = find_all_items(["6月底前完成示例自查。"])
    assert found.items == ()
    assert "没有写年份" in found.doubts[0][1]


def test_a_month_takes_the_year_of_the_sentence_before_and_says_so() -> None:
    found = find_all_items(["2023年3月底前启动示例。", "10月底前完成示例。"])
    assert found.items[1].due == date(2023, 10, 31)
    assert found.items[1].doubt == "没有写年份，据上文定为 2023 年"


def test_a_date_in_the_name_of_a_document_is_no_deadline() -> None:
    assert find_times("落实《示例规划（2021—2025年）》和《示例办法（2022年年底前）》") == []


@pytest.mark.parametrize("most", ["以内", "之内", "内", "以下", "左右为宜"])
@pytest.mark.parametrize("said", ["不少于3天", "至少压缩3天", "新增3天", "达到95%", "降低百分之五"])
def test_a_number_that_may_not_be_passed_is_no_target(said: str, most: str) -> None:
    assert len(find_targets(f"示例{said}，")) == 1
    assert find_targets(f"示例{said}{most}，") == []


@pytest.mark.parametrize("said", ["达到3个", "至少压缩3个", "新增3个"])
def test_a_number_of_working_days_is_no_target(said: str) -> None:
    assert len(find_targets(f"示例{said}，")) == 1
    assert find_targets(f"示例{said}工作日，") == []


ALPHABET = "示例每年季度月2两任期内025年底前日，。；、不少于至到一次期以上（）《》%十四五“”全覆盖达"


@given(st.lists(st.text(alphabet=st.sampled_from(ALPHABET), max_size=40), max_size=4))
def test_any_sentences_give_items_that_quote_them(sentences: list[str]) -> None:
    found = find_all_items(sentences, AROUND)
    for item in found.items:
        assert any(item.source in sentence for sentence in sentences)
        assert item.content
        assert item.due or item.period or item.quantity


@given(st.text(alphabet=st.sampled_from(ALPHABET), max_size=60), st.booleans())
def test_times_and_targets_stand_in_order_and_apart(text: str, labelled: bool) -> None:
    for found in (find_times(text, AROUND, labelled=labelled), find_targets(text, recurring=labelled)):
        edges = [edge for each in found for edge in (each.start, each.stop)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(text) for edge in edges)
