"""What each kind of note may do, and where its notes leave a measure."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Plan, Span
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.kinds import RULES, allowed_kinds, allowed_statuses
from fazhi_tui.domain.workflow.note_check import check_in_place, check_note
from fazhi_tui.domain.workflow.office import is_coordinator
from fazhi_tui.domain.workflow.state import state_of

OFFICE = "市委依法治市办"
BEIJING = timezone(timedelta(hours=8))
PLAN = Plan(
    "示例方案", Span(date(2022, 1, 1), date(2025, 12, 31)), settings=Settings(coordinator="市委依法治市办")
)
MEASURE = Measure("28", "示例措施", items=(Item("28.1", "示例", due=date(2022, 12, 31)),))
TODAY = date(2022, 6, 1)
FIRST = datetime(2022, 2, 1, 9, tzinfo=BEIJING)


def note(minute: int = 0, **facts: Any) -> Note:
    facts.setdefault("time", FIRST + timedelta(minutes=minute))
    facts.setdefault("body", "示例")
    name = facts.pop("name", f"n{minute:04}")
    office = (
        RULES[facts.get("kind", NoteKind.PROGRESS)].coordinator or facts.get("status") is Status.SUSPENDED
    )
    facts.setdefault("unit", OFFICE if office else "市司法局")
    return Note("28", author="示例 <a@example.org>", path=f"status/28/{name}.md", **facts)


def status_of(*notes: Note) -> Status:
    return state_of(MEASURE, notes, PLAN, TODAY).status


# ------------------------------------------------------------------ the fold


def test_a_measure_without_notes_has_not_started() -> None:
    state = state_of(MEASURE, (), PLAN, TODAY)
    assert state.status is Status.NOT_STARTED
    assert (state.notes, state.progress, state.updated) == ((), None, None)
    assert (state.due, state.next_due, state.next_label) == (date(2022, 12, 31), date(2022, 12, 31), "28.1")


def test_the_whole_way_from_start_to_close() -> None:
    way = [
        (NoteKind.PROGRESS, Status.IN_PROGRESS, Status.IN_PROGRESS),
        (NoteKind.URGE, None, Status.IN_PROGRESS),
        (NoteKind.REQUEST_CLOSE, None, Status.PENDING_REVIEW),
        (NoteKind.RETURN, None, Status.IN_PROGRESS),
        (NoteKind.REQUEST_CLOSE, Status.PENDING_REVIEW, Status.PENDING_REVIEW),
        (NoteKind.CLOSE, None, Status.DONE),
    ]
    notes = [note(n, kind=kind, status=status) for n, (kind, status, _) in enumerate(way)]
    assert [status_of(*notes[: n + 1]) for n in range(len(way))] == [after for _, _, after in way]
    done = state_of(MEASURE, notes, PLAN, date(2030, 1, 1))
    assert (done.due, done.next_due, done.next_label, done.overdue) == (None, None, "", False)
    assert done.light is Light.GREEN


@pytest.mark.parametrize(
    "kind",
    [NoteKind.URGE, NoteKind.INSTRUCTION, NoteKind.REQUEST_EXTENSION, NoteKind.GRANT_EXTENSION],
)
def test_kinds_that_change_no_status_change_none_even_if_they_write_one(kind: NoteKind) -> None:
    assert (
        status_of(note(0, status=Status.IN_PROGRESS), note(1, kind=kind, status=Status.DONE))
        is Status.IN_PROGRESS
    )


def test_equal_instants_in_different_zones_are_ordered_by_name() -> None:
    utc = note(0, name="b", time=FIRST.astimezone(UTC), status=Status.ONGOING)
    local = note(0, name="a", status=Status.IN_PROGRESS)
    assert status_of(utc, local) is status_of(local, utc) is Status.ONGOING


def test_a_note_without_a_zone_is_read_as_beijing_time() -> None:
    bare = note(0, name="b", time=FIRST.replace(tzinfo=None) + timedelta(minutes=1), status=Status.ONGOING)
    assert status_of(bare, note(0, name="z", status=Status.IN_PROGRESS)) is Status.ONGOING


def test_times_at_the_ends_of_the_calendar_are_no_crash() -> None:
    early = note(name="a", time=datetime.min.replace(tzinfo=timezone(timedelta(hours=14))))
    late = note(name="b", time=datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))))
    assert [n.id for n in fold([late, early]).notes] == ["a", "b"]


def test_notes_of_other_measures_do_not_count() -> None:
    other = Note("29", unit="市司法局", author="示例", time=FIRST, status=Status.DONE, path="status/29/a.md")
    assert status_of(other) is Status.NOT_STARTED


def test_updated_is_the_last_note_of_any_kind() -> None:
    notes = [note(5, kind=NoteKind.URGE), note(0, status=Status.IN_PROGRESS)]
    assert state_of(MEASURE, notes, PLAN, TODAY).updated == FIRST + timedelta(minutes=5)


def test_progress_is_the_last_reported_for_the_measure() -> None:
    notes = [note(0, progress=10), note(1, progress=40), note(2)]
    assert state_of(MEASURE, notes, PLAN, TODAY).progress == 40
    two = Measure("28", items=(Item("28.1", "甲"), Item("28.2", "乙")))
    notes.append(note(3, item="28.2", progress=90))
    assert state_of(two, notes, PLAN, TODAY).progress == 40
    assert state_of(MEASURE, [*notes, note(4, item="28.1", progress=50)], PLAN, TODAY).progress == 50


def test_a_suspended_measure_owes_nothing_for_now() -> None:
    state = state_of(MEASURE, [note(status=Status.SUSPENDED)], PLAN, date(2024, 1, 1))
    assert (state.due, state.next_due, state.light, state.overdue) == (None, None, Light.GREEN, False)
    assert "已中止" in state.why


def test_without_a_readable_plan_the_status_is_still_known() -> None:
    state = state_of(MEASURE, [note(status=Status.IN_PROGRESS)], None, TODAY)
    assert (state.status, state.due) == (Status.IN_PROGRESS, date(2022, 12, 31))


# ------------------------------------------------------------------ corrections


def test_a_corrected_note_stays_but_no_longer_counts() -> None:
    wrong = note(0, status=Status.ONGOING, progress=90)
    right = note(1, kind=NoteKind.CORRECTION, corrects="n0000", status=Status.IN_PROGRESS, progress=9)
    state = state_of(MEASURE, [wrong, right], PLAN, TODAY)
    assert (state.status, state.progress) == (Status.IN_PROGRESS, 9)
    assert state.notes == (wrong, right)


def test_a_correction_without_status_leaves_what_was_before_the_corrected_note() -> None:
    notes = [
        note(0, status=Status.IN_PROGRESS),
        note(1, kind=NoteKind.REQUEST_CLOSE),
        note(2, kind=NoteKind.CORRECTION, corrects="n0001.md"),
    ]
    assert status_of(*notes) is Status.IN_PROGRESS


def test_a_corrected_correction_counts_for_the_first_notes_day() -> None:
    notes = [
        note(0, progress=1),
        note(60 * 24, kind=NoteKind.CORRECTION, corrects="n0000", progress=2),
        note(60 * 48, kind=NoteKind.CORRECTION, corrects="n1440", progress=3),
    ]
    record = fold(notes)
    assert [(c.note.progress, c.day) for c in record.counted] == [(3, date(2022, 2, 1))]


def test_notes_that_correct_each_other_or_themselves_or_nothing_take_away_only_what_is_earlier() -> None:
    fix = NoteKind.CORRECTION
    circle = [note(0, kind=fix, corrects="n0001"), note(1, kind=fix, corrects="n0000")]
    assert [c.note.id for c in fold(circle).counted] == ["n0001"]
    assert len(fold([note(0, kind=fix, corrects="n0000")]).counted) == 1
    assert len(fold([note(0, kind=fix, corrects="没有")]).counted) == 1


def test_what_a_correction_names_is_checked() -> None:
    notes = [note(1), note(2, kind=NoteKind.CLOSE)]

    def fault(corrects: str, minute: int = 9, office: bool = False) -> str:
        found = check_in_place(
            note(minute, kind=NoteKind.CORRECTION, corrects=corrects),
            MEASURE,
            notes,
            PLAN,
            is_coordinator=office,
        )
        return found[0] if found else ""

    assert fault("n0001") == ""
    assert fault("n0001.md") == ""
    assert "没有叫 n7777 的进展" in fault("n7777")
    assert "不早于" in fault("n0001", minute=0)
    assert "由统筹单位作出" in fault("n0002")
    assert fault("n0002", office=True) == ""


# ------------------------------------------------------------------ what is allowed


def check(kind: NoteKind, before: Status, *, office: bool = False, **facts: Any) -> tuple[str, str] | None:
    if RULES[kind].new_date:
        facts.setdefault("new_due", date(2023, 6, 30))
    if kind is NoteKind.CORRECTION:
        facts.setdefault("corrects", "n0000")
    return check_note(note(kind=kind, **facts), before, PLAN, is_coordinator=office)


@pytest.mark.parametrize("before", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING])
def test_progress_moves_freely_among_the_open_statuses(before: Status) -> None:
    for after in (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING, None):
        assert check(NoteKind.PROGRESS, before, status=after) is None


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        (Status.IN_PROGRESS, Status.DONE, "申请办结"),
        (Status.IN_PROGRESS, Status.PENDING_REVIEW, "申请办结"),
        (Status.NOT_STARTED, Status.DONE, "申请办结"),
        (Status.PENDING_REVIEW, Status.DONE, "办结"),
        (Status.PENDING_REVIEW, Status.IN_PROGRESS, "退回"),
        (Status.DONE, Status.IN_PROGRESS, "退回"),
        (Status.IN_PROGRESS, Status.SUSPENDED, "统筹单位"),
        (Status.SUSPENDED, Status.IN_PROGRESS, "统筹单位"),
    ],
)
def test_a_progress_note_that_may_not_set_a_status_names_the_kind_that_may(
    before: Status, after: Status, hint: str
) -> None:
    found = check(NoteKind.PROGRESS, before, status=after)
    assert found is not None
    assert before in found[0]
    assert after in found[0]
    assert hint in found[1]


def test_suspending_and_resuming_are_the_coordinating_offices() -> None:
    assert check(NoteKind.PROGRESS, Status.IN_PROGRESS, office=True, status=Status.SUSPENDED) is None
    assert check(NoteKind.PROGRESS, Status.SUSPENDED, office=True, status=Status.IN_PROGRESS) is None


@pytest.mark.parametrize("kind", [kind for kind, rule in RULES.items() if rule.coordinator])
def test_the_coordinating_offices_kinds_are_refused_to_others_by_its_name(kind: NoteKind) -> None:
    found = check(kind, Status.PENDING_REVIEW)
    assert found is not None
    assert "市委依法治市办" in found[0]
    assert check(kind, Status.PENDING_REVIEW, office=True) is None


def test_the_offices_kinds_are_these() -> None:
    office = {kind for kind, rule in RULES.items() if rule.coordinator}
    assert office == {
        NoteKind.CLOSE,
        NoteKind.RETURN,
        NoteKind.GRANT_EXTENSION,
        NoteKind.URGE,
        NoteKind.INSTRUCTION,
        NoteKind.REFUSE_EXTENSION,
        NoteKind.SETTLEMENT,
        NoteKind.CONFIRMATION,
    }


def test_a_transition_that_is_not_allowed_says_what_is() -> None:
    found = check(NoteKind.REQUEST_CLOSE, Status.DONE)
    assert found == ("状态是已完成，不能申请办结", "现在可以写：进展、更正")
    found = check(NoteKind.CLOSE, Status.IN_PROGRESS, office=True)
    assert found is not None
    assert "状态是推进中，不能办结" in found[0]


def test_what_a_kind_needs_is_asked_for() -> None:
    def fault(kind: NoteKind, **facts: Any) -> str:
        before = facts.pop("before", Status.IN_PROGRESS)
        found = check_note(note(kind=kind, **facts), before, PLAN, is_coordinator=True)
        assert found is None or found[1]
        return found[0] if found else ""

    assert "延到哪一天" in fault(NoteKind.REQUEST_EXTENSION)
    assert "延到哪一天" in fault(NoteKind.GRANT_EXTENSION)
    assert "不晚于" in fault(NoteKind.REQUEST_EXTENSION, new_due=date(2022, 2, 1))
    assert fault(NoteKind.REQUEST_EXTENSION, new_due=date(2022, 2, 2)) == ""
    assert "写明内容" in fault(NoteKind.REQUEST_EXTENSION, new_due=date(2023, 1, 1), body=" \n")
    assert "写明内容" in fault(NoteKind.RETURN, before=Status.PENDING_REVIEW, body="")
    assert "写明内容" in fault(NoteKind.URGE, body="")
    assert "不能写延期至" in fault(NoteKind.PROGRESS, new_due=date(2023, 1, 1))
    assert "被更正的是哪一条" in fault(NoteKind.CORRECTION)
    assert "不能更正别的进展" in fault(NoteKind.PROGRESS, corrects="n0000")
    assert "什么也没有写" in fault(NoteKind.PROGRESS, body="\n")
    assert fault(NoteKind.PROGRESS, body="", progress=0) == ""
    assert fault(NoteKind.PROGRESS, body="", quantity=0) == ""


def test_every_kind_stands_in_the_table_and_every_status_has_a_way_on() -> None:
    assert set(RULES) == set(NoteKind)
    assert all(rule.meaning for rule in RULES.values())
    for before in Status:
        assert NoteKind.PROGRESS in allowed_kinds(before, is_coordinator=False)
        assert set(allowed_kinds(before, is_coordinator=False)) <= set(
            allowed_kinds(before, is_coordinator=True)
        )


@pytest.mark.parametrize("kind", NoteKind)
@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("office", [False, True])
def test_what_is_offered_and_what_is_checked_agree(kind: NoteKind, before: Status, office: bool) -> None:
    offered = kind in allowed_kinds(before, is_coordinator=office)
    assert (check(kind, before, office=office) is None) is offered
    for after in Status:
        allowed = offered and after in allowed_statuses(kind, before, is_coordinator=office)
        assert (check(kind, before, office=office, status=after) is None) is allowed


def test_the_coordinating_office_is_known_by_name_in_any_width() -> None:
    assert is_coordinator("市委依法治市办", PLAN)
    assert is_coordinator("市委 依法治市办", PLAN)
    assert not is_coordinator("市司法局", PLAN)
    assert not is_coordinator("", Plan("示例", PLAN.period))
    assert not is_coordinator("市委依法治市办", None)


# ------------------------------------------------------------------ for any notes at all

ITEMS = (
    Item("28.1", "甲", due=date(2022, 12, 31)),
    Item("28.2", "乙", period=Period.YEARLY, quantity=2),
)


@st.composite
def any_notes(draw: st.DrawFn) -> list[Note]:
    """Any notes, lawful or not, with names of their own as files have."""
    count = draw(st.integers(0, 8))
    moments = st.datetimes(
        datetime(2021, 12, 1), datetime(2026, 2, 1), timezones=st.sampled_from([BEIJING, UTC])
    )
    return [
        note(
            name=f"n{number}",
            time=draw(moments | st.just(FIRST)),
            kind=draw(st.sampled_from(NoteKind)),
            status=draw(st.none() | st.sampled_from(Status)),
            item=draw(st.none() | st.sampled_from(["28.1", "28.2", "28.9"])),
            progress=draw(st.none() | st.integers(0, 100)),
            quantity=draw(st.none() | st.integers(0, 3)),
            new_due=draw(st.none() | st.dates(date(2022, 1, 1), date(2027, 1, 1))),
            corrects=draw(st.none() | st.sampled_from([f"n{other}" for other in range(count)])),
        )
        for number in range(count)
    ]


@settings(max_examples=150, deadline=None)
@given(any_notes(), st.integers(), st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(0, 2))
def test_the_state_does_not_depend_on_the_order_of_arrival(
    notes: list[Note], seed: int, today: date, items: int
) -> None:
    measure = Measure("28", "示例", items=ITEMS[:items])
    shuffled = random.Random(seed).sample(notes, len(notes))
    state = state_of(measure, notes, PLAN, today)
    assert state == state_of(measure, shuffled, PLAN, today)
    assert state.why
    assert state.overdue <= (state.light is Light.RED)
    assert state.due is None or (state.next_due is not None and state.next_due <= state.due)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 99), st.integers(0, 99)), max_size=12))
def test_no_sequence_of_allowed_actions_is_rejected(choices: list[tuple[bool, int, int]]) -> None:
    done: list[Note] = []
    for minute, (office, which, where) in enumerate(choices):
        before = status_of(*done)
        kinds = allowed_kinds(before, is_coordinator=office)
        kind = kinds[which % len(kinds)]
        statuses = (None, *allowed_statuses(kind, before, is_coordinator=office))
        earlier = [n.id for n in done if office or not RULES[n.kind].coordinator]
        if kind is NoteKind.CORRECTION and not earlier:
            continue
        new = note(
            minute,
            kind=kind,
            status_before=before,
            status=statuses[where % len(statuses)],
            new_due=date(2026, 1, 1) if RULES[kind].new_date else None,
            unit=OFFICE if office else "市司法局",
            corrects=earlier[where % len(earlier)] if kind is NoteKind.CORRECTION else None,
        )
        assert check_note(new, before, PLAN, is_coordinator=office) is None
        if check_in_place(new, MEASURE, done, PLAN, is_coordinator=office) is not None:
            # An extension of what is done already, or a correction of another body's note.
            continue
        done.append(new)
        assert not state_of(MEASURE, done, PLAN, TODAY).refused
        if new.status is not None:
            assert status_of(*done) is new.status


def test_merging_two_branches_gives_one_state_whichever_is_merged_first() -> None:
    mine = [note(1, status=Status.IN_PROGRESS), note(4, kind=NoteKind.REQUEST_CLOSE)]
    theirs = [note(2, status=Status.ONGOING), note(3, progress=30)]
    states = {str(state_of(MEASURE, order, PLAN, TODAY)) for order in itertools.permutations(mine + theirs)}
    assert len(states) == 1
