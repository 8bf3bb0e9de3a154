"""Figures of the whole tracker: by status, light, section and unit, who is late most, reports a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.light import RARE_LIGHTS, Light
from fazhi_tui.domain.model.measure import Role
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.service.reporting.missing import (
    MissingReport,
    missing_reports,
    reporters,
    uncounted_collectives,
)
from fazhi_tui.service.reporting.unread import Lacking, lacking
from fazhi_tui.service.view import View


@dataclass(frozen=True)
class Group:
    """Measures that belong together: how many there are, of each status and of each light.

    One with a note that could not be read is counted among the lights alone, as 不能断定: its status may be
    another.
    """

    name: str
    total: int
    statuses: Mapping[Status, int]
    lights: Mapping[Light, int]


@dataclass(frozen=True)
class UnitLoad:
    """One unit and the number of measures that name it, by role and in any role (each measure once)."""

    unit: Unit
    lead: int
    participant: int
    responsible: int
    total: int


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
    reports filed in it.  ``period`` is the last period of reports and ``missing`` who did not report in it,
    ``uncounted`` the collectives of unknown members that owe besides and are only told;
    ``lacking`` is what could not be read and is in no figure.
    """

    today: date
    whole: Group
    sections: tuple[Group, ...]
    units: tuple[UnitFigures, ...]
    months: tuple[tuple[str, int], ...]
    period: ReportPeriod | None
    missing: tuple[MissingReport, ...]
    lacking: tuple[Lacking, ...] = ()
    uncounted: tuple[str, ...] = ()

    @property
    def latest(self) -> tuple[UnitFigures, ...]:
        """The bodies with something late, those with most first."""
        late = [unit for unit in self.units if unit.overdue or unit.late_done]
        return tuple(sorted(late, key=lambda unit: (-unit.overdue, -unit.late_done, -unit.charged.total)))

    @property
    def lights(self) -> dict[Light, int]:
        """How many measures of each light; rare ones only where there are any."""
        lights = self.whole.lights
        return {light: lights[light] for light in lights if lights[light] or light not in RARE_LIGHTS}

    @property
    def missing_by_unit(self) -> list[tuple[str, list[MissingReport]]]:
        """Who did not report, those with most first."""
        by_unit: dict[str, list[MissingReport]] = {}
        for report in self.missing:
            by_unit.setdefault(report.unit, []).append(report)
        return sorted(by_unit.items(), key=lambda pair: -len(pair[1]))


def stats_of(
    view: View,
    rows: tuple[Row, ...] | None = None,
    period: ReportPeriod | None = None,
    asked: tuple[Row, ...] | None = None,
) -> Stats:
    """Count everything once over ``rows`` (all of them where left out); pure.

    ``period`` is the period of reports to ask about, the last that has ended where left out; ``asked`` are
    the measures to ask about it where these are others (those that a query kept on the period's last day).
    """
    everything = rows is None
    rows = view.rows if rows is None else rows
    period = period or view.period
    missing = missing_reports(view, period) if period else ()
    if not everything:
        numbers = {row.measure.id for row in (rows if asked is None else asked)}
        missing = tuple(report for report in missing if report.row.measure.id in numbers)
    return Stats(
        today=view.today,
        whole=_group("全部", rows),
        sections=_sections(rows),
        units=_units(view, rows, Counter(report.unit for report in missing)),
        months=_months(view, (*rows, *view.withdrawn) if everything else rows),
        period=period,
        missing=missing,
        lacking=lacking(view),
        uncounted=uncounted_collectives(view, period) if period else (),
    )


def bar_length(number: int, most: int, room: int) -> int:
    """Cells of a bar: at least one for anything at all, none for nothing; ``most`` takes all of ``room``."""
    return max(1, round(room * number / most)) if number and most else 0


def due_quarters(rows: tuple[Row, ...]) -> tuple[Group, ...]:
    """The measures by the quarter of what they owe next, named as the filter language does: ``2025Q4``."""
    by_quarter: dict[str, list[Row]] = {}
    for row in rows:
        if day := row.state.next_due:
            by_quarter.setdefault(f"{day.year:04}Q{(day.month + 2) // 3}", []).append(row)
    return tuple(_group(name, by_quarter[name]) for name in sorted(by_quarter))


def _group(name: str, rows: tuple[Row, ...] | list[Row]) -> Group:
    statuses = Counter(row.state.status for row in rows if not row.state.unread)
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
    roles = _role_counts(view, rows)
    charged: dict[str, list[Row]] = {}
    for row in rows:
        for unit in reporters(view, row.measure):
            charged.setdefault(unit, []).append(row)
    figures = [
        UnitFigures(
            unit,
            roles[Role.LEAD][unit],
            roles[Role.PARTICIPANT][unit],
            roles[Role.RESPONSIBLE][unit],
            total,
            _group(unit, own := charged.get(unit, [])),
            sum(row.state.overdue for row in own),
            sum(row.state.rule in ("late", "closed-late") for row in own),
            missing[unit],
        )
        for unit, total in roles[None].items()
    ]
    return tuple(sorted(figures, key=lambda unit: (-unit.charged.total, -unit.total)))


def unit_loads(view: View, text: str = "") -> tuple[UnitLoad, ...]:
    """The units that ``text`` finds, best first; with no text all of them, those with most to lead first.

    A collective counts where the document names the collective itself; its members get nothing by it
    unless the view counts them.  One that is abolished and has nothing left is found, but not listed.
    """
    counts = _role_counts(view, view.rows)
    loads = [
        UnitLoad(unit, *(counter[unit.name] for counter in counts.values()))
        for unit in view.index.search(text)
    ]
    if not text.strip():
        loads = [load for load in loads if load.total or load.unit.abolished is None]
        loads.sort(key=lambda load: (-load.lead, -load.total))
    return tuple(loads)


def _role_counts(view: View, rows: tuple[Row, ...]) -> dict[Role | None, Counter[str]]:
    """How many measures name each unit as lead, participant, responsible and (None) in any role."""
    counts: dict[Role | None, Counter[str]] = {role: Counter() for role in (*Role, None)}
    for row in rows:
        for role, counter in counts.items():
            counter.update(view.units_of(row.measure, role))
    return counts


def _months(view: View, rows: tuple[Row, ...]) -> tuple[tuple[str, int], ...]:
    # What a measure came from has the same notes: each counts once.
    notes = {note.path: note for row in rows for note in row.state.notes if RULES[note.kind].reports}
    # Not by strftime, which takes ten times as long.
    filed = Counter(f"{note.time.year:04}-{note.time.month:02}" for note in notes.values())
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
