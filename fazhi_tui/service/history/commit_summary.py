"""One commit told in the domain's words: which fields of which measures, which notes; and the diff itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.domain.as_of import in_zone
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.notes import parse_note
from fazhi_tui.service.reporting.compare import FieldChange, measure_changes
from fazhi_tui.vcs.file_history import changed_contents, commit_diff

if TYPE_CHECKING:
    from fazhi_tui.domain.model.measure import Measure
    from fazhi_tui.domain.model.note import Note
    from fazhi_tui.domain.model.repository import Event
    from fazhi_tui.vcs.repository import Repository


@dataclass(frozen=True)
class CommitSummary:
    """What one commit did: each change of a field with the number of its measure, the notes that came and
    went, the files that are neither, and git's own diff.
    """

    event: Event
    fields: tuple[tuple[str, FieldChange], ...]
    notes: tuple[Note, ...]
    removed: tuple[Note, ...]
    others: tuple[str, ...]
    diff: str

    def touches(self, measure: str) -> bool:
        """Whether it has anything of a measure."""
        numbers = {number for number, _ in self.fields} | {note.measure for note in self.notes + self.removed}
        return measure in numbers


def commit_summary(repository: Repository, event: Event) -> CommitSummary:
    """Sum up a commit; three processes."""
    fields: list[tuple[str, FieldChange]] = []
    notes: list[Note] = []
    removed: list[Note] = []
    others: list[str] = []
    for path, before, after in changed_contents(repository.runner, event.commit):
        if path.startswith("status/") and path.endswith(".md"):
            notes += in_zone(_note(after, path), repository.runner.zone)
            removed += in_zone(_note(before, path), repository.runner.zone)
        elif path.startswith("plan/") and path.endswith(".yaml") and path.count("/") == 1:
            changes = _measure_changes(before, after, path)
            fields += changes
            others += [] if changes else [path]
        else:
            others.append(path)
    return CommitSummary(
        event,
        tuple(fields),
        tuple(notes),
        tuple(removed),
        tuple(others),
        commit_diff(repository.runner, event.commit),
    )


def _note(data: bytes | None, path: str) -> list[Note]:
    note = parse_note(data.decode("utf-8", "replace"), path)[0] if data is not None else None
    return [note] if note else []


def _measure_changes(before: bytes | None, after: bytes | None, path: str) -> list[tuple[str, FieldChange]]:
    old, new = _measure(before, path), _measure(after, path)
    if old is None or new is None:
        known = new or old
        if known is None:
            return []
        word = FieldChange("措施", old.display_title if old else "", new.display_title if new else "")
        return [(known.id, word)]
    return [(new.id, change) for change in measure_changes(old, new)]


def _measure(data: bytes | None, path: str) -> Measure | None:
    found = load_files({path: data}).measures if data is not None else ()
    return found[0] if found else None
