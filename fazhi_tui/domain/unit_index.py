"""Names of units: what a typed value means, by name, alias, part, pinyin or initials.

Matching is exact in each of these ways and never fuzzy: who is answerable must not be guessed.
No pinyin table is loaded: readings come from the register (``拼音`` in ``plan/units.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import Unit, UnitName
from fazhi_tui.domain.text.folding import fold_text

#: What stands before most names and is left out when people talk: 司法局 for 市司法局.
_TERRITORIES = ("自治区", "市", "县", "区", "省")
#: What has a syllable of its own in the register: every letter does, brackets do not.
_READ = re.compile(r"[^\W_]")
#: Typed pinyin may hold blanks and the apostrophe that parts syllables (xi'an).
_NOT_PINYIN = re.compile(r"[\s'’]+")


def initials(pinyin: str) -> str:
    """The first letters of syllables parted by blanks: ``shi si fa ju`` gives ``ssfj``."""
    return "".join(syllable[0] for syllable in pinyin.split())


def unit_code(unit: Unit) -> str:
    """A unit in the names of files and branches, as people say it: 市司法局 is ``sfj``."""
    letters = initials(unit.pinyin)
    if unit.name[:1] in "省市州县区" and len(letters) > 2:
        letters = letters[1:]
    return letters or "unit"


def _readings(name: str, pinyin: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a name, whole and without the territory it begins with."""
    syllables = tuple(pinyin.casefold().replace("ü", "v").split())
    if not syllables:
        return ()
    for territory in _TERRITORIES:
        if name.startswith(territory) and len(syllables) > len(territory):
            return (syllables, syllables[len(territory) :])
    return (syllables,)


class _Entry:
    """One unit, made ready to be compared."""

    __slots__ = ("bare", "initials", "names", "pinyin", "readings", "unit")

    def __init__(self, unit: Unit, others: Sequence[UnitName] = ()) -> None:
        self.unit = unit
        spellings = (unit.name, *(name.name for name in others), *unit.aliases)
        self.names = tuple(dict.fromkeys(map(fold_text, spellings)))
        #: The names without the territory, for ranking 司法局 as the beginning of 市司法局.
        self.bare = tuple(_without_territory(name) for name in self.names)
        readings = [*_readings(self.names[0], unit.pinyin)]
        syllable_of = _aligned(self.names[0], unit.pinyin)
        for name in others:
            readings.extend(_readings(fold_text(name.name), name.pinyin))
            syllable_of = {**_aligned(fold_text(name.name), name.pinyin), **syllable_of}
        for alias in self.names[1:]:
            tokens = _READ.findall(alias)
            # An alias is mostly a shortening: its characters are read as in the name itself.
            if tokens and all(token in syllable_of for token in tokens):
                readings.extend(_readings(alias, " ".join(syllable_of[token] for token in tokens)))
        self.readings = tuple(dict.fromkeys(readings))
        self.pinyin = tuple("".join(reading) for reading in self.readings)
        self.initials = tuple("".join(s[0] for s in reading) for reading in self.readings)

    def reads(self, typed: str) -> bool:
        """Whether whole syllables from the beginning of a reading spell ``typed``."""
        for reading, whole in zip(self.readings, self.pinyin, strict=True):
            if not whole.startswith(typed):
                continue
            length = 0
            for syllable in reading:
                length += len(syllable)
                if length >= len(typed):
                    break
            if length == len(typed):
                return True
        return False


def _without_territory(name: str) -> str:
    for territory in _TERRITORIES:
        if name.startswith(territory) and len(name) > len(territory):
            return name[len(territory) :]
    return name


def _aligned(name: str, pinyin: str) -> dict[str, str]:
    """Which syllable reads which character of a name; empty where the two do not fit together.

    A character that the name reads in two ways is left out.
    """
    tokens, syllables = _READ.findall(name), pinyin.casefold().split()
    if len(tokens) != len(syllables):
        return {}
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for token, syllable in zip(tokens, syllables, strict=True):
        if found.setdefault(token, syllable) != syllable:
            doubtful.add(token)
    return {token: syllable for token, syllable in found.items() if token not in doubtful}


class UnitIndex:
    """The register, made ready for looking up what people type.

    ``also`` names units that the register does not have but measures or notes use: they can be
    found by name and part like any other, so that a broken ``units.yaml`` hides nobody.  ``others`` are the
    names that a unit bears on other days: they find it, too.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        also: Iterable[str] = (),
        others: Mapping[str, Sequence[UnitName]] = MappingProxyType({}),
    ) -> None:
        self.units: tuple[Unit, ...] = tuple(units)
        #: The names that units bear on other days, by the one of the day.
        self.others = others
        self._entries = [_Entry(unit, others.get(unit.name, ())) for unit in self.units]
        self._exact: dict[str, Unit] = {}
        for entry in self._entries:
            self._exact.setdefault(entry.names[0], entry.unit)
        self._aliases: dict[str, list[Unit]] = {}
        for entry in self._entries:
            for alias in entry.names[1:]:
                self._aliases.setdefault(alias, []).append(entry.unit)
        for name in dict.fromkeys(also):
            if self.get(name) is None:
                unit = Unit(name=name)
                entry = _Entry(unit)
                self._entries.append(entry)
                self._exact[entry.names[0]] = unit
        #: Names as they are written in files, for :meth:`canonical`, which is called very often.
        self._written: dict[str, str] = {}

    def __bool__(self) -> bool:
        """Whether any unit is known at all."""
        return bool(self._entries)

    def get(self, name: str) -> Unit | None:
        """The unit with exactly this name or alias, full and half width being one; else None.

        An alias that two units share is no answer: None.
        """
        folded = fold_text(name)
        if unit := self._exact.get(folded):
            return unit
        sharing = self._aliases.get(folded, ())
        return sharing[0] if len(sharing) == 1 else None

    def canonical(self, name: str) -> str:
        """The canonical name of a name or alias; a name that nobody has is returned as it is."""
        known = self._written.get(name)
        if known is None:
            unit = self.get(name)
            known = self._written[name] = unit.name if unit else name
        return known

    def bodies(self, names: Iterable[str], *, members: bool = False) -> tuple[str, ...]:
        """Canonical names in order, each once; with ``members`` a collective is followed by its members."""
        found: dict[str, None] = {}
        for name in names:
            canonical = self.canonical(name)
            found[canonical] = None
            if members and (unit := self.get(canonical)) is not None:
                found.update(dict.fromkeys(map(self.canonical, unit.members)))
        return tuple(found)

    def matching(self, text: str) -> frozenset[str]:
        """The canonical names that a typed value means; empty if none.

        The first of these that finds anything decides: the exact name; the exact alias; a part of a
        name or alias; the whole pinyin or initials; the beginning of the pinyin (whole syllables)
        or of the initials.  市 and the like may be left out before pinyin and initials.
        """
        folded = fold_text(text)
        if not folded:
            return frozenset()
        if unit := self._exact.get(folded):
            return frozenset({unit.name})
        if sharing := self._aliases.get(folded):
            return frozenset(unit.name for unit in sharing)
        return frozenset(entry.unit.name for entry in self._found(folded))

    def _found(self, folded: str) -> list[_Entry]:
        part = [entry for entry in self._entries if any(folded in name for name in entry.names)]
        typed = _NOT_PINYIN.sub("", folded).replace("ü", "v")
        if part or not typed.isascii() or not typed:
            return part
        whole = [entry for entry in self._entries if typed in entry.pinyin or typed in entry.initials]
        return whole or [
            entry
            for entry in self._entries
            if entry.reads(typed) or any(short.startswith(typed) for short in entry.initials)
        ]

    def search(self, text: str) -> tuple[Unit, ...]:
        """The units left while a person types, best first: name, part, pinyin, initials.

        Unlike :meth:`matching` it keeps every unit that fits in any way and lets the last syllable
        be half typed.  An empty text leaves all of them, in the register's order.
        """
        folded = fold_text(text)
        if not folded:
            return tuple(entry.unit for entry in self._entries)
        typed = _NOT_PINYIN.sub("", folded).replace("ü", "v")
        ranked: list[tuple[int, int, Unit]] = []
        for place, entry in enumerate(self._entries):
            rank = _rank(entry, folded, typed if typed.isascii() else "")
            if rank is not None:
                ranked.append((rank, place, entry.unit))
        ranked.sort(key=lambda found: found[:2])
        return tuple(unit for _, _, unit in ranked)

    def resolve(self, text: str) -> Unit:
        """The one unit that a typed value means.

        Raises :class:`UsageError` where it means none, or several, naming the candidates.
        """
        names = self.matching(text)
        if len(names) == 1:
            unit = self.get(next(iter(names)))
            if unit is not None:
                return unit
        if names:
            shown = [entry.unit.name for entry in self._entries if entry.unit.name in names]
            raise UsageError(f"「{text}」不止一个单位", f"请写明是哪一个：{listed(shown)}")
        raise UsageError(f"没有叫「{text}」的单位", self.hint(text))

    def near(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Names that share parts with ``text``, most first: for hints alone, never for matching."""
        folded = fold_text(text)
        wanted = _pairs(folded)
        scored: list[tuple[int, int, str]] = []
        for place, entry in enumerate(self._entries):
            shapes: Sequence[str] = (*entry.names, *entry.initials, *entry.pinyin)
            score = max(len(wanted & _pairs(shape)) for shape in shapes)
            if score:
                scored.append((-score, place, entry.unit.name))
        return tuple(name for _, _, name in sorted(scored)[:limit])

    def hint(self, text: str) -> str:
        """What to tell a person whose value matched nothing."""
        near = self.near(text)
        return (
            f"相近的有：{listed(near)}"
            if near
            else "可写规范名称、别名、名称的一部分、全拼或首字母；单位列表里有全部单位"
        )


def listed(names: Sequence[str], limit: int = 6) -> str:
    """Names as one text, cut off with their number where they are many."""
    shown = "、".join(names[:limit])
    return shown if len(names) <= limit else f"{shown} 等 {len(names)} 个"


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _rank(entry: _Entry, folded: str, typed: str) -> int | None:
    """How well a unit fits what was typed so far; 0 is best, None not at all."""
    if folded in entry.names:
        return 0
    if any(name.startswith(folded) for name in (*entry.names, *entry.bare)):
        return 1
    if any(folded in name for name in entry.names):
        return 2
    if not typed:
        return None
    if typed in entry.pinyin or typed in entry.initials:
        return 3
    if any(whole.startswith(typed) for whole in entry.pinyin):
        return 4
    if any(short.startswith(typed) for short in entry.initials):
        return 5
    return None
