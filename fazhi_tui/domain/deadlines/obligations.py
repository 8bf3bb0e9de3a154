"""What is owed by when, and which notes have settled it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from fazhi_tui.domain.deadlines.occurrences import PLAN_END, Occurrence, occurrences, plan_end
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Plan


class Counted(NamedTuple):
    """A note that counts, and the day it counts for.

    That day is the note's own, or for a 更正 the day of the note it corrects: a wrong figure of
    December put right in January is still December's.
    """

    note: Note
    day: date


class Record(NamedTuple):
    """What the notes of one measure come to; made by :func:`fazhi_tui.domain.workflow.fold.fold`.

    ``counted`` holds the notes in order without those that a 更正 replaced.  The status holds since the
    day ``since`` (None: from the beginning).  ``claimed`` is the day of the 申请办结 that stands (neither
    returned nor corrected), ``closed`` the day the measure was closed; the fields ``…_by`` name the notes
    (by id) that did it.  ``disagreement`` are two notes that left one status for two, not settled yet;
    ``refused`` the notes whose change of status did not count, each with the reason.
    """

    status: Status = Status.NOT_STARTED
    notes: tuple[Note, ...] = ()
    counted: tuple[Counted, ...] = ()
    since: date | None = None
    claimed: date | None = None
    closed: date | None = None
    since_by: str = ""
    claimed_by: str = ""
    closed_by: str = ""
    disagreement: tuple[Note, Note] | None = None
    refused: tuple[tuple[Note, str], ...] = ()

    @property
    def settled_by(self) -> str:
        """The note that :attr:`settled` rests on."""
        return (self.claimed_by or self.closed_by) if self.closed else ""

    @property
    def settled(self) -> date | None:
        """The day a closed measure was completed: when it was applied for, not when it was reviewed.

        The body that finished in December is not late because the review took until January.
        """
        return (self.claimed or self.closed) if self.closed else None


class Obligation(NamedTuple):
    """One thing owed: an occurrence of an item, or the whole measure by the plan's end (``item`` None).

    ``first_due`` is the date the document gives, ``due`` the one after a granted extension.
    ``done`` is the day it was completed; ``progress`` the last percentage reported for it.  The last three
    fields name the notes (by id) that completed it, extended it and reported that percentage.
    """

    item: Item | None
    label: str
    start: date
    first_due: date
    due: date
    done: date | None
    progress: int | None
    quantity: int
    done_by: str = ""
    extended_by: str = ""
    progress_by: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.done is None

    @property
    def late(self) -> bool:
        """Whether it was completed after its date."""
        return self.done is not None and self.done > self.due


class _Slot:
    """An obligation while notes are being counted."""

    __slots__ = (
        "by", "done", "done_by", "due", "extended_by", "item", "occurrence", "progress", "progress_by",
        "quantity",
    )  # fmt: skip

    def __init__(self, item: Item | None, occurrence: Occurrence) -> None:
        self.item = item
        self.occurrence = occurrence
        self.due = occurrence.due
        self.done: date | None = None
        self.by: NoteKind | None = None
        self.progress: int | None = None
        self.quantity = 0
        self.done_by = self.extended_by = self.progress_by = ""

    @property
    def needed(self) -> int | None:
        """How much completes it: a recurring item that counts nothing is done by one."""
        if self.item is None:
            return None
        return self.item.quantity or (1 if self.item.period else None)

    @property
    def is_share(self) -> bool:
        """Whether the number to reach is a percentage."""
        return self.item is not None and self.item.measure_word == "%"

    def count(self, counted: Counted) -> None:
        """Add what a note reports."""
        note = counted.note
        if note.progress is not None:
            self.progress, self.progress_by = note.progress, note.id
        if note.quantity is not None:
            # A share (95 %) is a level that was reached; other figures add up.
            self.quantity = note.quantity + (0 if self.is_share else self.quantity)
        enough = self.needed is not None and note.quantity is not None and self.quantity >= self.needed
        if self.item is None or self.done is not None:
            return  # The whole measure is completed by closing it, not by a figure.
        if note.kind is NoteKind.CLOSE:
            return  # What closing settles, it settles for the day of the application: see `frozen`.
        if enough or note.progress == 100:
            self.done, self.by, self.done_by = counted.day, note.kind, note.id

    def extend(self, new_due: date, by: str) -> None:
        """A granted extension; the last one granted holds, and none shortens the document's date."""
        if new_due >= self.occurrence.due:
            self.due, self.extended_by = new_due, by

    @property
    def label(self) -> str:
        """The item's number and the occurrence, as people name them: ``43.1 2024年``."""
        return f"{self.item.id} {self.occurrence.label}".strip() if self.item else self.occurrence.label

    def frozen(self, settled: date | None, settled_by: str) -> Obligation | None:
        """The finished obligation; None where the measure was closed before it began."""
        done, done_by = self.done, self.done_by
        if settled is not None and done is None:
            if self.item is not None and self.item.period and self.occurrence.start > settled:
                return None
            done, done_by = settled, settled_by
        occurrence = self.occurrence
        return Obligation(
            self.item,
            self.label,
            occurrence.start,
            occurrence.due,
            self.due,
            done,
            self.progress,
            self.quantity,
            done_by,
            self.extended_by,
            self.progress_by,
        )


def obligations(measure: Measure, record: Record, plan: Plan | None) -> tuple[Obligation, ...]:
    """Everything a measure owes or owed, by effective date; an item before the whole measure.

    A note counts for the item it names, or for the measure's only item where it names none; for a
    recurring item it counts for the occurrence it names (期), else for the one in whose time its day
    lies (the first still open of them, an extended one included).  An occurrence is done by enough 数量,
    by 进度 100, or by closing the measure: then on the day of the 申请办结, not of its review, whatever the
    办结 itself writes.  A measure owes itself by the plan's end unless it is 长期坚持.
    """
    by_item, whole, _ = _slots(measure, record, plan)
    slots = [slot for slots in by_item.values() for slot in slots] + whole
    settled = record.settled
    found = [frozen for slot in slots if (frozen := slot.frozen(settled, record.settled_by)) is not None]
    # Stable: where dates are equal, items stay in order and before the whole.
    return tuple(sorted(found, key=lambda obligation: obligation.due))


def extension_target(
    measure: Measure, record: Record, plan: Plan | None, note: Note, day: date
) -> Obligation | None:
    """What an extension to the note's 延期至 would move, as it stands after ``record``; None: nothing.

    The same choice that a granted extension makes when it is counted.
    """
    if note.new_due is None:
        return None
    by_item, whole, only = _slots(measure, record, plan)
    slot = _extended(note, day, note.new_due, by_item, whole, by_item.get(note.item or only or "", []))
    return slot.frozen(None, "") if slot is not None else None


def occurrence_labels(measure: Measure, item: str | None, plan: Plan | None) -> tuple[str, ...]:
    """What 期 may say in a note on an item (or on the measure's only one): ``2022年``, ``2023年`` and so on.

    Empty where the item does not recur.
    """
    for known in measure.items:
        if known.period is not None and (known.id == item or (item is None and len(measure.items) == 1)):
            return tuple(occurrence.label for occurrence in occurrences(known, plan))
    return ()


def _slots(
    measure: Measure, record: Record, plan: Plan | None
) -> tuple[dict[str, list[_Slot]], list[_Slot], str | None]:
    """Every item's occurrences and the whole measure, all notes counted; and the only item's number."""
    by_item = {
        item.id: [_Slot(item, occurrence) for occurrence in occurrences(item, plan)] for item in measure.items
    }
    only = next(iter(by_item)) if len(by_item) == 1 else None
    whole: list[_Slot] = []
    if plan is not None and record.status is not Status.ONGOING:
        whole.append(_Slot(None, Occurrence(PLAN_END, plan.period.start, plan_end(plan))))
    for counted in record.counted:
        _apply(counted, by_item, whole, only)
    return by_item, whole, only


def _apply(counted: Counted, by_item: dict[str, list[_Slot]], whole: list[_Slot], only: str | None) -> None:
    note = counted.note
    slots = by_item.get(note.item or only or "", [])
    match note.kind:
        case NoteKind.GRANT_EXTENSION if note.new_due is not None:
            slot = _extended(note, counted.day, note.new_due, by_item, whole, slots)
            if slot is not None:
                slot.extend(note.new_due, note.id)
        case NoteKind.RETURN:
            # What was returned was not done: only figures reported otherwise still stand.
            for slot in slots if note.item or only else [s for group in by_item.values() for s in group]:
                if slot.by is NoteKind.REQUEST_CLOSE:
                    slot.done = slot.by = None
                    slot.done_by = ""
        case NoteKind.PROGRESS | NoteKind.REQUEST_CLOSE | NoteKind.CLOSE | NoteKind.CORRECTION:
            current = _slot_at(slots, counted.day, note.occurrence)
            if current is not None:
                current.count(counted)
            if note.item is None:
                for slot in whole:
                    slot.count(counted)


def _slot_at(slots: list[_Slot], day: date, named: str | None) -> _Slot | None:
    """The occurrence a note of this day counts for, or the one it names."""
    if named is not None:
        return next((slot for slot in slots if slot.occurrence.label == named), None)
    if len(slots) == 1 and (slots[0].item is None or slots[0].item.period is None):
        return slots[0]
    within = [slot for slot in slots if slot.occurrence.start <= day <= slot.due]
    # Nothing begins after the last occurrence: what comes late can only be for it.
    within = within or [slot for slot in slots[-1:] if slot.due < day and slot.done is None]
    return next((slot for slot in within if slot.done is None), within[-1] if within else None)


def _extended(
    note: Note,
    day: date,
    new_due: date,
    by_item: dict[str, list[_Slot]],
    whole: list[_Slot],
    slots: list[_Slot],
) -> _Slot | None:
    """The one date that an extension means.

    Of a recurring item that is the occurrence it names, else the last one begun by then and due before
    the new date.  Without an item: the earliest dated item still open, else the only item's occurrence,
    else the plan's end for this measure.
    """
    if note.occurrence is not None:
        return _slot_at(slots, day, note.occurrence)
    if note.item is None:
        dated = [
            slot
            for group in by_item.values()
            for slot in group
            if slot.item and slot.item.due and not slot.item.period and slot.done is None
        ]
        chosen = min(dated, key=lambda slot: slot.occurrence.due, default=None)
        if chosen is not None and chosen.occurrence.due <= new_due:
            return chosen
    begun = [
        slot
        for slot in slots
        if slot.occurrence.due <= new_due
        and (slot.item is None or slot.item.period is None or slot.occurrence.start <= day)
    ]
    return next(iter(begun[-1:] or (whole if note.item is None else [])), None)


def explicit_dates(measure: Measure, record: Record, owed: Iterable[Obligation]) -> tuple[date, ...]:
    """The dates that the document itself writes, settled or not, after granted extensions.

    ``owed`` is what :func:`obligations` gives for the same record.
    """
    if not any(counted.note.kind is NoteKind.GRANT_EXTENSION for counted in record.counted):
        return tuple(item.due for item in measure.items if item.due)
    return tuple(obligation.due for obligation in _explicit(owed))


def explicit_due(owed: Iterable[Obligation]) -> date | None:
    """The earliest explicit date still open among a measure's obligations, or None."""
    return min((obligation.due for obligation in _explicit(owed) if obligation.open), default=None)


def _explicit(owed: Iterable[Obligation]) -> list[Obligation]:
    # Of a recurring item with a last day, that is the last occurrence alone.
    return [dated for dated in owed if dated.item is not None and dated.first_due == dated.item.due]


def next_owed(owed: Iterable[Obligation]) -> tuple[date | None, str]:
    """The earliest date still open, with its label: ``28.1``, ``43.1 2024年`` or 规划期末.

    One that has gone by is still owed and comes first.  Nothing open: (None, "").
    """
    first = next((obligation for obligation in owed if obligation.open), None)
    return (first.due, first.label) if first else (None, "")
