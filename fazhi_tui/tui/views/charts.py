"""汇总: charts of the filtered measures; every bar is a condition of the filter."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.service.reporting.stats import due_quarters, stats_of
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.jobs import JobApp
from fazhi_tui.tui.messages import EntryOpened, FacetChosen
from fazhi_tui.tui.views.base import CHANGED, MARK, ViewWidget
from fazhi_tui.tui.views.charts_text import Charted, ChartLine, chart_lines

#: The figures of before are shown dimmed once new ones have taken this long.
DIM_SECONDS = 0.15
#: From this many measures on, counting waits until nothing has been typed for so long: a count that is under
#: way cannot be stopped, and several at once would hold up the typing.
MANY, QUIET_SECONDS = 1500, 0.12


class Charts(ViewWidget):
    """Lines of bars, counted in a worker.  The cursor goes from bar to bar; the entry under it stays."""

    app: JobApp
    manual_page = "charts"
    BINDINGS = bindings("charts")

    line: reactive[int] = reactive(0, repaint=False)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._charted: Charted | None = None
        self._asked: tuple[View, tuple[Row, ...]] | None = None
        #: All lines, from top to bottom.
        self.lines: tuple[ChartLine, ...] = ()
        #: Lines that lead somewhere.
        self._able: list[int] = []
        self._dim = False
        #: Until the old figures are dimmed, and until counting begins.
        self._pending: list[Timer] = []
        self._refusal = ""

    # ------------------------------------------------------------------ what it shows

    def arrange_entries(self) -> None:
        """Count anew, in a worker; only the newest answer is shown."""
        view = self.view
        if view is None:
            return
        rows = tuple(entry.row for entry in self.entries if entry.row is not None)
        broken = tuple(entry.path for entry in self.entries if entry.row is None)
        # Rows are the same objects as long as nothing was read anew.
        if self._asked is not None and self._asked[0] is view and self._asked[1] == rows:
            return
        self._asked = (view, rows)

        def count() -> Charted:
            return Charted(stats_of(view, rows), due_quarters(rows), broken, view.tracker.plan)

        begin = partial(self.app.start, count, self._take, self._refused, group="charts")
        self._stop_timers()
        self._pending = [self.set_timer(DIM_SECONDS, self._dim_old)]
        if self._charted is None or len(rows) < MANY:
            begin()
        else:
            self._pending.append(self.set_timer(QUIET_SECONDS, begin))

    def _take(self, charted: Charted) -> None:
        self._stop_timers()
        self._charted, self._dim, self._refusal = charted, False, ""
        self._fill()

    def _refused(self, error: FazhiError) -> None:
        self._stop_timers()
        self._asked = None
        self._refusal = error.message
        self.refresh()

    def _dim_old(self) -> None:
        self._dim = True
        self.refresh()

    def _stop_timers(self) -> None:
        for timer in self._pending:
            timer.stop()

    def _fill(self) -> None:
        """Make the lines for the width there is; the cursor stays on the same bar."""
        if self._charted is None:
            return
        kept = self.target
        self.lines = tuple(chart_lines(self._charted, self.light_names, self.inner_width))
        self._able = [at for at, line in enumerate(self.lines) if line.target is not None]
        self.set_line_count(len(self.lines))
        same = next((at for at in self._able if kept and self.lines[at].target == kept), self.line)
        self.set_reactive(Charts.line, self.validate_line(same))
        self.scroll_to_cursor()
        self.refresh()

    @property
    def target(self) -> tuple[str, str] | None:
        """The condition that the line under the cursor leads to."""
        return self.lines[self.line].target if self.line < len(self.lines) else None

    # ------------------------------------------------------------------ moving and choosing

    def validate_line(self, line: int) -> int:
        """The cursor stands on a line that leads somewhere: the nearest one."""
        return min(self._able, key=lambda at: abs(at - line), default=0)

    def watch_line(self) -> None:
        """Keep the cursor in sight."""
        self.scroll_to_cursor()
        self.refresh()

    def action_move(self, by: int) -> None:
        """Down or up by so many bars."""
        if self._able:
            at = self._able.index(self.validate_line(self.line)) + by
            self.line = self._able[max(0, min(at, len(self._able) - 1))]

    def action_page(self, by: int) -> None:
        """Down or up by a page."""
        self.line += by * max(self.size.height - 2, 1)

    def action_edge(self, last: int) -> None:
        """To the first or the last bar."""
        self.line = len(self.lines) - 1 if last else 0

    def action_choose(self) -> None:
        """Put the bar's condition into the filter; without bars, the entry is opened."""
        if self.target is not None:
            self.post_message(FacetChosen(*self.target))
        elif self.current is not None:
            self.post_message(EntryOpened())

    def toggle_mark(self) -> None:
        """Mark every measure of the bar; where all are marked, take their marks away."""
        if self.target is None or self.view is None:
            return
        from fazhi_tui.domain.query.language import with_term

        self.mark_all(row.measure.id for row in self.view.select(with_term("", *self.target)))

    def on_click(self, event: events.Click) -> None:
        """A click on a bar filters by it."""
        at = self.scroll_offset.y + event.y
        if at in self._able:
            self.line = at
            self.action_choose()

    def on_resize(self) -> None:
        """Bars are as long as there is room."""
        self._fill()

    def scroll_to_cursor(self) -> None:
        """The cursor's bar; with the first one, what stands over it."""
        at_top = self._able[:1] in ([], [self.line]) and self.line < self.size.height
        self.scroll_lines(0 if at_top else self.line, self.line)

    # ------------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """The lines in sight."""
        width = self.inner_width
        if self._refusal:
            return self._said(f"算不出来：{self._refusal}", y, width)
        if self._charted is None:
            return self._said("正在计算", y, width) if self.entries else self.empty_line(y, width)
        at = self.scroll_offset.y + y
        if at >= len(self.lines):
            return self.text_line("", "row", width)
        if at == 0:
            return self._first_line(width)
        cursor = at == self.line and bool(self._able)
        runs = self.lines[at].runs
        if cursor or self._dim:
            part = "cursor" if cursor else "muted"
            return self.run_line([(text, part) for text, _ in runs], width, part)
        return self.run_line(runs, width, "muted")

    def _first_line(self, width: int) -> Strip:
        """What is counted, and how many of it are marked (``*``) or have changed (``+``)."""
        keys = {entry.key for entry in self.entries}
        text = "".join(text for text, _ in self.lines[0].runs).rstrip()
        for sign, found, word in ((MARK, self.marked, "已标记"), (CHANGED, self.changed, "有变化")):
            if number := len(keys & found):
                text += f"  {sign}{word} {number} 条"
        if self._dim:
            text += "  正在重新计算"
        return self.text_line(text, "muted" if self._dim else "number", width)

    def _said(self, text: str, y: int, width: int) -> Strip:
        return self.text_line(f"  {text}" if y == 1 else "", "empty", width)
