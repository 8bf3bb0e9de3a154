"""One pass gives what a query keeps, and what it would keep with each field's own terms lifted."""

from __future__ import annotations

from collections import Counter

import pytest

from fazhi_tui.domain.query.facet_counts import count_values
from fazhi_tui.domain.query.fields import FIELDS
from fazhi_tui.domain.query.language import parse, without_field

from .conftest import Asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "复议",
        "lead:sfj",
        "牵头:市司法局,市公安局 状态:推进中",
        "灯:绿 lead:sfj 节:行政 截止:2022",
        "-牵头:市司法局 状态:未启动 状态:未启动,推进中",
        "没有这样的词",
    ],
)
def test_sifting_answers_as_asking_with_each_field_left_out(told: Asked, text: str) -> None:
    result = parse(text, told.context).filter(told.rows)
    assert result.rows == parse(text, told.context).select(told.rows)
    for field in FIELDS.values():
        wanted = parse(without_field(text, field.key), told.context).select(told.rows)
        assert result.rows_without(field.key) == wanted
        assert result.rows_without(field.name) == wanted


def test_counting_values_counts_each_value_of_each_row_in_order_of_appearance(told: Asked) -> None:
    found = count_values(told.rows, lambda row: row.measure.leads)
    assert found == Counter(name for row in told.rows for name in row.measure.leads)
    assert next(iter(found)) == told.rows[0].measure.leads[0]
