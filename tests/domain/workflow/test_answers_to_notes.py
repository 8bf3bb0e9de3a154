"""What a body is told whose note is not allowed: message and hint, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fazhi_tui.domain.deadlines.obligations import Record
from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.workflow.fold import fold, in_order, time_key
from fazhi_tui.domain.workflow.kinds import refusal
from fazhi_tui.domain.workflow.note_check import check_in_place, check_note, lacks_evidence
from fazhi_tui.domain.workflow.office import has_office, is_coordinator, office_of
from fazhi_tui.domain.workflow.state import state_of

from .test_workflow import FIRST, MEASURE, OFFICE, PLAN, TODAY, note

K, S = NoteKind, Status


@pytest.mark.parametrize(
    ("kind", "before", "after", "message", "hint"),
    [
        (K.PROGRESS, S.NOT_STARTED, S.PENDING_REVIEW, "进展不能把状态从未启动改为待审核", "类型改用申请办结"),
        (
            *(K.PROGRESS, S.ONGOING, S.DONE),
            "进展不能把状态从长期坚持改为已完成",
            "类型改用申请办结，由统筹单位办结",
        ),
        (
            *(K.PROGRESS, S.IN_PROGRESS, S.SUSPENDED),
            "进展不能把状态从推进中改为已中止",
            "中止和恢复由统筹单位决定",
        ),
        (
            *(K.PROGRESS, S.SUSPENDED, S.IN_PROGRESS),
            "进展不能把状态从已中止改为推进中",
            "中止和恢复由统筹单位决定",
        ),
        (
            *(K.PROGRESS, S.SUSPENDED, S.PENDING_REVIEW),
            "进展不能把状态从已中止改为待审核",
            "中止和恢复由统筹单位决定",
        ),
        (
            *(K.PROGRESS, S.SUSPENDED, S.DONE),
            "进展不能把状态从已中止改为已完成",
            "中止和恢复由统筹单位决定",
        ),
        (
            *(K.PROGRESS, S.PENDING_REVIEW, S.ONGOING),
            "进展不能把状态从待审核改为长期坚持",
            "由统筹单位用退回改为推进中",
        ),
        (
            *(K.PROGRESS, S.PENDING_REVIEW, S.SUSPENDED),
            "进展不能把状态从待审核改为已中止",
            "中止和恢复由统筹单位决定",
        ),
        (
            *(K.PROGRESS, S.PENDING_REVIEW, S.DONE),
            "进展不能把状态从待审核改为已完成",
            "由统筹单位用办结改为已完成",
        ),
        (
            *(K.PROGRESS, S.DONE, S.NOT_STARTED),
            "进展不能把状态从已完成改为未启动",
            "由统筹单位用退回改为推进中",
        ),
        (K.PROGRESS, S.DONE, S.PENDING_REVIEW, "进展不能把状态从已完成改为待审核", "可以写：已完成"),
        (
            *(K.CORRECTION, S.SUSPENDED, S.ONGOING),
            "更正不能把状态从已中止改为长期坚持",
            "中止和恢复由统筹单位决定",
        ),
        (
            *(K.REQUEST_CLOSE, S.IN_PROGRESS, S.NOT_STARTED),
            "申请办结不能把状态从推进中改为未启动",
            "可以写：待审核",
        ),
        (
            *(K.REQUEST_CLOSE, S.IN_PROGRESS, S.DONE),
            "申请办结不能把状态从推进中改为已完成",
            "类型改用申请办结，由统筹单位办结",
        ),
        (
            *(K.REQUEST_EXTENSION, S.IN_PROGRESS, S.ONGOING),
            "申请延期不能把状态从推进中改为长期坚持",
            "申请延期不改变状态：去掉 状态 一项",
        ),
        (K.REQUEST_CLOSE, S.DONE, None, "状态是已完成，不能申请办结", "现在可以写：进展、更正"),
        (
            *(K.CLOSE, S.PENDING_REVIEW, None),
            "办结只能由统筹单位（市委依法治市办）作出",
            "现在可以写：进展、更正",
        ),
        (
            *(K.URGE, S.IN_PROGRESS, None),
            "催办只能由统筹单位（市委依法治市办）作出",
            "现在可以写：进展、申请办结、申请延期、更正",
        ),
    ],
)
def test_a_status_that_may_not_be_written(
    kind: NoteKind, before: Status, after: Status | None, message: str, hint: str
) -> None:
    new = note(kind=kind, status=after, new_due=date(2023, 6, 30), corrects="n0000")
    assert check_note(new, before, PLAN, is_coordinator=False) == (message, hint)


@pytest.mark.parametrize(
    ("kind", "before", "after", "message", "hint"),
    [
        (
            K.REQUEST_CLOSE,
            S.DONE,
            None,
            "状态是已完成，不能申请办结",
            "现在可以写：进展、退回、批示、协调、认定、更正",
        ),
        (K.PROGRESS, S.DONE, S.PENDING_REVIEW, "进展不能把状态从已完成改为待审核", "可以写：已完成"),
        (
            *(K.PROGRESS, S.NOT_STARTED, S.PENDING_REVIEW),
            "进展不能把状态从未启动改为待审核",
            "类型改用申请办结",
        ),
        (K.CLOSE, S.PENDING_REVIEW, S.PENDING_REVIEW, "办结不能把状态从待审核改为待审核", "可以写：已完成"),
        (
            *(K.CLOSE, S.PENDING_REVIEW, S.IN_PROGRESS),
            "办结不能把状态从待审核改为推进中",
            "由统筹单位用退回改为推进中",
        ),
        (K.RETURN, S.DONE, S.DONE, "退回不能把状态从已完成改为已完成", "可以写：推进中"),
        (
            *(K.URGE, S.IN_PROGRESS, S.ONGOING),
            "催办不能把状态从推进中改为长期坚持",
            "催办不改变状态：去掉 状态 一项",
        ),
    ],
)
def test_a_status_that_the_office_may_not_write(
    kind: NoteKind, before: Status, after: Status | None, message: str, hint: str
) -> None:
    assert check_note(note(kind=kind, status=after), before, PLAN, is_coordinator=True) == (message, hint)


def test_every_status_that_may_be_written_is_named() -> None:
    found = check_note(note(kind=K.PROGRESS, status=S.DONE), S.SUSPENDED, PLAN, is_coordinator=True)
    assert found == ("进展不能把状态从已中止改为已完成", "中止和恢复由统筹单位决定")
    odd = note(kind=K.CORRECTION, status=S.PENDING_REVIEW, corrects="n0000")
    assert check_note(odd, S.DONE, PLAN, is_coordinator=False) == (
        "更正不能把状态从已完成改为待审核",
        "可以写：已完成",
    )
    several = note(kind=K.REQUEST_CLOSE, status=S.ONGOING)
    assert check_note(several, S.ONGOING, PLAN, is_coordinator=False) == (
        "申请办结不能把状态从长期坚持改为长期坚持",
        "可以写：待审核",
    )


def test_without_a_coordinating_office_its_place_in_the_file_is_named() -> None:
    unset = replace(PLAN, settings=replace(PLAN.settings, coordinator=""))
    for plan in (None, unset):
        found = check_note(note(kind=K.CLOSE), S.PENDING_REVIEW, plan, is_coordinator=False)
        assert found == (
            "办结只能由统筹单位（plan.yaml 的 设置.统筹单位 所写的单位）作出",
            "现在可以写：进展、更正",
        )


@pytest.mark.parametrize(
    ("facts", "message", "hint"),
    [
        (
            {"kind": K.REQUEST_EXTENSION, "body": " "},
            "申请延期要写明内容",
            "在正文里写明理由或要求",
        ),
        (
            {"kind": K.GRANT_EXTENSION},
            "同意延期没有写延到哪一天",
            "写上 延期至，如 延期至: 2023-06-30",
        ),
        (
            {"new_due": date(2023, 1, 1)},
            "进展不能写延期至",
            "去掉 延期至，或类型改用申请延期、同意延期",
        ),
        (
            {"kind": K.REQUEST_EXTENSION, "new_due": date(2022, 2, 1)},
            "延期至 2022-02-01 不晚于填报之日",
            "写一个以后的日期",
        ),
        (
            {"kind": K.CORRECTION},
            "更正没有写被更正的是哪一条",
            "写上 更正，值是那条进展的文件名（不含 .md）",
        ),
        ({"corrects": "n0000"}, "进展不能更正别的进展", "去掉 更正，或类型改用更正"),
        ({"body": " \n"}, "这条进展什么也没有写", "写明进展情况，或填状态、进度、数量"),
    ],
)
def test_what_a_note_lacks_or_has_too_much(facts: dict[str, Any], message: str, hint: str) -> None:
    assert check_note(note(**facts), S.IN_PROGRESS, PLAN, is_coordinator=True) == (message, hint)


@pytest.mark.parametrize(
    "facts",
    [
        {"body": "示例"},
        {"body": "", "progress": 0},
        {"body": "", "quantity": 0},
        {"body": "", "status": S.IN_PROGRESS},
        {"body": "", "evidence": ("evidence/a.pdf",)},
        {"kind": K.REQUEST_CLOSE, "body": ""},
        {"kind": K.GRANT_EXTENSION, "body": "", "new_due": date(2022, 1, 1)},
        {"kind": K.REQUEST_EXTENSION, "new_due": date(2022, 2, 2)},
    ],
)
def test_a_note_that_says_enough(facts: dict[str, Any]) -> None:
    assert check_note(note(**facts), S.IN_PROGRESS, PLAN, is_coordinator=True) is None


@pytest.mark.parametrize(
    ("facts", "before", "office", "fault"),
    [
        ({"kind": K.CLOSE}, S.PENDING_REVIEW, False, "办结只能由统筹单位作出"),
        ({"kind": K.CLOSE}, S.PENDING_REVIEW, True, ""),
        ({"kind": K.CLOSE}, S.ONGOING, True, "状态是长期坚持，不能办结"),
        ({"kind": K.REQUEST_CLOSE}, S.DONE, False, "状态是已完成，不能申请办结"),
        ({"kind": K.INSTRUCTION, "status": S.DONE}, S.ONGOING, True, ""),
        ({"status": S.SUSPENDED}, S.ONGOING, False, "进展不能把状态从长期坚持改为已中止"),
        ({"status": S.SUSPENDED}, S.ONGOING, True, ""),
        ({"status": S.ONGOING}, S.IN_PROGRESS, False, ""),
    ],
)
def test_why_a_change_does_not_count(facts: dict[str, Any], before: Status, office: bool, fault: str) -> None:
    assert refusal(note(**facts), before, is_coordinator=office) == fault


# ------------------------------------------------------------------ beside the other notes

BEGUN = note(0, status=S.IN_PROGRESS)
YEARLY = Measure("28", "示例措施", items=(Item("28.1", "示例", period=Period.YEARLY, quantity=1),))
MONTHLY = Measure("28", "示例措施", items=(Item("28.1", "示例", period=Period.MONTHLY),))
TWO = Measure(
    "28",
    "示例措施",
    items=(Item("28.1", "甲", due=date(2022, 12, 31)), Item("28.2", "乙", period=Period.YEARLY)),
)


def in_place(new: Note, *notes: Note, measure: Measure = MEASURE, **facts: Any) -> tuple[str, str] | None:
    facts.setdefault("is_coordinator", new.unit == OFFICE)
    return check_in_place(new, measure, notes, facts.pop("plan", PLAN), **facts)


def fix(corrects: str, minute: int = 9, **facts: Any) -> Note:
    return note(minute, kind=K.CORRECTION, corrects=corrects, **facts)


def test_what_a_correction_is_told() -> None:
    theirs = note(1, unit="市公安局")
    closed = note(2, kind=K.CLOSE)
    assert in_place(fix("n7777.md"), BEGUN) == (
        "没有叫 n7777 的进展",
        "更正的值是本措施一条进展的文件名（不含 .md）",
    )
    assert in_place(fix("n0000", 0, name="n-0"), BEGUN) == ("n0000 不早于这条更正", "只能更正较早的进展")
    assert in_place(fix("n0002"), BEGUN, closed) == (
        "办结由统筹单位作出，不能由别的单位更正",
        "请统筹单位更正",
    )
    assert in_place(fix("n0001"), BEGUN, theirs) == (
        "n0001 是市公安局填报的，不能由市司法局更正",
        "请市公安局或统筹单位更正",
    )
    assert in_place(fix("n0001", unit=OFFICE), BEGUN, theirs, closed) is None
    assert in_place(fix("n0002", unit=OFFICE), BEGUN, theirs, closed) is None
    assert in_place(fix("n0000"), BEGUN, theirs) is None


def test_a_correction_of_itself_is_not_of_an_earlier_note() -> None:
    own = fix("n0009")
    assert in_place(own, BEGUN, own) == ("n0009 不早于这条更正", "只能更正较早的进展")


def test_one_bodys_spellings_are_one() -> None:
    spelt = note(1, unit="市公 安局")
    assert in_place(fix("n0001", unit="市公安局"), spelt) is None
    alias = note(1, unit="公安")
    assert in_place(fix("n0001", unit="市公安局"), alias) is not None
    assert in_place(fix("n0001", unit="市公安局"), alias, canonical=lambda name: name[-2:]) is not None
    assert in_place(fix("n0001", unit="市公安"), alias, canonical=lambda name: name[-2:]) is None


def test_what_is_told_of_an_occurrence() -> None:
    assert in_place(note(1, occurrence="2022年")) == (
        "期“2022年”没有所属：这里没有周期性事项",
        "去掉 期，或写明是哪个周期性事项",
    )
    assert in_place(note(1, occurrence="2021年"), measure=YEARLY) == (
        "没有“2021年”这一期",
        "可以写：2022年、2023年、2024年、2025年",
    )
    months = "、".join(f"2022年{month}月" for month in range(1, 13))
    assert in_place(note(1, occurrence="2021年"), measure=MONTHLY) == (
        "没有“2021年”这一期",
        f"可以写：{months} 等",
    )
    year = replace(PLAN, period=replace(PLAN.period, end=date(2022, 12, 31)))
    assert in_place(note(1, occurrence="2021年"), measure=MONTHLY, plan=year) == (
        "没有“2021年”这一期",
        f"可以写：{months}",
    )
    one_more = replace(PLAN, period=replace(PLAN.period, end=date(2023, 1, 31)))
    assert in_place(note(1, occurrence="2021年"), measure=MONTHLY, plan=one_more) == (
        "没有“2021年”这一期",
        f"可以写：{months} 等",
    )
    assert in_place(note(1, occurrence="2021年"), measure=YEARLY, plan=None) is None
    assert in_place(note(1, occurrence="2022年"), measure=YEARLY) is None
    # Of several items the one that is named.
    assert in_place(note(1, occurrence="2022年", item="28.2"), measure=TWO) is None
    assert in_place(note(1, occurrence="2022年", item="28.1"), measure=TWO) is not None
    assert in_place(note(1, occurrence="2022年"), measure=TWO) is not None


def ask(day: int, until: date | None, **facts: Any) -> Note:
    return note(day * 1440, kind=K.REQUEST_EXTENSION, new_due=until, **facts)


def grant(day: int, until: date, **facts: Any) -> Note:
    return note(day * 1440, kind=K.GRANT_EXTENSION, new_due=until, **facts)


LATER = "写一个更晚的日期"


def test_what_is_told_of_an_extension() -> None:
    bare = Measure("28", "示例措施")
    ongoing = note(0, status=S.ONGOING)
    assert in_place(ask(1, date(2023, 1, 1)), ongoing, measure=bare) == (
        "没有可以延到 2023-01-01 的期限",
        "用 事项 和 期 写明延的是哪一个期限；延期至要晚于那个期限",
    )
    done = note(5, progress=100, item="28.1")
    assert in_place(ask(100, date(2023, 3, 1), item="28.1"), BEGUN, done) == (
        "28.1 已于 2022-02-01 完成，不必延期",
        "用 事项 写明延的是哪一个期限",
    )
    assert in_place(ask(334, date(2023, 6, 30)), BEGUN) == (
        "28.1 的期限 2022-12-31 已经过了，不能再申请延期",
        "延期要在期限以前申请；现在请报进展，写明原因和何时完成",
    )
    assert in_place(ask(333, date(2023, 6, 30)), BEGUN) is None
    assert in_place(ask(1, date(2022, 12, 31)), BEGUN) == (
        "延期至 2022-12-31 不晚于28.1 的期限 2022-12-31",
        LATER,
    )
    assert in_place(ask(1, date(2023, 1, 1)), BEGUN) is None
    assert in_place(ask(1, date(2025, 12, 31)), BEGUN, measure=bare) == (
        "延期至 2025-12-31 不晚于期限（规划期末） 2025-12-31",
        LATER,
    )


def test_what_is_told_of_a_granted_extension() -> None:
    assert in_place(grant(400, date(2022, 12, 31)), BEGUN) == (
        "延期至 2022-12-31 不晚于原定的期限 2022-12-31",
        LATER,
    )
    assert in_place(grant(400, date(2023, 1, 1)), BEGUN) is None
    granted = grant(3, date(2023, 6, 30))
    assert in_place(grant(400, date(2023, 3, 1)), BEGUN, granted) is None


def test_only_what_came_before_an_extension_counts_for_it() -> None:
    later = grant(9, date(2023, 6, 30))
    assert in_place(ask(5, date(2023, 3, 1)), BEGUN, later) is None
    assert in_place(ask(10, date(2023, 3, 1)), BEGUN, later) == (
        "延期至 2023-03-01 不晚于28.1 的期限 2023-06-30",
        LATER,
    )
    # What is not the office's grants nothing.
    theirs = replace(later, unit="市公安局")
    assert in_place(ask(10, date(2023, 3, 1)), BEGUN, theirs) is None
    assert in_place(ask(10, date(2023, 3, 1)), BEGUN, theirs, office=frozenset({"市公安局"})) is not None


def test_of_a_recurring_item_the_occurrence_begun_by_then_is_meant() -> None:
    assert in_place(ask(400, date(2023, 12, 31)), BEGUN, measure=YEARLY) == (
        "延期至 2023-12-31 不晚于28.1 2023年 的期限 2023-12-31",
        LATER,
    )


def test_only_extensions_are_asked_what_they_move() -> None:
    assert in_place(note(1, new_due=date(2022, 6, 30)), BEGUN) is None
    assert in_place(ask(1, date(2023, 1, 1), occurrence="2022年"), BEGUN) == (
        "期“2022年”没有所属：这里没有周期性事项",
        "去掉 期，或写明是哪个周期性事项",
    )


def test_the_first_fault_is_told() -> None:
    new = fix("n7777", occurrence="2021年")
    assert in_place(new, BEGUN, measure=YEARLY) == (
        "没有“2021年”这一期",
        "可以写：2022年、2023年、2024年、2025年",
    )


# ------------------------------------------------------------------ evidence


def test_closing_rests_on_the_evidence_of_the_request_it_answers() -> None:
    strict = replace(PLAN, settings=replace(PLAN.settings, close_needs_evidence=True))
    paper = ("evidence/a.pdf",)
    first, second = note(1, kind=K.REQUEST_CLOSE, evidence=paper), note(3, kind=K.REQUEST_CLOSE)
    closed = note(4, kind=K.CLOSE)
    lacking = ("办结没有佐证材料，它所答复的申请办结也没有", "附上佐证材料，或退回请填报单位补上")
    assert lacks_evidence(closed, [second, first], strict) == lacking
    assert lacks_evidence(closed, [second], strict) == lacking
    assert lacks_evidence(closed, [first], strict) is None
    assert lacks_evidence(closed, [first, note(2, evidence=())], strict) is None
    assert lacks_evidence(closed, [second, note(3, name="z", evidence=paper)], strict) == lacking
    assert lacks_evidence(closed, [replace(first, time=FIRST + timedelta(minutes=5))], strict) == lacking
    assert lacks_evidence(closed, [replace(first, time=closed.time, path=closed.path)], strict) == lacking
    assert lacks_evidence(closed, [], None) is None
    assert lacks_evidence(note(4), [], strict) is None


# ------------------------------------------------------------------ the office


def test_the_office_by_its_names() -> None:
    settings = replace(PLAN.settings, former_coordinators=("旧办",))
    plan = replace(PLAN, settings=settings)
    units = [
        Unit("甲局", aliases=("乙局",)),
        Unit("市委 依法治市办", aliases=("法治办",)),
        Unit("老旧办", aliases=("旧办",)),
    ]
    assert office_of(PLAN) == {"市委依法治市办"}
    assert office_of(plan, units) == {"市委依法治市办", "旧办", "法治办", "老旧办"}
    assert office_of(None, units) is None
    assert office_of(replace(PLAN, settings=replace(settings, coordinator="")), units) is None
    assert has_office(note(unit="市委 依法治市办"), office_of(PLAN))
    assert not has_office(note(unit="市司法局"), office_of(PLAN))
    assert has_office(note(unit="市司法局"), None)
    assert is_coordinator("市委依法治市办 ", PLAN)
    assert not is_coordinator("市司法局", None)


# ------------------------------------------------------------------ the record


def test_notes_stand_in_the_order_of_instant_name_and_path() -> None:
    late, early = note(1, name="a"), note(0, name="b")
    same = replace(early, path="status/28/other/b.md")
    assert in_order([late, same, early]) == (early, same, late)
    assert time_key(early)[1:] == ("b", "status/28/b.md")
    bare = note(name="b", time=FIRST.replace(tzinfo=None))
    assert time_key(bare)[0] == time_key(early)[0]


def test_the_record_of_a_measure_that_was_closed() -> None:
    asked, closed = note(1440, kind=K.REQUEST_CLOSE), note(2880, kind=K.CLOSE)
    record = fold([closed, BEGUN, asked], office_of(PLAN))
    assert (record.status, record.notes) == (S.DONE, (BEGUN, asked, closed))
    assert (record.since, record.since_by) == (date(2022, 2, 3), closed.id)
    assert (record.claimed, record.claimed_by) == (date(2022, 2, 2), asked.id)
    assert (record.closed, record.closed_by) == (date(2022, 2, 3), closed.id)
    assert (record.settled, record.settled_by) == (date(2022, 2, 2), asked.id)
    again = fold([BEGUN, asked, closed, note(4320, kind=K.RETURN)], office_of(PLAN))
    assert (again.claimed, again.claimed_by, again.closed, again.closed_by) == (None, "", None, "")
    assert (again.settled, again.settled_by) == (None, "")
    assert (again.since, again.since_by) == (date(2022, 2, 4), "n4320")
    once_more = fold([BEGUN, asked, closed, note(4320, kind=K.RETURN), note(5760, kind=K.REQUEST_CLOSE)])
    assert (once_more.claimed, once_more.claimed_by) == (date(2022, 2, 5), "n5760")
    assert (once_more.closed, once_more.closed_by) == (None, "")


def test_closing_without_a_request_is_settled_by_the_closing() -> None:
    seen = note(1440, kind=K.CLOSE, status_before=S.PENDING_REVIEW)
    record = fold([BEGUN, seen])
    assert (record.status, record.settled, record.settled_by) == (S.DONE, date(2022, 2, 2), seen.id)


def test_a_status_that_is_written_again_holds_since_it_was_first_written() -> None:
    record = fold([BEGUN, note(1440, status=S.IN_PROGRESS), note(2880)])
    assert (record.since, record.since_by) == (date(2022, 2, 1), BEGUN.id)


def test_a_refused_note_is_named_with_its_reason_and_does_not_count() -> None:
    office = office_of(PLAN)
    closed = note(2, kind=K.CLOSE, unit="市司法局")
    later = note(3, progress=50)
    record = fold([BEGUN, closed, later], office)
    assert record.refused == ((closed, "办结只能由统筹单位作出"),)
    assert [counted.note for counted in record.counted] == [BEGUN, later]
    taken = fold([BEGUN, note(1, kind=K.URGE), fix("n0001", 5), later], office)
    assert [(refused.id, why) for refused, why in taken.refused] == [
        ("n0005", "催办由统筹单位作出，不能由别的单位更正")
    ]
    assert [counted.note.id for counted in taken.counted] == ["n0000", "n0001", "n0003", "n0005"]
    own = fold([BEGUN, note(1, kind=K.URGE), fix("n0001", 5, unit=OFFICE)], office)
    assert [counted.note.id for counted in own.counted] == ["n0000", "n0005"]
    assert [n.id for n in own.notes] == ["n0000", "n0001", "n0005"]


def test_notes_that_disagree() -> None:
    from_progress = {"status_before": S.IN_PROGRESS}
    one = note(1, status=S.ONGOING, **from_progress)
    other = note(2, status=S.NOT_STARTED, **from_progress)
    assert fold([BEGUN, one, other]).disagreement == (one, other)
    assert fold([BEGUN, one]).disagreement is None
    assert fold([BEGUN, one, note(2, status=S.IN_PROGRESS, **from_progress)]).disagreement is None
    assert fold([BEGUN, one, note(2, status=S.ONGOING, **from_progress)]).disagreement is None
    third = note(3, status=S.IN_PROGRESS, status_before=S.NOT_STARTED)
    assert fold([BEGUN, one, other, third]).disagreement == (one, other)
    assert fold([BEGUN, one, other, fix("n0001", 4, status_before=S.NOT_STARTED)]).disagreement is None
    # The status that it says it was seen in was never left by anybody.
    unseen = note(2, status=S.NOT_STARTED, status_before=S.ONGOING)
    assert fold([BEGUN, unseen]).disagreement is None


def test_a_closing_that_was_overtaken_settles_nothing() -> None:
    asked = note(1, kind=K.REQUEST_CLOSE, status_before=S.IN_PROGRESS)
    other = note(2, status=S.ONGOING, status_before=S.IN_PROGRESS)
    closed = note(3, kind=K.CLOSE, status_before=S.PENDING_REVIEW)
    record = fold([BEGUN, asked, other, closed])
    assert record.disagreement == (asked, other)
    assert record.status is S.DONE


# ------------------------------------------------------------------ where it stands


def test_where_a_measure_stands_in_every_field() -> None:
    asked = note(1440, kind=K.REQUEST_CLOSE, progress=80)
    found = state_of(MEASURE, [BEGUN, asked], PLAN, TODAY)
    assert (found.status, found.notes, found.progress) == (S.PENDING_REVIEW, (BEGUN, asked), 80)
    assert found.updated == asked.time
    assert (found.due, found.next_due, found.next_label) == (date(2022, 12, 31), date(2022, 12, 31), "28.1")
    assert (found.light.value, found.why) == ("绿", "待审核：2022-02-02 已申请办结")
    assert (found.overdue, found.rule) == (False, "pending")
    assert (found.why_date, found.why_note) == (date(2022, 2, 2), asked.id)
    assert (found.dates, found.missing) == ((date(2022, 12, 31),), "")
    assert (found.disagreement, found.refused) == (None, ())


def test_a_suspended_measure_keeps_the_dates_that_the_document_writes() -> None:
    found = state_of(MEASURE, [note(status=S.SUSPENDED)], PLAN, date(2024, 1, 1))
    assert (found.next_due, found.dates) == (None, (date(2022, 12, 31),))


def test_another_office_may_be_told() -> None:
    closed = [note(1, kind=K.REQUEST_CLOSE), note(2, kind=K.CLOSE, unit="市公安局")]
    assert state_of(MEASURE, closed, PLAN, TODAY).status is S.PENDING_REVIEW
    assert state_of(MEASURE, closed, PLAN, TODAY, office=frozenset({"市公安局"})).status is S.DONE


def test_the_last_progress_that_was_reported_for_the_whole() -> None:
    two = [note(0, progress=30), note(1, item="28.2", progress=90)]
    assert state_of(TWO, two, PLAN, TODAY).progress == 30
    assert state_of(MEASURE, two, PLAN, TODAY).progress == 90
    assert state_of(MEASURE, [note(0, progress=0)], PLAN, TODAY).progress == 0


def test_nothing_was_told_of_a_measure_without_notes() -> None:
    assert fold([]) == Record()
    assert fold([note(status=S.NOT_STARTED)])._replace(notes=(), counted=()) == Record()
