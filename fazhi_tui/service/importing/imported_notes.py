"""Progress that a document's own tables tell, as the notes of a new tracker."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.unit_index import initials
from fazhi_tui.records.notes import note_path, render_note

if TYPE_CHECKING:
    from fazhi_tui.importer.result import Imported


def note_files(imported: Imported) -> dict[str, bytes]:
    """The files of a new tracker's notes by their paths."""
    return files_of(imported.notes, {unit.name: unit.pinyin for unit in imported.register.units})


def files_of(notes: Iterable[Note], pinyin: Mapping[str, str]) -> dict[str, bytes]:
    """The notes' files by their paths; ``pinyin`` is that of the units by name.

    A path is made from what the note says, so that importing the same document again gives the same files.
    """
    files: dict[str, bytes] = {}
    for note in notes:
        data = render_note(dataclasses.replace(note, path="")).encode()
        digest = hashlib.sha256(data).hexdigest()
        path = ""
        for length in (4, 8, 64):
            path = note.path or note_path(
                Measure(id=note.measure), note.time, initials(pinyin.get(note.unit, "")), digest[:length]
            )
            if files.get(path, data) == data:
                break
        files[path] = data
    return files
