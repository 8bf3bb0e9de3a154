"""A table that repeats the tasks of the text (示例) adds what the text lacks, and is not imported twice."""

from __future__ import annotations

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported, LogKind
from tests.importer.tables.samples import as_docx
from tests.importer.tables.test_task_tables import assert_accounted

TEXT = """示例市法治建设实施方案（2023—2025年）
一、总体要求
坚持示例。
二、主要任务
（一）健全体系
1.优化示例机构。健全示例职责体系。{one}
2.推行示例清单。编制示例清单，实行动态管理。{two}
（二）健全制度
3.规范示例程序。完善示例制度。{three}
附件：示例市任务分解表"""

UNITS = {
    "one": "（牵头单位：市示例局）",
    "two": "（牵头单位：市样本局）",
    "three": "（牵头单位：市示例局）",
}
NONE = dict.fromkeys(UNITS, "")


def imported(text: str, table: str) -> Imported:
    result = convert(as_docx(table, text), Corrections(), "示例.docx")
    assert_accounted(result)
    return result


def doubts(result: Imported) -> list[str]:
    return [entry.message for entry in result.log if entry.kind is LogKind.DOUBT]


def test_a_table_that_says_the_same_leaves_no_trace_in_the_measures() -> None:
    table = """
序号|任务|牵头单位
1|优化示例机构|市示例局
2|推行示例清单|市样本局
3|规范示例程序|市示例局
"""
    result = imported(TEXT.format(**UNITS), table)
    assert [measure.id for measure in result.measures] == ["1", "2", "3"]
    assert doubts(result) == []
    assert not any(measure.remarks for measure in result.measures)


def test_units_that_only_the_table_names_become_the_measures_own() -> None:
    table = """
序号|任务|牵头单位|参加单位|完成时限|进展情况（截至2024年6月底）
1|优化示例机构|市示例局|市样本局|2024年6月底|示例方案已印发
2|推行示例清单|市样本局||长期坚持|
3|规范示例程序。完善示例制度|市示例局|||
"""
    result = imported(TEXT.format(**NONE), table)
    assert [(m.leads, m.participants) for m in result.measures] == [
        (("市示例局",), ("市样本局",)),
        (("市样本局",), ()),
        (("市示例局",), ()),
    ]
    assert [str(item.due) for item in result.measures[0].items] == ["2024-06-30"]
    assert [(note.measure, note.unit, str(note.time.date())) for note in result.notes] == [
        ("1", "市示例局", "2024-06-30")
    ]


def test_other_units_and_other_days_are_doubts_and_the_text_stands() -> None:
    table = """
序号|任务|牵头单位|完成时限
1|优化示例机构|市别处局|2024年6月底
2|推行示例清单|市样本局|2024年6月底
3|规范示例程序|市示例局|
"""
    text = TEXT.format(**UNITS).replace("动态管理", "动态管理，2025年6月底前完成")
    result = imported(text, table)
    assert result.measures[0].leads == ("市示例局",)
    told = doubts(result)
    assert any("第1条的单位，表与正文不同：表中多出市别处局，表中没有市示例局" in doubt for doubt in told)
    assert any("第2条的时限" in doubt and "与正文不同" in doubt for doubt in told)
    assert [str(item.due) for item in result.measures[0].items] == ["2024-06-30"]
    assert [str(item.due) for item in result.measures[1].items] == ["2025-06-30"]


def test_a_task_that_only_the_table_has_is_told() -> None:
    table = """
序号|任务|牵头单位
1|优化示例机构|市示例局
2|推行示例清单|市样本局
4|开展另外的示例培训|市示例局
"""
    result = imported(TEXT.format(**UNITS), table)
    assert len(result.measures) == 3
    assert any("开展另外的示例培训" in doubt and "不见于正文" in doubt for doubt in doubts(result))


def test_a_table_of_other_tasks_is_the_plan_where_the_text_names_nobody() -> None:
    text = """关于印发示例任务分工的通知
各有关单位：
一、提高认识。充分认识示例。
二、强化落实。按时示例。
附件：示例市2023年重点任务分解表
示例市人民政府办公室
2023年3月1日
附件
示例市2023年重点任务分解表"""
    table = """
序号|任务|牵头单位
1|优化示例机构|市示例局
2|推行示例清单|市样本局
3|规范示例程序|市示例局
"""
    result = imported(text, table)
    assert [measure.title for measure in result.measures] == ["优化示例机构", "推行示例清单", "规范示例程序"]
    assert "按时示例" in result.plan.general
