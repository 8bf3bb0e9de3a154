"""``fazhi sync``: fetch, bring together, push."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from fazhi_tui.cli.options import flag
from fazhi_tui.cli.output import err, out, out_json, progress_line, say_error, warn
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.exchange.sync import Exchange, Synced

#: How many of the commits that came are listed.
LISTED = 20


@command("sync", "json", "repo")
def sync(
    read: ReadContext,
    rebase: bool = flag("--rebase", help="能无害地变基就变基，不能就合并；不写则总是合并。"),
) -> int:
    """与服务器同步：取回别人的提交，合并，再推送自己的；从不强制，不动没有提交的文件。

    连不上服务器不算错，提交都留在本地，退出码为 0；两边改了同一处时退出码为 1，用 fazhi resolve 选定；
    服务器不收推送时为 3。

    例：
      fazhi sync
      fazhi sync --json
    """
    reader = read.reader
    exchange = Exchange(reader.root, ask=sys.stdin.isatty(), read_only=reader.read_only)
    with progress_line() as going:
        synced = exchange.sync(going, rebase=rebase)
    if read.json:
        out_json(
            {
                "服务器": synced.server,
                "收到": [to_json(event) for event in synced.received],
                "方式": synced.how,
                "推送": synced.sent,
                "等待": synced.waiting,
                "冲突": list(synced.conflicts),
                "未连上": synced.offline.message if synced.offline else None,
                "未收下": synced.refused.message if synced.refused else None,
            }
        )
    else:
        _tell(synced)
    if synced.refused is not None:
        if not read.json:
            say_error(synced.refused)
        return synced.refused.exit_code
    return 1 if synced.conflicts else 0


def _tell(synced: Synced) -> None:
    if synced.received:
        out(f"收到 {len(synced.received)} 个提交：")
        tell_received(synced.received)
    if synced.conflicts:
        tell_conflicts(synced.conflicts)
        return
    if synced.offline is not None:
        warn(f"{synced.offline.message}\n{synced.offline.hint}")
        out(f"本地有 {synced.waiting} 个提交等待同步。" if synced.waiting else "本地没有等待同步的提交。")
        return
    if synced.how:
        out(f"已与 {one_line(synced.server)} {synced.how}。")
    if synced.refused is None:
        out(
            f"已推送 {synced.sent} 个提交到 {one_line(synced.server)}。"
            if synced.sent
            else f"没有要推送的提交，与 {one_line(synced.server)} 一致。"
        )


def tell_received(events: Sequence[Event]) -> None:
    """The commits that came, newest first."""
    for event in events[:LISTED]:
        who = one_line(event.unit) or one_line(event.author)
        out(f"  {event.commit[:8]}  {event.time:%Y-%m-%d}  {who}  {one_line(event.subject)}")
    if len(events) > LISTED:
        out(f"  另有 {len(events) - LISTED} 个，fazhi log 查看")


def tell_conflicts(paths: Sequence[str]) -> None:
    """The files that a person has to settle, and how."""
    err(f"有 {len(paths)} 个文件两边改了同一处，要由人选定：{'、'.join(paths[:5])}")
    err("办法：fazhi resolve 逐项查看和选定；fazhi resolve --abort 放弃这次合并，两边的记录都在。")
