"""Running the real git through GitPython, and nothing else of GitPython.

Neither ``Repo`` (which reads git's configuration with a parser of its own) nor ``repo.index`` (which
writes an index without hooks, attributes and extensions) is used: ``git.Git`` starts the user's git.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.history.errors import LOCKED, explain
from fazhi_tui.history.places import Places
from fazhi_tui.model import RepositoryError

if TYPE_CHECKING:
    import git

#: Every exit code, death by signal included: the caller looks at it.
ANY = range(-64, 256)
#: How long a git that holds a lock is waited for, in seconds.
PATIENCE = 2.0

# Git sets these for its hooks.  A fazhi started from a hook still works on the folder it was told.
_FOLLOWED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
# These turn `:(literal)` into a file name.
_PATHSPECS = ("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")


@dataclass(frozen=True, slots=True)
class Answer:
    """What git gave: exit code, standard output as bytes, standard error as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text; see :func:`decoded`."""
        return decoded(self.out)

    @property
    def said(self) -> str:
        """Everything that was said, for an error message."""
        return "\n".join(part for part in (self.err.strip("\n"), self.text.strip("\n")) if part)


def decoded(raw: bytes) -> str:
    """UTF-8, else GB 18030 (hooks and files of older systems), else UTF-8 with replacement marks."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def literal(path: str) -> str:
    """A pathspec that means exactly this path, whatever characters it holds."""
    return f":(literal){path}"


class Runner:
    """Starts git in one folder.  Every call is one process, finished when the call returns."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._git = _load_git()

    def run(
        self,
        *words: str,
        action: str,
        ok: Sequence[int] = (0,),
        stdin: bytes | None = None,
        users_language: bool = False,
        patience: float = 0.0,
    ) -> Answer:
        """Run ``git words…`` in the root and give its answer.

        ``action`` names it in Chinese for an error.  Exit codes outside ``ok`` raise :class:`GitError`.
        ``users_language`` keeps the user's locale, which hooks inherit; otherwise git speaks English.
        While another process holds a lock file the command is tried again for ``patience`` seconds.
        """
        deadline = time.monotonic() + patience
        while True:
            answer = self._once(words, action, stdin, users_language)
            if answer.code in ok:
                return answer
            if not LOCKED.search(answer.err) or time.monotonic() >= deadline:
                raise explain(action, answer.said, answer.code)
            time.sleep(0.05)

    def _once(self, words: Sequence[str], action: str, stdin: bytes | None, users_language: bool) -> Answer:
        from git.exc import GitCommandNotFound

        executable = self._git.GIT_PYTHON_GIT_EXECUTABLE or "git"
        # -C and not the working directory: GitPython expands `$` in the latter.
        command = [executable, "-C", os.fspath(self.places.root), *words]
        try:
            with tempfile.TemporaryFile() as fed:
                if stdin:
                    fed.write(stdin)
                    fed.seek(0)
                code, out, err = self._git.execute(
                    command,
                    istream=fed if stdin is not None else None,
                    with_extended_output=True,
                    with_exceptions=False,
                    stdout_as_string=False,
                    strip_newline_in_stdout=False,
                    env=self._environment(users_language),
                )
        except (GitCommandNotFound, FileNotFoundError) as error:
            raise no_git_error() from error
        except OSError as error:
            raise RepositoryError(f"{action}时启动不了 git：{error.strerror}", "看看内存和权限") from error
        return Answer(code, out, decoded(err.encode("utf-8", "surrogateescape")))

    def _environment(self, users_language: bool) -> Mapping[str, str]:
        places = self.places
        ours = {
            "GIT_DIR": places.git_dir,
            "GIT_WORK_TREE": places.top,
            "GIT_INDEX_FILE": places.index,
            "GIT_COMMON_DIR": places.common_dir,
            "GIT_OBJECT_DIRECTORY": places.common_dir / "objects",
        }
        present = {name for name in _FOLLOWED if name in os.environ}
        if present & {"GIT_DIR", "GIT_WORK_TREE"}:
            present |= {"GIT_DIR", "GIT_WORK_TREE"}
        environment = {name: os.fspath(ours[name]) for name in present}
        environment |= {name: "0" for name in _PATHSPECS if name in os.environ}
        if users_language:
            # GitPython forces C; an empty variable is as good as none (POSIX, section 8.2).
            environment |= {name: os.environ.get(name, "") for name in ("LC_ALL", "LANGUAGE")}
        return environment


def _load_git() -> git.Git:
    """GitPython's front to the git binary.  Raises :class:`RepositoryError` where git is not installed."""
    try:
        # 84 ms and one `git version`: only for those who get here.
        import git
    except ImportError as error:
        raise no_git_error() from error
    return git.Git()


def no_git_error() -> RepositoryError:
    """There is no git on this machine."""
    return RepositoryError(
        "找不到 git 程序",
        "安装 git 后再试：Debian、Ubuntu、麒麟、统信用 sudo apt install git，"
        "openEuler 用 sudo dnf install git，"
        "macOS 用 xcode-select --install，Windows 从 git 官网下载；装好后 git --version 应能运行",
    )
