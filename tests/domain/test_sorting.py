"""The order of the list: by which column, which way round, and how a saved view writes it."""

from __future__ import annotations

import pytest

from fazhi_tui.domain.columns import BY_NAME
from fazhi_tui.domain.sorting import SORTS, Order

from .rows import day, row

EARLY = row(id="3", next_due=day("2022-12-31"), progress=50)
LATE = row(id="2", next_due=day("2023-12-31"), progress=10)
NEVER = row(id="1")
ROWS = (NEVER, LATE, EARLY)


def test_every_column_can_be_sorted_by() -> None:
    assert set(SORTS) == set(BY_NAME)


@pytest.mark.parametrize(
    ("order", "sorted_rows", "descending"),
    [
        (Order(), (NEVER, LATE, EARLY), False),
        (Order("编号"), (NEVER, LATE, EARLY), False),
        (Order("编号", reverse=True), (EARLY, LATE, NEVER), True),
        (Order("时限"), (EARLY, LATE, NEVER), False),
        (Order("时限", reverse=True), (NEVER, LATE, EARLY), True),
        (Order("进度"), (NEVER, LATE, EARLY), False),
        # The newest comes first by itself; equal ones keep the order of numbers.
        (Order("更新"), (NEVER, LATE, EARLY), True),
        (Order("更新", reverse=True), (NEVER, LATE, EARLY), False),
    ],
)
def test_rows_in_an_order(order: Order, sorted_rows: tuple[object, ...], descending: bool) -> None:
    assert order.of(ROWS) == sorted_rows
    assert order.descending is descending


def test_the_order_by_number_leaves_rows_as_they_come() -> None:
    assert Order().of([EARLY, NEVER]) == (EARLY, NEVER)


@pytest.mark.parametrize(
    ("text", "order", "written"),
    [
        (None, Order(), None),
        ("", Order(), None),
        ("编号", Order(), None),
        ("编号 倒序", Order("编号", reverse=True), "编号 倒序"),
        ("时限", Order("时限"), "时限"),
        ("时限 倒序", Order("时限", reverse=True), "时限 倒序"),
        ("时限 正序", Order("时限"), "时限"),
        ("时限 倒序 倒序", Order("时限"), "时限"),
        ("没有这列", Order(), None),
        ("没有这列 倒序", Order(), None),
    ],
)
def test_an_order_as_a_saved_view_writes_it(text: str | None, order: Order, written: str | None) -> None:
    assert Order.written(text) == order
    assert order.written_form == written


def test_choosing_the_column_in_hand_turns_it_round() -> None:
    assert Order().chosen("时限") == Order("时限")
    assert Order("时限").chosen("时限") == Order("时限", reverse=True)
    assert Order("时限", reverse=True).chosen("时限") == Order("时限")
    assert Order("时限", reverse=True).chosen("编号") == Order()
    assert Order().chosen("编号") == Order("编号", reverse=True)
