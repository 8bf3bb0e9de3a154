"""Kinds of note and what each may do: one table, the fold over notes, and the check of one note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from fazhi_tui.deadlines import Counted, Record, explicit_due, judge, next_owed, obligations
from fazhi_tui.model import Measure, MeasureState, Note, NoteKind, Plan, Status
from fazhi_tui.units import fold as fold_name

#: The statuses in which a unit is at work on a measure, or should be.
_OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.ONGOING)
_ALL = tuple(Status)
#: A note written without a zone (by hand) is taken to be in the zone of the whole country.
_BEIJING = timedelta(hours=8)


def _stay(statuses: Sequence[Status]) -> dict[Status, tuple[Status, ...]]:
    return {status: (status,) for status in statuses}


class Rule(NamedTuple):
    """What one kind of note may do.

    ``moves`` maps each status it may start from to those it may write; ``coordinator_moves`` is the
    same for the coordinating office, where that may do more.  ``coordinator``: that office's alone.
    ``outcome`` is the status it leads to where the note does not write one.  ``reason`` and ``new_date`` tell
    whether a text and 延期至 are needed.
    """

    kind: NoteKind
    meaning: str
    moves: Mapping[Status, tuple[Status, ...]]
    coordinator_moves: Mapping[Status, tuple[Status, ...]]
    coordinator: bool = False
    outcome: Status | None = None
    reason: bool = False
    new_date: bool = False

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
) -> Rule:
    office = {**moves, **(coordinator_moves or {})}
    return Rule(kind, meaning, moves, office, coordinator, outcome, reason, new_date)


_TABLE = (
    _rule(
        NoteKind.PROGRESS,
        "报告进展；启动、推进或改为长期坚持。中止和恢复由统筹单位决定",
        {**_stay(_ALL), **dict.fromkeys(_OPEN, _OPEN)},
        dict.fromkeys((*_OPEN, Status.SUSPENDED), (*_OPEN, Status.SUSPENDED)),
    ),
    _rule(
        NoteKind.REQUEST_CLOSE,
        "申请办结，等待统筹单位审核",
        dict.fromkeys(_OPEN, (Status.PENDING_REVIEW,)),
        outcome=Status.PENDING_REVIEW,
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
        "申请延期，写明理由和新的日期；不改变状态",
        _stay(_OPEN),
        reason=True,
        new_date=True,
    ),
    _rule(
        NoteKind.GRANT_EXTENSION,
        "同意延到新的日期；不改变状态",
        _stay((*_OPEN, Status.PENDING_REVIEW)),
        coordinator=True,
        new_date=True,
    ),
    _rule(
        NoteKind.URGE,
        "催办；不改变状态",
        _stay((*_OPEN, Status.PENDING_REVIEW)),
        coordinator=True,
        reason=True,
    ),
    _rule(NoteKind.INSTRUCTION, "批示；不改变状态", _stay(_ALL), coordinator=True, reason=True),
    _rule(
        NoteKind.CORRECTION,
        "更正一条较早的进展：被更正的不再计入状态、进度和数量，但保留在案",
        {
            **_stay(_ALL),
            **dict.fromkeys(_OPEN, _OPEN),
            Status.PENDING_REVIEW: (*_OPEN, Status.PENDING_REVIEW),
        },
        dict.fromkeys(_ALL, _ALL),
        reason=True,
    ),
)

#: Kind → rule: the one table of what each kind of note may do (DESIGN.md, section 2).
RULES: Mapping[NoteKind, Rule] = MappingProxyType({rule.kind: rule for rule in _TABLE})


# ------------------------------------------------------------------ the fold


def in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes by instant, then by file name, whatever order they arrive in."""
    return tuple(sorted(notes, key=_when))


def _when(note: Note) -> tuple[timedelta, str, str]:
    time = note.time
    # As a difference, not by astimezone(): that overflows at the ends of the calendar.
    offset = time.utcoffset()
    elapsed = time.replace(tzinfo=None) - datetime.min
    return (elapsed - (_BEIJING if offset is None else offset), note.id, note.path)


def fold(notes: Iterable[Note]) -> Record:
    """What the notes of one measure come to, in order of (time, file name).

    A 更正 takes the note it names out of the count, if that one is earlier; both stay in the
    record's ``notes``.  Statuses count as written, even where :func:`check_note` objects (``check``
    tells that); kinds that change no status change none, whatever they write.
    """
    ordered = in_order(notes)
    days: dict[str, date] = {}
    replaced: set[str] = set()
    for note in ordered:
        day = note.time.date()
        if note.kind is NoteKind.CORRECTION and note.corrects:
            target = note.corrects.removesuffix(".md")
            if target in days and target != note.id:
                replaced.add(target)
                day = days[target]
        days[note.id] = day
    counted = tuple(Counted(note, days[note.id]) for note in ordered if note.id not in replaced)
    status = Status.NOT_STARTED
    since: date | None = None
    claimed: date | None = None
    closed: date | None = None
    for one in counted:
        outcome = _outcome(one.note)
        if outcome is None or outcome is status:
            continue
        status, since = outcome, one.day
        if status is Status.PENDING_REVIEW:
            claimed, closed = one.day, None
        elif status is Status.DONE:
            closed = one.day
        else:
            claimed = closed = None
    return Record(status, ordered, counted, since, claimed, closed)


def _outcome(note: Note) -> Status | None:
    rule = RULES[note.kind]
    return (note.status or rule.outcome) if rule.changes_status else None


def state_of(measure: Measure, notes: Iterable[Note], plan: Plan | None, today: date) -> MeasureState:
    """Where a measure stands on a day, from its notes (others are left out) in any order.

    ``plan`` is None where ``plan.yaml`` could not be read: then nothing is owed but explicit dates.
    """
    record = fold(note for note in notes if note.measure == measure.id)
    owed = obligations(measure, record, plan)
    verdict = judge(record, owed, plan, today)
    # What was suspended is owed by nobody for now; what is done has nothing open left.
    live = () if record.status is Status.SUSPENDED else owed
    due, label = next_owed(live)
    return MeasureState(
        status=record.status,
        notes=record.notes,
        progress=_progress(measure, record),
        updated=record.notes[-1].time if record.notes else None,
        due=explicit_due(live),
        next_due=due,
        next_label=label,
        light=verdict.light,
        why=verdict.why,
        overdue=verdict.overdue,
    )


def _progress(measure: Measure, record: Record) -> int | None:
    """The last percentage reported for the measure as a whole (or for its only item)."""
    for counted in reversed(record.counted):
        note = counted.note
        if note.progress is not None and (note.item is None or len(measure.items) < 2):
            return note.progress
    return None


# ------------------------------------------------------------------ what is allowed


def is_coordinator(unit: str, plan: Plan | None) -> bool:
    """Whether a unit (by its canonical name) is the coordinating office that the plan names."""
    if plan is None or not plan.settings.coordinator:
        return False
    return fold_name(unit) == fold_name(plan.settings.coordinator)


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


def check_note(
    note: Note, before: Status, plan: Plan | None, *, is_coordinator: bool
) -> tuple[str, str] | None:
    """What is wrong with a note that starts from ``before``: (message, hint), or None if it is allowed.

    Looks at the note alone; that the note a 更正 names exists is asked by :func:`check_correction`.
    """
    rule = RULES[note.kind]
    if rule.coordinator and not is_coordinator:
        office = (plan.settings.coordinator if plan else "") or "plan.yaml 的 设置.统筹单位 所写的单位"
        kinds = "、".join(allowed_kinds(before, is_coordinator=False))
        return f"{note.kind}只能由统筹单位（{office}）作出", f"现在可以写：{kinds}"
    if before not in rule.moves:
        kinds = "、".join(allowed_kinds(before, is_coordinator=is_coordinator))
        return f"状态是{before}，不能{_verb(note.kind)}", f"现在可以写：{kinds}"
    allowed = allowed_statuses(note.kind, before, is_coordinator=is_coordinator)
    if note.status is not None and note.status not in allowed:
        return _wrong_status(note.kind, before, note.status, allowed)
    return _wrong_content(note, rule)


def _verb(kind: NoteKind) -> str:
    return {
        NoteKind.PROGRESS: "报进展",
        NoteKind.INSTRUCTION: "作批示",
        NoteKind.CORRECTION: "作更正",
    }.get(kind, kind.value)


def _wrong_status(
    kind: NoteKind, before: Status, status: Status, allowed: Sequence[Status]
) -> tuple[str, str]:
    message = f"{kind}不能把状态从{before}改为{status}"
    if not RULES[kind].changes_status:
        return message, f"{kind}不改变状态：去掉 状态 一项"
    if status is Status.PENDING_REVIEW and before in _OPEN:
        return message, f"类型改用{NoteKind.REQUEST_CLOSE}"
    if status is Status.DONE and before in _OPEN:
        return message, f"类型改用{NoteKind.REQUEST_CLOSE}，由统筹单位{NoteKind.CLOSE}"
    if status is Status.DONE and before is Status.PENDING_REVIEW:
        return message, f"由统筹单位用{NoteKind.CLOSE}改为{status}"
    if before in (Status.PENDING_REVIEW, Status.DONE) and status in _OPEN:
        return message, f"由统筹单位用{NoteKind.RETURN}改为{Status.IN_PROGRESS}"
    if Status.SUSPENDED in (before, status):
        return message, "中止和恢复由统筹单位决定"
    return message, f"可以写：{'、'.join(allowed)}"


def _wrong_content(note: Note, rule: Rule) -> tuple[str, str] | None:
    kind = note.kind
    if rule.reason and not note.body.strip():
        return f"{kind}要写明内容", "在正文里写明理由或要求"
    if rule.new_date and note.new_due is None:
        return f"{kind}没有写延到哪一天", "写上 延期至，如 延期至: 2023-06-30"
    if not rule.new_date and note.new_due is not None:
        kinds = f"{NoteKind.REQUEST_EXTENSION}、{NoteKind.GRANT_EXTENSION}"
        return f"{kind}不能写延期至", f"去掉 延期至，或类型改用{kinds}"
    if kind is NoteKind.REQUEST_EXTENSION and note.new_due and note.new_due <= note.time.date():
        return f"延期至 {note.new_due} 不晚于填报之日", "写一个以后的日期"
    if kind is NoteKind.CORRECTION and not note.corrects:
        return "更正没有写被更正的是哪一条", "写上 更正，值是那条进展的文件名（不含 .md）"
    if kind is not NoteKind.CORRECTION and note.corrects:
        return f"{kind}不能更正别的进展", f"去掉 更正，或类型改用{NoteKind.CORRECTION}"
    said = (note.body.strip(), note.status, note.progress, note.quantity, note.evidence or None)
    if kind is NoteKind.PROGRESS and all(part in (None, "") for part in said):
        return "这条进展什么也没有写", "写明进展情况，或填状态、进度、数量"
    return None


def check_correction(note: Note, notes: Iterable[Note], *, is_coordinator: bool) -> tuple[str, str] | None:
    """What is wrong with what a 更正 names among the measure's notes: (message, hint), or None."""
    if note.kind is not NoteKind.CORRECTION or not note.corrects:
        return None
    target = note.corrects.removesuffix(".md")
    found = next((other for other in notes if other.id == target), None)
    if found is None:
        return f"没有叫 {target} 的进展", "更正的值是本措施一条进展的文件名（不含 .md）"
    if _when(found) >= _when(note):
        return f"{target} 不早于这条更正", "只能更正较早的进展"
    if RULES[found.kind].coordinator and not is_coordinator:
        return f"{found.kind}由统筹单位作出，不能由别的单位更正", "请统筹单位更正"
    return None
