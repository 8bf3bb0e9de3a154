"""The real plan, read once, as it stands without any note on a fixed day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui import records
from fazhi_tui.model import Note, Plan, Row, Tracker
from fazhi_tui.query import Context, parse
from fazhi_tui.units import UnitIndex
from fazhi_tui.workflow import state_of

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
    rows = tuple(Row(m, state_of(m, notes, tracker.plan, TODAY)) for m in tracker.measures)
    return Asked(rows, Context(UnitIndex(tracker.units), TODAY), tracker.plan)


@pytest.fixture(scope="session")
def tracker() -> Tracker:
    return records.load(Path(__file__).parents[2])


@pytest.fixture(scope="session")
def real(tracker: Tracker) -> Asked:
    return asked(tracker)


@pytest.fixture(scope="session")
def told(tracker: Tracker) -> Asked:
    """The real plan with a few example notes (示例): no progress of any real body."""
    from .examples import NOTES

    return asked(tracker, NOTES)
