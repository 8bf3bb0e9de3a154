"""事项: the dated, recurring and counted obligations in a measure's text.

What says a time is data in :mod:`dates`, what says a number to reach in :mod:`quantities`.  The source of
an item is the clause that says it: of the sentence, the stretch between two commas; where that clause
names several times or numbers, the part that says one.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from fazhi_tui.domain.model.measure import Measuring, Period
from fazhi_tui.importer.clauses.vocabulary import TIME_LABEL
from fazhi_tui.importer.text.sentences import split_outside
from fazhi_tui.importer.times.dates import NOWHERE, FoundTime, TimeContext, find_times, odd_periods
from fazhi_tui.importer.times.quantities import FoundTarget, find_full_cover, find_measuring, find_targets

ADVERBIAL_TAILS = ("基础上", "的同时", "前提下", "过程中")
"""A clause that ends so has no verb of its own: it belongs to the one after it."""

_ADVERBS = re.compile(
    r"(?:力争|争取|确保|计划|预计|原则上|同时|其中|并且?|以及|一是|二是|三是|四是|[于在到至、，：（）])*"
)
_GENERIC = re.compile(
    r"(?:(?:全面|基本|全部|按时|按期|如期|力争|确保|持续)*"
    r"(?:完成|落实|落实到位|实施|推进|启动|实施完毕|整改到位|取得成效|见效|达标|[0-9]{1,2}[月日底前]+|[、：])?)*"
)
"""What says nothing of its own beside a time: then the measure itself is the duty."""

_EACH_TIME = re.compile(r"(?:且|并且)?(?:每|单)(?:次|期|场|篇|轮)")
"""What is said of each time is not a number that adds up to a target."""

_EMPTY_BRACKETS = re.compile(r"[（〔](?:完成|落实到位|全面完成|基本完成|[，、；：])*[）〕]")


@dataclass(frozen=True, slots=True)
class FoundItem:
    """What one clause owes; ``source`` stands in the sentence word for word."""

    source: str
    content: str
    due: date | None = None
    period: Period | None = None
    quantity: int | None = None
    measure_word: str | None = None
    measuring: Measuring = Measuring.TOTAL
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class FoundItems:
    """The items of a text, and what is doubtful of its times without being an item: (words, doubt)."""

    items: tuple[FoundItem, ...]
    doubts: tuple[tuple[str, str], ...] = ()


def find_items(sentence: str, context: TimeContext = NOWHERE) -> tuple[FoundItem, ...]:
    """The items of one sentence, in order; its closing sign is not part of them."""
    return find_all_items([sentence], context).items


def find_all_items(sentences: Iterable[str], context: TimeContext = NOWHERE) -> FoundItems:
    """The items of a measure's sentences; a month takes its year from the sentence before, if need be."""
    items: list[FoundItem] = []
    doubts: list[tuple[str, str]] = []
    for sentence in sentences:
        reader = _Sentence(sentence.rstrip("。！？"), context)
        for item in reader.items():
            if item.due is None and item.period is None and item.quantity is None:
                doubts.append((item.source, item.doubt))
            else:
                items.append(item)
        doubts.extend((words, f"“{words}”不是台账能记的周期") for words in odd_periods(sentence))
        context = replace(context, year=reader.year)
    return FoundItems(tuple(items), tuple(doubts))


_Found = TypeVar("_Found", FoundTime, FoundTarget)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of the sentence with what was found in it; offsets are the sentence's."""

    start: int
    stop: int
    times: tuple[FoundTime, ...]
    targets: tuple[FoundTarget, ...]


class _Sentence:
    """One sentence while its clauses are read in order."""

    def __init__(self, text: str, context: TimeContext) -> None:
        self.text = text
        self.context = context
        self.year = context.year
        self.year_here = False
        self.clauses = self._read()
        if any(clause.times or clause.targets for clause in self.clauses):
            # 全覆盖 alone describes; beside a time or a number in the sentence it is one to reach.
            covers = (
                _moved(find_full_cover(text[part.start : part.stop]), part.start) for part in self.clauses
            )
            pairs = zip(self.clauses, covers, strict=True)
            self.clauses = [replace(clause, targets=clause.targets or cover) for clause, cover in pairs]

    def _read(self) -> list[_Clause]:
        clauses: list[_Clause] = []
        for start, stop in split_outside(self.text, "，；"):
            words = self.text[start:stop]
            label = TIME_LABEL.match(words.lstrip("（"))
            here = replace(self.context, year=self.year, same_sentence=self.year_here)
            times = find_times(words, here, labelled=bool(label))
            named = next((time.year for time in reversed(times) if time.year), None)
            self.year, self.year_here = named or self.year, self.year_here or named is not None
            recurring = any(time.period for time in times)
            targets = [] if _EACH_TIME.match(words) else find_targets(words, recurring=recurring)
            clauses.append(_Clause(start, stop, _moved(times, start), _moved(targets, start)))
        return clauses

    def items(self) -> Iterator[FoundItem]:
        taken = -1  # the last clause that an item already holds
        carried: FoundTime | None = None
        for index, clause in enumerate(self.clauses):
            if clause.times:
                last_time = clause.times[-1]
                carried = last_time if last_time.due else None
            if index <= taken or not (clause.times or clause.targets):
                continue
            parts = self._parts(clause)
            rest = _without(self.text, clause.start, clause.stop, clause.times)
            alone = bool(clause.times) and not clause.targets and bool(_ADVERBS.fullmatch(rest))
            if alone and index + 1 < len(self.clauses):
                # 2022年年底前，…: the time stands alone, the duty behind the comma.
                following = self.clauses[index + 1]
                if not following.times or all(time.period for time in following.times):
                    parts = self._led(clause, following)
                    taken = index + 1
            elif index > taken + 1:
                before = self.clauses[index - 1]
                if self.text[before.start : before.stop].endswith(ADVERBIAL_TAILS):
                    parts = [replace(parts[0], start=before.start), *parts[1:]]
            for part in parts:
                yield self._item(part, carried)
            taken = max(taken, index)

    def _led(self, clause: _Clause, following: _Clause) -> list[_Clause]:
        """A time and the clause behind it, as one item a number of that clause."""
        together = _Clause(clause.start, following.stop, (*clause.times, *following.times), following.targets)
        first, *rest = self._parts(together)
        times = [time for time in clause.times if time.due] or list(clause.times)
        return [first, *(replace(part, times=part.times or tuple(times[-1:])) for part in rest)]

    def _parts(self, clause: _Clause) -> list[_Clause]:
        """The clause, cut where it names a second date or a second number."""
        cuts: list[int | None] = []
        dates = [time for time in clause.times if time.due or time.doubt]
        for before, after in pairwise(dates):
            cuts.append(self._cut_between(before.stop, after.start, after.start))
        for target, other in pairwise(clause.targets):
            cuts.append(self._cut_between(target.stop, other.start, None))
        edges = [clause.start, *sorted({at for at in cuts if at is not None}), clause.stop]
        times, targets = deque(clause.times), deque(clause.targets)
        parts = [
            _Clause(start, stop, tuple(_up_to(times, stop)), tuple(_up_to(targets, stop)))
            for start, stop in pairwise(edges)
        ]
        return [part for part in parts if part.times or part.targets] or [clause]

    def _cut_between(self, start: int, stop: int, otherwise: int | None) -> int | None:
        signs = [at for sign in ("，", "、", "；", "和") if (at := self.text.rfind(sign, start, stop)) >= 0]
        return max(signs) if signs else otherwise

    def _item(self, part: _Clause, carried: FoundTime | None) -> FoundItem:
        source = self.text[part.start : part.stop].strip("，、；和")
        inside = [time for time in part.times if part.start <= time.start < part.stop]
        content = _without(self.text, part.start, part.stop, inside).strip("，、；和")
        dated = next((time for time in part.times if time.due), None)
        period = next((time.period for time in part.times if time.period), None)
        due = dated.due if dated else None
        if due is None and period is None and carried is not None and part.targets:
            due = carried.due
        doubts = [time.doubt for time in part.times] + [target.doubt for target in part.targets]
        target = next((target for target in part.targets if target.quantity), None)
        measuring = Measuring.TOTAL
        if target is not None:
            measuring, doubt = find_measuring(source)
            doubts.append(doubt)
        if _GENERIC.fullmatch(content):
            content = self.context.title or content or source
        return FoundItem(
            source,
            content,
            due,
            period,
            target.quantity if target else None,
            target.word if target else None,
            measuring,
            "；".join(dict.fromkeys(filter(None, doubts))),
        )


def _up_to(found: deque[_Found], stop: int) -> Iterator[_Found]:
    """What stands before ``stop``, taken off the front."""
    while found and found[0].start < stop:
        yield found.popleft()


def _moved(found: Sequence[_Found], by: int) -> tuple[_Found, ...]:
    """What was found in a clause, with the offsets of the sentence."""
    return tuple(replace(part, start=part.start + by, stop=part.stop + by) for part in found)


def _without(text: str, start: int, stop: int, times: Iterable[FoundTime]) -> str:
    """The duty without its time words, their label, and the comma they leave behind."""
    pieces: list[str] = []
    at = start
    for time in times:
        pieces.append(text[at : time.start])
        at = time.stop
        if at < stop and text[at] == "，":
            at += 1
    pieces.append(text[at:stop])
    words = TIME_LABEL.sub("", "".join(pieces), count=1)
    return _EMPTY_BRACKETS.sub("", words).strip("，")
