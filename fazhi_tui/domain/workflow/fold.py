"""The notes of one measure folded into its record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from fazhi_tui.domain.deadlines.obligations import Counted, Record
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.workflow.kinds import RULES, outcome_of, refusal
from fazhi_tui.domain.workflow.office import Office, has_office

#: A note written without a zone (by hand) is taken to be in the zone of the whole country.
_BEIJING = timedelta(hours=8)


def in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Notes by instant, then by file name, whatever order they arrive in."""
    return tuple(sorted(notes, key=time_key))


def time_key(note: Note) -> tuple[timedelta, str, str]:
    """By what notes are put in order: their instant, then their file."""
    time = note.time
    # As a difference, not by astimezone(): that overflows at the ends of the calendar.
    offset = time.utcoffset()
    elapsed = time.replace(tzinfo=None) - datetime.min
    return (elapsed - (_BEIJING if offset is None else offset), note.id, note.path)


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
    for note, day in standing:
        before = note.status_before or status
        if fault := refusal(note, before, is_coordinator=has_office(note, office)):
            refused.append((note, fault))
            continue
        counted.append(Counted(note, day))
        if note.kind is NoteKind.CORRECTION:
            # Whoever corrects has looked at what is there.
            disagreement = None
        outcome = outcome_of(note)
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
        status, since, since_by = outcome, day, note.id
        if status is Status.PENDING_REVIEW:
            claimed, claimed_by, closed, closed_by = day, note.id, None, ""
        elif status is Status.DONE:
            closed, closed_by = day, note.id
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
