"""Where one has been, as a browser keeps it; pure."""

from __future__ import annotations

from dataclasses import dataclass

#: Places kept; nobody goes further back.
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A filter, the view (an action's id) that it is shown in, and the entry under the cursor."""

    query: str = ""
    view: str = "as_list"
    key: str = ""


class NavigationHistory:
    """The places in order, and at which of them one is."""

    def __init__(self, start: Place) -> None:
        self.restart(start)

    def restart(self, start: Place) -> None:
        """Forget everything but one place."""
        self._places = [start]
        self._at = 0

    @property
    def here(self) -> Place:
        """Where one is."""
        return self._places[self._at]

    @property
    def has_back(self) -> bool:
        """Whether there is anything before."""
        return self._at > 0

    @property
    def has_forward(self) -> bool:
        """Whether one has gone back from somewhere."""
        return self._at + 1 < len(self._places)

    def stay(self, place: Place) -> None:
        """The cursor has moved here: coming back leads to where it stood last."""
        self._places[self._at] = place

    def go(self, place: Place) -> None:
        """To another place; what lay ahead is forgotten.  The same place again is no step."""
        if place != self.here:
            self._places = [*self._places[: self._at + 1], place][-LIMIT:]
            self._at = len(self._places) - 1

    def back(self) -> Place:
        """One step back, as far as there are any."""
        self._at = max(self._at - 1, 0)
        return self.here

    def forward(self) -> Place:
        """One step forward again."""
        self._at = min(self._at + 1, len(self._places) - 1)
        return self.here
