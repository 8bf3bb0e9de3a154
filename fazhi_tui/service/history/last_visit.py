"""What changed since one was last here: the commit that HEAD was at then, kept for the user alone."""

from __future__ import annotations

from contextlib import suppress

from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.service.history.record_query import measures_of
from fazhi_tui.service.reader import Reader

NAME = "visit.json"


def changed_since(reader: Reader, text: str = "") -> frozenset[str]:
    """The measures that changed since a day, tag or commit; without it, since the last visit here.

    Empty where that cannot be told.  Raises :class:`UsageError` where ``text`` names nothing.
    """
    found = reader.user_store.load(NAME)
    start = text or (str(found.get("commit", "")) if isinstance(found, dict) else "")
    if not start:
        return frozenset()
    try:
        events = reader.repository.events_in(f"{start}..")
    except UsageError:
        # The commit that was seen last is no longer there; a moment that was typed is worth a word.
        if text:
            raise
        return frozenset()
    return frozenset(number for event in events for number in measures_of(event))


def save_visit(reader: Reader) -> None:
    """Remember that everything up to now has been seen; best effort, and no trace of a read-only look."""
    if reader.read_only:
        return
    with suppress(FazhiError):
        commit = reader.repository.head()
        if commit:
            reader.user_store.save(NAME, {"commit": commit})
