"""Which measure is which: sure, doubtful or another, whatever the numbers say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.matching import Known, Matching, dice, match_items, match_measures, numbers_for
from fazhi_tui.domain.model.measure import Item, Measure

WORDS = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))


def known(*measures: Measure) -> list[Known]:
    return [Known(measure.id, measure.id, (measure,)) for measure in measures]


def match(old: list[Known], *new: Measure, **decided: str | None) -> Matching:
    return match_measures(old, new, {number[1:]: to for number, to in decided.items()})


ENFORCING = Measure("1", "规范执法行为", text="推行行政执法公示制度，每年开展案卷评查。", leads=("市司法局",))
REVIEW = Measure("2", "加强行政复议", text="建成行政复议服务中心，配齐办案人员。", leads=("市司法局",))
OPENNESS = Measure("3", "推进政务公开", text="主动公开重大行政决策目录。", leads=("市政府办公室",))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_same_words_are_the_same_under_any_number(order: tuple[int, ...]) -> None:
    old = [ENFORCING, REVIEW, OPENNESS]
    new = [replace(old[at], id=str(number)) for number, at in enumerate(order, 1)]
    assert match(known(*old), *new).pairs == {str(n): old[at].id for n, at in enumerate(order, 1)}


def test_the_number_alone_makes_nothing_the_same() -> None:
    found = match(known(ENFORCING), replace(OPENNESS, id="1"))
    assert (found.pairs, found.new, found.gone, found.doubtful) == ({}, ("1",), ("1",), ())


def test_half_of_the_words_are_a_doubt() -> None:
    half = Measure("1", "规范执法监督", text="推行行政执法公示制度，建立检查平台，公布检查频次。")
    found = match(known(ENFORCING), half)
    assert [(each.number, each.candidates) for each in found.doubtful] == [("1", ("1",))]
    assert (found.pairs, found.new) == ({}, ())


def test_two_that_are_equally_like_one_are_a_doubt() -> None:
    twins = [replace(ENFORCING, id=number, text=f"{ENFORCING.text}{more}") for number, more in ("4甲", "5乙")]
    assert [each.candidates for each in match(known(ENFORCING), *twins).doubtful] == [("1",), ("1",)]


def test_the_same_task_of_two_bodies_is_told_apart_by_the_bodies() -> None:
    other = replace(ENFORCING, id="2", leads=("市公安局",))
    found = match(known(ENFORCING, other), replace(other, id="1"), replace(ENFORCING, id="2"))
    assert found.pairs == {"1": "2", "2": "1"}


def test_what_a_person_decided_comes_first() -> None:
    found = match(known(ENFORCING, REVIEW), replace(ENFORCING, id="1"), _1="2")
    assert (found.pairs, found.gone) == ({"1": "2"}, ("1",))
    assert match(known(ENFORCING), ENFORCING, _1=None).new == ("1",)


def test_a_number_is_its_own_where_it_is_free_and_never_one_that_was_used() -> None:
    assert numbers_for(("4", "2", "3"), {"1", "2", "3"}) == {"4": "4", "2": "5", "3": "6"}
    assert numbers_for(("2",), {"1", "2"}, gaps={"2"}) == {"2": "2"}
    # No number is left out between.
    assert numbers_for(("6", "7"), {"1", "2", "3"}) == {"6": "4", "7": "5"}


def test_items_are_matched_by_what_is_to_be_done_not_by_their_numbers() -> None:
    old = [Item("1.1", "公布清单", date(2024, 6, 30)), Item("1.2", "建成服务中心", date(2024, 12, 31))]
    new = [Item("1.1", "建成服务中心", date(2025, 6, 30)), Item("1.2", "配齐听证员", date(2024, 6, 30))]
    assert match_items([(item.id, [item]) for item in old], new) == {0: "1.2"}


def test_likeness_is_none_of_nothing_and_all_of_the_same() -> None:
    assert (dice("规范执法", "规范，执法。"), dice("规范执法", "植树造林"), dice("", "")) == (1, 0, 1)


# ------------------------------------------------------------------ whatever happens to a plan


@st.composite
def revisions(draw: st.DrawFn) -> tuple[list[Measure], list[tuple[Measure, str | None]]]:
    """A plan, and a revision of it: each measure with the number of what it was, None for one that is new.

    Every measure has words of its own; an edit changes a few of them.
    """
    count, more = draw(st.integers(1, 8)), draw(st.integers(0, 3))
    words = draw(st.permutations(WORDS))

    def measure(at: int) -> Measure:
        own = "".join(words[at * 40 : at * 40 + 40])
        return Measure(str(at + 1), own[:8], text=f"{own[8:]}。", leads=(draw(st.sampled_from("甲乙丙")),))

    def edited(measure: Measure) -> Measure:
        at = draw(st.integers(0, len(measure.text) - 4))
        return replace(
            measure,
            text=measure.text[:at] + draw(st.sampled_from(("", "示例", "不少于"))) + measure.text[at + 2 :],
            leads=(draw(st.sampled_from("甲乙丙")),),
        )

    old = [measure(at) for at in range(count)]
    kept = [each for each in old if draw(st.integers(0, 4))]
    new: list[tuple[Measure, str | None]] = [
        (edited(each) if draw(st.booleans()) else each, each.id) for each in kept
    ]
    new += [(measure(count + at), None) for at in range(more)]
    order = draw(st.permutations(new))
    return old, [(replace(each, id=str(at)), was) for at, (each, was) in enumerate(order, 1)]


@given(revisions())
@settings(max_examples=150)
def test_no_measure_becomes_another_and_no_number_is_used_again(
    plan: tuple[list[Measure], list[tuple[Measure, str | None]]],
) -> None:
    old, new = plan
    found = match(known(*old), *(measure for measure, _ in new))
    was = {measure.id: origin for measure, origin in new}
    assert {number: was[number] for number in found.pairs} == found.pairs
    assert all(was[number] is None for number in found.new)
    used = {measure.id for measure in old}
    given_out = numbers_for(found.new, used)
    assert not used & set(given_out.values())
    assert len(set(given_out.values())) == len(given_out)
    accounted = {*found.pairs, *found.new, *(each.number for each in found.doubtful)}
    assert accounted == set(was)
    assert {*found.pairs.values(), *found.gone} == used


@given(revisions())
@settings(max_examples=50)
def test_the_order_of_the_document_decides_nothing(
    plan: tuple[list[Measure], list[tuple[Measure, str | None]]],
) -> None:
    old, new = plan
    given_ = [measure for measure, _ in new]
    found = match(known(*old), *given_)
    assert match(known(*old[::-1]), *given_[::-1]).pairs == found.pairs
