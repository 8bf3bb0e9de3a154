"""Progress in tables (示例) becomes notes, dated as the table says and never otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported, LogKind
from tests.importer.tables.samples import as_xlsx
from tests.importer.tables.test_task_tables import TITLE, assert_accounted


def imported(table: str, corrections: Corrections | None = None) -> Imported:
    result = convert(as_xlsx(table), corrections or Corrections(), f"{TITLE}.xlsx")
    assert_accounted(result)
    return result


def told(result: Imported) -> list[str]:
    return [f"{note.time.date()} {note.measure} {note.unit} {note.body.strip()}" for note in result.notes]


def doubts(result: Imported) -> list[str]:
    return [entry.message for entry in result.log if entry.kind is LogKind.DOUBT]


def test_the_day_stands_in_a_column_of_its_own() -> None:
    result = imported(
        """
序号|任务|牵头单位|进展情况|填报时间
1|优化示例机构|市示例局|示例方案已印发。|2023-06-30
2|推行示例清单|市样本局|正在征求示例意见|2023年7月5日
"""
    )
    assert told(result) == [
        "2023-06-30 1 市示例局 示例方案已印发。",
        "2023-07-05 2 市样本局 正在征求示例意见",
    ]
    first = result.notes[0]
    assert first.kind is NoteKind.PROGRESS
    assert (first.status_before, first.status) == (Status.NOT_STARTED, Status.IN_PROGRESS)
    assert first.author == "导入 <import@localhost.invalid>"


def test_the_day_stands_in_the_header_of_each_progress_column() -> None:
    result = imported(
        """
序号|任务|牵头单位|一季度进展情况|截至2023年6月底进展情况
1|优化示例机构|市示例局|启动示例起草|完成示例送审
"""
    )
    assert told(result) == ["2023-03-31 1 市示例局 启动示例起草", "2023-06-30 1 市示例局 完成示例送审"]
    assert [note.status for note in result.notes] == [Status.IN_PROGRESS, None]
    assert [note.status_before for note in result.notes] == [Status.NOT_STARTED, Status.IN_PROGRESS]


def test_two_periods_stand_below_one_header() -> None:
    result = imported(
        """
序号|任务|责任单位|进展情况|<
^|^|^|2023年上半年|2023年下半年
1|优化示例机构|市示例局|启动示例起草|完成示例送审
"""
    )
    assert [line[:10] for line in told(result)] == ["2023-06-30", "2023-12-31"]


def test_the_day_stands_in_a_line_above_the_table() -> None:
    result = imported(
        """
示例市2023年任务台账|<|<|<
填报单位：市示例局|<|填报日期：2023年9月30日|<
序号|任务|责任单位|工作进展
1|优化示例机构|市示例局|示例方案已印发
"""
    )
    assert told(result) == ["2023-09-30 1 市示例局 示例方案已印发"]


def test_without_a_day_nothing_is_made_up() -> None:
    table = """
序号|任务|责任单位|进展情况
1|优化示例机构|市示例局|示例方案已印发
"""
    result = imported(table)
    assert result.notes == ()
    assert any("没有写明日期" in doubt for doubt in doubts(result))
    given = imported(table, Corrections(report_day=date(2023, 6, 30)))
    assert told(given) == ["2023-06-30 1 市示例局 示例方案已印发"]
    assert not any("没有写明日期" in doubt for doubt in doubts(given))


@pytest.mark.parametrize(
    ("percent", "expected"), [("60%", 60), ("60", 60), ("0.6", 60), ("100%", 100), ("约六成", None)]
)
def test_a_share_is_the_progress_of_the_last_report(percent: str, expected: int | None) -> None:
    result = imported(
        f"""
序号|任务|责任单位|进展情况|完成进度|填报时间
1|优化示例机构|市示例局|示例推进|{percent}|2023-06-30
"""
    )
    assert [note.progress for note in result.notes] == [expected]


def test_done_in_a_table_is_for_the_coordinating_office_to_confirm() -> None:
    result = imported(
        """
序号|任务|责任单位|完成情况|填报时间
1|优化示例机构|市示例局|已完成|2023-06-30
2|推行示例清单|市示例局|未启动|2023-06-30
"""
    )
    assert [note.status for note in result.notes] == [Status.IN_PROGRESS, None]
    assert [note.kind for note in result.notes] == [NoteKind.PROGRESS, NoteKind.PROGRESS]
    assert any("是否办结由统筹单位认定" in doubt for doubt in doubts(result))


def test_who_reported_stands_in_a_column_of_its_own() -> None:
    result = imported(
        """
序号|任务|牵头单位|配合单位|进展情况|填报单位|填报时间
1|优化示例机构|市示例局|市样本局|示例推进|市样本局|2023-06-30
2|推行示例清单|市示例局|市样本局|示例推进|市别处局|2023-06-30
"""
    )
    assert [note.unit for note in result.notes] == ["市样本局"]
    assert any("填报单位" in doubt for doubt in doubts(result))


def test_an_empty_cell_is_no_report() -> None:
    result = imported(
        """
序号|任务|责任单位|进展情况|填报时间
1|优化示例机构|市示例局||2023-06-30
2|推行示例清单|市示例局|/|2023-06-30
"""
    )
    assert result.notes == ()
