"""The commits that file notes or take them back: their subjects and trailers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.repository import CommitKind, Event
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.request import Action
from fazhi_tui.vcs.trailers import Trailers, join_measures, status_move

#: Characters of a note's first line that go into the commit's subject: `git log --oneline` stays one line.
SUBJECT_LIMIT = 60
#: How many numbers the subject names.
NUMBERS_SHOWN = 8


def trailers_of(notes: Sequence[Note], undoes: str = "") -> Trailers:
    """What the commit says that files these notes, or takes them back (``undoes`` is their commit)."""
    first = notes[0]
    moves = {(note.status_before, note.status) for note in notes}
    move = (first.status, first.status_before) if undoes else (first.status_before, first.status)
    return Trailers(
        measure=join_measures([note.measure for note in notes]),
        item=first.item or "" if len(notes) == 1 else "",
        unit=one_line(first.unit),
        kind=CommitKind.UNDO if undoes else first.kind.value,
        undoes=undoes,
        status=status_move(*move) if first.status and len(moves) == 1 else "",
    )


def filing(notes: Sequence[Note], writes: Mapping[str, str | bytes], warnings: Iterable[str]) -> Action:
    """The commit that files one note, or one a measure that all say the same."""
    first, numbers = notes[0], [note.measure for note in notes]
    trailers = trailers_of(notes)
    if len(notes) == 1:
        what = f"{first.status_before}→{first.status}" if trailers.status else first.kind.value
        what = f"{first.item or first.measure} {what}" + (f"至{first.new_due}" if first.new_due else "")
    else:
        more = " 等" if len(numbers) > NUMBERS_SHOWN else ""
        what = f"{first.kind} {len(numbers)} 条（{'、'.join(numbers[:NUMBERS_SHOWN])}{more}）"
    return Action(
        subject=f"{what}：{one_line(first.first_line, SUBJECT_LIMIT)}",
        body="",
        trailers=trailers,
        writes=writes,
        notes=tuple(notes),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def undoing(notes: Sequence[Note], event: Event, removes: tuple[str, ...]) -> Action:
    """The commit that takes back what ``event`` filed."""
    number = (notes[0].item or notes[0].measure) if len(notes) == 1 else ""
    subject = one_line(event.subject.removeprefix(f"{number} "), SUBJECT_LIMIT)
    return Action(
        subject=f"{number} {CommitKind.UNDO}：{subject}".strip(),
        body="",
        trailers=trailers_of(notes, event.commit),
        writes={},
        removes=removes,
        notes=tuple(notes),
        undoes=event.commit,
    )
