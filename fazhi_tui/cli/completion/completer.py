"""Shell completion: what may follow the words typed so far.

The scripts hand over the line up to the cursor in ``_FAZHI_COMPLETE_LINE`` and get one candidate a
line: the value, a tab, an explanation.  The line is taken apart here, because bash cuts words at
every colon and ``牵头:市`` would reach it in three pieces.
"""

from __future__ import annotations

import os
from typing import Any

from fazhi_tui.cli import typer_internals
from fazhi_tui.cli.command_table import shielded
from fazhi_tui.cli.help import summary
from fazhi_tui.cli.output import out
from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.text.visible import one_line

_LINE, _SHELL = "_FAZHI_COMPLETE_LINE", "_FAZHI_COMPLETE_SHELL"


def asked() -> bool:
    """Whether this process was started by a completion script."""
    return _LINE in os.environ


def answer(group: Any) -> int:
    """Print what may come next on the line that the script handed over; gives the exit code.

    Nothing is said where the tracker cannot be read: completion must not disturb the line.
    """
    words, typed = split_line(os.environ[_LINE])
    try:
        found = candidates(group, words[1:], typed)
    except FazhiError:
        return 0
    hidden = _hidden_part(typed) if (is_bash := os.environ.get(_SHELL) == "bash") else ""
    if is_bash and len(found) > 1 and not any(value.startswith(typed) for value, _ in found):
        # bash would put 市, which they have in common, in the place of "sf"; of this they have nothing.
        found.append((typed, ""))
    for value, text in found:
        out(f"{one_line(value).removeprefix(hidden)}\t{one_line(text, 60)}")
    return 0


def split_line(line: str) -> tuple[list[str], str]:
    """The whole words of a command line and the word that the cursor is in (empty after a blank)."""
    import shlex  # loaded when a shell asks, and by no command

    lexer = shlex.shlex(line, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words: list[str] = []
    open_quote = False
    try:
        words.extend(lexer)
    except ValueError:
        # An open quotation mark or a trailing backslash: what there is of the word is in the lexer.
        words.append(lexer.token)
        open_quote = True
    if words and (open_quote or not line[-1:].isspace()):
        return words[:-1], words[-1]
    return words, ""


def candidates(group: Any, words: list[str], typed: str) -> list[tuple[str, str]]:
    """(value, explanation) of everything that may stand where ``typed`` stands after ``words``."""
    # A term turned round begins with "-" and is no option: marked as when the line is run.
    (marked,) = shielded([typed])
    extra = len(marked) - len(typed)
    found = typer_internals.candidates(group, words, marked)
    return [(value[extra:], summary(text)) for value, text in found if value]


def _hidden_part(typed: str) -> str:
    """What bash, which cuts words at colons, does not want to see again: all up to the last break."""
    breaks = os.environ.get("_FAZHI_COMPLETE_BREAKS", "")
    ends = [typed.rfind(mark) + 1 for mark in ":=<>" if mark in breaks]
    return typed[: max(ends, default=0)]
