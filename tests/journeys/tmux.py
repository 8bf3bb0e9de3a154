"""A real terminal multiplexer with one window in it, typed into and read as a person would."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path


class Tmux:
    """A tmux server of its own (its socket in ``folder``), one window of ``columns`` x ``lines``."""

    def __init__(self, folder: Path, cwd: Path, columns: int = 120, lines: int = 40) -> None:
        self._socket = folder / "tmux"
        self._run(
            "-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(lines), "-c", str(cwd),
            "env", "PS1=$ ", "bash", "--norc", "--noprofile",
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

    def wait_for(self, *texts: str, gone: str = "", timeout: float = 30) -> str:
        """Wait until all ``texts`` are on the screen and ``gone`` is not; gives the screen."""
        end = time.monotonic() + timeout
        while True:
            shown = self.screen()
            if all(text in shown for text in texts) and not (gone and gone in shown):
                return shown
            if time.monotonic() > end:
                wanted = f"{texts}" + (f" without {gone!r}" if gone else "")
                raise AssertionError(f"never on the screen: {wanted}\n{shown}")
            time.sleep(0.05)

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
