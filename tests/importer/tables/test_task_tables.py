"""Tables of tasks (示例) in many shapes become the same measures, whatever file they come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported, LogKind
from fazhi_tui.importer.text.source_map import INSERTED
from tests.importer.tables.samples import as_docx, as_html, as_xlsx

TITLE = "示例市2023年法治建设任务分解表"


@dataclass(frozen=True)
class Sample:
    """A table, and for each measure: id | section | title | lead | participants | responsible | due."""

    shape: str
    table: str
    measures: str
    doubts: tuple[str, ...] = ()
    chapters: str = ""


SAMPLES = (
    Sample(
        "one column of tasks, lead and participants",
        """
序号|工作任务|牵头单位|配合单位|完成时限
1|优化示例机构设置|市示例局|市样本局、财政局|2023年6月底前
2|推行示例清单管理|市样本局|各县（市、区）人民政府|长期坚持
""",
        """
1||优化示例机构设置|市示例局|市样本局、市财政局||2023-06-30
2||推行示例清单管理|市样本局|各县（市、区）人民政府||
""",
    ),
    Sample(
        "a title above the header, merged over all columns",
        """
示例市2023年任务台账|<|<|<
序号|重点任务|责任单位|时限
1|健全示例制度|市示例局|12月底
""",
        """
1||健全示例制度|||市示例局|2023-12-31
""",
    ),
    Sample(
        "groups of tasks in rows merged over all columns",
        """
序号|主要任务|责任单位
一、依法履职|<|<
1|优化示例机构|市示例局
2|推行示例清单|市样本局
二、科学决策|<|<
3|规范示例程序|市示例局、样本局
""",
        """
1||优化示例机构|||市示例局|
2||推行示例清单|||市样本局|
3||规范示例程序|||市示例局、市样本局|
""",
        chapters="一、依法履职 二、科学决策",
    ),
    Sample(
        "a column of groups merged over their tasks, and numbers that start again in each",
        """
类别|序号|任务|牵头单位
一、依法履职|1|优化示例机构|市示例局
^|2|推行示例清单|市样本局
二、科学决策|1|规范示例程序|市示例局
""",
        """
1-1||优化示例机构|市示例局|||
1-2||推行示例清单|市样本局|||
2-1||规范示例程序|市示例局|||
""",
        chapters="一、依法履职 二、科学决策",
    ),
    Sample(
        "a task and its measures, a row each, with units of their own",
        """
序号|重点任务|具体措施|责任单位|完成时限
1|优化示例环境|出台示例办法|市示例局|2023年3月底前
^|^|开展示例评估|市样本局|2023年11月底前
2|健全示例机制|建立示例制度|市示例局|2023年底前
""",
        """
1-1||出台示例办法|||市示例局|2023-03-31
1-2||开展示例评估|||市样本局|2023-11-30
2||建立示例制度|||市示例局|2023-12-31
""",
        chapters="优化示例环境 健全示例机制",
    ),
    Sample(
        "a title and its content side by side",
        """
序号|任务名称|工作内容|牵头单位|参与单位
1|优化示例机构|健全示例职责体系。完善示例制度。|市示例局|市样本局
2|推行示例清单|编制示例清单，实行动态管理。|市样本局|市示例局
""",
        """
1||优化示例机构|市示例局|市样本局||
2||推行示例清单|市样本局|市示例局||
""",
    ),
    Sample(
        "units in two columns below one header",
        """
序号|任务|责任单位|<|完成时限
^|^|牵头单位|配合单位|^
1|优化示例机构|市示例局|市样本局|2023年6月
""",
        """
1||优化示例机构|市示例局|市样本局||2023-06-30
""",
    ),
    Sample(
        "one cell of units that says the roles itself",
        """
序号|任务|责任单位
1|优化示例机构|牵头单位：市示例局↵配合单位：市样本局、财政局
2|推行示例清单|市样本局牵头，市示例局配合
3|健全示例机制|市示例局↵市样本局↵各县（市、区）
""",
        """
1||优化示例机构|市示例局|市样本局、市财政局||
2||推行示例清单|市样本局|市示例局||
3||健全示例机制|||市示例局、市样本局、各县（市、区）|
""",
    ),
    Sample(
        "the first of the units leads, as the header says",
        """
序号|任务|责任单位（列第一位者为牵头单位）
1|优化示例机构|市示例局、样本局
""",
        """
1||优化示例机构|市示例局||市样本局|
""",
    ),
    Sample(
        "units merged over several tasks, and one task over several rows of units",
        """
序号|任务|牵头单位|配合单位
1|优化示例机构|市示例局|市样本局
2|推行示例清单|^|市财政局
3|健全示例机制|市样本局|市示例局
^|^|^|市财政局
""",
        """
1||优化示例机构|市示例局|市样本局||
2||推行示例清单|市示例局|市财政局||
3||健全示例机制|市样本局|市示例局、市财政局||
""",
    ),
    Sample(
        "the header repeated on a second page, a total and a note at the end",
        """
序号|任务|责任单位|完成时限
1|优化示例机构|市示例局|2023年6月底
序号|任务|责任单位|完成时限
2|推行示例清单|市样本局|2023年9月底
合计|2项||
注：各项任务以印发文件为准。|<|<|<
""",
        """
1||优化示例机构|||市示例局|2023-06-30
2||推行示例清单|||市样本局|2023-09-30
""",
    ),
    Sample(
        "no column of numbers: tasks with numbers of their own, or with none",
        """
工作任务|责任单位
1.优化示例机构|市示例局
2.推行示例清单|市样本局
""",
        """
1||优化示例机构|||市示例局|
2||推行示例清单|||市样本局|
""",
    ),
    Sample(
        "columns that no tracker has are told and left out",
        """
序号|任务|责任单位|责任领导|联系电话|备注
1|优化示例机构|市示例局|示例某|000|与第2项同步
""",
        """
1||优化示例机构|||市示例局|
""",
    ),
    Sample(
        "days in figures, and a target in a column of its own",
        """
序号|工作任务|年度目标|责任部门|完成日期
1|推行示例清单|编制示例清单不少于3份|市示例局|2023-06-30
2|优化示例机构|完成示例设置|市示例局|2023/9/30
3|健全示例机制|形成示例制度|市示例局|2023.11
""",
        """
1||推行示例清单|||市示例局|2023-06-30
2||优化示例机构|||市示例局|2023-09-30
3||健全示例机制|||市示例局|2023-11-30
""",
    ),
    Sample(
        "a misprinted and a repeated number",
        """
序号|任务|责任单位
1|优化示例机构|市示例局
2|推行示例清单|市示例局
2|健全示例机制|市示例局
4|规范示例程序|市示例局
""",
        """
1||优化示例机构|||市示例局|
2||推行示例清单|||市示例局|
3||健全示例机制|||市示例局|
4||规范示例程序|||市示例局|
""",
        doubts=("编号疑有误",),
    ),
)

WAYS: dict[str, Callable[[str], tuple[bytes, str]]] = {
    "xlsx": lambda table: (as_xlsx(table), f"{TITLE}.xlsx"),
    "docx": lambda table: (as_docx(table, TITLE), "表.docx"),
    "html": lambda table: (as_html(table, TITLE), "表.html"),
}


def lines(imported: Imported) -> str:
    """The measures as the samples write them."""
    told = []
    for measure in imported.measures:
        dues = ",".join(str(item.due) for item in measure.items if item.due)
        units = [measure.leads, measure.participants, measure.responsible]
        told.append(
            "|".join([measure.id, "", measure.title or "", *("、".join(each) for each in units), dues])
        )
    return "\n".join(told)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.shape)
def test_a_table_of_tasks_becomes_measures(sample: Sample, way: str) -> None:
    source, name = WAYS[way](sample.table)
    imported = convert(source, Corrections(), name)
    assert lines(imported) == sample.measures.strip()
    if sample.chapters:
        assert [chapter.title for chapter in imported.plan.chapters] == sample.chapters.split()
    doubts = [entry.message for entry in imported.log if entry.kind is LogKind.DOUBT]
    for words in sample.doubts:
        assert any(words in doubt for doubt in doubts), doubts


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.shape)
def test_every_character_of_a_table_is_accounted_for_once(sample: Sample, way: str) -> None:
    source, name = WAYS[way](sample.table)
    assert_accounted(convert(source, Corrections(), name))


def assert_accounted(imported: Imported) -> None:
    """Every character of the document is placed or left out, once."""
    told = [placed.text for placed in imported.placed]
    told += [entry.what for entry in imported.log if entry.kind is LogKind.LEFT_OUT]
    offsets = sorted(offset for text in told for offset in text.origin if offset != INSERTED)
    assert offsets == list(range(len(imported.document.text)))
