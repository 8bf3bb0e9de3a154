"""Amending one measure (修订): its file, with a reason and from a day, as a commit of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from fazhi_tui.domain.dated import changed_from, corrected, dated_names, held_on
from fazhi_tui.domain.model.former import UNSAID
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import Field, fields_of
from fazhi_tui.records.loader import load_files, load_units
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.change import (
    Span,
    first_day,
    later_entries,
    needed_reason,
    refuse_new_faults,
)
from fazhi_tui.service.plan.measure_file import ROLES, in_head, measure_path, read_measure
from fazhi_tui.service.plan.structure import prepare_addition
from fazhi_tui.service.plan.values import known_units, rewritten, typed_value
from fazhi_tui.service.reporting.compare import FieldChange, measure_changes
from fazhi_tui.vcs.snapshot import file_at
from fazhi_tui.vcs.trailers import Trailers

if TYPE_CHECKING:
    from fazhi_tui.domain.model.unit import Unit
    from fazhi_tui.service.reader import Reader

HISTORY = "沿革"
#: What is said where somebody gives a day to what has none.
DATED_KEYS = "牵头单位、参加单位、责任单位，事项的 截止、周期、数量、计量单位、计量方式"
_ITEM = re.compile(r"([0-9-]+\.[0-9]+)\.(.+)")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Amendment:
    """What is to be changed of a measure, as asked for; nothing in it is checked yet.

    ``values`` change single values (``28.1.截止=2023-06-30``) of ``text``, the whole file as it is to be, which
    is that of the work tree where it is None.  ``since`` is the day from which they hold (today where it is
    None); ``correct`` says that the record was wrong from the start: then nothing of it is kept in 沿革.
    """

    reason: str
    values: Sequence[str] = ()
    text: str | None = None
    since: date | None = None
    correct: bool = False


# ------------------------------------------------------------------ the amendment


def prepare_amendment(reader: Reader, number: str, asked: Amendment) -> Action:
    """Lay out an amendment's file and commit; writes nothing.

    What was said of the past stays said: a duty, deadline, rhythm or figure that changes leaves its former
    value in 沿革, whether it was asked for by name or changed in the text.  A file that no commit has yet is
    a new measure.  Raises :class:`UsageError` without a reason, for an unknown unit or value, and for a day
    where nothing is dated, :class:`NotAllowedError` where nothing changes, the number changes, or a rule
    would be broken.
    """
    view = reader.load()
    view.refuse_changes()
    path = measure_path(reader, number)
    now = (reader.root / path).read_text("utf-8") if asked.text is None else asked.text
    before = in_head(reader, path)
    if before is None:
        return prepare_addition(reader, now, asked.reason, asked.since, number=number)
    if not (there := load_files({path: before}).measures):
        raise NotAllowedError(f"{path} 在上一次提交里读不出来，不能修订", "先改好它，直接提交")
    old, edited = there[0], read_measure(path, now)
    if edited.id != old.id:
        raise NotAllowedError(f"编号由 {old.id} 变成了 {edited.id}", "修订不改编号")
    amending = Amending(old, first_day(reader, asked.since), needed_reason(asked.reason), asked.correct)
    after = amending.taken_over(edited)
    for assignment in asked.values:
        after = amending.with_value(after, assignment, load_units(reader.root))
    if after == old:
        raise NotAllowedError("没有改动", "先改内容，再修订；那一天本来就是这样的，不必再改")
    others = amending.others(after)
    if asked.since is not None and not amending.spans:
        raise UsageError(
            f"「{others[0].field}」不分日期，用不上 --from", f"去掉 --from；分日期的有：{DATED_KEYS}"
        )
    writes = {path: rewritten(now, edited, after)}
    refuse_new_faults(reader, writes, {path: before})
    told = (*amending.bounds(), *later_entries(view, amending.spans))
    fields = [change.field for change in amending.altered] + [change.field for change in others]
    names = dict.fromkeys(fields)
    body = [amending.reason, "", *map(str, amending.altered), *map(_line, others), *told]
    trailers = Trailers(old.id, unit=one_line(reader.repository.identity().unit), kind=CommitKind.AMEND)
    subject = f"{old.id} {CommitKind.AMEND}：{one_line('、'.join(names), 50)}"
    return Action(subject, "\n".join(body), trailers, writes, warnings=told)


@dataclass(frozen=True)
class Altered:
    """One dated value that changes: its key, what held and what is to hold, and on which days."""

    field: str
    before: object
    after: object
    span: Span
    correct: bool

    def __str__(self) -> str:
        when = f"自 {self.span.start}" if self.span.start else ""
        when += f" 至 {self.span.end}" if self.span.end else " 起" if when else ""
        when = f"更正，{when}".removesuffix("，") if self.correct else when
        return f"{_line(FieldChange(self.field, shown(self.before), shown(self.after)))}（{when}）"


class Amending:
    """One amendment under way: what it has altered so far."""

    def __init__(self, old: Measure, day: date, reason: str, correct: bool) -> None:
        self.day = day
        self.reason = reason
        self.altered: list[Altered] = []
        #: The days on which something else holds than did.
        self.spans: list[Span] = []
        self._old = old
        self._correct = correct

    def taken_over(self, edited: Measure) -> Measure:
        """The measure as somebody changed it by hand, what held before put into 沿革."""
        if self._correct:
            return edited
        after = self._kept(self._old, edited, ROLES, "{}")
        old = {item.id: item for item in self._old.items}
        items = [
            self._begun(item)
            if item.id not in old
            else self._kept(old[item.id], item, dated_names(Item), f"{{}}（{item.id}）")
            for item in edited.items
        ]
        there = {item.id for item in edited.items}
        for item in self._old.items:
            # An item that began no earlier was never owed.
            if item.id not in there and (item.since is None or item.since < self.day):
                place = sum(number_key(other.id) < number_key(item.id) for other in items)
                items.insert(place, self._ended(item))
        whole: Measure = replace(after, items=tuple(items))
        return whole

    def _kept(self, old: Any, edited: Any, names: Sequence[str], label: str) -> Any:
        after = edited
        for name in names:
            value = getattr(edited, name)
            # Where somebody wrote the 沿革 of a key themselves it stays as they wrote it.
            if value != getattr(old, name) and _entries(old, name) == _entries(edited, name):
                after = self._put(replace(after, **{name: getattr(old, name)}), name, value, label)
        return after

    def _begun(self, item: Item) -> Item:
        self.spans.append(Span(item.since or self.day))
        return item if item.since or self._old.added == self.day else replace(item, since=self.day)

    def _ended(self, item: Item) -> Item:
        self.spans.append(Span(self.day))
        return replace(item, until=self.day - _ONE_DAY)

    def _put(self, dated: Any, name: str, value: object, label: str) -> Any:
        held = held_on(dated, name, self.day)
        if held.value == value:
            return dated
        self._refuse_outside(dated)
        span = Span(held.start if self._correct else self.day, held.end)
        key = next(field.key for field in fields_of(type(dated)) if field.name == name)
        self.altered.append(Altered(label.format(key), held.value, value, span, self._correct))
        self.spans.append(span)
        if self._correct:
            return corrected(dated, name, value, self.day)
        return changed_from(dated, name, value, self.day, self.reason)

    def _refuse_outside(self, dated: Measure | Item) -> None:
        """A measure or an item has values from the day on that it was added until it is withdrawn."""
        is_item = isinstance(dated, Item)
        what = f"事项 {dated.id}" if is_item else f"第 {dated.id} 条"
        begun = dated.since if isinstance(dated, Item) else dated.added
        if isinstance(dated, Item):
            ended = dated.until + _ONE_DAY if dated.until else None
        else:
            ended = dated.withdrawn
        if begun is not None and self.day < begun:
            raise UsageError(f"{what} {begun} 才有，不能自 {self.day} 起修订", f"写 --from {begun} 或以后")
        if ended is not None and ended <= self.day:
            raise UsageError(f"{what} 自 {ended} 起已经废止，{self.day} 没有可改的", "写更早的 --from")

    def with_value(self, measure: Measure, assignment: str, units: Sequence[Unit]) -> Measure:
        """The measure with one value changed: ``标题=…``, ``28.1.截止=2023-06-30``; empty takes one out.

        Raises :class:`UsageError` for a key that is none, a value that does not fit, an unknown unit.
        """
        key, sign, typed = assignment.replace("＝", "=", 1).partition("=")
        key = key.strip()
        if not sign:
            raise UsageError(f"「{one_line(assignment, 40)}」没有写成 项=值", "例如 --set 28.1.截止=2023-06-30")
        found = _ITEM.fullmatch(key)
        index = next((at for at, item in enumerate(measure.items) if found and item.id == found[1]), None)
        owner: Any = measure if index is None else measure.items[index]
        name = found[2] if found and index is not None else key
        table = settable(type(owner))
        if (field := table.get(name)) is None:
            raise UsageError(
                f"不能这样改「{one_line(key, 30)}」", f"可以写：{'、'.join(table)}；其余用编辑器改"
            )
        value = typed_value(field, key, typed)
        if field.name in ROLES and index is None:
            value = known_units(units, value, self.day)
        if field.name in dated_names(type(owner)):
            label = "{}" if index is None else f"{{}}（{owner.id}）"
            after = self._put(owner, field.name, value, label)
        else:
            after = replace(owner, **{field.name: value})
        if index is None:
            changed: Measure = after
            return changed
        return replace(measure, items=(*measure.items[:index], after, *measure.items[index + 1 :]))

    def others(self, after: Measure) -> list[FieldChange]:
        """What else changes, which is not dated; 沿革 alone where nothing else does."""
        named = {change.field for change in self.altered}
        changes = [change for change in measure_changes(self._old, after) if change.field not in named]
        plain = [change for change in changes if not change.field.startswith(HISTORY)]
        return plain if plain or self.altered else changes

    def bounds(self) -> Iterator[str]:
        """That a value holds only until the next change that is recorded."""
        for change in self.altered:
            if change.span.end is not None and not self._correct:
                yield f"{change.field} 只改到 {change.span.end}：以后的照已经记下的改动"


def settable(cls: type) -> dict[str, Field]:
    """The fields of a measure or an item that ``--set`` can change, by key."""
    return {
        field.key: field
        for field in fields_of(cls)
        if field.name != "id" and field.kind != "object" and (not field.many or field.name in ROLES)
    }


def _entries(dated: Any, name: str) -> list[tuple[date, object]]:
    """What is kept of one key."""
    said = [(entry.until, getattr(entry, name)) for entry in dated.history]
    return [(until, value) for until, value in said if value is not UNSAID]


def shown(value: object) -> str:
    """A value as a sentence has it."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _line(change: FieldChange) -> str:
    before, after = one_line(change.before) or "（无）", one_line(change.after) or "（无）"
    return f"{change.field}：{before} -> {after}"
