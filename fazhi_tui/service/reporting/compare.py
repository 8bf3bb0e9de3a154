"""Two states of a tracker side by side: what changed, measure by measure, field by field."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.view import View


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as text; empty where it was or is not there.

    For 正文 ``before`` and ``after`` are the sentences that went and came.
    """

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class MeasureChange:
    """What changed about one measure: its fields, the notes that came and those that went (undone).

    ``row`` is the measure as it is after, or as it was where it is there no more (``gone``).
    """

    row: Row
    is_new: bool
    is_gone: bool
    fields: tuple[FieldChange, ...]
    notes: tuple[Note, ...]
    removed: tuple[Note, ...]


def compare_views(old: View, new: View) -> tuple[MeasureChange, ...]:
    """Every measure that differs between two views, in order of number; pure."""
    before = {row.measure.id: row for row in old.rows}
    after = {row.measure.id: row for row in new.rows}
    changes = (_compare(before.get(number), after.get(number)) for number in {**before, **after})
    found = [change for change in changes if change is not None]
    return tuple(sorted(found, key=lambda change: number_key(change.row.measure.id)))


def _compare(was: Row | None, now: Row | None) -> MeasureChange | None:
    row = now or was
    assert row is not None
    fields = tuple(_fields(was, now)) if was and now else ()
    old = {note.path: note for note in was.state.notes} if was else {}
    new = {note.path: note for note in now.state.notes} if now else {}
    came = tuple(note for path, note in new.items() if path not in old or old[path] != note)
    went = tuple(note for path, note in old.items() if path not in new)
    if was and now and not (fields or came or went):
        return None
    return MeasureChange(row, was is None, now is None, fields, came, went)


def _fields(was: Row, now: Row) -> Iterator[FieldChange]:
    after = _state(now)
    for name, before in _state(was).items():
        if before != after[name]:
            yield FieldChange(name, before, after[name])
    yield from measure_changes(was.measure, now.measure)


def measure_changes(was: Measure, now: Measure) -> Iterator[FieldChange]:
    """What two versions of a measure's file differ in; items each by their number, the text by sentence."""
    old, new = to_json(was), to_json(now)
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) == new.get(key) or key == "事项":
            continue
        if key == "正文":
            yield from _sentences(was.text, now.text)
        else:
            yield FieldChange(key, _text(old.get(key)), _text(new.get(key)))
    yield from _items(was, now)


def _items(was: Measure, now: Measure) -> Iterator[FieldChange]:
    old: dict[str, Item] = {item.id: item for item in was.items}
    new: dict[str, Item] = {item.id: item for item in now.items}
    for number in dict.fromkeys((*old, *new)):
        before, after = old.get(number), new.get(number)
        if before is None or after is None:
            contents = (item.content if item else "" for item in (before, after))
            yield FieldChange(f"事项 {number}", *contents)
            continue
        first, second = to_json(before), to_json(after)
        for key in dict.fromkeys((*first, *second)):
            if first.get(key) != second.get(key):
                yield FieldChange(f"{key}（{number}）", _text(first.get(key)), _text(second.get(key)))


def _sentences(was: str, now: str) -> Iterator[FieldChange]:
    """The stretches of sentences that differ; the text has one sentence a line."""
    old, new = was.split("\n"), now.split("\n")
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield FieldChange("正文", "".join(old[a:b]), "".join(new[c:d]))


def _state(row: Row) -> dict[str, str]:
    """What is derived and yet what people ask for first."""
    state = row.state
    return {
        "状态": state.status.value,
        "灯": state.light.value,
        "到期": f"{state.next_due} {state.next_label}".strip() if state.next_due else "",
        "进度": "" if state.progress is None else f"{state.progress}%",
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_text(part) for part in value)
    if isinstance(value, dict):
        return " ".join(f"{key} {_text(part) or '（无）'}" for key, part in value.items() if key != "依据")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
