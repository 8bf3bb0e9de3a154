"""Rows made ready to be asked: folded text, canonical names, dates; each made once, when first needed."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from datetime import date
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from fazhi_tui.domain.model.measure import Measure, Role
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.unit_index import UnitIndex

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")

#: Sections and chapters are few and shared by many rows.
fold_short = lru_cache(maxsize=1024)(fold_text)


class _ByIdentity(Generic[_Thing, _Made]):
    """A weak cache: what is made of a thing is made once and forgotten with the thing.

    By identity, because comparing measures compares their whole text.
    """

    def __init__(self, make: Callable[[_Thing], _Made]) -> None:
        self._make = make
        self._held: dict[int, tuple[weakref.ref[_Thing], _Made]] = {}

    def __call__(self, thing: _Thing) -> _Made:
        key = id(thing)
        held = self._held.get(key)
        if held is not None and held[0]() is thing:
            return held[1]
        made = self._make(thing)
        self._held[key] = (weakref.ref(thing, lambda gone: self._forget(key, gone)), made)
        return made

    def _forget(self, key: int, gone: weakref.ref[_Thing]) -> None:
        held = self._held.get(key)
        if held is not None and held[0] is gone:
            del self._held[key]


def _text_of(measure: Measure) -> str:
    parts = (measure.title or "", measure.joined_text, *measure.units())
    return "\n".join(fold_text(part) for part in parts)


#: A measure's own words; they outlive the rows, which are made anew after every report.
_measure_text: _ByIdentity[Measure, str] = _ByIdentity(_text_of)


class PreparedRow:
    """What one row answers with.  Must not hold the row itself, or nothing would ever be forgotten."""

    def __init__(self, row: Row) -> None:
        self.measure = row.measure
        self.state = row.state
        self._index: UnitIndex | None = None
        self._names: dict[tuple[Role | None, bool], frozenset[str]] = {}

    @cached_property
    def text(self) -> str:
        """Title, text, units and notes, folded, a line each, so that no match runs across two."""
        notes = (part for note in self.state.notes for part in (fold_text(note.body), fold_short(note.unit)))
        return "\n".join((_measure_text(self.measure), *notes))

    @cached_property
    def number(self) -> tuple[int, ...]:
        """The number, to be put in order: 2-3 after 2 and before 3."""
        return number_key(self.measure.id)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The measure's number and those of its items."""
        return frozenset((self.measure.id, *(item.id for item in self.measure.items)))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its notes."""
        return frozenset(note.kind for note in self.state.notes)

    @cached_property
    def updated(self) -> date | None:
        """The day of the last note, where it was written."""
        return self.state.updated.date() if self.state.updated else None

    def warm(self) -> None:
        """Make now what a bare word asks for, so that the first letter typed need not wait for it."""
        _ = self.text, self.numbers

    def units(self, role: Role | None, index: UnitIndex, members: bool = False) -> frozenset[str]:
        """Canonical names in one role, or in any; with ``members`` those of collectives' members too."""
        if index is not self._index:
            self._index = index
            self._names = {}
        names = self._names.get((role, members))
        if names is None:
            names = frozenset(index.bodies(self.measure.units(role), members=members))
            self._names[(role, members)] = names
        return names


prepare: _ByIdentity[Row, PreparedRow] = _ByIdentity(PreparedRow)
