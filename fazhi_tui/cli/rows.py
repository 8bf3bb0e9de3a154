"""Measures as rows: cells of a plain table, the keys of ``--json``, and the files that gave no measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.cli.output import LIGHT_COLOURS
from fazhi_tui.cli.tables import Cell, Column
from fazhi_tui.domain.columns import BY_NAME, DERIVED
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service.view import View


def headings(names: Sequence[str]) -> list[Column]:
    """The columns of a plain table, by the names of the table of columns."""
    return [Column(name, BY_NAME[name].least, BY_NAME[name].right) for name in names]


def cells(row: Row, names: Sequence[str], lights: LightNames) -> list[str | Cell]:
    """What a measure says in each of these columns."""
    texts = [(name, BY_NAME[name].text(row, lights)) for name in names]
    return [Cell(text, LIGHT_COLOURS[row.state.light]) if name == "灯" else text for name, text in texts]


def row_json(row: Row) -> dict[str, object]:
    """A measure with the keys of its file, then what is derived from it."""
    from fazhi_tui.records.fields import to_json

    return {**to_json(row.measure), **{key: value(row) for key, value in DERIVED.items()}}


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

    @property
    def line(self) -> str:
        """Its number, its path and why it gave no measure, in one line."""
        return f"{one_line(self.number) or '?'}  {one_line(self.path)}：{self.reason}"

    def cells(self, names: Sequence[str]) -> list[str | Cell]:
        """Its row in a table with these columns."""
        said: dict[str, str | Cell] = {
            "编号": one_line(self.number) or "?",
            "标题": one_line(f"{self.path}：{self.reason}"),
            "灯": Cell("错", "31"),
        }
        return [said.get(name, "-") for name in names]

    def json(self) -> dict[str, object]:
        """Its number, its path and its problems."""
        from fazhi_tui.records.fields import to_json

        return {"编号": self.number, "文件": self.path, "错": [to_json(problem) for problem in self.problems]}


def broken_files(view: View) -> list[Broken]:
    """Every plan file that gave no measure, by number; without a number first, where it is seen."""
    broken = [
        Broken(number, path, tuple(problem for problem in view.problems if problem.path == path))
        for path, number in view.tracker.broken.items()
    ]
    return sorted(broken, key=lambda file: number_key(file.number))


def listed(view: View, rows: Sequence[Row]) -> list[Row | Broken]:
    """``rows`` with every broken file put in behind its number: a record never vanishes."""
    broken = broken_files(view)
    return sorted((*rows, *broken), key=_place) if broken else list(rows)


def _place(line: Row | Broken) -> tuple[tuple[int, ...], bool]:
    if isinstance(line, Broken):
        return number_key(line.number), True
    return number_key(line.measure.id), False
