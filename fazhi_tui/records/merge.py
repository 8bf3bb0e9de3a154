"""Three versions of one YAML file into one: field by field, and sentence by sentence for a text.

What one side alone changed is taken; what both changed alike is taken once; the rest is a clash that a
person decides.  git merges by line, so two fields that stand side by side clash there and not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import product

from fazhi_tui.records.yaml.comparable import NOTHING, Data, Scalar
from fazhi_tui.records.yaml.editor import saying, says


class Side(StrEnum):
    """Whose version is taken."""

    OURS = "我方"
    THEIRS = "对方"
    BASE = "原来"


@dataclass(frozen=True, slots=True)
class Clash:
    """One place that both sides changed, each in its way; None where it is not there on a side."""

    field: str
    base: str | None
    ours: str | None
    theirs: str | None

    def said_by(self, side: Side) -> str | None:
        """What a side says here."""
        return {Side.OURS: self.ours, Side.THEIRS: self.theirs, Side.BASE: self.base}[side]


_Pick = Callable[[Clash], Side]
#: A key that is not there; lists and texts are compared with it as empty ones.
_GONE = None
#: Of so many clashes every row of answers is tried: 3 to the power of it.
_TRIED = 6
_Found = Data | None
_Map = dict[str, Data]


def clashes(base: str, ours: str, theirs: str) -> tuple[Clash, ...]:
    """The places that a person has to decide, in the file's order.

    Raises :class:`RepositoryError` where a version is no sound YAML mapping.
    """
    found: list[Clash] = []

    def note(clash: Clash) -> Side:
        found.append(clash)
        return Side.OURS

    _mapping(says(base), says(ours), says(theirs), note, "")
    return tuple(found)


def combine(base: str, ours: str, theirs: str, sides: Sequence[Side]) -> str:
    """The three versions as one text, written as ``ours`` is; ``sides`` answers :func:`clashes` in order.

    Raises :class:`RepositoryError` where a version is no sound YAML mapping, :class:`ValueError` where the
    number of answers is another.
    """
    return saying(ours, combined(base, ours, theirs, sides))


def combined(base: str, ours: str, theirs: str, sides: Sequence[Side]) -> dict[str, Data]:
    """What the three versions say as one; as :func:`combine`."""
    answers = iter(sides)
    count = 0

    def answer(_: Clash) -> Side:
        nonlocal count
        count += 1
        return next(answers, Side.OURS)

    after = _mapping(says(base), says(ours), says(theirs), answer, "")
    if count != len(sides):
        raise ValueError(f"{len(sides)} answers to {count} clashes")
    return after


def is_combination(base: str, ours: str, theirs: str, merged: str) -> bool | None:
    """Whether ``merged`` is what some row of answers makes of the three; None where there are too many rows.

    Raises as :func:`combine`.
    """
    count = len(clashes(base, ours, theirs))
    if count > _TRIED:
        return None
    said = says(merged)
    rows = product(Side, repeat=count)
    return any(combined(base, ours, theirs, row) == said for row in rows)


def _mapping(base: _Map, ours: _Map, theirs: _Map, pick: _Pick, name: str) -> _Map:
    return _by_key(base, ours, theirs, pick, lambda key: f"{key}（{name}）" if name else key)


def _by_key(base: _Map, ours: _Map, theirs: _Map, pick: _Pick, label: Callable[[str], str]) -> _Map:
    keys = dict.fromkeys((*ours, *theirs, *base))
    values = {key: _value(base.get(key), ours.get(key), theirs.get(key), pick, label(key)) for key in keys}
    return {key: value for key, value in values.items() if value is not _GONE}


def _value(base: _Found, ours: _Found, theirs: _Found, pick: _Pick, label: str) -> _Found:
    if ours == theirs or base == theirs:
        return ours
    if base == ours:
        return theirs
    found = [version for version in (base, ours, theirs) if version is not _GONE and version != NOTHING]
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _mapping(base if isinstance(base, dict) else {}, ours, theirs, pick, _name_of(ours) or label)
    if all(isinstance(version, list) for version in found):
        was, here, there = (version if isinstance(version, list) else [] for version in (base, ours, theirs))
        # Elements that have names (事项 by 编号, units by 名称) are merged each against its own.
        first, second, third = ({_name_of(part): part for part in parts} for parts in (was, here, there))
        sizes = len(first), len(second), len(third)
        if "" not in {*first, *second, *third} and sizes == (len(was), len(here), len(there)):
            return list(_by_key(first, second, third, pick, lambda name: f"{label} {name}").values()) or _GONE
        return list(_stretches(was, here, there, pick, label, "、".join)) or _GONE
    if (
        ours is not _GONE
        and theirs is not _GONE
        and any(isinstance(part, Scalar) and "\n" in part.value for part in found)
    ):
        lines = (
            version.value.split("\n") if isinstance(version, Scalar) and version.value else []
            for version in (base, ours, theirs)
        )
        parts: Iterator[list[Data]] = ([Scalar(line, False) for line in said] for said in lines)
        was, here, there = parts
        merged = _stretches(was, here, there, pick, label, "".join)
        return Scalar("\n".join(line.value for line in merged if isinstance(line, Scalar)), False)
    side = pick(Clash(label, _shown(base), _shown(ours), _shown(theirs)))
    return {Side.OURS: ours, Side.THEIRS: theirs, Side.BASE: base}[side]


def _stretches(
    base: list[Data], ours: list[Data], theirs: list[Data], pick: _Pick, label: str, join: Callable[..., str]
) -> Iterator[Data]:
    for was, here, there in three_way(base, ours, theirs):
        if here == there or was == there:
            yield from here
        elif was == here:
            yield from there
        else:
            first, second, third = (
                join(_shown(part) or "" for part in stretch) or None for stretch in (was, here, there)
            )
            side = pick(Clash(label, first, second, third))
            yield from {Side.OURS: here, Side.THEIRS: there, Side.BASE: was}[side]


def three_way(
    base: list[Data], ours: list[Data], theirs: list[Data]
) -> Iterator[tuple[list[Data], list[Data], list[Data]]]:
    """Stretches of three lists that belong together, in order; between them all three agree.

    Where all three changed as many elements in one place, each element is a stretch of its own.
    """
    first, second = _blocks(base, ours), _blocks(base, theirs)
    z = a = b = 0
    for start, length, at_ours, at_theirs in _agreed(first, second):
        stretch = (base[z:start], ours[a:at_ours], theirs[b:at_theirs])
        yield from _split(*stretch)
        same = base[start : start + length]
        yield same, same, same
        z, a, b = start + length, at_ours + length, at_theirs + length
    yield from _split(base[z:], ours[a:], theirs[b:])


def _split(
    base: list[Data], ours: list[Data], theirs: list[Data]
) -> Iterator[tuple[list[Data], list[Data], list[Data]]]:
    if len(base) == len(ours) == len(theirs):
        yield from (([was], [here], [there]) for was, here, there in zip(base, ours, theirs, strict=True))
    elif base or ours or theirs:
        yield base, ours, theirs


def _blocks(base: list[Data], other: list[Data]) -> list[tuple[int, int, int]]:
    # Data holds dicts, which no matcher can look up.
    old, new = [repr(part) for part in base], [repr(part) for part in other]
    found = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in found if block.size]


def _agreed(
    first: list[tuple[int, int, int]], second: list[tuple[int, int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of the base that are in both: start, length, where in ours, where in theirs."""
    i = j = 0
    while i < len(first) and j < len(second):
        (a, at_ours, n), (b, at_theirs, m) = first[i], second[j]
        start, end = max(a, b), min(a + n, b + m)
        if start < end:
            yield start, end - start, at_ours + start - a, at_theirs + start - b
        if a + n < b + m:
            i += 1
        else:
            j += 1


def _name_of(element: Data) -> str:
    """What a mapping in a list is known by: the value of its first key; "" for any other element."""
    first = next(iter(element.values()), None) if isinstance(element, dict) else None
    return first.value if isinstance(first, Scalar) else ""


def _shown(value: _Found) -> str | None:
    if value is _GONE:
        return None
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, list):
        return "、".join(_shown(part) or "" for part in value)
    return "；".join(f"{key}: {_shown(part)}" for key, part in value.items())
