"""What the earlier documents of a tracker gave: the older side of a revision, by the tracker's numbers.

Only commits of an import or a revision that brought a document count: what anybody changed otherwise
(修订, 设置, 单位, by hand) is no document's word.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.importer.corrections.file import parse_corrections
from fazhi_tui.importer.corrections.model import NEW_MEASURE, Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.records.loader import UNITS_FILE, load_files
from fazhi_tui.records.yaml.emitter import dump
from fazhi_tui.service.importing.corrections_source import CORRECTIONS, SOURCE_FOLDER
from fazhi_tui.vcs.file_history import changed_files
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import files_at, folder_at

#: Commits that bring a document.
BRINGING = (CommitKind.IMPORT, CommitKind.AMEND)
_OWN = f"{SOURCE_FOLDER}/{CORRECTIONS}"


@dataclass(frozen=True)
class EarlierDocument:
    """One document with its corrections, as it was imported.

    ``measures`` and ``printed`` (the number in the document) are by number in the tracker; ``units`` is the
    register that it gives; ``written`` are the files that its import wrote, None where that is not known.
    """

    digest: str
    measures: Mapping[str, Measure]
    printed: Mapping[str, str]
    plan: Plan | None
    units: bytes | None
    written: frozenset[str] | None = None

    def wrote(self, measure: str) -> bool:
        """Whether its import wrote the file of a measure."""
        return self.written is None or f"plan/{measure.zfill(2)}.yaml" in self.written


class EarlierDocuments:
    """The documents of one tracker, newest first; each is read when it is asked for."""

    def __init__(self, into: Path) -> None:
        self._into = into
        self._read: dict[str, EarlierDocument | None] = {}

    @property
    def last(self) -> EarlierDocument | None:
        """The document that the tracker was made or revised by last; None where there is none."""
        return next(iter(self), None)

    def versions(self, number: str) -> tuple[Measure, ...]:
        """A measure as the documents had it, newest first, back to the one whose words its file was given."""
        found: list[Measure] = []
        for document in self:
            if number in document.measures:
                found.append(document.measures[number])
            if document.wrote(number):
                break
        return tuple(found)

    def __iter__(self) -> Iterator[EarlierDocument]:
        some = False
        for commit, kind, changed in self._commits:
            if commit not in self._read:
                self._read[commit] = self._at(commit, kind, changed)
            if (document := self._read[commit]) is not None:
                some = True
                yield document
        if not some and self._there is not None:
            yield self._there

    @cached_property
    def _commits(self) -> tuple[tuple[str, str, frozenset[str]], ...]:
        """The commits that brought a document: id, kind, the paths that they changed."""
        try:
            with Repository(self._into) as repository:
                return tuple(
                    (event.commit, event.kind, paths)
                    for event in repository.events()
                    if event.kind in BRINGING
                    and any(path.startswith(f"{SOURCE_FOLDER}/") for path in event.paths)
                    and (
                        paths := frozenset(path for _, path in changed_files(repository.runner, event.commit))
                    )
                )
        except FazhiError:
            return ()

    def _at(self, commit: str, kind: str, changed: frozenset[str]) -> EarlierDocument | None:
        with Repository(self._into) as repository:
            sources = folder_at(repository.runner, commit, SOURCE_FOLDER)
            files = files_at(repository.runner, commit)
        found = _document_of(sources, changed)
        if kind == CommitKind.IMPORT and found is not None:
            # What the first import wrote is what its document gave, whatever the importer has learned since.
            corrections, digest = _corrections_of(sources), hashlib.sha256(found[1]).hexdigest()
            numbers = {to: number for number, to in applied(corrections, digest).items()}
            plan = load_files({path: data for path, data in files.items() if path.startswith("plan/")})
            measures = {measure.id: measure for measure in plan.measures}
            printed = {number: numbers.get(number, number) for number in measures}
            return EarlierDocument(digest, measures, printed, plan.plan, files.get(UNITS_FILE), changed)
        return _converted(sources, found, changed)

    @cached_property
    def _there(self) -> EarlierDocument | None:
        """What the document in the work tree gives: for a tracker older than the commits that say so."""
        folder = self._into / SOURCE_FOLDER
        try:
            sources = {f"{SOURCE_FOLDER}/{file.name}": file.read_bytes() for file in folder.glob("*")}
        except OSError:
            return None
        return _converted(sources, _document_of(sources, frozenset()), None)


def applied(corrections: Corrections, digest: str) -> dict[str, str]:
    """Numbers of a document → those of the tracker, where 对应 says all of them."""
    return {
        number: entry.tracker
        for number, entry in corrections.decided_pairs(digest).items()
        if entry.tracker != NEW_MEASURE
    }


def numbered(measure: Measure, number: str) -> Measure:
    """A measure of a document under its number in the tracker; the printed one is kept (原文编号)."""
    if measure.id == number:
        return measure
    items = (replace(item, id=f"{number}.{item.id.rpartition('.')[2]}") for item in measure.items)
    return replace(
        measure,
        id=number,
        items=tuple(items),
        printed_id=measure.printed_id or measure.id,
        remarks=tuple(
            re.sub(rf"事项 {re.escape(measure.id)}(?=\.[0-9])", f"事项 {number}", remark)
            for remark in measure.remarks
        ),
    )


def _corrections_of(sources: Mapping[str, bytes]) -> Corrections:
    try:
        return parse_corrections(sources[_OWN], _OWN) if _OWN in sources else Corrections()
    except FazhiError:
        return Corrections()


def _document_of(sources: Mapping[str, bytes], changed: frozenset[str]) -> tuple[str, bytes] | None:
    """The document among the files of ``plan/source/``: name and bytes."""
    documents = {path: data for path, data in sources.items() if path != _OWN}
    wanted = _corrections_of(sources).source.sha256
    named = [path for path, data in documents.items() if hashlib.sha256(data).hexdigest() == wanted]
    for paths in (named, [path for path in documents if path in changed], list(documents)):
        if len(paths) == 1:
            return paths[0].rpartition("/")[2], documents[paths[0]]
    return None


def _converted(
    sources: Mapping[str, bytes], found: tuple[str, bytes] | None, changed: frozenset[str] | None
) -> EarlierDocument | None:
    if found is None:
        return None
    name, data = found
    digest = hashlib.sha256(data).hexdigest()
    try:
        corrections = parse_corrections(sources[_OWN], _OWN) if _OWN in sources else Corrections()
        imported = convert(data, corrections, name, strict=False)
        numbers = applied(corrections, digest)
    except FazhiError:
        return None
    measures = {
        number: numbered(measure, number)
        for measure in imported.measures
        for number in [numbers.get(measure.id, measure.id)]
    }
    printed = {numbers.get(measure.id, measure.id): measure.id for measure in imported.measures}
    units = dump(imported.register).encode()
    return EarlierDocument(digest, measures, printed, imported.plan, units, changed)
