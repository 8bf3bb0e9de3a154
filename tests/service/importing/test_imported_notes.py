"""Progress that a document tells becomes notes of the tracker that is made from it."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta, timezone

from fazhi_tui.domain.model.note import Note
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.records.notes import parse_note
from fazhi_tui.service.importing.imported_notes import note_files

TEXT = "示例市实施方案（2023—2025年）\n一、任务\n1.优化示例。统筹示例。（牵头单位：市示例局）\n"
TIME = datetime(2023, 6, 30, tzinfo=timezone(timedelta(hours=8)))
NOTE = Note("1", unit="市示例局", author="导入 <import@localhost.invalid>", time=TIME, body="示例进展\n")


def test_a_note_gets_a_path_that_is_the_same_every_time() -> None:
    imported = dataclasses.replace(convert(TEXT.encode(), Corrections()), notes=(NOTE,))
    (path,) = files = note_files(imported)
    assert path.startswith("status/01/20230630T000000-ssl")
    assert files == note_files(imported)
    read, problems = parse_note(files[path].decode(), path)
    assert read == dataclasses.replace(NOTE, path=path)
    assert problems == ()


def test_two_notes_of_one_moment_are_two_files() -> None:
    other = dataclasses.replace(NOTE, body="示例进展二\n")
    imported = dataclasses.replace(convert(TEXT.encode(), Corrections()), notes=(NOTE, other, NOTE))
    assert len(note_files(imported)) == 2
