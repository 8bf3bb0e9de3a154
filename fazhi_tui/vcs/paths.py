"""Where a repository keeps what: read from the file system alone, no git started.

Sources: gitrepository-layout(5) and git-worktree(1): ``.git`` is a folder, or a file that names one;
a linked work tree's own folder names the common one in ``commondir``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.system_errors import system_words


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one repository, all absolute.

    ``root`` is the tracker's, ``top`` the work tree's (the same, or above it), ``git_dir`` holds this
    work tree's HEAD and index, ``common_dir`` what all work trees share (refs, objects, config).
    """

    root: Path
    top: Path
    git_dir: Path
    common_dir: Path

    @property
    def prefix(self) -> str:
        """Where the root lies in the work tree: ``""``, or ``folder/`` with a slash at the end."""
        inside = self.root.relative_to(self.top).as_posix()
        return "" if inside == "." else f"{inside}/"

    @property
    def index(self) -> Path:
        """The index of this work tree."""
        return self.git_dir / "index"


def locate(root: Path) -> Places:
    """Find the repository that ``root`` lies in.

    Raises :class:`RepositoryError` where there is none, or a bare one, or a broken link to one.
    """
    try:
        root = root.resolve(strict=True)
    except OSError as error:
        raise RepositoryError(f"目录 {root} 打不开：{system_words(error)}", "看看路径是否写对") from error
    for folder in (root, *root.parents):
        git_dir = _git_dir_of(folder)
        if git_dir is not None:
            return Places(root, folder, git_dir, _common_dir_of(git_dir))
        if looks_like_git_dir(folder):
            raise bare_error(folder)
    raise no_repository_error(root)


def private_dir(root: Path) -> Path:
    """The folder for what fazhi keeps outside the work tree: ``fazhi`` in the common git folder.

    Drafts and the lock lie there; all work trees of a repository share it.  It may not exist yet.
    Starts no process and loads no git.  Raises as :func:`locate`.
    """
    return locate(root).common_dir / "fazhi"


def no_repository_error(root: Path) -> RepositoryError:
    """``root`` is in no repository."""
    return RepositoryError(
        f"{root} 不在 git 仓库里：它和上级目录都没有 .git",
        "台账应由 git clone 得到；新建的台账先在其中运行 git init",
    )


def bare_error(folder: Path) -> RepositoryError:
    """``folder`` is a repository without a work tree."""
    return RepositoryError(
        f"{folder} 是没有工作区的裸仓库，不能在里面填报",
        f"先克隆一份再用：git clone {folder} 台账",
    )


def _git_dir_of(folder: Path) -> Path | None:
    link = folder / ".git"
    try:
        if link.is_file():
            return _followed(link)
        if link.is_dir() and _has_head(link):
            return link.resolve()
    except OSError as error:
        raise RepositoryError(f"{link} 读不了：{system_words(error)}", "看看这个目录的读权限") from error
    return None


def _followed(link: Path) -> Path:
    """The folder that a ``.git`` file names (linked work tree, submodule, ``--separate-git-dir``)."""
    text = link.read_bytes()[:4096].decode("utf-8", "replace").replace("\0", "").strip()
    target = (link.parent / text.removeprefix("gitdir:").strip()).resolve()
    if not text.startswith("gitdir:") or not _has_head(target):
        raise RepositoryError(
            f"{link} 指向的 git 目录不见了：{target}",
            "附加工作区移动过位置时，在主仓库运行 git worktree repair；"
            "子模块则运行 git submodule update --init",
        )
    return target


def _common_dir_of(git_dir: Path) -> Path:
    try:
        named = (git_dir / "commondir").read_text("utf-8").strip()
    except FileNotFoundError:
        return git_dir
    except (OSError, UnicodeDecodeError) as error:
        raise RepositoryError(
            f"{git_dir / 'commondir'} 读不了", "在主仓库运行 git worktree repair"
        ) from error
    return (git_dir / named).resolve()


def _has_head(git_dir: Path) -> bool:
    head = git_dir / "HEAD"
    return head.is_file() or head.is_symlink()


def looks_like_git_dir(folder: Path) -> bool:
    """Whether a folder is itself a git folder, as a bare repository is."""
    return _has_head(folder) and (folder / "objects").is_dir() and (folder / "refs").is_dir()
