"""Running the real git through GitPython, and nothing else of GitPython.

Neither ``Repo`` (which reads git's configuration with a parser of its own) nor ``repo.index`` (which
writes an index without hooks, attributes and extensions) is used: ``git.Git`` starts the user's git.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timezone
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from fazhi_tui.domain.as_of import zone_in
from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.vcs.error_messages import LOCKED, explain
from fazhi_tui.vcs.paths import Places

if TYPE_CHECKING:
    from io import BufferedReader

    import git

#: Every exit code, death by signal included: the caller looks at it.
ANY = range(-64, 256)
#: How long a git that holds a lock is waited for, in seconds.
PATIENCE = 2.0
#: How often it is asked whether to go on, in seconds, and how long a stopped git may take to tidy up.
_TICK, _TIDYING = 0.1, 5.0

#: Told a line of git's progress, or an empty text where there is nothing new; False stops git.
Going = Callable[[str], bool]


class CancelledError(RepositoryError):
    """A person stopped what was under way; nothing was changed by it."""

    exit_code = 1


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

    @cached_property
    def zone(self) -> timezone:
        """The plan's 时区: times of commits are told in it, days are taken in it."""
        try:
            text = (self.places.root / "plan" / "plan.yaml").read_text("utf-8", "replace")
        except OSError:
            text = ""
        return zone_in(text)

    def run(
        self,
        *words: str,
        action: str,
        ok: Sequence[int] = (0,),
        stdin: bytes | None = None,
        users_language: bool = False,
        given_index: bool = False,
        patience: float = 0.0,
        environ: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """Run ``git words…`` in the root and give its answer.

        ``action`` names it in Chinese for an error.  Exit codes outside ``ok`` raise :class:`GitError`.
        ``users_language`` keeps the user's locale, which hooks inherit; otherwise git speaks English.
        ``given_index`` looks at the index that a hook's environment names: that of the commit to be.
        ``environ`` is added to the environment.
        While another process holds a lock file the command is tried again for ``patience`` seconds.
        """
        deadline = time.monotonic() + patience
        while True:
            environment = {**self._environment(users_language, given_index=given_index), **environ}
            answer = self._once(words, action, stdin, environment)
            if answer.code in ok:
                return answer
            if not LOCKED.search(answer.err) or time.monotonic() >= deadline:
                raise explain(action, answer.said, answer.code)
            time.sleep(0.05)

    def _once(
        self, words: Sequence[str], action: str, stdin: bytes | None, environment: Mapping[str, str]
    ) -> Answer:
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
                    env=environment,
                )
        except (GitCommandNotFound, FileNotFoundError) as error:
            raise no_git_error() from error
        except OSError as error:
            raise RepositoryError(
                f"{action}时启动不了 git：{system_words(error)}", "看看内存和权限"
            ) from error
        return Answer(code, out, decoded(err.encode("utf-8", "surrogateescape")))

    def watch(self, *words: str, action: str, going: Going, ask: bool) -> Answer:
        """Run ``git words…``, telling ``going`` what it says meanwhile; the answer whatever its exit code.

        ``ask`` lets git and ssh ask for a password at the terminal; otherwise they are cut off from it and
        fail instead.  Raises :class:`CancelledError` once ``going`` answers False.
        """
        from git.exc import GitCommandNotFound

        executable = self._git.GIT_PYTHON_GIT_EXECUTABLE or "git"
        command = [executable, "-C", os.fspath(self.places.root), *words]
        environment = dict(self._environment())
        if not ask:
            environment |= {"GIT_TERMINAL_PROMPT": "0"}
        try:
            started = self._git.execute(command, as_process=True, env=environment, start_new_session=not ask)
        except (GitCommandNotFound, FileNotFoundError) as error:
            raise no_git_error() from error
        except OSError as error:
            raise RepositoryError(
                f"{action}时启动不了 git：{system_words(error)}", "看看内存和权限"
            ) from error
        process = started.proc
        assert process is not None
        return _Watched(process, own_group=not ask).finish(action, going)

    def _environment(self, users_language: bool = False, *, given_index: bool = False) -> Mapping[str, str]:
        places = self.places
        ours = {
            "GIT_DIR": places.git_dir,
            "GIT_WORK_TREE": places.top,
            "GIT_INDEX_FILE": places.index,
            "GIT_COMMON_DIR": places.common_dir,
            "GIT_OBJECT_DIRECTORY": places.common_dir / "objects",
        }
        present = {name for name in _FOLLOWED if name in os.environ}
        if given_index:
            present.discard("GIT_INDEX_FILE")
        if present & {"GIT_DIR", "GIT_WORK_TREE"}:
            present |= {"GIT_DIR", "GIT_WORK_TREE"}
        environment = {name: os.fspath(ours[name]) for name in present}
        environment |= {name: "0" for name in _PATHSPECS if name in os.environ}
        if users_language:
            # GitPython forces C; an empty variable is as good as none (POSIX, section 8.2).
            environment |= {name: os.environ.get(name, "") for name in ("LC_ALL", "LANGUAGE")}
        return environment


class _Watched:
    """A git that is running: both its outputs are read as they come, so that neither fills up."""

    def __init__(self, process: subprocess.Popen[bytes], *, own_group: bool) -> None:
        self._process = process
        self._own_group = own_group
        self._out: list[bytes] = []
        self._err: list[str] = []
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def finish(self, action: str, going: Going) -> Answer:
        """Wait for its end; stop it where ``going`` says so or anything else ends the waiting."""
        threads = [threading.Thread(target=read, daemon=True) for read in (self._read_out, self._read_err)]
        for thread in threads:
            thread.start()
        try:
            while True:
                try:
                    line = self._lines.get(timeout=_TICK)
                except queue.Empty:
                    line = ""
                if line is None:
                    break
                if not going(line):
                    raise CancelledError(f"{action}已取消", "什么也没有丢，随时可以再来一次")
            code = self._process.wait()
        except BaseException:
            self._stop()
            raise
        finally:
            for thread in threads:
                thread.join(_TIDYING)
        return Answer(code, b"".join(self._out), "\n".join(self._err))

    def _read_out(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream, suppress(OSError, ValueError):
            while part := stream.read(65536):
                self._out.append(part)

    def _read_err(self) -> None:
        """Lines end in a line feed; those of a progress that goes on, in a carriage return."""
        assert self._process.stderr is not None
        rest = b""
        with self._process.stderr as stream, suppress(OSError, ValueError):
            # read1: what has come by now, not all that will.
            while part := cast("BufferedReader", stream).read1(65536):
                *lines, rest = (rest + part).replace(b"\r\n", b"\n").split(b"\n")
                for line in lines:
                    self._say(line, keep=True)
                *passing, last = rest.split(b"\r")
                for line in passing:
                    self._say(line, keep=False)
                rest = last
        if rest:
            self._say(rest, keep=True)
        self._lines.put(None)

    def _say(self, line: bytes, *, keep: bool) -> None:
        text = decoded(line.rpartition(b"\r")[2] or line.strip(b"\r")).rstrip()
        if text:
            self._lines.put(text)
            if keep:
                self._err.append(text)

    def _stop(self) -> None:
        """End git and what it started; git tidies up half of a pack itself when it is asked to end."""
        for way in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
            with suppress(OSError):
                if self._own_group and hasattr(os, "killpg"):
                    os.killpg(self._process.pid, way)
                else:
                    self._process.send_signal(way)
            try:
                self._process.wait(_TIDYING)
            except subprocess.TimeoutExpired:
                continue
            return


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
