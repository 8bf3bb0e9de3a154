"""The numbers that measures go by: as printed where that tells them apart; and what is odd about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from fazhi_tui.importer.recognise.headings import Heading


@dataclass(slots=True)
class Numbers:
    """What numbering gives: an id for each measure, what is doubtful, and the ids that are missing.

    ``doubts`` has the heading at which each doubt stands.  ``missing`` are ids skipped in the printing.
    """

    ids: dict[Heading, str] = field(default_factory=dict)
    doubts: list[tuple[str, Heading]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    demoted: set[Heading] = field(default_factory=set)
    explained: frozenset[str] = frozenset()


def number(
    measures: Sequence[Heading], others: frozenset[int] = frozenset(), explained: frozenset[str] = frozenset()
) -> Numbers:
    """An id for each measure, given in the document's order.

    Numbers that run on through the document are the ids; where they start again, the number of the
    chapter (and, if need be, of the section) stands before them: 2-3.  ``others`` are numbers of the
    same run that aims and principles hold: they are not missing.  ``explained`` are ids of which a
    person said why they are missing.
    """
    result = Numbers(explained=explained)
    if not measures:
        return result
    finest = max(measure.rank for measure in measures)
    main = [measure for measure in measures if measure.rank == finest]
    scopes = _scopes(main, result)
    prefixes = _prefixes(scopes)
    for scope, prefix in zip(scopes, prefixes, strict=True):
        _number_scope(scope, prefix, others if not prefix else frozenset(), result)
    _number_higher([measure for measure in measures if measure.rank != finest], result)
    return result


def _number_higher(measures: Sequence[Heading], result: Numbers) -> None:
    """Sections that are not divided further are measures too; their whole path is their number."""
    used = set(result.ids.values())
    for measure in measures:
        path = [str(node.number or 1) for node in reversed(list(measure.above()))][-2:]
        identity = measure.given or "-".join([*path, str(measure.number or 1)])
        while identity in used:
            identity += "-1"
        used.add(identity)
        result.ids[measure] = identity


def _scopes(measures: Sequence[Heading], result: Numbers) -> list[list[Heading]]:
    """The runs of measures that are counted together.

    A run that starts again at 1 under the same heading, and after which the count before it goes on, is
    a list inside a measure: its headings are demoted.
    """
    scopes: list[list[Heading]] = []
    index = 0
    while index < len(measures):
        node, last = measures[index], scopes[-1][-1] if scopes else None
        starts_again = last is not None and node.given is None and node.number == 1 and last.number >= 1
        length = _inner_list(measures, index, last) if last and starts_again else 0
        if length:
            result.demoted.update(measures[index : index + length])
        elif last is None or starts_again:
            scopes.append([node])
        else:
            scopes[-1].append(node)
        index += length or 1
    return scopes


_LONGEST_INNER_LIST = 30


def _inner_list(measures: Sequence[Heading], index: int, last: Heading) -> int:
    """How many headings from ``index`` on are a list inside ``last``; 0 if none."""
    expected = 1
    for offset, node in enumerate(measures[index : index + _LONGEST_INNER_LIST]):
        if node.parent is not last.parent or node.clauses:
            return 0
        if node.number == last.number + 1 and expected != node.number:
            return offset
        if node.number != expected:
            return 0
        expected += 1
    return 0


def _prefixes(scopes: Sequence[Sequence[Heading]]) -> list[str]:
    """What stands before the numbers of each scope: nothing if there is one, else what tells them apart."""
    if len(scopes) == 1:
        return [""]
    chains = [[str(node.number) for node in scope[0].above()] for scope in scopes]
    for depth in (1, 2, 3):
        cut = ["-".join(reversed(chain[:depth])) for chain in chains]
        if all(cut) and len(set(cut)) == len(cut):
            return [f"{path}-" for path in cut]
    # Headings without numbers, or numbered alike: the scopes are counted.
    return [f"{position}-" for position in range(1, len(scopes) + 1)]


def _number_scope(scope: Sequence[Heading], prefix: str, others: frozenset[int], result: Numbers) -> None:
    used: Counter[str] = Counter()
    last = 0
    for index, node in enumerate(scope):
        if node.given is not None:
            result.ids[node] = node.given
            used[node.given] += 1
            # 3-2, a part of the third, is followed by the fourth.
            last = int(node.given.removeprefix(prefix).split("-", 1)[0])
            continue
        true = _true_number(scope, index, last)
        following = max(last + 1, 1)
        if true is None:
            # Repeated, and the printed count goes on from it: it keeps its number, with a second part.
            used[str(node.number)] += 1
            identity = f"{prefix}{node.number}-{used[str(node.number)] + 1}"
            result.doubts.append((f"编号重复：又一个第{node.number}条，记作 {identity}。", node))
            result.ids[node] = identity
            continue
        if not node.number:
            result.doubts.append((f"原文有一条没有编号，暂定为第{true}条。", node))
        elif true != node.number:
            result.doubts.append((f"编号疑有误：印作第{node.number}条，据前后条目记作第{true}条。", node))
        elif index or not prefix:
            lost = [missing for missing in range(following, true) if missing not in others]
            if not index and len(lost) >= len(scope):
                lost = []
            few = ""
            if lost:
                result.missing.extend(f"{prefix}{missing}" for missing in lost[:_MOST_MISSING])
                few = f"第{lost[0]}条" if len(lost) == 1 else f"第{lost[0]}至{lost[-1]}条"
            if any(f"{prefix}{missing}" not in result.explained for missing in lost):
                result.doubts.append((f"编号不连续：没有{few}。", node))
        result.ids[node] = f"{prefix}{true}"
        last = true


_MOST_MISSING = 50


def _true_number(scope: Sequence[Heading], index: int, last: int) -> int | None:
    """The number by its neighbours; None for a repeat that keeps its own."""
    node = scope[index]
    after = scope[index + 1].number if index + 1 < len(scope) else None
    if node.number == 0:
        return last + 1
    if node.number == last + 1 or index == 0:
        return node.number
    if node.number > last + 1:
        return last + 1 if after == last + 2 else node.number
    if after == last + 2 or (after is None and node.number < last):
        return last + 1
    if node.number == last and (after is None or after == last + 1):
        return None
    return last + 1
