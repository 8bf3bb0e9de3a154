"""What differs from the last commit: ``git status --porcelain=v2 -z`` (git-status(1))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fazhi_tui.vcs.paths import Places
from fazhi_tui.vcs.runner import Runner, literal

_NO_COMMIT = "(initial)"
_DETACHED = "(detached)"
# How many fields stand before the path, by the record's first character.
_FIELDS = {"1": 8, "2": 9, "u": 10}


@dataclass(frozen=True, slots=True)
class Change:
    """One path that differs: ``staged`` and ``unstaged`` are git's letters, ``.`` for no change.

    An untracked path is ``??``, an ignored one ``!!``, an unmerged one has ``unmerged`` set.
    """

    path: str
    staged: str
    unstaged: str
    unmerged: bool = False

    @property
    def untracked(self) -> bool:
        """Git does not know this path yet."""
        return self.staged in "?!"


@dataclass(frozen=True, slots=True)
class WorkTreeStatus:
    """One answer of ``git status``; ``commit`` is empty before the first, ``branch`` when detached."""

    commit: str
    branch: str
    ahead: int | None
    behind: int | None
    changes: tuple[Change, ...]


def read_status(runner: Runner, paths: Sequence[str] | None = None) -> WorkTreeStatus:
    """One process that takes no lock and leaves the index alone.

    Without ``paths`` untracked folders count as one; with ``paths`` exactly these are looked at, ignored
    ones included.  Paths outside the root are left out.
    """
    words = ["--no-optional-locks", "status", "--porcelain=v2", "--branch", "-z", "--no-renames"]
    if paths is None:
        words += ["--untracked-files=normal", "--ignore-submodules=dirty"]
        if runner.places.prefix:
            words += ["--", "."]
    else:
        words += ["--untracked-files=all", "--ignored=traditional", "--no-ahead-behind"]
        words += ["--", *(literal(path) for path in paths)]
    answer = runner.run(*words, action="查看仓库状态")
    return _parsed(answer.out.decode("utf-8", "surrogateescape"), runner.places)


def _parsed(text: str, places: Places) -> WorkTreeStatus:
    heads: dict[str, str] = {}
    changes: list[Change] = []
    for record in text.split("\0"):
        kind = record[:1]
        if kind == "#":
            key, _, value = record[2:].partition(" ")
            heads[key] = value
        elif kind in _FIELDS:
            fields = record.split(" ", _FIELDS[kind])
            changes.append(Change(fields[-1], fields[1][0], fields[1][1], unmerged=kind == "u"))
        elif kind and kind in "?!":
            changes.append(Change(record[2:], kind, kind))
    ahead, behind = _distance(heads.get("branch.ab", ""))
    commit, branch = heads.get("branch.oid", ""), heads.get("branch.head", "")
    return WorkTreeStatus(
        commit="" if commit == _NO_COMMIT else commit,
        branch="" if branch == _DETACHED else branch,
        ahead=ahead,
        behind=behind,
        changes=tuple(_inside(change, places.prefix) for change in changes if _is_inside(change, places)),
    )


def _distance(text: str) -> tuple[int | None, int | None]:
    """``+1 -2`` → (1, 2); nothing without an upstream, nor where its branch is gone."""
    ahead, _, behind = text.partition(" ")
    if not ahead.lstrip("+").isdigit() or not behind.lstrip("-").isdigit():
        return None, None
    return int(ahead), int(behind.lstrip("-"))


def _is_inside(change: Change, places: Places) -> bool:
    above = change.path.endswith("/") and places.prefix.startswith(change.path)
    return above or change.path.startswith(places.prefix)


def _inside(change: Change, prefix: str) -> Change:
    if not prefix:
        return change
    # An untracked folder that the root lies in is told as that folder.
    path = change.path.removeprefix(prefix) if change.path.startswith(prefix) else "./"
    return Change(path, change.staged, change.unstaged, change.unmerged)


def staged_paths(runner: Runner) -> tuple[str, ...]:
    """What the commit to be holds, relative to the tracker's folder; as a hook of git sees it."""
    answer = runner.run(
        "diff", "--cached", "--name-only", "-z", "--no-renames", "--relative",
        action="查看暂存区", given_index=True,
    )  # fmt: skip
    return tuple(answer.out.decode("utf-8", "surrogateescape").split("\0")[:-1])
