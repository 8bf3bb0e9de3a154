"""``fazhi check``: what was wrong in reading, and the rules that look across files.  Reads, never writes."""

from __future__ import annotations

from fazhi_tui.model import Problem, Tracker
from fazhi_tui.records.checker import Checker
from fazhi_tui.records.measure_rules import check_measures
from fazhi_tui.records.note_rules import check_notes
from fazhi_tui.records.plan_rules import check_plan, check_units
from fazhi_tui.records.template_rules import check_templates
from fazhi_tui.records.view_rules import check_views


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
    check_notes(checker)
    everything = dict.fromkeys((*tracker.problems, *checker.problems))
    return tuple(sorted(everything, key=lambda each: (each.path, each.line, each.column, each.code)))
