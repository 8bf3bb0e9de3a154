"""The main screen: facets, list, detail, filter bar, and the foot."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.tui.action_screen import Hint
from fazhi_tui.tui.actions.command import Situation
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.pane import Detail
from fazhi_tui.tui.filter.bar import FilterBar
from fazhi_tui.tui.filter.facets import Facets
from fazhi_tui.tui.main.commands.table import Deeds
from fazhi_tui.tui.main.layout import layout_for
from fazhi_tui.tui.main.navigation import TravelledScreen
from fazhi_tui.tui.main.panes import Panes
from fazhi_tui.tui.main.status_lines import extra_text
from fazhi_tui.tui.main.view_switcher import Looks
from fazhi_tui.tui.messages import (
    CardMoved,
    CardStays,
    CommitOpened,
    EntryHighlighted,
    EntryOpened,
    SplitterDragged,
    TabShown,
)
from fazhi_tui.tui.views.list import MeasureTable
from fazhi_tui.tui.widgets.footer import HintLine, StatusLine
from fazhi_tui.tui.widgets.splitter import Splitter
from fazhi_tui.tui.widgets.title import TitleLine

#: Seconds within which digits belong to one number.
DIGIT_SECONDS = 1.2


class MainScreen(TravelledScreen):
    """Everything is reached from here; what the actions do is in :class:`Deeds`."""

    # The list takes the focus itself: a focus that passes through the filter bar would begin an edit.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings("main")

    def __init__(self, query: str = "") -> None:
        super().__init__(query)
        self.looks = Looks(self)
        self.panes = Panes(self)
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

    def take_changes(self, numbers: frozenset[str]) -> None:
        """Mark what has changed since the moment that was asked for."""
        self.looks.mark_changed(numbers)
        self.tell_marks()

    def tell_unreadable(self, error: FazhiError) -> None:
        """The tracker as a whole could not be read."""
        self.table.show((), f"读不了台账：{error.message}\n{error.hint}")

    def tell_extra(self) -> None:
        """How many problems and which drafts there are."""
        self.query_one(StatusLine).tell_extra(extra_text(self.view, self.app.drafts, self.app.keys))

    # ------------------------------------------------------------------ what was asked for elsewhere

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
        self.panes.drag(message.seam, message.x, message.y)

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

    def on_resize(self, event: events.Resize) -> None:
        """A terminal may change its size at any moment."""
        self.panes.lay_out(event.size.width, event.size.height)
        self.query_one(TitleLine).refresh()
        self.call_after_refresh(self._show_facets)

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
