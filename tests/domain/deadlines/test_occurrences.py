"""Items spread over the plan's period."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.deadlines.occurrences import occurrences
from fazhi_tui.domain.model.measure import Period
from fazhi_tui.domain.model.plan import Plan

from .building import PLAN, TERM, TWO_YEARLY, YEARLY, item, plan


def spans(found: tuple[object, ...]) -> list[str]:
    return [f"{o.label} {o.start}..{o.due}" for o in found]  # type: ignore[attr-defined]


def test_a_yearly_item_is_owed_once_in_each_year_of_the_plan() -> None:
    assert spans(occurrences(item(period=YEARLY), PLAN)) == [
        "2022年 2022-01-01..2022-12-31",
        "2023年 2023-01-01..2023-12-31",
        "2024年 2024-01-01..2024-12-31",
        "2025年 2025-01-01..2025-12-31",
    ]


def test_every_two_years_steps_from_the_plans_first_year() -> None:
    assert spans(occurrences(item(period=TWO_YEARLY), PLAN)) == [
        "2022-2023年 2022-01-01..2023-12-31",
        "2024-2025年 2024-01-01..2025-12-31",
    ]
    assert spans(occurrences(item(period=TWO_YEARLY), plan("2021-01-01", "2025-12-31")))[-1] == (
        "2025年 2025-01-01..2025-12-31"
    )


def test_within_the_term_is_one_occurrence_to_the_plans_end() -> None:
    assert spans(occurrences(item(period=TERM, quantity=1), PLAN)) == ["任期内 2022-01-01..2025-12-31"]


def test_quarters_half_years_and_months_end_on_their_last_day() -> None:
    leap = plan("2024-01-01", "2024-12-31")
    assert spans(occurrences(item(period=Period.QUARTERLY), leap)) == [
        "2024年第1季度 2024-01-01..2024-03-31",
        "2024年第2季度 2024-04-01..2024-06-30",
        "2024年第3季度 2024-07-01..2024-09-30",
        "2024年第4季度 2024-10-01..2024-12-31",
    ]
    assert spans(occurrences(item(period=Period.HALF_YEARLY), leap)) == [
        "2024年上半年 2024-01-01..2024-06-30",
        "2024年下半年 2024-07-01..2024-12-31",
    ]
    assert spans(occurrences(item(period=Period.MONTHLY), leap))[1] == "2024年2月 2024-02-01..2024-02-29"


def test_a_plan_that_begins_and_ends_within_a_year_cuts_its_first_and_last_occurrence() -> None:
    cut = plan("2022-08-15", "2024-05-10")
    assert spans(occurrences(item(period=YEARLY), cut)) == [
        "2022年 2022-08-15..2022-12-31",
        "2023年 2023-01-01..2023-12-31",
        "2024年 2024-01-01..2024-05-10",
    ]
    assert spans(occurrences(item(period=Period.QUARTERLY), cut))[0] == "2022年第3季度 2022-08-15..2022-09-30"
    assert (
        spans(occurrences(item(period=Period.HALF_YEARLY), cut))[0] == "2022年下半年 2022-08-15..2022-12-31"
    )


def test_a_recurring_item_with_a_last_day_stops_there() -> None:
    found = occurrences(item(period=YEARLY, due=date(2023, 6, 30)), PLAN)
    assert spans(found) == ["2022年 2022-01-01..2022-12-31", "2023年 2023-01-01..2023-06-30"]


def test_a_dated_item_is_due_on_its_date() -> None:
    assert spans(occurrences(item(due=date(2022, 12, 31)), PLAN)) == [" 2022-01-01..2022-12-31"]


def test_a_counted_item_without_date_or_period_is_due_at_the_plans_end() -> None:
    assert spans(occurrences(item(quantity=60), PLAN)) == ["规划期末 2022-01-01..2025-12-31"]


def test_without_a_readable_plan_only_dated_items_are_owed() -> None:
    assert spans(occurrences(item(due=date(2022, 12, 31)), None)) == [" 2022-12-31..2022-12-31"]
    assert occurrences(item(period=YEARLY), None) == ()
    assert occurrences(item(quantity=60), None) == ()


@pytest.mark.parametrize("period", [p for p in Period if p is not TERM])
@given(first=st.dates(date(2000, 1, 1), date(2040, 1, 1)), length=st.integers(0, 3000))
def test_occurrences_cover_every_day_of_the_plan_once(period: Period, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = occurrences(item(period=period), plan(first.isoformat(), last.isoformat()))
    assert found[0].start == first
    assert found[-1].due == last
    for one, following in pairwise(found):
        assert one.start <= one.due
        assert following.start == one.due + timedelta(days=1)
    assert len({one.label for one in found}) == len(found)


def test_a_plan_to_the_end_of_the_calendar_is_no_endless_loop() -> None:
    found = occurrences(item(period=YEARLY), plan("9998-01-01", "9999-12-31"))
    assert [one.due.year for one in found] == [9998, 9999]


def test_a_plan_that_ends_before_it_begins_owes_nothing() -> None:
    wrong: Plan = plan("2025-01-01", "2022-12-31")
    assert occurrences(item(period=YEARLY), wrong) == ()
