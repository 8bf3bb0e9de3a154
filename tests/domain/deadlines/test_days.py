"""Days and ranges as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.deadlines.dates import DayRange, add_months, compare_days, parse_day_range
from fazhi_tui.domain.model.errors import UsageError

from .building import day

TODAY = date(2024, 2, 29)


def between(start: str, end: str) -> DayRange:
    return DayRange(day(start) if start else None, day(end) if end else None)


@pytest.mark.parametrize(
    ("typed", "covered"),
    [
        ("2023-01-01", between("2023-01-01", "2023-01-01")),
        ("2023-1-1", between("2023-01-01", "2023-01-01")),
        ("2023/1/1", between("2023-01-01", "2023-01-01")),
        ("２０２３年１月１日", between("2023-01-01", "2023-01-01")),
        ("2024-02-29", between("2024-02-29", "2024-02-29")),
        ("2022-12", between("2022-12-01", "2022-12-31")),
        ("2022年12月", between("2022-12-01", "2022-12-31")),
        ("2023-02", between("2023-02-01", "2023-02-28")),
        ("2024-02", between("2024-02-01", "2024-02-29")),
        ("2000-02", between("2000-02-01", "2000-02-29")),
        ("1900-02", between("1900-02-01", "1900-02-28")),
        ("2022", between("2022-01-01", "2022-12-31")),
        ("2022年", between("2022-01-01", "2022-12-31")),
        ("2022Q1", between("2022-01-01", "2022-03-31")),
        ("2022q2", between("2022-04-01", "2022-06-30")),
        ("2022-Q3", between("2022-07-01", "2022-09-30")),
        ("2022年第4季度", between("2022-10-01", "2022-12-31")),
        ("30d", between("2024-02-29", "2024-03-30")),
        ("本月", between("2024-02-01", "2024-02-29")),
        ("本季", between("2024-01-01", "2024-03-31")),
        ("本季度", between("2024-01-01", "2024-03-31")),
        ("今年", between("2024-01-01", "2024-12-31")),
        ("..本年", between("", "2024-12-31")),
        ("0D", between("2024-02-29", "2024-02-29")),
        ("30天", between("2024-02-29", "2024-03-30")),
        ("今天", between("2024-02-29", "2024-02-29")),
        ("逾期", between("", "2024-02-28")),
        ("Overdue", between("", "2024-02-28")),
        ("2022..2023", between("2022-01-01", "2023-12-31")),
        ("2022Q4。。2023-02", between("2022-10-01", "2023-02-28")),
        ("2022..", between("2022-01-01", "")),
        ("..2022", between("", "2022-12-31")),
        ("30d..90d", between("2024-03-30", "2024-05-29")),
        ("2022.1.5..2022.2", between("2022-01-05", "2022-02-28")),
    ],
)
def test_a_text_covers_days(typed: str, covered: DayRange) -> None:
    assert parse_day_range(typed, TODAY) == covered


def test_looking_back_thirty_days_ends_today() -> None:
    assert parse_day_range("30d", TODAY, past=True) == between("2024-01-30", "2024-02-29")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2023-02-30", "没有 2023-02-30 这一天"),
        ("2023-02-29", "没有 2023-02-29 这一天"),
        ("2023-04-31", "没有 2023-04-31 这一天"),
        ("2023-01-00", "没有 2023-01-00 这一天"),
        ("2023-13", "没有 13 月"),
        ("2023-00-10", "没有 0 月"),
        ("2022Q5", "「2022Q5」这个季度"),
        ("2022Q0", "「2022Q0」这个季度"),
        ("0000", "年份不对"),
        ("9999-12-31", "年份不对"),
        ("20222", "不是日期"),
        ("明天", "不是日期"),
        ("", "不是日期"),
        ("..", "两头都没有"),
        ("2023..2022", "前后颠倒"),
        ("2022..2023..2024", "不是日期"),
        ("2022...2023", "不是日期"),
        ("999999999d", "太远"),
        ("逾期..2022", "不是日期"),
    ],
)
def test_a_wrong_date_is_told_in_chinese_with_a_way_out(typed: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_day_range(typed, TODAY)
    assert message in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(
    ("sign", "typed", "covered"),
    [
        ("<", "2022", between("", "2021-12-31")),
        ("<=", "2022", between("", "2022-12-31")),
        (">", "2022", between("2023-01-01", "")),
        (">=", "2022", between("2022-01-01", "")),
        ("<", "2024-03", between("", "2024-02-29")),
        ("<", "30d", between("", "2024-03-29")),
        ("<=", "30d", between("", "2024-03-30")),
        (">", "30d", between("2024-03-31", "")),
    ],
)
def test_comparisons_look_at_the_near_end_of_a_period(sign: str, typed: str, covered: DayRange) -> None:
    assert compare_days(sign, typed, TODAY) == covered


def test_comparing_with_days_ago() -> None:
    assert compare_days("<", "30d", TODAY, past=True) == between("", "2024-01-29")


@pytest.mark.parametrize("typed", ["逾期", "2022..2023"])
def test_what_is_no_single_date_cannot_be_compared(typed: str) -> None:
    with pytest.raises(UsageError, match="不能用 < 比较"):
        compare_days("<", typed, TODAY)


@given(st.text(max_size=15) | st.from_regex(r"[0-9dQ年月日.\-]{1,14}", fullmatch=True), st.booleans())
def test_no_text_is_answered_with_a_traceback(text: str, past: bool) -> None:
    for read in (parse_day_range, lambda *a, **k: compare_days("<", *a, **k)):
        try:
            answer: DayRange | UsageError = read(text, TODAY, past=past)
        except UsageError as error:
            answer = error
        if isinstance(answer, UsageError):
            assert answer.message
            assert answer.hint
        else:
            assert answer.start is None or answer.end is None or answer.start <= answer.end


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_day_lies_in_its_own_day_month_quarter_and_year(one: date) -> None:
    month = f"{one.year}-{one.month:02}"
    for text in (one.isoformat(), month, f"{one.year}Q{(one.month + 2) // 3}", str(one.year)):
        assert parse_day_range(text, TODAY).covers(one)
        before, after = compare_days("<", text, TODAY), compare_days(">", text, TODAY)
        assert not before.covers(one)
        assert not after.covers(one)


def test_adding_months_keeps_to_the_end_of_short_months() -> None:
    assert add_months(date(2022, 11, 30), 3) == date(2023, 2, 28)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2022, 10, 1), 3) == date(2023, 1, 1)
    assert add_months(date(2022, 1, 31), 0) == date(2022, 1, 31)
    assert add_months(date(2022, 1, 1), 10**9) == date.max


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 1000))
def test_adding_months_moves_on_by_whole_months(one: date, months: int) -> None:
    later = add_months(one, months)
    assert (later.year * 12 + later.month) - (one.year * 12 + one.month) == months
    assert later.day <= one.day
    assert later.day == one.day or (later + timedelta(days=1)).day == 1
