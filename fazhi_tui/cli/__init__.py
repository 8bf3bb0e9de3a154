"""The command line (Typer): reads and prints; every use case is ``fazhi_tui.service``'s.

One module a command or a small family; a command's module is imported when that command runs, so
that ``fazhi list`` loads neither git nor textual (DESIGN.md, section 5).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def main() -> None:
    """The entry point ``fazhi``: run on the process's arguments and leave with an exit code."""
    # A command makes objects to keep them until it ends; looking for garbage meanwhile costs 4 % of
    # its time.  The screen turns it on again.
    gc.disable()
    from fazhi_tui.cli.output import use_utf8

    use_utf8()
    code = run(sys.argv[1:])
    if "textual" not in sys.modules:
        # All is written and closed; taking the interpreter apart would cost a tenth of a list's time.
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; gives the exit code of DESIGN.md, section 8, and never raises.

    130 is Ctrl+C and 141 a reader that closed the pipe, as shells count them.
    """
    from fazhi_tui.cli.running import run_guarded

    return run_guarded(arguments)
