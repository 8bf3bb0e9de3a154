"""The list of units (u): how much each has, narrowed by characters, pinyin or initials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from fazhi_tui.domain.text.cells import cell_len, cut, pad
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import past_of
from fazhi_tui.service.reporting.stats import UnitLoad, unit_loads
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.picker import Pick, Picker
from fazhi_tui.tui.styles import plain

#: Field of the filter language, heading, and where the figure is.
ROLES: tuple[tuple[str, str, str], ...] = (
    ("牵头", "牵头", "lead"),
    ("参加", "参加", "participant"),
    ("责任", "责任", "responsible"),
    ("单位", "任一", "total"),
)
FIGURE = 5
#: What a unit was called before is shown where it has so many cells.
_LEAST_PAST = 8


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit in a role: ``field`` is the role's field in the filter language."""

    field: str
    name: str


class UnitsScreen(Picker[UnitChoice]):
    """Enter filters by the unit in the role that Tab has chosen."""

    BINDINGS = bindings("units")
    heading = "按单位筛选"
    manual_page = "filter"
    placeholder = "单位名称、拼音或首字母，如 司法局、sifaju、sfj"
    more_hints = (("Tab", "换角色", "screen.role(1)"),)

    def __init__(self, view: View, role: int = 0) -> None:
        super().__init__()
        self._view = view
        self._role = role

    def find(self, typed: str) -> Sequence[Pick[UnitChoice]]:
        """Units with their counts, those with most in this role first while nothing is typed."""
        field, _, figure = ROLES[self._role]
        loads = list(unit_loads(self._view, typed))
        if not typed:
            loads.sort(key=lambda load: -getattr(load, figure))
        return [Pick(self._line(load), UnitChoice(field, load.unit.name)) for load in loads]

    def about(self) -> Content:
        """Headings of the figures, the role in brackets; or that nothing is found."""
        if not self._results:
            return plain(f"没有名称或拼音含「{one_line(self.typed)}」的单位", "$text-warning")
        parts = [Content.styled(pad("单位", self._name_width), "$text-muted")]
        for at, (_, heading, _) in enumerate(ROLES):
            chosen = at == self._role
            label = f"[{heading}]" if chosen else f" {heading} "
            parts.append(Content.styled(" " + label, "bold $text-primary" if chosen else "$text-muted"))
        return Content("").join(parts)

    @property
    def _name_width(self) -> int:
        return self.list_width - len(ROLES) * (FIGURE + 2)

    def _line(self, load: UnitLoad) -> Content:
        name, past = one_line(load.unit.name), one_line(past_of(load.unit))
        room = self._name_width - cell_len(name) - 2
        parts = [Content(pad(cut(name, self._name_width), self._name_width))]
        if past and room >= _LEAST_PAST:
            parts = [Content(f"{name}  "), Content.styled(pad(cut(past, room - 1), room), "$text-muted")]
        for at, (_, _, figure) in enumerate(ROLES):
            number = getattr(load, figure)
            style = "$text-disabled" if not number else ("bold" if at == self._role else "$text-muted")
            parts.append(Content.styled(f"{number or '-':>{FIGURE}}  ", style))
        return Content("").join(parts)

    def action_role(self, by: int) -> None:
        """Another role; the list keeps its place."""
        self._role = (self._role + by) % len(ROLES)
        self.refill(self.listing.highlighted if self.typed.strip() else None)
