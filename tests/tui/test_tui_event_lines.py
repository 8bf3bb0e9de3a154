"""One commit in the screen's words: what it did, and what came of it later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from fazhi_tui.domain.model.repository import Event
from fazhi_tui.service.history.commit_summary import CommitSummary
from fazhi_tui.tui.detail.diff_text import summary_blocks
from fazhi_tui.tui.detail.text import event_line

TIME = datetime(2023, 6, 30, 9, 30, tzinfo=timezone(timedelta(hours=8)))
EVENT = Event("a" * 40, TIME, "示例 <example@example.org>", "28 示例：手工改期限")
BY = "b" * 40


def told(event: Event) -> str:
    story = CommitSummary(event, (), (), (), (), "")
    return "\n".join(block.text for block in summary_blocks(story, None))


def test_what_was_ratified_says_so() -> None:
    ratified = replace(EVENT, ratified_by=BY)
    assert event_line(ratified) == "2023-06-30 09:30  示例  28 示例：手工改期限  （已追认）"
    assert f"已由 {BY[:10]} 追认" in told(ratified)


def test_what_was_undone_says_so() -> None:
    undone = replace(EVENT, undone_by=BY)
    assert event_line(undone).endswith("（已撤销）")
    assert f"已由 {BY[:10]} 撤销" in told(undone)


def test_what_stands_says_neither() -> None:
    assert event_line(EVENT) == "2023-06-30 09:30  示例  28 示例：手工改期限"
    assert "已由" not in told(EVENT)
