"""Figures, counted over the example."""

from __future__ import annotations

from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.service.view import View


def test_every_measure_is_counted_once_in_each_way(demo_view: View) -> None:
    stats = stats_of(demo_view)
    total = len(demo_view.rows)
    assert stats.whole.total == total
    for group in (stats.whole, *stats.sections, *(one.charged for one in stats.units)):
        assert sum(group.statuses.values()) == sum(group.lights.values()) == group.total
    assert sum(group.total for group in stats.sections) == total
    assert sum(number for _, number in stats.months) == sum(
        note.kind.value in ("进展", "申请办结", "申请延期", "更正") for note in demo_view.tracker.notes
    )
    assert [month for month, _ in stats.months] == sorted({month for month, _ in stats.months})


def test_a_units_figures_agree_with_the_filter_language(demo_view: View) -> None:
    figures = {one.unit: one for one in stats_of(demo_view).units}
    justice = figures["市司法局"]
    assert justice.lead == len(demo_view.select("牵头:市司法局"))
    assert justice.total == len(demo_view.select("单位:市司法局"))
    assert justice.overdue == len(demo_view.select("到期:逾期 牵头:市司法局"))


def test_the_figures_of_a_selection_are_of_that_alone(demo_view: View) -> None:
    rows = demo_view.select("节:突发事件")
    assert stats_of(demo_view, rows).whole.total == len(rows) > 0
