"""A document to the files of a tracker: laid out first, compared with what is there, then written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fazhi_tui import records
from fazhi_tui.model import RepositoryError, UsageError
from fazhi_tui.service.refusals import system_words
from fazhi_tui.visible import one_line

#: Where a tracker keeps the document it was made from, and beside it what a person decided about it.
SOURCE_FOLDER = "plan/source"
CORRECTIONS = "corrections.yaml"


@dataclass(frozen=True)
class Import:
    """What an import gives and how it stands to the folder; nothing is written yet.

    ``files`` maps paths relative to ``into`` to their bytes.  ``missing`` are not there yet,
    ``differing`` are there with other bytes, ``extra`` are measures there that the import does not give.
    """

    into: Path
    files: Mapping[str, bytes]
    missing: tuple[str, ...]
    differing: tuple[str, ...]
    extra: tuple[str, ...]
    measures: int
    units: int
    gaps: int
    #: Places of the document that a person should look at, in one line each.
    doubts: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether the folder holds exactly what the import gives."""
        return not (self.missing or self.differing or self.extra)


def prepare_import(source: Path, into: Path, corrections: Path | None = None) -> Import:
    """Read a document and its corrections and lay out the tracker's files; writes nothing.

    ``corrections`` defaults to ``corrections.yaml`` beside ``source``.  Raises :class:`UsageError`
    for what cannot be read, with the line of the document or of the corrections at fault.
    """
    from fazhi_tui import importer

    beside = corrections or source.parent / CORRECTIONS
    text = _read(source, "原件")
    decided = _read(beside, "校订文件")
    imported = importer.convert(text, importer.load_corrections(beside))
    files = {path: content.encode() for path, content in importer.render(imported).items()}
    files[f"{SOURCE_FOLDER}/{source.name}"] = text
    files[f"{SOURCE_FOLDER}/{CORRECTIONS}"] = decided
    there = {path: _there(into / path) for path in files}
    given = {Path(path).name for path in files}
    return Import(
        into=into,
        files=files,
        missing=tuple(path for path, data in there.items() if data is None),
        differing=tuple(path for path, data in there.items() if data not in (None, files[path])),
        extra=tuple(
            f"plan/{path.name}" for path in sorted((into / "plan").glob("*.yaml")) if path.name not in given
        ),
        measures=len(imported.measures),
        units=len(imported.register.units),
        gaps=len(imported.plan.gaps),
        doubts=tuple(
            f"原件第 {entry.line} 行：{entry.message}" if entry.line else entry.message
            for entry in imported.log
            if entry.kind is importer.LogKind.DOUBT
        ),
    )


def write_import(prepared: Import) -> tuple[str, ...]:
    """Write the files that are missing; gives their paths.

    Raises :class:`UsageError` where anything there would be overwritten; then nothing is written.
    """
    if prepared.differing or prepared.extra:
        shown = [*prepared.differing, *prepared.extra]
        some = "、".join(one_line(path) for path in shown[:5])
        raise UsageError(
            f"{one_line(str(prepared.into))} 中有 {len(shown)} 个文件与导入结果不同，没有改动：{some}"
            + (" 等" if len(shown) > 5 else ""),
            "导入到空目录，或先移走这些文件；加 --check 只作比较",
        )
    for path in prepared.missing:
        records.write_atomic(prepared.into / path, prepared.files[path])
    return prepared.missing


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"读不了{what} {one_line(str(path))}：{system_words(error)}", "检查路径和文件名"
        ) from error


def _there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RepositoryError(
            f"读不了 {one_line(str(path))}：{system_words(error)}", "看看这个路径是不是目录、有没有读权限"
        ) from error
