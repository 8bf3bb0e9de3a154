"""What the parts of the screen tell each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.saved_view import SavedView


@dataclass
class JobEnded(Message):
    """Work in a thread has ended; ``then`` takes its result, or error, on the screen's own thread."""

    then: Callable[[Any], object]
    result: Any


@dataclass
class BatchGoing(Message):
    """Of several commits so many are done."""

    done: int


@dataclass
class EntryHighlighted(Message):
    """The list's cursor stands on another entry."""


@dataclass
class EntryOpened(Message):
    """An entry was asked for in full."""


@dataclass
class QueryTyped(Message):
    """The text in the filter bar has changed."""

    text: str


@dataclass
class QueryKept(Message):
    """Enter in the filter bar."""


@dataclass
class QueryDropped(Message):
    """Esc in the filter bar."""


@dataclass
class CompletionSourceWanted(Message):
    """The filter bar is about to complete and has nothing to complete with."""


@dataclass
class ViewTaken(Message):
    """A saved view's query was put into the filter bar: its order and columns may be taken as well."""

    view: SavedView


@dataclass
class FacetChosen(Message):
    """One value of one field was chosen in the facets: to be put into the query, or taken out.

    ``also`` keeps the values that the query has of the field beside it.
    """

    field: str
    value: str
    also: bool = False


@dataclass
class SortWanted(Message):
    """The heading of a column was clicked."""

    column: str


@dataclass
class SplitterDragged(Message):
    """The seam with this id, between two panes, was dragged to a cell of the screen."""

    seam: str
    x: int
    y: int


@dataclass
class CommitOpened(Message):
    """One commit of the history was asked for in full."""

    commit: str


@dataclass
class TabShown(Message):
    """Another tab of the detail is shown."""

    tab: str


@dataclass
class ServerGoing(Message):
    """Work with a server tells what it is doing."""

    text: str


@dataclass
class CardMoved(Message):
    """A card was let go over another column: a report of this kind, with this status, is to be filled in."""

    key: str
    status: Status
    kind: NoteKind


@dataclass
class CardStays(Message):
    """A card cannot go where it was to; ``why`` says so in Chinese."""

    why: str
