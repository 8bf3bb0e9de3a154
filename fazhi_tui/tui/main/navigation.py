"""Going about in the main screen: to a number, a saved view, another way of looking, back and forward."""

from __future__ import annotations

from textual import on

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.saved_view import SavedView, Shape
from fazhi_tui.service.view import View
from fazhi_tui.tui.main.filter_controller import FilteredScreen
from fazhi_tui.tui.main.navigation_history import Place, Trail
from fazhi_tui.tui.main.view_switcher import BY_WORD, NAMES
from fazhi_tui.tui.messages import ViewTaken
from fazhi_tui.tui.styles import key_name
from fazhi_tui.tui.views.columns import DEFAULT, chosen
from fazhi_tui.tui.views.sorting import Order
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.title import TitleLine


class TravelledScreen(FilteredScreen):
    """Each way that leads elsewhere, and the way back."""

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
        self._before_edit = None
        self.show_as(saved)
        self.bar.set_text(saved.query)
        self.apply(saved.query)
        self._arrive()
        self.look.focus()
        self.say(f"视图 {saved.name}")

    def show_as(self, saved: SavedView) -> None:
        """How a saved view shows what it keeps."""
        self.order = Order.written(saved.order)
        self.show_columns(chosen(saved.columns) if saved.columns else self.own_columns)
        self.looks.change(BY_WORD[saved.shape.value])
        self._tell_title()

    @on(ViewTaken)
    def _view_taken(self, message: ViewTaken) -> None:
        message.stop()
        self.show_as(message.view)
        self.apply(self.bar.field.value)

    @property
    def shown_as_view(self) -> SavedView:
        """What is shown now, as a saved view without a name."""
        columns = self.table.columns
        return SavedView(
            name="",
            query=self.query_text,
            shape=Shape(NAMES[self.looks.name]),
            order=self.order.written_form,
            columns=() if columns == DEFAULT else columns,
        )

    def clear_marks(self) -> None:
        """No measure is marked any more."""
        self.looks.clear_marks()

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

    def go_to_number(self, number: str | None) -> None:
        """To a measure by its number, whatever the filter hides; nothing where there is none."""
        if number:
            if number not in {row.measure.id for row in self._rows}:
                self.set_query("")
            self.jump_to(number)

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

    def _tell_title(self) -> None:
        today = self.view.today if self.view else self.app.workspace.today
        looks = [
            (name, word, key_name(self.app.keys.command("main", name).key)) for name, word in NAMES.items()
        ]
        back = f"{self.app.keys.press('time')} 回到现在"
        self.query_one(TitleLine).show(self.view, today, looks, self.looks.name, back)

    def zoom(self, on: bool = True) -> None:
        """Give the detail the whole of the middle, or take it back."""
        self.zoom_pane("detail" if on else "")

    def zoom_pane(self, pane: str) -> None:
        """Give a pane the whole of the middle; an empty name takes it back."""
        self.panes.zoom(pane)
        self.query_one(HintLine).show(self.hints())
