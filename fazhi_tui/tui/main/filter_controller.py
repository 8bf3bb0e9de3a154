"""The filter of the main screen: from what is typed or chosen to the rows that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.widgets import Static

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.facet_counts import Sifted
from fazhi_tui.domain.query.language import values_of, with_term, words_of
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.service.view import View
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.detail.pane import Detail
from fazhi_tui.tui.filter.bar import FilterBar
from fazhi_tui.tui.filter.facet_counts import chosen, count_all
from fazhi_tui.tui.filter.facets import Facets
from fazhi_tui.tui.main.navigation_history import Place, Trail
from fazhi_tui.tui.main.status_lines import empty_text, summary_line
from fazhi_tui.tui.messages import FacetChosen, QueryDropped, QueryKept, QueryTyped, SortWanted
from fazhi_tui.tui.views.columns import DEFAULT
from fazhi_tui.tui.views.entries import entries_of
from fazhi_tui.tui.views.list import MeasureTable
from fazhi_tui.tui.views.sorting import Order
from fazhi_tui.tui.widgets.footer import StatusLine

if TYPE_CHECKING:
    from fazhi_tui.tui.main.commands.table import Deeds
    from fazhi_tui.tui.main.panes import Panes
    from fazhi_tui.tui.main.view_switcher import Looks
    from fazhi_tui.tui.protocols import TrackerApp
    from fazhi_tui.tui.views.base import ViewWidget


class FilteredScreen(ActionScreen[None]):
    """What the filter keeps, in which order, counted in the facets; where one was is kept in ``trail``."""

    app: TrackerApp
    looks: Looks
    panes: Panes
    _deeds: Deeds

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query_text = visible(query.strip())
        self._before_edit: str | None = None
        self._rows: tuple[Row, ...] = ()
        #: What the filter keeps, and would keep with one field lifted; None where it is not understood.
        self._sifted: Sifted | None = None
        self.order = Order()
        #: The columns that the user has chosen; a saved view may show others for a while.
        self.own_columns: tuple[str, ...] = DEFAULT
        self.trail = Trail(Place(self.query_text))

    # ------------------------------------------------------------------ parts of the screen

    @property
    def table(self) -> MeasureTable:
        """The list."""
        return self.query_one(MeasureTable)

    @property
    def look(self) -> ViewWidget:
        """The list, or the board, the timeline or the charts that stand in its place."""
        return self.looks.now

    @property
    def detail(self) -> Detail:
        """The detail pane."""
        return self.query_one(Detail)

    @property
    def bar(self) -> FilterBar:
        """The filter bar."""
        return self.query_one(FilterBar)

    @property
    def view(self) -> View | None:
        """The tracker as it was last read."""
        return self.app.view

    @property
    def row(self) -> Row | None:
        """The measure under the cursor."""
        current = self.look.current
        return current.row if current else None

    def say(self, text: str, style: str = "") -> None:
        """Tell something at the foot for a while."""
        self.query_one(StatusLine).say(text, style)

    # ------------------------------------------------------------------ where one has been

    @property
    def where(self) -> Place:
        """Where one is: filter, way of looking, cursor."""
        current = self.look.current
        return Place(self.query_text, self.looks.name, current.key if current else "")

    def _leave(self) -> None:
        """One is about to go elsewhere: coming back leads to where the cursor stands now.

        What is being typed in the filter bar is no place yet.
        """
        if self._before_edit is None:
            self.trail.stay(self.where)

    def _arrive(self) -> None:
        """One has come to another place, or stayed."""
        self.trail.go(self.where)

    # ------------------------------------------------------------------ the filter

    def apply(self, text: str) -> bool:
        """Show what ``text`` keeps.  A mistake is told in its place, and the list stays as it was."""
        view = self.view
        if view is None:
            return False
        try:
            sifted = view.sift(text)
        except QueryError as error:
            self.bar.tell_mistake(error)
            return False
        self.bar.tell_mistake(None)
        self.query_text = text.strip()
        self._sifted = sifted
        self._show_rows(sifted.rows)
        return True

    def set_query(self, text: str) -> None:
        """Make ``text`` the filter, as if it had been typed and kept."""
        self._leave()
        self._before_edit = None
        self.bar.set_text(text)
        self.apply(text)
        self._arrive()
        self.look.focus()

    def _same_rows(self, view: View) -> tuple[Row, ...]:
        kept = {row.measure.id for row in self._rows}
        return tuple(row for row in view.rows if row.measure.id in kept)

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        view = self.view
        if view is None:
            return
        self._rows = rows
        self._name_lights(view.settings.light_names)
        entries = entries_of(view, self.order.of(rows))
        self.table.sorted_by = "" if self.order == Order() else self.order.name
        self.table.descending = self.order.descending
        self.detail.words = words_of(self.query_text)
        self.looks.show(view, entries, empty_text(self.query_text, self.app.keys))
        self.detail.show(self.look.current)
        self.bar.tell_count(len(rows), len(view.rows))
        self.tell_marks()
        # The list comes first; the counts beside it follow once it is on the screen.
        self.call_after_refresh(self._show_facets)

    def take_order(self, order: Order | None) -> None:
        """Put the list in another order; cursor and filter stay."""
        if order is not None:
            self.order = order
            self._show_rows(self._rows)
            word = "从大到小" if order.descending else "从小到大"
            self.say(f"按{order.name}{word}排列")

    def take_columns(self, names: tuple[str, ...]) -> None:
        """The user has chosen other columns."""
        self.own_columns = names
        self.show_columns(names)

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show other columns in the list."""
        self.table.columns = names
        self.table.refresh()

    def _name_lights(self, names: LightNames) -> None:
        self.table.light_names = self.detail.light_names = self.query_one(Facets).light_names = names

    def _show_facets(self) -> None:
        view, pane = self.view, self.query_one(Facets)
        if view is None or not pane.display:
            return
        pane.show(count_all(view, self._sifted, self._rows), chosen(self.query_text))

    @on(QueryTyped)
    def _query_typed(self, message: QueryTyped) -> None:
        message.stop()
        self._begin_edit()
        self.apply(message.text)

    @on(QueryKept)
    def _query_kept(self, message: QueryKept) -> None:
        message.stop()
        if self.apply(self.bar.field.value):
            self._before_edit = None
            self._arrive()
            self.app.remember_query(self.query_text)
            self.look.focus()

    @on(QueryDropped)
    def _query_dropped(self, message: QueryDropped) -> None:
        message.stop()
        text = self.query_text if self._before_edit is None else self._before_edit
        self._before_edit = None
        self.bar.set_text(text)
        self.apply(text)
        self.look.focus()

    @on(FacetChosen)
    def _facet_chosen(self, message: FacetChosen) -> None:
        message.stop()
        had = values_of(self.query_text, message.field)
        if message.also:
            values = [value for value in had if value != message.value]
            if len(values) == len(had):
                values.append(message.value)
        else:
            values = [] if had == (message.value,) else [message.value]
        self._leave()
        wanted = with_term(self.query_text, message.field, values).strip()
        self.bar.set_text(wanted)
        self.apply(wanted)
        self._arrive()

    @on(SortWanted)
    def _sort_wanted(self, message: SortWanted) -> None:
        message.stop()
        self._deeds.sort_by(message.column)

    def marked_numbers(self) -> tuple[str, ...]:
        """The numbers of the marked measures that still are there, in order, whatever the filter hides."""
        view = self.view
        marked = self.table.marked
        return (
            tuple(row.measure.id for row in view.rows if row.measure.id in marked) if view and marked else ()
        )

    def tell_marks(self) -> None:
        """How many are marked, under the list."""
        if self.view is not None:
            summary = summary_line(self.view, self._rows, len(self.marked_numbers()), len(self.table.changed))
            self.query_one("#summary", Static).update(summary, layout=False)

    def edit_query(self) -> None:
        """Into the filter bar; Esc there goes back to what is here now."""
        self._begin_edit()
        self.bar.field.focus()

    def _begin_edit(self) -> None:
        if self._before_edit is None:
            self._leave()
            self._before_edit = self.query_text

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click or Tab into the filter bar begins an edit as well."""
        if event.widget is self.bar.field:
            self._begin_edit()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving the bar by Tab or mouse keeps what was last understood."""
        if event.widget is self.bar.field and self._before_edit is not None:
            self._before_edit = None
            self.bar.set_text(self.query_text)
            self.bar.tell_mistake(None)
            self._arrive()
