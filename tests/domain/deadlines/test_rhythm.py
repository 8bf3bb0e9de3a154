"""When a period of reports ends."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.deadlines.report_periods import report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.plan import Span

SPAN = Span(date(2022, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("rhythm", "until", "last"),
    [
        ("每月", "2022-03-01", ("2022年2月", "2022-02-01", "2022-02-28")),
        ("每月25日", "2022-03-01", ("2022年2月", "2022-01-26", "2022-02-25")),
        ("每月31日", "2024-03-01", ("2024年2月", "2024-02-01", "2024-02-29")),
        ("每季度", "2022-04-01", ("2022年第1季度", "2022-01-01", "2022-03-31")),
        ("每季度20日", "2022-06-21", ("2022年第2季度", "2022-03-21", "2022-06-20")),
        ("每半年", "2023-01-01", ("2022年下半年", "2022-07-01", "2022-12-31")),
        ("每年20日", "2023-06-01", ("2022年", "2022-01-01", "2022-12-20")),
        ("每季度", "2030-01-01", ("2025年第4季度", "2025-10-01", "2025-12-31")),
    ],
)
def test_the_last_period_that_has_ended(rhythm: str, until: str, last: tuple[str, str, str]) -> None:
    found = report_periods(rhythm, SPAN, date.fromisoformat(until))[-1]
    assert (found.label, str(found.start), str(found.end)) == last


def test_none_has_ended_on_its_own_last_day_and_none_is_asked_for_without_a_rhythm() -> None:
    assert report_periods("每季度", SPAN, date(2022, 3, 31)) == ()
    assert report_periods(None, SPAN, date(2023, 1, 1)) == ()


def test_what_is_no_rhythm_is_told() -> None:
    with pytest.raises(UsageError, match="不是报送周期"):
        report_periods("每旬", SPAN, date(2023, 1, 1))


@given(
    st.sampled_from(["每月", "每季度", "每半年", "每年"]),
    st.none() | st.integers(1, 31),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(0, 2000),
)
def test_periods_cover_the_plan_without_gap_or_overlap(
    every: str, day: int | None, start: date, length: int
) -> None:
    span = Span(start, start + timedelta(days=length))
    found = report_periods(every + (f"{day}日" if day else ""), span, date(2999, 1, 1))
    assert found
    assert (found[0].start, found[-1].end) == (span.start, span.end)
    for one, following in pairwise(found):
        assert following.start == one.end + timedelta(days=1)
    assert len({one.label for one in found}) >= len(found) - 1
