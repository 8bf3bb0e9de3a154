"""Options that every command has, and what they lead to: one reader.

All values reach the commands as text and are understood here or by the service: Typer's own
conversion would load pydantic for each of them, and would complain in English.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.domain.model.saved_view import SavedView
    from fazhi_tui.service.reader import Reader

RepoOption = Annotated[
    str | None,
    typer.Option("--repo", metavar="目录", help="台账所在目录；不写则取 FAZHI_REPO，再逐级向上寻找。"),
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="日期", help="以这一天计算灯和期限，如 2023-06-30；不写则取今天。"),
]
MembersOption = Annotated[
    bool, typer.Option("--members", help="集合（如 市政府各委办局）所担的也算作其成员单位的。")
]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="日期|标签|提交",
        help="按那时的情形显示，直接从 git 读取，不动工作区；如 2023-06-30。",
    ),
]


def _views(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from fazhi_tui.cli.completion.completer import complete_view

    return complete_view(context, incomplete)


ViewOption = Annotated[
    str | None,
    typer.Option(
        "--view",
        metavar="视图",
        help="用存下的视图：名称或它的键；fazhi views 列出全部。",
        autocompletion=_views,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，键名与文件相同。")]

#: Makes every command of this process and its children read-only.
READ_ONLY_VARIABLE = "FAZHI_READ_ONLY"

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Place:
    """The options that were given before the command's name."""

    repo: str | None = None
    today: str | None = None
    at: str | None = None
    read_only: bool = False
    view: str | None = None


def open_reader(
    context: typer.Context,
    repo: str | None,
    today: str | None,
    *,
    members: bool = False,
    at: str | None = None,
) -> Reader:
    """The reader that a command works on; options after the command's name win over those before it.

    ``members`` counts collectives for their members whatever the settings say; ``at`` reads everything as it
    stood on a day, at a tag or a commit, and lets the lights count from then unless ``--today`` says
    otherwise.  Where the options before the command say read-only, nothing can be written.

    Raises :class:`RepositoryError` where there is no tracker, :class:`UsageError` for a bad date.
    """
    from fazhi_tui.service.locate import find_root, today_from
    from fazhi_tui.service.reader import Reader

    place = place_of(context)
    given = today or place.today
    return Reader(
        find_root(repo or place.repo),
        today_from(given),
        members or None,
        at=at or place.at or "",
        keep_today=bool(given),
        read_only=place.read_only,
    )


def place_of(context: typer.Context) -> Place:
    """The options that were given before the command's name."""
    before = context.find_root().obj
    return before if isinstance(before, Place) else Place()


def wants_read_only(option: bool) -> bool:
    """Whether nothing may be changed: so says the option, or FAZHI_READ_ONLY with anything but 0."""
    return option or os.environ.get(READ_ONLY_VARIABLE, "") not in ("", "0")


def asked_view(context: typer.Context, reader: Reader, name: str | None) -> SavedView | None:
    """The saved view that ``--view`` names, after the command or before it; None where it was left out.

    Raises :class:`UsageError` where there is none of that name.
    """
    before = context.find_root().obj
    wanted = name if name is not None else before.view if isinstance(before, Place) else None
    if wanted is None:
        return None
    from fazhi_tui.service.plan.saved_views import kept_views

    return kept_views(reader.root).named(wanted).view


def narrowed(saved: SavedView | None, query: Iterable[str] | None) -> str:
    """The query of a view, narrowed by what was typed beside it."""
    return " ".join(part for part in (saved.query if saved else "", *(query or ())) if part).strip()


def choose(option: str, text: str | None, choices: type[Choice]) -> Choice | None:
    """The member of ``choices`` that ``text`` names, None where the option was left out.

    Raises :class:`UsageError` naming all values, the near ones first.
    """
    if text is None:
        return None
    names = [choice.value for choice in choices]
    if text in names:
        return choices(text)
    raise UsageError(f"{option} 的值「{one_line(text, 30)}」不认识", _nearest(text, names))


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


def _nearest(text: str, names: Iterable[str]) -> str:
    names = list(names)
    near = get_close_matches(text, names, n=2, cutoff=0.5)
    known = "可用的值：" + "、".join(names)
    return f"是不是 {' 或 '.join(near)}？{known}" if near else known


def refuse_without_terminal(instead: str) -> None:
    """Raise UsageError where there is no terminal to draw on; ``instead`` is what can be done there."""
    if os.environ.get("TEXTUAL_DRIVER"):
        # Something else draws the screen: a browser, for `fazhi serve`.
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("没有终端，打不开界面", instead)
    if os.environ.get("TERM") in ("dumb", ""):
        raise UsageError("这个终端（TERM=dumb）画不了界面", instead)
