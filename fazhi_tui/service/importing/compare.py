"""A revised document beside the tracker made of the older one: which measure is which, and what differs."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from fazhi_tui.domain.matching import Known, Matching, match_measures, numbers_for
from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.unit import UnitRegister
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.domain.unit_history import lasting_index
from fazhi_tui.importer.corrections.model import NEW_MEASURE
from fazhi_tui.records.loader import load
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.importing.corrections_source import CORRECTIONS, SOURCE_FOLDER, recorded
from fazhi_tui.service.importing.earlier import EarlierDocuments, numbered
from fazhi_tui.service.importing.merge import merge_measure, merge_plan, merge_units
from fazhi_tui.service.importing.prepare import Import, read_there
from fazhi_tui.service.importing.table_progress import TableProgress, table_progress
from fazhi_tui.service.locate import today_from
from fazhi_tui.service.plan.amend import Amending
from fazhi_tui.service.plan.change import Span
from fazhi_tui.service.plan.measure_file import ROLES
from fazhi_tui.service.plan.structure import used_numbers
from fazhi_tui.service.plan.values import rewritten
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.compare import measure_changes

_PLAN, _UNITS, _SOURCE = "plan/plan.yaml", "plan/units.yaml", "plan/source/"


class ChangeKind(StrEnum):
    """What a revision does with one file."""

    NEW = "新增"
    AMENDED = "修订"
    WITHDRAWN = "废止"
    #: Both the document and somebody by hand have changed it: a person has to bring them together.
    CONFLICT = "不同"
    #: Somebody's own work, which the document does not touch, or what the document has no more.
    KEPT = "保留"


class Fate(StrEnum):
    """What becomes of a measure by a revised document."""

    SAME = "相同"
    MOVED = "移号"
    CHANGED = "修改"
    NEW = "新增"
    GONE = "不见"
    DOUBTFUL = "存疑"


@dataclass(frozen=True)
class Change:
    """One file that differs.  ``data`` is what a revision writes; None where it writes nothing.

    ``diff`` are the lines that go (``-``) and come (``+``), safe to show.
    """

    path: str
    kind: ChangeKind
    name: str
    why: str = ""
    measure: str = ""
    data: bytes | None = None
    diff: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """One measure of document and tracker side by side."""

    fate: Fate = keyed("对照", "相同、移号、修改、新增、不见或存疑")
    number: str = keyed("编号", "在台账里的编号；存疑的还没有")
    printed: str = keyed("原件编号", "在新的原件里的编号；不见的没有", default="")
    title: str = keyed("标题", "措施的标题", default="")
    keys: tuple[str, ...] = keyed("改动", "原件改了哪些键", default=())
    notes: int = keyed("进展", "已有几条进展", default=0)
    candidates: tuple[str, ...] = keyed("可能是", "存疑的，可能是台账里的哪几条", default=())
    told: str = keyed("说明", "怎样处理", default="")

    @property
    def line(self) -> str:
        """All of it in a line, for the terminal and the commit."""
        if self.fate is Fate.DOUBTFUL:
            maybe = "、".join(f"第{number}条" for number in self.candidates)
            return f"{self.fate}  原件第{self.printed}条 {self.title}：可能是台账的{maybe}，也可能是新增的"
        said = f"{self.fate}  第{self.number}条 {self.title}"
        more = [f"原件里是第{self.printed}条"] if self.printed not in ("", self.number) else []
        more += [f"改了{'、'.join(self.keys)}"] if self.keys and self.fate is Fate.CHANGED else []
        more += [f"{self.notes} 条进展"] if self.notes else []
        more += [self.told] if self.told else []
        return f"{said}（{'；'.join(more)}）" if more else said


@dataclass(frozen=True)
class Asked:
    """What is asked of a revision: its reason, from which day it holds, whether what is gone is withdrawn."""

    reason: str = ""
    since: date | None = None
    withdraw_missing: bool = False


@dataclass(frozen=True)
class Revision:
    """A revision laid out: which measure is which, every file that differs, the progress that comes along.

    ``is_correction``: the document is the last one, read again.  ``only_progress``: a table that was filled
    in and sent back; nothing of the plan is written.  ``unlike``: the document is another plan's, it seems.
    ``spans`` are the days on which something else is to hold; ``agreeing`` are files that differ from the
    document's in what only the tracker knows (沿革, 增设, units of its own).
    """

    matched: tuple[Matched, ...]
    changes: tuple[Change, ...]
    progress: TableProgress
    day: date
    is_correction: bool = False
    only_progress: bool = False
    unlike: bool = False
    spans: tuple[Span, ...] = ()
    agreeing: frozenset[str] = frozenset()

    @property
    def doubtful(self) -> tuple[Matched, ...]:
        """The measures of which it is not sure which they are."""
        return tuple(each for each in self.matched if each.fate is Fate.DOUBTFUL)


def lay_out(prepared: Import, asked: Asked | None = None) -> Revision:
    """Match a document with the tracker and lay out what it changes; reads history, writes nothing.

    Raises :class:`UsageError` for a 对应 that cannot be, and for a day on which a measure cannot change.
    """
    return _Revising(prepared, asked or Asked()).revision()


def compare(prepared: Import) -> tuple[Change, ...]:
    """Every file of plan and source that differs, plan first, then the measures in order."""
    return lay_out(prepared).changes


class _Revising:
    def __init__(self, prepared: Import, asked: Asked) -> None:
        self._prepared = prepared
        self._asked = asked
        self._into = prepared.into
        self._tracker = load(prepared.into)
        self._mine = {measure.id: measure for measure in self._tracker.measures}
        self._earlier = EarlierDocuments(prepared.into)
        self._index = lasting_index(self._tracker.units)
        self._notes: dict[str, list[Note]] = {}
        for note in self._tracker.notes:
            self._notes.setdefault(note.measure, []).append(note)
        last = self._earlier.last
        self._is_correction = last is not None and last.digest == prepared.digest
        self._day = asked.since or today_from(prepared.into)
        self._spans: list[Span] = []
        self._rows: list[Matched] = []
        self._changes: list[Change] = []
        #: Files that say what the document says, though not byte for byte.
        self._agreeing: set[str] = set()
        #: The measures as they will be, by number.
        self._after = dict(self._mine)

    def revision(self) -> Revision:
        given = {measure.id: self._canonical(measure) for measure in self._prepared.imported.measures}
        # A file that cannot be read keeps its number; what it is nobody can tell.
        unread = {number for number in given if number in self._tracker.broken.values()}
        matching = self._matching([measure for number, measure in given.items() if number not in unread])
        numbers = dict(matching.pairs)
        numbers |= self._new_numbers(matching.new)
        gone = [number for number in matching.gone if self._is_documents(number)]
        self._match_all(given, matching, numbers, gone)
        changed = any(row.fate is not Fate.SAME for row in self._rows if row.fate is not Fate.GONE)
        only_progress = (
            bool(self._prepared.imported.notes)
            and not (self._is_correction or matching.new or self._asked.withdraw_missing)
            and bool(gone or not changed)
        )
        for number in unread:
            path = f"plan/{number.zfill(2)}.yaml"
            self._changes.append(
                Change(path, ChangeKind.CONFLICT, path, "台账里的读不出来，没有覆盖", number)
            )
        if only_progress:
            self._only_shown()
        else:
            files = [self._plan(), self._units(), *self._source(numbers)]
            self._changes[:0] = [change for change in files if change is not None]
        canonical = self._index.canonical
        notes = [] if matching.doubtful else self._prepared.imported.notes
        return Revision(
            tuple(self._rows),
            tuple(self._changes),
            table_progress(self._tracker, notes, numbers, canonical),
            self._day,
            self._is_correction,
            only_progress,
            bool(self._mine) and not matching.pairs and not matching.doubtful,
            tuple(self._spans),
            frozenset(self._agreeing),
        )

    # -------------------------------------------------------------- which is which

    def _matching(self, given: Sequence[Measure]) -> Matching:
        last = self._earlier.last
        known = []
        for number, measure in self._mine.items():
            continues = last is not None and number in last.measures
            if measure.withdrawn is None or continues:
                printed = last.printed.get(number, number) if last else number
                versions = (*self._earlier.versions(number), measure)
                known.append(Known(number, printed, tuple(map(self._canonical, versions))))
        return match_measures(known, given, self._decided({measure.id for measure in given}))

    def _decided(self, given: set[str]) -> dict[str, str | None]:
        """What 对应 says.  Raises :class:`UsageError` for a measure that is not there."""
        corrections = self._prepared.corrections.values
        found: dict[str, str | None] = {}
        for number, entry in corrections.decided_pairs(self._prepared.digest).items():
            if number not in given:
                message = f"“对应”里的第{number}条，原件里没有。"
                raise corrections.error(entry.line, message, "写新的原件里的编号。")
            if entry.tracker != NEW_MEASURE and entry.tracker not in self._mine:
                if entry.document is not None:
                    continue
                message = f"“对应”里写的台账第{entry.tracker}条，台账里没有。"
                raise corrections.error(entry.line, message, f"台账里没有的写“{NEW_MEASURE}”。")
            found[number] = None if entry.tracker == NEW_MEASURE else entry.tracker
        return found

    def _new_numbers(self, new: Sequence[str]) -> dict[str, str]:
        plan = self._tracker.plan
        gaps = {gap.id for gap in plan.gaps} if plan else set()
        used = {*self._mine, *self._tracker.broken.values(), *self._notes} - {""}
        # In no repository there is no history to ask.
        with suppress(FazhiError):
            used |= used_numbers(Reader(self._into, self._day)).keys()
        return numbers_for(new, used, gaps - {*self._mine, *self._notes})

    def _is_documents(self, number: str) -> bool:
        """Whether a measure in force is one that a document had: what was added here is not gone."""
        mine = self._mine[number]
        return mine.withdrawn is None and bool(self._earlier.last is None or self._earlier.versions(number))

    def _canonical(self, measure: Measure) -> Measure:
        """The measure with the units named as the register names them."""
        roles = {role: tuple(map(self._index.canonical, getattr(measure, role))) for role in ROLES}
        return dataclasses.replace(measure, **roles)  # type: ignore[arg-type]

    # -------------------------------------------------------------- measures

    def _match_all(
        self,
        given: Mapping[str, Measure],
        matching: Matching,
        numbers: Mapping[str, str],
        gone: Iterable[str],
    ) -> None:
        doubtful = {each.number: each.candidates for each in matching.doubtful}
        for printed, measure in given.items():
            if printed in doubtful:
                title = measure.display_title
                self._rows.append(Matched(Fate.DOUBTFUL, "", printed, title, candidates=doubtful[printed]))
            elif printed in matching.pairs:
                self._pair(numbers[printed], measure)
            elif printed in numbers:
                self._new(numbers[printed], measure)
        for number in sorted(gone, key=number_key):
            # Where it is not sure which is which, none of those that are asked about is gone.
            if not any(number in candidates for candidates in doubtful.values()):
                self._gone(number)
        self._changes.sort(key=lambda change: number_key(change.measure))

    def _pair(self, number: str, given: Measure) -> None:
        mine, versions = self._mine[number], self._earlier.versions(number)
        new = numbered(given, number)
        row = partial(Matched, number=number, printed=given.id, notes=len(self._notes.get(number, ())))
        if mine.withdrawn is not None:
            told = f"台账里自 {mine.withdrawn} 起已经废止，没有恢复"
            self._rows.append(row(Fate.SAME, title=mine.display_title, told=told))
            return
        noted = [note.item for note in self._notes.get(number, ()) if note.item]
        merged, conflicts = merge_measure(mine, versions, new, self._index.canonical, noted)
        keys = tuple(dict.fromkeys(change.field for change in measure_changes(mine, merged)))
        lost = {item.id for item in mine.items} - {item.id for item in merged.items}
        reported = sorted(lost & set(noted), key=number_key)
        why = ""
        if conflicts:
            said = "、".join(conflicts)
            why = f"{said} 在台账里改过，原件又改了，没有覆盖；用 fazhi amend {number} 合并"
        elif self._is_correction and reported:
            why = f"已有进展报在事项 {'、'.join(reported)} 上，校订后没有这一项了，没有改；先更正那些进展"
        fate = Fate.MOVED if keys else Fate.SAME
        # Where it stands in the document is told anyway.
        keys = tuple(key for key in keys if key != "原文编号")
        if conflicts or keys:
            fate = Fate.CHANGED
        self._rows.append(row(fate, title=given.display_title, keys=keys or conflicts, told=why))
        self._amend(mine, merged, new, why)

    def _amend(self, mine: Measure, merged: Measure, new: Measure, why: str) -> None:
        """The change of a measure's file; what held before goes into its 沿革 as with fazhi amend."""
        path = f"plan/{mine.stem}.yaml"
        now = read_there(self._into / path) or b""
        make = partial(Change, path, name=f"第{mine.id}条 {merged.display_title}", measure=mine.id)
        if why:
            data = dump(new).encode()
            self._changes.append(make(ChangeKind.CONFLICT, why=why, diff=_diff(now, data)))
            return
        if merged == mine:
            if _as_documented(mine) == _as_documented(new):
                self._agreeing.add(path)
            elif (data := dump(new).encode()) != now:
                told = "台账里另有修订；原件的这一条没有变"
                self._changes.append(make(ChangeKind.KEPT, why=told, diff=_diff(now, data)))
            return
        amending = Amending(mine, self._day, self._asked.reason, self._is_correction)
        after = self._after[mine.id] = amending.taken_over(merged)
        self._spans += amending.spans
        data = rewritten(now.decode("utf-8"), mine, after).encode()
        self._changes.append(make(ChangeKind.AMENDED, data=data, diff=_diff(now, data)))

    def _new(self, number: str, given: Measure) -> None:
        new = numbered(given, number)
        if not self._is_correction:
            new = dataclasses.replace(new, added=self._day)
            self._spans.append(Span(self._day))
        self._after[number] = new
        data = dump(new).encode()
        name = f"第{number}条 {new.display_title}"
        self._rows.append(Matched(Fate.NEW, number, given.id, new.display_title))
        path = f"plan/{new.stem}.yaml"
        self._changes.append(Change(path, ChangeKind.NEW, name, "", number, data, _diff(None, data)))

    def _gone(self, number: str) -> None:
        mine = self._mine[number]
        path, name = f"plan/{mine.stem}.yaml", f"第{number}条 {mine.display_title}"
        row = partial(
            Matched, Fate.GONE, number, title=mine.display_title, notes=len(self._notes.get(number, ()))
        )
        if not self._asked.withdraw_missing:
            told = "新的原件里没有这一条，保留；要废止，加 --withdraw-missing"
            self._rows.append(row(told="保留；要废止，加 --withdraw-missing"))
            self._changes.append(Change(path, ChangeKind.KEPT, name, told, number))
            return
        if mine.added is not None and self._day <= mine.added:
            raise UsageError(f"第 {number} 条 {mine.added} 才增设", "写以后的 --from")
        after = self._after[number] = dataclasses.replace(mine, withdrawn=self._day)
        self._spans.append(Span(self._day))
        now = read_there(self._into / path) or b""
        data = rewritten(now.decode("utf-8"), mine, after).encode()
        self._rows.append(row(told=f"自 {self._day} 起废止"))
        self._changes.append(Change(path, ChangeKind.WITHDRAWN, name, "", number, data, _diff(now, data)))

    def _only_shown(self) -> None:
        """A table that was sent back changes nothing of the plan: what it has otherwise is only told."""
        self._rows[:] = [
            dataclasses.replace(row, told="表里的文字与台账不同，没有改动；要修订，用 fazhi amend")
            if row.fate is Fate.CHANGED
            else dataclasses.replace(row, told="")
            if row.fate is Fate.GONE
            else row
            for row in self._rows
        ]
        self._changes.clear()
        self._spans.clear()

    # -------------------------------------------------------------- plan, units and source

    def _source(self, numbers: Mapping[str, str]) -> list[Change]:
        """The document and its corrections; the older document stays in history."""
        prepared, found = self._prepared, []
        own = f"{SOURCE_FOLDER}/{CORRECTIONS}"
        files = {path: data for path, data in prepared.files.items() if path.startswith(_SOURCE)}
        files[own] = recorded(prepared.corrections, prepared.digest, numbers)
        for path, data in files.items():
            now = read_there(self._into / path)
            if now != data:
                kind = ChangeKind.AMENDED if now is not None else ChangeKind.NEW
                found.append(Change(path, kind, "原件和校订", data=data))
        return found

    def _plan(self) -> Change | None:
        now, new = read_there(self._into / _PLAN), self._prepared.imported.plan
        make = partial(Change, _PLAN, name="方案")
        if now is None:
            return make(kind=ChangeKind.NEW, data=dump(new).encode())
        mine, last = self._tracker.plan, self._earlier.last
        if mine is None:
            data = dump(new).encode()
            return make(kind=ChangeKind.CONFLICT, why="台账里的读不出来，没有覆盖", diff=_diff(now, data))
        before = last.plan if last else None
        merged, conflicts = merge_plan(mine, before, new, tuple(self._after.values()))
        if conflicts:
            why = f"{'、'.join(conflicts)} 在台账里手工改过，原件又改了，没有覆盖；请人工合并"
            return make(kind=ChangeKind.CONFLICT, why=why, diff=_diff(now, dump(new).encode()))
        if merged != mine:
            data = rewritten(now.decode("utf-8"), mine, merged).encode()
            return make(kind=ChangeKind.AMENDED, data=data, diff=_diff(now, data))
        data = dump(new).encode()
        if data == now:
            return None
        return make(kind=ChangeKind.KEPT, why="台账里另有改动；原件的没有变", diff=_diff(now, data))

    def _units(self) -> Change | None:
        """New units are added; every unit that is there stays, with what somebody wrote about it."""
        now, last = read_there(self._into / _UNITS), self._earlier.last
        new = self._prepared.imported.register
        make = partial(Change, _UNITS, name="单位名录")
        given = dump(new).encode()
        if now in (None, given):
            return None if now else make(kind=ChangeKind.NEW, data=given)
        assert now is not None
        mine = self._tracker.units
        if not mine:
            why = "台账里的读不出来，没有覆盖"
            return make(kind=ChangeKind.CONFLICT, why=why, diff=_diff(now, given))
        names = {unit.name for unit in new.units}
        if last is not None and now == last.units and all(unit.name in names for unit in mine):
            return make(kind=ChangeKind.AMENDED, data=given, diff=_diff(now, given))
        merged = merge_units(mine, new.units)
        if merged == mine:
            if set(new.units) <= set(mine):
                self._agreeing.add(_UNITS)
                return None
            why = "没有新的单位；原有的都保留"
            return make(kind=ChangeKind.KEPT, why=why, diff=_diff(now, given))
        data = dump(UnitRegister(merged)).encode()
        why = "加上新的单位；原有的都保留"
        return make(kind=ChangeKind.AMENDED, why=why, data=data, diff=_diff(now, data))


def _as_documented(measure: Measure) -> Measure:
    """A measure without what no document tells of it: since when, what held before, what is over."""
    items = (
        dataclasses.replace(item, id="", since=None, history=())
        for item in measure.items
        if item.until is None
    )
    return dataclasses.replace(measure, items=tuple(items), added=None, origins=(), history=())


def _diff(now: bytes | None, new: bytes | None) -> tuple[str, ...]:
    """The lines that go and come, without their surroundings."""
    before, after = ((data or b"").decode("utf-8", "replace").splitlines() for data in (now, new))
    return tuple(
        visible(line)
        for line in difflib.unified_diff(before, after, n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    )
