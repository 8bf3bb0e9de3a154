"""Time travel, comparing and asking the record, over four years of example history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.history.record_query import query_record
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.compare import compare_views
from fazhi_tui.service.view import View, as_of
from fazhi_tui.service.writer import Writer
from tests.conftest import git


@pytest.mark.parametrize("day", ["2022-03-31", "2023-06-30", "2024-12-31", "2025-11-20"])
def test_what_git_had_on_a_day_is_what_the_notes_up_to_that_day_say(
    demo_view: View, demo_root: Path, day: str
) -> None:
    then = Reader(demo_root, DEMO_TODAY).load_at(day)
    asked = date.fromisoformat(day)
    assert then.today == asked
    assert then.past is not None
    assert then.past.time.date() <= asked
    folded = as_of(demo_view.tracker, asked)
    assert [row.state for row in then.rows] == [row.state for row in folded.rows]


def test_the_day_of_the_lights_can_be_told_apart_from_the_day_of_the_record(demo_root: Path) -> None:
    then = Reader(demo_root, date(2026, 1, 1), at="2023-01-31", keep_today=True).load()
    assert then.today == date(2026, 1, 1)
    assert then.row("47").state.overdue


def test_nothing_can_be_written_in_the_past(demo_root: Path) -> None:
    writer = Writer(Reader(demo_root, DEMO_TODAY, at="2023-06-30"))
    view = writer.reader.load()
    identity = writer.reader.repository.identity()
    request = ReportRequest("28", "市委依法治市办", "示例", kind=NoteKind.URGE)
    for attempt in (
        lambda: prepare_report(view, request, identity),
        lambda: prepare_batch(view, ["28"], request, identity),
        lambda: prepare_undo(view, writer.reader.repository),
        lambda: file_report(writer, request, identity),
    ):
        with pytest.raises(NotAllowedError, match="只供查看"):
            attempt()
    assert git(demo_root, "status", "--porcelain") == ""


def test_what_changed_between_two_days(demo_root: Path) -> None:
    writer = Writer(Reader(demo_root, DEMO_TODAY))
    changes = compare_views(writer.reader.load_at("2022-12-31"), writer.reader.load_at("2023-07-01"))
    seven = next(one for one in changes if one.row.measure.id == "7")
    assert ("状态", "推进中", "已完成") in [(one.field, one.before, one.after) for one in seven.fields]
    assert seven.notes
    assert not seven.removed
    numbers = [int(one.row.measure.id) for one in changes]
    assert numbers == sorted(numbers)


def test_the_same_state_has_no_differences(demo_view: View) -> None:
    assert compare_views(demo_view, demo_view) == ()


def test_a_changed_sentence_and_a_changed_item_are_named(demo_view: View) -> None:
    row = demo_view.row("28")
    measure = row.measure
    lines = measure.text.split("\n")
    amended = replace(
        measure,
        text="\n".join([lines[0], "示例新句。", *lines[2:]]),
        leads=("市财政局",),
        items=(replace(measure.items[0], due=date(2023, 12, 31)),),
    )
    other = replace(
        demo_view, rows=tuple(replace(r, measure=amended) if r is row else r for r in demo_view.rows)
    )
    (change,) = compare_views(demo_view, other)
    said = {one.field: (one.before, one.after) for one in change.fields}
    assert said["正文"] == (lines[1], "示例新句。")
    assert said["牵头单位"] == ("市司法局", "市财政局")
    assert said["截止（28.1）"] == ("2022-12-31", "2023-12-31")


# ------------------------------------------------------------------ the record


def asked(root: Path, *words: str) -> list[str]:
    writer = Writer(Reader(root, DEMO_TODAY))
    return [event.subject for event in query_record(writer.reader.repository, writer.reader.load(), words)]


def test_everything_one_body_did(demo_root: Path, demo_view: View) -> None:
    mine = [note for note in demo_view.tracker.notes if note.unit == "市司法局"]
    assert len(asked(demo_root, "市司法局")) == len(asked(demo_root, "by:sfj")) == len(mine)


def test_who_changed_a_deadline_since(demo_root: Path) -> None:
    assert [subject.split()[0] for subject in asked(demo_root, "field:截止", "since:2022-06-01")] == [
        "38.1",
        "28.1",
    ]
    assert asked(demo_root, "field:截止", "since:2023-01-01") == []


def test_by_measures_kind_words_and_days(demo_root: Path, demo_view: View) -> None:
    # Its notes, and the commit that put the plan there.
    assert len(asked(demo_root, "28")) == len(demo_view.row("28").state.notes) + 1
    red = {row.measure.id for row in demo_view.select("灯:红")}
    urged = asked(demo_root, "灯:红", "kind:催办")
    assert {subject.split()[0] for subject in urged} <= red
    assert asked(demo_root, "缺少佐证", "kind:退回")
    whole = asked(demo_root, "2022-01-01..2025-12-31")
    parts = [asked(demo_root, f"{year}-01-01..{year}-12-31") for year in range(2022, 2026)]
    assert sum(len(part) for part in parts) == len(whole)
    assert len(asked(demo_root, "HEAD~5..")) == 5


@pytest.mark.parametrize("words", ["kind:什么", "by:没有这个单位", "since:昨天", "by:"])
def test_what_cannot_be_asked_is_told(demo_root: Path, words: str) -> None:
    with pytest.raises(UsageError):
        asked(demo_root, words)


def test_an_amendment_by_hand_is_found_by_its_field(real_tracker: Path) -> None:
    path = real_tracker / "plan/28.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("截止: 2022-12-31", "截止: 2023-12-31"), encoding="utf-8"
    )
    git(real_tracker, "commit", "-qam", "示例：改了期限")
    assert asked(real_tracker, "field:截止") == ["示例：改了期限"]
    assert asked(real_tracker, "field:牵头单位") == []
