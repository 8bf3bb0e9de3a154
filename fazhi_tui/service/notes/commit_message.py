"""The commits that file notes or take them back: their subjects and trailers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.request import Action
from fazhi_tui.vcs.trailers import UNDO_KIND, written_trailers

#: Characters of a note's first line that go into the commit's subject: `git log --oneline` stays one line.
SUBJECT_LIMIT = 60
#: How many numbers the subject names.
NUMBERS_SHOWN = 8


def filing(notes: Sequence[Note], writes: Mapping[str, str | bytes], warnings: Iterable[str]) -> Action:
    """The commit that files one note, or one a measure that all say the same."""
    first, numbers = notes[0], [note.measure for note in notes]
    moves = {(note.status_before, note.status) for note in notes}
    before, after = first.status_before, first.status
    moved = (before, after) if len(moves) == 1 and before and after else None
    if len(notes) == 1:
        what = f"{before}→{after}" if moved else first.kind.value
        what = f"{first.item or first.measure} {what}" + (f"至{first.new_due}" if first.new_due else "")
    else:
        more = " 等" if len(numbers) > NUMBERS_SHOWN else ""
        what = f"{first.kind} {len(numbers)} 条（{'、'.join(numbers[:NUMBERS_SHOWN])}{more}）"
    item = first.item if len(notes) == 1 else None
    return Action(
        subject=f"{what}：{one_line(first.first_line, SUBJECT_LIMIT)}",
        body="",
        trailers=written_trailers(first.kind, measures=numbers, item=item, unit=first.unit, status=moved),
        writes=writes,
        notes=tuple(notes),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def undoing(notes: Sequence[Note], event: Event, removes: tuple[str, ...]) -> Action:
    """The commit that takes back what ``event`` filed."""
    first, item = notes[0], notes[0].item if len(notes) == 1 else None
    moves = {(note.status, note.status_before) for note in notes}
    after, before = first.status, first.status_before
    moved = (after, before) if len(moves) == 1 and after and before and after != before else None
    number = (item or first.measure) if len(notes) == 1 else ""
    subject = one_line(event.subject.removeprefix(f"{number} "), SUBJECT_LIMIT)
    return Action(
        subject=f"{number} 撤销：{subject}".strip(),
        body="",
        trailers=written_trailers(
            UNDO_KIND,
            measures=[note.measure for note in notes],
            item=item,
            unit=first.unit,
            undoes=event.commit,
            status=moved,
        ),
        writes={},
        removes=removes,
        notes=tuple(notes),
        undoes=event.commit,
    )
