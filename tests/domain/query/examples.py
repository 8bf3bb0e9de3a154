"""Example notes (示例) to ask queries about."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.workflow.kinds import RULES

BEIJING = timezone(timedelta(hours=8))


def note(measure: str, when: str, **facts: Any) -> Note:
    moment = datetime.fromisoformat(when).replace(tzinfo=BEIJING)
    facts.setdefault("body", "示例")
    office = (
        RULES[facts.get("kind", NoteKind.PROGRESS)].coordinator or facts.get("status") is Status.SUSPENDED
    )
    facts.setdefault("unit", "市委依法治市办" if office else "市司法局")
    path = f"status/{measure}/{when}-{len(facts)}.md"
    return Note(measure, author="示例 <a@example.org>", time=moment, path=path, **facts)


NOTES = (
    note("28", "2022-12-01", status=Status.IN_PROGRESS, body="示例：已完成 复议\n机构 Consolidated 整合"),
    note("28", "2022-12-02", kind=NoteKind.GRANT_EXTENSION, new_due=date(2023, 6, 30)),
    note("27", "2022-11-15", status=Status.ONGOING),
    note("26", "2022-11-14", status=Status.IN_PROGRESS),
    note("26", "2022-11-16", kind=NoteKind.REQUEST_CLOSE),
    note("25", "2022-10-01", status=Status.SUSPENDED),
    note("24", "2022-10-01", kind=NoteKind.URGE),
)
