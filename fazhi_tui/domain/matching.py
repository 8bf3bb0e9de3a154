"""Which measure of a revised document is which of the tracker's: by what they say, the number last.

What is surely the same is paired; what may be is told as doubtful and never decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from fazhi_tui.domain.model.measure import Item, Measure, Role
from fazhi_tui.domain.text.numbers import number_key

#: Two measures so alike (0 to 1) are one and the same,
SURE = 0.6
#: if no other is nearly as like either of them.
MARGIN = 0.12
#: Two that are less alike are two.
UNLIKE = 0.4
_TITLE, _TEXT, _UNITS, _NUMBER = 3.0, 4.0, 1.0, 0.5
_CONTENT, _OWED = 3.0, 1.0
_NOISE = re.compile(r"[\W_]+")

T = TypeVar("T", bound=Hashable)
K = TypeVar("K", bound=Hashable)


class Known(NamedTuple):
    """A measure of the tracker: its number, that in the last document, and its wordings, newest first."""

    id: str
    printed: str
    versions: tuple[Measure, ...]


class Doubtful(NamedTuple):
    """A measure of the document that may be one of the tracker's: which, the likest first."""

    number: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Matching:
    """What :func:`match_measures` found.

    ``pairs`` maps numbers of the document to numbers of the tracker.  ``new`` are numbers of the document,
    ``gone`` of the tracker.  With anything ``doubtful`` nothing of it may be acted on.
    """

    pairs: Mapping[str, str]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    doubtful: tuple[Doubtful, ...] = ()


# ------------------------------------------------------------------ measures


def match_measures(
    known: Sequence[Known], given: Sequence[Measure], decided: Mapping[str, str | None]
) -> Matching:
    """Pair the measures of a document with those of the tracker.

    What a person ``decided`` comes first (number of the document → number of the tracker, None: a new
    one); then what says the same under the same number; then what says the same and is the only one to;
    then what is surely alike.  The result does not depend on any order.
    """
    pairs = {number: to for number, to in decided.items() if to is not None}
    old = {each.id: each for each in known if each.id not in pairs.values()}
    new = {measure.id: measure for measure in given if measure.id not in decided}
    said = {number: [_identity(version) for version in each.versions] for number, each in old.items()}
    _pair_identical(
        pairs,
        {n: {(identity, old[n].printed) for identity in identities} for n, identities in said.items()},
        {n: (_identity(measure), n) for n, measure in new.items()},
    )
    _pair_identical(
        pairs,
        {n: set(identities) for n, identities in said.items() if n not in pairs.values()},
        {n: _identity(measure) for n, measure in new.items() if n not in pairs},
    )
    left = [each for n, each in old.items() if n not in pairs.values()]
    rest = [measure for n, measure in new.items() if n not in pairs]
    scores = {(each.id, measure.id): _likeness(each, measure) for each in left for measure in rest}
    pairs |= sure_pairs(scores)
    taken = set(pairs.values())
    unpaired = [measure.id for measure in given if measure.id not in pairs]
    doubtful = tuple(
        Doubtful(number, tuple(candidates))
        for number in unpaired
        if (candidates := _candidates(scores, number, taken))
    )
    unsure = {each.number for each in doubtful}
    return Matching(
        pairs,
        tuple(number for number in unpaired if number not in unsure),
        tuple(each.id for each in known if each.id not in taken),
        doubtful,
    )


def sure_pairs(scores: Mapping[tuple[K, T], float]) -> dict[T, K]:
    """The pairs, second to first, that are alike enough and by a margin the likest, one after the other."""
    left = dict(scores)
    found: dict[T, K] = {}
    while left:
        of_old, of_new = _best_two(left, 0), _best_two(left, 1)
        sure = [
            pair
            for pair, score in left.items()
            if score >= SURE
            and score == of_old[pair[0]][0] == of_new[pair[1]][0]
            and score - max(of_old[pair[0]][1], of_new[pair[1]][1]) >= MARGIN
        ]
        if not sure:
            break
        found.update({second: first for first, second in sure})
        firsts, seconds = {first for first, _ in sure}, {second for _, second in sure}
        left = {
            pair: score for pair, score in left.items() if pair[0] not in firsts and pair[1] not in seconds
        }
    return found


def _best_two(scores: Mapping[tuple[K, T], float], side: int) -> dict[Hashable, tuple[float, float]]:
    """The highest and the second score of each element of one side."""
    found: dict[Hashable, tuple[float, float]] = {}
    for pair, score in scores.items():
        best, second = found.get(pair[side], (0.0, 0.0))
        found[pair[side]] = (score, best) if score > best else (best, max(second, score))
    return found


def _pair_identical(
    pairs: dict[str, str], old: Mapping[str, Collection[Hashable]], new: Mapping[str, Hashable]
) -> None:
    """Pair what has a content that only one of either side has."""
    owners: dict[Hashable, set[str]] = {}
    for number, contents in old.items():
        for content in contents:
            owners.setdefault(content, set()).add(number)
    times = Counter(new.values())
    taken: set[str] = set()
    for number, content in new.items():
        owner = owners.get(content, set())
        if times[content] == 1 and len(owner) == 1 and not owner & taken:
            pairs[number] = next(iter(owner))
            taken |= owner


def _candidates(scores: Mapping[tuple[str, str], float], number: str, taken: Collection[str]) -> list[str]:
    alike = [
        (-score, number_key(old), old)
        for (old, new), score in scores.items()
        if new == number and old not in taken and score >= UNLIKE
    ]
    return [old for _, _, old in sorted(alike)]


def _identity(measure: Measure) -> tuple[str, str, tuple[tuple[str, ...], ...]]:
    units = tuple(tuple(sorted(measure.units(role))) for role in Role)
    return _plain(measure.title or ""), _plain(measure.text), units


def _likeness(known: Known, measure: Measure) -> float:
    number = _NUMBER if known.printed == measure.id else 0.0
    return max((_alike(version, measure, number) for version in known.versions), default=0.0)


def _alike(old: Measure, new: Measure, number: float) -> float:
    weights, total = _NUMBER, number
    # A title that the source of one of them lost says nothing.
    if old.title and new.title:
        weights, total = weights + _TITLE, total + _TITLE * dice(old.title, new.title)
    if old.text or new.text:
        weights, total = weights + _TEXT, total + _TEXT * dice(old.text, new.text)
    mine, theirs = set(old.units()), set(new.units())
    if mine or theirs:
        weights += _UNITS
        total += _UNITS * 2 * len(mine & theirs) / (len(mine) + len(theirs))
    return total / weights


# ------------------------------------------------------------------ items


def match_items(old: Sequence[tuple[str, Iterable[Item]]], new: Sequence[Item]) -> dict[int, str]:
    """Which item of a revised measure is which of its items now: place in ``new`` → number.

    ``old`` are numbers with the wordings that an item had.  One that is not surely another is left out.
    """
    versions = [(number, tuple(wordings)) for number, wordings in old]
    found: dict[int, str] = {}
    for identity in (owed, _content):
        contents: dict[Hashable, set[str]] = {}
        for number, wordings in versions:
            if number not in found.values():
                for item in wordings:
                    contents.setdefault(identity(item), set()).add(number)
        left = {place: identity(item) for place, item in enumerate(new) if place not in found}
        times = Counter(left.values())
        for place, content in left.items():
            owner = contents.get(content, set())
            if times[content] == 1 and len(owner) == 1 and not owner & set(found.values()):
                found[place] = next(iter(owner))
    scores = {
        (number, place): max((_items_alike(item, each) for item in wordings), default=0.0)
        for number, wordings in versions
        for place, each in enumerate(new)
        if number not in found.values() and place not in found
    }
    return found | sure_pairs(scores)


def _content(item: Item) -> Hashable:
    return _plain(item.content)


def owed(item: Item) -> Hashable:
    """What an item says, but for its number."""
    return _plain(item.content), item.due, item.period, item.quantity, item.measure_word


def _items_alike(old: Item, new: Item) -> float:
    names = ("due", "period", "quantity", "measure_word")
    same = sum(bool(getattr(old, name) == getattr(new, name)) for name in names) / len(names)
    return (_CONTENT * dice(old.content, new.content) + _OWED * same) / (_CONTENT + _OWED)


# ------------------------------------------------------------------ numbers and texts


def numbers_for(new: Sequence[str], used: Collection[str], gaps: Collection[str] = ()) -> dict[str, str]:
    """A number never used before for each new measure, without leaving one out between.

    That is its own in the document where it is a gap's, a free one below a number (``2-3``) or the next; the
    others get the next ones after all that there ever were, in the document's order.
    """
    taken = {number for number in used if number not in gaps}
    found = {number: number for number in new if number not in taken and (number in gaps or "-" in number)}
    following = max((number_key(number)[0] for number in (*used, *gaps, *found)), default=0)
    waiting = [number for number in new if number not in found]
    while waiting:
        following += 1
        own = str(following) in waiting
        found[waiting.pop(waiting.index(str(following)) if own else 0)] = str(following)
    return found


def dice(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: the share of pairs of characters that both have."""
    mine, theirs = _pairs(one), _pairs(other)
    total = mine.total() + theirs.total()
    if not total:
        return float(_plain(one) == _plain(other))
    return 2 * (mine & theirs).total() / total


@lru_cache(maxsize=4096)
def _pairs(text: str) -> Counter[str]:
    plain = _plain(text)
    return Counter(map("".join, pairwise(plain)))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A text without punctuation and blanks."""
    return _NOISE.sub("", text)
