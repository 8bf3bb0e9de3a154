"""What may be given before a command's name, the tracker that it leads to, and values understood.

All values reach the commands as text and are understood here or by the service: Typer's own
conversion would load pydantic for each of them, and would complain in English.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader

#: Makes every command of this process and its children read-only.
READ_ONLY_VARIABLE = "FAZHI_READ_ONLY"

#: Gives (value, explanation) of what may stand there, for what was typed of it.
Completer = Callable[[typer.Context, str], list[tuple[str, str]]]

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Place:
    """Which tracker, as of when: the options given before the command's name, or those with its own."""

    repo: str | None = None
    today: str | None = None
    at: str | None = None
    read_only: bool = False
    view: str | None = None

    def open(self, *, members: bool = False) -> Reader:
        """The reader; ``members`` counts collectives for their members whatever the settings say.

        With ``at`` everything reads as it stood on a day, at a tag or a commit, and the lights count from
        then unless ``today`` says otherwise.  Raises :class:`RepositoryError` where there is no tracker,
        :class:`UsageError` for a bad date.
        """
        from fazhi_tui.service.locate import clock_day, find_root, today_from
        from fazhi_tui.service.reader import Reader

        root = find_root(self.repo)
        today = today_from(root, self.today)
        return Reader(
            root,
            today,
            members or None,
            at=self.at or "",
            keep_today=bool(self.today),
            # What is filed bears the day that it is.
            read_only=self.read_only or today != clock_day(root),
        )


def place_of(context: typer.Context) -> Place:
    """The options that were given before the command's name."""
    before = context.find_root().obj
    return before if isinstance(before, Place) else Place()


def wants_read_only(option: bool) -> bool:
    """Whether nothing may be changed: so says the option, or FAZHI_READ_ONLY with anything but 0."""
    return option or os.environ.get(READ_ONLY_VARIABLE, "") not in ("", "0")


def argument(metavar: str, help: str, complete: Completer | None = None, default: Any = None) -> Any:
    """Declare a word after the command's name, as the default of a command's parameter.

    Where it is left out the parameter is ``default``; with ``...`` it must be there.
    """
    return typer.Argument(default, metavar=metavar, help=help, autocompletion=complete)


def option(
    *names: str, metavar: str, help: str, complete: Completer | None = None, default: Any = None
) -> Any:
    """Declare an option with a value; ``default`` as for :func:`argument`."""
    return typer.Option(default, *names, metavar=metavar, help=help, autocompletion=complete)


def flag(*names: str, help: str) -> Any:
    """Declare an option without a value: False where it is left out."""
    return typer.Option(False, *names, help=help)


def choose(option: str, text: str | None, choices: type[Choice]) -> Choice | None:
    """The member of ``choices`` that ``text`` names, None where the option was left out.

    Raises :class:`UsageError` naming all values, the near ones first.
    """
    if text is None:
        return None
    names = [choice.value for choice in choices]
    if text in names:
        return choices(text)
    near = get_close_matches(text, names, n=2, cutoff=0.5)
    hint = f"是不是 {' 或 '.join(near)}？" if near else ""
    raise UsageError(f"{option} 的值「{one_line(text, 30)}」不认识", f"{hint}可用的值：{'、'.join(names)}")


def whole_number(option: str, text: str | None, *, suffix: str = "") -> int | None:
    """A whole number typed after ``option`` (``suffix``, e.g. ``%``, may follow it); None where left out."""
    if text is None:
        return None
    digits = text.strip().removesuffix(suffix) if suffix else text.strip()
    if digits.isascii() and digits.removeprefix("-").isdigit():
        if len(digits) > 18:
            raise UsageError(f"{option} 的值太大", "最多 18 位")
        return int(digits)
    raise UsageError(f"{option} 的值「{one_line(text, 30)}」不是整数", f"例如 {option} 60")


def one_day(option: str, text: str | None) -> date | None:
    """A date typed after ``option`` (2023-06-30 or 2023年6月30日); None where left out.

    Raises :class:`UsageError` for what is no single day.
    """
    if text is None:
        return None
    from fazhi_tui.domain.deadlines.dates import parse_day_range

    found = parse_day_range(text, date(2000, 1, 1))
    if found.start is None or found.start != found.end or text.strip() in ("今天", "today", "0d"):
        raise UsageError(f"{option} 的值「{one_line(text, 30)}」不是某一天", f"例如 {option} 2023-06-30")
    return found.start


def refuse_without_terminal(instead: str) -> None:
    """Raise UsageError where there is no terminal to draw on; ``instead`` is what can be done there."""
    if os.environ.get("TEXTUAL_DRIVER"):
        # Something else draws the screen: a browser, for `fazhi serve`.
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("没有终端，打不开界面", instead)
    if os.environ.get("TERM") in ("dumb", ""):
        raise UsageError("这个终端（TERM=dumb）画不了界面", instead)
