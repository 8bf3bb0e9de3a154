"""What an import gives: the plan's values, and an account of every character of the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_tui.importer.traced import INSERTED, Lines, Traced
from fazhi_tui.model import Measure, Plan, UnitRegister


class LogKind(StrEnum):
    """What an entry of the import's log tells."""

    LEFT_OUT = "略去"
    CHANGED = "校订"
    DOUBT = "存疑"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing the import did or is unsure of, and where in the source it stands.

    ``what`` are the characters that are left out (empty for the other kinds); ``line`` is the line of
    the source, 0 where the source has none.
    """

    kind: LogKind
    line: int
    message: str
    what: Traced


@dataclass(frozen=True, slots=True)
class Placed:
    """Characters of the source that became part of the result, and where: ``第28条 正文``."""

    where: str
    text: Traced


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan as values.  ``placed`` and the left-out entries of ``log`` hold every character once."""

    plan: Plan
    register: UnitRegister
    measures: tuple[Measure, ...]
    log: tuple[LogEntry, ...]
    placed: tuple[Placed, ...]


class Ledger:
    """Keeps the account while an import runs."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.log: list[LogEntry] = []
        self.placed: list[Placed] = []

    def place(self, where: str, text: Traced) -> None:
        """Characters that became part of the result."""
        if text:
            self.placed.append(Placed(where, text))

    def leave_out(self, reason: str, what: Traced) -> None:
        """Characters of the source that are no part of the result (those put in do not count)."""
        if any(offset != INSERTED for offset in what.origin):
            self.log.append(LogEntry(LogKind.LEFT_OUT, self._lines.of(what), reason, what))

    def changed(self, message: str, near: Traced) -> None:
        """A correction that was used."""
        self.log.append(LogEntry(LogKind.CHANGED, self._lines.of(near), message, Traced("", ())))

    def doubt(self, message: str, near: Traced) -> None:
        """Something a person should look at."""
        self.log.append(LogEntry(LogKind.DOUBT, self._lines.of(near), message, Traced("", ())))
