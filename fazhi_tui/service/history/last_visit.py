"""Where one left off: the commit that was seen last, kept outside the work tree."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.records.files import write_atomic

NAME = "visit.json"


def last_visit(root: Path) -> str:
    """The commit that HEAD was at when the screen was last closed; empty where nobody knows."""
    from fazhi_tui.vcs.paths import private_dir

    with suppress(OSError, ValueError, FazhiError):
        found = json.loads((private_dir(root) / NAME).read_text("utf-8"))
        return str(found.get("commit", "")) if isinstance(found, dict) else ""
    return ""


def save_visit(root: Path, commit: str) -> None:
    """Remember where HEAD is now; best effort, since it is no record."""
    from fazhi_tui.vcs.paths import private_dir

    if not commit:
        return
    with suppress(OSError, FazhiError):
        folder = private_dir(root)
        if folder.parent.is_dir():
            write_atomic(folder / NAME, json.dumps({"commit": commit}))
