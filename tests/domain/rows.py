"""Rows made by hand, each fact of which can be set."""

from __future__ import annotations

from datetime import date
from typing import Any

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import MeasureState, Row

_STATE: dict[str, Any] = {
    "status": Status.NOT_STARTED,
    "notes": (),
    "progress": None,
    "updated": None,
    "due": None,
    "next_due": None,
    "next_label": "",
    "light": Light.GREEN,
    "why": "示例",
    "overdue": False,
}
_MEASURE = {"id": "28", "title": "示例措施"}


def day(text: str) -> date:
    return date.fromisoformat(text)


def row(**facts: Any) -> Row:
    """A row with these facts, of the measure or of where it stands."""
    state = {name: facts.pop(name) for name in [*_STATE, "dates"] if name in facts}
    return Row(Measure(**{**_MEASURE, **facts}), MeasureState(**{**_STATE, **state}))
