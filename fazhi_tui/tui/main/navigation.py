"""Going about in the main screen: to a number, a saved view, another view, back and forward."""

from __future__ import annotations

from dataclasses import dataclass

from textual.timer import Timer

from fazhi_tui.domain.measure_history import withdrawal
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.tui.detail.pane import Detail
from fazhi_tui.tui.main.filter_controller import FilterController
from fazhi_tui.tui.main.navigation_history import Place
from fazhi_tui.tui.main.panes import Panes
from fazhi_tui.tui.main.view_switcher import ViewSwitcher
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.views.entries import Entry
from fazhi_tui.tui.widgets.footer import StatusLine

#: Seconds within which digits belong to one number.
DIGIT_SECONDS = 1.2


@dataclass(eq=False, repr=False)
class Navigation:
    """Moves the main screen to a number, a saved view or another view, and back and forward."""

    _app: TrackerApp
    _filter: FilterController
    _views: ViewSwitcher
    _panes: Panes
    _detail: Detail
    _status: StatusLine
    #: What has been typed of a number.
    _digits: str = ""
    _digit_timer: Timer | None = None

    # ------------------------------------------------------------------ to a measure

    def go_to(self, number: str) -> None:
        """Put the cursor on a measure, or say why that cannot be."""
        view = self._app.tracker.view
        if view is None:
            return
        # By number and not by key: a broken file, too, stands at the number it should have.
        wanted = number.strip().lstrip("0")
        entry = next((entry for entry in self._views.shown.entries if entry.number == wanted), None)
        if entry is not None:
            self._views.shown.go_to(entry.key)
            self._status.say("")
            return
        try:
            found = view.row(number)
        except UsageError as error:
            self._status.say(error.message, "$text-warning")
            return
        measure = found.measure
        if gone := withdrawal(measure, view.tracker.measures):
            # It is in no list: its detail is shown until the cursor moves.
            self._detail.show(Entry(measure.id, measure.id, found))
            self._status.say(f"第 {measure.id} 条{gone}，详情里是它", "$text-warning")
        else:
            clear = self._app.keys.press("clear")
            self._status.say(f"第 {measure.id} 条不在筛选结果里，{clear} 清除筛选", "$text-warning")

    def jump_to(self, number: str) -> None:
        """To a measure, so that one can come back from it."""
        self._filter.leave()
        self.go_to(number)
        self._filter.arrive()

    def go_to_number(self, number: str | None) -> None:
        """To a measure by its number, whatever the filter hides; nothing where there is none."""
        if number:
            view = self._app.tracker.view
            gone = {row.measure.id for row in view.withdrawn} if view is not None else set()
            if number not in {row.measure.id for row in self._filter.rows} | gone:
                self._filter.set("")
            self.jump_to(number)

    def type_digit(self, digit: str) -> None:
        """Go to the number that is being typed."""
        self._digits += digit
        if self._digit_timer is not None:
            self._digit_timer.stop()
        self._digit_timer = self._status.set_timer(DIGIT_SECONDS, self.end_number)
        self.go_to(self._digits)

    def end_number(self) -> None:
        """The next digit begins another number."""
        self._digits = ""

    def open_number(self) -> bool:
        """``fazhi 28``: a number alone is a measure to open, not a word to look for."""
        view, asked = self._app.tracker.view, self._filter.query_text
        if view is None or not asked.replace("-", "").replace(".", "").isdigit():
            return False
        try:
            number = view.row(asked.partition(".")[0]).measure.id
        except UsageError as error:
            if "原文缺失" not in error.message:
                return False
            self._status.say(error.message, "$text-warning")
            number = ""
        self._filter.replace("")
        self._filter.history.restart(Place())
        if number:
            self.go_to(number)
            self._panes.open_detail()
        return True

    # ------------------------------------------------------------------ to another view, or place

    def switch_view(self, name: str) -> None:
        """Show the same measures in another view."""
        self._filter.leave()
        if self._panes.zoomed == "detail":
            self._panes.zoom("")
        self._views.switch(name)
        self._filter.arrive()
        self._detail.show(self._views.current)

    def open_view(self, saved: SavedView) -> None:
        """A saved view: its filter, order, columns and view."""
        self._filter.leave()
        self._views.show_as(saved)
        self._filter.replace(saved.query)
        self._filter.arrive()
        self._views.shown.focus()
        self._status.say(f"视图 {saved.name}")

    def back(self) -> None:
        """To where one was before."""
        self._filter.leave()
        self._return_to(self._filter.history.back())

    def forward(self) -> None:
        """Forward again."""
        self._filter.leave()
        self._return_to(self._filter.history.forward())

    def _return_to(self, place: Place) -> None:
        self._filter.replace(place.query)
        if place.view != self._views.name:
            self._views.switch(place.view)
        if place.key:
            self._views.shown.go_to(place.key)
        self._views.shown.focus()
