"""漏报: which body has not reported on which measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.reporting.missing import missing_reports, period_named, periods_of
from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.service.view import View, view_of


def test_missing_is_by_body_and_measure_and_a_late_report_is_told(demo_view: View) -> None:
    found = missing_reports(demo_view, period_named(demo_view, "2025年第3季度"))
    assert {one.row.measure.id for one in found} >= {"20", "22", "39"}
    for one in found:
        inside = [
            note
            for note in one.row.state.notes
            if demo_view.index.canonical(note.unit) == one.unit
            and one.period.start <= note.time.date() <= one.period.end
        ]
        assert [note for note in inside if note.kind.value != "催办"] == []
        assert one.last is None or one.last.time.date() < one.period.start
    assert any(one.later for one in found)


def test_a_period_is_asked_for_by_its_name(demo_view: View) -> None:
    assert len(periods_of(demo_view)) == 15
    with pytest.raises(UsageError, match="没有「2031年」"):
        period_named(demo_view, "2031年")


def test_a_collective_is_asked_only_where_it_alone_is_charged(demo_view: View) -> None:
    period = ReportPeriod("示例", date(2022, 1, 1), date(2022, 1, 2))
    asked = {(one.unit, one.row.measure.id) for one in missing_reports(demo_view, period)}
    assert ("市政府各委办局", "2") in asked
    assert not {unit for unit, number in asked if number == "8"} & {"市政府其他委办局"}


def test_members_count_only_where_the_switch_is_on(demo_view: View) -> None:
    units = tuple(
        replace(unit, members=("市财政局", "市审计局")) if unit.name == "市政府各委办局" else unit
        for unit in demo_view.tracker.units
    )
    tracker = replace(demo_view.tracker, units=units)
    off, on = (view_of(tracker, DEMO_TODAY, members) for members in (False, True))
    assert len(on.select("单位:市审计局")) > len(off.select("单位:市审计局"))
    load = {one.unit: one for one in stats_of(on).units}["市审计局"]
    assert load.total == len(on.select("单位:市审计局"))
    second = on.row("2")
    assert off.charged(second.measure) == ("市政府各委办局",)
    assert on.charged(second.measure) == ("市政府各委办局", "市财政局", "市审计局")
    period = ReportPeriod("示例", date(2022, 1, 1), date(2022, 1, 2))
    asked = {one.unit for one in missing_reports(on, period) if one.row.measure.id == "2"}
    assert asked == {"市财政局", "市审计局"}
    assert any(unit.kind is UnitKind.COLLECTIVE for unit in units)
    assert isinstance(units[0], Unit)
