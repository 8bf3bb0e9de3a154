"""``fazhi undo``: take one report back by a new commit."""

from __future__ import annotations

from fazhi_tui.cli.completion.values import complete_commit
from fazhi_tui.cli.options import argument, flag
from fazhi_tui.cli.output import out
from fazhi_tui.cli.prompts import agreed
from fazhi_tui.cli.read_context import YES, ReadContext, command
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.notes.undo import prepare_undo


@command("undo", "repo", "today")
def undo(
    read: ReadContext,
    commit: str | None = argument("提交", "要撤销的提交号；不写则是自己最近一次填报。", complete_commit),
    yes: bool = YES,
    dry_run: bool = flag("--dry-run", help="只显示将撤销什么，不改动任何文件。"),
) -> int:
    """撤销一次填报：先显示要撤销的内容，经确认后另作一个提交，历史不改写。

    例：
      fazhi undo --dry-run
      fazhi undo --yes
    """
    action = prepare_undo(read.reader.current(), read.reader.repository, commit)
    out("\n".join(_preview(action)))
    if dry_run:
        return 0
    if not agreed("撤销这次填报？", yes=yes, what="撤销"):
        return 1
    done = read.writer.commit(action)
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
