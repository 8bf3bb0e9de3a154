"""What an import gives: the plan's values, and an account of every character of the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.unit import UnitRegister
from fazhi_tui.importer.document import Document
from fazhi_tui.importer.text.source_map import INSERTED, NOTHING, LineNumbers, MappedText


class LogKind(StrEnum):
    """What an entry of the import's log tells."""

    LEFT_OUT = "略去"
    CHANGED = "校订"
    DOUBT = "存疑"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing the import did or is unsure of, and where in the source it stands.

    ``what`` are the characters that are left out (empty for the other kinds); ``line`` is the line of
    the source, 0 where the source has none; ``place`` is what a person calls it (第2页第5段),
    ``at`` the offset in the document's text, -1 where there is none.
    """

    kind: LogKind
    line: int
    message: str
    what: MappedText
    place: str = ""
    at: int = -1


@dataclass(frozen=True, slots=True)
class Placed:
    """Characters of the source that became part of the result, and where: ``第28条 正文``."""

    where: str
    text: MappedText


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan as values.  ``placed`` and the left-out entries of ``log`` hold every character once."""

    plan: Plan
    register: UnitRegister
    measures: tuple[Measure, ...]
    log: tuple[LogEntry, ...]
    placed: tuple[Placed, ...]
    document: Document
    notes: tuple[Note, ...] = ()
    #: The text in which 边界 find their places; empty where they have no effect.
    prose: MappedText = NOTHING
    #: The messages of those 认可 that settled a doubt.
    settled: frozenset[str] = frozenset()
    #: The names of units before 更名 changed any.
    named: frozenset[str] = frozenset()


class Ledger:
    """Keeps the account while an import runs."""

    def __init__(self, document: Document, accepted: frozenset[str] = frozenset()) -> None:
        """``accepted`` are the messages of doubts that a person looked at and lets stand (认可)."""
        self._document = document
        self._accepted = accepted
        self._lines = LineNumbers(document.text)
        #: Those of ``accepted`` that were told and so settled.
        self.settled: set[str] = set()
        self.log: list[LogEntry] = []
        self.placed: list[Placed] = []

    @property
    def text(self) -> str:
        """The whole text of the document, as it came."""
        return self._document.text

    def place(self, where: str, text: MappedText) -> None:
        """Characters that became part of the result."""
        if text:
            self.placed.append(Placed(where, text))

    def leave_out(self, reason: str, what: MappedText) -> None:
        """Characters of the source that are no part of the result (those put in do not count)."""
        if any(offset != INSERTED for offset in what.origin):
            self._tell(LogKind.LEFT_OUT, reason, what, what)

    def leave_out_breaks(self, text: MappedText) -> None:
        """The line breaks of a text whose words are placed without them."""
        self.leave_out("分段处的断行", text.without_breaks()[1])

    def changed(self, message: str, near: MappedText) -> None:
        """A correction that was used."""
        self._tell(LogKind.CHANGED, message, near, NOTHING)

    def doubt(self, message: str, near: MappedText) -> None:
        """Something a person should look at; one that was looked at already is told as such."""
        if message in self._accepted:
            self.settled.add(message)
            self._tell(LogKind.CHANGED, f"认可：{message}", near, NOTHING)
            return
        self._tell(LogKind.DOUBT, message, near, NOTHING)

    def place_of(self, text: MappedText) -> str:
        """What a person calls the place where a text stands in the document."""
        return self._document.place_of(next((at for at in text.origin if at != INSERTED), INSERTED))

    def fresh(self) -> Ledger:
        """An empty account of the same document, for a reading that may not be the one that counts."""
        return Ledger(self._document, self._accepted)

    def adopt(self, other: Ledger) -> None:
        """Take over what another account holds."""
        self.log.extend(other.log)
        self.placed.extend(other.placed)
        self.settled |= other.settled

    def _tell(self, kind: LogKind, message: str, near: MappedText, what: MappedText) -> None:
        offset = next((offset for offset in near.origin if offset != INSERTED), INSERTED)
        self.log.append(LogEntry(kind, self._lines.of(near), message, what, self.place_of(near), offset))
