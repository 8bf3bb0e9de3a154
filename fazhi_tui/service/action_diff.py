"""What an action would change of the files that there are, for a preview: their whole text is a wall."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.service.notes.request import Action
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import file_at

#: Lines around a change.
_CONTEXT = 2


def action_diff(repository: Repository, action: Action) -> Mapping[str, tuple[str, ...]]:
    """By path, for each text that the last commit has already: the lines of a unified diff against that.

    The first sign of a line says what it is (``@``, blank, ``-``, ``+``).  A file that is new is not in it.
    One process a file.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path, content in action.writes.items():
        if not isinstance(content, str):
            continue
        try:
            before = file_at(repository.runner, "HEAD", path).decode("utf-8", "replace")
        except UsageError:
            continue
        lines = difflib.unified_diff(before.splitlines(), content.splitlines(), n=_CONTEXT, lineterm="")
        # The first two name the file.
        found[path] = tuple(lines)[2:]
    return found
