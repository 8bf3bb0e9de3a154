"""The ways to look at the filtered measures: which one is shown, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fazhi_tui.tui.views.entries import Entry
from fazhi_tui.tui.views.list import MeasureTable

if TYPE_CHECKING:
    from fazhi_tui.service.view import View
    from fazhi_tui.tui.main.screen import MainScreen
    from fazhi_tui.tui.views.base import ViewWidget

#: Action → what the way of looking is called, in the order of the title line.
NAMES = {"as_list": "列表", "as_board": "看板", "as_timeline": "时间线", "as_charts": "汇总"}
#: What a saved view calls a way of looking → the action that shows it.
BY_WORD = {word: name for name, word in NAMES.items()}


class Looks:
    """The list is always there; the others stand in its place."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._made: dict[str, ViewWidget] = {}
        self.name = "as_list"
        self._shown: tuple[Sequence[Entry], str] = ((), "")

    @property
    def table(self) -> MeasureTable:
        """The list."""
        return self._screen.query_one(MeasureTable)

    @property
    def now(self) -> ViewWidget:
        """The widget that is shown."""
        found = self._made.get(self.name)
        return found if found is not None else self.table

    def change(self, name: str) -> None:
        """Show another way; the cursor stays on its entry, marks and filter as well."""
        before = self.now
        key = before.current.key if before.current else ""
        if name != "as_list" and name not in self._made:
            made = self._make(name)
            self._made[name] = made
            self._screen.query_one("#list-pane").mount(made, after=self.table)
        self.name = name
        after = self.now
        self.table.display = after is self.table
        for one in self._made.values():
            one.display = one is after
        after.marked = self.table.marked
        after.changed = self.table.changed
        if self._screen.view is not None:
            self._fill(self._screen.view)
        if key:
            after.go_to(key)
        # Whoever asks for another look wants to move about in it, wherever the focus was.  A focus that is on
        # its way to the look before (the detail was just put away) is overtaken as well.
        after.focus()

    def _make(self, name: str) -> ViewWidget:
        # Loaded when first looked at: the first picture needs only the list.
        if name == "as_board":
            from fazhi_tui.tui.views.board import Board

            return Board(id="board")
        if name == "as_timeline":
            from fazhi_tui.tui.views.timeline import Timeline

            return Timeline(id="timeline")
        from fazhi_tui.tui.views.charts import Charts

        return Charts(id="charts")

    def show(self, view: View, entries: Sequence[Entry], empty: str) -> None:
        """Show entries in the way that is chosen; the others are filled when they are shown."""
        self._shown = (entries, empty)
        self._fill(view)

    def _fill(self, view: View) -> None:
        entries, empty = self._shown
        now = self.now
        now.take_view(view)
        if self.name == "as_board":
            now.unit = self._screen.app.unit  # type: ignore[attr-defined]
        now.show(entries, empty)

    def mark_changed(self, numbers: frozenset[str]) -> None:
        """These measures have changed since the moment that was asked for."""
        for one in (self.table, self.now):
            one.changed = numbers
            one.refresh()

    def clear_marks(self) -> None:
        """No measure is marked any more."""
        self.table.marked.clear()
        self.now.refresh()
