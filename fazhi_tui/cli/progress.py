"""One line that tells what is being done, on a terminal only, and goes away when it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fazhi_tui.domain.text.visible import one_line


@contextmanager
def progress_line() -> Iterator[Callable[[str], bool]]:
    """Give what is told each step; it always answers True, since Ctrl+C stops a command."""
    shown = ""

    def going(line: str) -> bool:
        nonlocal shown
        if line and line != shown and sys.stderr.isatty():
            shown = line
            sys.stderr.write(f"\r\x1b[K{one_line(line, 70)}")
            sys.stderr.flush()
        return True

    try:
        yield going
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
