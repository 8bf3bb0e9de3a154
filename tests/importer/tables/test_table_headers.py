"""The words at the head of a column tell what it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.tables.headers import Column, column_of
from tests.importer.tables.samples import as_xlsx
from tests.importer.tables.test_task_tables import TITLE, assert_accounted

WORDS = {
    Column.NUMBER: "序号 序 编号 项次 任务编号",
    Column.GROUP: "类别 任务类别 领域 一级指标 板块",
    Column.TASK: "任务 工作任务 重点任务 主要任务 具体任务 任务名称 工作内容 具体措施 工作举措 主要措施 "
    "措施内容 重点工作 改革事项 任务事项 工作要求 主要工作内容 目标任务",
    Column.TARGET: "工作目标 年度目标 量化指标 预期成果 成果形式 目标",
    Column.LEAD: "牵头单位 牵头部门 主办单位 牵头责任单位 责任牵头单位 主责单位 第一责任单位 "
    "牵头（责任）单位",
    Column.PARTICIPANT: "配合单位 参加单位 协办单位 参与单位 配合部门 协同单位 责任配合单位",
    Column.RESPONSIBLE: "责任单位 责任部门 落实单位 承办单位 实施单位 责任主体 任务分工单位 责任分工 "
    "责任单位（排名第一的为牵头单位）",
    Column.TIME: "完成时限 时限 完成时间 时间节点 完成期限 进度安排 时间要求 时限要求 计划完成时间 "
    "完成日期 时间安排",
    Column.PROGRESS: "进展情况 工作进展 完成情况 落实情况 推进情况 目前进展情况 截至2023年6月底进展情况 "
    "一季度进展情况 进展 "
    "工作进展情况 任务完成情况 2023年上半年落实情况",
    Column.PERCENT: "完成进度 进度（%） 完成率 完成比例 工作进度",
    Column.STATE: "状态 完成状态 是否完成",
    Column.DAY: "填报时间 更新时间 填报日期 报送日期",
    Column.FILED_BY: "填报单位 报送单位",
    Column.REMARK: "备注 说明",
    Column.OTHER: "责任领导 责任人 牵头领导 联系人 联系电话",
}


@pytest.mark.parametrize(
    ("words", "column"), [(word, column) for column, each in WORDS.items() for word in each.split()]
)
def test_words_head_a_column(words: str, column: Column) -> None:
    assert column_of(words) is column
    assert column_of("　".join(words)) is column


@pytest.mark.parametrize("words", ["优化示例机构", "市示例局", "2023年6月底前", "市示例局牵头", "", "1"])
def test_other_words_head_none(words: str) -> None:
    assert column_of(words) is None


CELLS = st.sampled_from(
    [
        *(word for each in WORDS.values() for word in each.split()[:3]),
        *("1", "2", "3-1", "（一）依法履职", "一、依法履职", "优化示例机构。健全制度。", "市示例局、样本局"),
        *(
            "2023年6月底",
            "2023-06-30",
            "已完成",
            "60%",
            "同上",
            "",
            "",
            "<",
            "^",
            "注：示例",
            "合计",
            "甲↵乙↵",
            " ",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
    )
)
def test_any_table_gives_a_result_or_a_clear_error(rows: list[list[str]]) -> None:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            # A cell can only be merged with a neighbour; rectangles alone can be merged in a workbook.
            if (cell == "<" and not column) or (cell == "^" and not at) or cell in "<^":
                row[column] = "" if (at + column) % 3 else "示例"
    header = ["序号", "任务", "责任单位", "完成时限", "进展情况", "填报时间"][: len(rows[0])]
    table = "\n".join("|".join(row) for row in [header, *rows])
    try:
        imported = convert(as_xlsx(table), Corrections(), f"{TITLE}.xlsx")
    except SourceError:
        return  # a table without a task
    assert_accounted(imported)
    assert len({measure.id for measure in imported.measures}) == len(imported.measures)
