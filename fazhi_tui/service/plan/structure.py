"""Measures that come and go while the plan runs: added, split, merged, withdrawn; one commit each.

Numbers are never used again, and nothing is deleted: what ends keeps its file, with the day from which it no
longer holds (废止), and what comes of another says so (来自).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from fazhi_tui.domain.dated import on_day
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.measure import MEASURE_ID, Completeness, Item, Measure
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.yaml.editor import edit, says
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.change import (
    Span,
    first_day,
    later_entries,
    needed_reason,
    refuse_new_faults,
)
from fazhi_tui.service.plan.measure_file import ROLES, in_head, measure_path, read_measure
from fazhi_tui.service.plan.values import rewritten
from fazhi_tui.vcs.file_history import names_ever
from fazhi_tui.vcs.trailers import Trailers, join_measures

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

#: Has a person look over the file of a new measure: number and text → the text as it is to be.
Editing = Callable[[str, str], str]

_STEM = re.compile(r"(?:plan|status)/0*([1-9][0-9]*(?:-[0-9]+)*)(?:\.yaml|/.*)")
_ONE_DAY = timedelta(days=1)


class Moves(NamedTuple):
    """Items that go to another measure: ``to`` is its number, empty where there is only one it can be."""

    to: str
    items: tuple[str, ...]


def as_written(_number: str, text: str) -> str:
    """The file of a new measure as it was laid out."""
    return text


# ------------------------------------------------------------------ one use each


def prepare_addition(
    reader: Reader, text: str, reason: str, since: date | None = None, *, number: str = ""
) -> Action:
    """A new measure from the text of its file, from a day on (增设: the file's, else today); writes nothing.

    Raises :class:`UsageError` for a number or day that the file says otherwise or that was used before,
    :class:`NotAllowedError` where the text breaks a rule.
    """
    work = _Work(reader, reason, since)
    said = says(text)
    if number and "编号" not in said:
        text = edit(text, {("编号",): _number(number)})
    measure = read_measure(f"plan/{_number(number).zfill(2)}.yaml" if number else "plan/0.yaml", text)
    if number and measure.id != _number(number):
        raise UsageError(f"文件里的编号是 {measure.id}，不是 {_number(number)}", "改成同一个编号")
    if since and measure.added and measure.added != since:
        raise UsageError(f"文件里写的是 {measure.added} 增设，--from 写的是 {since}", "去掉其中一个")
    work.day = since or measure.added or reader.today
    work.add(measure, text)
    return work.action([measure.id], f"{measure.id} {CommitKind.AMEND}：增设", [f"自 {work.day} 起"])


def prepare_split(
    reader: Reader,
    number: str,
    into: Sequence[str],
    reason: str,
    since: date | None = None,
    *,
    moves: Sequence[Moves] = (),
    editing: Editing = as_written,
) -> Action:
    """Split a measure: the numbers in ``into`` other than its own are new ones that come of it.

    Where its own is not among them it is withdrawn.  A child is laid out with the parent's title, place, duties
    and text, and with the items that move to it, numbered anew.  Raises :class:`UsageError` for numbers that
    cannot be, :class:`NotAllowedError` where a rule would be broken.
    """
    work = _Work(reader, reason, since)
    parent = work.measure(number)
    children = [child for child in map(_number, into) if child != parent.id]
    if not children:
        raise UsageError("没有写分成哪几条", f"例如 --split {parent.id} --into {parent.id},54")
    stays = len(children) < len(into)
    moved = _assigned(moves, children, [parent])
    lines = [f"自 {work.day} 起，第 {parent.id} 条分为 {'、'.join(map(_number, into))}"]
    for child in children:
        items, told = _moved(parent, child, moved.get(child, ()), work.day, 1)
        lines += told
        measure = _child(parent, child, items, work.day)
        work.add(measure, editing(child, dump(measure)))
    gone = {item for items in moved.values() for item in items}
    if stays:
        work.rewrite(parent, _without(parent, gone, work.day))
    else:
        lines += _left_behind([parent], gone, work.day)
        work.rewrite(parent, replace(parent, withdrawn=work.day))
    numbers = sorted({parent.id, *children}, key=number_key)
    into_text = "、".join(map(_number, into))
    return work.action(numbers, f"{parent.id} {CommitKind.AMEND}：分为 {into_text}", lines)


def prepare_merge(
    reader: Reader,
    numbers: Sequence[str],
    into: str,
    reason: str,
    since: date | None = None,
    *,
    moves: Sequence[Moves] = (),
    editing: Editing = as_written,
) -> Action:
    """Merge measures into one of them, or into a new one: the others are withdrawn, it comes of them.

    Text and duties of the target stay as they are; a new one is laid out from the first, with the duties and
    texts of all.  Items go along where ``moves`` says so.  Raises as :func:`prepare_split`.
    """
    work = _Work(reader, reason, since)
    merged = [work.measure(number) for number in dict.fromkeys(map(_number, numbers))]
    target = _number(into)
    others = [measure for measure in merged if measure.id != target]
    if len(merged) < 2:
        raise UsageError("并成一条，至少要写两条", "例如 --merge 30,54 --into 30")
    kept = next((measure for measure in merged if measure.id == target), None)
    moved = _assigned(moves, [target], others).get(target, ())
    lines = [f"自 {work.day} 起，第 {'、'.join(measure.id for measure in merged)} 条并为第 {target} 条"]
    items: tuple[Item, ...] = kept.items if kept else ()
    for other in others:
        mine = [item for item in moved if item.rpartition(".")[0] == other.id]
        came, told = _moved(other, target, mine, work.day, _next_item(items))
        items, lines = (*items, *came), lines + told
        work.rewrite(other, replace(other, withdrawn=work.day))
    lines += _left_behind(others, moved, work.day)
    came_of = tuple(measure.id for measure in others)
    if kept is not None:
        origins = tuple(dict.fromkeys((*kept.origins, *came_of)))
        work.rewrite(kept, replace(kept, items=items, origins=origins))
    else:
        measure = replace(_joined(merged, target, work.day), items=items)
        work.add(measure, editing(target, dump(measure)))
    every = sorted({*came_of, target}, key=number_key)
    subject = f"{target} {CommitKind.AMEND}：由 {'、'.join(measure.id for measure in merged)} 并成"
    return work.action(every, subject, lines)


def prepare_withdrawal(reader: Reader, number: str, reason: str, since: date | None = None) -> Action:
    """Withdraw a measure from a day on (废止): its file, notes and history stay; writes nothing.

    Raises :class:`UsageError` for an unknown number or a day before it was added.
    """
    work = _Work(reader, reason, since)
    measure = work.measure(number)
    work.rewrite(measure, replace(measure, withdrawn=work.day))
    return work.action(
        [measure.id], f"{measure.id} {CommitKind.AMEND}：废止", [f"自 {work.day} 起不再执行"]
    )


# ------------------------------------------------------------------ what they have in common


class _Work:
    """One change of several files, being laid out."""

    def __init__(self, reader: Reader, reason: str, since: date | None) -> None:
        self.reader = reader
        self.view: View = reader.load()
        self.view.refuse_changes()
        self.day = first_day(reader, since)
        self.reason = needed_reason(reason)
        self.writes: dict[str, str] = {}
        self._before: dict[str, bytes] = {}
        self._used = used_numbers(reader)

    def measure(self, number: str) -> Measure:
        """A measure that is in force on the day.  Raises :class:`UsageError` where it is not."""
        path = measure_path(self.reader, number)
        measure = read_measure(path, (self.reader.root / path).read_bytes())
        if measure.added is not None and self.day <= measure.added:
            raise UsageError(f"第 {measure.id} 条 {measure.added} 才增设", "写以后的 --from")
        if measure.withdrawn is not None:
            raise UsageError(f"第 {measure.id} 条自 {measure.withdrawn} 起已经废止", "fazhi show 看它的沿革")
        return measure

    def add(self, measure: Measure, text: str) -> None:
        """A new measure with the text of its file; 增设 is put in where it is not written."""
        if measure.id in self._used:
            free = _free(self._used)
            raise UsageError(
                f"编号 {measure.id} {self._used[measure.id]}，用过的编号不再用", f"下一个没有用过的是 {free}"
            )
        path = f"plan/{measure.stem}.yaml"
        file = self.reader.root / path
        if file.exists() and file.read_text("utf-8", "replace") != text:
            raise NotAllowedError(f"{path} 已经在，还没有提交", f"用它：fazhi amend {measure.id}；不用就移走它")
        now = read_measure(path, text)
        if now.id != measure.id:
            raise NotAllowedError(f"编号由 {measure.id} 变成了 {now.id}", "编号已经写在命令里，不要改")
        dated = replace(now, added=self.day, origins=now.origins or measure.origins)
        self.writes[path] = rewritten(text, now, dated)

    def rewrite(self, was: Measure, now: Measure) -> None:
        """Change the file of a measure that is there."""
        path = f"plan/{was.stem}.yaml"
        if (before := in_head(self.reader, path)) is None:
            raise NotAllowedError(f"{path} 还没有提交", "先提交它")
        text = (self.reader.root / path).read_text("utf-8")
        if read_measure(path, before) != was:
            raise NotAllowedError(f"{path} 改动后还没有提交", f"先 fazhi amend {was.id}，或还原它")
        self._before[path] = before
        self.writes[path] = rewritten(text, was, now)

    def action(self, numbers: Sequence[str], subject: str, lines: Sequence[str]) -> Action:
        """The commit.  Raises :class:`NotAllowedError` where the plan would break a rule."""
        refuse_new_faults(self.reader, self.writes, _without_new(self.reader, self.writes))
        told = (*later_entries(self.view, [Span(self.day)]), *self._later_notes())
        trailers = Trailers(
            join_measures(numbers),
            unit=one_line(self.reader.repository.identity().unit),
            kind=CommitKind.AMEND,
        )
        body = "\n".join([self.reason, "", *lines, *told])
        return Action(subject, body, trailers, self.writes, warnings=told)

    def _later_notes(self) -> Iterator[str]:
        """Notes of a measure from the day on that it is withdrawn."""
        for path, text in self.writes.items():
            measure = read_measure(path, text)
            late = [
                note
                for note in self.view.tracker.notes
                if note.measure == measure.id and note.time.date() >= self.day
            ]
            if measure.withdrawn is not None and late:
                yield f"第 {measure.id} 条在 {self.day} 以后还有 {len(late)} 条进展，不再计入"


def _without_new(reader: Reader, writes: Mapping[str, str]) -> dict[str, bytes]:
    """The files that are there as they are in the last commit: one that is new is in none."""
    found = {path: in_head(reader, path) for path in writes}
    return {path: data or b"" for path, data in found.items() if data is not None}


def next_number(reader: Reader) -> str:
    """The number after all that were ever used."""
    return str(_free(used_numbers(reader)))


def _free(used: Iterable[str]) -> int:
    return max((number_key(number)[0] for number in used), default=0) + 1


def used_numbers(reader: Reader) -> dict[str, str]:
    """Every number that the plan ever had, by its gaps and by git's history, with what became of it."""
    plan = reader.load().tracker.plan
    used = {gap.id: "是原文缺失的一条" for gap in (plan.gaps if plan else ())}
    for path in names_ever(reader.repository.runner, "plan", "status"):
        if found := _STEM.fullmatch(path):
            there = (reader.root / f"plan/{found[1].zfill(2)}.yaml").exists()
            used[found[1]] = "已经有这一条" if there else "以前有过"
    return used


def _assigned(
    moves: Sequence[Moves], targets: Sequence[str], sources: Sequence[Measure]
) -> dict[str, tuple[str, ...]]:
    """Which items go to which measure, in order.

    Raises :class:`UsageError` for an item that no source has or that goes twice, and where it is not said
    to which of several.
    """
    known = {item.id for source in sources for item in source.items}
    found: dict[str, tuple[str, ...]] = {}
    for move in moves:
        target = _number(move.to) if move.to else targets[0] if len(targets) == 1 else ""
        if target not in targets:
            raise UsageError(
                "没有写明事项移到哪一条", f"写成 --items {targets[0]}={'、'.join(move.items)}"
            )
        for item in move.items:
            if item not in known:
                hint = f"可写：{'、'.join(sorted(known, key=number_key))}" if known else "不写 --items"
                raise UsageError(f"第 {'、'.join(each.id for each in sources)} 条没有事项 {item}", hint)
            if any(item in items for items in found.values()):
                raise UsageError(f"事项 {item} 写了两次", "一项只移到一条")
            found[target] = (*found.get(target, ()), item)
    return found


def _moved(
    source: Measure, target: str, wanted: Sequence[str], day: date, first: int
) -> tuple[tuple[Item, ...], list[str]]:
    """Items as the other measure has them, numbered from ``first`` on, and a line for each."""
    items: list[Item] = []
    lines: list[str] = []
    for item in (item for number in wanted for item in source.items if item.id == number):
        if item.until is not None and item.until < day:
            raise UsageError(f"事项 {item.id} {item.until} 以后已经不再要求", "不移这一项")
        number = f"{target}.{first + len(items)}"
        later = tuple(entry for entry in item.history if entry.until >= day)
        items.append(replace(item, id=number, since=day, origin=item.id, history=later))
        lines.append(f"事项 {item.id} 改为 {number}：{one_line(item.content)}")
    return tuple(items), lines


def _without(parent: Measure, gone: Iterable[str], day: date) -> Measure:
    """A measure whose items of these numbers end on the day before."""
    items = (
        replace(item, until=day - _ONE_DAY) if item.id in gone else item for item in parent.items
    )
    return replace(parent, items=tuple(items))


def _left_behind(measures: Sequence[Measure], moved: Iterable[str], day: date) -> list[str]:
    """That items end with the measure that they belong to."""
    gone = set(moved)
    left = [
        item.id
        for measure in measures
        for item in measure.items
        if item.id not in gone and (item.until is None or item.until >= day)
    ]
    return [f"事项 {'、'.join(left)} 自 {day} 起不再要求；要移过去的用 --items"] if left else []


def _child(parent: Measure, number: str, items: tuple[Item, ...], day: date) -> Measure:
    """A new measure that comes of another, as that one stands on the day."""
    damaged = parent.completeness is not Completeness.WHOLE
    return replace(
        parent,
        id=number,
        items=items,
        printed_id=None,
        # What the source lacks, the copy lacks too.
        remarks=parent.remarks if damaged else (),
        added=day,
        origins=(parent.id,),
        history=tuple(entry for entry in parent.history if entry.until >= day),
    )


def _joined(merged: Sequence[Measure], number: str, day: date) -> Measure:
    """A new measure that several become: title and place of the first, duties and texts of all."""
    then = [on_day(measure, day) for measure in merged]
    leads, participants, responsible = (
        tuple(dict.fromkeys(name for measure in then for name in getattr(measure, role))) for role in ROLES
    )
    return replace(
        _child(then[0], number, (), day),
        leads=leads,
        participants=participants,
        responsible=responsible,
        by_duties=any(measure.by_duties for measure in then),
        open_list=any(measure.open_list for measure in then),
        text="\n".join(measure.text for measure in then if measure.text),
        remarks=(),
        completeness=Completeness.WHOLE,
        origins=tuple(measure.id for measure in merged),
        history=(),
    )


def _next_item(items: Sequence[Item]) -> int:
    return max((number_key(item.id)[-1] for item in items), default=0) + 1


def _number(text: str) -> str:
    number = text.strip().rstrip(".．、").lstrip("0")
    if re.fullmatch(MEASURE_ID, number) is None:
        raise UsageError(f"「{one_line(text, 30)}」不是措施编号", "例如 54")
    return number
