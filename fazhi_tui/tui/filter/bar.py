"""The filter bar: the whole query on one line, and under it, in place, what is wrong with it.

Over the list, under the field, hangs what may be put in: completions while one types, and in an empty field
the queries kept lately and the saved views.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.text.cells import cell_len
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.text.wrapping import wrap
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.filter.suggestions import Offer, Suggestions
from fazhi_tui.tui.messages import CompletionSourceWanted, QueryDropped, QueryKept, QueryTyped, ViewTaken
from fazhi_tui.tui.protocols import ScreenApp
from fazhi_tui.tui.styles import error_text, plain
from fazhi_tui.tui.widgets.fields import LineField

if TYPE_CHECKING:
    from fazhi_tui.domain.query.completion_source import CompletionSource
    from fazhi_tui.service.plan.saved_views import KeptView

EXAMPLE = "牵头:市司法局 状态:推进中 截止<2023-01-01 复议"
#: Of the queries kept lately so many are offered before the views.
RECENT_FIRST = 5


class FilterBar(Vertical):
    """Label, field, count of what matches; the mistake under it only while there is one.

    ``source`` is what completions are made of, ``recent`` are queries and ``views`` saved views to begin
    with: plain values, put here by whoever has them.
    """

    # No Protocol is an App, which Textual's property of this name gives.
    app: ScreenApp  # type: ignore[assignment]
    BINDINGS = bindings("filter_bar")
    manual_page = "filter"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.source: CompletionSource | None = None
        self.recent: tuple[str, ...] = ()
        self.views: tuple[KeptView, ...] = ()
        self._source_asked_for = False
        #: Whether an edit is under way, and whether anything was typed in it.
        self._editing = self._typing = False
        #: The text that was last offered for.
        self._offered_for = ""
        #: How long the count is that stands there.
        self._count_length = 0

    def compose(self) -> ComposeResult:
        """One line, and one or two under it."""
        placeholder = f"{self.app.keys.press('filter')} 筛选，如 {EXAMPLE}"
        with Horizontal(id="filter-line"):
            yield Static("筛选", id="filter-label", markup=False)
            yield LineField(placeholder=placeholder, id="query", select_on_focus=False, compact=True)
            yield Static("", id="filter-count", markup=False)
        yield Static("", id="filter-mistake", markup=False)
        yield Suggestions(id="suggestions")

    def on_mount(self) -> None:
        """What is offered follows the cursor, once there is anything offered."""
        self.watch(self.field, "selection", self._cursor_moved, init=False)

    @property
    def field(self) -> LineField:
        """The field that holds the query."""
        return self.query_one("#query", LineField)

    @property
    def offered(self) -> Suggestions:
        """What hangs under it."""
        return self.query_one("#suggestions", Suggestions)

    def set_text(self, text: str) -> None:
        """Show a query that was not typed here."""
        self.offered.close()
        self._offered_for = text
        if self.field.value != text:
            with self.field.prevent(Input.Changed):
                self.field.value = text
                self.field.cursor_position = len(text)

    def tell_count(self, matched: int, total: int) -> None:
        """How many of all measures match."""
        count = f"{matched}/{total}"
        # Only a count of another length takes another width from the field.
        self.query_one("#filter-count", Static).update(count, layout=len(count) != self._count_length)
        self._count_length = len(count)

    def tell_mistake(self, error: QueryError | None) -> None:
        """Point at a mistake under the place where it is, or clear it."""
        if error is not None and self.offered.is_open and error.end >= len(self.field.value):
            # Something is being typed there and its rest is offered: half a word is no mistake yet.
            error = None
        shown = self.query_one("#filter-mistake", Static)
        shown.display = error is not None
        if error is None:
            return
        field = self.field
        start = min(error.start, len(field.value))
        end = max(min(error.end, len(field.value)), start)
        left = self._column(start) - self.content_region.x
        carets = "^" * max(cell_len(field.value[start:end]), 1)
        said = one_line(error_text(error))
        lines = [Content.styled(" " * left + carets, "bold $text-error")]
        # Two lines and no more: the list below must not jump about while one types.
        width = max(self.content_region.width - 3, 20)
        lines += [plain(" " + line, "$text-error") for line in wrap(said, width)[:2]]
        shown.update(Content("\n").join(lines))

    def _column(self, place: int) -> int:
        """The column of the screen at which a character of the field stands."""
        field = self.field
        before = cell_len(field.value[:place]) - round(field.scroll_offset.x)
        return field.content_region.x + max(before, 0)

    # ------------------------------------------------------------------ what is offered

    def take_completion_source(self, source: CompletionSource | None) -> None:
        """Complete with other names and counts from now on; None where the tracker has changed."""
        self.source = source
        self._source_asked_for = False
        if source is None and self._editing:
            self._ask_for_source()
        elif not self.offered.chosen and self.field.value:
            self._offer(only_open=not self._typing)

    def take_lists(self, recent: Sequence[str], views: Sequence[KeptView]) -> None:
        """Offer other queries and views in an empty field."""
        self.recent, self.views = tuple(recent), tuple(views)

    def on_descendant_focus(self) -> None:
        """An edit begins: in an empty field there is something to begin with at once."""
        self._editing, self._typing = True, False
        self._ask_for_source()
        if not self.field.value:
            self._offer()

    def on_descendant_blur(self) -> None:
        """The edit has ended, and what is offered goes with it."""
        self._editing = False
        self.offered.close()

    def _ask_for_source(self) -> None:
        if self.source is None and not self._source_asked_for:
            self._source_asked_for = True
            self.post_message(CompletionSourceWanted())

    def _cursor_moved(self) -> None:
        # With a letter the cursor moves before the text is told: to offer then would be to do it twice.
        if self.field.value == self._offered_for:
            self._offer(only_open=True)

    def _offer(self, *, only_open: bool = False) -> None:
        if not self._editing or (only_open and not self.offered.is_open):
            return
        self._offered_for = self.field.value
        offers = list(self._offers())
        left = self._column(offers[0].start) if offers else 0
        # The sign and the blank before what is shown: text stands under text.
        self.offered.show(offers, max(left - 2, 0))

    def _offers(self) -> Iterator[Offer]:
        text = self.field.value
        if not text:
            yield from self._to_begin_with()
        elif self.source is not None:
            # Loaded with the first letter: the first picture needs it not.
            from fazhi_tui.domain.query.completion import complete

            for found in complete(text, self.field.cursor_position, self.source):
                # A name with hidden characters is a fault in the data: it must not get into the field.
                if one_line(found.text) == found.text:
                    waits = found.text.endswith(":")
                    yield Offer(
                        found.shown, found.note, found.start, found.end, found.text, waits, found.same
                    )

    def _to_begin_with(self) -> Iterator[Offer]:
        """The newest queries, the views, then the older queries; each query once."""
        queries = [(query, "最近用过") for query in self.recent]
        saved = [
            (kept.view.query, "，".join(filter(None, (f"视图 {kept.view.name}", kept.view.about))))
            for kept in self.views
        ]
        names = {kept.view.query: kept.view.name for kept in self.views}
        seen: set[str] = set()
        for query, note in [*queries[:RECENT_FIRST], *saved, *queries[RECENT_FIRST:]]:
            if query and query not in seen:
                seen.add(query)
                if query in names and note == "最近用过":
                    note = f"最近用过，视图 {names[query]}"
                yield Offer(query, note, 0, 0, query)

    # ------------------------------------------------------------------ keys

    def action_drop(self) -> None:
        """Close what is offered; with nothing offered go back to what was there before."""
        held = self.offered.holds_keys
        self.offered.close()
        if not held:
            self.post_message(QueryDropped())

    async def action_choose(self, by: int) -> None:
        """Through what is offered; with nothing offered Down keeps the query."""
        if self.offered.holds_keys:
            self.offered.move(by)
        elif by > 0:
            self.offered.close()
            await self.field.action_submit()

    def action_take(self) -> None:
        """Put in what is chosen, else the best; with nothing offered on to the next pane."""
        if self.offered.first is None:
            self.screen.focus_next()
        else:
            self._put_in(self.offered.first)

    @on(Input.Submitted, "#query")
    async def _submitted(self, event: Input.Submitted) -> None:
        """Keep the query; what was chosen with the arrows is put in first and may want more behind it."""
        event.stop()
        offer = self.offered.chosen
        self.offered.close()
        if offer is None:
            self.post_message(QueryKept())
            return
        self._put_in(offer)
        if not offer.open:
            await self.field.action_submit()

    def _put_in(self, offer: Offer) -> None:
        field = self.field
        text = field.value
        new = one_line(offer.text)
        field.value = text[: offer.start] + new + text[offer.end :]
        field.cursor_position = offer.start + len(new)
        if not text and (kept := next((v for v in self.views if v.view.query == offer.text), None)):
            self.post_message(ViewTaken(kept.view))

    @on(Suggestions.Clicked)
    def _clicked(self, event: Suggestions.Clicked) -> None:
        event.stop()
        self._put_in(event.offer)
        self.field.focus()

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._typing = True
        self._offered_for = event.value
        self._offer()
        self.post_message(QueryTyped(event.value))
