"""Who owes a report for a period, and whose notes are that report (docs/lights.md, 报送)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from fazhi_tui.domain.dated import value_on
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, Silence
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.unit import UnitKind
from fazhi_tui.domain.unit_history import predecessors
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.domain.workflow.kinds import RULES

_ONE_DAY = timedelta(days=1)


class Stand(NamedTuple):
    """Whose notes count for somebody else's report: one body's from a day to a day, both included."""

    unit: str
    start: date = date.min
    end: date = date.max


class Debtor(NamedTuple):
    """A body that owes a report, and whose notes are it: its own, and those of ``others``.

    ``but`` are the bodies whose notes are not (a collective whose members nobody knows is cleared by any
    other's), None where only those named are.
    """

    unit: str
    others: tuple[Stand, ...] = ()
    but: frozenset[str] | None = None

    def reported(self, unit: str, day: date) -> bool:
        """Whether a note of a body (by its canonical name) on a day is this one's report."""
        if unit == self.unit or (self.but is not None and unit not in self.but):
            return True
        return any(other.unit == unit and other.start <= day <= other.end for other in self.others)


class ReportDuty(NamedTuple):
    """Who owes the report on a measure for a period, and the collectives that are told, not counted.

    Without any debtor (the document names nobody) any body's report is it.
    """

    period: ReportPeriod
    debtors: tuple[Debtor, ...]
    uncounted: tuple[str, ...] = ()


class ReportDuties:
    """Who owes reports, by what measures, settings and register said on the last day of each period.

    ``members`` is whether collectives count for their members, what the settings of the day say where None.
    """

    def __init__(self, index: UnitIndex, settings: Settings, members: bool | None = None) -> None:
        self._index = index
        self._settings = settings
        self._members = members
        self._inherits = any(unit.abolished is not None for unit in index.units)
        self._predecessors: dict[str, tuple[str, ...]] = {}

    def of(self, measure: Measure, period: ReportPeriod) -> ReportDuty | None:
        """Who owes the report for a period; None where the measure was not in force on its last day."""
        day = period.end
        if (measure.added or day) > day or (measure.withdrawn is not None and measure.withdrawn <= day):
            return None
        bodies, unknown = self._charged(measure, day)
        if bodies:
            stands = self._stands(measure, period, bodies)
            debtors = (Debtor(unit, (*self._own(unit, day), *stands.get(unit, ()))) for unit in bodies)
            return ReportDuty(period, tuple(debtors), unknown)
        coordinator = self._settings.coordinator
        office = frozenset({self._index.canonical(coordinator)} if coordinator else ())
        return ReportDuty(period, tuple(Debtor(unit, but=office - {unit}) for unit in unknown))

    def silence(self, duty: ReportDuty, notes: Iterable[Note]) -> Silence | None:
        """Who has reported neither in the period nor after it; None where all have."""
        reports = [
            (self._index.canonical(note.unit), note.time.date())
            for note in notes
            if RULES[note.kind].reports and note.time.date() >= duty.period.start
        ]
        silent = tuple(
            debtor.unit for debtor in duty.debtors if not any(debtor.reported(*report) for report in reports)
        )
        if not silent and (duty.debtors or reports):
            return None
        return Silence(duty.period, len(duty.debtors), silent)

    def _charged(self, measure: Measure, day: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who had to report on a day, each once; and the collectives whose members nobody knows."""
        roles = ["leads", "responsible"]
        if value_on(self._settings, "participants_report", day):
            roles.append("participants")
        counted = self._members
        if counted is None:
            counted = value_on(self._settings, "count_members", day)
        bodies: dict[str, None] = {}
        unknown: dict[str, None] = {}
        for name in (name for role in roles for name in value_on(measure, role, day)):
            canonical = self._index.canonical(name)
            unit = self._index.get(canonical)
            if unit is None or unit.kind is not UnitKind.COLLECTIVE:
                bodies[canonical] = None
            elif members := value_on(unit, "members", day):
                bodies.update(dict.fromkeys(map(self._index.canonical, members) if counted else (canonical,)))
            else:
                unknown[canonical] = None
        return tuple(bodies), tuple(unknown)

    def _own(self, unit: str, day: date) -> tuple[Stand, ...]:
        """Whose notes are a body's own anyway: its predecessors', and those of a collective's members."""
        known = self._index.get(unit)
        members = value_on(known, "members", day) if known is not None else ()
        if self._inherits and unit not in self._predecessors:
            self._predecessors[unit] = predecessors(self._index.units, unit)
        earlier = self._predecessors.get(unit, ())
        return tuple(Stand(self._index.canonical(name)) for name in (*members, *earlier))

    def _stands(
        self, measure: Measure, period: ReportPeriod, bodies: tuple[str, ...]
    ) -> dict[str, tuple[Stand, ...]]:
        """Who held the duty earlier in the period, for those who came after; and who took it over later."""
        found: dict[str, tuple[Stand, ...]] = {}

        def stand(others: Iterable[str], units: Iterable[str], start: date, end: date) -> None:
            stands = tuple(Stand(other, start, end) for other in others)
            for unit in units:
                found[unit] = (*found.get(unit, ()), *stands)

        held = set(bodies)
        for until in sorted({entry.until for entry in measure.history if entry.until >= period.start}):
            if until < period.end:
                before = set(self._charged(measure, until)[0])
                stand(before - held, held - before, period.start, until)
            else:
                after = set(self._charged(measure, until + _ONE_DAY)[0])
                stand(after - held, held - after, until + _ONE_DAY, date.max)
        return found
