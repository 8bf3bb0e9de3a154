"""What is owed by when, and which notes have settled it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from fazhi_tui.deadlines.occurrences import PLAN_END, Occurrence, occurrences, plan_end
from fazhi_tui.model import Item, Measure, Note, NoteKind, Plan, Status


class Counted(NamedTuple):
    """A note that counts, and the day it counts for.

    That day is the note's own, or for a 更正 the day of the note it corrects: a wrong figure of
    December put right in January is still December's.
    """

    note: Note
    day: date


class Record(NamedTuple):
    """What the notes of one measure come to; made by :func:`fazhi_tui.workflow.fold`.

    ``counted`` holds the notes in order without those that a 更正 replaced.  The status holds since the
    day ``since`` (None: from the beginning).  ``claimed`` is the day of the 申请办结 that stands (neither
    returned nor corrected), ``closed`` the day the measure was closed.
    """

    status: Status = Status.NOT_STARTED
    notes: tuple[Note, ...] = ()
    counted: tuple[Counted, ...] = ()
    since: date | None = None
    claimed: date | None = None
    closed: date | None = None

    @property
    def settled(self) -> date | None:
        """The day a closed measure was completed: when it was applied for, not when it was reviewed.

        The body that finished in December is not late because the review took until January.
        """
        return (self.claimed or self.closed) if self.closed else None


class Obligation(NamedTuple):
    """One thing owed: an occurrence of an item, or the whole measure by the plan's end (``item`` None).

    ``first_due`` is the date the document gives, ``due`` the one after a granted extension.
    ``done`` is the day it was completed; ``progress`` the last percentage reported for it.
    """

    item: Item | None
    label: str
    start: date
    first_due: date
    due: date
    done: date | None
    progress: int | None
    quantity: int

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

    __slots__ = ("by", "done", "due", "item", "occurrence", "progress", "quantity")

    def __init__(self, item: Item | None, occurrence: Occurrence) -> None:
        self.item = item
        self.occurrence = occurrence
        self.due = occurrence.due
        self.done: date | None = None
        self.by: NoteKind | None = None
        self.progress: int | None = None
        self.quantity = 0

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
            self.progress = note.progress
        if note.quantity is not None:
            # A share (95 %) is a level that was reached; other figures add up.
            self.quantity = note.quantity + (0 if self.is_share else self.quantity)
        enough = self.needed is not None and note.quantity is not None and self.quantity >= self.needed
        if self.item is None or self.done is not None:
            return  # The whole measure is completed by closing it, not by a figure.
        if enough or note.progress == 100 or note.status is Status.DONE:
            self.done, self.by = counted.day, note.kind

    def extend(self, new_due: date) -> None:
        """A granted extension; the last one granted holds, and none shortens the document's date."""
        if new_due >= self.occurrence.due:
            self.due = new_due

    def frozen(self, settled: date | None) -> Obligation | None:
        """The finished obligation; None where the measure was closed before it began."""
        done = self.done
        if settled is not None and done is None:
            if self.item is not None and self.item.period and self.occurrence.start > settled:
                return None
            done = settled
        label = self.occurrence.label
        if self.item is not None:
            label = f"{self.item.id} {label}".strip()
        occurrence = self.occurrence
        return Obligation(
            self.item,
            label,
            occurrence.start,
            occurrence.due,
            self.due,
            done,
            self.progress,
            self.quantity,
        )


def obligations(measure: Measure, record: Record, plan: Plan | None) -> tuple[Obligation, ...]:
    """Everything a measure owes or owed, by effective date; an item before the whole measure.

    A note counts for the item it names, or for the measure's only item where it names none; for a
    recurring item it counts for the occurrence in whose time its day lies (the first still open of
    them, an extended one included).  An occurrence is done by enough 数量, by 进度 100, by 已完成, or
    by closing the measure.  A measure owes itself by the plan's end unless it is 长期坚持.
    """
    by_item = {
        item.id: [_Slot(item, occurrence) for occurrence in occurrences(item, plan)] for item in measure.items
    }
    only = next(iter(by_item)) if len(by_item) == 1 else None
    whole: list[_Slot] = []
    if plan is not None and record.status is not Status.ONGOING:
        whole.append(_Slot(None, Occurrence(PLAN_END, plan.period.start, plan_end(plan))))
    for counted in record.counted:
        _apply(counted, by_item, whole, only)
    slots = [slot for slots in by_item.values() for slot in slots] + whole
    found = [one for slot in slots if (one := slot.frozen(record.settled)) is not None]
    # Stable: where dates are equal, items stay in order and before the whole.
    return tuple(sorted(found, key=lambda one: one.due))


def _apply(counted: Counted, by_item: dict[str, list[_Slot]], whole: list[_Slot], only: str | None) -> None:
    note = counted.note
    slots = by_item.get(note.item or only or "", [])
    match note.kind:
        case NoteKind.GRANT_EXTENSION if note.new_due is not None:
            _extend(note, counted.day, note.new_due, by_item, whole, slots)
        case NoteKind.RETURN:
            # What was returned was not done: only figures reported otherwise still stand.
            for slot in slots if note.item or only else [s for each in by_item.values() for s in each]:
                if slot.by in (NoteKind.REQUEST_CLOSE, NoteKind.CLOSE):
                    slot.done = slot.by = None
        case NoteKind.PROGRESS | NoteKind.REQUEST_CLOSE | NoteKind.CLOSE | NoteKind.CORRECTION:
            current = _slot_at(slots, counted.day)
            if current is not None:
                current.count(counted)
            if note.item is None:
                for slot in whole:
                    slot.count(counted)


def _slot_at(slots: list[_Slot], day: date) -> _Slot | None:
    """The occurrence a note of this day counts for."""
    if len(slots) == 1 and (slots[0].item is None or slots[0].item.period is None):
        return slots[0]
    within = [slot for slot in slots if slot.occurrence.start <= day <= slot.due]
    return next((slot for slot in within if slot.done is None), within[-1] if within else None)


def _extend(
    note: Note,
    day: date,
    new_due: date,
    by_item: dict[str, list[_Slot]],
    whole: list[_Slot],
    slots: list[_Slot],
) -> None:
    """Move the one date that a granted extension means.

    Of a recurring item that is the last occurrence begun by then and due before the new date.
    Without an item: the earliest dated item still open, else the only item's occurrence, else the
    plan's end for this measure.
    """
    if note.item is None:
        dated = [
            slot
            for each in by_item.values()
            for slot in each
            if slot.item and slot.item.due and not slot.item.period and slot.done is None
        ]
        chosen = min(dated, key=lambda slot: slot.occurrence.due, default=None)
        if chosen is not None and chosen.occurrence.due <= new_due:
            chosen.extend(new_due)
            return
    begun = [
        slot
        for slot in slots
        if slot.occurrence.due <= new_due
        and (slot.item is None or slot.item.period is None or slot.occurrence.start <= day)
    ]
    for slot in begun[-1:] or (whole if note.item is None else []):
        slot.extend(new_due)


def explicit_dates(measure: Measure, record: Record, plan: Plan | None) -> tuple[date, ...]:
    """The dates that the document itself writes, settled or not, after granted extensions."""
    if not any(counted.note.kind is NoteKind.GRANT_EXTENSION for counted in record.counted):
        return tuple(item.due for item in measure.items if item.due)
    return tuple(one.due for one in _explicit(obligations(measure, record, plan)))


def explicit_due(owed: Iterable[Obligation]) -> date | None:
    """The earliest explicit date still open among a measure's obligations, or None."""
    return min((one.due for one in _explicit(owed) if one.open), default=None)


def _explicit(owed: Iterable[Obligation]) -> list[Obligation]:
    # Of a recurring item with a last day, that is the last occurrence alone.
    return [one for one in owed if one.item is not None and one.first_due == one.item.due]


def next_owed(owed: Iterable[Obligation]) -> tuple[date | None, str]:
    """The earliest date still open, with its label: ``28.1``, ``43.1 2024年`` or 规划期末.

    One that has gone by is still owed and comes first.  Nothing open: (None, "").
    """
    first = next((one for one in owed if one.open), None)
    return (first.due, first.label) if first else (None, "")
