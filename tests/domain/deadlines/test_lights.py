"""Lights: what is owed, when it counts as done, and which rule gives which colour."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_tui.domain.deadlines.lights import LIGHT_RULES, Verdict, judge
from fazhi_tui.domain.deadlines.obligations import explicit_due, next_owed, obligations
from fazhi_tui.domain.deadlines.report_periods import report_periods
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.domain.workflow.state import state_of

from .building import OFFICE, PLAN, YEARLY, day, item, measure, note, plan

DATED = measure(item("28.1", due=day("2022-12-31")))
TWO_DATED = measure(item("28.1", due=day("2022-12-31")), item("28.2", due=day("2024-12-31")))
ONCE_A_YEAR = measure(item("28.1", period=YEARLY, quantity=1))
PLAIN = measure()
CLAIM, CLOSE, GRANT = NoteKind.REQUEST_CLOSE, NoteKind.CLOSE, NoteKind.GRANT_EXTENSION


DOCUMENT = (Path(__file__).parents[3] / "docs" / "lights.md").read_text(encoding="utf-8")


def verdict(what: Measure, notes: list[Note], today: str, of: Plan | None = PLAN) -> Verdict:
    record = fold(notes)
    return judge(record, obligations(what, record, of), of, day(today))


def tables_of(text: str) -> list[tuple[str, ...]]:
    """The rows of a document's tables, heading rows included."""
    rows = [line.strip("|") for line in text.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in row.split("|")) for row in rows]


def begun(when: str = "2022-02-01", **facts: object) -> Note:
    return note(when, status=Status.IN_PROGRESS, **facts)


def table() -> list[tuple[str, ...]]:
    """The examples of docs/lights.md, which says what its columns mean: documentation and test in one."""
    return [row for row in tables_of(DOCUMENT) if len(row) == 8 and row[0] not in ("情形", "---")]


def read_items(cell: str) -> Measure:
    items = []
    for number, part in enumerate([] if cell == "无事项" else cell.split(";"), 1):
        facts: dict[str, object] = {}
        for word in part.split():
            if word.startswith("x"):
                facts["quantity"] = int(word[1:])
            elif word in list(Period):
                facts["period"] = Period(word)
            else:
                facts["due"] = day(word)
        items.append(item(f"28.{number}", **facts))
    return measure(*items)


def read_notes(cell: str) -> list[Note]:
    notes: list[Note] = []
    for part in [] if cell == "无" else cell.split(";"):
        when, *words = part.split()
        facts: dict[str, object] = {"name": f"{len(notes):02}"}
        for word in words:
            if word in list(NoteKind):
                facts["kind"] = NoteKind(word)
                if word == NoteKind.CORRECTION:
                    facts["corrects"] = notes[-1].id
            elif word in list(Status):
                facts["status"] = Status(word)
            elif word.endswith("%"):
                facts["progress"] = int(word[:-1])
            elif word.startswith("x"):
                facts["quantity"] = int(word[1:])
            elif word.startswith("#"):
                facts["item"] = word[1:]
            elif word.startswith("@"):
                facts["occurrence"] = word[1:]
            else:
                facts["new_due"] = day(word.removeprefix(">"))
        kind = facts.get("kind", NoteKind.PROGRESS)
        assert isinstance(kind, NoteKind)
        by_office = RULES[kind].coordinator or facts.get("status") is Status.SUSPENDED
        notes.append(note(when, unit=OFFICE if by_office else "市司法局", **facts))
    return notes


TABLE = table()


@pytest.mark.parametrize(
    ("rhythm", "items", "notes", "today", "light", "rule", "reason"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_a_light_and_its_reason(
    rhythm: str, items: str, notes: str, today: str, light: str, rule: str, reason: str
) -> None:
    of = replace(PLAN, settings=replace(PLAN.settings, rhythm=None if rhythm == "-" else rhythm))
    period = next(iter(report_periods(of.settings.rhythm, of.period, day(today))[-1:]), None)
    found = state_of(read_items(items), read_notes(notes), of, day(today), period=period)
    assert (found.light.value, found.rule) == (light, rule), found.why
    assert reason == "-" or reason in found.why
    assert found.light is LIGHT_RULES[rule].light
    assert found.overdue is (rule == "overdue")
    assert not found.refused
    # What a rule rests on can be gone to: one of the measure's own notes, or no note at all.
    assert not found.why_note or found.why_note in {one.id for one in found.notes}


def test_the_table_has_at_least_sixty_examples_each_with_a_name_of_its_own() -> None:
    assert len({row[0] for row in TABLE}) == len(TABLE) >= 60


def test_every_rule_but_the_one_for_a_missing_plan_has_an_example() -> None:
    assert {row[6] for row in TABLE} == set(LIGHT_RULES) - {"nothing-owed"}


def test_the_rules_in_the_documentation_are_those_of_the_program() -> None:
    written = [row for row in tables_of(DOCUMENT) if len(row) == 3 and row[0] not in ("灯", "---")]
    assert written == [(rule.light, rule.code, rule.meaning) for rule in LIGHT_RULES.values()]


def test_without_a_readable_plan_only_dates_in_the_measure_count() -> None:
    assert verdict(PLAIN, [begun()], "2030-01-01", None).rule == "nothing-owed"
    assert verdict(PLAIN, [], "2030-01-01", None).light is Light.GREEN
    assert verdict(DATED, [begun()], "2023-01-01", None).rule == "overdue"


def settled(**settings: object) -> Plan:
    return replace(PLAN, settings=replace(Settings(), **settings))  # type: ignore[arg-type]


def test_each_setting_moves_its_rule() -> None:
    assert verdict(DATED, [begun()], "2022-12-01", settled(warn_days=29)).rule == "on-time"
    assert verdict(DATED, [begun()], "2022-12-31", settled(warn_days=0)).rule == "due-soon"
    assert verdict(PLAIN, [], "2022-01-01", settled(start_months=0)).rule == "not-started"
    assert verdict(PLAIN, [], "2022-12-31", settled(start_months=12)).rule == "to-start"
    slow = [begun(), note("2022-06-30", progress=40)]
    assert verdict(DATED, slow, "2022-07-02", settled(behind_yellow=11)).rule == "on-time"
    assert verdict(DATED, slow, "2022-07-02", settled(behind_red=9)).rule == "far-behind"
    assert verdict(DATED, slow, "2022-07-02", settled(judge_progress=False)).rule == "on-time"
    even = [begun(), note("2022-06-30", progress=50)]
    assert verdict(DATED, even, "2022-07-02", settled(behind_yellow=0, behind_red=0)).rule == "on-time"


def test_settings_beyond_the_calendar_are_no_crash() -> None:
    assert verdict(PLAIN, [], "2022-06-01", settled(start_months=10**9, warn_days=10**9)).rule == "due-soon"


def test_the_start_of_a_plan_at_a_months_end() -> None:
    late = plan("2022-11-30", "2025-12-31")
    assert verdict(PLAIN, [], "2023-02-27", late).rule == "to-start"
    assert verdict(PLAIN, [], "2023-02-28", late).rule == "not-started"


def owed(what: Measure, notes: list[Note]) -> tuple[str, str, str]:
    all_owed = obligations(what, fold(notes), PLAN)
    first, label = next_owed(all_owed)
    return (str(explicit_due(all_owed)), str(first), label)


@pytest.mark.parametrize(
    ("what", "notes", "expected"),
    [
        (PLAIN, [], ("None", "2025-12-31", "规划期末")),
        (DATED, [], ("2022-12-31", "2022-12-31", "28.1")),
        (TWO_DATED, [note("2022-06-01", item="28.1", progress=100)], ("2024-12-31", "2024-12-31", "28.2")),
        (ONCE_A_YEAR, [note("2022-06-01", quantity=1)], ("None", "2023-12-31", "28.1 2023年")),
        (
            DATED,
            [note("2022-06-01", kind=GRANT, new_due=day("2023-03-31"))],
            ("2023-03-31", "2023-03-31", "28.1"),
        ),
        (DATED, [note("2022-06-01", progress=100)], ("None", "2025-12-31", "规划期末")),
        (measure(item(due=day("2025-12-31"))), [], ("2025-12-31", "2025-12-31", "28.1")),
        (DATED, [note("2022-06-01", kind=CLAIM), note("2022-06-02", kind=CLOSE)], ("None", "None", "")),
        (measure(item("28.1", quantity=60)), [], ("None", "2025-12-31", "28.1 规划期末")),
    ],
)
def test_what_is_owed_next(what: Measure, notes: list[Note], expected: tuple[str, str, str]) -> None:
    assert owed(what, notes) == expected


def test_a_share_is_a_level_that_is_reached_and_does_not_add_up() -> None:
    share = measure(replace(item("28.1", quantity=95), measure_word="%"))
    reports = [note("2022-06-01", quantity=50), note("2022-09-01", quantity=60)]
    assert obligations(share, fold(reports), PLAN)[0].open
    reached = obligations(share, fold([*reports, note("2023-01-05", quantity=96)]), PLAN)
    assert str(next(one for one in reached if one.item).done) == "2023-01-05"


def test_a_later_grant_replaces_an_earlier_one_and_none_shortens_the_documents_date() -> None:
    grants = [
        note("2022-11-01", kind=GRANT, new_due=day("2023-06-30")),
        note("2022-11-02", kind=GRANT, new_due=day("2023-03-31")),
    ]
    assert owed(DATED, grants)[0] == "2023-03-31"
    assert owed(DATED, [note("2022-11-01", kind=GRANT, new_due=day("2022-06-30"))])[0] == "2022-12-31"


def test_the_date_that_was_replaced_stays_visible() -> None:
    (first, *_) = obligations(DATED, fold([note("2022-11-01", kind=GRANT, new_due=day("2023-06-30"))]), PLAN)
    assert (first.first_due, first.due) == (day("2022-12-31"), day("2023-06-30"))


def test_an_item_that_the_measure_does_not_have_changes_nothing() -> None:
    strange = [begun(), note("2022-06-01", item="28.9", progress=100, quantity=5)]
    assert verdict(DATED, strange, "2023-01-01").rule == "overdue"
    assert owed(measure(Item("28.1", "示例", due=day("2022-12-31"))), strange)[2] == "28.1"
