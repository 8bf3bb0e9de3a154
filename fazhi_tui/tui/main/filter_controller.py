"""The filter of the main screen: from what is typed or chosen to the rows that are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.facet_counts import FilterResult
from fazhi_tui.domain.query.language import values_of, with_term, words_of
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.tui.detail.pane import Detail
from fazhi_tui.tui.filter.bar import FilterBar
from fazhi_tui.tui.filter.facets import Facets, chosen, count_all
from fazhi_tui.tui.main.navigation_history import NavigationHistory, Place
from fazhi_tui.tui.main.view_switcher import ViewSwitcher
from fazhi_tui.tui.messages import FacetChosen
from fazhi_tui.tui.protocols import TrackerApp

if TYPE_CHECKING:
    from fazhi_tui.domain.query.completion_source import CompletionSource


@dataclass(eq=False, repr=False)
class FilterController:
    """What the filter keeps, counted in the facets; each filter that is kept is a step of the history."""

    _app: TrackerApp
    _bar: FilterBar
    _facets: Facets
    _detail: Detail
    _views: ViewSwitcher
    query_text: str
    rows: tuple[Row, ...] = ()
    #: The filter that Esc restores, while another is being typed.
    _before_edit: str | None = None
    #: What the filter keeps, and would keep without one field's terms; None where it is not understood.
    _result: FilterResult | None = None

    def __post_init__(self) -> None:
        self.query_text = visible(self.query_text.strip())
        self.history = NavigationHistory(Place(self.query_text))

    # ------------------------------------------------------------------ where one has been

    @property
    def where(self) -> Place:
        """Where one is: filter, view, cursor."""
        current = self._views.current
        return Place(self.query_text, self._views.name, current.key if current else "")

    def leave(self) -> None:
        """One is about to go elsewhere: coming back leads to where the cursor stands now.

        What is being typed in the filter bar is no place yet.
        """
        if self._before_edit is None:
            self.history.stay(self.where)

    def arrive(self) -> None:
        """One has come to another place, or stayed."""
        self.history.go(self.where)

    # ------------------------------------------------------------------ setting it

    def apply(self, text: str) -> bool:
        """Show what ``text`` keeps.  A mistake is told in its place, and the list stays as it was."""
        view = self._app.tracker.view
        if view is None:
            return False
        try:
            result = view.filter(text)
        except QueryError as error:
            self._bar.tell_mistake(error)
            return False
        self._bar.tell_mistake(None)
        self.query_text = text.strip()
        self._result = result
        self._show_rows(result.rows)
        return True

    def replace(self, text: str) -> None:
        """Make ``text`` the filter, whatever was being typed."""
        self._before_edit = None
        self._bar.set_text(text)
        self.apply(text)

    def set(self, text: str) -> None:
        """Make ``text`` the filter, as if it had been typed and kept."""
        self.leave()
        self.replace(text)
        self.arrive()
        self._views.shown.focus()

    def take_view(self) -> None:
        """The files were read anew: same filter, same cursor."""
        view, editing = self._app.tracker.view, self._before_edit is not None
        if view is None or self.apply(self._bar.field.value if editing else self.query_text):
            return
        # A query that is being typed may be half a word; the rows it had found still count.
        self._result = None
        kept = {row.measure.id for row in self.rows}
        self._show_rows(tuple(row for row in view.rows if row.measure.id in kept) if kept else view.rows)
        if not editing:
            # The very first query, from the command line: to be mended where it stands.
            self.query_text = ""
            self.edit()

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        view = self._app.tracker.view
        if view is None:
            return
        self.rows = rows
        self._detail.light_names = self._facets.light_names = view.settings.light_names
        self._detail.measures = view.tracker.measures
        self._detail.words = words_of(self.query_text)
        clear, change = (self._app.keys.command("main", name).keys_text for name in ("clear", "filter"))
        empty = f"没有措施合于：{one_line(self.query_text)}\n按 {clear} 清除筛选，按 {change} 修改。"
        self._views.show(rows, empty if self.query_text else "台账里还没有措施。")
        self._detail.show(self._views.current)
        self._bar.tell_count(len(rows), len(view.rows))
        # The list comes first; the counts beside it follow once it is on the screen.
        self._facets.call_after_refresh(self.show_facets)

    def show_facets(self) -> None:
        """Count the facets, where there is room for them."""
        if self._app.tracker.view is not None and self._facets.display:
            counted = count_all(self._app.tracker.view, self._result, self.rows)
            self._facets.show(counted, chosen(self.query_text))

    def choose_facet(self, choice: FacetChosen) -> None:
        """Put a facet's value into the filter, or take it out."""
        had = values_of(self.query_text, choice.field)
        if choice.also:
            values = [value for value in had if value != choice.value]
            if len(values) == len(had):
                values.append(choice.value)
        else:
            values = [] if had == (choice.value,) else [choice.value]
        self.leave()
        self.replace(with_term(self.query_text, choice.field, values).strip())
        self.arrive()

    # ------------------------------------------------------------------ typing it

    def edit(self) -> None:
        """Into the filter bar; Esc there goes back to what is here now."""
        self.begin_edit()
        self._bar.field.focus()

    def begin_edit(self) -> None:
        """Remember the filter so that Esc restores it."""
        if self._before_edit is None:
            self.leave()
            self._before_edit = self.query_text

    def type(self, text: str) -> None:
        """Show what is typed as far as it is understood."""
        self.begin_edit()
        self.apply(text)

    def keep(self) -> None:
        """Enter: what was typed stays, where it is understood."""
        if self.apply(self._bar.field.value):
            self._before_edit = None
            self.arrive()
            self.remember(self.query_text)
            self._views.shown.focus()

    def remember(self, query: str) -> None:
        """Have the filter bar offer a query that was kept from now on; written in a worker."""
        from fazhi_tui.service.preferences.recent_queries import remember_query

        def take(recent: tuple[str, ...]) -> None:
            self._bar.take_lists(recent, self._app.tracker.saved_views)

        store = self._app.reader.user_store
        if query:
            self._app.start(lambda: remember_query(store, query), take, lambda _error: None, group="recent")

    def fetch_completion_source(self) -> None:
        """Make ready what the filter bar completes with, in a worker, once a view."""
        from fazhi_tui.service.preferences.completion_source import completion_source_of

        view, store = self._app.tracker.view, self._app.reader.user_store
        if view is None:
            return

        def take(source: CompletionSource) -> None:
            if self._app.tracker.view is view:
                self._bar.take_completion_source(source)

        # Without it one types as before: no dialog.
        self._app.start(
            lambda: completion_source_of(view, store), take, lambda _error: None, group="completion"
        )

    def drop(self) -> None:
        """Esc: the filter is what it was before."""
        self.replace(self.query_text if self._before_edit is None else self._before_edit)
        self._views.shown.focus()

    def end_edit(self) -> None:
        """Leaving the bar by Tab or mouse keeps what was last understood."""
        if self._before_edit is not None:
            self._before_edit = None
            self._bar.set_text(self.query_text)
            self._bar.tell_mistake(None)
            self.arrive()
