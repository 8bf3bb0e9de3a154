"""Plain text on disk: reading, checking and writing the plan, the units and the notes.

The names below are loaded when they are first used: ``import fazhi_tui.records`` costs nothing, and
the YAML parser comes with the first file that is not written plainly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import fazhi_tui.records.drafts as drafts
    from fazhi_tui.records.any_file import read_yaml
    from fazhi_tui.records.decode import guess_id
    from fazhi_tui.records.editor import edit
    from fazhi_tui.records.emitter import dump
    from fazhi_tui.records.fields import to_json
    from fazhi_tui.records.files import SIZE_LIMIT, fingerprint, write_atomic
    from fazhi_tui.records.loader import TEMPLATES_FILE, VIEWS_FILE, load, load_files
    from fazhi_tui.records.notes import note_path, parse_note, render_note
    from fazhi_tui.records.quick_notes import quick_note
    from fazhi_tui.records.rules import check
    from fazhi_tui.records.schema import schemas
    from fazhi_tui.records.view_rules import read_views

__all__ = [
    "SIZE_LIMIT",
    "TEMPLATES_FILE",
    "VIEWS_FILE",
    "check",
    "drafts",
    "dump",
    "edit",
    "fingerprint",
    "guess_id",
    "load",
    "load_files",
    "note_path",
    "parse_note",
    "quick_note",
    "read_views",
    "read_yaml",
    "render_note",
    "schemas",
    "to_json",
    "write_atomic",
]

_HOMES = {
    "SIZE_LIMIT": "files",
    "TEMPLATES_FILE": "loader",
    "VIEWS_FILE": "loader",
    "check": "rules",
    "dump": "emitter",
    "edit": "editor",
    "fingerprint": "files",
    "guess_id": "decode",
    "load": "loader",
    "load_files": "loader",
    "note_path": "notes",
    "parse_note": "notes",
    "quick_note": "quick_notes",
    "read_yaml": "any_file",
    "read_views": "view_rules",
    "render_note": "notes",
    "schemas": "schema",
    "to_json": "fields",
    "write_atomic": "files",
}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name == "drafts":
        return import_module(f"{__name__}.drafts")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
