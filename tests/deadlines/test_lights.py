"""Lights: what is owed, when it counts as done, and which rule gives which colour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_tui.deadlines import LIGHT_RULES, Verdict, explicit_due, judge, next_owed, obligations
from fazhi_tui.model import Item, Light, Measure, Note, NoteKind, Period, Plan, Settings, Status
from fazhi_tui.workflow import fold

from .building import PLAN, TERM, TWO_YEARLY, YEARLY, day, item, measure, note, plan

DATED = measure(item("28.1", due=day("2022-12-31")))
TWO_DATED = measure(item("28.1", due=day("2022-12-31")), item("28.2", due=day("2024-12-31")))
ONCE_A_YEAR = measure(item("28.1", period=YEARLY, quantity=1))
TWICE_A_YEAR = measure(item("28.1", period=YEARLY, quantity=2))
PLAIN = measure()
START, ON, KEEP = Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING
CLAIM, CLOSE, BACK = NoteKind.REQUEST_CLOSE, NoteKind.CLOSE, NoteKind.RETURN
GRANT, FIX = NoteKind.GRANT_EXTENSION, NoteKind.CORRECTION


def verdict(what: Measure, notes: list[Note], today: str, of: Plan | None = PLAN) -> Verdict:
    record = fold(notes)
    return judge(record, obligations(what, record, of), of, day(today))


def begun(when: str = "2022-02-01", **facts: object) -> Note:
    return note(when, status=ON, **facts)


def ongoing(when: str = "2022-02-01") -> Note:
    return note(when, status=KEEP)


#: name, measure, notes, today, rule, a part of the reason
TABLE: list[tuple[str, Measure, list[Note], str, str, str]] = [
    # 未启动
    ("first day", PLAIN, [], "2022-01-01", "to-start", "2022-04-01"),
    ("day before three months", PLAIN, [], "2022-03-31", "to-start", "2022-04-01"),
    ("three months to the day", PLAIN, [], "2022-04-01", "not-started", "满 3 个月（2022-04-01）"),
    ("not started with a dated item", TWO_DATED, [], "2022-04-01", "not-started", "2022-01-01"),
    ("not started, first year met", ONCE_A_YEAR, [note("2022-05-01", quantity=1)], "2023-03-31", "to-start", "2023-04-01"),
    ("not started, second year waits", ONCE_A_YEAR, [note("2022-05-01", quantity=1)], "2023-04-01", "not-started", "2023-01-01"),
    # 期限
    ("well before the date", DATED, [begun()], "2022-11-30", "on-time", "还有 31 天"),
    ("thirty days before", DATED, [begun()], "2022-12-01", "due-soon", "还有 30 天"),
    ("on the day", DATED, [begun()], "2022-12-31", "due-soon", "还有 0 天"),
    ("the day after", DATED, [begun()], "2023-01-01", "overdue", "事项 28.1 的期限是 2022-12-31，已过 1 天"),
    ("overdue wins over not started", DATED, [], "2023-01-01", "overdue", "28.1"),
    ("plan's end counts where no date is written", PLAIN, [begun()], "2025-12-01", "due-soon", "本措施（规划期末）"),
    ("after the plan's end", PLAIN, [begun()], "2026-01-01", "overdue", "规划期末"),
    ("item done, measure still owed", DATED, [begun(), note("2022-10-01", progress=100)], "2023-06-01", "on-time", "规划期末"),
    ("other item's report does not help", TWO_DATED, [begun(), note("2022-10-01", item="28.2", progress=100)], "2023-01-01", "overdue", "28.1"),
    ("measure's report counts for no item of several", TWO_DATED, [begun(), note("2022-10-01", progress=100)], "2023-01-01", "overdue", "28.1"),
    ("figures do not complete a dated item that counts nothing", DATED, [begun(), note("2022-10-01", quantity=9)], "2023-01-01", "overdue", "28.1"),
    # 周期
    ("this year's done", ONCE_A_YEAR, [begun(), note("2022-06-01", quantity=1)], "2022-12-31", "on-time", "28.1 2023年"),
    ("last year's missed", ONCE_A_YEAR, [begun()], "2023-01-01", "overdue", "28.1 2022年"),
    ("this year's does not make up last year's", ONCE_A_YEAR, [begun(), note("2023-02-01", quantity=1)], "2023-03-01", "overdue", "28.1 2022年"),
    ("one of two", TWICE_A_YEAR, [begun(), note("2022-06-01", quantity=1)], "2023-01-01", "overdue", "28.1 2022年"),
    ("one and one are two", TWICE_A_YEAR, [begun(), note("2022-06-01", quantity=1), note("2022-12-31", quantity=1)], "2023-01-01", "on-time", "28.1 2023年"),
    ("one in each of two years is not two", TWICE_A_YEAR, [begun(), note("2022-06-01", quantity=1), note("2023-01-05", quantity=1)], "2023-01-06", "overdue", "2022年"),
    ("two at once", TWICE_A_YEAR, [begun(), note("2022-06-01", quantity=2)], "2022-12-20", "on-time", "2023年"),
    ("every two years", measure(item(period=TWO_YEARLY)), [begun(), note("2023-11-01", quantity=1)], "2024-02-01", "on-time", "2024-2025年"),
    ("within the term", measure(item(period=TERM, quantity=1)), [begun(), note("2024-11-01", quantity=1)], "2025-12-31", "due-soon", "本措施"),
    ("a quarter's end", measure(item(period=Period.QUARTERLY)), [begun()], "2022-03-01", "due-soon", "28.1 2022年第1季度"),
    ("leap February", measure(item(due=day("2024-02-29"))), [begun()], "2024-03-01", "overdue", "已过 1 天"),
    ("counted to the plan's end", measure(item(quantity=60)), [begun()], "2025-12-15", "due-soon", "28.1 规划期末"),
    # 长期坚持
    ("kept up without items", PLAIN, [ongoing()], "2024-01-01", "ongoing", "没有未完成的期限"),
    ("kept up beyond the plan's end", PLAIN, [ongoing()], "2027-01-01", "ongoing", "没有未完成的期限"),
    ("kept up, occurrence missed", ONCE_A_YEAR, [ongoing()], "2023-01-01", "overdue", "2022年"),
    ("kept up, occurrence to come", ONCE_A_YEAR, [ongoing()], "2022-06-01", "on-time", "2022年"),
    # 待审核
    ("applied in time, date gone by", DATED, [begun(), note("2022-12-31", kind=CLAIM)], "2023-02-01", "pending", "2022-12-31 已申请办结"),
    ("applied late", DATED, [begun(), note("2023-01-01", kind=CLAIM)], "2023-02-01", "overdue", "28.1"),
    ("returned after the date", DATED, [begun(), note("2022-12-20", kind=CLAIM, progress=100), note("2023-01-10", kind=BACK)], "2023-01-10", "overdue", "已过 10 天"),
    # 已完成
    ("closed in time", DATED, [begun(), note("2022-12-20", kind=CLAIM), note("2022-12-25", kind=CLOSE)], "2026-06-01", "closed", "2022-12-20"),
    ("reviewed after the date", DATED, [begun(), note("2022-12-31", kind=CLAIM), note("2023-01-20", kind=CLOSE)], "2023-06-01", "closed", "2022-12-31"),
    ("done late stays yellow", DATED, [begun(), note("2023-01-01", kind=CLAIM), note("2023-01-20", kind=CLOSE)], "2026-06-01", "closed-late", "2023-01-01 才完成"),
    ("closed before later occurrences", ONCE_A_YEAR, [begun(), note("2022-06-01", kind=CLAIM), note("2022-06-02", kind=CLOSE)], "2025-06-01", "closed", ""),
    ("closed with an occurrence missed", ONCE_A_YEAR, [begun(), note("2023-06-01", kind=CLAIM), note("2023-06-02", kind=CLOSE)], "2025-06-01", "closed-late", "2022年"),
    ("item late, measure goes on", DATED, [begun(), note("2023-02-01", progress=100)], "2024-06-01", "late", "2023-02-01 才完成"),
    ("closed and returned again", DATED, [begun(), note("2022-12-20", kind=CLAIM, progress=100), note("2022-12-25", kind=CLOSE), note("2023-02-01", kind=BACK)], "2023-02-02", "overdue", "28.1"),
    # 已中止
    ("suspended", DATED, [begun(), note("2022-10-01", status=Status.SUSPENDED), note("2022-11-01")], "2024-01-01", "suspended", "2022-10-01"),
    # 延期
    ("granted", DATED, [begun(), note("2022-12-20", kind=GRANT, new_due=day("2023-06-30"))], "2023-03-01", "on-time", "原定 2022-12-31，已同意延期"),
    ("granted and gone by", DATED, [begun(), note("2022-12-20", kind=GRANT, new_due=day("2023-06-30"))], "2023-07-01", "overdue", "2023-06-30，已过 1 天"),
    ("asked but not granted", DATED, [begun(), note("2022-12-20", kind=NoteKind.REQUEST_EXTENSION, new_due=day("2023-06-30"))], "2023-01-01", "overdue", "2022-12-31"),
    ("done within the extension", DATED, [begun(), note("2022-12-20", kind=GRANT, new_due=day("2023-06-30")), note("2023-05-01", progress=100)], "2024-03-01", "on-time", "规划期末"),
    ("an occurrence extended", ONCE_A_YEAR, [begun(), note("2022-12-20", kind=GRANT, new_due=day("2023-02-28")), note("2023-02-01", quantity=1)], "2023-03-05", "on-time", "28.1 2023年"),
    ("the plan's end extended", PLAIN, [begun(), note("2025-12-20", kind=GRANT, new_due=day("2026-06-30"))], "2026-03-01", "on-time", "原定 2025-12-31"),
    ("an extension of another item", TWO_DATED, [begun(), note("2022-12-20", item="28.2", kind=GRANT, new_due=day("2025-06-30"))], "2023-01-01", "overdue", "28.1"),
    # 序时进度: half of the year gone on 2022-07-02 (183 of 365 days, 50%)
    ("on the pace", DATED, [begun(), note("2022-06-30", progress=50)], "2022-07-02", "on-time", ""),
    ("nine behind", DATED, [begun(), note("2022-06-30", progress=41)], "2022-07-02", "on-time", ""),
    ("ten behind", DATED, [begun(), note("2022-06-30", progress=40)], "2022-07-02", "behind", "应达 50%，填报 40%，落后 10 个百分点"),
    ("thirty behind", DATED, [begun(), note("2022-06-30", progress=20)], "2022-07-02", "behind", "落后 30"),
    ("thirty-one behind", DATED, [begun(), note("2022-06-30", progress=19)], "2022-07-02", "far-behind", "落后 31"),
    ("nothing reported is not behind", DATED, [begun()], "2022-07-02", "on-time", ""),
    ("corrected figure", DATED, [begun(), note("2022-06-30", name="a", progress=19), note("2022-07-01", kind=FIX, corrects="a", progress=50)], "2022-07-02", "on-time", ""),
    ("behind with the whole measure", PLAIN, [begun(), note("2023-06-30", progress=10)], "2023-12-31", "far-behind", "本措施（规划期末）按时序应达 49%"),
    # 更正
    ("a wrong completion corrected", DATED, [begun(), note("2022-12-01", name="a", progress=100), note("2023-01-05", kind=FIX, corrects="a", progress=80)], "2023-01-06", "overdue", "28.1"),
    ("December's figure put right in January is December's", TWICE_A_YEAR, [begun(), note("2022-12-01", name="a", quantity=1), note("2023-01-05", kind=FIX, corrects="a", quantity=2)], "2023-01-06", "on-time", "28.1 2023年"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "notes", "today", "rule", "reason"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_a_light_and_its_reason(what: Measure, notes: list[Note], today: str, rule: str, reason: str) -> None:
    found = verdict(what, notes, today)
    assert found.rule == rule, found
    assert reason in found.why
    assert found.light is LIGHT_RULES[rule].light
    assert found.overdue is (rule == "overdue")


def test_every_rule_but_the_one_for_a_missing_plan_has_an_example() -> None:
    assert {row[4] for row in TABLE} == set(LIGHT_RULES) - {"nothing-owed"}


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
