"""``fazhi check``: what was wrong in reading, and the rules that look across files.  Reads, never writes."""

from __future__ import annotations

from operator import attrgetter

from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.check.dates import check_dates
from fazhi_tui.records.check.measures import check_measures
from fazhi_tui.records.check.notes import check_notes
from fazhi_tui.records.check.plan import check_plan
from fazhi_tui.records.check.saved_views import check_views
from fazhi_tui.records.check.templates import check_templates
from fazhi_tui.records.check.units import check_duties_in_time, check_units


def check(tracker: Tracker) -> tuple[Problem, ...]:
    """All problems of a tracker in order of file and line: those of reading and those of the rules.

    Evidence is looked for on disk only where the tracker was read from disk (``root`` is not empty).
    """
    checker = Checker(tracker)
    check_plan(checker)
    check_units(checker)
    check_templates(checker)
    check_views(checker)
    check_measures(checker)
    check_dates(checker)
    check_duties_in_time(checker)
    check_notes(checker)
    everything = dict.fromkeys((*tracker.problems, *checker.problems))
    return tuple(sorted(everything, key=attrgetter("path", "line", "column", "code")))
