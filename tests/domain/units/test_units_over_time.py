"""Units over time: every name finds its unit, successors stand where the abolished stood, the past stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fazhi_tui.domain.as_of import tracker_on
from fazhi_tui.domain.model.measure import FormerDuties, Measure
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.model.unit import FormerName, Unit, UnitKind
from fazhi_tui.domain.unit_history import abolition, lasting_index, names_of, predecessors, with_duties_of
from fazhi_tui.domain.unit_index import UnitIndex

BEFORE, DAY, AFTER = date(2024, 6, 30), date(2025, 1, 1), date(2025, 6, 30)
RENAMED = Unit(
    "市数据局",
    aliases=("数据局",),
    pinyin="shi shu ju ju",
    history=(FormerName(until=date(2024, 12, 31), name="市大数据局", pinyin="shi da shu ju ju"),),
)
GONE = Unit("市金融办", pinyin="shi jin rong ban", abolished=DAY, successors=("市委金融办", "市金融局"))
HEIRS = (
    Unit("市委金融办", pinyin="shi wei jin rong ban", founded=DAY),
    Unit("市金融局", pinyin="shi jin rong ju", founded=DAY),
)


def tracker(units: tuple[Unit, ...], *measures: Measure) -> Tracker:
    return Tracker("", None, units, measures, (), ())


def index_on(day: date, *units: Unit) -> UnitIndex:
    then = tracker_on(tracker(units), day)
    return UnitIndex(then.units, (), then.other_names)


@pytest.mark.parametrize("day", [BEFORE, date(2024, 12, 31), DAY, AFTER])
@pytest.mark.parametrize(
    "typed", ["市数据局", "市大数据局", "数据局", "shidashujuju", "sdsjj", "ssjj", "dsjj"]
)
def test_a_unit_is_found_by_every_name_on_every_day(day: date, typed: str) -> None:
    assert index_on(day, RENAMED).resolve(typed).name == ("市数据局" if day >= DAY else "市大数据局")


def test_every_name_is_told_in_order_of_time() -> None:
    assert [name.name for name in names_of(RENAMED)] == ["市大数据局", "市数据局"]
    assert lasting_index([RENAMED]).canonical("市大数据局") == "市数据局"


def test_successors_stand_where_the_abolished_stood_and_the_past_stays() -> None:
    measure = Measure("3", leads=("市司法局", "市金融办"), participants=("市金融办",))
    file = tracker((GONE, *HEIRS), measure)
    assert tracker_on(file, BEFORE).measures == (measure,)
    then = tracker_on(file, AFTER)
    assert then.measures[0].leads == ("市司法局", "市委金融办", "市金融局")
    assert then.measures[0].participants == ("市委金融办", "市金融局")
    # A tracker that stands on a day answers for earlier ones, too.
    assert tracker_on(then, BEFORE).measures[0].leads == measure.leads
    assert [unit.name for unit in tracker_on(then, BEFORE).units] == ["市金融办"]


def test_members_of_a_collective_are_those_of_the_day() -> None:
    collective = Unit("各金融部门", kind=UnitKind.COLLECTIVE, members=("市金融办", "市司法局"))
    file = tracker((GONE, *HEIRS, collective))
    assert tracker_on(file, BEFORE).units[-1].members == ("市金融办", "市司法局")
    then = tracker_on(file, AFTER)
    assert then.units[-1].members == ("市委金融办", "市金融局", "市司法局")
    assert tracker_on(then, BEFORE).units[-1].members == ("市金融办", "市司法局")


@pytest.mark.parametrize(
    ("units", "name", "found"),
    [
        ((GONE, *HEIRS), "市金融局", ("市金融办",)),
        ((GONE, *HEIRS), "市司法局", ()),
        ((GONE, *HEIRS), "市金融办", ()),
        (
            (Unit("甲局", abolished=BEFORE, successors=("市金融办",)), GONE, *HEIRS),
            "市委金融办",
            ("市金融办", "甲局"),
        ),
        ((Unit("甲局", abolished=BEFORE, successors=("市大数据局",)), RENAMED), "市数据局", ("甲局",)),
        # Two that name each other are a fault of the file, and no endless search.
        (
            (
                Unit("甲局", abolished=DAY, successors=("乙局",)),
                Unit("乙局", abolished=DAY, successors=("甲局",)),
            ),
            "甲局",
            ("乙局",),
        ),
    ],
)
def test_predecessors_are_found_through_all_that_came_between(
    units: tuple[Unit, ...], name: str, found: tuple[str, ...]
) -> None:
    assert predecessors(units, name) == found


def test_what_became_of_a_unit_is_said_in_words() -> None:
    assert abolition(GONE) == "已撤销（2025-01-01），由市委金融办、市金融局承接"
    assert abolition(Unit("甲局", abolished=DAY)) == "已撤销（2025-01-01）"
    assert abolition(HEIRS[0]) == ""


def moved(measure: Measure, gone: tuple[str, ...], *heirs: str) -> dict[str, Any]:
    index = UnitIndex([Unit(name) for name in ("甲局", "乙局", "丙局", "丁局")])
    after = with_duties_of(measure, gone, heirs, DAY, "机构改革", index)
    return {"leads": after.leads, "participants": after.participants, "history": after.history}


def test_duties_pass_on_in_the_same_place_and_role() -> None:
    measure = Measure("3", leads=("丁局", "甲局"), participants=("乙局", "甲局"))
    assert moved(measure, ("甲局",), "丙局") == {
        "leads": ("丁局", "丙局"),
        # Who leads does not take part besides.
        "participants": ("乙局",),
        "history": (
            FormerDuties(
                until=date(2024, 12, 31),
                leads=("丁局", "甲局"),
                participants=("乙局", "甲局"),
                reason="机构改革",
            ),
        ),
    }


def test_duties_pass_on_in_every_later_value_too() -> None:
    measure = Measure(
        "3", leads=("甲局", "乙局"), history=(FormerDuties(until=date(2025, 3, 31), leads=("甲局",)),)
    )
    assert moved(measure, ("甲局",), "丙局") == {
        "leads": ("丙局", "乙局"),
        "participants": (),
        "history": (
            FormerDuties(until=date(2024, 12, 31), leads=("甲局",), reason="机构改革"),
            FormerDuties(until=date(2025, 3, 31), leads=("丙局",)),
        ),
    }


def test_a_merger_into_one_of_two_names_it_once() -> None:
    measure = Measure("3", leads=("甲局", "乙局"))
    assert moved(measure, ("甲局",), "乙局")["leads"] == ("乙局",)
    assert moved(measure, ("甲局", "乙局"), "丙局")["leads"] == ("丙局",)
