"""Deadlines, periods, occurrences, lights.  Pure: ``today`` is always handed in.

``days`` reads dates as people type them; ``occurrences`` spreads an item over the plan's period;
``obligations`` finds what is owed and what is done; ``rhythm`` knows when reports are due; ``lights``
judges by one table of rules.
"""

from __future__ import annotations

from fazhi_tui.deadlines.days import DayRange, add_months, compare_days, parse_day_range
from fazhi_tui.deadlines.lights import LIGHT_RULES, LightRule, Verdict, judge
from fazhi_tui.deadlines.obligations import (
    Counted,
    Obligation,
    Record,
    explicit_dates,
    explicit_due,
    extension_target,
    next_owed,
    obligations,
    occurrence_labels,
)
from fazhi_tui.deadlines.occurrences import PLAN_END, Occurrence, occurrences, plan_end
from fazhi_tui.deadlines.rhythm import ReportPeriod, report_periods

__all__ = [
    "LIGHT_RULES",
    "PLAN_END",
    "Counted",
    "DayRange",
    "LightRule",
    "Obligation",
    "Occurrence",
    "Record",
    "ReportPeriod",
    "Verdict",
    "add_months",
    "compare_days",
    "explicit_dates",
    "explicit_due",
    "extension_target",
    "judge",
    "next_owed",
    "obligations",
    "occurrence_labels",
    "occurrences",
    "parse_day_range",
    "plan_end",
    "report_periods",
]
