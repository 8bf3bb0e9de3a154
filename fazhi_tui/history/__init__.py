"""The only place that knows git: identity, commits, the log, what the foot of the screen tells.

The names below are loaded when they are first used, and GitPython and filelock with the first call that
needs them: to ask whether a merge waits must not cost what a commit costs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fazhi_tui.history.creating import (
        create_repository,
        is_ignored_folder,
        refuse_unknown_author,
        work_tree_of,
    )
    from fazhi_tui.history.errors import GitError
    from fazhi_tui.history.past import Moment, as_day
    from fazhi_tui.history.places import private_dir
    from fazhi_tui.history.replaying import NewRepository, Replayed, replay
    from fazhi_tui.history.repository import Repository
    from fazhi_tui.history.state import unfinished, watch_token
    from fazhi_tui.history.trailers import TRAILERS, UNDO_KIND

__all__ = [
    "TRAILERS",
    "UNDO_KIND",
    "GitError",
    "Moment",
    "NewRepository",
    "Replayed",
    "Repository",
    "as_day",
    "create_repository",
    "is_ignored_folder",
    "private_dir",
    "refuse_unknown_author",
    "replay",
    "unfinished",
    "watch_token",
    "work_tree_of",
]

_HOMES = {
    "GitError": "errors",
    "Moment": "past",
    "NewRepository": "replaying",
    "Replayed": "replaying",
    "Repository": "repository",
    "TRAILERS": "trailers",
    "UNDO_KIND": "trailers",
    "as_day": "past",
    "create_repository": "creating",
    "is_ignored_folder": "creating",
    "private_dir": "places",
    "refuse_unknown_author": "creating",
    "replay": "replaying",
    "unfinished": "state",
    "watch_token": "state",
    "work_tree_of": "creating",
}


def __getattr__(name: str) -> Any:
    """Load a name's module when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
