"""A review of an import: every decision is written to the corrections and the document read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.importer.corrections.file import edited, parse_corrections
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.corrections.review_decisions import ReviewDecision, withdraw
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.report import ranked_doubts
from fazhi_tui.importer.result import Imported, LogEntry, LogKind
from fazhi_tui.importer.text.source_map import INSERTED, NOTHING
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.loader import PLAN_FILE, load
from fazhi_tui.service.importing.compare import Fate, Matched, lay_out
from fazhi_tui.service.importing.corrections_source import (
    CORRECTIONS,
    CorrectionsInUse,
    find_corrections,
    read_bytes,
)
from fazhi_tui.service.importing.prepare import Import, Place


@dataclass(frozen=True)
class ReviewedImport:
    """What the document gives with the corrections as they stand; ``told`` is the last decision's words."""

    text: str
    corrections: Corrections
    imported: Imported
    told: str = ""
    #: Where it is to revise a tracker: what becomes of its measures, and the titles of those by number.
    matched: tuple[Matched, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)

    def row(self, measure: str) -> Matched | None:
        """What becomes of a measure, by its number in the document."""
        return next((row for row in self.matched if row.printed == measure), None)


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
        """What a person should look at, worst first: before all, which measure of the tracker one is."""
        imported = self.now.imported
        return (
            *(_unclear(imported, row) for row in self.now.matched if row.fate is Fate.DOUBTFUL),
            *ranked_doubts(imported),
        )

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
        matched: tuple[Matched, ...] = ()
        known: dict[str, str] = {}
        if (self.into / PLAN_FILE).exists():
            in_use = CorrectionsInUse(corrections, text.encode())
            prepared = Import(
                self.into, Place.TRACKER, {}, (), (), (), (), imported, self.source.name,
                corrections=in_use, content=self._content,
            )  # fmt: skip
            matched = lay_out(prepared).matched
            known = {measure.id: measure.display_title for measure in load(self.into).measures}
        return ReviewedImport(text, corrections, imported, told, matched, known)

    def _parsed(self, text: str) -> Corrections:
        return parse_corrections(text.encode(), self.path.name)


def _unclear(imported: Imported, row: Matched) -> LogEntry:
    """That it is not sure which measure of the tracker one is, at the place where it begins."""
    head = f"第{row.printed}条 "
    offsets = (
        offset
        for placed in imported.placed
        if placed.where.startswith(head)
        for offset in placed.text.origin
        if offset != INSERTED
    )
    at = min(offsets, default=-1)
    document = imported.document
    line = document.text.count("\n", 0, at) + 1 if at >= 0 else 0
    maybe = "、".join(f"第{number}条" for number in row.candidates)
    message = f"第{row.printed}条分不清是台账的哪一条：可能是{maybe}，也可能是新增的。"
    return LogEntry(LogKind.DOUBT, line, message, NOTHING, document.place_of(at) if at >= 0 else "", at)
