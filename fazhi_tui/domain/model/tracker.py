"""A tracker as it was read, and where each of its measures stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.domain.model.template import Template
from fazhi_tui.domain.model.unit import Unit, UnitName

_NAMED_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T[0-9]{6}")


@dataclass(frozen=True, slots=True)
class UnreadNote:
    """A note's file (or a whole folder of them) that could not be read, the measure in whose folder it lies,
    and why it could not; the measure is empty where every measure's notes are concerned.
    """

    path: str
    measure: str
    reason: str

    @property
    def day(self) -> date | None:
        """The day of the note by its file's name, None where that tells none."""
        named = _NAMED_DAY.match(self.path.rpartition("/")[2])
        try:
            return date(*map(int, named.groups())) if named else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Tracker:
    """Everything that could be read from one repository, and all that could not.

    ``measures`` is ordered by number.  ``broken`` names the plan files that gave no measure
    (path → guessed number, or "" if none): they are shown as red rows, never left out.
    ``unread`` are the notes that could not be read, where it is known of which measure they are.
    ``templates`` are the city's own ways of writing notes.
    ``views`` are the saved views that all share.
    ``other_names`` are the names that units bear on other days than the tracker stands on.
    ``lines`` maps (path, key path such as ``"事项.0.截止"``) → line, for problems found later.
    """

    root: str
    plan: Plan | None
    units: tuple[Unit, ...]
    measures: tuple[Measure, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    broken: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict, compare=False, repr=False)
    templates: tuple[Template, ...] = ()
    views: tuple[SavedView, ...] = ()
    other_names: Mapping[str, tuple[UnitName, ...]] = field(default_factory=dict)
    unread: tuple[UnreadNote, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureState:
    """Where one measure stands: the fold over its notes, in order of time.

    ``due`` is the earliest date still open that the document itself writes (after a granted extension),
    ``next_due`` the next thing owed with occurrences and the plan's end included; ``next_label``
    says what that is (an item's number and period, or 规划期末).  ``why`` is the sentence of the rule that
    gave the light, ``rule`` its code, ``why_date`` the date that decided and ``why_note`` the note (its id)
    that it rests on, if any.  ``dates`` are the dates that the document itself writes, settled or not, after
    granted extensions.  ``missing`` names the last period whose report is missing,
    ``silent`` who has not reported for it, ``owing`` how many owe it (0 where the document names nobody).

    ``disagreement`` are two notes that started from one status and left it for two, which nobody has
    settled.  ``refused`` are notes whose change of status did not count, each with the reason.
    ``unread`` are its notes that could not be read: what is said of it here may be wrong.
    """

    status: Status
    notes: tuple[Note, ...]
    progress: int | None
    updated: datetime | None
    due: date | None
    next_due: date | None
    next_label: str
    light: Light
    why: str
    overdue: bool
    rule: str = ""
    why_date: date | None = None
    why_note: str = ""
    dates: tuple[date, ...] = ()
    missing: str = ""
    silent: tuple[str, ...] = ()
    owing: int = 0
    disagreement: tuple[Note, Note] | None = None
    refused: tuple[tuple[Note, str], ...] = ()
    unread: tuple[UnreadNote, ...] = ()

    @property
    def missing_said(self) -> str:
        """Whose report of which period is missing, in words; empty where none is."""
        if not self.missing:
            return ""
        if self.owing < 2:
            return f"{self.missing}没有填报，至今也没有补报"
        reported = self.owing - len(self.silent)
        return f"{self.missing}，{self.owing} 个单位中 {reported} 个已报，未报的是{'、'.join(self.silent)}"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Row:
    """A measure and where it stands: one row of every list."""

    measure: Measure
    state: MeasureState
