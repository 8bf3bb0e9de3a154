"""The notes of one measure folded into its record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from fazhi_tui.domain.deadlines.obligations import (
    Counted,
    Record,
)
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.unit_index import fold as fold_name
from fazhi_tui.domain.workflow.kinds import RULES, _outcome, _verb

#: A note written without a zone (by hand) is taken to be in the zone of the whole country.
_BEIJING = timedelta(hours=8)


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


def is_coordinator(unit: str, plan: Plan | None) -> bool:
    """Whether a unit (by its canonical name) is the coordinating office that the plan names."""
    if plan is None or not plan.settings.coordinator:
        return False
    return fold_name(unit) == fold_name(plan.settings.coordinator)
