"""What a user keeps of one tracker for themselves: small JSON files outside the work tree, in no commit."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.records.files import write_atomic
from fazhi_tui.vcs.paths import private_dir


class UserStore:
    """The files below ``.git/fazhi`` that are no record; with ``read_only`` none of them is written."""

    def __init__(self, root: Path, *, read_only: bool = False) -> None:
        self._root = root
        self.read_only = read_only

    def load(self, name: str) -> object:
        """The value of one file; None where it is not there, damaged, or there is no repository."""
        with suppress(OSError, ValueError, FazhiError):
            return json.loads((private_dir(self._root) / name).read_text("utf-8"))
        return None

    def save(self, name: str, value: object) -> None:
        """Keep a value; best effort, since it is no record: never raises."""
        if self.read_only:
            return
        with suppress(OSError, FazhiError):
            folder = private_dir(self._root)
            if folder.parent.is_dir():
                write_atomic(folder / name, json.dumps(value, ensure_ascii=False))
