"""督办单, and the notes that urging files."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.urge import sheet_markdown, urge_request, urge_sheet
from fazhi_tui.service.view import View
from fazhi_tui.service.writer import Writer


def test_a_sheet_names_what_an_office_needs(demo_view: View) -> None:
    sheet = urge_sheet(demo_view, "sfj", reply_by=date(2025, 12, 5))
    assert sheet.unit == "市司法局"
    assert {item.row.measure.id for item in sheet.items} >= {"11", "50"}
    fifty = next(item for item in sheet.items if item.row.measure.id == "50")
    assert (fifty.urgency, fifty.number) == ("特急", "督办〔2025〕50-1号")
    assert "2023-12-31" in dict(fifty.facts)["办理时限"]
    assert "逾期" in dict(fifty.facts)["办理时限"]
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


def test_the_number_counts_how_often_a_measure_was_urged(demo_view: View) -> None:
    (item,) = urge_sheet(demo_view, None, "编号:47").items
    assert item.number == "督办〔2025〕47-2号"


def test_what_is_green_is_urged_only_where_it_is_asked_for(demo_view: View) -> None:
    green = next(row.measure.id for row in demo_view.rows if row.state.light is Light.GREEN)
    assert green not in urge_sheet(demo_view, None).numbers
    assert urge_sheet(demo_view, None, f"编号:{green}").numbers == (green,)
    with pytest.raises(UsageError, match="没有要催办的措施"):
        urge_sheet(demo_view, "市税务局")


def test_names_with_markdown_in_them_stay_in_their_cell(demo_view: View) -> None:
    row = demo_view.rows[0]
    evil = replace(row, measure=replace(row.measure, title="甲|乙<b>\n# 丙`"))
    text = sheet_markdown(urge_sheet(replace(demo_view, rows=(evil,)), None, "编号:1"))
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
