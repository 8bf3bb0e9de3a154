"""The entries of a view: one a measure, and one for every file that could not be read; pure."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View

NameT = TypeVar("NameT")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line or card of a view: a measure, or a broken file with its problems.

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
    if not _LAST or _LAST[0][0]() is not view:
        by_row = {id(row): Entry(row.measure.id, row.measure.id, row) for row in view.rows}
        _LAST[:] = [(weakref.ref(view, lambda _gone: _LAST.clear()), by_row)]
    made = _LAST[0][1]
    entries = [made[id(row)] for row in rows]
    for path, guessed in view.tracker.broken.items():
        problems = tuple(problem for problem in view.problems if problem.path == path)
        entries.append(Entry(path, guessed, None, path, problems))
    if view.tracker.broken:
        numbers = [number_key(row.measure.id) for row in rows]
        # In any other order than by number they come last; one without a number first, where it is seen.
        if numbers == sorted(numbers):
            entries.sort(key=lambda entry: (number_key(entry.number), entry.row is not None))
    return tuple(entries)


def entry_groups(
    entries: Sequence[Entry],
    group: Callable[[list[Row]], Iterable[tuple[NameT, Sequence[Row]]]],
    broken: NameT,
) -> list[tuple[NameT, list[Entry]]]:
    """The entries in the groups of their rows, each in exactly one; ``broken`` names the files that could
    not be read, which come first, where there are any.
    """
    # By the row itself: two files may claim one number, and neither must vanish.
    by_row = {id(entry.row): entry for entry in entries if entry.row is not None}
    unread = [entry for entry in entries if entry.row is None]
    named = group([entry.row for entry in entries if entry.row is not None])
    groups = [(name, [by_row[id(row)] for row in rows]) for name, rows in named]
    return [(broken, unread), *groups] if unread else groups


#: The entries of the view shown last, by their rows' identity; a filter keystroke makes none anew.
_LAST: list[tuple[weakref.ref[View], dict[int, Entry]]] = []


def gaps_text(view: View) -> str:
    """The measures that the source lost, in ranges: ``13-17、40``; empty where none is lost."""
    plan = view.tracker.plan
    numbers = [gap.id for gap in plan.gaps] if plan else []
    ranges: list[list[str]] = []
    for number in numbers:
        last = ranges[-1][-1] if ranges else ""
        if number.isdigit() and last.isdigit() and int(number) == int(last) + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    return "、".join(first if not rest else f"{first}-{rest[-1]}" for first, *rest in ranges)


def broken_text(entry: Entry) -> str:
    """What is wrong with a file that could not be read, in one line."""
    said = entry.problems[0].message if entry.problems else "读不出来"
    return one_line(f"{entry.path} 读不出来：{said}")
