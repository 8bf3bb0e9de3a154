"""``fazhi`` and ``fazhi QUERY``: the screen."""

from __future__ import annotations

from fazhi_tui.cli.options import argument, refuse_without_terminal
from fazhi_tui.cli.output import pointing_at
from fazhi_tui.cli.read_context import ReadContext, command


@command("screen", "repo", "today", "view", words=argument("筛选", "筛选条件。"), query=True, hidden=True)
def screen(read: ReadContext) -> None:
    """打开界面，并按条件筛选。

    例：
      fazhi 28
      fazhi 'lead:sfj status:推进中'
    """
    open_screen(read)


def open_screen(read: ReadContext) -> None:
    """Open the screen, with a saved view where one is named; refused where there is no terminal."""
    refuse_without_terminal("用 fazhi list 列出措施，或 fazhi --help 查看全部命令")
    reader = read.reader
    query = read.query
    from fazhi_tui.tui.launch import run

    with pointing_at(query):
        run(reader, query, read.saved_view)
