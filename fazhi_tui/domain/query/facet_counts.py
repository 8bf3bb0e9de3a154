"""What a query keeps, and what it would keep without one field's terms, in one pass for all fields.

That is what counts beside a list need: how many measures each value would give if it were chosen now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from typing import TypeVar

from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.fields import field_named
from fazhi_tui.domain.query.prepared_row import PreparedRow
from fazhi_tui.domain.query.values import Test

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class FilterResult:
    """``rows`` are those kept, in their order; ``without`` those kept without a field's terms, by its key.

    Excluding terms (``-牵头:…``) are never left out, as in :func:`without_field`.
    """

    rows: tuple[Row, ...]
    without: Mapping[str, tuple[Row, ...]]

    def rows_without(self, field: str) -> tuple[Row, ...]:
        """The rows to count a field's values in; ``field`` is any of its names."""
        known = field_named(field)
        return self.without.get(known.key, self.rows) if known else self.rows


def filter_rows(
    rows: Sequence[Row], prepared: Sequence[PreparedRow], by_field: Mapping[str, Sequence[Test]]
) -> FilterResult:
    """Ask every row once; ``prepared`` belongs to ``rows``, a field's tests are left out together."""
    answers = {
        field: [all(test(row) for test in tests) for row in prepared]
        if len(tests) > 1
        else list(map(tests[0], prepared))
        for field, tests in by_field.items()
    }
    without = {
        field: _kept(rows, [found for other, found in answers.items() if other != field]) for field in answers
    }
    return FilterResult(_kept(rows, list(answers.values())), without)


def _kept(rows: Sequence[Row], answers: Sequence[Sequence[bool]]) -> tuple[Row, ...]:
    if not answers:
        return tuple(rows)
    return tuple(compress(rows, answers[0] if len(answers) == 1 else map(all, zip(*answers, strict=True))))


def count_values(rows: Iterable[Row], values: Callable[[Row], Iterable[V]]) -> Counter[V]:
    """How many rows have each value, in the order of their first appearance.

    ``values`` gives each value of a row once.
    """
    return Counter(chain.from_iterable(map(values, rows)))
