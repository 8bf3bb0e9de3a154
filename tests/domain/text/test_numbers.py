"""Numbers of measures and items are put in the order in which the document counts."""

from __future__ import annotations

from random import Random

from fazhi_tui.domain.text.numbers import number_key


def test_numbers_stand_as_the_document_counts_them() -> None:
    counted = ["", "1", "2", "2-3", "2-3-1", "2-10", "3", "3.2", "3.10", "28", "28.1"]
    mixed = counted[:]
    Random(15).shuffle(mixed)

    assert sorted(mixed, key=number_key) == counted


def test_what_is_no_number_is_passed_over() -> None:
    assert number_key("3-甲") == (3,)
    assert number_key("甲") == ()
