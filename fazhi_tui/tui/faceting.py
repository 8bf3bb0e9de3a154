"""What the facets count: a field of the filter language, its values, how many rows each keeps; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fazhi_tui.model import Light, Row, Status
from fazhi_tui.query import values_of, without_field
from fazhi_tui.service import View

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


def _deadlines(view: View, row: Row) -> Iterable[str]:
    due = row.state.next_due
    if row.state.overdue:
        yield "逾期"
    if due is None:
        yield "无"
        return
    for days in SOON:
        if view.today <= due <= view.today + timedelta(days=days):
            yield f"{days}d"
    yield str(due.year)


def _deadline_order(view: View) -> Sequence[str]:
    plan = view.tracker.plan
    years = range(plan.period.start.year, plan.period.end.year + 1) if plan else ()
    return ("逾期", *(f"{days}d" for days in SOON), *map(str, years), "无")


FACETS: tuple[Facet, ...] = (
    Facet(
        "灯", "灯", lambda _, row: (row.state.light.value,),
        lambda _: tuple(light.value for light in reversed(Light)),
    ),
    Facet(
        "状态", "状态", lambda _, row: (row.state.status.value,),
        lambda _: tuple(status.value for status in Status),
    ),
    Facet(
        "到期", "时限", _deadlines, _deadline_order,
        words={"逾期": "已逾期", "30d": "30 天内", "90d": "90 天内", "无": "没有了"},
    ),
    Facet("单位", "单位", lambda view, row: view.units_of(row.measure), limit=UNITS_SHOWN),
    Facet("节", "节", lambda _, row: (row.measure.section,) if row.measure.section else ()),
)  # fmt: skip


def count(facet: Facet, view: View, rows: Sequence[Row]) -> Counted:
    """How many of ``rows`` have each value: in the fixed order if there is one, else as in the document, and
    by size where only the largest are shown.
    """
    found = Counter(value for row in rows for value in dict.fromkeys(facet.values(view, row)))
    if facet.order:
        # Reports are not asked for everywhere: 未报 is named only where somebody owes one.
        shown = (value for value in facet.order(view) if value != Light.UNREPORTED or found[value])
        return Counted(facet, tuple((value, found[value]) for value in shown))
    if facet.limit:
        return Counted(facet, tuple(found.most_common(facet.limit)))
    return Counted(facet, tuple(found.items()))


def count_all(view: View, query: str, rows: Sequence[Row]) -> list[Counted]:
    """Every facet, each counting what a choice in it would give: the other terms hold, its own do not.

    ``rows`` are those that the whole query keeps.
    """
    counted = []
    for facet in FACETS:
        others = without_field(query, facet.field)
        counted.append(count(facet, view, rows if others == query else view.select(others)))
    return counted


def chosen(query: str) -> dict[str, frozenset[str]]:
    """What a query has of each facet's field."""
    return {facet.field: frozenset(values_of(query, facet.field)) for facet in FACETS}
