"""Queries that were kept lately: a user's own, a tracker at a time."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_tui.service.preferences.user_store import UserStore

NAME = "recent.json"
#: So many are remembered.
LIMIT = 30
#: A query longer than this was pasted by mistake.
LONGEST = 500


def recent_queries(store: UserStore) -> tuple[str, ...]:
    """The queries that were kept here, newest first; none where nobody knows."""
    found = store.load(NAME)
    return _tidy(query for query in found if isinstance(query, str)) if isinstance(found, list) else ()


def remember_query(store: UserStore, query: str) -> tuple[str, ...]:
    """Remember a query that was kept, as the newest; the queries as they are then.

    Best effort: never raises.  An empty one is not remembered, and none where the store is read-only.
    """
    known = recent_queries(store)
    wanted = known if store.read_only else _tidy((query.strip(), *known))
    if wanted != known:
        store.save(NAME, wanted)
    return wanted


def _tidy(queries: Iterable[str]) -> tuple[str, ...]:
    """Each once, no empty and no overlong one, no more than :data:`LIMIT`."""
    kept = dict.fromkeys(query for query in queries if query.strip() and len(query) <= LONGEST)
    return tuple(kept)[:LIMIT]
