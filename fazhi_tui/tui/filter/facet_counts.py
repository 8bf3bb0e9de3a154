"""What the facets count: a field of the filter language, its values, how many rows each keeps; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.facet_counts import FilterResult, count_values
from fazhi_tui.domain.query.language import values_of
from fazhi_tui.service.view import View

#: How many units the pane names; the rest are in the list of units (u).
UNITS_SHOWN = 12
SOON = (30, 90)


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of the filter language, its heading, and what a row has of it in a view.

    ``order`` gives the values in their fixed order, for a view; ``limit`` shows only the largest.
    """

    field: str
    heading: str
    values: Callable[[View, Row], Iterable[str]]
    order: Callable[[View], Sequence[str]] | None = None
    limit: int | None = None
    words: Mapping[str, str] | None = None

    def label(self, value: str) -> str:
        """A value as the pane shows it."""
        return (self.words or {}).get(value) or (
            f"{value} 年" if self.field == "到期" and value.isdigit() else value
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """One facet with its counts, in the order shown."""

    facet: Facet
    counts: tuple[tuple[str, int], ...]


@lru_cache(maxsize=4096)
def _words_of(due: date | None, overdue: bool, today: date) -> tuple[str, ...]:
    """What a next deadline is called; ten thousand measures share a few dozen of them."""
    words = ["逾期"] if overdue else []
    if due is None:
        return (*words, "无")
    words += [f"{days}d" for days in SOON if today <= due <= today + timedelta(days=days)]
    return (*words, str(due.year))


def _deadline_order(view: View) -> Sequence[str]:
    plan = view.tracker.plan
    years = range(plan.period.start.year, plan.period.end.year + 1) if plan else ()
    return ("逾期", *(f"{days}d" for days in SOON), *map(str, years), "无")


FACETS: tuple[Facet, ...] = (
    Facet(
        "灯", "灯", lambda _, row: (row.state.light,),
        lambda _: tuple(light.value for light in reversed(Light)),
    ),
    Facet(
        "状态", "状态", lambda _, row: (row.state.status,),
        lambda _: tuple(status.value for status in Status),
    ),
    Facet(
        "到期", "时限", lambda view, row: _words_of(row.state.next_due, row.state.overdue, view.today),
        _deadline_order,
        words={"逾期": "已逾期", "30d": "30 天内", "90d": "90 天内", "无": "没有了"},
    ),
    Facet("单位", "单位", lambda view, row: view.units_of(row.measure), limit=UNITS_SHOWN),
    Facet("节", "节", lambda _, row: (row.measure.section,) if row.measure.section else ()),
)  # fmt: skip


def count(facet: Facet, view: View, rows: Sequence[Row]) -> Counted:
    """How many of ``rows`` have each value: in the fixed order if there is one, else as in the document, and
    by size where only the largest are shown.
    """
    found = count_values(rows, lambda row: facet.values(view, row))
    if facet.order:
        # Reports are not asked for everywhere: 未报 is named only where somebody owes one.
        shown = (value for value in facet.order(view) if value != Light.UNREPORTED or found[value])
        return Counted(facet, tuple((value, found[value]) for value in shown))
    if facet.limit:
        return Counted(facet, tuple(found.most_common(facet.limit)))
    return Counted(facet, tuple(found.items()))


def count_all(view: View, result: FilterResult | None, rows: Sequence[Row]) -> list[Counted]:
    """Every facet, each counting what a choice in it would give: the other terms hold, its own do not.

    ``rows`` are counted where there is no query that is understood.
    """
    return [count(facet, view, result.rows_without(facet.field) if result else rows) for facet in FACETS]


def chosen(query: str) -> dict[str, frozenset[str]]:
    """What a query has of each facet's field."""
    return {facet.field: frozenset(values_of(query, facet.field)) for facet in FACETS}
