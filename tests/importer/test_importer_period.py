"""The period of a plan, in the ways in which documents state it (示例)."""

from __future__ import annotations

import pytest

from fazhi_tui.importer.recognise.period import find_period, issue_date

SIGNED = "示例市人民政府\n2023年3月1日\n"


@pytest.mark.parametrize(
    ("title", "text", "period"),
    [
        ("示例方案（2022—2025年）", "", "2022-01-01..2025-12-31"),
        ("示例方案（2023~2025年）", "", "2023-01-01..2025-12-31"),
        ("示例行动计划（2023-2025）", "", "2023-01-01..2025-12-31"),
        ("“十四五”示例规划", "", "2021-01-01..2025-12-31?"),
        ("2023年示例工作要点", "", "2023-01-01..2023-12-31"),
        ("示例办法", f"{SIGNED}本办法自发布之日起施行，有效期5年。", "2023-03-01..2028-02-29"),
        ("示例办法", f"{SIGNED}本办法有效期至2027年6月30日。", "2023-03-01..2027-06-30"),
        ("示例办法", "本办法自2023年1月1日起施行，有效期5年。", "2023-01-01..2027-12-31"),
        ("示例措施", f"{SIGNED}到2025年，建成示例。", "2023-03-01..2025-12-31?"),
        ("示例措施", "示例市人民政府\n二〇二三年三月一日\n", "2023-03-01..2023-12-31?"),
        ("示例措施", "推进示例。", "None"),
    ],
)
def test_a_period_is_found_and_a_guess_is_told(title: str, text: str, period: str) -> None:
    found = find_period(title, text)
    shown = f"{found.span.start}..{found.span.end}{'?' if found.doubt else ''}" if found else "None"
    assert shown == period


def test_a_date_inside_a_sentence_is_not_the_date_of_the_document() -> None:
    assert issue_date("自2022年1月1日起，各单位应当推进示例。\n") is None
    assert issue_date("2023年2月30日\n") is None
