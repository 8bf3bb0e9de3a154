"""时间线: the measures by what they owe next, each with its dates on the plan's years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from fazhi_tui.domain.model.plan import Span
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.timeline import (
    OVERDUE_GROUP,
    Axis,
    Due,
    Zoom,
    axis_for,
    dues_of,
    groups_of,
    moved,
    years_of,
)
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.styles import due_text, light_word
from fazhi_tui.tui.views.base import LIGHT_PARTS, Run, ViewWidget
from fazhi_tui.tui.views.entries import Entry, broken_text, entry_groups
from fazhi_tui.tui.views.timeline_text import (
    Widths,
    axis_runs,
    dues_text,
    label_line,
    legend,
    stretch,
    tick_line,
    widths_for,
)

#: Lines above the measures (years, ticks) and below them (the dates in words, the legend).
HEAD, FOOT = 2, 2
#: Below this height the foot is left out.
ROOM_FOR_FOOT = 9
_ZOOMS = tuple(Zoom)
#: How many lines of the axis are kept; only those in sight are needed.
KEPT = 400
BROKEN_GROUP = "读不出来"
_GROUP_PARTS = {BROKEN_GROUP: "broken", OVERDUE_GROUP: "red"}


class Timeline(ViewWidget):
    """One line a measure, in groups by quarter of what is owed next; dates are read as they come in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"view--today", "view--now", "view--group"}
    manual_page = "timeline"
    BINDINGS = bindings("timeline")
    head = HEAD

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.zoom = Zoom.PLAN
        #: A day in the stretch that is in sight; None: today.
        self._anchor: date | None = None
        self._years: Span | None = None
        #: Line by line: the heading of a group, or where its entry stands.
        self._lines: list[str | int] = []
        self._line_of: list[int] = []
        #: What each measure owes, once it has been in sight; for the view that it was read from.
        self._dues: dict[int, tuple[Due, ...]] = {}
        self._dues_view: View | None = None
        #: Lines of the axis, drawn: moving the cursor draws none of them anew.
        self._drawn: dict[tuple[int, Axis], list[Run]] = {}

    # ------------------------------------------------------------------ what it shows

    def arrange_entries(self) -> None:
        """By the next thing owed; files that could not be read come first."""
        if self.view is None:
            return
        if self._dues_view is not self.view:
            self._dues.clear()
            self._drawn.clear()
            self._dues_view = self.view
        today = self.view.today
        self._years = years_of(self.view, [entry.row for entry in self.entries if entry.row is not None])
        ordered: list[Entry] = []
        self._lines, self._line_of = [], []

        def by_due(rows: list[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
            return ((group.name, group.rows) for group in groups_of(rows, today))

        for name, entries in entry_groups(self.entries, by_due, BROKEN_GROUP):
            self._lines.append(f"{name}  {len(entries)} 条")
            for entry in entries:
                self._line_of.append(len(self._lines))
                self._lines.append(len(ordered))
                ordered.append(entry)
        self.entries = tuple(ordered)
        self.set_line_count(len(self._lines))

    @property
    def today(self) -> date:
        """The day that is marked."""
        return self.view.today if self.view else date.min

    def axis(self, width: int) -> Axis:
        """The stretch in sight on ``width`` cells."""
        years = self._years or Span(self.today, self.today)
        return axis_for(years, self.zoom, self._anchor or self.today, width)

    def dues(self, row: Row) -> tuple[Due, ...]:
        """What a measure owes and owed; computed once."""
        if self.view is None:
            return ()
        # The view holds its rows as long as this is kept.
        if id(row) not in self._dues:
            self._dues[id(row)] = dues_of(self.view, row)
        return self._dues[id(row)]

    # ------------------------------------------------------------------ moving

    def action_zoom(self, by: int) -> None:
        """Nearer (a year, a quarter) or farther; about the same time."""
        at = max(0, min(_ZOOMS.index(self.zoom) + by, len(_ZOOMS) - 1))
        self.zoom = _ZOOMS[at]
        self.refresh()

    def action_pan(self, by: int) -> None:
        """A year or a quarter on or back."""
        if self._years is not None:
            self._anchor = moved(self._years, self.zoom, self._anchor or self.today, by)
            self.refresh()

    def action_today(self) -> None:
        """Today into sight, and the cursor to the first measure that is due from today on."""
        self._anchor = None
        for at, entry in enumerate(self.entries):
            due = entry.row.state.next_due if entry.row else None
            if due is not None and due >= self.today:
                self.cursor = at
                break
        self.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Left and right are the screen's while everything is in sight."""
        if action == "pan":
            return self.zoom is not Zoom.PLAN
        return super().check_action(action, parameters)

    def entry_at(self, x: int, y: int) -> int | None:  # noqa: ARG002
        """The entry on a line; None for the heading of a group."""
        line = self.line_at(y)
        found = self._lines[line] if line is not None and line < len(self._lines) else None
        return found if isinstance(found, int) else None

    def on_resize(self) -> None:
        """The height decides what is in sight."""
        self.set_line_count(len(self._lines))
        self.scroll_to_cursor()
        # What is in sight may be another part, and the first picture may have been drawn already.
        self.refresh()

    @property
    def foot(self) -> int:
        """The dates in words and the legend, where there is room for them."""
        return FOOT if self.size.height >= ROOM_FOR_FOOT else 0

    def scroll_to_cursor(self) -> None:
        """The cursor's line, and over it the heading of its group."""
        if self._line_of:
            line = self._line_of[self.validate_cursor(self.cursor)]
            room = self.size.height - self.head - self.foot
            self.scroll_lines(line - 1 if isinstance(self._lines[line - 1], str) and room > 1 else line, line)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Years and ticks, the measures in sight, the dates in words and the legend."""
        width = self.inner_width
        if not self._lines:
            return self.empty_line(y, width)
        widths = widths_for(width, self._number_width, self.light_width, self.axis(1).stretches)
        if y < self.head:
            return self._heading(y, widths, width)
        if y >= self.size.height - self.foot:
            return self._foot_line(y - self.size.height + self.foot, width)
        line = self.scroll_offset.y + y - self.head
        if line >= len(self._lines):
            return self.text_line("", "row", width)
        found = self._lines[line]
        if isinstance(found, str):
            part = next((part for name, part in _GROUP_PARTS.items() if found.startswith(name)), "group")
            return self.text_line(f" {found}", part, width)
        return self._entry_line(self.entries[found], widths, width, found == self.cursor)

    def _heading(self, y: int, widths: Widths, width: int) -> Strip:
        axis = self.axis(widths.axis)
        if y == 0:
            keys = "+ 放大  - 缩小" if self.zoom is Zoom.PLAN else "左 右 移动  Home 今天"
            left = f" {stretch(axis, self.zoom)}"
            # The keys only where they do not touch the axis.
            if cell_len(f"{left}  {keys} ") <= widths.left:
                left += f"  {keys}"
            runs = [(label_line(axis, self.zoom), "header")]
        else:
            left = " " + pad("", widths.number) + " " + pad("标题", widths.title + 1)
            left += pad("灯", widths.light + 1) + (pad("时限", widths.due + 1) if widths.due else "")
            runs = tick_line(axis, self.today)
        return self.run_line([(pad(left, widths.left), "header"), *runs], width, "header")

    def _foot_line(self, line: int, width: int) -> Strip:
        if line:
            return self.text_line(" " + legend(width - 1), "muted", width)
        entry = self.current
        if entry is None:
            return self.text_line("", "row", width)
        if entry.row is None:
            said, part = broken_text(entry), "broken"
        else:
            said, part = dues_text(self.dues(entry.row), self.today, width - 9), "active"
        return self.text_line(f" {one_line(entry.number) or '?'}  {said}", part, width)

    def _entry_line(self, entry: Entry, widths: Widths, width: int, cursor: bool) -> Strip:
        if entry.row is None:
            style = self.style("broken-cursor" if cursor else "broken")
            text = f"{pad(entry.number or '?', widths.number)} !! {broken_text(entry)}"
            segments = [self.edge(entry, style, cursor=cursor), Segment(pad(text, width - 1), style)]
            return Strip(segments).adjust_cell_length(width, style)
        state = entry.row.state
        runs = [
            (f"{pad(entry.number, widths.number)} ", "number"),
            (pad(one_line(entry.row.measure.display_title), widths.title) + " ", "row"),
            (pad(light_word(state.light, self.light_names), widths.light) + " ", LIGHT_PARTS[state.light]),
        ]
        if widths.due:
            runs.append((cut(due_text(entry.row), widths.due).ljust(widths.due) + " ", "muted"))
        runs += self._axis_line(entry.row, self.axis(widths.axis))
        return self.entry_line(entry, runs, width, cursor=cursor)

    def _axis_line(self, row: Row, axis: Axis) -> list[Run]:
        key = (id(row), axis)
        if key not in self._drawn:
            if len(self._drawn) > KEPT:
                self._drawn.clear()
            reports = (note.time.date() for note in row.state.notes)
            self._drawn[key] = axis_runs(self.dues(row), reports, axis, self.today)
        return self._drawn[key]
