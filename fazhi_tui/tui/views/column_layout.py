"""How the list's columns share the width of the window, and in which colour each cell stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from fazhi_tui.domain.columns import BY_NAME, DEFAULT, Column, chosen
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.tui.styles import due_text, light_word
from fazhi_tui.tui.views.base import LIGHT_PARTS, STATUS_PARTS, Run

#: Blank cells between two columns, and at both ends of a line.
GAP = 2
EDGE = 1


def cell(column: Column, row: Row, names: LightNames) -> Run:
    """What the screen says of a row in a column, and the part whose style it has."""
    match column.name:
        case "编号" | "标题":
            return column.text(row, names), "row"
        case "状态":
            return row.state.status.value, STATUS_PARTS[row.state.status]
        case "时限":
            return due_text(row), "red" if row.state.overdue else "muted"
        case "灯":
            return light_word(row.state.light, names), LIGHT_PARTS[row.state.light]
    return column.text(row, names), "muted"


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column on the screen and its width there, in cells."""

    column: Column
    width: int

    @property
    def name(self) -> str:
        """Its heading."""
        return self.column.name


@lru_cache(maxsize=64)
def columns_for(
    width: int, names: tuple[str, ...] = DEFAULT, number_width: int = 4, light_width: int = 4
) -> tuple[PlacedColumn, ...]:
    """The columns that fit into ``width`` cells; what does not fit is in the detail anyway."""
    columns = [BY_NAME[name] for name in chosen(names)]
    exact = {"编号": number_width, "灯": light_width}

    def least(column: Column) -> int:
        return exact.get(column.name, column.width)

    def left_over(columns: Sequence[Column]) -> int:
        return width - 2 * EDGE - GAP * (len(columns) - 1) - sum(map(least, columns))

    # Beside others that grow, a title needs more than its least to tell measures apart.
    while left_over(columns) < (8 if sum(column.share > 0 for column in columns) > 1 else 0) and any(
        column.keep < 9 for column in columns
    ):
        columns.remove(min(columns, key=lambda column: column.keep))
    widths = {column.name: least(column) for column in columns}
    rest = left_over(columns)
    if rest < 0:
        # Narrower than anything is meant for: the title gives way, the rest is cut at the edge.
        widths["标题"] = max(widths["标题"] + rest, 4)
    else:
        _share(widths, columns, rest)
    return tuple(PlacedColumn(column, widths[column.name]) for column in columns)


def _share(widths: dict[str, int], columns: Sequence[Column], rest: int) -> None:
    growing = [column for column in columns if column.share]
    while rest > 0 and growing:
        total = sum(column.share for column in growing)
        room = sum(widths[column.name] for column in growing) + rest
        full = [column for column in growing if room * column.share // total >= column.most]
        if not full:
            for column in growing:
                more = max(room * column.share // total - widths[column.name], 0)
                widths[column.name] += min(more, rest)
                rest -= min(more, rest)
            break
        for column in full:
            rest -= column.most - widths[column.name]
            widths[column.name] = column.most
            growing.remove(column)
    if "标题" in widths:
        widths["标题"] += max(rest, 0)
