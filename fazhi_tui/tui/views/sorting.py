"""In what order the list stands: by number, or by any column, either way round; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.saved_view import DESCENDING
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.numbers import number_key

_LIGHTS = {light: at for at, light in enumerate((Light.RED, Light.YELLOW, Light.UNREPORTED, Light.GREEN))}
_STATUSES = {status: at for at, status in enumerate(Status)}
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sort:
    """A way to sort: the column's name, what of a row decides, and whether it begins the other way round."""

    name: str
    key: Callable[[Row], Any]
    backwards: bool = False


def _number(row: Row) -> tuple[int, ...]:
    return number_key(row.measure.id)


SORTS: tuple[Sort, ...] = (
    Sort("编号", _number),
    Sort("标题", lambda row: row.measure.display_title),
    # Without a lead unit comes last.
    Sort("牵头单位", lambda row: (not row.measure.leads, row.measure.leads)),
    Sort("参加单位", lambda row: (not row.measure.participants, row.measure.participants)),
    Sort("责任单位", lambda row: (not row.measure.responsible, row.measure.responsible)),
    # By where the section begins in the document.
    Sort("节", lambda row: (row.measure.section is None, _number(row) if row.measure.section else ())),
    Sort("状态", lambda row: _STATUSES[row.state.status]),
    Sort("时限", lambda row: row.state.next_due or date.max),
    Sort("灯", lambda row: _LIGHTS[row.state.light]),
    # The newest first: what has just been reported.
    Sort("更新", lambda row: row.state.updated or _NEVER, backwards=True),
    Sort("填报", lambda row: len(row.state.notes), backwards=True),
    Sort("进度", lambda row: -1 if row.state.progress is None else row.state.progress),
)

BY_NAME = {sort.name: sort for sort in SORTS}


@dataclass(frozen=True, slots=True)
class Order:
    """The order chosen: by which column, and whether against its own direction."""

    name: str = "编号"
    reverse: bool = False

    @property
    def descending(self) -> bool:
        """Whether large values come first."""
        return BY_NAME[self.name].backwards != self.reverse

    def of(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows in this order; equal ones by number."""
        if self == Order():
            return tuple(rows)
        return tuple(sorted(rows, key=BY_NAME[self.name].key, reverse=self.descending))

    @classmethod
    def written(cls, text: str | None) -> Order:
        """The order that a saved view writes: ``时限``, ``时限 倒序``; by number where it writes none."""
        name, _, turned = (text or "").partition(" ")
        return cls(name, turned == DESCENDING) if name in BY_NAME else cls()

    @property
    def written_form(self) -> str | None:
        """As a saved view writes it; None for the order by number."""
        if self == Order():
            return None
        return f"{self.name} {DESCENDING}" if self.reverse else self.name

    def chosen(self, name: str) -> Order:
        """The order once a column was chosen: the one in hand is turned round."""
        return Order(name, not self.reverse) if name == self.name else Order(name)
