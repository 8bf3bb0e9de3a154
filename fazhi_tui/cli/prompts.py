"""Asking a person at the terminal: before a commit, yes or no, and for text in their editor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from fazhi_tui.cli.output import err, out, paint, warn
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line, visible

if TYPE_CHECKING:
    from fazhi_tui.service.notes.request import Action
    from fazhi_tui.service.writer import Writer

#: So many files are shown with what changes in them; the commit's message tells of more, one line each.
_FEW = 5
#: By the first sign of a diff's line.
_DIFF_COLOURS = {"@": "36", "-": "31", "+": "32"}


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


def commit_action(writer: Writer, action: Action, question: str, *, dry_run: bool, yes: bool) -> int:
    """Show an action, ask, and commit it; the exit code.  More than a few files are named only."""
    # Loaded where something is changed: a list of units needs no git.
    from fazhi_tui.service.action_diff import action_diff

    few = len(action.writes) <= _FEW
    print_preview(action, action_diff(writer.reader.repository, action) if few else None)
    if dry_run:
        return 0
    if not agreed(question, yes=yes):
        return 1
    done = writer.commit(action)
    out(f"已提交 {done.commit[:8]}：{one_line(action.subject)}")
    return 0


def print_preview(action: Action, diffs: Mapping[str, Sequence[str]] | None = MappingProxyType({})) -> None:
    """The files and the commit as they would be: a file that there is by its ``diffs``, a new one whole.

    The files' names alone where ``diffs`` is None.
    """
    for path, content in action.writes.items():
        out(f"文件 {one_line(path)}")
        if diffs is None:
            continue
        if path in diffs:
            out("\n".join(paint(_indented(line), _DIFF_COLOURS.get(line[:1], "0")) for line in diffs[path]))
        else:
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
