"""Loading a tracker: what could be read and, beside it, a problem for all that could not."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.saved_view import ViewRegister
from fazhi_tui.domain.model.template import TemplateRegister
from fazhi_tui.domain.model.tracker import Tracker, UnreadNote
from fazhi_tui.domain.model.unit import Unit, UnitRegister
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.records.decode import conflict, decode, guess_id, our_side
from fazhi_tui.records.files import read_tree
from fazhi_tui.records.line_index import Lines
from fazhi_tui.records.reader import read_note, read_text
from fazhi_tui.records.yaml.parser import PROBLEM_LIMIT, Node

T = TypeVar("T")

PLAN_FILE = "plan/plan.yaml"
UNITS_FILE = "plan/units.yaml"
VIEWS_FILE = "plan/views.yaml"
TEMPLATES_FILE = "plan/templates.yaml"
_RECORD = re.compile(r"plan/[^./][^/]*[.]yaml|status/[^/]*/[^./][^/]*[.]md")
_NO_MEASURES = (PLAN_FILE, UNITS_FILE, VIEWS_FILE, TEMPLATES_FILE)


def load(root: Path, *, places: bool = True) -> Tracker:
    """Read a repository's plan and notes.  Writes nothing, never raises for what the files hold.

    Without ``places`` nobody will ask where a key stands (``lines`` is empty): half the time and memory.
    """
    found = read_tree(root)
    return _assemble(str(root), found.files, found.problems, found.unread, places=places)


def load_units(root: Path) -> tuple[Unit, ...]:
    """The register of units alone, as the file is now; empty where it cannot be read."""
    try:
        data = (root / UNITS_FILE).read_bytes()
    except OSError:
        return ()
    return load_files({UNITS_FILE: data}).units


def load_files(files: Mapping[str, bytes]) -> Tracker:
    """The same from memory: path relative to the root (with ``/``) → bytes; other paths are passed over."""
    chosen = {path: data for path, data in files.items() if _RECORD.fullmatch(path)}
    return _assemble("", chosen, [], [])


def _assemble(
    root: str,
    files: Mapping[str, bytes],
    problems: list[Problem],
    unread: list[str],
    *,
    places: bool = True,
) -> Tracker:
    # Thousands of small objects are made and all of them stay: collecting in between only costs.
    was_on = gc.isenabled()
    gc.disable()
    try:
        gathered = _Gathered(files, list(problems), places=places)
        plan = gathered.read_one(Plan, PLAN_FILE)
        register = gathered.read_one(UnitRegister, UNITS_FILE)
        templates = gathered.read_one(TemplateRegister, TEMPLATES_FILE)
        saved = gathered.read_one(ViewRegister, VIEWS_FILE)
        gathered.read_measures()
        gathered.read_notes()
    finally:
        if was_on:
            gc.enable()
    for path in unread:
        if path.startswith("status"):
            gathered.unread.append(path)
        elif path not in _NO_MEASURES:
            gathered.broken[path] = guess_id(path)
    for path, what in ((PLAN_FILE, "方案"), (UNITS_FILE, "单位名录")):
        if path not in files and path not in unread:
            hint = "从备份或 git 取回：git checkout -- " + path
            gathered.problems.append(Problem.of_file(path, "missing-file", f"缺少{what}文件 {path}", hint))
    return Tracker(
        root=root,
        plan=plan,
        units=register.units if register else (),
        measures=tuple(sorted(gathered.measures, key=lambda measure: number_key(measure.id))),
        notes=tuple(sorted(gathered.notes, key=attrgetter("time", "path"))),
        problems=tuple(sorted(gathered.problems, key=attrgetter("path", "line", "column"))),
        broken=dict(sorted(gathered.broken.items())),
        lines=Lines(gathered.trees if places else {}),
        views=saved.views if saved else (),
        templates=templates.templates if templates else (),
        unread=tuple(_unread_notes(gathered)) if gathered.unread else (),
    )


def _unread_notes(gathered: _Gathered) -> Iterator[UnreadNote]:
    """The notes that could not be read, with the measure whose folder they lie in, by path."""
    reasons = {
        problem.path: problem.message
        for problem in reversed(gathered.problems)
        if problem.severity is Severity.ERROR
    }
    for path in sorted(gathered.unread):
        parts = path.split("/")
        number = guess_id(parts[1]) if len(parts) > 1 else ""
        # Of a file beside the folders nobody can tell whose it is: that is told as a problem.
        if len(parts) == 1 or (number and not (len(parts) == 2 and path.endswith(".md"))):
            yield UnreadNote(path, number, reasons.get(path, "读不出来"))


class _Gathered:
    """What the files gave so far."""

    def __init__(self, files: Mapping[str, bytes], problems: list[Problem], *, places: bool) -> None:
        self.files = files
        self.problems = problems
        self.places = places
        self.measures: list[Measure] = []
        self.notes: list[Note] = []
        self.broken: dict[str, str] = {}
        self.unread: list[str] = []
        self.trees: dict[str, Node] = {}

    def read_one(self, cls: type[T], path: str) -> T | None:
        """The plan, units or views.  In an unresolved merge this side counts: all else rests on them."""
        data = self.files.get(path)
        if data is None:
            return None
        return self._read(path, data, partial(read_text, cls, path=path), in_conflict=our_side)

    def read_measures(self) -> None:
        """Every other YAML file of the plan.  Where two have one number, the one named after it counts."""
        paths = [path for path in self.files if path.startswith("plan/") and path not in _NO_MEASURES]
        by_number: dict[str, list[tuple[str, Measure]]] = {}
        for path in sorted(paths):
            measure = self._read(path, self.files[path], partial(read_text, Measure, path=path))
            if measure is None:
                self.broken[path] = guess_id(path, self.files[path])
            else:
                by_number.setdefault(measure.id, []).append((path, measure))
                if not self.places and path == f"plan/{measure.stem}.yaml":
                    # Where its number stands is told only of a file that is not named after it.
                    del self.trees[path]
        for number, found in by_number.items():
            found.sort(key=lambda pair: (pair[0] != f"plan/{pair[1].stem}.yaml", pair[0]))
            path, measure = found[0]
            self.measures.append(measure)
            if path != f"plan/{measure.stem}.yaml":
                message = f"文件名与编号 {number} 不符"
                hint = f"把文件改名为 {measure.stem}.yaml，或改正编号"
                self.problems.append(Problem(path, self._line(path), 0, "file-name", message, hint))
            for other, _ in found[1:]:
                self.broken[other] = number
                message = f"编号 {number} 与 {path} 重复"
                hint = "改正其中一个的编号，或删去多余的文件"
                self.problems.append(Problem(other, self._line(other), 0, "duplicate-id", message, hint))

    def read_notes(self) -> None:
        """Every note, in whatever folder it lies."""
        for path, data in self.files.items():
            if path.startswith("status/"):
                note = self._read(path, data, partial(read_note, path=path), is_note=True)
                if note is None:
                    self.unread.append(path)
                else:
                    self.notes.append(note)

    def _line(self, path: str) -> int:
        found = self.trees[path].get("编号")
        return found[0].line if found else 0

    def _read(
        self,
        path: str,
        data: bytes,
        read: Callable[[str], tuple[T | None, list[Problem], Node | None]],
        *,
        in_conflict: Callable[[str], str] | None = None,
        is_note: bool = False,
    ) -> T | None:
        text, problems = decode(data, path)
        self.problems += problems
        if text is None:
            return None
        if not is_note and (clash := conflict(text, path)) is not None:
            self.problems.append(clash)
            if in_conflict is None:
                return None
            text = in_conflict(text)
        if is_note and not self.places and "<<<<<<<" not in text and not problems:
            # Written as the program writes it, which most are: no parser is needed.
            from fazhi_tui.records.fast_notes import quick_note

            note = quick_note(text, path)
            if note is not None:
                return note  # type: ignore[return-value]
        value, problems, tree = read(text)
        self.problems += problems[:PROBLEM_LIMIT]
        if len(problems) > PROBLEM_LIMIT:
            message = f"另有 {len(problems) - PROBLEM_LIMIT} 个问题没有列出"
            self.problems.append(Problem.of_file(path, "many-problems", message, "先改正列出的，再检查一遍"))
        if tree is not None and (self.places or not is_note):
            self.trees[path] = tree
        return value
