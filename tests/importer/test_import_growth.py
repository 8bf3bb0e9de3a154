"""The time of an import grows with the document and not faster: a ratio, whatever the machine."""

from __future__ import annotations

import time

from benchmarks.importing import plan_lines
from fazhi_tui.importer import Corrections, convert
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
    assert _seconds(240_000) / _seconds(30_000) < 24
