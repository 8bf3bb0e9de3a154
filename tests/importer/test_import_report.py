"""``import-report.md``: what is doubtful first, and where everything stands in the source."""

from __future__ import annotations

import dataclasses
import time

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.report import doubts_of, report
from fazhi_tui.importer.result import Imported, LogEntry, LogKind
from fazhi_tui.importer.text.source_map import MappedText

SAMPLE = """示例市法治建设实施方案（2023—2026年）
为了示例，制定本方案。
一、主要任务
（一）健全示例体系
1.优化示例。统筹示例。
每年公布示例清单。（牵头单位：市示例局；参加单位：市样本局）
3.加强领导。2024年年底前，完成*样本*|示例。（牵头单位：市示例局）
"""


def _import(text: str = SAMPLE) -> Imported:
    return convert(text.encode(), Corrections())


def _report(imported: Imported) -> str:
    return report(imported, imported.document, "示例.txt")


def _section(text: str, title: str) -> str:
    return next(part for part in text.split("\n## ") if part.startswith(title))


def test_each_measure_and_its_units_have_their_place() -> None:
    measures = _section(_report(_import()), "措施")
    assert "| 1 | 第5行至第6行 | 优化示例 | 第6行 |" in measures
    assert "| 3 | 第7行 | 加强领导 | 第7行 |" in measures


def test_each_item_and_unit_has_its_place() -> None:
    text = _report(_import())
    assert "| 1.1 | 第6行 |" in _section(text, "事项")
    assert "| 3.1 | 第7行 | 2024-12-31 |" in _section(text, "事项")
    assert "第1条（第6行）、第3条（第7行）" in _section(text, "单位")


def test_the_title_and_what_belongs_to_no_measure_have_their_place() -> None:
    others = _section(_report(_import()), "其余部分")
    assert "| 第1行 | 方案标题 |" in others
    assert "| 第2行 | 引言 |" in others


def test_signs_of_markdown_in_the_text_are_text() -> None:
    assert r"完成\*样本\*\|示例" in _report(_import())


def test_a_hidden_character_is_made_visible() -> None:
    assert "\u202e" not in _report(_import(SAMPLE.replace("完成", "完\u202e成")))


def test_doubts_stand_worst_first_and_with_their_place() -> None:
    imported = _import()
    nothing = MappedText("", ())
    log = (
        LogEntry(LogKind.DOUBT, 9, "示例：日期没有年份。", nothing),
        LogEntry(LogKind.DOUBT, 8, "第3条没有认出单位。", nothing),
        LogEntry(LogKind.DOUBT, 7, "有 9 字未归入任何措施：示例。", nothing, "第2页第1段"),
    )
    told = doubts_of(dataclasses.replace(imported, log=log))
    assert told == (
        "第2页第1段：有 9 字未归入任何措施：示例。",
        "第8行：第3条没有认出单位。",
        "第9行：示例：日期没有年份。",
    )


def test_a_gap_in_the_numbering_is_among_the_doubts_and_among_the_measures() -> None:
    text = _report(_import())
    assert "没有第2条" in _section(text, "存疑")
    assert "| 2 | 原文缺失 |" in _section(text, "措施")


def test_the_same_import_gives_the_same_report() -> None:
    assert _report(_import()) == _report(_import())


def test_its_time_grows_with_the_document_and_not_faster() -> None:
    def seconds(count: int) -> float:
        body = "".join(
            f"{n}.优化示例{n}。统筹示例。（牵头单位：市示例{n % 50}局）\n" for n in range(1, count + 1)
        )
        imported = _import("示例方案（2023—2026年）\n一、任务\n（一）示例\n" + body)
        best = []
        for _ in range(3):
            start = time.process_time()
            _report(imported)
            best.append(time.process_time() - start)
        return min(best)

    assert seconds(2000) / seconds(400) < 5 * 2.5
