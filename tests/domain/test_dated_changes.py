"""Dated changes in any order of entry, through the text of a real measure: one past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fazhi_tui.domain.dated import changed_from, corrected, held_on, stretches, value_on
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.plan.values import rewritten

START = date(2022, 1, 1)
MEASURE = Measure(id="9", title="示例", leads=("市示例局",), participants=("市样本局",), text="示例。")
UNITS = ("市示例局", "市样本局", "市实例局")
changes = st.lists(
    st.tuples(
        st.integers(1, 60).map(lambda days: START + timedelta(days=days)),
        st.lists(st.sampled_from(UNITS), max_size=2, unique=True).map(tuple),
    ),
    max_size=6,
    unique_by=lambda change: change[0],
)


def entered(rows: list[tuple[date, tuple[str, ...]]]) -> Measure:
    """Each change put into the file; one that changes nothing yet is entered again once it does."""
    text = dump(MEASURE)
    waiting = list(rows)
    while waiting:
        later = []
        for day, leads in waiting:
            was = load_files({"plan/09.yaml": text.encode()}).measures[0]
            now = changed_from(was, "leads", leads, day, "示例")
            if now == was:
                later.append((day, leads))
            text = rewritten(text, was, now)
        if later == waiting:
            break
        waiting = later
    found = load_files({"plan/09.yaml": text.encode()})
    assert not [problem for problem in found.problems if problem.path == "plan/09.yaml"]
    return found.measures[0]


@given(changes, st.randoms(use_true_random=False))
def test_any_order_of_entry_gives_the_same_past(
    rows: list[tuple[date, tuple[str, ...]]], order: Random
) -> None:
    rows = sorted(rows)
    expected = {}
    for away in range(70):
        day = START + timedelta(days=away)
        expected[day] = next((leads for since, leads in reversed(rows) if since <= day), MEASURE.leads)
    shuffled = list(rows)
    order.shuffle(shuffled)
    measure = entered(shuffled)
    assert {day: value_on(measure, "leads", day) for day in expected} == expected
    assert measure.participants == MEASURE.participants
    assert value_on(measure, "participants", START) == MEASURE.participants


def test_a_day_in_the_past_holds_until_the_next_recorded_change() -> None:
    once = changed_from(MEASURE, "leads", ("市样本局",), date(2024, 1, 1), "一")
    twice = changed_from(once, "leads", ("市实例局",), date(2023, 1, 1), "二")
    assert twice.leads == ("市样本局",)
    assert [(found.end, found.value) for found in stretches(twice, "leads")] == [
        (date(2022, 12, 31), ("市示例局",)),
        (date(2023, 12, 31), ("市实例局",)),
        (None, ("市样本局",)),
    ]


def test_what_was_wrong_from_the_start_leaves_nothing_behind() -> None:
    assert corrected(MEASURE, "leads", ("市实例局",), START) == replace(MEASURE, leads=("市实例局",))
    once = changed_from(MEASURE, "leads", (), date(2024, 1, 1), "一")
    right = corrected(once, "leads", ("市实例局",), date(2023, 1, 1))
    assert held_on(right, "leads", START).value == ("市实例局",)
    assert right.leads == ()
    assert len(right.history) == 1
