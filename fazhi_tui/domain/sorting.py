"""In what order the list stands: by number, or by any column, either way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_tui.domain.columns import BY_NAME
from fazhi_tui.domain.model.saved_view import DESCENDING
from fazhi_tui.domain.model.tracker import Row

#: The columns as the sort window offers them, by name.
SORTS = (
    "编号", "标题", "牵头单位", "参加单位", "责任单位", "节", "状态", "时限", "灯", "更新", "填报", "进度",
)  # fmt: skip


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
        return tuple(sorted(rows, key=BY_NAME[self.name].sort_key, reverse=self.descending))

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
