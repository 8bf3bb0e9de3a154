"""A real terminal multiplexer with one window in it, typed into and read as a person would."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

#: For every test that needs one: ``pytestmark = NEEDS_TMUX``.
NEEDS_TMUX = [
    pytest.mark.tmux,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed; .ci/run installs it"),
]


class Tmux:
    """A tmux server of its own (its socket in ``folder``), one window of ``columns`` x ``lines``.

    ``environ`` is added to the environment of the shell in it.
    """

    def __init__(
        self,
        folder: Path,
        cwd: Path,
        columns: int = 120,
        lines: int = 40,
        *,
        environ: dict[str, str] | None = None,
    ) -> None:
        self._socket = folder / "tmux"
        extra = [f"{name}={value}" for name, value in (environ or {}).items()]
        self._run(
            "-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(lines), "-c", str(cwd),
            "env", "PS1=$ ", *extra, "bash", "--norc", "--noprofile",
        )  # fmt: skip
        self.wait_for("$")

    def type(self, text: str) -> None:
        """Type characters one after the other, as a keyboard or an input method sends them."""
        self._run("send-keys", "-l", "--", text)

    def press(self, *keys: str) -> None:
        """Press named keys: ``Enter``, ``Tab``, ``Escape``, ``F2``, ``C-p``."""
        self._run("send-keys", *keys)

    def screen(self) -> str:
        """What is on the screen now, as text."""
        return self._run("capture-pane", "-p")

    def styled(self) -> list[str]:
        """The lines of the screen with the escape sequences of their colours and styles."""
        return self._run("capture-pane", "-p", "-e").split("\n")

    def resize(self, columns: int, lines: int) -> None:
        """Drag the window to another size."""
        self._run("resize-window", "-x", str(columns), "-y", str(lines))

    def wait_for(self, *texts: str, gone: str = "", timeout: float = 30) -> str:
        """Wait until all ``texts`` are on the screen and ``gone`` is not; gives the screen."""

        def wanted(shown: str) -> bool:
            return all(text in shown for text in texts) and not (gone and gone in shown)

        return self.wait_until(wanted, f"{texts}" + (f" without {gone!r}" if gone else ""), timeout=timeout)

    def wait_until(self, wanted: Callable[[str], bool], what: str, *, timeout: float = 30) -> str:
        """Wait until the screen's text is as ``wanted``; gives it.  ``what`` is for the failure."""
        end = time.monotonic() + timeout
        while True:
            shown = self.screen()
            if wanted(shown):
                return shown
            if time.monotonic() > end:
                raise AssertionError(f"never on the screen: {what}\n{shown}")
            time.sleep(0.05)

    def program(self, name: str = "fazhi") -> int:
        """The process below the window's shell whose command line names ``name``; its id."""
        shell = self._run("list-panes", "-F", "#{pane_pid}").strip()
        found = _below(int(shell), name)
        if found is None:
            raise AssertionError(f"no {name} is running below {shell}\n{self.screen()}")
        return found

    def close(self) -> None:
        """End the server and all in it."""
        self._run("kill-server")

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-S", str(self._socket), *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"tmux {' '.join(words)}: {done.stderr}")
        return done.stdout


def _below(parent: int, name: str) -> int | None:
    """The child or grandchild of a process that runs the script ``name``."""
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
    children: dict[int, list[tuple[int, str]]] = {}
    for line in listed.splitlines():
        pid, ppid, args = line.split(None, 2)
        children.setdefault(int(ppid), []).append((int(pid), args))
    waiting = [parent]
    while waiting:
        for child, arguments in children.get(waiting.pop(), []):
            if any(word.rpartition("/")[2] == name for word in arguments.split()):
                return child
            waiting.append(child)
    return None
