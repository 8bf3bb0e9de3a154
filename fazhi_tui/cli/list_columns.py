"""A measure as it is listed: the columns of the table, and the keys of ``--json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service.view import View


def deadline_text(row: Row) -> str:
    """The next thing owed in one line: ``2022-12-31 28.1``, ``2025-12-31 规划期末``; ``-`` if nothing is."""
    state = row.state
    if state.next_due is None:
        return "-"
    late = " 逾期" if state.overdue else ""
    return f"{state.next_due.isoformat()} {one_line(state.next_label)}{late}".rstrip()


def units_text(row: Row) -> str:
    """The lead units in one line; where the document names none, the responsible ones, marked so."""
    measure = row.measure
    if measure.leads:
        return one_line("、".join(measure.leads))
    return one_line("责任：" + "、".join(measure.responsible)) if measure.responsible else "-"


def row_json(row: Row) -> dict[str, object]:
    """A measure with the keys of its file, then what is derived from it, its notes and the day."""
    from fazhi_tui.records.fields import to_json

    state = row.state
    return {
        **to_json(row.measure),
        "状态": state.status.value,
        "进度": state.progress,
        "灯": state.light.value,
        "依据": state.why,
        "截止": state.due.isoformat() if state.due else None,
        "到期": state.next_due.isoformat() if state.next_due else None,
        "到期事由": state.next_label,
        "时限": deadline_text(row),
        "逾期": state.overdue,
        "更新": state.updated.isoformat() if state.updated else None,
    }


def note_json(note: Note) -> dict[str, object]:
    """A note with the keys of its file, its body and its path."""
    from fazhi_tui.records.fields import to_json

    return {**to_json(note), "内容": note.body, "文件": note.path}


@dataclass(frozen=True)
class Broken:
    """A plan file that gave no measure: it is listed at its number whatever the query, marked 错."""

    number: str
    path: str
    problems: tuple[Problem, ...]

    @property
    def reason(self) -> str:
        """Why the file gave no measure, in one line."""
        errors = (problem.message for problem in self.problems if problem.severity is Severity.ERROR)
        return one_line(next(errors, "读不出来"))

    def json(self) -> dict[str, object]:
        """Its number, its path and its problems."""
        from fazhi_tui.records.fields import to_json

        return {"编号": self.number, "文件": self.path, "错": [to_json(one) for one in self.problems]}


def listed(view: View, rows: Sequence[Row]) -> list[Row | Broken]:
    """``rows`` with every broken file put in at its number: a record never vanishes."""
    broken = [
        Broken(number, path, tuple(problem for problem in view.problems if problem.path == path))
        for path, number in view.tracker.broken.items()
    ]
    return sorted((*rows, *broken), key=_order) if broken else list(rows)


def _order(one: Row | Broken) -> tuple[tuple[int, ...], bool]:
    number = one.number if isinstance(one, Broken) else one.measure.id
    # Without a number first, where it is seen.
    return number_key(number), isinstance(one, Broken)
