"""The time of an import grows with the document and not faster: a ratio, whatever the machine."""

from __future__ import annotations

import time

from benchmarks.importing import plan_lines
from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.report import report


def _seconds(characters: int) -> float:
    source = "\n".join(plan_lines(characters)).encode()
    taken = []
    for _ in range(2):
        start = time.process_time()
        imported = convert(source, Corrections(), "示例.txt")
        report(imported, imported.document)
        taken.append(time.process_time() - start)
    return min(taken)


def test_eight_times_the_text_takes_about_eight_times_as_long() -> None:
    _seconds(2_000)
    # Quadratic time would be 64 times.
    assert _seconds(120_000) / _seconds(15_000) < 24


def _table_seconds(rows: int) -> float:
    lines = ["序号,任务,工作内容,牵头单位,配合单位,完成时限,截至2023年6月底进展情况"]
    lines += [
        f"{at},优化示例机构{at},健全示例职责体系{at}。,市示例局,市样本局、财政局,2023年9月底,示例推进{at}"
        for at in range(1, rows + 1)
    ]
    source = "\n".join(lines).encode()
    taken = []
    for _ in range(2):
        start = time.process_time()
        imported = convert(source, Corrections(), "示例市2023年任务台账.csv")
        taken.append(time.process_time() - start)
        assert len(imported.measures) == len(imported.notes) == rows
    return min(taken)


def test_eight_times_the_rows_of_a_table_take_about_eight_times_as_long() -> None:
    _table_seconds(20)
    assert _table_seconds(800) / _table_seconds(100) < 24
