"""``fazhi`` and ``fazhi QUERY``: the screen."""

from __future__ import annotations

from typing import Annotated

import typer

from fazhi_tui.cli.command_table import QueryCommand
from fazhi_tui.cli.options import (
    RepoOption,
    TodayOption,
    ViewOption,
    asked_view,
    narrowed,
    open_reader,
    refuse_without_terminal,
)
from fazhi_tui.cli.output import pointing_at

app = typer.Typer()


@app.command("screen", cls=QueryCommand, hidden=True)
def screen(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="筛选", help="筛选条件。")] = None,
    repo: RepoOption = None,
    today: TodayOption = None,
    view: ViewOption = None,
) -> None:
    """打开界面，并按条件筛选。

    例：
      fazhi 28
      fazhi 'lead:sfj status:推进中'
    """
    open_screen(context, " ".join(query or ()).strip(), repo, today, view)


def open_screen(
    context: typer.Context, query: str, repo: str | None, today: str | None, view: str | None = None
) -> None:
    """Open the screen, with a saved view where one is named; refused where there is no terminal."""
    refuse_without_terminal("用 fazhi list 列出措施，或 fazhi --help 查看全部命令")
    reader = open_reader(context, repo, today)
    saved = asked_view(context, reader, view)
    query = narrowed(saved, (query,))
    from fazhi_tui.cli.terminal_size import use_own_size
    from fazhi_tui.tui.launch import run

    use_own_size()
    with pointing_at(query):
        run(reader, query, saved)
