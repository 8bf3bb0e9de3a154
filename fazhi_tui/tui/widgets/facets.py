"""The left pane: how many measures each value has, each an Enter away from being the filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fazhi_tui.model import Light, LightNames, Row, Status
from fazhi_tui.query import tally
from fazhi_tui.tui.messages import FacetChosen
from fazhi_tui.tui.words import LIGHT_STYLES, light_word
from fazhi_tui.tui.wrapping import pad
from fazhi_tui.visible import one_line

#: How many units the pane names; the rest are in the list of units (u).
UNITS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of the filter language, its heading, and what a row has of it, each value once."""

    field: str
    heading: str
    values: Callable[[Row], Iterable[str]]
    order: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """One facet with its counts, in the order shown; ``chosen`` is what the filter has of it."""

    facet: Facet
    counts: tuple[tuple[str, int], ...]


def _leads(row: Row) -> tuple[str, ...]:
    leads = row.measure.leads
    return leads if len(leads) < 2 else tuple(dict.fromkeys(leads))


FACETS: tuple[Facet, ...] = (
    Facet("灯", "灯", lambda row: (row.state.light,), tuple(light.value for light in reversed(Light))),
    Facet("状态", "状态", lambda row: (row.state.status,), tuple(status.value for status in Status)),
    Facet("节", "节", lambda row: (row.measure.section,) if row.measure.section else ()),
    Facet("牵头", "牵头单位", _leads, limit=UNITS_SHOWN),
)


def count(facet: Facet, rows: Sequence[Row]) -> Counted:
    """How many of ``rows`` have each value: in the fixed order if there is one, else as in the
    document, and by size where only the largest are shown.
    """
    found = tally(rows, facet.values)
    if facet.order:
        # Reports are not asked for everywhere: 未报 is named only where somebody owes one.
        shown = (value for value in facet.order if value != Light.UNREPORTED or found[value])
        return Counted(facet, tuple((value, found[value]) for value in shown))
    if facet.limit:
        return Counted(facet, tuple(found.most_common(facet.limit)))
    return Counted(facet, tuple(found.items()))


class Facets(OptionList):
    """The counts; Enter puts a value into the filter or takes it out."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.light_names = LightNames()
        self._shown: tuple[Counted, ...] = ()
        self._choices: list[tuple[str, str] | None] = []

    def show(self, counted: Sequence[Counted]) -> None:
        """Show new counts, keeping the cursor on the same value."""
        if tuple(counted) == self._shown:
            return
        self._shown = tuple(counted)
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
        for counted in self._shown:
            options.append(Option(Content.styled(counted.facet.heading, "bold $text-muted"), disabled=True))
            self._choices.append(None)
            for value, number in counted.counts:
                options.append(Option(_line(counted.facet, value, number, width, self.light_names)))
                self._choices.append((counted.facet.field, value))
        self.set_options(options)

    def _choice_at(self, index: int | None) -> tuple[str, str] | None:
        return self._choices[index] if index is not None and index < len(self._choices) else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        choice = self._choice_at(event.option_index)
        if choice:
            self.post_message(FacetChosen(*choice))


def _line(facet: Facet, value: str, number: int, width: int, names: LightNames) -> Content:
    label = one_line(value)
    if facet.field == "节":
        # The ordinal takes six cells that the name needs more; a section without a name keeps it.
        label = re.sub(r"^（[一二三四五六七八九十]+）(?=.)", "", label)
    style = "" if number else "$text-disabled"
    if facet.field == "灯":
        light = Light(value)
        label = light_word(light, names)
        style = LIGHT_STYLES[light] if number else style
    figure = str(number)
    room = width - cell_len(figure) - 1
    return Content.assemble((pad(label, max(room, 2)), style), (" " + figure, "$text-muted"))
