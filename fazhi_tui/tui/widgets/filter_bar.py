"""The filter bar: the whole query on one line, and under it, in place, what is wrong with it."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from fazhi_tui.model import QueryError
from fazhi_tui.tui.messages import QueryDropped, QueryKept, QueryTyped
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.words import plain
from fazhi_tui.tui.wrapping import wrap
from fazhi_tui.visible import one_line

PLACEHOLDER = "按 / 筛选，如 牵头:市司法局 状态:推进中 截止<2023-01-01 复议"


class QueryField(LineField):
    """The field itself: Enter and Down keep the query, Esc drops the change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", show=False),
        Binding("down", "submit", show=False),
    ]

    def action_drop(self) -> None:
        """Go back to what was there before."""
        self.post_message(QueryDropped())


class FilterBar(Vertical):
    """Label, field, count of what matches; the mistake under it only while there is one."""

    manual_page = "filter"

    def compose(self) -> ComposeResult:
        """One line, and one or two under it."""
        with Horizontal(id="filter-line"):
            yield Static("筛选", id="filter-label", markup=False)
            yield QueryField(placeholder=PLACEHOLDER, id="query", select_on_focus=False, compact=True)
            yield Static("", id="filter-count", markup=False)
        yield Static("", id="filter-mistake", markup=False)

    @property
    def field(self) -> QueryField:
        """The field that holds the query."""
        return self.query_one("#query", QueryField)

    def set_text(self, text: str) -> None:
        """Show a query that was not typed here."""
        if self.field.value != text:
            with self.field.prevent(Input.Changed):
                self.field.value = text
                self.field.cursor_position = len(text)

    def tell_count(self, matched: int, total: int) -> None:
        """How many of all measures match."""
        self.query_one("#filter-count", Static).update(f"{matched}/{total}")

    def tell_mistake(self, error: QueryError | None) -> None:
        """Point at a mistake under the place where it is, or clear it."""
        shown = self.query_one("#filter-mistake", Static)
        shown.display = error is not None
        if error is None:
            return
        field = self.field
        start = min(error.start, len(field.value))
        end = max(min(error.end, len(field.value)), start)
        left = field.content_region.x - self.content_region.x
        left += max(cell_len(field.value[:start]) - round(field.scroll_offset.x), 0)
        carets = "^" * max(cell_len(field.value[start:end]), 1)
        said = one_line(error.message + (f"。{error.hint}" if error.hint else ""))
        lines = [Content.styled(" " * left + carets, "bold $text-error")]
        # Two lines and no more: the list below must not jump about while one types.
        width = max(self.content_region.width - 3, 20)
        lines += [plain(" " + line, "$text-error") for line in wrap(said, width)[:2]]
        shown.update(Content("\n").join(lines))

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(QueryTyped(event.value))

    @on(Input.Submitted, "#query")
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(QueryKept())
