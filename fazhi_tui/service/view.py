"""What a tracker looks like on one day: rows, index of units, problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from fazhi_tui import workflow
from fazhi_tui.model import Note, Problem, Row, Tracker, UsageError
from fazhi_tui.units import UnitIndex
from fazhi_tui.visible import one_line


@dataclass(frozen=True)
class View:
    """A tracker as it stands on one day: what every list, filter and form looks at.

    ``rows`` is ordered by number and holds every measure that could be read.
    """

    tracker: Tracker
    index: UnitIndex
    rows: tuple[Row, ...]
    today: date
    problems: tuple[Problem, ...]

    def row(self, measure_id: str) -> Row:
        """The row of one measure; ``28``, ``028`` and ``28.`` are one number.

        Raises :class:`UsageError` where there is no such measure, saying so if the source lost it.
        """
        wanted = normalize("NFKC", measure_id).strip().rstrip(".．、").lstrip("0")
        for row in self.rows:
            if row.measure.id == wanted:
                return row
        plan = self.tracker.plan
        for gap in plan.gaps if plan else ():
            if gap.id == wanted:
                raise UsageError(f"第 {wanted} 条措施原文缺失：{gap.reason}", "fazhi list 列出现有的措施")
        for path, guessed in self.tracker.broken.items():
            if guessed == wanted:
                raise UsageError(
                    f"第 {wanted} 条措施读不出来：{path} 有错", f"运行 fazhi check 查看 {path} 的问题"
                )
        raise UsageError(f"没有编号为 {one_line(measure_id, 30)} 的措施", "fazhi list 列出全部编号")

    def select(self, text: str) -> tuple[Row, ...]:
        """The rows that a query keeps, in order.  Raises :class:`QueryError` at the place of a mistake."""
        if not text.strip():
            return self.rows
        from fazhi_tui import query as query_language

        context = query_language.Context(index=self.index, today=self.today, plan=self.tracker.plan)
        return query_language.parse(text, context).select(self.rows)


def view_of(tracker: Tracker, today: date) -> View:
    """Fold the notes of every measure and put the rows in order; pure."""
    by_measure: dict[str, list[Note]] = {}
    for note in tracker.notes:
        by_measure.setdefault(note.measure, []).append(note)
    rows = tuple(
        Row(measure, workflow.state_of(measure, by_measure.get(measure.id, ()), tracker.plan, today))
        for measure in tracker.measures
    )
    # A name that units.yaml lacks is a problem of its own, but must still be found by what it is.
    written = [name for measure in tracker.measures for name in measure.units()]
    written += [note.unit for note in tracker.notes]
    return View(
        tracker=tracker,
        index=UnitIndex(tracker.units, also=written),
        rows=rows,
        today=today,
        problems=tracker.problems,
    )
