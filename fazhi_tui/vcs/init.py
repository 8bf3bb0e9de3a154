"""A new repository with its first commit, and whether a folder lies in one already."""

from __future__ import annotations

import os
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.vcs.diagnosis import is_ignored
from fazhi_tui.vcs.error_messages import explain_commit
from fazhi_tui.vcs.identity import read_settings, refuse_without_identity
from fazhi_tui.vcs.paths import Places, bare_error, locate, looks_like_git_dir
from fazhi_tui.vcs.runner import ANY, PATIENCE, Runner

#: The branch of a new repository where git's configuration names none (init.defaultBranch).
BRANCH = "main"


def work_tree_of(folder: Path) -> Path | None:
    """The top of the work tree that ``folder`` lies in, or None; ``folder`` need not exist.

    Starts no process.  Raises :class:`RepositoryError` inside a bare repository.
    """
    folder = folder.resolve()
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return parent
        if looks_like_git_dir(parent):
            raise bare_error(parent)
    return None


def refuse_unknown_author(folder: Path) -> None:
    """Raise :class:`RepositoryError` where git knows no name or email for commits in ``folder``.

    ``folder`` exists and need not lie in a repository.
    """
    try:
        refuse_without_identity(read_settings(runner_for(folder)).identity)
    except RepositoryError as error:
        # There is no repository yet whose own configuration could say it.
        raise RepositoryError(
            error.message, error.hint.replace("git config", "git config --global")
        ) from None


def create_repository(folder: Path, message: str) -> str:
    """Make ``folder`` a repository whose first commit holds everything in it; the commit's id.

    Files that the user's own ignore rules name are in it too.  Raises :class:`RepositoryError` where git
    or a hook refuses; the caller throws the folder away then.
    """
    runner = runner_for(folder)
    encoding = read_settings(runner).encoding
    configured = runner.run(
        "config", "--get", "init.defaultBranch", action="读取 git 配置", ok=(0, 1)
    ).text.strip()
    branch = configured or BRANCH
    runner.run("init", "--quiet", f"--initial-branch={branch}", action="新建仓库")
    if "GIT_WORK_TREE" in os.environ:
        # git init wrote down where the work tree is; the folder will be moved.
        runner.run("config", "--unset", "core.worktree", action="新建仓库", ok=(0, 5))
    runner.run("add", "--all", "--force", ".", action="把文件告诉 git", patience=PATIENCE)
    label = () if encoding.lower() in ("", "utf-8", "utf8") else ("-c", "i18n.commitEncoding=UTF-8")
    answer = runner.run(
        *label, "commit", "--quiet", "--cleanup=verbatim", "--no-edit", "--no-verbose", "--file=-",
        action="提交", ok=ANY, stdin=message.encode("utf-8", "replace"), users_language=True,
    )  # fmt: skip
    if answer.code:
        raise explain_commit(answer.said, answer.code)
    return runner.run("rev-parse", "--verify", "HEAD", action="读取提交号").text.strip()


def runner_for(folder: Path) -> Runner:
    """Git in a folder that is to become a repository."""
    folder = folder.resolve()
    return Runner(Places(folder, folder, folder / ".git", folder / ".git"))


def is_ignored_folder(top: Path, folder: Path) -> bool:
    """Whether the repository at ``top`` leaves ``folder`` (which need not exist) out by its ignore rules."""
    relative = folder.resolve().relative_to(top.resolve()).as_posix()
    if relative == ".":
        return False
    return is_ignored(Runner(locate(top)), f"{relative}/")
