"""Progress that a table tells of a tracker that is there: only what is new, from where the measure stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fazhi_tui.domain.as_of import in_zone, zone_of
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.workflow.fold import fold, in_order
from fazhi_tui.domain.workflow.office import office_of
from fazhi_tui.service.importing.imported_notes import files_of


@dataclass(frozen=True)
class TableProgress:
    """The notes that are new, the files that they become, and how many are there already."""

    notes: tuple[Note, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    known: int = 0


def table_progress(
    tracker: Tracker, given: Sequence[Note], numbers: Mapping[str, str], canonical: Callable[[str], str]
) -> TableProgress:
    """The notes of a document's tables under the tracker's ``numbers``; those filed before are left out.

    A note is the same if it tells the same of the same day, for the same unit.  It starts from the status
    that the measure had on its day, and begins a measure that had not begun.
    """
    plan = tracker.plan
    zone = zone_of((plan.settings if plan else Settings()).zone)
    office = office_of(plan, tracker.units, tracker.other_names)
    filed: dict[str, list[Note]] = {}
    for note in in_zone(tracker.notes, zone):
        filed.setdefault(note.measure, []).append(note)
    added: list[Note] = []
    known = 0
    for note in in_order(in_zone(given, zone)):
        if note.measure not in numbers:
            continue
        note = replace(note, measure=numbers[note.measure], unit=canonical(note.unit))
        there = filed.setdefault(note.measure, [])
        if any(_tells_the_same(note, other, canonical) for other in there):
            known += 1
            continue
        before = fold([other for other in there if other.time <= note.time], office).status
        starts = note.status is not None and before is Status.NOT_STARTED
        note = replace(note, status_before=before, status=note.status if starts else None)
        added.append(note)
        there.append(note)
    pinyin = {unit.name: unit.pinyin for unit in tracker.units}
    return TableProgress(tuple(added), files_of(added, pinyin), known)


def _tells_the_same(note: Note, other: Note, canonical: Callable[[str], str]) -> bool:
    return (
        note.time.date() == other.time.date()
        and note.unit == canonical(other.unit)
        and note.body.strip() == other.body.strip()
    )
