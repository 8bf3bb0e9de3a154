"""The file of one measure: where it is, what it says now, and what the last commit has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.records.loader import load_files
from fazhi_tui.vcs.snapshot import file_at

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader

#: The fields of a measure that say whose duty it is.
ROLES = ("leads", "participants", "responsible")


def measure_path(reader: Reader, number: str) -> str:
    """The file of a measure, one that begins later or is withdrawn too; ``28`` and ``028.`` are one number.

    Raises :class:`UsageError` where there is no such measure.
    """
    wanted = normalize("NFKC", number).strip().rstrip(".．、").lstrip("0")
    path = f"plan/{wanted.zfill(2)}.yaml"
    if not (wanted[:1].isdigit() and (reader.root / path).is_file()):
        path = f"plan/{reader.current().row(number).measure.stem}.yaml"
    return path


def measure_text(reader: Reader, number: str) -> str:
    """The text of one measure's file.  Raises :class:`UsageError` where there is no such measure."""
    return (reader.root / measure_path(reader, number)).read_text("utf-8")


def amended_by_hand(reader: Reader, number: str) -> bool:
    """Whether a measure's file differs from the last commit; raises for an unknown number."""
    path = measure_path(reader, number)
    status = reader.repository.status()
    return path in status.dirty or path in status.staged


def in_head(reader: Reader, path: str) -> bytes | None:
    """A file as the last commit has it; None where it is not there."""
    try:
        return file_at(reader.repository.runner, "HEAD", path)
    except UsageError:
        return None


def read_measure(path: str, text: str | bytes) -> Measure:
    """The measure that a text says.  Raises :class:`NotAllowedError` where it cannot be read."""
    tracker = load_files({path: text.encode() if isinstance(text, str) else text})
    if not tracker.measures:
        problem = next(iter(tracker.problems), None)
        said = f"{problem.place}：{problem.message}" if problem else "读不出来"
        raise NotAllowedError(f"改成这样读不出来：{said}", problem.hint if problem else "改好再试")
    return tracker.measures[0]
