"""Long output a page at a time, as git does it: on a terminal, through the person's own pager."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress

from fazhi_tui.cli.output import out


def out_paged(lines: list[str]) -> None:
    """Lines on standard output; where they do not fit, through ``GIT_PAGER``, ``PAGER`` or less."""
    command = _pager() if sys.stdout.isatty() else []
    height = shutil.get_terminal_size().lines
    if not command or len(lines) < height:
        out("\n".join(lines))
        return
    # Leave at once what fits, keep colours, leave the text on the screen: as git sets it.
    environ = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environ)
    except OSError:
        out("\n".join(lines))
        return
    # A pager that is left early closes its end.
    with suppress(BrokenPipeError):
        process.communicate(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
    process.wait()


def _pager() -> list[str]:
    for variable in ("GIT_PAGER", "PAGER"):
        text = os.environ.get(variable)
        if text is not None:
            return [] if text.strip() in ("", "cat") else shlex.split(text)
    return ["less"] if shutil.which("less") else []
