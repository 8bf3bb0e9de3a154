"""The main screen: facets, list, detail, filter bar, and the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from fazhi_tui.model import Event, FazhiError, LightNames, QueryError, Row, SavedView, UsageError
from fazhi_tui.query import Sifted, values_of, with_term, words_of
from fazhi_tui.service import View
from fazhi_tui.tui.actions import Situation, bindings
from fazhi_tui.tui.columns import chosen as chosen_columns
from fazhi_tui.tui.entries import entries_of
from fazhi_tui.tui.faceting import chosen, count_all
from fazhi_tui.tui.layout import layout_for
from fazhi_tui.tui.lines import empty_text, extra_text, summary_line
from fazhi_tui.tui.messages import (
    CardMoved,
    CardStays,
    CommitOpened,
    EntryHighlighted,
    EntryOpened,
    FacetChosen,
    QueryDropped,
    QueryKept,
    QueryTyped,
    SortWanted,
    SplitterDragged,
    TabShown,
    ViewTaken,
)
from fazhi_tui.tui.screens.acting import Acting, Hint
from fazhi_tui.tui.screens.deeds import Deeds
from fazhi_tui.tui.screens.looking import BY_WORD, NAMES, Looks
from fazhi_tui.tui.screens.panes import Panes
from fazhi_tui.tui.sorting import Order
from fazhi_tui.tui.trail import Place, Trail
from fazhi_tui.tui.widgets.detail import Detail
from fazhi_tui.tui.widgets.facets import Facets
from fazhi_tui.tui.widgets.filter_bar import FilterBar
from fazhi_tui.tui.widgets.foot import HintLine, StatusLine
from fazhi_tui.tui.widgets.splitter import Splitter
from fazhi_tui.tui.widgets.table import MeasureTable
from fazhi_tui.tui.widgets.title import TitleLine
from fazhi_tui.tui.words import key_name
from fazhi_tui.visible import visible

if TYPE_CHECKING:
    from fazhi_tui.tui.app import FazhiApp
    from fazhi_tui.tui.widgets.looks import EntryLook

#: Seconds within which digits belong to one number.
DIGIT_SECONDS = 1.2


class MainScreen(Acting[None]):
    """Everything is reached from here; what the actions do is in :class:`Deeds`."""

    app: FazhiApp
    # The list takes the focus itself: a focus that passes through the filter bar would begin an edit.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(), Binding("escape", "back", show=False)]

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self.query_text = visible(query.strip())
        self._before_edit: str | None = None
        self._rows: tuple[Row, ...] = ()
        #: What the filter keeps, and would keep with one field lifted; None where it is not understood.
        self._sifted: Sifted | None = None
        self.order = Order()
        self.looks = Looks(self)
        self.panes = Panes(self)
        self.trail = Trail(Place(self.query_text))
        self._deeds = Deeds(self)
        self._digits = ""
        self._digit_timer: Timer | None = None
        self._shown_before = False

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        # Before there are children: a class set later has every one of them styled anew.
        self.add_class(layout_for(*self.app.size), update=False)
        yield TitleLine(id="title")
        yield FilterBar(id="filter-bar")
        with Horizontal(id="panes"):
            yield Facets(id="facets")
            yield Splitter(id="seam-facets")
            with Container(id="list-and-detail"):
                with Vertical(id="list-pane"):
                    yield MeasureTable(id="table")
                    yield Static("", id="summary", markup=False)
                yield Splitter(id="seam-detail")
                yield Detail(id="detail")
        yield HintLine(self.hints(), id="hints")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        """Begin in the list; what there is to list is being read."""
        self.bar.set_text(self.query_text)
        self.panes.lay_out(*self.app.size)
        self.table.show((), "正在读取台账")
        self.table.focus()
        self._tell_title()
        self.app.begin()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """The first time all has just been styled; later a theme may have changed meanwhile."""
        event.refresh_styles = self._shown_before
        self._shown_before = True

    # ------------------------------------------------------------------ its parts

    @property
    def table(self) -> MeasureTable:
        """The list."""
        return self.query_one(MeasureTable)

    @property
    def look(self) -> MeasureTable | EntryLook:
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

    @property
    def situation(self) -> Situation:
        """What the possibility of actions depends on."""
        current = self.look.current
        return Situation(
            ready=self.view is not None,
            has_measure=self.row is not None,
            broken_file=current.path if current and current.row is None else "",
            has_query=bool(self.query_text),
            unit=self.app.unit,
            git_refuses=self.app.git_refuses,
            read_only=self.app.read_only,
            operation=self.app.repository.operation if self.app.repository else "",
            past=self.view.past.asked if self.view and self.view.past else "",
            look=self.looks.name,
            has_back=self.trail.has_back,
            has_forward=self.trail.has_forward,
        )

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has done anything here yet: no filter, no cursor moved, no other pane."""
        return not self.query_text and self.look.cursor == 0 and self.table.has_focus

    def say(self, text: str, style: str = "") -> None:
        """Tell something at the foot for a while."""
        self.query_one(StatusLine).say(text, style)

    # ------------------------------------------------------------------ what was read

    def take_view(self) -> None:
        """The files were read anew: same filter, same cursor."""
        view = self.view
        if view is None:
            return
        if not self._rows and self._open_number(view):
            return
        editing = self._before_edit is not None
        if not self.apply(self.bar.field.value if editing else self.query_text):
            # A query that is being typed may be half a word; the rows it had found still count.
            self._sifted = None
            self._show_rows(self._same_rows(view) if self._rows else view.rows)
            if not editing:
                # The very first query, from the command line: to be mended where it stands.
                self.query_text = ""
                self.edit_query()
        self._tell_title()

    def _open_number(self, view: View) -> bool:
        """``fazhi 28``: a number alone is a measure to open, not a word to look for."""
        asked = self.query_text
        if not asked.replace("-", "").replace(".", "").isdigit():
            return False
        try:
            number = view.row(asked.partition(".")[0]).measure.id
        except UsageError as error:
            if "原文缺失" not in error.message:
                return False
            self.say(error.message, "$text-warning")
            number = ""
        self.query_text = ""
        self.bar.set_text("")
        self.trail = Trail(Place())
        self.apply("")
        self._tell_title()
        if number:
            self.go_to(number)
            self._deeds.open()
        return True

    def _same_rows(self, view: View) -> tuple[Row, ...]:
        kept = {row.measure.id for row in self._rows}
        return tuple(row for row in view.rows if row.measure.id in kept)

    def take_repository(self) -> None:
        """Git has answered, or cannot."""
        self.query_one(StatusLine).tell_repository(
            self.app.repository, self.app.git_refuses, self.app.keys.press("sync")
        )

    def take_events(self, refusal: str = "") -> None:
        """The history is here, or why it is not."""
        self.detail.show_history(None if self.app.events is None else self.shown_events, refusal)

    @property
    def shown_events(self) -> tuple[Event, ...]:
        """The commits that had been made at the time that is shown."""
        events, view = self.app.events or (), self.view
        if view is not None and view.past is not None:
            # What came later had not happened yet.
            return tuple(event for event in events if event.time <= view.past.time)
        return events

    def go_to_number(self, number: str | None) -> None:
        """To a measure by its number, whatever the filter hides; nothing where there is none."""
        if number:
            if number not in {row.measure.id for row in self._rows}:
                self.set_query("")
            self.jump_to(number)

    def take_changes(self, numbers: frozenset[str]) -> None:
        """Mark what has changed since the moment that was asked for."""
        self.looks.mark_changed(numbers)
        self.tell_marks()

    def tell_unreadable(self, error: FazhiError) -> None:
        """The tracker as a whole could not be read."""
        self.table.show((), f"读不了台账：{error.message}\n{error.hint}")

    def _tell_title(self) -> None:
        today = self.view.today if self.view else self.app.workspace.today
        looks = [
            (name, word, key_name(self.app.keys.command("main", name).key)) for name, word in NAMES.items()
        ]
        back = f"{self.app.keys.press('time')} 回到现在"
        self.query_one(TitleLine).show(self.view, today, looks, self.looks.name, back)

    def tell_extra(self) -> None:
        """How many problems and which drafts there are."""
        self.query_one(StatusLine).tell_extra(extra_text(self.view, self.app.drafts))

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
        self._before_edit = None
        self._leave()
        self.bar.set_text(text)
        self.apply(text)
        self._arrive()
        self.look.focus()

    # ------------------------------------------------------------------ where one has been

    @property
    def where(self) -> Place:
        """Where one is: filter, way of looking, cursor."""
        current = self.look.current
        return Place(self.query_text, self.looks.name, current.key if current else "")

    def _leave(self) -> None:
        """One is about to go elsewhere: coming back leads to where the cursor stands now."""
        self.trail.stay(self.where)

    def _arrive(self) -> None:
        """One has come to another place, or stayed."""
        self.trail.go(self.where)

    def jump_to(self, number: str) -> None:
        """To a measure, so that one can come back from it."""
        self._leave()
        self.go_to(number)
        self._arrive()

    def change_look(self, name: str) -> None:
        """Look at the same measures in another way."""
        self._leave()
        if self.panes.zoomed == "detail":
            self.zoom(False)
        self.looks.change(name)
        self._arrive()
        self._tell_title()
        self.detail.show(self.look.current)

    def open_view(self, saved: SavedView) -> None:
        """A saved view: its filter, order, columns and way of looking."""
        self._leave()
        self.show_as(saved)
        self._before_edit = None
        self.bar.set_text(saved.query)
        self.apply(saved.query)
        self._arrive()
        self.look.focus()
        self.say(f"视图 {saved.name}")

    def show_as(self, saved: SavedView) -> None:
        """How a saved view shows what it keeps."""
        self.order = Order.written(saved.order)
        if saved.columns:
            self.take_columns(chosen_columns(saved.columns))
        self.looks.change(BY_WORD[saved.shape.value])
        self._tell_title()

    @on(ViewTaken)
    def _view_taken(self, message: ViewTaken) -> None:
        message.stop()
        self.show_as(message.view)
        self.apply(self.bar.field.value)

    def travel(self, place: Place) -> None:
        """To a place that one has been at."""
        self.bar.set_text(place.query)
        self.apply(place.query)
        if place.look != self.looks.name:
            self.looks.change(place.look)
            self._tell_title()
        if place.key:
            self.look.go_to(place.key)
        self.look.focus()

    # ------------------------------------------------------------------ what the filter keeps

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
        if self._before_edit is None:
            self._before_edit = self.query_text
            self._leave()
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
        self.set_query(self.query_text if self._before_edit is None else self._before_edit)

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

    @on(CardMoved)
    def _card_moved(self, message: CardMoved) -> None:
        message.stop()
        self._deeds.report_as(message.kind, message.status)

    @on(CardStays)
    def _card_stays(self, message: CardStays) -> None:
        message.stop()
        self.say(f"不能移动：{message.why}", "bold $text-warning")

    @on(SplitterDragged)
    def _splitter_dragged(self, message: SplitterDragged) -> None:
        message.stop()
        self.panes.drag(message.splitter, message.x, message.y)

    # ------------------------------------------------------------------ cursor, panes, tabs

    @on(EntryHighlighted)
    def _highlighted(self, message: EntryHighlighted) -> None:
        message.stop()
        if self.detail.entry is not self.look.current:
            self.detail.show(self.look.current)

    @on(EntryOpened)
    def _opened(self, message: EntryOpened) -> None:
        message.stop()
        self._deeds.open()

    @on(TabShown)
    def _tab_shown(self, message: TabShown) -> None:
        message.stop()
        if message.tab in ("history", "diff") and self.app.events is None:
            self.detail.show_history(None, "正在读取历史")
            self.app.fetch_events(self._show_first_diff if message.tab == "diff" else None)
        elif message.tab == "diff":
            self._show_first_diff()

    def _show_first_diff(self) -> None:
        if not self.detail.has_diff:
            event = self.detail.highlighted_event or next(iter(self.detail.events), None)
            if event is not None:
                self._deeds.show_commit(event.commit)

    @on(CommitOpened)
    def _commit_opened(self, message: CommitOpened) -> None:
        message.stop()
        self._deeds.show_commit(message.commit)
        self.detail.show_tab("diff")
        self.detail.body.focus()

    def action_show_tab(self, tab: str) -> None:
        """A click on a tab."""
        self.detail.show_tab(tab)

    def action_back(self) -> None:
        """Esc: give up what is being waited for; else out of the detail, back to the list."""
        if given_up := self.app.give_up():
            self.say(f"已停下：{given_up}")
            return
        self.zoom_pane("")

    @property
    def one_pane(self) -> bool:
        """Whether list and detail take turns."""
        return self.has_class("one-pane")

    def zoom(self, on: bool = True) -> None:
        """Give the detail the whole of the middle, or take it back."""
        self.zoom_pane("detail" if on else "")

    def zoom_pane(self, pane: str) -> None:
        """Give a pane the whole of the middle; an empty name takes it back."""
        self.panes.zoom(pane)
        self.query_one(HintLine).show(self.hints())

    def on_resize(self, event: events.Resize) -> None:
        """A terminal may change its size at any moment."""
        self.panes.lay_out(event.size.width, event.size.height)
        self.query_one(TitleLine).refresh()
        self.call_after_refresh(self._show_facets)

    # ------------------------------------------------------------------ marks

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

    # ------------------------------------------------------------------ keys

    def action_do(self, name: str) -> None:
        """Do one of the table's actions, or say why it is not possible now."""
        # A number that is being typed ends with any other key.
        self._digits = ""
        super().action_do(name)

    def perform(self, name: str) -> None:
        """What the actions do is in :class:`Deeds`."""
        getattr(self._deeds, name)()

    def hints(self) -> list[Hint]:
        """Where the list has gone, the way back to it comes first."""
        hints = super().hints()
        if self.panes.zoomed:
            back = ("Esc", "返回列表", "screen.back")
            return [back, *(hint for hint in hints if hint[2] != "screen.do('open')")]
        return hints

    def edit_query(self) -> None:
        """Into the filter bar; Esc there goes back to what is here now."""
        self._before_edit = self.query_text
        self.bar.field.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click or Tab into the filter bar begins an edit as well."""
        if event.widget is self.bar.field and self._before_edit is None:
            self._before_edit = self.query_text
            self._leave()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving the bar by Tab or mouse keeps what was last understood."""
        if event.widget is self.bar.field and self._before_edit is not None:
            self._before_edit = None
            self.bar.set_text(self.query_text)
            self.bar.tell_mistake(None)

    def on_key(self, event: events.Key) -> None:
        """Digits go to a number; a field takes its own digits and they never come here."""
        if event.character is None or not event.character.isascii() or not event.character.isdigit():
            return
        if not isinstance(self.focused, Widget) or self.focused is self.bar.field:
            return
        event.stop()
        self._digits += event.character
        if self._digit_timer is not None:
            self._digit_timer.stop()
        self._digit_timer = self.set_timer(DIGIT_SECONDS, self._forget_digits)
        self.go_to(self._digits)

    def _forget_digits(self) -> None:
        self._digits = ""

    def go_to(self, number: str) -> None:
        """Put the cursor on a measure, or say why that cannot be."""
        view = self.view
        if view is None:
            return
        # By number and not by key: a broken file, too, stands at the number it should have.
        wanted = number.strip().lstrip("0")
        entry = next((entry for entry in self.look.entries if entry.number == wanted), None)
        if entry is not None:
            self.look.go_to(entry.key)
            self.say("")
            return
        try:
            found = view.row(number).measure.id
        except UsageError as error:
            self.say(error.message, "$text-warning")
        else:
            self.say(f"第 {found} 条不在筛选结果里，{self.app.keys.press('clear')} 清除筛选", "$text-warning")
