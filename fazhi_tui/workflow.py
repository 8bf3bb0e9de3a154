"""Kinds of note and what each may do: one table, the fold over notes, and the check of one note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from fazhi_tui.deadlines import (
    Counted,
    Obligation,
    Record,
    ReportPeriod,
    explicit_dates,
    explicit_due,
    extension_target,
    judge,
    next_owed,
    obligations,
    occurrence_labels,
)
from fazhi_tui.model import Measure, MeasureState, Note, NoteKind, Plan, Status, Unit
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
    whether a text and 延期至 are needed, ``reports`` whether it counts as a report of its period.
    """

    kind: NoteKind
    meaning: str
    moves: Mapping[Status, tuple[Status, ...]]
    coordinator_moves: Mapping[Status, tuple[Status, ...]]
    coordinator: bool = False
    outcome: Status | None = None
    reason: bool = False
    new_date: bool = False
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
    reports: bool = False,
) -> Rule:
    office = {**moves, **(coordinator_moves or {})}
    return Rule(kind, meaning, moves, office, coordinator, outcome, reason, new_date, reports)


_TABLE = (
    _rule(
        NoteKind.PROGRESS,
        "报告进展；启动、推进或改为长期坚持。中止和恢复由统筹单位决定",
        {**_stay(_ALL), **dict.fromkeys(_OPEN, _OPEN)},
        dict.fromkeys((*_OPEN, Status.SUSPENDED), (*_OPEN, Status.SUSPENDED)),
        reports=True,
    ),
    _rule(
        NoteKind.REQUEST_CLOSE,
        "申请办结，等待统筹单位审核",
        dict.fromkeys(_OPEN, (Status.PENDING_REVIEW,)),
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
        _stay(_OPEN),
        reason=True,
        new_date=True,
        reports=True,
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
        reports=True,
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


_folded_name = lru_cache(maxsize=4096)(fold_name)

#: The folded names of the coordinating office, its aliases and its predecessors; None: nobody is known to be.
Office = frozenset[str] | None


def office_of(plan: Plan | None, units: Iterable[Unit] = ()) -> Office:
    """By what names the coordinating office's notes are known: its own, its aliases, its predecessors'.

    None where the plan names none (or could not be read): then nobody's authority can be judged.
    """
    if plan is None or not plan.settings.coordinator:
        return None
    named = {_folded_name(name) for name in (plan.settings.coordinator, *plan.settings.former_coordinators)}
    for unit in units:
        spellings = {_folded_name(name) for name in (unit.name, *unit.aliases)}
        if not named.isdisjoint(spellings):
            named |= spellings
    return frozenset(named)


def fold(notes: Iterable[Note], office: Office = None) -> Record:
    """What the notes of one measure come to, in order of (time, file name).

    A 更正 takes the note it names out of the count, if that one is earlier; both stay in the
    record's ``notes``.  A note that the table forbids, or that only the ``office`` may write, does not count:
    it stays, named among ``refused`` (and is an error of ``check``).  What a note starts from
    is what it says (原状态), as its writer saw it; where two started from one status and left it for two, the
    later counts and both are the ``disagreement``, until a later 更正, 办结 or 退回 settles it.
    """
    ordered = in_order(notes)
    days: dict[str, date] = {}
    kinds: dict[str, NoteKind] = {}
    replaced: set[str] = set()
    refused: list[tuple[Note, str]] = []
    for note in ordered:
        day = note.time.date()
        if note.kind is NoteKind.CORRECTION and note.corrects:
            target = note.corrects.removesuffix(".md")
            if target in days and target != note.id:
                if RULES[kinds[target]].coordinator and not has_office(note, office):
                    refused.append((note, f"{kinds[target]}由统筹单位作出，不能由别的单位更正"))
                else:
                    replaced.add(target)
                    day = days[target]
        days[note.id], kinds[note.id] = day, note.kind
    standing = [Counted(note, days[note.id]) for note in ordered if note.id not in replaced]
    return _with_status(ordered, standing, refused, office)


def has_office(note: Note, office: Office) -> bool:
    """Whether a note is the coordinating office's; None cannot tell, and takes it so."""
    return office is None or _folded_name(note.unit) in office


def _with_status(
    ordered: tuple[Note, ...],
    standing: Sequence[Counted],
    refused: list[tuple[Note, str]],
    office: Office,
) -> Record:
    status = Status.NOT_STARTED
    since: date | None = None
    claimed: date | None = None
    closed: date | None = None
    since_by = claimed_by = closed_by = ""
    moved: dict[Status, Note] = {}
    disagreement: tuple[Note, Note] | None = None
    counted: list[Counted] = []
    for one in standing:
        note = one.note
        before = note.status_before or status
        if fault := _check_move(note, before, has_office(note, office)):
            refused.append((note, fault))
            continue
        counted.append(one)
        if note.kind is NoteKind.CORRECTION:
            # Whoever corrects has looked at what is there.
            disagreement = None
        outcome = _outcome(note)
        if outcome is None:
            continue
        if note.kind in (NoteKind.CLOSE, NoteKind.RETURN) and before is status:
            disagreement = None
        elif before is not status and outcome is not status and outcome is not before and before in moved:
            disagreement = (moved[before], note)
        if outcome is not before:
            moved[before] = note
        if outcome is status:
            continue
        status, since, since_by = outcome, one.day, note.id
        if status is Status.PENDING_REVIEW:
            claimed, claimed_by, closed, closed_by = one.day, note.id, None, ""
        elif status is Status.DONE:
            closed, closed_by = one.day, note.id
        else:
            claimed = closed = None
            claimed_by = closed_by = ""
    return Record(
        status,
        ordered,
        tuple(counted),
        since,
        claimed,
        closed,
        since_by,
        claimed_by,
        closed_by,
        disagreement,
        tuple(refused),
    )


def _check_move(note: Note, before: Status, has_office: bool) -> str:
    """Why a note's change of status does not count, or nothing: the table of rules, applied."""
    rule = RULES[note.kind]
    if rule.coordinator and not has_office:
        return f"{note.kind}只能由统筹单位作出"
    moves = rule.coordinator_moves if has_office else rule.moves
    if before not in moves:
        return f"状态是{before}，不能{_verb(note.kind)}"
    if note.status is not None and rule.changes_status and note.status not in moves[before]:
        return f"{note.kind}不能把状态从{before}改为{note.status}"
    return ""


def status_after(note: Note, before: Status) -> Status:
    """The status that an allowed note leads to from ``before``."""
    return _outcome(note) or before


def _outcome(note: Note) -> Status | None:
    rule = RULES[note.kind]
    return (note.status or rule.outcome) if rule.changes_status else None


def state_of(
    measure: Measure,
    notes: Iterable[Note],
    plan: Plan | None,
    today: date,
    *,
    office: Office = None,
    period: ReportPeriod | None = None,
) -> MeasureState:
    """Where a measure stands on a day, from its notes (others are left out) in any order.

    ``plan`` is None where ``plan.yaml`` could not be read: then nothing is owed but explicit dates.
    ``office`` is what :func:`office_of` gives (by the plan alone where left out); ``period`` the last period
    of reports that has ended, if reports are asked for.
    """
    record = fold((note for note in notes if note.measure == measure.id), office or office_of(plan))
    owed = obligations(measure, record, plan)
    missing = period if period is not None and _lacks_report(record, period) else None
    verdict = judge(record, owed, plan, today, missing)
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
        rule=verdict.rule,
        why_date=verdict.date,
        why_note=verdict.note,
        dates=explicit_dates(measure, record, owed),
        missing=missing.label if missing else "",
        disagreement=record.disagreement,
        refused=record.refused,
    )


def _lacks_report(record: Record, period: ReportPeriod) -> bool:
    """Whether a measure that is at work has no report since the period began: none in it, none after."""
    if record.status not in _OPEN:
        return False
    return not any(RULES[note.kind].reports and note.time.date() >= period.start for note in record.notes)


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

    Looks at the note alone; what depends on the measure's other notes is asked by :func:`check_in_place`.
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


def check_in_place(
    note: Note,
    measure: Measure,
    earlier: Iterable[Note],
    plan: Plan | None,
    *,
    is_coordinator: bool,
    office: Office = None,
    canonical: Callable[[str], str] = fold_name,
) -> tuple[str, str] | None:
    """What is wrong with a note beside the other notes of its measure: (message, hint), or None.

    Asks what :func:`check_note` cannot know: that the note a 更正 names exists and may be corrected by this
    body, that 期 is one of the item's, that an extension is asked for before the date and leads beyond it.
    ``canonical`` gives the one name of a unit's spellings.
    """
    others = tuple(earlier)
    fault = _check_occurrence(note, measure, plan)
    if fault is None and note.kind is NoteKind.CORRECTION and note.corrects:
        fault = _check_correction(note, others, is_coordinator, canonical)
    if fault is None and RULES[note.kind].new_date and note.new_due is not None:
        record = fold((one for one in others if _when(one) < _when(note)), office or office_of(plan))
        fault = _check_extension(note, extension_target(measure, record, plan, note, note.time.date()))
    return fault


def lacks_evidence(note: Note, earlier: Iterable[Note], plan: Plan | None) -> tuple[str, str] | None:
    """(message, hint) where a 办结, and what it answers, lacks the evidence that 设置.办结须佐证 wants."""
    if plan is None or not plan.settings.close_needs_evidence or note.kind is not NoteKind.CLOSE:
        return None
    asked = [
        one for one in in_order(earlier) if one.kind is NoteKind.REQUEST_CLOSE and _when(one) < _when(note)
    ]
    if note.evidence or any(one.evidence for one in asked[-1:]):
        return None
    return "办结没有佐证材料，它所答复的申请办结也没有", "附上佐证材料，或退回请填报单位补上"


def _check_occurrence(note: Note, measure: Measure, plan: Plan | None) -> tuple[str, str] | None:
    if note.occurrence is None or plan is None:
        return None
    known = occurrence_labels(measure, note.item, plan)
    if note.occurrence in known:
        return None
    if not known:
        return f"期“{note.occurrence}”没有所属：这里没有周期性事项", "去掉 期，或写明是哪个周期性事项"
    return (
        f"没有“{note.occurrence}”这一期",
        f"可以写：{'、'.join(known[:12])}{' 等' if len(known) > 12 else ''}",
    )


def _check_correction(
    note: Note, others: Sequence[Note], is_coordinator: bool, canonical: Callable[[str], str]
) -> tuple[str, str] | None:
    target = (note.corrects or "").removesuffix(".md")
    found = next((other for other in others if other.id == target), None)
    if found is None:
        return f"没有叫 {target} 的进展", "更正的值是本措施一条进展的文件名（不含 .md）"
    if _when(found) >= _when(note):
        return f"{target} 不早于这条更正", "只能更正较早的进展"
    if is_coordinator:
        return None
    if RULES[found.kind].coordinator:
        return f"{found.kind}由统筹单位作出，不能由别的单位更正", "请统筹单位更正"
    if canonical(found.unit) != canonical(note.unit):
        return f"{target} 是{found.unit}填报的，不能由{note.unit}更正", f"请{found.unit}或统筹单位更正"
    return None


def _check_extension(note: Note, target: Obligation | None) -> tuple[str, str] | None:
    """An extension moves a date that is still owed, forward; it is asked for before that date has gone by."""
    new_due = note.new_due
    if target is None:
        return (
            f"没有可以延到 {new_due} 的期限",
            "用 事项 和 期 写明延的是哪一个期限；延期至要晚于那个期限",
        )
    if target.done is not None:
        return f"{target.label} 已于 {target.done} 完成，不必延期", "用 事项 写明延的是哪一个期限"
    what = f"{target.label} 的期限" if target.item else f"期限（{target.label}）"
    if note.kind is NoteKind.REQUEST_EXTENSION:
        if note.time.date() > target.due:
            return (
                f"{what} {target.due} 已经过了，不能再申请延期",
                "延期要在期限以前申请；现在请报进展，写明原因和何时完成",
            )
        if new_due is not None and new_due <= target.due:
            return f"延期至 {new_due} 不晚于{what} {target.due}", "写一个更晚的日期"
    elif new_due is not None and new_due <= target.first_due:
        return f"延期至 {new_due} 不晚于原定的期限 {target.first_due}", "写一个更晚的日期"
    return None
