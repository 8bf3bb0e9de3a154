"""事项 in the corrections: what a person decides of an item, also of one that the program did not find."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_tui.domain.model.measure import Item, Measuring, Period
from fazhi_tui.importer.corrections.file import parse_corrections
from fazhi_tui.importer.errors import CorrectionError
from fazhi_tui.importer.pipeline import convert

TEXT = """示例市示例工作实施方案（2022—2025年）
一、主要任务
1.示例任务。严格执行年度报告制度，2024年6月底前完成示例平台建设，按要求公开情况，每年检查1次。（牵头单位：示例局）
2.另一任务。认真落实。（牵头单位：示例局）
"""


def _items(decision: str) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    imported = convert(TEXT.encode(), parse_corrections(f"事项:\n  - {decision}\n".encode(), "校订.yaml"))
    return imported.measures[0].items, imported.measures[0].remarks


def test_words_that_were_not_recognised_become_an_item_at_their_place() -> None:
    items, remarks = _items('{措施: "1", 原文: 按要求公开情况, 周期: 每半年, 说明: 示例说明}')
    assert [(item.id, item.source, item.period) for item in items] == [
        ("1.1", "2024年6月底前完成示例平台建设", None),
        ("1.2", "按要求公开情况", Period.HALF_YEARLY),
        ("1.3", "每年检查1次", Period.YEARLY),
    ]
    assert items[1].content == "按要求公开情况"
    assert "事项 1.2：示例说明。" in remarks


def test_they_may_stand_before_all_others_and_have_a_date_and_a_number() -> None:
    items, _ = _items(
        '{措施: "1", 原文: 严格执行年度报告制度, 截止: 2025-03-01, 数量: 2, 计量单位: 份, 说明: 示例说明}'
    )
    first = items[0]
    assert (first.id, first.due, first.period, first.quantity, first.measure_word) == (
        "1.1",
        date(2025, 3, 1),
        None,
        2,
        "份",
    )
    assert [item.id for item in items] == ["1.1", "1.2", "1.3"]


def test_the_period_of_a_recognised_item_can_be_changed() -> None:
    items, _ = _items('{措施: "1", 原文: 每年检查1次, 周期: 每季度, 数量: 1, 计量单位: 次, 说明: 示例说明}')
    assert [item.period for item in items] == [None, Period.QUARTERLY]


def test_whose_figures_count_can_be_decided() -> None:
    words = "每年检查1次, 周期: 每年, 数量: 1, 计量单位: 次, 说明: 示例说明"
    items, _ = _items(f'{{措施: "1", 原文: {words}, 计量方式: 每单位}}')
    assert items[1].measuring is Measuring.EACH_UNIT
    items, _ = _items(f'{{措施: "1", 原文: {words}}}')
    assert items[1].measuring is Measuring.TOTAL


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ('{措施: "1", 原文: 没有这句话, 周期: 每年, 说明: 示例说明}', "没有原文为「没有这句话」的事项"),
        ('{措施: "1", 原文: 每年检查1次, 周期: 每天, 说明: 示例说明}', "“周期”不能是“每天”"),
        ('{措施: "1", 原文: 每年检查1次, 说明: 示例说明}', "缺少“截止”"),
    ],
)
def test_a_decision_that_does_not_fit_is_told_with_its_line(decision: str, words: str) -> None:
    with pytest.raises(CorrectionError, match=words) as caught:
        _items(decision)
    assert caught.value.line == 2
