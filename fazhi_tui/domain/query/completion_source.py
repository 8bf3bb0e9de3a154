"""What a view holds to complete a query with: names, titles, numbers, and how many rows each would keep.

Made once a view (:meth:`CompletionSource.warm` in a worker), asked at every key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.model.measure import Role
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.query.fields import FIELDS, Field
from fazhi_tui.domain.query.prepared_row import PreparedRow, prepare
from fazhi_tui.domain.query.syntax import Value
from fazhi_tui.domain.query.values import Context, test_for
from fazhi_tui.domain.text.folding import fold_text

#: No plan runs longer; a slip in its period must not offer a thousand years.
YEAR_LIMIT = 12
_ROLES = {"lead": Role.LEAD, "part": Role.PARTICIPANT, "resp": Role.RESPONSIBLE, "unit": None}


class Title(NamedTuple):
    """A section or chapter, made ready to be looked for by part and by pinyin."""

    text: str
    folded: str
    pinyin: str
    #: Where in ``pinyin`` a syllable begins.
    starts: frozenset[int]
    initials: str

    def fits(self, folded: str, typed: str) -> bool:
        """Whether a part of it, or its pinyin or initials from some syllable on, is what was typed."""
        if folded in self.folded:
            return True
        if not typed or not self.pinyin:
            return False
        place = self.pinyin.find(typed)
        while place >= 0:
            if place in self.starts:
                return True
            place = self.pinyin.find(typed, place + 1)
        return len(typed) > 1 and typed in self.initials


def _title(text: str, reading: str) -> Title:
    syllables = reading.casefold().replace("ü", "v").split()
    starts = accumulate(map(len, syllables[:-1]), initial=0) if syllables else ()
    letters = "".join(syllable[0] for syllable in syllables)
    return Title(text, fold_text(text), "".join(syllables), frozenset(starts), letters)


class CompletionSource:
    """What is there to be completed with.

    ``readings`` gives the pinyin of titles of sections and chapters (syllables parted by blanks); without
    one a title is found by its characters alone.
    """

    def __init__(
        self,
        context: Context,
        rows: Sequence[Row],
        plan: Plan | None = None,
        readings: Mapping[str, str] | None = None,
    ) -> None:
        self.context = context
        self._rows = rows
        self._plan = plan
        self._readings = readings or {}
        self._dates: dict[tuple[str, str, str], int] = {}

    def warm(self) -> CompletionSource:
        """Make all of it now; to be called in a worker."""
        for key in _ROLES:
            self.units_of(key)
        self.count("status", "")
        assert self.sections is not None
        assert self.chapters is not None
        assert self.numbers is not None
        for key in ("due", "next", "updated"):
            for text in (*FIELDS[key].values, *map(str, self.years)):
                self.count_dated(key, ":", text)
        return self

    # ------------------------------------------------------------------ names and titles

    @cached_property
    def _prepared(self) -> tuple[PreparedRow, ...]:
        return tuple(map(prepare, self._rows))

    def units_of(self, key: str) -> tuple[Unit, ...]:
        """The bodies that measures name in one role (``lead`` …) or any (``unit``), the most named first."""
        return self._units[key]

    @cached_property
    def _units(self) -> Mapping[str, tuple[Unit, ...]]:
        named = {key: [name for name, _ in self._counted[key].most_common()] for key in _ROLES}
        get = self.context.index.get
        return {
            key: tuple(unit for unit in map(get, names) if unit is not None) for key, names in named.items()
        }

    @cached_property
    def sections(self) -> tuple[Title, ...]:
        """Sections in the plan's order, then those that measures alone name."""
        listed = [name for chapter in self._plan.chapters for name in chapter.sections] if self._plan else []
        return self._titles(listed, (row.measure.section for row in self._rows))

    @cached_property
    def chapters(self) -> tuple[Title, ...]:
        """Chapters, likewise."""
        listed = [chapter.title for chapter in self._plan.chapters] if self._plan else []
        return self._titles(listed, (row.measure.chapter for row in self._rows))

    def _titles(self, listed: Iterable[str], used: Iterable[str | None]) -> tuple[Title, ...]:
        names = dict.fromkeys((*listed, *used))
        return tuple(_title(name, self._readings.get(name, "")) for name in names if name)

    @cached_property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """Number and title of every measure, in order."""
        return tuple((row.measure.id, row.measure.display_title) for row in self._rows)

    def items(self, measure: str) -> tuple[tuple[str, str], ...]:
        """Number and content of a measure's items."""
        rows = (row for row in self._rows if row.measure.id == measure)
        return tuple((item.id, item.content) for row in rows for item in row.measure.items)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the plan, else the one of today."""
        period = self._plan.period if self._plan else None
        if period is None or period.end < period.start:
            return (self.context.today.year,)
        return tuple(range(period.start.year, period.end.year + 1))[:YEAR_LIMIT]

    # ------------------------------------------------------------------ how many rows

    @cached_property
    def _counted(self) -> Mapping[str, Counter[str]]:
        """Field → value → rows, in one pass."""
        counts: dict[str, Counter[str]] = {key: Counter() for key in FIELDS}
        index, members = self.context.index, self.context.members
        for row in self._prepared:
            for key, role in _ROLES.items():
                counts[key].update(row.units(role, index, members))
            counts["status"][row.state.status] += 1
            counts["light"][row.state.light] += 1
            counts["kind"].update(row.kinds)
            counts["section"][row.measure.section or ""] += 1
            counts["chapter"][row.measure.chapter or ""] += 1
        return counts

    def count(self, key: str, value: str) -> int:
        """How many rows have a value (canonical unit, status, light, kind, whole title)."""
        return self._counted[key][value]

    def count_dated(self, key: str, sign: str, text: str) -> int | None:
        """How many rows a date keeps; counted once.  None where it is no date that can stand there."""
        asked = (key, sign, text)
        if asked not in self._dates:
            try:
                test = test_for(FIELDS[key], sign, Value(text), self.context)
            except QueryError:
                return None
            self._dates[asked] = sum(test(row) for row in self._prepared)
        return self._dates[asked]

    def known_count(self, key: str, sign: str, text: str) -> int | None:
        """The same where it has been counted before; None where counting would take time."""
        return self._dates.get((key, sign, text))

    def accepts(self, field: Field, sign: str, value: Value) -> bool:
        """Whether the language takes a value there."""
        try:
            test_for(field, sign, value, self.context)
        except QueryError:
            return False
        return True
