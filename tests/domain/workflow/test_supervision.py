"""Authority, disagreements, extensions and named occurrences: what counts, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.note_check import check_in_place, lacks_evidence
from fazhi_tui.domain.workflow.office import office_of
from fazhi_tui.domain.workflow.state import state_of

from .test_workflow import MEASURE, OFFICE, PLAN, TODAY, note

YEARLY = Measure("28", "示例措施", items=(Item("28.1", "示例", period=Period.YEARLY, quantity=1),))
BEGUN = note(0, status=Status.IN_PROGRESS)


def state(*notes: Note, measure: Measure = MEASURE, today: date = TODAY) -> Any:
    return state_of(measure, notes, PLAN, today)


def refusals(*notes: Note) -> list[str]:
    return [why for _, why in state(*notes).refused]


# ------------------------------------------------------------------ whose it is


def test_what_only_the_office_may_do_does_not_count_from_another_body() -> None:
    asked = note(1, kind=NoteKind.REQUEST_CLOSE)
    closed = note(2, kind=NoteKind.CLOSE, unit="市司法局")
    assert state(BEGUN, asked, closed).status is Status.PENDING_REVIEW
    assert refusals(BEGUN, asked, closed) == ["办结只能由统筹单位作出"]
    granted = note(3, kind=NoteKind.GRANT_EXTENSION, unit="市司法局", new_due=date(2023, 6, 30))
    assert state(BEGUN, granted).due == date(2022, 12, 31)
    assert state(BEGUN, replace(granted, unit=OFFICE)).due == date(2023, 6, 30)


def test_an_alias_and_a_predecessor_of_the_office_count() -> None:
    plan = replace(PLAN, settings=replace(PLAN.settings, former_coordinators=("市依法行政办",)))
    office = office_of(plan, [Unit(OFFICE, aliases=("法治办",))])
    notes = [BEGUN, note(1, kind=NoteKind.REQUEST_CLOSE)]
    for name, status in (
        ("法治办", Status.DONE),
        ("市依法行政办", Status.DONE),
        ("市公安局", Status.PENDING_REVIEW),
    ):
        assert fold([*notes, note(2, kind=NoteKind.CLOSE, unit=name)], office).status is status


def test_a_forbidden_move_does_not_count_whatever_it_writes() -> None:
    leap = note(1, status=Status.DONE, progress=100)
    found = state(BEGUN, leap)
    assert (found.status, found.progress) == (Status.IN_PROGRESS, None)
    assert found.refused == ((leap, "进展不能把状态从推进中改为已完成"),)
    assert state(leap).status is Status.NOT_STARTED


def test_another_body_cannot_take_the_offices_word_back() -> None:
    notes = [BEGUN, note(1, kind=NoteKind.REQUEST_CLOSE), note(2, kind=NoteKind.CLOSE)]
    fix = note(3, kind=NoteKind.CORRECTION, corrects="n0002", status=None)
    assert state(*notes, fix).status is Status.DONE
    assert refusals(*notes, fix) == ["办结由统筹单位作出，不能由别的单位更正"]


# ------------------------------------------------------------------ disagreement


def fork() -> list[Note]:
    return [
        BEGUN,
        note(1, status_before=Status.IN_PROGRESS, kind=NoteKind.REQUEST_CLOSE, status=Status.PENDING_REVIEW),
        note(2, status_before=Status.IN_PROGRESS, status=Status.ONGOING, unit="市公安局"),
    ]


def test_two_notes_from_one_status_to_two_are_a_disagreement() -> None:
    found = state(*fork())
    assert found.disagreement is not None
    assert [one.id for one in found.disagreement] == ["n0001", "n0002"]
    assert found.status is Status.ONGOING, "the later one counts for now"


def test_two_notes_to_the_same_status_are_none() -> None:
    both = [*fork()[:2], replace(fork()[1], path="status/28/n0003.md", unit="市公安局")]
    assert state(*both).disagreement is None


@pytest.mark.parametrize(
    "settles",
    [
        {
            "kind": NoteKind.CORRECTION,
            "corrects": "n0002",
            "status": Status.PENDING_REVIEW,
            "unit": "市公安局",
        },
        {"kind": NoteKind.CORRECTION, "corrects": "n0001", "status": Status.ONGOING},
        {"kind": NoteKind.CORRECTION, "corrects": "n0000", "status": Status.ONGOING, "unit": OFFICE},
    ],
)
def test_a_later_correction_settles_it(settles: dict[str, Any]) -> None:
    found = state(*fork(), note(9, **settles))
    assert found.disagreement is None
    assert found.status is settles["status"]


def test_a_later_closing_settles_it() -> None:
    again = note(8, kind=NoteKind.REQUEST_CLOSE, status_before=Status.ONGOING)
    assert state(*fork(), again).disagreement is not None
    assert state(*fork(), again, note(9, kind=NoteKind.CLOSE)).disagreement is None


def test_a_progress_note_after_it_does_not_settle_it() -> None:
    assert state(*fork(), note(9, progress=50)).disagreement is not None


# ------------------------------------------------------------------ extensions


def fault(new: Note, *notes: Note, measure: Measure = MEASURE) -> str:
    office = new.unit == OFFICE
    found = check_in_place(new, measure, notes, PLAN, is_coordinator=office)
    return found[0] if found else ""


def ask(day: int, until: date, **facts: Any) -> Note:
    return note(day * 1440, kind=NoteKind.REQUEST_EXTENSION, new_due=until, **facts)


def test_an_extension_is_asked_for_before_the_date() -> None:
    in_time, on_the_day, late = 300, 333, 334  # days after 2022-02-01
    assert fault(ask(in_time, date(2023, 6, 30)), BEGUN) == ""
    assert fault(ask(on_the_day, date(2023, 6, 30)), BEGUN) == ""
    assert "已经过了，不能再申请延期" in fault(ask(late, date(2023, 6, 30)), BEGUN)


def test_an_extension_leads_beyond_the_date_that_counts_now() -> None:
    granted = note(5, kind=NoteKind.GRANT_EXTENSION, new_due=date(2023, 6, 30))
    assert "不晚于28.1 的期限 2023-06-30" in fault(ask(100, date(2023, 3, 1)), BEGUN, granted)
    assert fault(ask(400, date(2023, 12, 1)), BEGUN, granted) == ""
    assert "不晚于期限（规划期末） 2025-12-31" in fault(ask(100, date(2022, 6, 30)), BEGUN)


def test_what_is_done_needs_no_extension() -> None:
    done = note(5, progress=100, item="28.1")
    assert "已于 2022-02-01 完成" in fault(ask(100, date(2023, 3, 1), item="28.1"), BEGUN, done)


# ------------------------------------------------------------------ occurrences by name


def test_a_note_may_name_the_occurrence_it_reports() -> None:
    late = note(1440 * 400, quantity=1, occurrence="2022年")
    this_year = note(1440 * 401, quantity=1)
    found = state(BEGUN, late, this_year, measure=YEARLY, today=date(2023, 5, 1))
    assert (found.rule, found.why_note) == ("late", late.id)
    assert found.next_label == "28.1 2024年"


def test_an_occurrence_must_be_one_of_the_items() -> None:
    assert "没有“2021年”这一期" in fault(note(1, occurrence="2021年"), BEGUN, measure=YEARLY)
    assert "没有周期性事项" in fault(note(1, occurrence="2022年"), BEGUN)
    assert fault(note(1, occurrence="2025年"), BEGUN, measure=YEARLY) == ""


# ------------------------------------------------------------------ evidence of closing


def test_closing_wants_evidence_only_where_the_settings_say_so() -> None:
    strict = replace(PLAN, settings=replace(PLAN.settings, close_needs_evidence=True))
    asked, closed = note(1, kind=NoteKind.REQUEST_CLOSE), note(2, kind=NoteKind.CLOSE)
    assert lacks_evidence(closed, [asked], PLAN) is None
    assert lacks_evidence(closed, [asked], strict) is not None
    with_paper = replace(asked, evidence=("evidence/a.pdf",))
    assert lacks_evidence(closed, [with_paper], strict) is None
    assert lacks_evidence(replace(closed, evidence=("evidence/a.pdf",)), [asked], strict) is None


def test_a_correction_of_another_bodys_note_is_the_offices_or_its_own() -> None:
    fix = note(5, kind=NoteKind.CORRECTION, corrects="n0000", unit="市公安局")
    assert "不能由市公安局更正" in fault(fix, BEGUN)
    assert fault(replace(fix, unit=OFFICE), BEGUN) == ""
    assert fault(replace(fix, unit=BEGUN.unit), BEGUN) == ""
