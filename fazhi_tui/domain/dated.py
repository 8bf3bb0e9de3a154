"""Dated values: a plain key holds the last known one, 沿革 what held before (DESIGN.md, section 3).

All functions take a measure, an item, the settings or a unit: a dataclass with a field ``history``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol, TypeVar

from fazhi_tui.domain.model.former import UNSAID, Former

_ONE_DAY = timedelta(days=1)


class Dated(Protocol):
    """Whatever has a 沿革."""

    @property
    def history(self) -> Sequence[Former]:
        """What held before, in any order."""


D = TypeVar("D", bound=Any)


class Stretch(NamedTuple):
    """A value and the days on which it held, both included; None is open."""

    start: date | None
    end: date | None
    value: Any


def value_on(dated: Dated, name: str, day: date) -> Any:
    """The value of a field on a day.

    That of the entry with the smallest 至 not before the day that has the key, else the plain one.
    """
    deciding: Former | None = None
    for entry in dated.history:
        said = entry.until >= day and getattr(entry, name) is not UNSAID
        if said and (deciding is None or entry.until < deciding.until):
            deciding = entry
    return getattr(dated, name) if deciding is None else _meant(dated, name, getattr(deciding, name))


def on_day(dated: D, day: date) -> D:
    """The same with the values that held on a day; of its 沿革 what had ended before that."""
    history: Sequence[Former] = dated.history
    if all(entry.until < day for entry in history):
        return dated
    names = {name for entry in history if entry.until >= day for name in entry.said}
    values = {name: value_on(dated, name, day) for name in names}
    ended = tuple(entry for entry in history if entry.until < day)
    changed: D = dataclasses.replace(dated, **values, history=ended)
    return changed


def stretches(dated: Dated, name: str) -> tuple[Stretch, ...]:
    """All values of a field in order of time; the last is the plain one."""
    found: list[Stretch] = []
    start: date | None = None
    entries = [entry for entry in dated.history if getattr(entry, name) is not UNSAID]
    for entry in sorted(entries, key=lambda entry: entry.until):
        found.append(Stretch(start, entry.until, _meant(dated, name, getattr(entry, name))))
        start = entry.until + _ONE_DAY
    return (*found, Stretch(start, None, getattr(dated, name)))


def changed_from(dated: D, name: str, value: object, day: date, reason: str = "") -> D:
    """The same with another value of a field from a day on, until the next change that is recorded.

    What held until then is kept in 沿革 with the reason for the change.
    """
    held = held_on(dated, name, day)
    if held.value == value:
        return dated
    if held.start is None or held.start < day:
        history: list[Former] = list(dated.history)
        _keep(dated, history, name, held.value, day - _ONE_DAY, reason)
        dated = dataclasses.replace(dated, history=tuple(history))
    return corrected(dated, name, value, day)


def corrected(dated: D, name: str, value: object, day: date) -> D:
    """The same with another value of a field in the whole of the stretch that a day lies in.

    The record was wrong there from the start: nothing of it is kept.
    """
    held = held_on(dated, name, day)
    changed: D
    if held.end is None:
        changed = dataclasses.replace(dated, **{name: value})
        return changed
    history: list[Former] = list(dated.history)
    place = next(
        at
        for at, entry in enumerate(history)
        if entry.until == held.end and getattr(entry, name) is not UNSAID
    )
    history[place] = type(history[place])(**{**vars(history[place]), name: _explicit(dated, name, value)})
    changed = dataclasses.replace(dated, history=tuple(history))
    return changed


def held_on(dated: Dated, name: str, day: date) -> Stretch:
    """The stretch of a field that a day lies in."""
    return next(found for found in stretches(dated, name) if found.end is None or found.end >= day)


def dated_names(cls: type) -> tuple[str, ...]:
    """The fields of a class whose former values its 沿革 keeps."""
    fields = dataclasses.fields(_entry_class(cls))  # type: ignore[arg-type]
    return tuple(field.name for field in fields if field.name not in ("until", "reason"))


def _keep(dated: Any, history: list[Former], name: str, value: object, until: date, reason: str) -> None:
    """Put what held until a day into the entries, into the one of that day where there is one."""
    said = {name: _explicit(dated, name, value)}
    for at, entry in enumerate(history):
        if entry.until == until:
            reasons = [entry.reason, reason] if reason not in entry.reason else [entry.reason]
            history[at] = type(entry)(**{**vars(entry), **said, "reason": "；".join(filter(None, reasons))})
            return
    entry = _entry_class(type(dated))(until=until, reason=reason, **said)
    place = next((at for at, other in enumerate(history) if other.until > until), len(history))
    history.insert(place, entry)


def _entry_class(cls: type) -> type[Former]:
    """The class of the entries of a dataclass's 沿革; it stands beside it."""
    import sys

    declared = next(field for field in dataclasses.fields(cls) if field.name == "history")
    name = str(declared.type).removeprefix("tuple[").removesuffix(", ...]")
    found: type[Former] = getattr(sys.modules[cls.__module__], name)
    return found


def _explicit(dated: Any, name: str, value: object) -> object:
    """A value as an entry writes it: what an absent key means is written as empty."""
    default = _default(dated, name)
    return (() if isinstance(value, tuple) else None) if value == default else value


def _meant(dated: Any, name: str, value: object) -> object:
    """What an entry's explicit value means: an empty one that the key was absent."""
    return _default(dated, name) if value is None or value == () else value


def _default(dated: Any, name: str) -> object:
    default = type(dated).__dataclass_fields__[name].default
    return None if default is dataclasses.MISSING else default
