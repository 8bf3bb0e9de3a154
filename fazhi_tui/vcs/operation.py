"""What git is in the middle of, read from the files in its folder; no process is started.

Sources: gitrepository-layout(5), and the files that wt-status.c looks at to tell an operation under way.
"""

from __future__ import annotations

import os
import shlex
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.vcs.paths import Places, locate

#: HEAD of a repository that keeps its refs in a reftable: the truth is known to git alone.
_REFTABLE_HEAD = "refs/heads/.invalid"

#: How long a git whose fazhi was killed is given to finish, and within what time of the write its locks are
#: ours, in seconds.
_TIDYING, _OURS = 1.0, 60.0


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that git has begun and not finished: its name, and how to finish or give it up."""

    name: str
    finish: str
    abort: str


_MERGE = Operation("合并", "fazhi resolve", "fazhi resolve --abort")
_REBASE = Operation("变基（rebase）", "git rebase --continue", "git rebase --abort")
_AM = Operation("应用补丁（am）", "git am --continue", "git am --abort")
_PICK = Operation("拣选（cherry-pick）", "git cherry-pick --continue", "git cherry-pick --abort")
_REVERT = Operation("还原（revert）", "git revert --continue", "git revert --abort")
_BISECT = Operation("二分查找（bisect）", "git bisect reset", "git bisect reset")

# In this order: a rebase stopped at a conflict leaves CHERRY_PICK_HEAD behind as well.
_MARKS = (
    ("rebase-apply/applying", _AM),
    ("rebase-apply", _REBASE),
    ("rebase-merge", _REBASE),
    ("MERGE_HEAD", _MERGE),
    ("CHERRY_PICK_HEAD", _PICK),
    ("REVERT_HEAD", _REVERT),
    ("BISECT_LOG", _BISECT),
)


@dataclass(frozen=True, slots=True)
class Head:
    """Where HEAD points: ``branch`` is empty when detached, ``commit`` before the first commit."""

    ref: str
    commit: str

    @property
    def branch(self) -> str:
        """The branch's name as people write it."""
        return self.ref.removeprefix("refs/heads/")


def operation(places: Places) -> Operation | None:
    """The operation under way in this work tree, if any."""
    for mark, found in _MARKS:
        if (places.git_dir / mark).exists():
            return found
    # Between two picks of a series neither CHERRY_PICK_HEAD nor REVERT_HEAD is there.
    todo = _read(places.git_dir / "sequencer" / "todo")
    if todo:
        return _REVERT if todo.startswith("revert") else _PICK
    return None


def unfinished(root: Path) -> Operation | None:
    """The operation under way in the repository of ``root``; None where there is no repository, either.

    Starts no process and loads no git.
    """
    try:
        return operation(locate(root))
    except RepositoryError:
        return None


def read_head(places: Places) -> Head | None:
    """HEAD, or None where only git can tell (refs kept in a reftable)."""
    path = places.git_dir / "HEAD"
    if path.is_symlink():
        ref = os.fspath(path.readlink())
    else:
        text = _read(path)
        if not text.startswith("ref:"):
            return Head("", text)
        ref = text.removeprefix("ref:").strip()
    if ref == _REFTABLE_HEAD:
        return None
    return Head(ref, _resolve(places, ref))


def lock_files(places: Places) -> tuple[Path, ...]:
    """The lock files of git that would stop a commit and are there now."""
    head = read_head(places)
    candidates = [places.git_dir / "index.lock", places.git_dir / "HEAD.lock"]
    if head is not None and head.ref:
        candidates.append(places.common_dir / f"{head.ref}.lock")
    return tuple(path for path in candidates if os.path.lexists(path))


def wait_for_locks(places: Places, patience: float) -> tuple[Path, ...]:
    """Give a git that is just working ``patience`` seconds to finish; what is locked after that."""
    deadline = time.monotonic() + patience
    while True:
        found = lock_files(places)
        if not found or time.monotonic() >= deadline:
            return found
        time.sleep(0.05)


def clear_stale_locks(places: Places, since: float, group: int) -> None:
    """Remove git's lock files that a killed fazhi's own git left behind.

    Only those made within a minute of ``since`` (seconds since the epoch), and only where nobody of the
    process group ``group`` is alive any more; all others are left for a person to judge.
    """
    found = wait_for_locks(places, _TIDYING)
    if not found or not group or _is_alive(group):
        return
    for path in found:
        with suppress(OSError):
            if abs(path.lstat().st_mtime - since) <= _OURS:
                path.unlink()


def _is_alive(group: int) -> bool:
    """Whether a process of a group lives; one that only waits to be buried (a zombie) does not."""
    if not hasattr(os, "killpg") or group == os.getpgrp():
        return True
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    stats = [_read(path) for path in Path("/proc").glob("[0-9]*/stat")]
    if not stats:
        return True
    # "pid (name) state ppid pgrp …"; the name may hold anything, so from its last parenthesis (proc(5)).
    fields = (stat.rpartition(")")[2].split() for stat in stats)
    return any(len(found) > 2 and found[2] == str(group) and found[0] not in "ZX" for found in fields)


def lock_error(path: Path) -> RepositoryError:
    """Git's lock file ``path`` is in the way: which, how old, and how to get it out of the way."""
    try:
        stat = path.lstat()
    except OSError:
        return RepositoryError("另一个 git 正在写这个仓库", "等它做完再试")
    remove = "rmdir" if path.is_dir() and not path.is_symlink() else "rm"
    return RepositoryError(
        f"git 的锁文件挡住了写入：{path}（{_age(time.time() - stat.st_mtime)}前留下的）",
        "可能有另一个 git 或编辑器正在这个仓库里工作，等它做完再试；"
        f"确定没有的话，是上次中断留下的，删掉它即可：{remove} {shlex.quote(str(path))}",
    )


def watch_token(root: Path) -> object:
    """A value that compares unequal once HEAD, the index, a ref, the configuration or the operation moves.

    It costs a handful of ``stat`` calls, starts no process and loads no git; it is for noticing, not for
    keeping.  Where there is no repository it is a constant.
    """
    try:
        places = locate(root)
    except RepositoryError:
        return ()
    head = read_head(places)
    files = [places.git_dir / "HEAD", places.index, places.common_dir / "packed-refs"]
    files += [places.common_dir / "config", places.git_dir / "FETCH_HEAD"]
    if head is not None and head.ref:
        files.append(places.common_dir / head.ref)
    # A ref is written beside and renamed into place, which moves its folder's own time.
    folders = [places.common_dir / "refs" / "heads", *_remote_folders(places)]
    under_way = operation(places)
    return (
        head,
        under_way.name if under_way else "",
        tuple(_stamp(path) for path in files),
        tuple((path.name, _stamp(path)) for path in folders),
    )


def _remote_folders(places: Places) -> list[Path]:
    base = places.common_dir / "refs" / "remotes"
    try:
        with os.scandir(base) as entries:
            return [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0, 0)
    return (stat.st_mtime_ns, stat.st_size, stat.st_ino)


def _resolve(places: Places, ref: str) -> str:
    """The commit that ``ref`` names, or an empty string (no commit yet)."""
    loose = _read(places.common_dir / ref)
    if loose:
        return loose
    for line in _read(places.common_dir / "packed-refs").splitlines():
        commit, _, name = line.partition(" ")
        if name == ref:
            return commit
    return ""


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _age(seconds: float) -> str:
    for size, word in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= size:
            return f"{int(seconds // size)} {word}"
    return f"{max(0, int(seconds))} 秒"
