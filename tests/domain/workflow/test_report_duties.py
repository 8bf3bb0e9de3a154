"""Who owes a report for a period, and whose notes are it; all examples (示例)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fazhi_tui.domain.dated import changed_from
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.domain.workflow.report_duties import ReportDuties
from fazhi_tui.service.view import View, view_of
from tests.domain.deadlines.building import OFFICE, PLAN, day, note

QUARTER = ReportPeriod("2022年第3季度", day("2022-07-01"), day("2022-09-30"))
BODIES = tuple(Unit(name) for name in ("甲局", "乙局", "丙局", OFFICE))
CLAIM, RETURN = NoteKind.REQUEST_CLOSE, NoteKind.RETURN


def of(*notes: Note, units: tuple[Unit, ...] = (), today: str = "2022-11-30", **facts: Any) -> View:
    """A tracker with one measure, seen on a day; reports are due every quarter."""
    settings = Settings(coordinator=OFFICE, rhythm="每季度", **facts.pop("settings", {}))
    one = facts.pop("measure", None) or Measure("28", "示例措施", **facts)
    plan = replace(PLAN, settings=settings)
    tracker = Tracker("", plan, (*BODIES, *units), (one,), notes, ())
    return view_of(tracker, day(today))


def silent(view: View) -> tuple[str, ...] | None:
    """Who has not reported; None where the report is not missing."""
    state = view.row("28").state
    return state.silent if state.missing else None


def test_each_joint_unit_answers_for_itself_and_the_last_clears_the_measure() -> None:
    joint = ("甲局", "乙局", "丙局")
    first = note("2022-09-01", unit="乙局", name="1")
    found = of(first, responsible=joint).row("28").state
    assert (found.silent, found.owing) == (("甲局", "丙局"), 3)
    later = note("2022-11-02", unit="甲局", name="2")
    assert silent(of(first, later, responsible=joint)) == ("丙局",)
    last = note("2022-11-03", unit="丙局", name="3")
    assert silent(of(first, later, last, responsible=joint)) is None


def test_the_reason_tells_how_many_have_reported() -> None:
    begun = note("2022-07-01", unit="乙局", status=Status.IN_PROGRESS)
    state = of(begun, leads=("甲局", "乙局")).row("28").state
    assert (state.rule, state.why) == (
        "unreported",
        "未报：2022年第3季度的报送截止于 2022-09-30，2 个单位中 1 个已报",
    )
    assert state.missing_said == "2022年第3季度，2 个单位中 1 个已报，未报的是甲局"


def test_leads_and_responsible_units_owe_and_participants_where_a_city_says_so() -> None:
    roles: dict[str, Any] = {"leads": ("甲局",), "responsible": (OFFICE,), "participants": ("乙局",)}
    assert silent(of(**roles)) == ("甲局", OFFICE)
    assert silent(of(**roles, settings={"participants_report": True})) == ("甲局", OFFICE, "乙局")


def test_a_collective_owes_through_known_members_where_these_count() -> None:
    all_bodies = Unit("各局", kind=UnitKind.COLLECTIVE, members=("甲局", "乙局"))
    report = note("2022-09-01", unit="甲局")
    assert silent(of(report, units=(all_bodies,), leads=("各局",))) is None
    counted = of(report, units=(all_bodies,), leads=("各局",), settings={"count_members": True})
    assert silent(counted) == ("乙局",)


def test_a_collective_of_unknown_members_is_told_and_owes_only_where_it_alone_is_charged() -> None:
    unknown = Unit("其他各局", kind=UnitKind.COLLECTIVE)
    beside = of(units=(unknown,), leads=("甲局", "其他各局"))
    assert silent(beside) == ("甲局",)
    assert beside.duties is not None
    duty = beside.duties.of(beside.row("28").measure, QUARTER)
    assert duty is not None
    assert duty.uncounted == ("其他各局",)
    assert silent(of(units=(unknown,), leads=("其他各局",))) == ("其他各局",)
    assert silent(of(note("2022-09-01", unit="丙局"), units=(unknown,), leads=("其他各局",))) is None
    assert silent(of(note("2022-09-01", unit=OFFICE), units=(unknown,), leads=("其他各局",))) is not None


@pytest.mark.parametrize(
    ("since", "reports", "missing"),
    [
        # Who leads on the period's last day owes; what the predecessor filed while it led counts.
        ("2022-08-01", [("2022-07-15", "甲局")], None),
        ("2022-08-01", [("2022-08-15", "甲局")], ("乙局",)),
        ("2022-08-01", [("2022-08-15", "乙局")], None),
        ("2022-08-01", [], ("乙局",)),
        ("2022-09-30", [("2022-07-15", "丙局")], ("乙局",)),
        # A change after the period leaves it with who led then, and whoever came after may make it good.
        ("2022-10-01", [("2022-07-15", "乙局")], ("甲局",)),
        ("2022-10-01", [("2022-11-01", "乙局")], None),
        ("2022-11-01", [("2022-10-15", "乙局")], ("甲局",)),
        # A change that is still to come is not known.
        ("2023-01-01", [("2022-08-15", "乙局")], ("甲局",)),
    ],
)
def test_the_holder_of_the_last_day_owes(
    since: str, reports: list[tuple[str, str]], missing: tuple[str, ...] | None
) -> None:
    one = changed_from(Measure("28", "示例措施", leads=("甲局",)), "leads", ("乙局",), day(since))
    assert silent(of(*(note(when, unit=unit) for when, unit in reports), measure=one)) == missing


def test_a_joint_unit_that_stayed_is_not_cleared_by_one_that_left() -> None:
    one = changed_from(
        Measure("28", "示例", leads=("甲局", "丙局")), "leads", ("乙局", "丙局"), day("2022-08-01")
    )
    assert silent(of(note("2022-07-15", unit="甲局"), measure=one)) == ("丙局",)


def test_a_note_of_what_a_unit_took_over_from_counts() -> None:
    gone = Unit("旧局", abolished=day("2022-09-01"), successors=("甲局", "乙局"))
    report = note("2022-08-01", unit="旧局")
    assert silent(of(report, units=(gone,), leads=("旧局",))) is None
    assert silent(of(units=(gone,), leads=("旧局",))) == ("甲局", "乙局")
    assert silent(of(units=(gone,), leads=("旧局",), today="2022-08-31")) == ("旧局",)


@pytest.mark.parametrize(
    ("facts", "notes"),
    [
        ({"added": day("2022-10-01")}, []),
        ({}, [note("2022-06-01", unit="甲局", kind=CLAIM)]),
        ({}, [note("2022-02-01", unit=OFFICE, status=Status.SUSPENDED)]),
        # Asked for closing on the last day, returned since: nobody owed on that day.
        (
            {},
            [
                note("2022-06-01", unit="甲局", kind=CLAIM, name="1"),
                note("2022-10-08", unit=OFFICE, kind=RETURN, name="2"),
            ],
        ),
    ],
)
def test_what_is_not_at_work_on_the_last_day_owes_nothing(facts: dict[str, Any], notes: list[Note]) -> None:
    assert silent(of(*notes, leads=("甲局",), **facts)) is None


def test_a_measure_added_within_the_period_owes_it_and_a_withdrawn_one_does_not() -> None:
    assert silent(of(leads=("甲局",), added=day("2022-09-30"))) == ("甲局",)
    duties = ReportDuties(of(leads=("甲局",)).index, Settings())
    gone = Measure("28", leads=("甲局",), withdrawn=day("2022-09-30"))
    assert duties.of(gone, QUARTER) is None
    assert duties.of(replace(gone, withdrawn=date(2022, 10, 1)), QUARTER) is not None


def test_a_measure_for_which_the_document_names_nobody_is_cleared_by_anybody() -> None:
    assert silent(of()) == ()
    assert silent(of(note("2022-09-01", unit="丙局"))) is None
