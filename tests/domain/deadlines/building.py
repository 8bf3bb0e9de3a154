"""Small plans, measures and notes; every note is an example (示例), none is anybody's progress."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.plan import Plan, Span
from fazhi_tui.domain.model.settings import Settings

BEIJING = timezone(timedelta(hours=8))
OFFICE = "市委依法治市办"
PLAN = Plan("示例方案", Span(date(2022, 1, 1), date(2025, 12, 31)), settings=Settings(coordinator=OFFICE))


def day(text: str) -> date:
    return date.fromisoformat(text)


def plan(start: str, end: str, **settings: Any) -> Plan:
    return Plan("示例方案", Span(day(start), day(end)), settings=Settings(**settings))


def item(number: str = "28.1", **facts: Any) -> Item:
    return Item(number, "示例事项", **facts)


def measure(*items: Item) -> Measure:
    return Measure("28", "示例措施", items=items)


def note(when: str, **facts: Any) -> Note:
    """A note of a day, at noon; its name is made from all it says, so that no two are alike."""
    moment = datetime.combine(day(when), datetime.min.time(), BEIJING) + timedelta(hours=12)
    name = facts.pop("name", f"{when}-{'-'.join(f'{k}={v}' for k, v in facts.items())}")
    facts.setdefault("body", "示例")
    facts.setdefault("unit", "市司法局")
    return Note(
        "28",
        author="示例 <a@example.org>",
        time=moment,
        path=f"status/28/{name}.md",
        **facts,
    )


YEARLY, TWO_YEARLY, TERM = Period.YEARLY, Period.TWO_YEARLY, Period.TERM
