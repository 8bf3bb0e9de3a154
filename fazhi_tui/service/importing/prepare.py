"""A document to the files of a tracker: laid out first and compared with what is there; writes nothing."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.system_errors import refusals_as
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.records.loader import TEMPLATES_FILE, VIEWS_FILE
from fazhi_tui.service.importing.corrections_source import (
    CORRECTIONS,
    SOURCE_FOLDER,
    CorrectionsInUse,
    find_corrections,
    read_bytes,
)
from fazhi_tui.service.importing.earlier import applied, numbered

if TYPE_CHECKING:
    from fazhi_tui.importer.result import Imported

#: The account of an import, beside the plan.
REPORT = "import-report.md"


class Place(Enum):
    """What the folder is that a tracker is to be made in."""

    #: Not there yet, or empty, and in nobody's repository: it becomes a repository of its own.
    NEW = "new"
    #: In a repository, without a plan: the tracker becomes one commit of it.
    IN_REPOSITORY = "in repository"
    #: It has a ``plan`` folder already.
    TRACKER = "tracker"
    #: It holds something else and is in no repository.
    OCCUPIED = "occupied"


@dataclass(frozen=True)
class Import:
    """What an import gives and how it stands to the folder; nothing is written yet.

    ``files`` maps paths relative to ``into`` to their bytes: plan and source.  ``missing`` are not there
    yet, ``differing`` are there with other bytes, ``extra`` are measures there that the import does not
    give.  ``around`` are the other files of a new tracker (schemas, notes, the report).
    """

    into: Path
    place: Place
    files: Mapping[str, bytes]
    missing: tuple[str, ...]
    differing: tuple[str, ...]
    extra: tuple[str, ...]
    #: Places of the document that a person should look at, in one line each.
    doubts: tuple[str, ...]
    imported: Imported = field(repr=False)
    source: str = ""
    around: Mapping[str, bytes] = field(default_factory=dict)
    #: What else the person should hear.
    told: str = ""
    #: What a person decided about the document, and the document itself.
    corrections: CorrectionsInUse = field(default_factory=CorrectionsInUse, repr=False)
    content: bytes = field(default=b"", repr=False)

    @property
    def digest(self) -> str:
        """The document's sha256."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def equal(self) -> bool:
        """Whether the folder holds exactly what the import gives."""
        return not (self.missing or self.differing or self.extra)

    @property
    def counts(self) -> str:
        """How many measures, gaps and units it gives, in words."""
        measures, plan, units = self.imported.measures, self.imported.plan, self.imported.register.units
        return f"{len(measures)} 条措施、{len(plan.gaps)} 条缺失、{len(units)} 个单位"

    @property
    def title(self) -> str:
        """The document's title."""
        return self.imported.plan.title


def prepare_import(source: Path, into: Path, corrections: Path | None = None) -> Import:
    """Read a document and its corrections and lay out the tracker's files; writes nothing.

    Measures have the numbers of the document, but for those that 对应 names.
    Without ``corrections`` those beside the source count, else the tracker's own, else none are needed.
    Raises :class:`UsageError` for what cannot be read, with the place in the document or the line of the
    corrections at fault.
    """
    from fazhi_tui.importer.pipeline import convert, render
    from fazhi_tui.importer.report import doubts_of, report
    from fazhi_tui.service.importing.imported_notes import note_files
    from fazhi_tui.service.importing.tracker_template import template_files

    _refuse_name(source.name)
    if corrections is not None:
        read_bytes(corrections, "校订文件")
    content = read_bytes(source, "原件")
    in_use = find_corrections(source, content, into, corrections)
    imported = convert(content, in_use.values, source.name)
    place = _place_of(into)
    own = renumbered(imported, applied(in_use.values, hashlib.sha256(content).hexdigest()), place)
    files = {path: text.encode() for path, text in render(own).items()}
    files[f"{SOURCE_FOLDER}/{source.name}"] = content
    files[f"{SOURCE_FOLDER}/{CORRECTIONS}"] = in_use.data
    there = {path: read_there(into / path) for path in files}
    given = {Path(path).name for path in files}
    return Import(
        into=into,
        place=place,
        files=files,
        missing=tuple(path for path, data in there.items() if data is None),
        differing=tuple(path for path, data in there.items() if data not in (None, files[path])),
        extra=tuple(
            f"plan/{path.name}"
            for path in sorted((into / "plan").glob("*.yaml"))
            # Saved views and templates are no part of any document.
            if path.name not in given and f"plan/{path.name}" not in (VIEWS_FILE, TEMPLATES_FILE)
        ),
        doubts=doubts_of(imported),
        imported=imported,
        source=source.name,
        around={
            **template_files(),
            **note_files(own),
            REPORT: report(imported, imported.document, source.name).encode(),
        },
        told=in_use.told,
        corrections=in_use,
        content=content,
    )


def renumbered(imported: Imported, numbers: Mapping[str, str], place: Place) -> Imported:
    """What a document gives, with the numbers of the tracker for those that 对应 names.

    Raises :class:`UsageError` where two measures would have one number and there is no tracker to tell more.
    """
    given = [measure.id for measure in imported.measures]
    to = [numbers.get(number, number) for number in given]
    if given == to:
        return imported
    if len(set(to)) < len(to):
        if place is Place.TRACKER:
            return imported
        twice = next(number for number in to if to.count(number) > 1)
        raise UsageError(
            f"照校订文件的“对应”，有两条都是第{twice}条", "“对应”只用于修订；新建台账，先删去这一段"
        )
    return dataclasses.replace(
        imported,
        measures=tuple(map(numbered, imported.measures, to)),
        notes=tuple(
            dataclasses.replace(note, measure=numbers.get(note.measure, note.measure))
            for note in imported.notes
        ),
    )


def _place_of(into: Path) -> Place:
    """What kind of folder ``into`` is.  Raises :class:`UsageError` for what is no folder."""
    from fazhi_tui.vcs.init import is_ignored_folder, work_tree_of

    with refusals_as(f"打不开目录 {one_line(str(into))}", "检查路径和权限", UsageError):
        if into.exists() and not into.is_dir():
            raise UsageError(f"{one_line(str(into))} 是文件，不是目录", "--into 写一个目录，可以尚不存在")
        if (into / "plan").exists():
            return Place.TRACKER
        entries = {entry.name for entry in into.iterdir()} if into.exists() else set()
    top = work_tree_of(into)
    if top is not None and not (".git" not in entries and is_ignored_folder(top, into)):
        return Place.IN_REPOSITORY
    return Place.OCCUPIED if entries else Place.NEW


def read_there(path: Path) -> bytes | None:
    """A file of the tracker as it is, or None where it is not there."""
    with refusals_as(f"读不了 {one_line(str(path))}", "看看这个路径是不是目录、有没有读权限"):
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None


def _refuse_name(name: str) -> None:
    """The document is kept under its own name: git, YAML and every system must be able to write it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raise UsageError("原件的文件名不是 UTF-8 编码的", "把原件改个名再导入") from None
    if visible(name) != name or "\n" in name or "\t" in name:
        raise UsageError(f"原件的文件名里有控制字符：{one_line(name)}", "把原件改个名再导入")
    if name == CORRECTIONS:
        raise UsageError(f"{CORRECTIONS} 是校订文件的名字，不能用作原件的名字", "把原件改个名再导入")
