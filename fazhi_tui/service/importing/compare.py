"""A revised document beside the tracker made of the older one: what differs, measure by measure."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.model.unit import UnitRegister
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.domain.unit_history import names_of
from fazhi_tui.records.loader import load, load_files
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.importing.prepare import Import, read_there
from fazhi_tui.vcs.file_history import changed_files
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import file_at

#: Commits whose files are as an import gave them.
MACHINE_KINDS = (CommitKind.IMPORT, CommitKind.AMEND)

_PLAN, _UNITS, _SOURCE = "plan/plan.yaml", "plan/units.yaml", "plan/source/"


class ChangeKind(StrEnum):
    """What a revision does with one file."""

    NEW = "新增"
    AMENDED = "修订"
    GONE = "删除"
    #: Both the document and somebody by hand have changed it: a person has to bring them together.
    CONFLICT = "不同"
    #: Somebody's own work, which the document does not touch.
    KEPT = "保留"


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


def compare(prepared: Import) -> tuple[Change, ...]:
    """Every file of plan and source that differs, plan first, then the measures in order.

    Reads the tracker and its history; writes nothing.
    """
    return _Comparison(prepared).changes()


class _Comparison:
    def __init__(self, prepared: Import) -> None:
        self._prepared = prepared
        self._into = prepared.into
        self._tracker = load(prepared.into)
        self._new = _by_path(prepared.imported.measures)
        self._old = _by_path(self._tracker.measures)
        self._notes: dict[str, list[Note]] = {}
        for note in self._tracker.notes:
            self._notes.setdefault(note.measure, []).append(note)

    def changes(self) -> tuple[Change, ...]:
        prepared = self._prepared
        paths = [*prepared.missing, *prepared.differing, *prepared.extra]
        order = {path: index for index, path in enumerate([*prepared.files, *prepared.extra])}
        return tuple(self._change(path) for path in sorted(paths, key=order.__getitem__))

    def _change(self, path: str) -> Change:
        now, new = read_there(self._into / path), self._prepared.files.get(path)
        if path.startswith(_SOURCE):
            # The older document stays in history.
            kind = ChangeKind.AMENDED if now is not None else ChangeKind.NEW
            return Change(path, kind, "原件和校订", data=new)
        if path == _PLAN:
            change = self._plan(now, new)
        elif path == _UNITS:
            change = self._units(now, new)
        else:
            change = self._measure(path, now, new)
        shown = change.data if change.data is not None else new
        return dataclasses.replace(change, diff=_diff(now, shown))

    # -------------------------------------------------------------- measures

    def _measure(self, path: str, now: bytes | None, new: bytes | None) -> Change:
        measure = self._new.get(path) or self._old.get(path)
        number = measure.id if measure else ""
        name = f"第{number}条 {measure.display_title}" if measure else path
        notes = self._notes.get(number, [])

        def made(kind: ChangeKind, why: str = "", data: bytes | None = None) -> Change:
            return Change(path, kind, name, why, number, data)

        if now is None:
            return made(ChangeKind.NEW, data=new)
        before = self._base(path)
        if new is None:
            if notes:
                return made(ChangeKind.KEPT, f"新的原件里没有这一条，但已有 {len(notes)} 条进展")
            if now != before:
                return made(ChangeKind.KEPT, "新的原件里没有这一条，台账里的是手工写的或改过的")
            return made(ChangeKind.GONE, "新的原件里没有这一条")
        if now != before:
            if new == before:
                return made(ChangeKind.KEPT, "台账里手工改过；原件的这一条没有变")
            return made(ChangeKind.CONFLICT, "台账里手工改过，没有覆盖；请人工合并")
        why = self._refusal(path, notes)
        return made(ChangeKind.CONFLICT, why) if why else made(ChangeKind.AMENDED, data=new)

    def _refusal(self, path: str, notes: list[Note]) -> str:
        """Why a measure that was reported on cannot be amended: what was reported must stay true."""
        old, new = self._old.get(path), self._new[path]
        if not notes or old is None:
            return ""
        if old.title and old.title != new.title:
            moved = [measure.id for measure in self._new.values() if measure.title == old.title]
            if moved:
                return (
                    f"原来的第{old.id}条改成了第{moved[0]}条，而它已有 {len(notes)} 条进展；"
                    "请在校订文件的“编号”里保持原来的编号"
                )
        before, after = ({item.id: item for item in measure.items} for measure in (old, new))
        items = {note.item for note in notes if note.item}
        lost = sorted(item for item in items if after.get(item) != before.get(item))
        return f"已有进展报在事项 {'、'.join(lost)} 上，而它在新的原件里不同了；请人工合并" if lost else ""

    # -------------------------------------------------------------- plan and units

    def _plan(self, now: bytes | None, new: bytes | None) -> Change:
        made = partial(Change, _PLAN, name="方案")
        if now is None or now == self._base(_PLAN):
            return made(kind=ChangeKind.NEW if now is None else ChangeKind.AMENDED, data=new)
        mine, plan = self._tracker.plan, self._prepared.imported.plan
        data = self._base(_PLAN)
        before = None if data is None else load_files({_PLAN: data}).plan
        if mine is None or before is None:
            return made(kind=ChangeKind.CONFLICT, why="台账里手工改过，没有覆盖；请人工合并")
        if dataclasses.replace(mine, settings=before.settings, issuer=before.issuer) != before:
            return made(kind=ChangeKind.CONFLICT, why="台账里手工改过正文，没有覆盖；请人工合并")
        merged = dataclasses.replace(plan, settings=mine.settings, issuer=mine.issuer or plan.issuer)
        if merged == mine:
            return made(kind=ChangeKind.KEPT, why="只有手工写的设置不同")
        why = "手工写的设置和印发单位保留"
        return made(kind=ChangeKind.AMENDED, why=why, data=dump(merged).encode())

    def _units(self, now: bytes | None, new: bytes | None) -> Change:
        """New units are added; what somebody wrote about a unit, and units with reports, stay."""
        made = partial(Change, _UNITS, name="单位名录")
        if now is None or (now == self._base(_UNITS) and not self._tracker.notes):
            return made(kind=ChangeKind.NEW if now is None else ChangeKind.AMENDED, data=new)
        if not self._tracker.units:
            return made(kind=ChangeKind.CONFLICT, why="台账里的读不出来，没有覆盖")
        known = {alias for unit in self._tracker.units for alias in unit.aliases}
        known |= {name.name for unit in self._tracker.units for name in names_of(unit)}
        added = [
            dataclasses.replace(unit, aliases=tuple(name for name in unit.aliases if name not in known))
            for unit in self._prepared.imported.register.units
            if unit.name not in known
        ]
        if not added:
            return made(kind=ChangeKind.KEPT, why="没有新的单位；原有的都保留")
        data = dump(UnitRegister((*self._tracker.units, *added))).encode()
        return made(kind=ChangeKind.AMENDED, why="加上新的单位；原有的都保留", data=data)

    # -------------------------------------------------------------- what the machine wrote

    def _base(self, path: str) -> bytes | None:
        """A file as the last import or revision wrote it; None where that is not known."""
        commit = self._last.get(path)
        if commit:
            with Repository(self._into) as repository:
                return file_at(repository.runner, commit, path)
        return self._again.get(path)

    @cached_property
    def _last(self) -> dict[str, str]:
        """The newest commit of an import or a revision, by path."""
        found: dict[str, str] = {}
        try:
            with Repository(self._into) as repository:
                for event in repository.events():
                    if event.kind in MACHINE_KINDS:
                        for letter, path in changed_files(repository.runner, event.commit):
                            found.setdefault(path, "" if letter == "D" else event.commit)
        except FazhiError:
            return {}
        return found

    @cached_property
    def _again(self) -> dict[str, bytes]:
        """What the tracker's own document gives: for a tracker older than the commits that say so."""
        from fazhi_tui.importer.corrections.file import load_corrections
        from fazhi_tui.importer.corrections.model import Corrections
        from fazhi_tui.importer.pipeline import convert, render
        from fazhi_tui.service.importing.corrections_source import CORRECTIONS

        folder = self._into / _SOURCE
        documents = [file for file in folder.glob("*") if file.name != CORRECTIONS]
        if len(documents) != 1:
            return {}
        try:
            own = folder / CORRECTIONS
            corrections = load_corrections(own) if own.exists() else Corrections()
            given = render(convert(documents[0].read_bytes(), corrections, documents[0].name))
        except (FazhiError, OSError):
            return {}
        return {path: text.encode() for path, text in given.items()}


def _by_path(measures: Sequence[Measure]) -> dict[str, Measure]:
    return {f"plan/{measure.stem}.yaml": measure for measure in measures}


def _diff(now: bytes | None, new: bytes | None) -> tuple[str, ...]:
    """The lines that go and come, without their surroundings."""
    before, after = ((data or b"").decode("utf-8", "replace").splitlines() for data in (now, new))
    return tuple(
        visible(line)
        for line in difflib.unified_diff(before, after, n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    )
