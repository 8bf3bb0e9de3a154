"""Whole documents in the shapes that governments print (示例, written for these tests), and what they give.

One sample a shape: a text, and a line for each measure: number | title | lead | participants | responsible.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported, LogKind
from fazhi_tui.importer.text.source_map import INSERTED

TITLE = "示例市法治建设实施方案（2023—2025年）\n"


@dataclass(frozen=True)
class Sample:
    """One shape: what it is, a document, the measures it holds, and words of the doubts it raises."""

    shape: str
    text: str
    measures: str
    doubts: tuple[str, ...] = ()


SAMPLES = (
    Sample(
        "numbers with a full-width point, running on through chapters",
        TITLE
        + """一、总体要求
坚持示例。
二、主要任务
（一）健全体系
1．优化示例。完善制度。（牵头单位：市示例局；参加单位：市样本局）
（二）健全制度
2．推进样本。完善机制。（牵头单位：市样本局）
三、组织保障
3．加强领导。压实责任。（责任单位：市示例局）
""",
        "1|优化示例|市示例局|市样本局|\n2|推进样本|市样本局||\n3|加强领导|||市示例局",
    ),
    Sample(
        "full-width digits and 、",
        TITLE
        + """一、主要任务
１、优化示例。完善制度。（责任单位：市示例局）
２、推进样本。完善机制。（责任单位：市样本局）
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局",
    ),
    Sample(
        "（一） is the measure, aims are none, the count starts again in each chapter",
        TITLE
        + """一、总体要求
（一）指导思想。坚持示例。
（二）基本原则。统筹推进。
二、优化环境
（一）优化示例。完善制度。（责任单位：市示例局）
（二）推进样本。完善机制。（责任单位：市样本局）
三、强化监管
（一）创新监管。完善规则。（责任单位：市示例局、市样本局）
""",
        "2-1|优化示例|||市示例局\n2-2|推进样本|||市样本局\n3-1|创新监管|||市示例局、市样本局",
    ),
    Sample(
        "（一） runs on through the chapters from the aims on",
        TITLE
        + """一、总体要求
（一）指导思想。坚持示例。
（二）主要原则。统筹推进。
二、优化环境
（三）优化示例。完善制度。（责任单位：市示例局）
三、强化监管
（四）创新监管。完善规则。（责任单位：市样本局）
""",
        "3|优化示例|||市示例局\n4|创新监管|||市样本局",
    ),
    Sample(
        "chapter numerals are the measures, with points inside them",
        TITLE
        + """一、优化示例。完善制度。
1.建立清单。
2.定期公布。
（牵头单位：市示例局）
二、推进样本。完善机制。
1.建立平台。
2.开展评估。
（牵头单位：市样本局）
""",
        "1|优化示例|市示例局||\n2|推进样本|市样本局||",
    ),
    Sample(
        "articles",
        """示例市示例管理办法（2023—2027年）
第一章 总则
第一条 为了规范示例，制定本办法。
第二条 市示例局负责示例工作。
第二章 附则
第三条 本办法自2023年1月1日起施行。
""",
        "1|为了规范示例，制定本办法|||\n2|市示例局负责示例工作|||\n3|本办法自2023年1月1日起施行|||",
    ),
    Sample(
        "a notice before and signatures behind",
        """示例市人民政府办公室文件
示政办发〔2023〕5号
示例市人民政府办公室关于印发示例市法治建设
实施方案（2023—2025年）的通知
各县（市、区）人民政府，市政府各部门：
现将方案印发给你们，请认真组织实施。
示例市人民政府办公室
2023年3月1日
（此件公开发布）
示例市法治建设实施方案（2023—2025年）
为推进示例，制定本方案。
一、主要任务
（一）优化示例。完善制度。（责任单位：市示例局）
（二）推进样本。完善机制。（责任单位：市样本局）
抄送：市委各部门，市人大常委会办公室。
示例市人民政府办公室 2023年3月1日印发
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局",
    ),
    Sample(
        "measures without a title sentence",
        TITLE
        + """一、主要任务
1.完善示例制度，建立清单，定期公布，接受监督，形成闭环管理，持续改进工作方式方法，不断提升示例工作质量和水平。（责任单位：市示例局）
2.推进样本。完善机制。（责任单位：市样本局）
""",
        "1|完善示例制度|||市示例局\n2|推进样本|||市样本局",
    ),
    Sample(
        "units on a line of their own",
        TITLE
        + """一、主要任务
1.优化示例。完善制度。
责任单位：市示例局、市样本局
2.推进样本。完善机制。
牵头单位：市样本局
""",
        "1|优化示例|||市示例局、市样本局\n2|推进样本|市样本局||",
    ),
    Sample(
        "organisational requirements that name nobody are no measures",
        TITLE
        + """一、重点任务
（一）优化示例。完善制度。（责任单位：市示例局）
（二）推进样本。完善机制。（责任单位：市样本局）
二、保障措施
（一）加强组织领导。各部门要高度重视。
（二）强化督促检查。加强跟踪。
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局",
    ),
    Sample(
        "a repeated number and a gap",
        TITLE
        + """一、重点任务
1.优化示例。完善制度。（责任单位：市示例局）
2.推进样本。完善机制。（责任单位：市样本局）
2.创新监管。完善规则。（责任单位：市样本局）
4.加强协同。完善配合。（责任单位：市示例局）
6.强化评估。完善指标。（责任单位：市示例局）
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局\n3|创新监管|||市样本局\n4|加强协同|||市示例局\n6|强化评估|||市示例局",
        ("印作第2条", "没有第5条"),
    ),
    Sample(
        "the whole printed count is off by a repeat",
        TITLE
        + """一、重点任务
1.优化示例。完善制度。（责任单位：市示例局）
2.推进样本。完善机制。（责任单位：市样本局）
2.创新监管。完善规则。（责任单位：市样本局）
3.加强协同。完善配合。（责任单位：市示例局）
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局\n2-2|创新监管|||市样本局\n3|加强协同|||市示例局",
        ("又一个第2条",),
    ),
    Sample(
        "a list inside a measure has numbers of its own",
        TITLE
        + """一、重点任务
1.优化示例。完善下列制度：
（1）清单制度。
（2）公示制度。
（责任单位：市示例局）
2.推进样本。完善机制。（责任单位：市样本局）
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局",
    ),
    Sample(
        "no clause at all",
        TITLE
        + """一、总体要求
坚持示例。
二、重点任务
（一）优化示例。完善制度。
（二）推进样本。完善机制。
三、强化监管
（三）创新监管。完善规则。
""",
        "1|优化示例|||\n2|推进样本|||\n3|创新监管|||",
    ),
    Sample(
        "sections that are not divided further are measures too",
        TITLE
        + """一、重点任务
（一）优化示例
1.完善制度。建立清单。（责任单位：市示例局）
2.完善机制。定期公布。（责任单位：市样本局）
（二）创新监管。完善规则。（责任单位：市样本局）
（三）加强协同
3.完善配合。建立专班。（责任单位：市示例局）
""",
        "1|完善制度|||市示例局\n2|完善机制|||市样本局\n1-2|创新监管|||市样本局\n3|完善配合|||市示例局",
    ),
    Sample(
        "a table of contents, and the title broken over two lines",
        """示例市法治建设
实施方案（2023—2025年）
目 录
一、总体要求……1
二、重点任务……2
一、总体要求
坚持示例。
二、重点任务
1.优化示例。完善制度。（责任单位：市示例局）
2.推进样本。完善机制。（责任单位：市样本局）
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局",
    ),
    Sample(
        "an attachment behind the text",
        TITLE
        + """一、重点任务
1.优化示例。完善制度。（责任单位：市示例局）
2.推进样本。完善机制。（责任单位：市样本局）
3.创新监管。完善规则。（责任单位：市样本局）
附件：1.示例任务分工表
2.示例清单
附件1
示例任务分工表
1.优化示例。市示例局。
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局\n3|创新监管|||市样本局",
    ),
    Sample(
        "a clause on a line of its own behind the points of a measure, numbers starting again",
        TITLE
        + """（一）健全体系
1.完善示例预案
（1）加强示例管理，规范编制。
（2）推进示例演练。
(责任单位:市直各有关单位、各县(市、区)人民政府)
2.健全示例体制
（1）落实示例。
（2）建立样本。
(责任单位:市示例局、样本局等部门,各县(市、区)人民政府)
（二）提高能力
1.加强示例。
(责任单位:市示例局)
""",
        """1-1|完善示例预案|||市直各有关单位、各县（市、区）人民政府
1-2|健全示例体制|||市示例局、市样本局、各县（市、区）人民政府
2-1|加强示例|||市示例局""",
    ),
    Sample(
        "two clauses on lines of their own, with empty lines between, below an aim in figures",
        TITLE
        + """一、主要预期目标

1.示例总值增长6.2%左右。

牵头单位：区示例局

责任单位：示例经济开发区，各街道

2.示例投资增长5%左右。

牵头单位：区样本局

二、重点工作

3.完成示例项目不少于20个。

牵头单位：区示例局、区样本局

责任单位：各街道、区直各部门
""",
        """1|示例总值增长6.2%左右|区示例局||示例经济开发区、各街道
2|示例投资增长5%左右|区样本局||
3|完成示例项目不少于20个|区示例局、区样本局||各街道、区直各部门""",
    ),
    Sample(
        "tasks that are called so, people among the units, two labels on a line with blanks between",
        """示例市示例攻坚行动方案
（2024年）
一、行动目标
以示例为目标。
二、攻坚任务
任务1：实施示例准入攻坚。
全面落实示例清单。
牵头部门：市示例委  配合部门：市样本局、市数据局
完成时限：2024年6月底
任务2：实施示例服务攻坚
责任领导：示某某  牵头单位：市数据局  责任单位：各县（市、区）
完成时限：持续推进
三、保障机制
（一）建立专班。
""",
        """1|实施示例准入攻坚|市示例委|市样本局、市数据局|
2|实施示例服务攻坚|市数据局||各县（市、区）""",
    ),
    Sample(
        "aims that the count runs on from, names alone in brackets, a file number behind the title",
        """关于加强示例工作的实施意见
示政〔2023〕3号
各市人民政府，省政府各部门：
为加强示例工作，提出如下意见：
一、总体要求
（一）指导思想。示例。
（二）工作目标。到2025年，示例。
二、完善示例体系
（三）健全示例标准。制定示例。（省示例局牵头，省样本厅等参加）
（四）加强示例供给。推进示例。（省样本厅、省示例委会同有关部门负责）
三、组织实施
（五）加强组织领导。各地要示例。（各市、县人民政府，省直有关部门）
附件：示例清单

示例省人民政府
2023年2月8日
""",
        """3|健全示例标准|省示例局|省样本厅|
4|加强示例供给|省样本厅、省示例委|有关部门|
5|加强组织领导|||各市、县人民政府、省直有关部门""",
    ),
    Sample(
        "a ministry's plan: numbers that run on through aims and to the end, a remark in the clause",
        """示例部办公厅关于印发《示例行动计划（2023—2025年）》的通知
示厅〔2023〕2号
各省、自治区、直辖市示例厅（委）：
现印发给你们，请结合实际认真贯彻执行。
示例部办公厅
2023年5月9日
示例行动计划（2023—2025年）
为推进示例，制定本行动计划。
一、总体要求
1．指导思想。示例。
2．工作目标。到2025年，示例。
二、重点任务
3．加强示例建设。建设示例基地。（示例部、样本部按职责分工负责，地方各级人民政府负责落实。以下任务均需地方各级人民政府落实，不再列出）
4．完善示例制度。修订示例。（示例部、国家样本委、中央示例办等）
5．推进示例改革。遴选示例学校。（样本部牵头，国家示例总局、中国示例银行等部门参加）
三、组织实施
6．加强组织领导。各地要示例。
7．强化督导。
""",
        """3|加强示例建设|||示例部、样本部、地方各级人民政府
4|完善示例制度|||示例部、国家样本委、中央示例办
5|推进示例改革|样本部|国家示例总局、中国示例银行|
6|加强组织领导|||
7|强化督导|||""",
        doubts=("没有认出单位",),
    ),
    Sample(
        "nobody named, and headings that say nothing but their titles down to the points",
        TITLE
        + """一、总体要求
以示例为指导。
二、工作任务
（一）健全示例体系，发挥示例作用
1.推进示例优化
（1）规范示例运行。优化流程。
（2）深化示例管理。落实清单。
2.深化示例改革
（3）推进样本。完善机制。
三、保障措施
（一）加强领导。
（二）强化落实。
""",
        "1|规范示例运行|||\n2|深化示例管理|||\n3|推进样本|||",
        doubts=("没有认出任何单位",),
    ),
    Sample(
        "a title that the notice names, and a line behind it that reads like one",
        """示例市人民政府办公厅关于印发示例市示例体系建设“十四五”规划责任分解的通知
各县（市、区）人民政府：
现印发给你们，请认真组织实施。
示例市人民政府办公厅
2021年4月13日
示例市示例体系建设“十四五”规划责任分解
为推进示例，进行责任分解。
示例体系9个具体建设任务
1.优化示例。完善制度。（责任单位：市示例局）
2.推进样本。完善机制。（责任单位：市样本局）
""",
        "1|优化示例|||市示例局\n2|推进样本|||市样本局",
    ),
)


def _convert(text: str) -> Imported:
    return convert(text.encode(), Corrections(path="示例.yaml"))


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.shape for sample in SAMPLES])
def test_a_document_of_this_shape_gives_its_measures(sample: Sample) -> None:
    imported = _convert(sample.text)
    rows = [
        "|".join(
            [
                measure.id,
                measure.title or "",
                "、".join(measure.leads),
                "、".join(measure.participants),
                "、".join(measure.responsible),
            ]
        )
        for measure in imported.measures
    ]
    assert rows == sample.measures.split("\n")
    doubts = [entry.message for entry in imported.log if entry.kind is LogKind.DOUBT]
    for words in sample.doubts:
        assert any(words in doubt for doubt in doubts), doubts
    if not sample.doubts:
        assert not [doubt for doubt in doubts if "编号" in doubt]


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.shape for sample in SAMPLES])
def test_every_character_of_the_document_is_accounted_for_once(sample: Sample) -> None:
    imported = _convert(sample.text)
    placed = [offset for part in imported.placed for offset in part.text.origin if offset != INSERTED]
    left = [
        offset
        for entry in imported.log
        if entry.kind is LogKind.LEFT_OUT
        for offset in entry.what.origin
        if offset != INSERTED
    ]
    everything = sorted(placed + left)
    assert everything == sorted(set(everything))
    missing = set(range(len(sample.text))) - set(everything)
    assert "".join(sample.text[offset] for offset in sorted(missing)) == ""


def test_the_title_of_the_plan_and_its_issuer_are_found_behind_the_notice() -> None:
    notice = next(sample for sample in SAMPLES if sample.shape.startswith("a notice"))
    plan = _convert(notice.text).plan
    assert plan.title == "示例市法治建设实施方案（2023—2025年）"
    assert plan.issuer == "示例市人民政府办公室"
    assert plan.general == "为推进示例，制定本方案。"


def test_the_title_is_the_one_that_the_notice_names() -> None:
    named = next(sample for sample in SAMPLES if "the notice names" in sample.shape)
    assert _convert(named.text).plan.title == "示例市示例体系建设“十四五”规划责任分解"
