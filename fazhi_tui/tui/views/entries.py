"""What the list shows: a row a measure, and a red row for every file that could not be read; pure."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.service.view import View


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list: a measure, or a broken file with its problems.

    ``key`` stays the same over reloads: the measure's number, or the broken file's path.
    """

    key: str
    number: str
    row: Row | None = None
    path: str = ""
    problems: tuple[Problem, ...] = ()


def entries_of(view: View, rows: Sequence[Row]) -> tuple[Entry, ...]:
    """``rows`` as entries, with every broken file at its number; a record never vanishes.

    Broken files are shown whatever the filter says, as nobody can tell whether they match it.
    """
    made = _entries_by_row(view)
    entries = [made[id(row)] for row in rows]
    for path, guessed in view.tracker.broken.items():
        problems = tuple(problem for problem in view.problems if problem.path == path)
        entries.append(Entry(path, guessed, None, path, problems))
    if view.tracker.broken and _by_number(rows):
        entries.sort(key=_order)
    return tuple(entries)


#: The entries of the view shown last, by their rows' identity; a filter keystroke makes none anew.
_LAST: list[tuple[weakref.ref[View], dict[int, Entry]]] = []


def _entries_by_row(view: View) -> dict[int, Entry]:
    if not _LAST or _LAST[0][0]() is not view:
        made = {id(row): Entry(row.measure.id, row.measure.id, row) for row in view.rows}
        _LAST[:] = [(weakref.ref(view, lambda _gone: _LAST.clear()), made)]
    return _LAST[0][1]


def _by_number(rows: Sequence[Row]) -> bool:
    """Whether the rows stand by number; in any other order the broken files come after them."""
    numbers = [number_key(row.measure.id) for row in rows]
    return numbers == sorted(numbers)


def _order(entry: Entry) -> tuple[tuple[int, ...], int]:
    # A broken file without a number comes first, where it is seen.
    return (number_key(entry.number), 0 if entry.row is None else 1)


def gaps_text(view: View) -> str:
    """The measures that the source lost, in ranges: ``13-17、40``; empty where none is lost."""
    plan = view.tracker.plan
    numbers = [gap.id for gap in plan.gaps] if plan else []
    ranges: list[str] = []
    start = ""
    last = ""
    for number in [*numbers, ""]:
        if last and number.isdigit() and last.isdigit() and int(number) == int(last) + 1:
            last = number
            continue
        if start:
            ranges.append(start if start == last else f"{start}-{last}")
        start = last = number
    return "、".join(ranges)
