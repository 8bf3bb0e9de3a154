"""The left pane: how many measures have each value of a field, a keystroke away from being the filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from string import ascii_letters

from textual import events, on
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fazhi_tui.domain.model.light import RARE_LIGHTS, Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.query.facet_counts import FilterResult, count_values
from fazhi_tui.domain.query.language import values_of
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.messages import FacetChosen
from fazhi_tui.tui.styles import LIGHT_STYLES, light_word
from fazhi_tui.tui.widgets.line_list import LineList

#: How many units the pane names; the rest are in the list of units (u).
UNITS_SHOWN = 12
SOON = (30, 90)
#: What stands before a value that the filter has.
CHOSEN = ">"


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


#: One facet with its counts, in the order shown.
Counted = tuple[Facet, tuple[tuple[str, int], ...]]


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
        shown = (value for value in facet.order(view) if value not in RARE_LIGHTS or found[value])
        return facet, tuple((value, found[value]) for value in shown)
    return facet, tuple(found.most_common(facet.limit) if facet.limit else found.items())


def count_all(view: View, result: FilterResult | None, rows: Sequence[Row]) -> list[Counted]:
    """Every facet, each counting what a choice in it would give: the other terms hold, its own do not.

    ``rows`` are counted where there is no query that is understood.
    """
    return [count(facet, view, result.rows_without(facet.field) if result else rows) for facet in FACETS]


def chosen(query: str) -> dict[str, frozenset[str]]:
    """What a query has of each facet's field."""
    return {facet.field: frozenset(values_of(query, facet.field)) for facet in FACETS}


class Facets(LineList):
    """The counts; a letter or Enter makes a value the filter or takes it out, blank adds it to the others."""

    BINDINGS = bindings("facets")
    manual_page = "facets"
    #: As in ``fixed_layout``: how long the list is moves nothing but its own scroll bar.
    virtual_size = Reactive(Size(0, 0))

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.light_names = LightNames()
        self._shown: tuple[Counted, ...] = ()
        self._chosen: Mapping[str, frozenset[str]] = {}
        self._choices: list[tuple[str, str] | None] = []

    def show(self, counted: Sequence[Counted], chosen: Mapping[str, frozenset[str]]) -> None:
        """Show new counts, the cursor on the same value; ``chosen`` is what the filter has, by field."""
        if tuple(counted) == self._shown and chosen == self._chosen:
            return
        self._shown, self._chosen = tuple(counted), chosen
        kept = self._choice_at(self.highlighted)
        self._fill()
        if kept is not None and kept in self._choices:
            self.highlighted = self._choices.index(kept)

    def on_resize(self) -> None:
        """Counts stand at the right edge, wherever that is now."""
        highlighted = self.highlighted
        self._fill()
        self.highlighted = highlighted

    def _fill(self) -> None:
        width = max(self.scrollable_content_region.width - 2, 8)  # a blank at each side
        options: list[Option] = []
        self._choices = []
        letters = iter(ascii_letters)
        for facet, counts in self._shown:
            options.append(Option(Content.styled(facet.heading, "bold $text-muted"), disabled=True))
            self._choices.append(None)
            for value, number in counts:
                on = value in self._chosen.get(facet.field, frozenset())
                line = _line(facet, value, number, width, self.light_names, next(letters, " "), on)
                options.append(Option(line))
                self._choices.append((facet.field, value))
        self.set_options(options)

    def _choice_at(self, index: int | None) -> tuple[str, str] | None:
        return self._choices[index] if index is not None and index < len(self._choices) else None

    def on_key(self, event: events.Key) -> None:
        """A value's letter is Enter on it."""
        places = (at for at, choice in enumerate(self._choices) if choice is not None)
        at = dict(zip(ascii_letters, places, strict=False)).get(event.character or "")
        if at is not None:
            event.stop()
            event.prevent_default()
            self.highlighted = at
            self._tell(self._choice_at(at))

    def action_add(self) -> None:
        """The value in hand beside those that the filter has of its field."""
        self._tell(self._choice_at(self.highlighted), also=True)

    def _tell(self, choice: tuple[str, str] | None, *, also: bool = False) -> None:
        if choice:
            self.post_message(FacetChosen(*choice, also))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._tell(self._choice_at(event.option_index))


def _line(
    facet: Facet, value: str, number: int, width: int, names: LightNames, letter: str, on: bool
) -> Content:
    label = facet.label(value)
    if facet.field == "节":
        # The ordinal takes six cells that the name needs more; a section without a name keeps it.
        label = re.sub(r"^（[一二三四五六七八九十]+）(?=.)", "", label)
    style = "" if number else "$text-disabled"
    if facet.field == "灯":
        light = Light(value)
        label = light_word(light, names)
        style = LIGHT_STYLES[light] if number else style
    figure = str(number)
    room = width - cell_len(figure) - 3
    return Content.assemble(
        (letter, "$footer-key-foreground" if number or on else "$text-disabled"),
        (CHOSEN if on else " ", "bold $text-accent"),
        (pad(one_line(label), max(room, 2)), f"bold {style}".strip() if on else style),
        (" " + figure, "$text-muted"),
    )
