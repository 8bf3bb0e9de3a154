"""Figures, 漏报, 通报 and 督办单, counted over the example and over small cases."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.digest import DigestKind, digest_of
from fazhi_tui.service.reporting.missing import missing_reports, period_named, periods_of
from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.service.reporting.urge import sheet_markdown, urge_request, urge_sheet
from fazhi_tui.service.view import View, view_of
from fazhi_tui.service.writer import Writer


def test_every_measure_is_counted_once_in_each_way(example: View) -> None:
    stats = stats_of(example)
    total = len(example.rows)
    assert stats.whole.total == total
    for group in (stats.whole, *stats.sections, *(one.charged for one in stats.units)):
        assert sum(group.statuses.values()) == sum(group.lights.values()) == group.total
    assert sum(group.total for group in stats.sections) == total
    assert sum(number for _, number in stats.months) == sum(
        note.kind.value in ("进展", "申请办结", "申请延期", "更正") for note in example.tracker.notes
    )
    assert [month for month, _ in stats.months] == sorted({month for month, _ in stats.months})


def test_a_units_figures_agree_with_the_filter_language(example: View) -> None:
    figures = {one.unit: one for one in stats_of(example).units}
    justice = figures["市司法局"]
    assert justice.lead == len(example.select("牵头:市司法局"))
    assert justice.total == len(example.select("单位:市司法局"))
    assert justice.overdue == len(example.select("到期:逾期 牵头:市司法局"))


def test_the_figures_of_a_selection_are_of_that_alone(example: View) -> None:
    rows = example.select("节:突发事件")
    assert stats_of(example, rows).whole.total == len(rows) > 0


def test_missing_is_by_body_and_measure_and_a_late_report_is_told(example: View) -> None:
    found = missing_reports(example, period_named(example, "2025年第3季度"))
    assert {one.row.measure.id for one in found} >= {"20", "22", "39"}
    for one in found:
        inside = [
            note
            for note in one.row.state.notes
            if example.index.canonical(note.unit) == one.unit
            and one.period.start <= note.time.date() <= one.period.end
        ]
        assert [note for note in inside if note.kind.value != "催办"] == []
        assert one.last is None or one.last.time.date() < one.period.start
    assert any(one.later for one in found)


def test_a_period_is_asked_for_by_its_name(example: View) -> None:
    assert len(periods_of(example)) == 15
    with pytest.raises(UsageError, match="没有「2031年」"):
        period_named(example, "2031年")


def test_a_collective_is_asked_only_where_it_alone_is_charged(example: View) -> None:
    period = ReportPeriod("示例", date(2022, 1, 1), date(2022, 1, 2))
    asked = {(one.unit, one.row.measure.id) for one in missing_reports(example, period)}
    assert ("市政府各委办局", "2") in asked
    assert not {unit for unit, number in asked if number == "8"} & {"市政府其他委办局"}


def test_members_count_only_where_the_switch_is_on(example: View) -> None:
    units = tuple(
        replace(unit, members=("市财政局", "市审计局")) if unit.name == "市政府各委办局" else unit
        for unit in example.tracker.units
    )
    tracker = replace(example.tracker, units=units)
    off, on = (view_of(tracker, DEMO_TODAY, members) for members in (False, True))
    assert len(on.select("单位:市审计局")) > len(off.select("单位:市审计局"))
    load = {one.unit: one for one in stats_of(on).units}["市审计局"]
    assert load.total == len(on.select("单位:市审计局"))
    second = on.row("2")
    assert off.charged(second.measure) == ("市政府各委办局",)
    assert on.charged(second.measure) == ("市政府各委办局", "市财政局", "市审计局")
    period = ReportPeriod("示例", date(2022, 1, 1), date(2022, 1, 2))
    asked = {one.unit for one in missing_reports(on, period) if one.row.measure.id == "2"}
    assert asked == {"市财政局", "市审计局"}
    assert any(unit.kind is UnitKind.COLLECTIVE for unit in units)
    assert isinstance(units[0], Unit)


# ------------------------------------------------------------------ 通报


def test_every_line_of_a_digest_rests_on_a_commit_that_is_there(example: View, root: Path) -> None:
    events = Reader(root, DEMO_TODAY).repository.events()
    found = digest_of(example, date(2022, 1, 1), date(2025, 10, 31), events)
    paths = {event.commit: event.paths for event in events}
    for line in found.lines:
        assert line.basis in paths[line.commit]
        assert (root / line.basis).exists()
    assert {line.kind for line in found.lines} == set(DigestKind)


def test_digests_of_parts_make_up_the_whole(example: View) -> None:
    cuts = [date(2022, 1, 1), date(2023, 4, 18), date(2024, 6, 30), date(2025, 10, 31)]
    facts = (DigestKind.DONE, DigestKind.NEWLY_LATE, DigestKind.EXTENDED, DigestKind.RETURNED)
    whole = digest_of(example, cuts[0], cuts[-1])
    parts = [
        digest_of(example, start if start == cuts[0] else date.fromordinal(start.toordinal() + 1), end)
        for start, end in pairwise(cuts)
    ]
    for kind in facts:
        assert sum(part.count(kind) for part in parts) == whole.count(kind), kind
    for part in parts:
        assert all(part.start <= line.day <= part.end for line in part.lines)


def test_newly_late_is_told_in_the_span_of_its_first_late_day(example: View) -> None:
    on = digest_of(example, date(2025, 1, 1), date(2025, 1, 1))
    assert [line.row.measure.id for line in on.lines if line.kind is DigestKind.NEWLY_LATE] == ["47"]
    before = digest_of(example, date(2024, 12, 31), date(2024, 12, 31))
    assert not [line for line in before.lines if line.kind is DigestKind.NEWLY_LATE]


def test_an_extension_moves_the_day_of_lateness(example: View) -> None:
    late = digest_of(example, date(2023, 6, 1), date(2023, 7, 31))
    (line,) = [line for line in late.lines if line.kind is DigestKind.NEWLY_LATE]
    assert line.row.measure.id == "38"
    assert "原定 2022-12-31" in line.text


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("2024-02-01", "2024-01-01", "前后颠倒"), ("2025-01-01", "2027-01-01", "还没有到")],
)
def test_a_span_that_cannot_be_is_told(example: View, start: str, end: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        digest_of(example, date.fromisoformat(start), date.fromisoformat(end))


# ------------------------------------------------------------------ 督办单


def test_a_sheet_names_what_an_office_needs(example: View) -> None:
    sheet = urge_sheet(example, "sfj", reply_by=date(2025, 12, 5))
    assert sheet.unit == "市司法局"
    assert {item.row.measure.id for item in sheet.items} >= {"11", "50"}
    fifty = next(item for item in sheet.items if item.row.measure.id == "50")
    assert (fifty.urgency, fifty.number) == ("特急", "督办〔2025〕50-1号")
    assert "2023-12-31" in fifty.deadline
    assert "逾期" in fifty.deadline
    text = sheet_markdown(sheet)
    for word in (
        "紧急程度",
        "立项依据",
        "督办事项",
        "牵头单位",
        "配合单位",
        "办理时限",
        "反馈期限：2025-12-05",
    ):
        assert word in text


def test_the_number_counts_how_often_a_measure_was_urged(example: View) -> None:
    (item,) = urge_sheet(example, None, "编号:47").items
    assert item.number == "督办〔2025〕47-2号"


def test_what_is_green_is_urged_only_where_it_is_asked_for(example: View) -> None:
    green = next(row.measure.id for row in example.rows if row.state.light is Light.GREEN)
    assert green not in urge_sheet(example, None).numbers
    assert urge_sheet(example, None, f"编号:{green}").numbers == (green,)
    with pytest.raises(UsageError, match="没有要催办的措施"):
        urge_sheet(example, "市税务局")


def test_names_with_markdown_in_them_stay_in_their_cell(example: View) -> None:
    row = example.rows[0]
    evil = replace(row, measure=replace(row.measure, title="甲|乙<b>\n# 丙`"))
    text = sheet_markdown(urge_sheet(replace(example, rows=(evil,)), None, "编号:1"))
    assert r"甲\|乙\<b\>" in text
    assert not re.search(r"^# 丙", text, re.MULTILINE)


def test_urging_files_a_note_for_each(real_tracker: Path) -> None:
    writer = Writer(Reader(real_tracker, date(2023, 1, 10)))
    view = writer.reader.load()
    sheet = urge_sheet(view, "sfj", "牵头:sfj 到期:逾期")
    identity = replace(writer.reader.repository.identity(), unit="市委依法治市办")
    batch = prepare_batch(view, sheet.numbers, urge_request(sheet), identity, together=True)
    assert writer.commit_batch(batch.actions).error is None
    after = writer.reader.load()
    for number in sheet.numbers:
        assert after.row(number).state.notes[-1].kind.value == "催办"
        assert after.row(number).state.status is Status.NOT_STARTED
    done = subprocess.run(
        ["git", "log", "--oneline"], cwd=real_tracker, capture_output=True, text=True, check=True
    )
    assert len(done.stdout.splitlines()) == 2
