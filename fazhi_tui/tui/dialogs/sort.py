"""Choosing the order of the list (S): a column by its key; chosen again, it is turned round."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_tui.domain.sorting import SORTS, Order
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.menu import Menu, MenuLine


class OrderScreen(Menu[Order]):
    """The result is the order chosen."""

    BINDINGS = bindings(closed_by="main.sort")
    heading = "排序"
    manual_page = "list"

    def __init__(self, order: Order) -> None:
        super().__init__()
        self._order = order

    def lines(self) -> Sequence[MenuLine[Order]]:
        """The columns in the list's order, each with which way round it would be."""
        lines = []
        for name in SORTS:
            after = self._order.chosen(name)
            now = name == self._order.name
            note = "从大到小" if after.descending else "从小到大"
            lines.append(
                MenuLine(
                    f"{name}  {'v' if self._order.descending else '^'}" if now else name,
                    after,
                    f"倒过来，{note}" if now else note,
                    style="bold" if now else "",
                )
            )
        return lines

    def first(self, able: Sequence[int]) -> int:
        """The column that the list is sorted by: it is turned most."""
        return able[SORTS.index(self._order.name)]
