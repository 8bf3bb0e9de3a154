"""Figures of the past stay as they were, whatever is changed from a later day on; all examples (示例)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from fazhi_tui.cli.commands.digest import digest_markdown
from fazhi_tui.cli.commands.stats import missing_lines
from fazhi_tui.domain.dated import changed_from
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.service.demo.build import DEMO_TODAY
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.reporting.digest import DigestKind, digest_of
from fazhi_tui.service.reporting.missing import missing_reports, period_named, periods_of
from fazhi_tui.service.reporting.stats import stats_of
from fazhi_tui.service.view import View, view_of

LATER = date(2025, 11, 1)


def figures(view: View) -> dict[str, str]:
    """通报 of three quarters and 漏报 of all periods that had ended by the end of the third, as text."""
    found = {}
    for start, end in (
        ("2023-01-01", "2023-03-31"),
        ("2024-04-01", "2024-06-30"),
        ("2025-01-01", "2025-03-31"),
    ):
        digest = digest_of(view, date.fromisoformat(start), date.fromisoformat(end))
        found[start] = digest_markdown(view, digest)
    for period in periods_of(view):
        if period.end < date(2025, 4, 1):
            found[period.label] = "\n".join(missing_lines(view, stats_of(view, None, period), None))
    return found


def changed(tracker: Tracker, number: str, **values: object) -> Tracker:
    measures = tuple(
        _with(measure, values) if measure.id == number else measure for measure in tracker.measures
    )
    return replace(tracker, measures=measures)


def _with(measure: Measure, values: dict[str, object]) -> Measure:
    for name, value in values.items():
        measure = (
            changed_from(measure, name, value, LATER, "示例")
            if name in ("leads", "responsible", "participants")
            else replace(measure, **{name: value})  # type: ignore[arg-type]
        )
    return measure


def setting(tracker: Tracker, **values: object) -> Tracker:
    assert tracker.plan is not None
    settings = tracker.plan.settings
    for name, value in values.items():
        settings = changed_from(settings, name, value, LATER, "示例")
    return replace(tracker, plan=replace(tracker.plan, settings=settings))


def renamed(tracker: Tracker) -> Tracker:
    units = tuple(
        changed_from(unit, "name", "市司法行政局", LATER) if unit.name == "市司法局" else unit
        for unit in tracker.units
    )
    return replace(tracker, units=units)


def abolished(tracker: Tracker) -> Tracker:
    units = tuple(
        replace(unit, abolished=LATER, successors=("市司法局",)) if unit.name == "市金融办" else unit
        for unit in tracker.units
    )
    return replace(tracker, units=units)


CHANGES = {
    "lead": lambda tracker: changed(tracker, "46", leads=("市委组织部",)),
    "joint": lambda tracker: changed(tracker, "20", responsible=("市公安局", "市司法局")),
    "rhythm": lambda tracker: setting(tracker, rhythm="每月25日前"),
    "weekly": lambda tracker: setting(tracker, rhythm="每周五"),
    "no reports": lambda tracker: setting(tracker, rhythm=None),
    "participants report": lambda tracker: setting(tracker, participants_report=True),
    "members count": lambda tracker: setting(tracker, count_members=True),
    "withdrawn": lambda tracker: changed(tracker, "50", withdrawn=LATER),
    "added": lambda tracker: replace(
        tracker,
        measures=(*tracker.measures, Measure("54", "示例", leads=("市司法局",), added=LATER)),
    ),
    "renamed": renamed,
    "abolished": abolished,
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_from_a_later_day_leaves_the_figures_of_earlier_ones(demo_view: View, name: str) -> None:
    tracker = demo_view.tracker
    after = view_of(CHANGES[name](tracker), DEMO_TODAY)
    before = figures(demo_view)
    assert figures(after) == before


def test_who_owed_in_a_quarter_is_by_the_duty_of_then(demo_view: View) -> None:
    after = view_of(CHANGES["lead"](demo_view.tracker), DEMO_TODAY)
    period = period_named(after, "2023年第1季度")
    (missing,) = [one for one in missing_reports(after, period) if one.row.measure.id == "46"]
    assert missing.unit == "市司法局"
    assert missing.later is not None
    assert after.charged(after.row("46").measure) == ("市委组织部",)


def test_a_measure_added_later_owes_nothing_before(demo_view: View) -> None:
    added = Measure("54", "示例", leads=("市司法局",), added=date(2025, 6, 15))
    view = view_of(replace(demo_view.tracker, measures=(*demo_view.tracker.measures, added)), DEMO_TODAY)
    owed = [p.label for p in periods_of(view) for m in missing_reports(view, p) if m.row.measure.id == "54"]
    assert owed == ["2025年第2季度", "2025年第3季度"]
    digest = digest_of(view, date(2023, 1, 1), date(2023, 3, 31))
    assert not [line for line in digest.lines if line.row.measure.id == "54"]


def test_a_line_of_a_digest_is_of_who_led_on_its_day(demo_view: View) -> None:
    tracker = demo_view.tracker
    measures = tuple(
        changed_from(one, "leads", ("市委组织部",), date(2025, 1, 10)) if one.id == "47" else one
        for one in tracker.measures
    )
    view = view_of(replace(tracker, measures=measures), DEMO_TODAY)
    digest = digest_of(view, date(2025, 1, 1), date(2025, 3, 31))
    (line,) = [
        one for one in digest.lines if one.kind is DigestKind.NEWLY_LATE and one.row.measure.id == "47"
    ]
    assert line.day < date(2025, 1, 10)
    assert "市委组织部" not in line.units


def test_a_digest_names_the_commit_that_stood_then(demo_root: Path, demo_view: View) -> None:
    events = Reader(demo_root, DEMO_TODAY).repository.events()
    last = max(event.time for event in events)
    amended = replace(events[0], commit="f" * 40, time=last + timedelta(days=1), paths=("plan/46.yaml",))
    span = date(2022, 1, 1), date(2023, 3, 31)
    assert digest_of(demo_view, *span, (amended, *events)) == digest_of(demo_view, *span, events)


def test_in_the_example_the_last_of_the_fifteen_clears_measure_20(demo_view: View) -> None:
    state = demo_view.row("20").state
    assert state.missing == "2025年第3季度"
    assert state.owing == 15
    tracker = demo_view.tracker
    filed = tracker.notes
    pattern = next(note for note in filed if note.measure == "20" and note.kind.value == "进展")
    for at, unit in enumerate(state.silent):
        time = pattern.time.replace(year=2025, month=11, day=19, hour=8, minute=at, second=0)
        path = f"status/20/20251119T08{at:02}00-x-{at:04x}.md"
        note = replace(
            pattern, unit=unit, time=time, path=path, status=None, status_before=None, corrects=None
        )
        filed = (*filed, note)
        now = view_of(replace(tracker, notes=filed), DEMO_TODAY).row("20").state
        assert bool(now.missing) is (unit != state.silent[-1])
