"""What was typed and not committed, kept outside the work tree."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

from fazhi_tui import records
from fazhi_tui.model import NotAllowedError, NoteKind, RepositoryError, Status
from fazhi_tui.service.actions import ReportRequest
from fazhi_tui.service.refusals import READ_ONLY, READ_ONLY_HINT


class Drafts:
    """The drafts of one tracker, one a measure; with ``read_only`` none is kept and none forgotten."""

    def __init__(self, root: Path, *, read_only: bool = False) -> None:
        self._root = root
        self._read_only = read_only

    def save(self, request: ReportRequest) -> bool:
        """Keep what was typed for one measure, outside the work tree; False where that did not work.

        Never raises: a full disk must not stop a person who is typing.
        """
        if self._read_only:
            return False
        try:
            records.drafts.save(self._folder(), request.measure, _request_to_json(request))
        except (OSError, RepositoryError):
            return False
        return True

    def load(self, measure: str) -> ReportRequest | None:
        """What was typed for one measure and not committed, or None."""
        saved = records.drafts.load(self._folder(), measure)
        return _request_from_json(saved) if saved else None

    def keys(self) -> tuple[str, ...]:
        """The numbers of the measures that have a draft."""
        return tuple(records.drafts.keys(self._folder()))

    def discard(self, measure: str) -> None:
        """Forget the draft of one measure."""
        if self._read_only:
            raise NotAllowedError(READ_ONLY, READ_ONLY_HINT)
        records.drafts.discard(self._folder(), measure)

    def _folder(self) -> Path:
        from fazhi_tui.history import private_dir

        with suppress(RepositoryError):
            folder = private_dir(self._root) / "drafts"
            if os.access(folder.parent.parent, os.W_OK):
                return folder
        # No repository, or one on a read-only share: what is typed is kept under the user's own folder.
        from hashlib import sha256

        import platformdirs

        name = sha256(str(self._root).encode()).hexdigest()[:16]
        return platformdirs.user_state_path("fazhi") / "drafts" / name


def _request_to_json(request: ReportRequest) -> dict[str, object]:
    values = {key: value for key, value in asdict(request).items() if value not in (None, ())}
    if request.new_due:
        values["new_due"] = request.new_due.isoformat()
    return values


def _request_from_json(saved: Mapping[str, object]) -> ReportRequest | None:
    """A draft as it was saved; None where the file is not one (written by another version, or damaged)."""
    try:
        values = dict(saved)
        if "kind" in values:
            values["kind"] = NoteKind(str(values["kind"]))
        if "status" in values:
            values["status"] = Status(str(values["status"]))
        if "new_due" in values:
            values["new_due"] = date.fromisoformat(str(values["new_due"]))
        if "evidence" in values:
            values["evidence"] = tuple(values["evidence"])  # type: ignore[arg-type]
        return ReportRequest(**values)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
