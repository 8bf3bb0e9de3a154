"""What a write was about to do, kept outside the work tree while it does it.

A process that is killed between writing a note and committing it leaves the note as a file that is no
record.  The next write finds the journal, takes what was half done back (what was typed is a draft), and
goes on; what did reach history is left alone.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.records.files import write_atomic
from fazhi_tui.vcs.commit import mend_index, refuse_state
from fazhi_tui.vcs.operation import clear_stale_locks
from fazhi_tui.vcs.snapshot import file_at

if TYPE_CHECKING:
    from fazhi_tui.service.notes.request import Action
    from fazhi_tui.vcs.repository import Repository

NAME = "writing.json"


class Journal:
    """The journal of one repository.  Whoever uses it holds the repository's lock."""

    def __init__(self, root: Path, repository: Repository) -> None:
        self._root = root
        self._repository = repository
        self._path = repository.private_dir() / NAME

    def begin(self, action: Action) -> None:
        """Note what is about to be written and removed."""
        facts = {
            "writes": {path: _digest(content) for path, content in action.writes.items()},
            "removes": list(action.removes),
            "group": os.getpgrp() if hasattr(os, "getpgrp") else 0,
            "time": time.time(),
        }
        write_atomic(self._path, json.dumps(facts, ensure_ascii=False))

    def end(self) -> None:
        """It is done, or taken back."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def recover(self) -> dict[str, bytes]:
        """Take back what a killed process left half done; the files of it that history has, with their bytes.

        Only new files that are exactly as that process wrote them, and files that it removed, are touched: a
        file that was there before stays as it is in the work tree, where git shows what differs.  Raises
        :class:`RepositoryError` where a lock that is not ours is in the way; the journal stays then.
        """
        facts = self._read()
        if facts is None:
            return {}
        clear_stale_locks(
            self._repository.runner.places, float(facts.get("time", 0)), int(facts.get("group", 0))
        )
        refuse_state(self._repository.runner)
        head = self._repository.head()
        reached: dict[str, bytes] = {}
        left: list[str] = []
        for path, digest in dict(facts.get("writes", {})).items():
            content = self._in_head(head, path)
            if content is not None:
                reached[path] = content
            else:
                left.append(path)
                self._take_back(path, digest)
        removed: list[str] = []
        for path in facts.get("removes", []):
            content = self._in_head(head, path)
            if content is not None:
                removed.append(path)
                if not (self._root / path).exists():
                    write_atomic(self._root / path, content)
        mend_index(self._repository.runner, [*reached, *removed], left)
        self.end()
        return reached

    def _take_back(self, path: str, digest: str) -> None:
        file = self._root / path
        with suppress(OSError):
            # A file that was being written beside its place (records.write_atomic).
            for part in file.parent.glob(f".{file.name[:40]}.*.tmp"):
                part.unlink()
            if _digest(file.read_bytes()) == digest:
                file.unlink()
        remove_empty(file.parent, self._root)

    def _in_head(self, head: str, path: str) -> bytes | None:
        if not head:
            return None
        try:
            return file_at(self._repository.runner, head, path)
        except FazhiError:
            return None

    def _read(self) -> dict[str, Any] | None:
        try:
            facts = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            # Written beside and renamed: a journal that cannot be read is not one of ours.
            self.end()
            return None
        return facts if isinstance(facts, dict) else None


def remove_empty(folder: Path, root: Path) -> None:
    """Remove folders that an action left empty, up to ``status/``: git knows no empty folders."""
    stop = root / "status"
    while folder != stop and stop in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _digest(content: str | bytes) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()
