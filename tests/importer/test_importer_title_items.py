"""A measure that is nothing but its title (示例) says there what is owed."""

from __future__ import annotations

from datetime import date

from fazhi_tui.importer.corrections.model import Corrections
from fazhi_tui.importer.pipeline import convert

TEXT = """示例市2024年民生实事清单
1.新建示例学校不少于5所。（责任单位：市示例局）
2.2024年9月底前完成示例改造。（责任单位：市示例局）
3.推进示例服务。2024年6月底前印发示例方案。（责任单位：市示例局）
"""


def test_the_title_is_read_for_items_where_there_is_no_text() -> None:
    imported = convert(TEXT.encode(), Corrections())
    told = [[(item.due, item.quantity) for item in measure.items] for measure in imported.measures]
    assert told == [[(None, 5)], [(date(2024, 9, 30), None)], [(date(2024, 6, 30), None)]]
