"""The main screen: facets, list, detail, filter bar, and the foot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui import messages
from fazhi_tui.tui.action_screen import ActionScreen, Hint
from fazhi_tui.tui.actions.command import Situation
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.pane import Detail
from fazhi_tui.tui.filter.bar import FilterBar
from fazhi_tui.tui.filter.facets import Facets
from fazhi_tui.tui.main.commands.find import FindCommands
from fazhi_tui.tui.main.commands.read import ReadCommands
from fazhi_tui.tui.main.commands.report import ReportCommands
from fazhi_tui.tui.main.commands.system import SystemCommands
from fazhi_tui.tui.main.filter_controller import FilterController
from fazhi_tui.tui.main.layout import layout_for
from fazhi_tui.tui.main.navigation import Navigation
from fazhi_tui.tui.main.panes import Panes
from fazhi_tui.tui.main.view_switcher import ViewSwitcher
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.views.list import MeasureTable
from fazhi_tui.tui.widgets.footer import HintLine, StatusLine
from fazhi_tui.tui.widgets.splitter import Splitter
from fazhi_tui.tui.widgets.title import TitleLine

if TYPE_CHECKING:
    from fazhi_tui.tui.dialogs.palette import Findable, Found


class MainScreen(ActionScreen[None]):
    """The screen that fazhi opens with.

    It holds the widgets and the parts that work on them, and passes on to these what Textual sends to it;
    what each command does is in the groups of :mod:`.commands`.
    """

    app: TrackerApp
    # The list takes the focus itself: a focus that passes through the filter bar would begin an edit.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings("main")

    def __init__(self, app: TrackerApp, query: str = "") -> None:
        super().__init__()
        self.title_line = TitleLine(id="title")
        self.bar = FilterBar(id="filter-bar")
        self.facets = Facets(id="facets")
        self.table = MeasureTable(id="table")
        self._summary = Static("", id="summary", markup=False)
        self.detail = Detail(id="detail")
        self.status = StatusLine(id="status")
        self.views = ViewSwitcher(app, self.title_line, self.table, self._summary, self.status)
        self.panes = Panes(self, self.facets, self.views, self.detail, self._show_hints)
        self.filter = FilterController(app, self.bar, self.facets, self.detail, self.views, query)
        self.navigation = Navigation(app, self.filter, self.views, self.panes, self.detail, self.status)
        self._find = FindCommands(self, self.filter, self.navigation, self.views, self.facets)
        self._read = ReadCommands(self, self.views, self.panes, self.detail)
        self._report = ReportCommands(self, self.views)
        self._groups = (
            self._find,
            self._read,
            self._report,
            SystemCommands(self),
        )
        self._shown_before = False

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        # Before there are children: a class set later has every one of them styled anew.
        self.add_class(layout_for(*self.app.size), update=False)
        yield self.title_line
        yield self.bar
        with Horizontal(id="panes"):
            yield self.facets
            yield Splitter(id="seam-facets")
            with Container(id="list-and-detail"):
                with Vertical(id="list-pane"):
                    yield self.table
                    yield self._summary
                yield Splitter(id="seam-detail")
                yield self.detail
        yield HintLine(self.hints(), id="hints")
        yield self.status

    def on_mount(self) -> None:
        """Begin in the list; what there is to list is being read."""
        self.bar.set_text(self.query_text)
        self.panes.lay_out(*self.app.size)
        self.table.show((), "正在读取台账")
        self.table.focus()
        self.views.tell_title()
        self.app.begin()

    # ------------------------------------------------------------------ what commands ask and say

    @property
    def view(self) -> View:
        """The tracker as it was last read; no command that needs it is possible before."""
        if self.app.tracker.view is None:
            raise RuntimeError("the tracker has not been read yet")
        return self.app.tracker.view

    @property
    def row(self) -> Row | None:
        """The measure under the cursor."""
        current = self.views.current
        return current.row if current else None

    @property
    def query_text(self) -> str:
        """The filter."""
        return self.filter.query_text

    @property
    def shown_as_view(self) -> SavedView:
        """What is shown now, as a saved view without a name."""
        return self.views.saved_form(self.query_text)

    def say(self, text: str, style: str = "") -> None:
        """Tell something at the foot for a while."""
        self.status.say(text, style)

    def set_query(self, text: str) -> None:
        """Make ``text`` the filter, as if it had been typed and kept."""
        self.filter.set(text)

    def go_to_number(self, number: str | None) -> None:
        """To a measure by its number, whatever the filter hides; nothing where there is none."""
        self.navigation.go_to_number(number)

    def open_view(self, saved: SavedView) -> None:
        """Show a saved view."""
        self.navigation.open_view(saved)

    def clear_marks(self) -> None:
        """No measure is marked any more."""
        self.views.clear_marks()

    # ------------------------------------------------------------------ what was read

    def take_view(self) -> None:
        """Show what was read anew, with the same filter and cursor."""
        if self.filter.rows or not self.navigation.open_number():
            self.filter.take_view()
        # What completions were made of is to be made anew.
        self.bar.take_completion_source(None)
        self.views.tell_title()
        if self.app.form is not None:
            self.app.form.take_view(self.view)

    def take_beside(self, recent: tuple[str, ...]) -> None:
        """Show which drafts there are, and offer saved views and recent queries in the filter bar."""
        tracker = self.app.tracker
        problems = tracker.view.problems if tracker.view else ()
        parts = [f"问题 {len(problems)}（{self.app.keys.key('problems')}）"] if problems else []
        parts += [f"草稿：{one_line('、'.join(tracker.drafts), 20)}"] if tracker.drafts else []
        self.status.tell_extra("  ".join(parts))
        self.bar.take_lists(recent, tracker.saved_views)

    def take_repository(self) -> None:
        """Show what git says of the repository, or why it says nothing."""
        tracker, sync = self.app.tracker, self.app.keys.press("sync")
        self.status.tell_repository(tracker.repository, tracker.git_refuses, sync)
        if not tracker.git_refuses:
            self.app.go_home_first()

    def take_events(self, refusal: str = "") -> None:
        """Show the history that was read, or why it could not be."""
        self._read.show_events(refusal)

    def take_changes(self, numbers: frozenset[str]) -> None:
        """Mark the measures that have changed since the moment that was asked for."""
        self.views.mark_changed(numbers)

    def tell_unreadable(self, error: FazhiError) -> None:
        """The tracker as a whole could not be read."""
        self.table.show((), f"读不了台账：{error.message}\n{error.hint}")

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has done anything here yet: no filter, no cursor moved, no other pane."""
        return not self.query_text and self.views.shown.cursor == 0 and self.table.has_focus

    # ------------------------------------------------------------------ commands

    @property
    def situation(self) -> Situation:
        """What the possibility of actions depends on."""
        tracker, view, current = self.app.tracker, self.app.tracker.view, self.views.current
        return Situation(
            ready=view is not None,
            has_measure=self.row is not None,
            broken_file=current.path if current and current.row is None else "",
            has_query=bool(self.query_text),
            unit=tracker.unit,
            git_refuses=tracker.git_refuses,
            read_only=self.app.read_only,
            operation=tracker.repository.operation if tracker.repository else "",
            past=view.past.asked if view and view.past else "",
            view=self.views.name,
            has_back=self.filter.history.has_back,
            has_forward=self.filter.history.has_forward,
        )

    def action_do(self, name: str) -> None:
        """Do one of the table's actions, or say why it is not possible now."""
        # A number that is being typed ends with any other key.
        self.navigation.end_number()
        super().action_do(name)

    def perform(self, name: str) -> None:
        """Find a command by its id in the table or the groups; what every screen can do is here itself."""
        do = next((getattr(group, name) for group in self._groups if hasattr(group, name)), None)
        if name in ONE_CALL:
            ONE_CALL[name](self)
        elif do is not None:
            do()
        else:
            super().perform(name)

    def resize_pane(self, by: int) -> None:
        """Make the pane in hand larger, or smaller, and remember it."""
        if self.panes.take_turns:
            self.say("窗口里只有一格；大一些的窗口才分几格", "$text-warning")
        else:
            self.panes.grow(by)
            self.app.keep_screen_state()

    def findable(self) -> Findable:
        """The palette finds measures, units and saved views as well."""
        from fazhi_tui.tui.dialogs.palette import Findable

        tracker = self.app.tracker
        return Findable(tracker.view, [(kept.view.name, kept.view.query) for kept in tracker.saved_views])

    def take_found(self, found: Found | None) -> None:
        """Go to what the palette found."""
        from fazhi_tui.tui.dialogs.units import UnitChoice

        if found is None or found.kind == "command":
            super().take_found(found)
        elif found.kind == "measure":
            self.go_to_number(found.value)
        elif found.kind == "unit":
            self._find.take_unit(UnitChoice("牵头", found.value))
        else:
            saved = next((k.view for k in self.app.tracker.saved_views if k.view.name == found.value), None)
            if saved is not None:
                self.open_view(saved)

    def hints(self) -> list[Hint]:
        """Where the list has gone, the way back to it comes first."""
        hints = super().hints()
        if self.panes.zoomed:
            back = ("Esc", "返回列表", "screen.back")
            return [back, *(hint for hint in hints if hint[2] != "screen.do('open')")]
        return hints

    def _show_hints(self) -> None:
        self.query_one(HintLine).show(self.hints())

    def action_show_tab(self, tab: str) -> None:
        """A click on a tab."""
        self.detail.show_tab(tab)

    def action_back(self) -> None:
        """Esc: give up what is being waited for; else out of the detail, back to the list."""
        if given_up := self.app.give_up():
            self.say(f"已停下：{given_up}")
        else:
            self.panes.zoom("")

    # ------------------------------------------------------------------ what Textual sends, passed on

    def _on_query_typed(self, message: messages.QueryTyped) -> None:
        self.filter.type(message.text)

    def _on_query_kept(self) -> None:
        self.filter.keep()

    def _on_query_dropped(self) -> None:
        self.filter.drop()

    def _on_completion_source_wanted(self) -> None:
        self.filter.fetch_completion_source()

    def _on_facet_chosen(self, message: messages.FacetChosen) -> None:
        self.filter.choose_facet(message)

    def _on_view_taken(self, message: messages.ViewTaken) -> None:
        self.views.show_as(message.view)
        self.filter.apply(self.bar.field.value)

    def _on_sort_wanted(self, message: messages.SortWanted) -> None:
        self.views.sort_by(message.column)

    def _on_card_moved(self, message: messages.CardMoved) -> None:
        self._report.report_as(message.kind, message.status)

    def _on_card_stays(self, message: messages.CardStays) -> None:
        self.say(f"不能移动：{message.why}", "bold $text-warning")

    def _on_splitter_dragged(self, message: messages.SplitterDragged) -> None:
        self.panes.drag(message.seam, message.x, message.y)

    def _on_entry_highlighted(self) -> None:
        if self.detail.entry is not self.views.current:
            self.detail.show(self.views.current)

    def _on_entry_opened(self) -> None:
        self.panes.open_detail()

    def _on_tab_shown(self, message: messages.TabShown) -> None:
        self._read.tab_shown(message.tab)

    def _on_commit_opened(self, message: messages.CommitOpened) -> None:
        self._read.open_commit(message.commit)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click or Tab into the filter bar begins an edit as well."""
        if event.widget is self.bar.field:
            self.filter.begin_edit()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Leaving the bar by Tab or mouse ends it."""
        if event.widget is self.bar.field:
            self.filter.end_edit()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """The first time all has just been styled; later a theme may have changed meanwhile."""
        event.refresh_styles = self._shown_before
        self._shown_before = True

    def on_resize(self, event: events.Resize) -> None:
        """A terminal may change its size at any moment."""
        self.panes.lay_out(event.size.width, event.size.height)
        self.title_line.refresh()
        self.call_after_refresh(self.filter.show_facets)

    def on_key(self, event: events.Key) -> None:
        """Digits go to a number; a field takes its own digits and they never come here."""
        digit = event.character or "none"
        if digit in "0123456789" and self.focused not in (None, self.bar.field):
            event.stop()
            self.navigation.type_digit(digit)


#: Commands that are one call of a part: id → the call.
ONE_CALL: Mapping[str, Callable[[MainScreen], object]] = {
    "filter": lambda main: main.filter.edit(),
    "clear": lambda main: main.filter.set(""),
    "back": lambda main: main.navigation.back(),
    "forward": lambda main: main.navigation.forward(),
    "as_list": lambda main: main.navigation.switch_view("as_list"),
    "as_board": lambda main: main.navigation.switch_view("as_board"),
    "as_timeline": lambda main: main.navigation.switch_view("as_timeline"),
    "as_charts": lambda main: main.navigation.switch_view("as_charts"),
    "zoom": lambda main: main.panes.zoom("" if main.panes.zoomed else main.panes.focused),
    "grow": lambda main: main.resize_pane(1),
    "shrink": lambda main: main.resize_pane(-1),
    "open": lambda main: main.panes.open_detail(),
    "next_tab": lambda main: main.detail.step_tab(1),
    "previous_tab": lambda main: main.detail.step_tab(-1),
    "next": lambda main: main.views.shown.action_move(1),
    "previous": lambda main: main.views.shown.action_move(-1),
    "card_on": lambda main: main.views.drag_card(1),
    "card_back": lambda main: main.views.drag_card(-1),
    "refresh": lambda main: main.app.tracker.reload(lambda: main.say("已刷新"), telling="重新读取"),
    "theme": lambda main: main.app.toggle_theme(),
    "quit": lambda main: main.app.leave(),
}
