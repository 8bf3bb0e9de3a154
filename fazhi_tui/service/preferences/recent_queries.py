"""Queries that were kept lately: one's own, a tracker at a time, outside the work tree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.records.files import write_atomic

NAME = "recent.json"
#: So many are remembered.
LIMIT = 30
#: A query longer than this was pasted by mistake.
LONGEST = 500


def recent_queries(root: Path) -> tuple[str, ...]:
    """The queries that were kept here, newest first; none where nobody knows."""
    from fazhi_tui.vcs.paths import private_dir

    with suppress(OSError, ValueError, FazhiError):
        found = json.loads((private_dir(root) / NAME).read_text("utf-8"))
        if isinstance(found, list):
            return _tidy(one for one in found if isinstance(one, str))
    return ()


def remember_query(root: Path, query: str) -> tuple[str, ...]:
    """Remember a query that was kept, as the newest; the queries as they are then.

    Best effort, since it is no record: never raises.  An empty one is not remembered.
    """
    from fazhi_tui.vcs.paths import private_dir

    known = recent_queries(root)
    wanted = with_query(known, query)
    if wanted == known:
        return known
    with suppress(OSError, FazhiError):
        folder = private_dir(root)
        if folder.parent.is_dir():
            write_atomic(folder / NAME, json.dumps(wanted, ensure_ascii=False))
    return wanted


def with_query(known: tuple[str, ...], query: str) -> tuple[str, ...]:
    """``known`` with one more query at its head, none twice, no more than :data:`LIMIT`."""
    return _tidy((query.strip(), *known))


def _tidy(queries: Iterable[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(one for one in queries if one.strip() and len(one) <= LONGEST)
    return tuple(kept)[:LIMIT]
