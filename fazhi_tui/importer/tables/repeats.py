"""A table that repeats the tasks of the text: which row is which measure, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fazhi_tui.importer.recognise.outline import MeasurePart
from fazhi_tui.importer.tables.rows import Row, TaskTable

_NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
_KEY = 10
_SHORTEST = 4
_MOST_COMPARED = 4000


def match_rows(tables: Sequence[TaskTable], parts: Sequence[MeasurePart]) -> dict[int, MeasurePart]:
    """For the start of each row the measure that it repeats; rows that repeat none are not in it.

    A row repeats a measure if the first words of its task stand in it, or those of the measure in the row.
    One whose number is the same comes first.
    """
    words = [_words(part.body.text) for part in parts]
    by_number = {str(part.number): index for index, part in enumerate(parts) if part.number}
    by_key = _keys(words)
    found: dict[int, MeasurePart] = {}
    for table in tables:
        for row in table.rows:
            task = _words(row.words.text)
            if len(task) < _SHORTEST:
                continue
            index = by_number.get(row.number_of.strip("、.．（）"))
            if index is None or not _same(task, words[index]):
                index = by_key.get(task[:_KEY])
            if index is None:
                index = next((by_key[key] for key in _later_keys(row) if key in by_key), None)
            if index is not None and _same(task, words[index]):
                found[row.start] = parts[index]
    return found


def _words(text: str) -> str:
    return _NOT_WORDS.sub("", text[:_MOST_COMPARED])


def _keys(words: Sequence[str]) -> Mapping[str, int]:
    keys: dict[str, int] = {}
    for index, text in enumerate(words):
        keys.setdefault(text[:_KEY], index)
    for index, text in enumerate(words):
        for at in range(1, max(len(text) - _KEY, 1)):
            keys.setdefault(text[at : at + _KEY], index)
    return keys


def _later_keys(row: Row) -> list[str]:
    """The first words of each sentence of a task."""
    pieces = re.split(r"[。；\n]", row.words.text)
    return [_words(piece)[:_KEY] for piece in pieces if len(piece) >= _KEY]


def _same(task: str, measure: str) -> bool:
    head = task[:_KEY]
    return head in measure or (len(measure) >= _SHORTEST and measure[:_KEY] in task)
