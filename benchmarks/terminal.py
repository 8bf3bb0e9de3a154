"""A program in a real pseudo-terminal, and how long until it shows something."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

#: Seconds after which a program that has not shown what it should is given up.
PATIENCE = 30.0


class Terminal:
    """Runs ``words`` in ``folder``; ``shown`` is everything it has written since the last :meth:`send`."""

    def __init__(
        self,
        words: Sequence[str],
        folder: Path,
        environ: Mapping[str, str],
        *,
        columns: int = 120,
        lines: int = 40,
    ) -> None:
        self.shown = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            # The size is there before the program asks for it.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.chdir(folder)
            os.execvpe(words[0], list(words), {**environ, "TERM": "xterm-256color"})

    def wait_for(self, *texts: str) -> float:
        """Read until all ``texts`` have been written; gives the moment of the last piece (perf_counter)."""
        end = time.perf_counter() + PATIENCE
        while not all(text in self.shown for text in texts):
            if time.perf_counter() > end or not self._read(1.0):
                raise RuntimeError(f"never shown: {texts}; the end of the output was {self.shown[-500:]!r}")
        return time.perf_counter()

    def send(self, text: str) -> float:
        """Type ``text``; what is shown counts from here on.  Gives the moment of typing."""
        self.settle()
        self.shown = ""
        moment = time.perf_counter()
        os.write(self._fd, text.encode())
        return moment

    def settle(self, quiet: float = 0.4) -> None:
        """Read until nothing has come for ``quiet`` seconds (a blinking cursor ends the wait, too)."""
        end = time.perf_counter() + 2 * quiet
        while time.perf_counter() < end and select.select([self._fd], [], [], quiet)[0]:
            if not self._read(0):
                return

    def close(self) -> None:
        """End the program and read what it still says."""
        os.kill(self.pid, signal.SIGTERM)
        while self._read(0.5):
            pass
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _read(self, wait: float) -> bool:
        """Read what there is within ``wait`` seconds; false when the program has gone."""
        if not select.select([self._fd], [], [], wait)[0]:
            return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.shown += self._decoder.decode(data)
        return bool(data)
