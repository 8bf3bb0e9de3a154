"""Lights: what is owed, when it counts as done, and which rule gives which colour."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_tui.domain.deadlines.lights import LIGHT_RULES, Verdict, judge
from fazhi_tui.domain.deadlines.obligations import explicit_due, next_owed, obligations
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, report_periods
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import UnreadNote
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.domain.workflow.state import state_of
from tests.domain.fresh import fresh

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
        if words == ["读不出"]:
            continue
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


def read_unread(cell: str) -> tuple[UnreadNote, ...]:
    return tuple(
        UnreadNote(f"status/28/{part.split()[0].replace('-', '')}T090000-sfj-0000.md", "28", "示例")
        for part in cell.split(";")
        if part.endswith("读不出")
    )


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
    period = next(iter(report_periods(of.settings, of.period, day(today))[-1:]), None)
    found = state_of(
        read_items(items), read_notes(notes), of, day(today), period=period, unread=read_unread(notes)
    )
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


# ------------------------------------------------------------------ word for word

BEGUN = note("2022-02-01", status=Status.IN_PROGRESS, name="begun")
CLAIMED_IN_TIME = note("2022-12-31", kind=CLAIM, name="claimed")
CLAIMED_LATE = note("2023-01-05", kind=CLAIM, name="claimed")
CLOSED = note("2023-02-01", kind=CLOSE, unit=OFFICE, name="closed")
QUARTER = ReportPeriod("2022年第3季度", day("2022-07-01"), day("2022-09-30"))


@pytest.mark.parametrize(
    ("what", "notes", "today", "rule", "why", "date", "by"),
    [
        (
            *(DATED, [note("2022-03-01", status=Status.SUSPENDED, unit=OFFICE, name="halt")], "2023-02-01"),
            *("suspended", "已中止：自 2022-03-01 起不再计期限", "2022-03-01", "halt"),
        ),
        (
            *(DATED, [BEGUN, CLAIMED_LATE, CLOSED], "2023-03-01"),
            *("closed-late", "逾期完成：事项 28.1 的期限是 2022-12-31，2023-01-05 才完成"),
            *("2022-12-31", "claimed"),
        ),
        (
            *(DATED, [BEGUN, CLAIMED_IN_TIME, CLOSED], "2023-03-01"),
            *("closed", "已完成：2022-12-31 完成", "2022-12-31", "claimed"),
        ),
        (
            *(DATED, [BEGUN], "2023-01-01"),
            *("overdue", "逾期：事项 28.1 的期限是 2022-12-31，已过 1 天", "2022-12-31", ""),
        ),
        (
            DATED,
            [BEGUN, note("2022-06-01", kind=GRANT, new_due=day("2023-03-31"), unit=OFFICE, name="grant")],
            *("2023-04-02", "overdue"),
            "逾期：事项 28.1 （原定 2022-12-31，已同意延期）的期限是 2023-03-31，已过 2 天",
            *("2023-03-31", "grant"),
        ),
        (
            *(PLAIN, [BEGUN], "2026-01-03"),
            *("overdue", "逾期：本措施（规划期末）的期限是 2025-12-31，已过 3 天", "2025-12-31", ""),
        ),
        (
            *(DATED, [BEGUN, CLAIMED_LATE], "2023-01-06"),
            *("overdue", "逾期：事项 28.1 的期限是 2022-12-31，已过 6 天", "2022-12-31", ""),
        ),
        (
            *(DATED, [BEGUN, CLAIMED_IN_TIME], "2023-01-06"),
            *("pending", "待审核：2022-12-31 已申请办结", "2022-12-31", "claimed"),
        ),
        (
            *(PLAIN, [], "2022-04-01", "not-started"),
            "超期未启动：应自 2022-01-01 起启动，满 3 个月（2022-04-01）仍未启动",
            *("2022-04-01", ""),
        ),
        (*(PLAIN, [], "2022-03-31", "to-start"), "尚未启动：最迟应在 2022-04-01 前启动", "2022-04-01", ""),
        (
            *(DATED, [BEGUN, note("2022-06-30", progress=10, name="slow")], "2022-07-02", "far-behind"),
            "进度落后：事项 28.1 按时序应达 50%，填报 10%，落后 40 个百分点（超过 30）",
            *("2022-12-31", "slow"),
        ),
        (
            *(DATED, [BEGUN, note("2022-06-30", progress=40, name="slow")], "2022-07-02", "behind"),
            "进度落后：事项 28.1 按时序应达 50%，填报 40%，落后 10 个百分点（达到 10）",
            *("2022-12-31", "slow"),
        ),
        (
            *(DATED, [BEGUN, note("2023-01-05", progress=100, name="done")], "2023-01-06", "late"),
            "逾期完成：事项 28.1 的期限是 2022-12-31，2023-01-05 才完成",
            *("2022-12-31", "done"),
        ),
        (
            *(DATED, [BEGUN], "2022-12-01", "due-soon"),
            "临近期限：事项 28.1 的期限是 2022-12-31，还有 30 天",
            *("2022-12-31", ""),
        ),
        (
            *(DATED, [BEGUN], "2022-12-31", "due-soon"),
            "临近期限：事项 28.1 的期限是 2022-12-31，还有 0 天",
            *("2022-12-31", ""),
        ),
        (
            *(DATED, [BEGUN], "2022-11-30", "on-time"),
            "在期限内：事项 28.1 的期限是 2022-12-31，还有 31 天",
            *("2022-12-31", ""),
        ),
        (
            *(PLAIN, [note("2022-02-01", status=Status.ONGOING, name="on")], "2022-11-30"),
            *("ongoing", "长期坚持：没有未完成的期限", "2022-02-01", "on"),
        ),
    ],
)
def test_what_a_light_says_and_rests_on(
    what: Measure, notes: list[Note], today: str, rule: str, why: str, date: str, by: str
) -> None:
    found = state_of(what, notes, PLAN, day(today))
    assert (found.rule, found.why, str(found.why_date), found.why_note) == (rule, why, date, by)
    assert found.overdue is (rule == "overdue")


def test_a_missing_report_is_told_with_its_period() -> None:
    found = state_of(DATED, [BEGUN], PLAN, day("2022-11-30"), period=QUARTER)
    assert (found.rule, found.why) == (
        "unreported",
        "未报：2022年第3季度的报送截止于 2022-09-30，至今没有填报",
    )
    assert (found.why_date, found.why_note, found.missing) == (day("2022-09-30"), "", "2022年第3季度")


@pytest.mark.parametrize(
    ("extra", "missing"),
    [
        ([note("2022-06-30", name="before")], True),
        ([note("2022-07-01", name="first")], False),
        ([note("2022-11-01", name="after")], False),
        ([note("2022-08-01", kind=NoteKind.URGE, unit=OFFICE, name="urged")], True),
        ([note("2022-06-01", kind=CLAIM, name="claimed")], False),
    ],
)
def test_what_is_a_report_of_the_period(extra: list[Note], missing: bool) -> None:
    found = state_of(DATED, [BEGUN, *extra], PLAN, day("2022-11-30"), period=QUARTER)
    assert bool(found.missing) is missing


def test_without_a_plan_and_a_date_nothing_is_owed() -> None:
    found = state_of(PLAIN, [], None, day("2022-11-30"))
    assert (found.rule, found.why, found.why_date, found.why_note) == (
        "nothing-owed", "没有未完成的期限", None, "",
    )  # fmt: skip


def test_the_obligation_that_is_farthest_behind_is_told() -> None:
    both = measure(item("28.1", due=day("2022-12-31")), item("28.2", due=day("2023-12-31")))
    notes = [
        BEGUN,
        note("2022-06-30", item="28.1", progress=40, name="first"),
        note("2022-06-30", item="28.2", progress=0, name="second"),
    ]
    found = state_of(both, notes, PLAN, day("2022-07-02"))
    assert found.why == "进度落后：事项 28.2 按时序应达 25%，填报 0%，落后 25 个百分点（达到 10）"
    assert (found.why_date, found.why_note) == (day("2023-12-31"), notes[2].id)


def test_the_even_pace_counts_the_first_and_the_last_day() -> None:
    ten = plan("2022-01-01", "2022-01-10", warn_days=0, behind_yellow=1, behind_red=100)
    begun = note("2022-01-01", status=Status.IN_PROGRESS, progress=0, name="begun")
    on = {
        str(d): state_of(PLAIN, [begun], ten, day(f"2022-01-{d:02}")).why.partition("应达 ")[2][:4]
        for d in (1, 5, 9)
    }
    assert on == {"1": "10%，", "5": "50%，", "9": "90%，"}
    assert state_of(PLAIN, [begun], ten, day("2022-01-10")).rule == "due-soon"


def test_the_table_made_anew_is_the_table() -> None:
    anew = fresh("deadlines.lights")
    assert [rule[:4] for rule in anew.LIGHT_RULES.values()] == [rule[:4] for rule in LIGHT_RULES.values()]
    assert list(anew.LIGHT_RULES) == list(LIGHT_RULES)
    record = fold([BEGUN])
    for today in ("2022-11-30", "2023-01-01"):
        owing = obligations(DATED, record, PLAN)
        assert anew.judge(record, owing, PLAN, day(today)) == judge(record, owing, PLAN, day(today))
