"""Notes: one report a file, a YAML head between two lines ``---`` and a body that may be any text."""

from __future__ import annotations

import re
from datetime import datetime

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.records.fields import fields_of
from fazhi_tui.records.yaml.emitter import key_lines

_NAME = re.compile(r"[^A-Za-z0-9-]+")


def render_note(note: Note) -> str:
    """The text of a note's file.  The body stands as it is, to the last line break.

    The kind is always written, even where it is the usual one: a record must not change its meaning
    with a default.
    """
    lines = ["---"]
    for field in fields_of(Note):
        content = getattr(note, field.name)
        if field.required or field.name == "kind" or content != field.default:
            lines += key_lines(field.key, content, 0, field)
    return "\n".join([*lines, "---", ""]) + note.body


def note_path(measure: Measure, time: datetime, unit_initials: str, token: str) -> str:
    """Where a note goes, e.g. ``status/28/20221220T153000-sfj-3f9a.md``; ASCII only.

    ``time`` is written as the clock of its own zone shows it; ``token`` keeps two reports of one
    second apart.
    """
    initials = _NAME.sub("", unit_initials)[:16] or "unit"
    return f"status/{measure.stem}/{time:%Y%m%dT%H%M%S}-{initials}-{_NAME.sub('', token)}.md"


def parse_note(text: str, path: str) -> tuple[Note | None, tuple[Problem, ...]]:
    """The note of a file's text and what is wrong with it; None where too little could be read."""
    from fazhi_tui.records.reader import read_note

    note, problems, _ = read_note(text, path)
    return note, tuple(problems)
