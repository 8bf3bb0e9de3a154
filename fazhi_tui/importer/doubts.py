"""What a person should look at once the measures are read: units that are missing, names, brackets.

Each check is a small function over the measures; the message says what is odd, the place comes from the
text that it is told with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.importer.clauses.register import kind_of
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.text.source_map import MappedText

_PAIRS = {"）": "（", "》": "《", "〕": "〔", "】": "【", "”": "“"}
_OPENING = frozenset(_PAIRS.values())

_LONGEST_NAME = 24


def doubt_measures(measures: Sequence[tuple[Measure, MappedText]], ledger: Ledger) -> None:
    """Tell every doubt about measures; each comes with the stretch of the text it was cut from."""
    named = sum(bool(measure.units()) for measure, _ in measures)
    for measure, text in measures:
        if not measure.units() and named:
            ledger.doubt(f"第{measure.id}条没有认出单位。", text)
        odd = unbalanced(text.text)
        if odd is not None:
            ledger.doubt(f"第{measure.id}条的“{text.text[odd]}”没有配对。", text.cut(odd))
        for name in measure.units():
            if len(name) > _LONGEST_NAME and kind_of(name) is UnitKind.BODY:
                ledger.doubt(f"第{measure.id}条的单位「{name}」过长，疑有误断。", text)
    if measures and not named:
        ledger.doubt("全文没有认出任何单位。", measures[0][1])
    where = {name: text for measure, text in reversed(measures) for name in measure.units()}
    for odd_name, other in look_alikes(name for measure, _ in measures for name in measure.units()):
        ledger.doubt(f"单位「{odd_name}」只出现一次，与「{other}」相近，疑为一个。", where[odd_name])


def unbalanced(text: str) -> int | None:
    """Where the first bracket or quotation mark stands that has no partner; None if all have one.

    A closing bracket behind a number, as in 1）, opens nothing and needs no partner.
    """
    open_signs: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if char in _OPENING:
            open_signs.append((char, index))
        elif char in _PAIRS:
            if open_signs and open_signs[-1][0] == _PAIRS[char]:
                open_signs.pop()
            elif char != "）" or not (index and text[index - 1].isdigit()):
                return open_signs[-1][1] if open_signs else index
    return open_signs[0][1] if open_signs else None


def look_alikes(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names that stand once and differ by one character from a name that stands more often.

    Gives (the rare name, the frequent one).  Names are compared through what is left when one character
    is taken away, so the work grows with the letters, not with the pairs.
    """
    counts = Counter(names)
    by_rest: defaultdict[str, list[str]] = defaultdict(list)
    for name in counts:
        for rest in {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}:
            by_rest[rest].append(name)
    found: dict[str, str] = {}
    for alike in by_rest.values():
        frequent = max(alike, key=lambda name: counts[name])
        for name in alike:
            if counts[name] == 1 < counts[frequent] and _is_slip(name, frequent):
                found.setdefault(name, frequent)
    return list(found.items())


_SHORTEST_ALIKE = 4


def _is_slip(name: str, other: str) -> bool:
    """Whether a difference may be a slip: not the level of government, which tells two bodies apart."""
    if min(len(name), len(other)) < _SHORTEST_ALIKE:
        return False
    if len(name) == len(other):
        at = next(index for index, (a, b) in enumerate(zip(name, other, strict=True)) if a != b)
        return not {name[at], other[at]} <= set("国省市县区州盟旗乡镇委府")
    return True
