"""One action before and after it is committed, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazhi_tui.model import NotAllowedError, Note, NoteKind, Status


class StaleError(NotAllowedError):
    """The measure has moved on since the action was previewed."""


@dataclass(frozen=True)
class ReportRequest:
    """What a person wants to report, as typed; nothing in it is checked yet."""

    measure: str
    unit: str
    message: str
    kind: NoteKind = NoteKind.PROGRESS
    status: Status | None = None
    item: str | None = None
    progress: int | None = None
    quantity: int | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Action:
    """One action before it is committed: the files it writes and removes, and the commit it becomes.

    ``writes`` maps paths relative to the root to their whole text.  ``preview`` and the commit are
    made from the same values, so that what was shown is what is committed.
    """

    subject: str
    body: str
    trailers: tuple[tuple[str, str], ...]
    writes: Mapping[str, str | bytes]
    removes: tuple[str, ...] = ()
    note: Note | None = None
    #: The commit that ``undo`` takes back.
    undoes: str = ""
    #: What is allowed but unusual; shown in the preview.
    warnings: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The whole commit message: subject, body if any, trailers."""
        parts = [self.subject]
        if self.body:
            parts.append(self.body)
        if self.trailers:
            parts.append("\n".join(f"{key}: {value}" for key, value in self.trailers))
        return "\n\n".join(parts) + "\n"

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that the commit holds."""
        return (*self.writes, *self.removes)


@dataclass(frozen=True)
class Done:
    """An action that is in history now; ``commit`` is empty where nothing had changed."""

    commit: str
    action: Action
