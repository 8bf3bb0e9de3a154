"""What a query keeps, and what it would keep with one field's own terms lifted: one pass for all fields.

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
from fazhi_tui.domain.query.prepared_row import Prepared
from fazhi_tui.domain.query.values import Test

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Sifted:
    """``rows`` are those kept, in their order; ``lifted`` those kept without a field's terms, by its key.

    Excluding terms (``-牵头:…``) are never lifted, as in :func:`without_field`.
    """

    rows: tuple[Row, ...]
    lifted: Mapping[str, tuple[Row, ...]]

    def lifting(self, field: str) -> tuple[Row, ...]:
        """The rows to count a field's values in; ``field`` is any of its names."""
        known = field_named(field)
        return self.lifted.get(known.key, self.rows) if known else self.rows


def sift(
    rows: Sequence[Row],
    prepared: Sequence[Prepared],
    always: Sequence[tuple[Test, bool]],
    by_field: Mapping[str, Sequence[Test]],
) -> Sifted:
    """Ask every row once.

    ``prepared`` belongs to ``rows``, one by one; ``always`` are tests that are never lifted, each with
    whether it excludes; ``by_field`` those that are lifted together.
    """
    for test, negated in always:
        keeps = [test(row) is not negated for row in prepared]
        rows, prepared = list(compress(rows, keeps)), list(compress(prepared, keeps))
    answers = {
        field: [all(test(row) for test in tests) for row in prepared]
        if len(tests) > 1
        else list(map(tests[0], prepared))
        for field, tests in by_field.items()
    }
    lifted = {
        field: _kept(rows, [found for other, found in answers.items() if other != field]) for field in answers
    }
    return Sifted(_kept(rows, list(answers.values())), lifted)


def _kept(rows: Sequence[Row], answers: Sequence[Sequence[bool]]) -> tuple[Row, ...]:
    if not answers:
        return tuple(rows)
    return tuple(compress(rows, answers[0] if len(answers) == 1 else map(all, zip(*answers, strict=True))))


def tally(rows: Iterable[Row], values: Callable[[Row], Iterable[V]]) -> Counter[V]:
    """How many rows have each value, in the order of their first appearance.

    ``values`` gives each value of a row once.
    """
    return Counter(chain.from_iterable(map(values, rows)))
