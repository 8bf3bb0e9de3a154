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
    if not arguments and (code := _run_screen()) is not None:
        return code
    from fazhi_tui.cli.app import run_guarded

    return run_guarded(arguments)


def _run_screen() -> int | None:
    """``fazhi`` alone, without the command line's library, whose loading would delay the first picture.

    None where the screen cannot be opened: then the usual way says why.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") in ("dumb", "", None):
        return None
    if "_FAZHI_COMPLETE_LINE" in os.environ:
        return None
    from fazhi_tui.domain.model.errors import FazhiError
    from fazhi_tui.service.locate import clock_day, find_root, today_from

    try:
        from fazhi_tui.service.reader import Reader

        root = find_root(None)
        today = today_from(root)
        reader = Reader(root, today, read_only=today != clock_day(root))
    except (FazhiError, OSError):
        return None
    from fazhi_tui.tui.launch import run as run_app

    try:
        run_app(reader)
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - told in Chinese, as for every command
        from fazhi_tui.cli.app import code_after

        return code_after(error)
    return 0
