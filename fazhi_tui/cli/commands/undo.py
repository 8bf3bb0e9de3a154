"""``fazhi undo``: take one report back by a new commit."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from fazhi_tui.cli.completion.completer import complete_commit
from fazhi_tui.cli.options import RepoOption, TodayOption, open_reader
from fazhi_tui.cli.output import err, out
from fazhi_tui.cli.prompts import confirm
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.service.writer import Writer

app = typer.Typer()


@app.command("undo")
def undo(
    context: typer.Context,
    commit: Annotated[
        str | None,
        typer.Argument(
            metavar="提交", help="要撤销的提交号；不写则是自己最近一次填报。", autocompletion=complete_commit
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示将撤销什么，不改动任何文件。")] = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> int:
    """撤销一次填报：先显示要撤销的内容，经确认后另作一个提交，历史不改写。

    例：
      fazhi undo --dry-run
      fazhi undo --yes
    """
    writer = Writer(open_reader(context, repo, today))
    action = prepare_undo(writer.reader.load(), writer.reader.repository, commit)
    out("\n".join(_preview(action)))
    if dry_run:
        return 0
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("没有终端，无法询问是否撤销", "确定要撤销，请加 --yes")
        if not confirm("撤销这次填报？"):
            err("没有撤销。")
            return 1
    done = writer.commit(action)
    out(f"已撤销，提交 {done.commit[:8]}：{one_line(action.subject)}")
    return 0


def _preview(action: Action) -> list[str]:
    lines = [f"撤销提交 {action.undoes[:8]}："]
    for note in action.notes:
        lines.append(
            f"  第 {one_line(note.measure)} 条  {one_line(note.unit)}  {note.kind}"
            f"  {note.time:%Y-%m-%d %H:%M}"
        )
        if note.status is not None and note.status != note.status_before:
            lines.append(f"  状态由 {note.status} 退回 {note.status_before}")
        lines += [f"    {line}" for line in visible(note.body).strip("\n").split("\n")]
    return [*lines, "将删除：", *(f"  {one_line(path)}" for path in action.removes)]
