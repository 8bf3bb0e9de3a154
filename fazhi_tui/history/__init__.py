"""The only place that knows git: identity, commits, the log, what the foot of the screen tells.

Importing this package loads neither GitPython nor filelock; both come with the first call that
needs them, so that :func:`private_dir` and :func:`watch_token` stay cheap.
"""

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
