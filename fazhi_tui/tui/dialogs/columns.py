"""Choosing the columns of the list (C), seen at once behind the window, and its order (S): by a key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fazhi_tui.domain.columns import ALWAYS, COLUMNS, DEFAULT, chosen
from fazhi_tui.domain.sorting import SORTS, Order
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.menu import Menu, MenuLine

#: What brings the program's own choice back.
RESET = "*default"


class ColumnMenu(Menu[tuple[str, ...]]):
    """The result is the columns chosen, when the window is closed."""

    BINDINGS = bindings("columns", closed_by="main.columns")
    heading = "列表显示哪些列"
    manual_page = "list"
    more_hints = (("空格", "选上或去掉", "screen.flip"),)

    def __init__(self, names: Sequence[str], show: Callable[[tuple[str, ...]], object]) -> None:
        """``show`` is told each change at once."""
        super().__init__()
        self._names = set(names)
        self._show = show

    def lines(self) -> Sequence[MenuLine[tuple[str, ...]]]:
        """Every column, with a sign where it is shown; last the default."""
        lines: list[MenuLine[tuple[str, ...]]] = []
        for column in COLUMNS:
            on = column.name in self._names or column.name in ALWAYS
            label = f"[{'x' if on else ' '}] {column.name}"
            if column.name in ALWAYS:
                lines.append(MenuLine(f"    {label}", None, "总是显示"))
            else:
                lines.append(MenuLine(label, (column.name,)))
        return [*lines, MenuLine("回到默认", (RESET,))]

    def take(self, result: tuple[str, ...]) -> None:
        """A column goes in or out; the window stays."""
        self._names = set(DEFAULT) if result == (RESET,) else self._names ^ set(result)
        self._show(chosen(tuple(self._names)))
        self.refill()

    def action_flip(self) -> None:
        """Put the column under the cursor in, or take it out."""
        if self.current is not None:
            self.take(self.current)

    def action_close(self) -> None:
        """Closed: the choice is kept."""
        self.dismiss(chosen(tuple(self._names)))


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
