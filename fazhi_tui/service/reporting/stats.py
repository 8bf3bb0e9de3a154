"""Figures of the whole tracker: by status, light, section and unit, who is late most, reports a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Role
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.service.reporting.missing import MissingReport, missing_reports, reporters
from fazhi_tui.service.view import View


@dataclass(frozen=True)
class Group:
    """Measures that belong together: how many there are, of each status and of each light."""

    name: str
    total: int
    statuses: Mapping[Status, int]
    lights: Mapping[Light, int]


@dataclass(frozen=True)
class UnitFigures:
    """One body: its load in each role, and of what it is charged with, how it stands.

    ``charged`` are the measures it leads (or is responsible for, where the document names no lead), each
    once; ``overdue`` how many of these are overdue now, ``late_done`` how many were completed late,
    ``missing`` how many lack its report of the last period.
    """

    unit: str
    lead: int
    participant: int
    responsible: int
    total: int
    charged: Group
    overdue: int
    late_done: int
    missing: int


@dataclass(frozen=True)
class Stats:
    """What ``fazhi stats`` and the summary screen show.

    ``months`` holds every month from the plan's first (or the first report) to the day, with the number of
    reports filed in it.  ``period`` is the last period of reports and ``missing`` who did not report in it.
    """

    today: date
    whole: Group
    sections: tuple[Group, ...]
    units: tuple[UnitFigures, ...]
    months: tuple[tuple[str, int], ...]
    period: ReportPeriod | None
    missing: tuple[MissingReport, ...]

    @property
    def latest(self) -> tuple[UnitFigures, ...]:
        """The bodies with something late, those with most first."""
        late = [one for one in self.units if one.overdue or one.late_done]
        return tuple(sorted(late, key=lambda one: (-one.overdue, -one.late_done, -one.charged.total)))


def stats_of(view: View, rows: tuple[Row, ...] | None = None, period: ReportPeriod | None = None) -> Stats:
    """Count everything once over ``rows`` (all of them where left out); pure.

    ``period`` is the period of reports to ask about, the last that has ended where left out.
    """
    rows = view.rows if rows is None else rows
    period = period or view.period
    numbers = {row.measure.id for row in rows}
    missing = missing_reports(view, period) if period else ()
    missing = tuple(one for one in missing if one.row.measure.id in numbers)
    return Stats(
        today=view.today,
        whole=_group("全部", rows),
        sections=_sections(rows),
        units=_units(view, rows, Counter(one.unit for one in missing)),
        months=_months(view, rows),
        period=period,
        missing=missing,
    )


def due_quarters(rows: tuple[Row, ...]) -> tuple[Group, ...]:
    """The measures by the quarter of what they owe next, named as the filter language does: ``2025Q4``."""
    by_quarter: dict[str, list[Row]] = {}
    for row in rows:
        if day := row.state.next_due:
            by_quarter.setdefault(f"{day.year:04}Q{(day.month + 2) // 3}", []).append(row)
    return tuple(_group(name, by_quarter[name]) for name in sorted(by_quarter))


def _group(name: str, rows: tuple[Row, ...] | list[Row]) -> Group:
    statuses = Counter(row.state.status for row in rows)
    lights = Counter(row.state.light for row in rows)
    return Group(
        name,
        len(rows),
        {status: statuses[status] for status in Status},
        {light: lights[light] for light in reversed(Light)},
    )


def _sections(rows: tuple[Row, ...]) -> tuple[Group, ...]:
    by_section: dict[str, list[Row]] = {}
    for row in rows:
        by_section.setdefault(row.measure.section or row.measure.chapter or "（未分节）", []).append(row)
    return tuple(_group(name, found) for name, found in by_section.items())


def _units(view: View, rows: tuple[Row, ...], missing: Counter[str]) -> tuple[UnitFigures, ...]:
    roles: dict[Role | None, Counter[str]] = {role: Counter() for role in (*Role, None)}
    charged: dict[str, list[Row]] = {}
    for row in rows:
        for role, counter in roles.items():
            counter.update(view.units_of(row.measure, role))
        for unit in reporters(view, row):
            charged.setdefault(unit, []).append(row)
    figures = [
        UnitFigures(
            unit,
            roles[Role.LEAD][unit],
            roles[Role.PARTICIPANT][unit],
            roles[Role.RESPONSIBLE][unit],
            total,
            _group(unit, charged.get(unit, [])),
            sum(row.state.overdue for row in charged.get(unit, ())),
            sum(row.state.rule in ("late", "closed-late") for row in charged.get(unit, ())),
            missing[unit],
        )
        for unit, total in roles[None].items()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.charged.total, -one.total)))


def _months(view: View, rows: tuple[Row, ...]) -> tuple[tuple[str, int], ...]:
    filed = Counter(
        f"{note.time:%Y-%m}"
        for row in rows
        for note in row.state.notes
        if RULES[note.kind].reports and note.time.date() <= view.today
    )
    plan = view.tracker.plan
    firsts = [*filed, *([f"{plan.period.start:%Y-%m}"] if plan else [])]
    if not firsts:
        return ()
    year, month = (int(part) for part in min(firsts).split("-"))
    last = f"{min(view.today, plan.period.end) if plan else view.today:%Y-%m}"
    last = max([last, *filed])
    months: list[tuple[str, int]] = []
    while (label := f"{year:04}-{month:02}") <= last:
        months.append((label, filed[label]))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return tuple(months)
