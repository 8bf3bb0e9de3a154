"""The table of kinds: what each may do, from which status, and whose it is."""

from __future__ import annotations

from typing import Any

import pytest

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.workflow.kinds import (
    RULES,
    allowed_kinds,
    allowed_statuses,
    outcome_of,
    status_after,
    verb_of,
)
from tests.domain.fresh import fresh

from .test_workflow import note

#: A letter for each status, in their order.
LETTERS = dict(zip(Status, "未推长审完止", strict=True))
#: Kind, the office's alone, outcome, wants a reason, wants a date, is a report; its moves, and the office's.
TABLE: list[tuple[str, bool, str | None, bool, bool, bool, str, str]] = [
    (
        *("进展", False, None, False, False, True),
        "未>未推长 推>未推长 长>未推长 审>审 完>完 止>止",
        "未>未推长止 推>未推长止 长>未推长止 审>审 完>完 止>未推长止",
    ),
    ("申请办结", False, "待审核", False, False, True, "未>审 推>审 长>审", "未>审 推>审 长>审"),
    ("办结", True, "已完成", False, False, False, "审>完", "审>完"),
    ("退回", True, "推进中", True, False, False, "审>推 完>推", "审>推 完>推"),
    ("申请延期", False, None, True, True, True, "未>未 推>推 长>长", "未>未 推>推 长>长"),
    ("同意延期", True, None, False, True, False, "未>未 推>推 长>长 审>审", "未>未 推>推 长>长 审>审"),
    ("不同意延期", True, None, True, False, False, "未>未 推>推 长>长 审>审", "未>未 推>推 长>长 审>审"),
    ("催办", True, None, True, False, False, "未>未 推>推 长>长 审>审", "未>未 推>推 长>长 审>审"),
    (
        *("批示", True, None, True, False, False),
        "未>未 推>推 长>长 审>审 完>完 止>止",
        "未>未 推>推 长>长 审>审 完>完 止>止",
    ),
    (
        *("协调", True, None, True, False, False),
        " ".join(f"{before}>未推长审完止" for before in "未推长审完止"),
        " ".join(f"{before}>未推长审完止" for before in "未推长审完止"),
    ),
    (
        *("认定", True, None, False, False, False),
        "未>未 推>推 长>长 审>审 完>完 止>止",
        "未>未 推>推 长>长 审>审 完>完 止>止",
    ),
    (
        *("更正", False, None, True, False, True),
        "未>未推长 推>未推长 长>未推长 审>未推长审 完>完 止>止",
        " ".join(f"{before}>未推长审完止" for before in "未推长审完止"),
    ),
]


def moves_of(moves: Any) -> str:
    return " ".join(
        LETTERS[before] + ">" + "".join(LETTERS[status] for status in Status if status in moves[before])
        for before in Status
        if before in moves
    )


def test_the_table() -> None:
    for rules in (RULES, fresh("workflow.kinds").RULES):
        assert [
            (
                rule.kind.value, rule.coordinator, rule.outcome, rule.reason, rule.new_date, rule.reports,
                moves_of(rule.moves), moves_of(rule.coordinator_moves),
            )
            for rule in rules.values()
        ] == TABLE  # fmt: skip
        assert [rule.meaning for rule in rules.values()] == [rule.meaning for rule in RULES.values()]
        assert list(rules) == list(NoteKind)


def test_only_these_kinds_change_a_status() -> None:
    assert [kind.value for kind, rule in RULES.items() if rule.changes_status] == [
        "进展", "申请办结", "办结", "退回", "协调", "更正",
    ]  # fmt: skip


def test_the_status_that_a_note_leads_to() -> None:
    assert outcome_of(note(kind=NoteKind.CLOSE)) is Status.DONE
    assert outcome_of(note(status=Status.ONGOING)) is Status.ONGOING
    assert outcome_of(note()) is None
    assert outcome_of(note(kind=NoteKind.URGE, status=Status.DONE)) is None
    assert status_after(note(kind=NoteKind.CLOSE), Status.PENDING_REVIEW) is Status.DONE
    assert status_after(note(kind=NoteKind.URGE), Status.ONGOING) is Status.ONGOING


@pytest.mark.parametrize(
    ("before", "kinds", "office"),
    [
        (
            Status.IN_PROGRESS,
            "进展 申请办结 申请延期 更正",
            "进展 申请办结 申请延期 同意延期 不同意延期 催办 批示 协调 认定 更正",
        ),
        (Status.PENDING_REVIEW, "进展 更正", "进展 办结 退回 同意延期 不同意延期 催办 批示 协调 认定 更正"),
        (Status.DONE, "进展 更正", "进展 退回 批示 协调 认定 更正"),
        (Status.SUSPENDED, "进展 更正", "进展 批示 协调 认定 更正"),
    ],
)
def test_the_kinds_that_may_be_written(before: Status, kinds: str, office: str) -> None:
    assert " ".join(allowed_kinds(before, is_coordinator=False)) == kinds
    assert " ".join(allowed_kinds(before, is_coordinator=True)) == office


def test_the_statuses_that_may_be_written_in_their_order() -> None:
    assert allowed_statuses(NoteKind.PROGRESS, Status.ONGOING) == (
        Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING,
    )  # fmt: skip
    assert allowed_statuses(NoteKind.PROGRESS, Status.ONGOING, is_coordinator=True)[-1] is Status.SUSPENDED
    assert allowed_statuses(NoteKind.CLOSE, Status.ONGOING) == ()
    assert allowed_statuses(NoteKind.CLOSE, Status.PENDING_REVIEW) == (Status.DONE,)


def test_kinds_as_verbs() -> None:
    assert {kind.value: verb_of(kind) for kind in NoteKind if verb_of(kind) != kind} == {
        "进展": "报进展",
        "批示": "作批示",
        "更正": "作更正",
    }
