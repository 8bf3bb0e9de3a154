"""The left pane: how many measures each value has, each a keystroke away from being the filter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_letters

from textual import events, on
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.text.cells import cell_len, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.filter.facet_counts import Counted, Facet
from fazhi_tui.tui.messages import FacetChosen
from fazhi_tui.tui.styles import LIGHT_STYLES, light_word
from fazhi_tui.tui.widgets.line_list import LineList

#: What stands before a value that the filter has.
CHOSEN = ">"


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
        for counted in self._shown:
            options.append(Option(Content.styled(counted.facet.heading, "bold $text-muted"), disabled=True))
            self._choices.append(None)
            for value, number in counted.counts:
                on = value in self._chosen.get(counted.facet.field, frozenset())
                line = _line(counted.facet, value, number, width, self.light_names, next(letters, " "), on)
                options.append(Option(line))
                self._choices.append((counted.facet.field, value))
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
