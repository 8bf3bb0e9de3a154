"""A review of an import: every decision is written to the corrections and the document read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.importer.corrections.file import edited, parse_corrections
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.corrections.review_decisions import ReviewDecision, withdraw
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.report import ranked_doubts
from fazhi_tui.importer.result import Imported, LogEntry
from fazhi_tui.records.files import write_atomic
from fazhi_tui.service.importing.corrections_source import CORRECTIONS, find_corrections, read_bytes


@dataclass(frozen=True)
class ReviewedImport:
    """What the document gives with the corrections as they stand; ``told`` is the last decision's words."""

    text: str
    corrections: Corrections
    imported: Imported
    told: str = ""


class Review:
    """One document under review.  Nothing is written before :meth:`save`."""

    def __init__(self, source: Path, into: Path, named: Path | None = None) -> None:
        """Read the document and what was decided about it.  Raises :class:`UsageError`, as an import does."""
        self.source = source
        self.into = into
        self._named = named
        self._content = read_bytes(source, "原件")
        exists = named is not None and named.exists()
        in_use = find_corrections(source, self._content, into, named if exists else None)
        self._saved = in_use.data.decode("utf-8-sig")
        self._readings = [self._read(self._saved)]

    @property
    def path(self) -> Path:
        """Where decisions go: the file that was named, else the one beside the source."""
        return self._named or self.source.parent / CORRECTIONS

    @property
    def now(self) -> ReviewedImport:
        """The document as it is read now."""
        return self._readings[-1]

    @property
    def doubts(self) -> tuple[LogEntry, ...]:
        """What a person should look at, worst first."""
        return ranked_doubts(self.now.imported)

    @property
    def changed(self) -> bool:
        """Whether there are decisions that are not saved."""
        return self.now.text != self._saved

    @property
    def can_undo(self) -> bool:
        """Whether a decision of this review can be taken back."""
        return len(self._readings) > 1

    # ------------------------------------------------------------------ deciding

    def decide(self, make: Callable[[Imported, Corrections], ReviewDecision]) -> ReviewedImport:
        """Take a decision: write it down, read the document again.

        A 认可 of a doubt that is no more because of it goes with it.  Raises UsageError for a decision
        that cannot be made or after which the document cannot be read; then nothing has changed.
        """
        now = self.now
        decision = make(now.imported, now.corrections)
        text = edited(now.text, decision.edits, self.path.name)
        self._readings.append(self._read(text, decision.told))
        return self.now

    def undo(self) -> str:
        """Take the last decision of this review back; its words, or UsageError where there is none."""
        if not self.can_undo:
            raise UsageError("没有可以撤销的决定", "这次打开以后还没有作过决定")
        return self._readings.pop().told

    def save(self) -> Path:
        """Write the corrections file, whole or not at all, and give its path.  Raises RepositoryError."""
        write_atomic(self.path, self.now.text)
        self._saved = self.now.text
        return self.path

    # ------------------------------------------------------------------ reading

    def _read(self, text: str, told: str = "") -> ReviewedImport:
        """The reading, without those 认可 whose doubts the decision did away with."""
        corrections = self._parsed(text)
        imported = convert(self._content, corrections, self.source.name, strict=False)
        gone = [entry.message for entry in corrections.acceptances if entry.message not in imported.settled]
        if gone:
            # A 认可 without a doubt has no effect: what was read stays.
            text = edited(text, withdraw(gone), self.path.name)
            corrections = self._parsed(text)
        return ReviewedImport(text, corrections, imported, told)

    def _parsed(self, text: str) -> Corrections:
        return parse_corrections(text.encode(), self.path.name)
