"""Finding: the filter, units, deadlines, order, columns, where one has been.

A window's module is imported when the window is first opened: the first picture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.domain.query.language import with_term, without_field
from fazhi_tui.domain.query.syntax import quote
from fazhi_tui.tui.filter.facets import Facets
from fazhi_tui.tui.main.commands.base import Group

if TYPE_CHECKING:
    from fazhi_tui.tui.dialogs.units import UnitChoice


class Finding(Group):
    """How one comes to the measures one wants."""

    def filter(self) -> None:
        """Edit the query."""
        self._screen.edit_query()

    def units(self) -> None:
        """Choose a unit."""
        from fazhi_tui.tui.dialogs.units import UnitsScreen

        if self._screen.view is not None:
            self._app.push_screen(UnitsScreen(self._screen.view), self._filter_by_unit)

    def _filter_by_unit(self, choice: UnitChoice | None) -> None:
        from fazhi_tui.tui.dialogs.units import ROLES

        if choice is not None:
            text = self._screen.query_text
            for field, _, _ in ROLES:
                if field != choice.field:
                    text = without_field(text, field)
            self._screen.set_query(with_term(text, choice.field, choice.name).strip())

    def deadlines(self) -> None:
        """Choose a deadline."""
        from fazhi_tui.tui.dialogs.deadlines import DeadlinesScreen

        if self._screen.view is not None:
            screen = DeadlinesScreen(self._screen.view, self._screen.query_text)
            self._app.push_screen(screen, self._take_query)

    def sort(self) -> None:
        """Choose the order of the list."""
        from fazhi_tui.tui.dialogs.sort import OrderScreen

        self._app.push_screen(OrderScreen(self._screen.order), self._screen.take_order)

    def sort_by(self, column: str) -> None:
        """Order by a column whose heading was clicked; the one in hand is turned round."""
        from fazhi_tui.tui.views.sorting import BY_NAME

        if column in BY_NAME:
            self._screen.take_order(self._screen.order.chosen(column))
        else:
            self._screen.say(f"不能按{column}排序", "$text-warning")

    def columns(self) -> None:
        """Choose the columns of the list."""
        from fazhi_tui.tui.dialogs.columns import ColumnMenu

        def take(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self._screen.take_columns(names)
                self._app.keep_screen_state()

        self._app.push_screen(ColumnMenu(self._screen.table.columns, self._screen.take_columns), take)

    def _take_query(self, text: str | None) -> None:
        if text is not None:
            self._screen.set_query(text)

    def mine(self) -> None:
        """Only one's own unit's measures, or all again."""
        text = self._screen.query_text
        term = f"单位:{quote(self._app.unit)}"
        if term in text.split():
            self._screen.set_query(without_field(text, "单位").strip())
        else:
            self._screen.set_query(with_term(text, "单位", self._app.unit))

    def clear(self) -> None:
        """No filter."""
        self._screen.set_query("")

    def goto(self) -> None:
        """Ask for a number."""
        from fazhi_tui.tui.dialogs.goto import GotoScreen

        if self._screen.view is not None:
            self._app.push_screen(GotoScreen(self._screen.view), self._go_to)

    def _go_to(self, number: str | None) -> None:
        if number is not None:
            self._screen.jump_to(number)

    def facets(self) -> None:
        """To the left pane, where there is one."""
        pane = self._screen.query_one(Facets)
        if pane.display:
            pane.focus()
            if pane.highlighted is None:
                pane.action_first()
        else:
            units, deadlines, query = (self._app.keys.key(name) for name in ("units", "deadlines", "filter"))
            self._screen.say(
                f"窗口不足 100 列，没有分类栏；用 {units}、{deadlines} 或 {query} 筛选", "$text-warning"
            )

    def views(self) -> None:
        """The saved views, a key each; or save what is shown now."""
        from fazhi_tui.tui.views import saved_views

        saved_views.open_views(self._screen)

    def back(self) -> None:
        """To where one was before."""
        self._screen.trail.stay(self._screen.where)
        self._screen.travel(self._screen.trail.back())

    def forward(self) -> None:
        """Forward again."""
        self._screen.trail.stay(self._screen.where)
        self._screen.travel(self._screen.trail.forward())

    def home(self) -> None:
        """What waits for one's own unit."""
        from fazhi_tui.tui.pages import flow

        flow.open_home(self._screen)
