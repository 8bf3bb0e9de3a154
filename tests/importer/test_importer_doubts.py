"""What an import is unsure of, told once the measures are read."""

from __future__ import annotations

import pytest

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.doubts import look_alikes, unbalanced
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import LogKind

DOCUMENT = """示例市示例方案（2023—2025年）
一、重点任务
1.优化示例。完善制度。（责任单位：市示例局、市样本管理局）
2.推进样本（一期。完善机制。
3.创新监管。完善规则。（责任单位：市示例局、市样本管理局）
4.强化评估。完善指标。（责任单位：市样本管埋局）
"""


def test_measures_without_units_open_brackets_and_rare_names_are_told_with_their_lines() -> None:
    imported = convert(DOCUMENT.encode(), Corrections())
    doubts = [(entry.line, entry.message) for entry in imported.log if entry.kind is LogKind.DOUBT]
    assert (4, "第2条没有认出单位。") in doubts
    assert (4, "第2条的“（”没有配对。") in doubts
    assert (6, "单位「市样本管埋局」只出现一次，与「市样本管理局」相近，疑为一个。") in doubts
    assert len(doubts) == 3


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("（示例）《样本》", None),
        ("（示例", 0),
        ("示例）", 2),
        ("（《示例）", 1),
        ("要求：1）示例。", None),
        ("“示例”和“样本", 5),
    ],
)
def test_the_first_sign_without_a_partner_is_found(text: str, place: int | None) -> None:
    assert unbalanced(text) == place


def test_two_levels_of_government_are_no_slip() -> None:
    assert look_alikes(["省司法厅", "省司法厅", "市司法厅"]) == []
    assert look_alikes(["市司法局", "市司法局", "市司法居"]) == [("市司法居", "市司法局")]
    assert look_alikes(["市大数据发展局"] * 2 + ["市大数据局"]) == []
