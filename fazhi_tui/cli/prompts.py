"""Asking a person at the terminal: before a commit, yes or no, and for text in their editor."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from fazhi_tui.cli.output import err, out, warn
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line, visible

if TYPE_CHECKING:
    from fazhi_tui.service.notes.request import Action
    from fazhi_tui.service.writer import Writer


def agreed(question: str, *, yes: bool, what: str = "提交") -> bool:
    """Whether the person agrees, or said so before by ``--yes``; that nothing is done is told.

    Without ``yes`` it is asked on the terminal; no by default and at the end of input.

    Raises :class:`UsageError` where there is nobody to ask.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        preview = "；只看不提交，请加 --dry-run" if what == "提交" else ""
        raise UsageError(f"没有终端，无法询问是否{what}", f"确定要{what}，请加 --yes{preview}")
    sys.stdout.flush()
    sys.stderr.write(f"{question}[y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() in ("y", "yes", "是", "ｙ"):
        return True
    err(f"没有{what}。")
    return False


def commit_action(
    writer: Writer, action: Action, question: str, *, dry_run: bool, yes: bool, texts: bool = True
) -> int:
    """Show an action, ask, and commit it; the exit code.  Without ``texts`` files are named only."""
    print_preview(action, texts=texts)
    if dry_run:
        return 0
    if not agreed(question, yes=yes):
        return 1
    done = writer.commit(action)
    out(f"已提交 {done.commit[:8]}：{one_line(action.subject)}")
    return 0


def print_preview(action: Action, *, texts: bool = True) -> None:
    """The files and the commit as they would be; the files' names alone without ``texts``."""
    for path, content in action.writes.items():
        out(f"文件 {one_line(path)}")
        if not texts:
            continue
        out(_indented(content) if isinstance(content, str) else f"  （佐证材料，{len(content)} 字节）")
        out()
    out("提交")
    out(_indented(action.message))
    for warning in action.warnings:
        warn(warning)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in visible(text).rstrip("\n").split("\n"))


def edited(text: str, explanation: str, name: str, keep: Callable[[str], None]) -> str:
    """What a person made of ``text`` in their editor; see :mod:`fazhi_tui.service.notes.external_editor`."""
    # Loaded when it is needed: a report with its message on the command line opens no editor.
    from fazhi_tui.service.notes.external_editor import edited as in_editor

    return in_editor(text, explanation, name, keep, lambda said: err(f"提醒：{said}。"))
