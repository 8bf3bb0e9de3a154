"""One action, one commit: ``git commit --only`` of exactly the given paths (git-commit(1)).

With ``--only`` git builds the commit from HEAD and the paths in a temporary index and touches the real one
only after the commit has been made; so whatever else is staged stays staged, and a refused commit leaves
the index as it was.  A path new to git must be known to the index first: it is added with
``--intent-to-add``, which stores no content, and forgotten again if the commit fails.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.vcs import operation
from fazhi_tui.vcs.error_messages import LOCKED, GitError, explain_commit
from fazhi_tui.vcs.example_day import dates_of
from fazhi_tui.vcs.runner import ANY, PATIENCE, Answer, Runner, literal
from fazhi_tui.vcs.status import Change, read_status

# What git exits with where it could not go on itself; a hook that refuses gives 1.
_GIT_DIED = 128
# "[main 1a2b3c4] subject", in any language.
_SUMMARY = re.compile(r"^\[.*? ([0-9a-f]{4,64})\] ", re.MULTILINE)


def commit_paths(
    runner: Runner,
    message: str,
    paths: Sequence[str],
    *,
    encoding: str = "",
    moment: datetime | None = None,
    empty: bool = False,
) -> str:
    """Commit ``paths`` as they are in the work tree; the commit's id, or ``""`` where nothing differs.

    ``empty`` makes a commit that changes nothing; it has no paths.

    ``encoding`` is what i18n.commitEncoding says, ``moment`` when the commit is made: now where left out.
    The caller holds the lock.  Raises :class:`UsageError` for a message or path that cannot be committed,
    :class:`RepositoryError` where git or a hook refuses; then HEAD and index are as they were.
    """
    if not message.strip() or "\0" in message:
        raise UsageError("提交说明是空的或含有空字符", "写明这次做了什么")
    wanted = [_checked(runner, path) for path in dict.fromkeys(paths)]
    refuse_state(runner)
    if empty and not wanted:
        return _commit(runner, message, wanted, encoding, moment)
    if not wanted:
        return ""
    before = read_status(runner, wanted)
    changes = [change for change in before.changes if change.path in set(wanted)]
    unmerged = [change.path for change in changes if change.unmerged]
    if unmerged:
        raise unmerged_error(unmerged)
    if not changes:
        return ""
    new = [change.path for change in changes if change.untracked]
    try:
        if new:
            runner.run(
                "add", "--intent-to-add", "--force", "--", *(literal(path) for path in new),
                action="把新文件告诉 git", patience=PATIENCE,
            )  # fmt: skip
        return _commit(runner, message, [change.path for change in changes], encoding, moment)
    except BaseException as error:
        # Ctrl+C included: git may still be finishing.
        operation.wait_for_locks(runner.places, 0.0 if isinstance(error, Exception) else PATIENCE)
        if _stands(runner, before.commit, changes):
            return _head_commit(runner)
        forget(runner, new)
        if isinstance(error, GitError) and _came_to_nothing(runner, error, before.commit, changes):
            return ""
        raise


def refuse_state(runner: Runner) -> None:
    """Raise :class:`RepositoryError` for an operation under way, a detached HEAD, or a lock left behind.

    Starts no process (but for refs in a reftable).
    """
    places = runner.places
    under_way = operation.operation(places)
    if under_way is not None:
        finish = "" if under_way.finish == under_way.abort else f"做完它：{under_way.finish}；或者"
        raise RepositoryError(
            f"仓库正在进行{under_way.name}，还没有结束，现在不能提交",
            f"先用 git status 查看；{finish}放弃它：{under_way.abort}",
        )
    if not head_of(runner).ref:
        raise RepositoryError(
            "仓库不在任何分支上（HEAD 游离），现在提交容易丢失",
            "回到分支：git switch main；要保留眼前的位置，就新建一个分支：git switch -c 新分支名",
        )
    locked = operation.wait_for_locks(places, PATIENCE)
    if locked:
        raise operation.lock_error(locked[0])


def head_of(runner: Runner) -> operation.Head:
    """HEAD from the files, or from git where these do not tell."""
    head = operation.read_head(runner.places)
    if head is not None:
        return head
    ref = runner.run("symbolic-ref", "--quiet", "HEAD", action="读取 HEAD", ok=(0, 1)).text.strip()
    commit = runner.run("rev-parse", "--quiet", "--verify", "HEAD", action="读取 HEAD", ok=(0, 1, 128))
    return operation.Head(ref, commit.text.strip() if commit.code == 0 else "")


def _checked(runner: Runner, path: str) -> str:
    pure = PurePosixPath(path)
    inside = path and not pure.is_absolute() and not {"..", ".git"} & {part.lower() for part in pure.parts}
    if not inside or "\0" in path or pure.as_posix() != path:
        raise UsageError(f"不能提交的路径：{path!r}", "只能提交台账目录以内的文件，写相对路径")
    on_disk = runner.places.root / path
    if on_disk.is_dir() and not on_disk.is_symlink():
        raise UsageError(f"{path} 是目录", "提交时逐个写明文件")
    return path


def unmerged_error(paths: Sequence[str]) -> RepositoryError:
    """Conflicts that nobody has resolved yet are in the way."""
    return RepositoryError(
        f"有冲突还没有解决：{'、'.join(paths[:5])}{' 等' if len(paths) > 5 else ''}",
        "改好冲突的文件后运行 git add 文件名；用 git status 查看全部",
    )


def _commit(
    runner: Runner, message: str, paths: Sequence[str], encoding: str, moment: datetime | None
) -> str:
    text = message if message.endswith("\n") else message + "\n"
    # What is fed is UTF-8 and must be labelled so.  Only where the user's configuration says otherwise:
    # -c reaches the hooks' environment, which is to be that of a plain `git commit`.
    label = () if encoding.lower() in ("", "utf-8", "utf8") else ("-c", "i18n.commitEncoding=UTF-8")
    # Lines that begin with # and scissors are text, whatever core.commentChar, commit.cleanup and
    # commit.verbose say.
    words = [*label, "commit", "--only", "--cleanup=verbatim", "--no-edit", "--no-verbose", "--file=-"]
    words += ["--"] if paths else ["--allow-empty", "--"]
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = runner.run(
            *words, *(literal(path) for path in paths),
            action="提交", ok=ANY, stdin=text.encode("utf-8", "replace"), users_language=True,
            environ=dates_of(moment),
        )  # fmt: skip
        if answer.code == 0:
            return _made(runner, answer)
        # A hook (1) may talk of locks as it likes; only git itself (128) is tried again.
        if answer.code != _GIT_DIED or not LOCKED.search(answer.err):
            raise explain_commit(answer.said, answer.code)
        if time.monotonic() >= deadline:
            raise _locked_error(runner, answer)
        time.sleep(0.05)


def _locked_error(runner: Runner, answer: Answer) -> GitError:
    locked = operation.lock_files(runner.places)
    if not locked:
        return explain_commit(answer.said, answer.code)
    refused = operation.lock_error(locked[0])
    return GitError(refused.message, refused.hint, output=answer.said, code=answer.code)


def forget(runner: Runner, new: Sequence[str]) -> None:
    """Take paths that git did not know before out of the index again."""
    if not new:
        return
    names = "\0".join([*new, ""]).encode("utf-8", "surrogateescape")
    words = ("update-index", "-z", "--force-remove", "--stdin")
    try:
        runner.run(*words, action="还原暂存区", stdin=names, patience=PATIENCE)
    except GitError:
        # What made the commit fail (a lock, a full disk) is what the user has to hear of, not this.
        # An intent to add holds no content and the next commit of the path takes it up.
        return


def _stands(runner: Runner, before: str, changes: Sequence[Change]) -> bool:
    """Whether the commit was made although git failed, which it does when it cannot write the index after it.

    HEAD has moved, and has the paths as they are in the work tree.
    """
    if _head_commit(runner) == before or not _as_in_head(runner, changes):
        return False
    refresh_index(runner, [change.path for change in changes])
    return True


def refresh_index(runner: Runner, paths: Sequence[str]) -> None:
    """Bring the index of these paths up to HEAD after a git that could not; best effort."""
    if paths:
        names = [literal(path) for path in paths]
        runner.run("reset", "--quiet", "HEAD", "--", *names, action="更新暂存区", ok=ANY, patience=PATIENCE)


def _as_in_head(runner: Runner, changes: Sequence[Change]) -> bool:
    paths = [literal(change.path) for change in changes]
    words = ["--no-optional-locks", "diff", "--quiet", "--no-ext-diff", "HEAD", "--", *paths]
    return runner.run(*words, action="比较", ok=ANY).code == 0


def _head_commit(runner: Runner) -> str:
    return head_of(runner).commit


def _came_to_nothing(runner: Runner, error: GitError, head: str, changes: Sequence[Change]) -> bool:
    """Whether git refused because the paths are as HEAD has them although something else is staged."""
    suspicious = all(change.staged != "." and change.unstaged != "." for change in changes)
    if error.code != 1 or not suspicious or any(change.untracked for change in changes):
        return False
    if not head:
        return not any((runner.places.root / change.path).exists() for change in changes)
    return _as_in_head(runner, changes)


def _made(runner: Runner, answer: Answer) -> str:
    """The id of the commit just made: HEAD, unless it has moved on meanwhile."""
    head = _head_commit(runner)
    found = _SUMMARY.search(answer.text)
    if found and not head.startswith(found[1]):
        full = runner.run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{found[1]}^{{commit}}",
            action="读取提交号", ok=(0, 1, 128),
        )  # fmt: skip
        if full.code == 0:
            return full.text.strip()
    return head


def mend_index(runner: Runner, paths: Sequence[str], new: Sequence[str]) -> None:
    """Bring the index of ``paths`` up to HEAD and take ``new``, which HEAD does not have, out of it."""
    forget(runner, new)
    refresh_index(runner, paths)
