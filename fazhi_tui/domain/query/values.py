"""What a value of each kind of field asks of a row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from fazhi_tui.domain.deadlines.dates import DayRange, compare_days, parse_day_range
from fazhi_tui.domain.model.errors import QueryError, UsageError
from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.measure import Role
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.query.fields import Field, choices, is_none
from fazhi_tui.domain.query.prepared_row import PreparedRow, fold_short
from fazhi_tui.domain.query.syntax import Value
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.unit_index import UnitIndex

Test = Callable[[PreparedRow], bool]


@dataclass(slots=True, eq=False, repr=False)
class Context:
    """What a query is asked against: the names of units, the day, what the city calls the lights.

    ``members`` counts what a collective owes for each of its members too.
    """

    index: UnitIndex
    today: date
    members: bool = field(default=False, kw_only=True)
    light_names: LightNames = field(default=LightNames(), kw_only=True)


#: Field of text or dates → what its values are compared with: a text, or days.
_COMPARED: Mapping[str, Callable[[PreparedRow], Any]] = {
    "section": lambda row: row.measure.section,
    "chapter": lambda row: row.measure.chapter,
    "due": lambda row: row.state.dates,
    "next": lambda row: row.state.next_due and (row.state.next_due,),
    "updated": lambda row: row.updated and (row.updated,),
}
_ROLES = {"lead": Role.LEAD, "part": Role.PARTICIPANT, "resp": Role.RESPONSIBLE, "unit": None}
_CHOICE_NAMES = {
    "status": ("状态", tuple(Status)),
    "light": ("灯", tuple(Light)),
    "kind": ("类型", tuple(NoteKind)),
}
_NUMBER = re.compile(r"[0-9]{1,9}(?:-[0-9]{1,9})*")
_ITEM = re.compile(r"([0-9]{1,9}(?:-[0-9]{1,9})*)\.([0-9]{1,9})")
_OVERDUE = ("逾期", "overdue")


def test_for(field: Field, sign: str, value: Value, context: Context) -> Test:
    """The question that one value of a field puts; raises :class:`QueryError` at the value."""
    if sign != ":" and not field.ordered:
        _fail(value, f"「{field.name}」不能用 {sign} 比较", f"用冒号，如 {field.example}")
    match field.kind:
        case "unit":
            return _unit(field, value, context)
        case "date" | "past":
            return _date(field, sign, value, context)
        case "id":
            return _id(sign, value)
        case "text":
            return _text(field, value)
        case _:
            return _choice(field, value, context)


def word_test(value: Value, context: Context) -> Test:
    """The question of a bare word: a number, or anywhere in title, text, notes and unit names."""
    folded = fold_text(value.text)
    if not folded:
        _fail(value, "没有要查找的内容", "引号里不能只有空格")
    names = context.index.matching(value.text)
    index, members = context.index, context.members

    def test(row: PreparedRow) -> bool:
        if folded in row.text or folded in row.numbers:
            return True
        return bool(names) and not names.isdisjoint(row.units(None, index, members))

    return test


def _fail(value: Value, message: str, hint: str) -> NoReturn:
    raise QueryError(message, hint, start=value.start, end=value.end)


def _unit(field: Field, value: Value, context: Context) -> Test:
    role, index, members = _ROLES[field.key], context.index, context.members
    if not value.quoted and is_none(value.text):
        return lambda row: not row.units(role, index)
    names, folded = index.matching(value.text), fold_text(value.text)
    if not folded:
        _fail(value, "没有写单位", "引号里不能只有空格")
    if not names:
        if index:
            _fail(value, f"没有单位与「{value.text}」相符", index.hint(value.text))
        # No register could be read: names are compared as the measures print them.
        return lambda row: any(folded in fold_short(name) for name in row.units(role, index))
    return lambda row: not names.isdisjoint(row.units(role, index, members))


def _choice(field: Field, value: Value, context: Context) -> Test:
    found = choices_meant(field.kind, value.text, context)
    if not found:
        name, known = _CHOICE_NAMES[field.kind]
        _fail(value, f"没有「{value.text}」这个{name}", f"{name}有：{'、'.join(known)}")
    if field.kind == "status":
        return lambda row: row.state.status in found
    if field.kind == "light":
        return lambda row: row.state.light in found
    return lambda row: not found.isdisjoint(row.kinds)


def choices_meant(kind: str, text: str, context: Context) -> frozenset[str]:
    """The statuses, lights or kinds of note that a value means, a city's own names of lights first."""
    if kind == "light":
        own = {fold_text(context.light_names.of(light)): frozenset({light.value}) for light in Light}
        if found := own.get(fold_text(text)):
            return found
    return choices(kind, text)


def _text(field: Field, value: Value) -> Test:
    compared = _COMPARED[field.key]
    if not value.quoted and is_none(value.text):
        return lambda row: not compared(row)
    folded = fold_text(value.text)
    if not folded:
        _fail(value, f"没有写{field.name}", "引号里不能只有空格")
    return lambda row: folded in fold_short(compared(row) or "")


def _date(field: Field, sign: str, value: Value, context: Context) -> Test:
    past, compared = field.kind == "past", _COMPARED[field.key]
    none, overdue = is_none(value.text), fold_text(value.text) in _OVERDUE
    if sign != ":" and (none or overdue):
        _fail(value, f"「{value.text}」不能用 {sign} 比较", f"写成 {field.name}:{value.text}")
    if none:
        return lambda row: not compared(row)
    if overdue:
        if past:
            _fail(value, "「更新」没有逾期", "要找逾期的措施，写 到期:逾期")
        if field.key == "next":
            return lambda row: row.state.overdue
        today = context.today
        return lambda row: row.state.overdue and row.state.due is not None and row.state.due < today
    days = _days(sign, value, context.today, past)
    return lambda row: any(map(days.covers, compared(row) or ()))


def _days(sign: str, value: Value, today: date, past: bool) -> DayRange:
    try:
        if sign == ":":
            return parse_day_range(value.text, today, past=past)
        return compare_days(sign, value.text, today, past=past)
    except UsageError as error:
        _fail(value, error.message, error.hint)


def _id(sign: str, value: Value) -> Test:
    folded = unicodedata.normalize("NFKC", value.text).strip().replace("。。", "..")
    if item := _ITEM.fullmatch(folded):
        if sign != ":":
            hint = f"写成 编号:{folded}，或比较措施编号，如 编号{sign}28"
            _fail(value, f"事项编号不能用 {sign} 比较", hint)
        wanted = "-".join(map(str, number_key(item[1]))) + f".{int(item[2])}"
        return lambda row: wanted in row.numbers
    if ".." in folded and sign == ":":
        left, right = folded.split("..", 1)
        low, high = (_number(end, value) if end else None for end in (left, right))
        if low is None and high is None:
            _fail(value, f"「{value.text}」两头都没有编号", "例如 3..12")
        if low is not None and high is not None and low > high:
            _fail(value, f"「{value.text}」前后颠倒", f"写成 {right}..{left}")
        return lambda row: (low is None or low <= row.number) and (high is None or _up_to(row.number, high))
    number = _number(folded, value)
    tests: dict[str, Test] = {
        "<": lambda row: row.number < number,
        "<=": lambda row: _up_to(row.number, number),
        ">": lambda row: not _up_to(row.number, number),
        ">=": lambda row: number <= row.number,
    }
    return tests.get(sign, lambda row: row.number == number)


def _number(text: str, value: Value) -> tuple[int, ...]:
    if not _NUMBER.fullmatch(text):
        _fail(value, f"「{value.text}」不是编号", "可以写 28、28.1、3..12 或 1,5,9")
    return number_key(text)


def _up_to(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Up to 12 includes 12-1, which was put in after it."""
    return number[: len(last)] <= last
