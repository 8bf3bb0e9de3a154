"""The commands that find: filter, units, deadlines, order, columns, where one has been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.domain.query.language import with_term, without_field
from fazhi_tui.domain.query.syntax import quote
from fazhi_tui.tui.filter.facets import Facets
from fazhi_tui.tui.main.filter_controller import FilterController
from fazhi_tui.tui.main.navigation import Navigation
from fazhi_tui.tui.main.view_switcher import ViewSwitcher
from fazhi_tui.tui.protocols import MainView

if TYPE_CHECKING:
    from fazhi_tui.tui.dialogs.units import UnitChoice


@dataclass(eq=False, repr=False)
class FindCommands:
    """How one comes to the measures one wants."""

    _main: MainView
    _filter: FilterController
    _navigation: Navigation
    _views: ViewSwitcher
    _facets: Facets

    def units(self) -> None:
        """Choose a unit."""
        from fazhi_tui.tui.dialogs.units import UnitsScreen

        self._main.app.push_screen(UnitsScreen(self._main.view), self.take_unit)

    def take_unit(self, choice: UnitChoice | None) -> None:
        """Filter by a unit in one role, and by no other unit."""
        from fazhi_tui.tui.dialogs.units import ROLES

        if choice is not None:
            text = self._main.query_text
            for field, _, _ in ROLES:
                if field != choice.field:
                    text = without_field(text, field)
            self._filter.set(with_term(text, choice.field, choice.name).strip())

    def deadlines(self) -> None:
        """Choose a deadline."""
        from fazhi_tui.tui.dialogs.deadlines import DeadlinesScreen

        def take(text: str | None) -> None:
            if text is not None:
                self._filter.set(text)

        self._main.app.push_screen(DeadlinesScreen(self._main.view, self._main.query_text), take)

    def sort(self) -> None:
        """Choose the order of the list."""
        from fazhi_tui.tui.dialogs.columns import OrderScreen

        self._main.app.push_screen(OrderScreen(self._views.order), self._views.take_order)

    def columns(self) -> None:
        """Choose the columns of the list."""
        from fazhi_tui.tui.dialogs.columns import ColumnMenu

        def take(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self._views.take_columns(names)
                self._main.app.keep_screen_state()

        menu = ColumnMenu(self._views.table.columns, self._views.take_columns)
        self._main.app.push_screen(menu, take)

    def mine(self) -> None:
        """Only one's own unit's measures, or all again."""
        text, unit = self._main.query_text, self._main.app.tracker.unit
        if f"单位:{quote(unit)}" in text.split():
            self._filter.set(without_field(text, "单位").strip())
        else:
            self._filter.set(with_term(text, "单位", unit))

    def goto(self) -> None:
        """Ask for a number."""
        from fazhi_tui.tui.dialogs.goto import GotoScreen

        def go(number: str | None) -> None:
            if number is not None:
                self._navigation.jump_to(number)

        self._main.app.push_screen(GotoScreen(self._main.view), go)

    def facets(self) -> None:
        """To the left pane, where there is one."""
        if self._facets.display:
            self._facets.focus()
            if self._facets.highlighted is None:
                self._facets.action_first()
        else:
            units, deadlines, query = map(self._main.app.keys.key, ("units", "deadlines", "filter"))
            said = f"窗口不足 100 列，没有分类栏；用 {units}、{deadlines} 或 {query} 筛选"
            self._main.say(said, "$text-warning")

    def views(self) -> None:
        """The saved views, a key each; or save what is shown now."""
        from fazhi_tui.tui.views.saved_views import open_views

        open_views(self._main)

    def home(self) -> None:
        """What waits for one's own unit."""
        from fazhi_tui.tui.pages.flow import open_home

        open_home(self._main)
