"""A tracker as of a day (截至, DESIGN.md, section 2): the values that held then, and nothing later."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import TypeVar

from fazhi_tui.domain.dated import on_day
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import Tracker, UnreadNote
from fazhi_tui.domain.model.unit import Unit, UnitName
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.unit_history import DUTIES, inherited, names_of

N = TypeVar("N", Note, UnreadNote)


def tracker_on(tracker: Tracker, day: date) -> Tracker:
    """The tracker as it stood at the end of a day, by what its files say now.

    Duties, items, settings and names of units are those of the day; what was added, founded or filed later is
    left out, and so is that something was to end or be called otherwise later.  Times of notes are in the
    plan's 时区, so that their days are.
    """
    plan = tracker.plan
    zone = zone_of(plan.settings.zone if plan else "+08:00")
    named, others, renamed = _units_on(tracker, day)

    def name_of(name: str) -> str:
        return renamed.get(fold_text(name), name) if renamed else name

    named, gone = _succeeded(named, name_of)
    return replace(
        tracker,
        plan=replace(plan, settings=on_day(plan.settings, day)) if plan and plan.settings.history else plan,
        units=named,
        other_names=others,
        measures=tuple(
            inherited(_measure_on(measure, day, name_of), DUTIES, gone)
            for measure in tracker.measures
            if measure.added is None or measure.added <= day
        ),
        notes=tuple(note for note in in_zone(tracker.notes, zone) if note.time.date() <= day),
        unread=tuple(note for note in tracker.unread if note.day is None or note.day <= day),
    )


def zone_of(text: str) -> timezone:
    """A 时区 such as ``+08:00``."""
    hours, _, minutes = text[1:].partition(":")
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-away if text.startswith("-") else away)


#: 时区 among the settings of a plan.yaml; what held before stands deeper.
_ZONE_LINE = re.compile(r"""^ {1,3}时区: *["']?([+-][0-9]{2}:[0-9]{2})["']?""", re.MULTILINE)


def zone_in(text: str) -> timezone:
    """The 时区 that the text of a plan.yaml says, for who must not wait until all of it is read."""
    found = _ZONE_LINE.search(text)
    return zone_of(found[1] if found else Settings().zone)


def in_zone(notes: Iterable[Note], zone: timezone) -> tuple[Note, ...]:
    """The notes with their times in a zone; one that a person wrote without a zone is taken to be in it."""
    away = zone.utcoffset(None)
    return tuple(
        note if note.time.utcoffset() == away else replace(note, time=time_in(note.time, zone))
        for note in notes
    )


def time_in(time: datetime, zone: timezone) -> datetime:
    """The same instant in a zone; a time without any is taken to be in it."""
    if time.tzinfo is None:
        return time.replace(tzinfo=zone)
    try:
        return time.astimezone(zone)
    except OverflowError:
        # At the ends of the calendar there is no other zone.
        return time


def _measure_on(measure: Measure, day: date, name_of: Callable[[str], str]) -> Measure:
    then = on_day(measure, day)
    items = tuple(_item_on(item, day) for item in then.items if item.since is None or item.since <= day)
    changes: dict[str, object] = {}
    if items != then.items:
        changes["items"] = items
    if then.withdrawn is not None and then.withdrawn > day:
        changes["withdrawn"] = None
    for role in DUTIES:
        written = getattr(then, role)
        if (names := tuple(map(name_of, written))) != written:
            changes[role] = names
    return replace(then, **changes) if changes else then  # type: ignore[arg-type]


def _item_on(item: Item, day: date) -> Item:
    then = on_day(item, day)
    return replace(then, until=None) if then.until is not None and then.until >= day else then


def _units_on(
    tracker: Tracker, day: date
) -> tuple[tuple[Unit, ...], Mapping[str, tuple[UnitName, ...]], dict[str, str]]:
    """The units of the day, the names of each on other days, and every such name → the one of the day."""
    found: list[Unit] = []
    others: dict[str, tuple[UnitName, ...]] = {}
    renamed: dict[str, str] = {}
    for unit in tracker.units:
        if unit.founded is not None and unit.founded > day:
            continue
        then = unit
        # What is known of a still later day was left out of a tracker that stands on a day already.
        names = dict.fromkeys(tracker.other_names.get(unit.name, ()))
        if unit.history:
            then = on_day(unit, day)
            names.update(dict.fromkeys(names_of(unit)))
        if names:
            others[then.name] = tuple(name for name in names if name.name != then.name)
            renamed.update({fold_text(name.name): then.name for name in others[then.name]})
        if then.abolished is not None and then.abolished > day:
            then = replace(then, abolished=None, successors=())
        if any(not contact.serves(day) for contact in then.contacts):
            serving = tuple(
                contact for contact in then.contacts if contact.since is None or contact.since <= day
            )
            then = replace(then, contacts=serving)
        found.append(then)
    # A name that a unit bears on the day is that unit's, whoever bore it before.
    for unit in found:
        renamed.pop(fold_text(unit.name), None)
    return tuple(found), others, renamed


def _succeeded(
    units: tuple[Unit, ...], name_of: Callable[[str], str]
) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """The units with those abolished out of their members, and the abolished that have successors."""
    if all(unit.abolished is None for unit in units):
        return units, ()
    known = tuple(
        replace(unit, successors=tuple(map(name_of, unit.successors)))
        if unit.abolished is not None
        else unit
        if not unit.members
        else replace(unit, members=tuple(map(name_of, unit.members)))
        for unit in units
    )
    gone = [unit for unit in known if unit.abolished is not None and unit.successors]
    gone.sort(key=lambda unit: unit.abolished or date.max)
    return tuple(inherited(unit, ("members",), gone) if unit.members else unit for unit in known), tuple(gone)


def with_names_of(tracker: Tracker, units: Iterable[Unit]) -> Tracker:
    """A tracker of an earlier commit that knows, too, what its units are called in the register of today."""
    bearers = {fold_text(name.name): unit.name for unit in tracker.units for name in names_of(unit)}
    others = dict(tracker.other_names)
    for unit in units:
        names = names_of(unit)
        known = (bearers.get(fold_text(name.name)) for name in names)
        bearer = next((name for name in known if name is not None), None)
        if bearer is not None and len(names) > 1:
            others[bearer] = tuple(name for name in names if name.name != bearer)
    return replace(tracker, other_names=others)


def notes_by_measure(tracker: Tracker) -> Mapping[str, tuple[Note, ...]]:
    """The notes of each measure, and those of the measures that it came from (来自) until the day it did."""
    own: dict[str, list[Note]] = {}
    for note in tracker.notes:
        own.setdefault(note.measure, []).append(note)
    return _with_inherited(tracker.measures, own, lambda note: note.time.date())


def unread_by_measure(tracker: Tracker) -> Mapping[str, tuple[UnreadNote, ...]]:
    """The notes that could not be read, by the measures that they (or what these came from) would be of."""
    if not tracker.unread:
        return {}
    own: dict[str, list[UnreadNote]] = {}
    for note in tracker.unread:
        for number in [note.measure] if note.measure else [measure.id for measure in tracker.measures]:
            own.setdefault(number, []).append(note)
    found = _with_inherited(tracker.measures, own, lambda note: note.day or date.min)
    return {number: tuple(dict.fromkeys(notes)) for number, notes in found.items()}


def _with_inherited(
    measures: Sequence[Measure], own: Mapping[str, list[N]], day_of: Callable[[N], date]
) -> dict[str, tuple[N, ...]]:
    by_number = {measure.id: measure for measure in measures}

    def gathered(measure: Measure, seen: set[str]) -> list[N]:
        notes = list(own.get(measure.id, ()))
        for number in measure.origins:
            if number in seen:
                continue
            seen.add(number)
            origin = by_number.get(number)
            parting = measure.added or (origin.withdrawn if origin else None) or date.max
            former = gathered(origin, seen) if origin else own.get(number, [])
            notes += [note for note in former if day_of(note) < parting]
        return notes

    found = {number: tuple(notes) for number, notes in own.items()}
    for measure in measures:
        if measure.origins:
            found[measure.id] = tuple(gathered(measure, {measure.id}))
    return found
