"""Kinds of note and what each may do: one table.

How a kind is typed without an input method is told in :mod:`fazhi_tui.domain.query.fields`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from fazhi_tui.domain.model.note import Note, NoteKind, Status

#: The statuses in which a unit is at work on a measure, or should be.
AT_WORK = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING)
_ALL = tuple(Status)


def _stay(statuses: Sequence[Status]) -> dict[Status, tuple[Status, ...]]:
    return {status: (status,) for status in statuses}


class Rule(NamedTuple):
    """What one kind of note may do.

    ``moves`` maps each status it may start from to those it may write; ``coordinator_moves`` is the
    same for the coordinating office, where that may do more.  ``coordinator``: that office's alone.
    ``outcome`` is the status it leads to where the note does not write one.  ``reason``, ``new_date`` and
    ``completion`` tell whether a text, 延期至 and 完成日期 are needed, ``reports`` whether it counts as a
    report of its period.
    """

    kind: NoteKind
    meaning: str
    moves: Mapping[Status, tuple[Status, ...]]
    coordinator_moves: Mapping[Status, tuple[Status, ...]]
    coordinator: bool = False
    outcome: Status | None = None
    reason: bool = False
    new_date: bool = False
    completion: bool = False
    reports: bool = False

    @property
    def changes_status(self) -> bool:
        """Whether the kind can change the status at all; what others write there does not count."""
        return any(
            status != before
            for moves in (self.moves, self.coordinator_moves)
            for before, after in moves.items()
            for status in after
        )


def _rule(
    kind: NoteKind,
    meaning: str,
    moves: Mapping[Status, tuple[Status, ...]],
    coordinator_moves: Mapping[Status, tuple[Status, ...]] | None = None,
    *,
    coordinator: bool = False,
    outcome: Status | None = None,
    reason: bool = False,
    new_date: bool = False,
    completion: bool = False,
    reports: bool = False,
) -> Rule:
    office = {**moves, **(coordinator_moves or {})}
    return Rule(kind, meaning, moves, office, coordinator, outcome, reason, new_date, completion, reports)


_TABLE = (
    _rule(
        NoteKind.PROGRESS,
        "报告进展；启动、推进或改为长期坚持。中止和恢复由统筹单位决定",
        {**_stay(_ALL), **dict.fromkeys(AT_WORK, AT_WORK)},
        dict.fromkeys((*AT_WORK, Status.SUSPENDED), (*AT_WORK, Status.SUSPENDED)),
        reports=True,
    ),
    _rule(
        NoteKind.REQUEST_CLOSE,
        "申请办结，等待统筹单位审核",
        dict.fromkeys(AT_WORK, (Status.PENDING_REVIEW,)),
        outcome=Status.PENDING_REVIEW,
        reports=True,
    ),
    _rule(
        NoteKind.CLOSE,
        "审核通过，办结",
        {Status.PENDING_REVIEW: (Status.DONE,)},
        coordinator=True,
        outcome=Status.DONE,
    ),
    _rule(
        NoteKind.RETURN,
        "退回申请办结或已办结的措施，继续推进",
        dict.fromkeys((Status.PENDING_REVIEW, Status.DONE), (Status.IN_PROGRESS,)),
        coordinator=True,
        outcome=Status.IN_PROGRESS,
        reason=True,
    ),
    _rule(
        NoteKind.REQUEST_EXTENSION,
        "在期限以前申请延期，写明理由和新的日期；不改变状态",
        _stay(AT_WORK),
        reason=True,
        new_date=True,
        reports=True,
    ),
    _rule(
        NoteKind.GRANT_EXTENSION,
        "同意延到新的日期；不改变状态",
        _stay((*AT_WORK, Status.PENDING_REVIEW)),
        coordinator=True,
        new_date=True,
    ),
    _rule(
        NoteKind.REFUSE_EXTENSION,
        "不同意申请的延期，写明理由；不改变状态",
        _stay((*AT_WORK, Status.PENDING_REVIEW)),
        coordinator=True,
        reason=True,
    ),
    _rule(
        NoteKind.URGE,
        "催办；不改变状态",
        _stay((*AT_WORK, Status.PENDING_REVIEW)),
        coordinator=True,
        reason=True,
    ),
    _rule(NoteKind.INSTRUCTION, "批示；不改变状态", _stay(_ALL), coordinator=True, reason=True),
    _rule(
        NoteKind.SETTLEMENT,
        "协调：两条进展改成了不同的状态时，定下以哪一个为准",
        dict.fromkeys(_ALL, _ALL),
        coordinator=True,
        reason=True,
    ),
    _rule(
        NoteKind.CONFIRMATION,
        "认定实际完成的日期；不改变状态",
        _stay(_ALL),
        coordinator=True,
        completion=True,
    ),
    _rule(
        NoteKind.CORRECTION,
        "更正一条较早的进展：被更正的不再计入状态、进度和数量，但保留在案",
        {
            **_stay(_ALL),
            **dict.fromkeys(AT_WORK, AT_WORK),
            Status.PENDING_REVIEW: (*AT_WORK, Status.PENDING_REVIEW),
        },
        dict.fromkeys(_ALL, _ALL),
        reason=True,
        reports=True,
    ),
)


#: Kind → rule: the one table of what each kind of note may do (DESIGN.md, section 2).
RULES: Mapping[NoteKind, Rule] = MappingProxyType({rule.kind: rule for rule in _TABLE})


def status_after(note: Note, before: Status) -> Status:
    """The status that an allowed note leads to from ``before``."""
    return outcome_of(note) or before


def outcome_of(note: Note) -> Status | None:
    """The status that a note writes or its kind leads to; None for a kind that changes none."""
    rule = RULES[note.kind]
    return (note.status or rule.outcome) if rule.changes_status else None


def allowed_kinds(before: Status, *, is_coordinator: bool) -> tuple[NoteKind, ...]:
    """The kinds of note that may be written for a measure in this status."""
    return tuple(
        rule.kind for rule in _TABLE if before in rule.moves and (is_coordinator or not rule.coordinator)
    )


def allowed_statuses(kind: NoteKind, before: Status, *, is_coordinator: bool = False) -> tuple[Status, ...]:
    """The statuses that a note of this kind may write; empty where the kind may not be written now.

    The status before is among them wherever the note need not change it.
    """
    rule = RULES[kind]
    moves = rule.coordinator_moves if is_coordinator or rule.coordinator else rule.moves
    return tuple(status for status in Status if status in moves.get(before, ()))


def verb_of(kind: NoteKind) -> str:
    """A kind behind 不能: 报进展, 申请办结."""
    return {
        NoteKind.PROGRESS: "报进展",
        NoteKind.INSTRUCTION: "作批示",
        NoteKind.CORRECTION: "作更正",
    }.get(kind, kind.value)


def refusal(note: Note, before: Status, *, is_coordinator: bool) -> str:
    """Why a note's change of status does not count, or nothing: the table of rules, applied."""
    rule = RULES[note.kind]
    if rule.coordinator and not is_coordinator:
        return f"{note.kind}只能由统筹单位作出"
    moves = rule.coordinator_moves if is_coordinator else rule.moves
    if before not in moves:
        return f"状态是{before}，不能{verb_of(note.kind)}"
    if note.status is not None and rule.changes_status and note.status not in moves[before]:
        return f"{note.kind}不能把状态从{before}改为{note.status}"
    return ""
