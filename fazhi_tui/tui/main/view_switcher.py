"""How the filtered measures are shown: in which view, order and columns, with which marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from fazhi_tui.domain.columns import BY_NAME, DEFAULT, chosen
from fazhi_tui.domain.model.light import RARE_LIGHTS
from fazhi_tui.domain.model.saved_view import SavedView, Shape
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.sorting import Order
from fazhi_tui.service.view import View
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import LIGHT_SIGNS, LIGHT_STYLES, light_word, plain
from fazhi_tui.tui.views.entries import Entry, entries_of, gaps_text
from fazhi_tui.tui.views.list import MeasureTable
from fazhi_tui.tui.widgets.footer import StatusLine
from fazhi_tui.tui.widgets.title import TitleLine

if TYPE_CHECKING:
    from fazhi_tui.tui.views.base import ViewWidget

#: Action → what the view is called, in the order of the title line.
NAMES = {"as_list": "列表", "as_board": "看板", "as_timeline": "时间线", "as_charts": "汇总"}
#: What a saved view calls its view → the action that shows it.
BY_WORD = {word: name for name, word in NAMES.items()}


class ViewSwitcher:
    """The list is always there; the other views stand in its place, each made when it is first asked for."""

    def __init__(
        self, app: TrackerApp, title: TitleLine, table: MeasureTable, summary: Static, status: StatusLine
    ) -> None:
        """``summary`` is the line of figures under the list."""
        self._app = app
        self._title = title
        self.table = table
        self._summary = summary
        self._status = status
        self._made: dict[str, ViewWidget] = {"as_list": table}
        self.name = "as_list"
        self.order = Order()
        #: The columns that the user has chosen; a saved view may show others for a while.
        self.own_columns: tuple[str, ...] = DEFAULT
        self._rows: tuple[Row, ...] = ()
        self._entries: Sequence[Entry] = ()
        self._empty = ""

    @property
    def shown(self) -> ViewWidget:
        """The widget that is shown."""
        return self._made[self.name]

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self.shown.current

    def switch(self, name: str) -> None:
        """Show another view; the cursor stays on its entry, marks and filter as well."""
        key = self.current.key if self.current else ""
        if name not in self._made:
            self._made[name] = _make(name)
            self.table.screen.query_one("#list-pane").mount(self._made[name], after=self.table)
        self.name = name
        for widget in self._made.values():
            widget.display = widget is self.shown
        self.shown.marked, self.shown.changed = self.table.marked, self.table.changed
        self._fill()
        if key:
            self.shown.go_to(key)
        # Whoever asks for another view wants to move about in it, wherever the focus was.  A focus that is on
        # its way to the view before (the detail was just put away) is overtaken as well.
        self.shown.focus()
        self.tell_title()

    def show_as(self, saved: SavedView) -> None:
        """Take over a saved view's order, columns and view."""
        self.order = Order.written(saved.order)
        self._show_columns(chosen(saved.columns) if saved.columns else self.own_columns)
        self.switch(BY_WORD[saved.shape.value])

    def saved_form(self, query: str) -> SavedView:
        """What is shown now, as a saved view without a name."""
        columns = self.table.columns
        return SavedView(
            name="",
            query=query,
            shape=Shape(NAMES[self.name]),
            order=self.order.written_form,
            columns=() if columns == DEFAULT else columns,
        )

    # ------------------------------------------------------------------ measures

    def show(self, rows: Sequence[Row], empty: str) -> None:
        """Show rows in the view that is chosen; the others are filled when they are shown.

        ``empty`` is told where there are none.
        """
        self._rows, self._empty = tuple(rows), empty
        self._sort()
        self._fill()
        self.tell_marks()

    def _sort(self) -> None:
        if self._app.tracker.view is not None:
            self._entries = entries_of(self._app.tracker.view, self.order.of(self._rows))
        self.table.sorted_by = "" if self.order == Order() else self.order.name
        self.table.descending = self.order.descending

    def _fill(self) -> None:
        if self._app.tracker.view is not None:
            self.shown.take_view(self._app.tracker.view)
            self.shown.unit = self._app.tracker.unit
            self.shown.show(self._entries, self._empty)

    def take_order(self, order: Order | None) -> None:
        """Put the list in another order; cursor and filter stay."""
        if order is not None:
            self.order = order
            self._sort()
            self._fill()
            self._status.say(f"按{order.name}{'从大到小' if order.descending else '从小到大'}排列")

    def sort_by(self, column: str) -> None:
        """Order by a column whose heading was clicked; the one in hand is turned round."""
        if column in BY_NAME:
            self.take_order(self.order.chosen(column))
        else:
            self._status.say(f"不能按{column}排序", "$text-warning")

    def take_columns(self, names: tuple[str, ...]) -> None:
        """The user has chosen other columns."""
        self.own_columns = names
        self._show_columns(names)

    def _show_columns(self, names: tuple[str, ...]) -> None:
        self.table.columns = names
        self.table.refresh()

    # ------------------------------------------------------------------ marks

    @property
    def marked_numbers(self) -> tuple[str, ...]:
        """The numbers of the marked measures that still are there, in order, whatever the filter hides."""
        view, marked = self._app.tracker.view, self.table.marked
        if view is None or not marked:
            return ()
        return tuple(row.measure.id for row in view.rows if row.measure.id in marked)

    def mark_changed(self, numbers: frozenset[str]) -> None:
        """These measures have changed since the moment that was asked for."""
        for widget in (self.table, self.shown):
            widget.changed = numbers
            widget.refresh()
        self.tell_marks()

    def clear_marks(self) -> None:
        """No measure is marked any more."""
        self.table.marked.clear()
        self.shown.refresh()

    def drag_card(self, by: int) -> None:
        """Drag the board's card to the next status that it may have, or the one before; elsewhere nothing."""
        from fazhi_tui.tui.views.board import Board

        if isinstance(self.shown, Board):
            self.shown.drag_card(by)

    # ------------------------------------------------------------------ lines about it

    def tell_marks(self) -> None:
        """The figures under the list, how many are marked among them."""
        if self._app.tracker.view is not None:
            marked, changed = len(self.marked_numbers), len(self.table.changed)
            self._summary.update(
                _summary_line(self._app.tracker.view, self._rows, marked, changed), layout=False
            )

    def tell_title(self) -> None:
        """The plan, the views with their keys, the day that lights count from."""
        view, keys = self._app.tracker.view, self._app.keys
        today = view.today if view else self._app.reader.today
        views = [(name, word, keys.key(name)) for name, word in NAMES.items()]
        self._title.show(view, today, views, self.name, f"{keys.press('time')} 回到现在")


def _make(name: str) -> ViewWidget:
    # Loaded when first shown: the first picture needs only the list.
    if name == "as_board":
        from fazhi_tui.tui.views.board import Board

        return Board(id="board")
    if name == "as_timeline":
        from fazhi_tui.tui.views.timeline import Timeline

        return Timeline(id="timeline")
    from fazhi_tui.tui.views.charts import Charts

    return Charts(id="charts")


def _summary_line(view: View, rows: Sequence[Row], marked: int = 0, changed: int = 0) -> Content:
    """How many of each light are listed, which measures the source lost, which files cannot be read."""
    parts = [plain(f"* 标记 {marked}", "bold $text-accent")] if marked else []
    if changed:
        parts.append(plain(f"+ 变动 {changed}", "$text-primary"))
    lights = Counter(row.state.light for row in rows)
    for light in LIGHT_SIGNS:
        number = lights[light]
        if light in RARE_LIGHTS and not number:
            continue
        word = light_word(light, view.settings.light_names)
        parts.append(plain(f"{word} {number}", LIGHT_STYLES[light] if number else "$text-disabled"))
    gaps = gaps_text(view)
    if gaps:
        parts.append(plain(f"原文缺 {gaps}", "$text-muted"))
    broken = len(view.tracker.broken)
    if broken:
        parts.append(plain(f"读不出来的文件 {broken}", "bold $text-error"))
    return Content("  ").join(parts)
