"""Run as a program: has ``fazhi`` loaded, and runs each command line that it reads in a process of its own.

A line is JSON: ``{"words": [...], "out": file, "step": n, "count": m}``.  ``m`` processes one after the other
run the words, what they say goes to the file; each is killed, with whatever it has started, just before its
``n``-th step (0: never).  A step is a change of a file or the start of a program, so that all the moments at
which a process can die between two of them are tried.  The answer is a line with the exit codes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "subprocess.Popen", "os.posix_spawn"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _is_step(event: str, given: tuple[Any, ...]) -> bool:
    if event == "open":
        return isinstance(given[2], int) and bool(given[2] & _WRITES) and given[0] != os.devnull
    return event in STEPS


def _child(words: list[str], out: str, step: int) -> int:
    from fazhi_tui.cli import run

    os.setsid()
    said = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(said, 1)
    os.dup2(said, 2)
    left = step

    def count(event: str, given: tuple[Any, ...]) -> None:
        nonlocal left
        if _is_step(event, given):
            left -= 1
            if left == 0:
                os.killpg(0, signal.SIGKILL)

    if step:
        sys.addaudithook(count)
    code = run(words)
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _serve() -> None:
    import fazhi_tui.cli.app
    import fazhi_tui.cli.commands.report
    import fazhi_tui.service.writer
    import fazhi_tui.vcs.repository  # noqa: F401

    for line in sys.stdin:
        asked = json.loads(line)
        codes: list[int] = []
        for _ in range(asked["count"]):
            pid = os.fork()
            if pid == 0:
                os._exit(_child(asked["words"], asked["out"], asked["step"]))
            codes.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        print(json.dumps(codes), flush=True)


class Forking:
    """Such a program, at work in a folder."""

    def __init__(self, root: Path) -> None:
        self._running = subprocess.Popen(
            [sys.executable, __file__], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self, words: list[str], out: Path, *, step: int = 0, count: int = 1) -> None:
        """Have the words run."""
        assert self._running.stdin is not None
        asked = {"words": words, "out": str(out), "step": step, "count": count}
        self._running.stdin.write(json.dumps(asked) + "\n")
        self._running.stdin.flush()

    def codes(self) -> list[int]:
        """Wait for what was begun; the exit codes, -9 for a process that was killed."""
        assert self._running.stdout is not None
        return list(json.loads(self._running.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self._running.communicate(timeout=20)


if __name__ == "__main__":
    _serve()
