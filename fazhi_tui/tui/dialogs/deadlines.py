"""Choosing by deadline (d): overdue, within some days, a year, a quarter, a range typed in, none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from textual.content import Content

from fazhi_tui.domain.model.errors import QueryError
from fazhi_tui.domain.query.language import without_field
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import error_text, plain

#: The two date fields of the filter language: name and what it looks at.
FIELDS: tuple[tuple[str, str], ...] = (
    ("到期", "下一个期限，含周期事项和规划期末"),
    ("截止", "方案写明的截止日期"),
)
#: Signs that begin a comparison instead of a value.
COMPARISONS = "<>=＜＞＝≤≥"


class DeadlinesScreen(Picker[str]):
    """The result is the whole new query; other terms of the present one stay."""

    BINDINGS = bindings("deadlines")
    heading = "按时限筛选"
    manual_page = "filter"
    placeholder = "自己写：2023-06、2023Q2、30d、2023-01-01..2023-06-30、<2024"
    more_hints = (("Tab", "换期限", "screen.switch"),)

    def __init__(self, view: View, query: str) -> None:
        super().__init__()
        self._view = view
        self._others = reduce(without_field, (field for field, _ in FIELDS), query).strip()
        self._field = 0
        self._mistake: QueryError | None = None

    def find(self, typed: str) -> Sequence[Pick[str]]:
        """What was typed, counted; or, with nothing typed, the usual choices."""
        self._mistake = None
        if typed:
            try:
                return [self._pick("自己写的", one_line(typed))]
            except QueryError as error:
                self._mistake = error
                return []
        picks = [self._pick(label, value) for label, value in self._usual()]
        return [*picks, Pick(self._line("不限时限", "去掉时限条件", None), self._others)]

    def about(self) -> Content:
        """Which deadline is looked at, or what is wrong with what was typed."""
        if self._mistake is not None:
            return plain(one_line(error_text(self._mistake)), "$text-error")
        parts = []
        for at, (name, meaning) in enumerate(FIELDS):
            chosen = at == self._field
            text = f"[{name}] {meaning}" if chosen else f" {name} "
            parts.append(Content.styled(text + "  ", "bold $text-primary" if chosen else "$text-muted"))
        return Content("").join(parts)

    def action_switch(self) -> None:
        """Look at the other kind of deadline."""
        self._field = (self._field + 1) % len(FIELDS)
        self.refill(self.listing.highlighted)

    def _usual(self) -> Iterator[tuple[str, str]]:
        yield from (("已逾期", "逾期"), ("30 天内", "30d"), ("90 天内", "90d"))
        plan = self._view.tracker.plan
        today = self._view.today
        first, last = (plan.period.start.year, plan.period.end.year) if plan else (today.year, today.year)
        yield from ((f"{year} 年", str(year)) for year in range(first, last + 1))
        for year in range(first, last + 1):
            for quarter in range(1, 5):
                value = f"{year}Q{quarter}"
                # Sixteen quarters, most of them empty, would hide the rest.
                if self._count(value) or (year, quarter) == (today.year, (today.month + 2) // 3):
                    yield f"{year} 年第 {quarter} 季度", value
        yield "没有期限" if self._field == 0 else "没有写明期限", "无"

    def _pick(self, label: str, value: str) -> Pick[str]:
        return Pick(self._line(label, self._term(value), self._count(value)), self._query(value))

    def _term(self, value: str) -> str:
        sign = "" if value[0] in COMPARISONS else ":"
        return f"{FIELDS[self._field][0]}{sign}{value}"

    def _query(self, value: str) -> str:
        return f"{self._others} {self._term(value)}".strip()

    def _count(self, value: str) -> int:
        return len(self._view.select(self._query(value)))

    def _line(self, label: str, term: str, number: int | None) -> Content:
        width = self.list_width
        figure = "" if number is None else str(number)
        style = "$text-disabled" if number == 0 else ""
        left = width // 2 - 4
        return Content.assemble(
            (pad(label, left), style), (pad(term, width - left - 5), "$text-muted"), (f"{figure:>5}", style)
        )
