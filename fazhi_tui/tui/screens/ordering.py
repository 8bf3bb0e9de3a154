"""Choosing the order of the list (S): a column; chosen again, it is turned round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from fazhi_tui.tui.screens.picker import Pick, Picker
from fazhi_tui.tui.sorting import SORTS, Order
from fazhi_tui.tui.words import plain


class OrderScreen(Picker[Order]):
    """The result is the order chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f12", "close", show=False)]
    heading = "排序"
    placeholder = "按哪一列；再选一次倒过来"

    def __init__(self, order: Order) -> None:
        super().__init__()
        self._order = order

    def find(self, typed: str) -> Sequence[Pick[Order]]:
        """The columns whose names hold what was typed; the one in hand first, as it is turned most."""
        picks = []
        for sort in sorted(SORTS, key=lambda one: one.name != self._order.name):
            after = self._order.chosen(sort.name)
            word = "从大到小" if after.descending else "从小到大"
            now = "（现在按它排）" if sort.name == self._order.name else ""
            if typed.strip() in sort.name:
                picks.append(Pick(plain(f"{sort.name}  {word}{now}"), after))
        return picks
