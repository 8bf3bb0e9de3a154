"""The size of the terminal that the screen is drawn in; loads nothing, for the first picture waits for it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def use_own_size() -> None:
    """Let the terminal tell its size, now and when it changes, not COLUMNS and LINES.

    A shell that has exported them (``watch``, editors' terminals and some profiles do) froze the size of that
    moment: the screen would take no notice of a larger or smaller window.  Where the terminal itself knows no
    size they are all there is, and stay.
    """
    with suppress(OSError, ValueError, AttributeError):
        if all(os.get_terminal_size(sys.__stdout__.fileno())):  # type: ignore[union-attr]
            os.environ.pop("COLUMNS", None)
            os.environ.pop("LINES", None)
