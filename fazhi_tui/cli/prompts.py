"""Asking a person at the terminal, and having them write in their editor."""

from __future__ import annotations

import sys
from collections.abc import Callable

from fazhi_tui.cli.output import err


def confirm(question: str) -> bool:
    """Ask yes or no on the terminal; no by default and at the end of input."""
    sys.stdout.flush()
    sys.stderr.write(f"{question}[y/N] ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().lower()
    return answer in ("y", "yes", "是", "ｙ")


def edited(text: str, explanation: str, name: str, keep: Callable[[str], None]) -> str:
    """What a person made of ``text`` in their editor; see :mod:`fazhi_tui.service.notes.external_editor`."""
    # Loaded when it is needed: a report with its message on the command line opens no editor.
    from fazhi_tui.service.notes.external_editor import edited as in_editor

    return in_editor(text, explanation, name, keep, lambda said: err(f"提醒：{said}。"))
