"""The real plan, read once, as it stands without any note on a fixed day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.tracker import Row, Tracker
from fazhi_tui.domain.query.language import parse
from fazhi_tui.domain.query.values import Context
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.domain.workflow.state import state_of
from fazhi_tui.records.loader import load

TODAY = date(2022, 12, 15)


@dataclass(frozen=True)
class Asked:
    """Rows and what they are asked against."""

    rows: tuple[Row, ...]
    context: Context
    plan: Plan | None = None

    def numbers(self, text: str) -> str:
        """The numbers that a query finds, parted by blanks."""
        return " ".join(row.measure.id for row in parse(text, self.context).select(self.rows))


def asked(tracker: Tracker, notes: tuple[Note, ...] = ()) -> Asked:
    rows = tuple(
        Row(m, state_of(m, [note for note in notes if note.measure == m.id], tracker.plan, TODAY))
        for m in tracker.measures
    )
    return Asked(rows, Context(UnitIndex(tracker.units), TODAY), tracker.plan)


@pytest.fixture(scope="session")
def tracker() -> Tracker:
    return load(Path(__file__).parents[3])


@pytest.fixture(scope="session")
def real(tracker: Tracker) -> Asked:
    return asked(tracker)


@pytest.fixture(scope="session")
def told(tracker: Tracker) -> Asked:
    """The real plan with a few example notes (示例): no progress of any real body."""
    from .examples import NOTES

    return asked(tracker, NOTES)
