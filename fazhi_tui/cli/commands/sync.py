"""``fazhi sync``: fetch, bring together, push."""

from __future__ import annotations

import sys

from fazhi_tui.cli.options import flag
from fazhi_tui.cli.output import out, out_json, say_error, warn
from fazhi_tui.cli.progress import progress_line
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.received_changes import tell_conflicts, tell_received
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.exchange.sync import Exchange, Synced


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
        out_json(_json(synced))
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


def _json(synced: Synced) -> dict[str, object]:
    return {
        "服务器": synced.server,
        "收到": [to_json(event) for event in synced.received],
        "方式": synced.how,
        "推送": synced.sent,
        "等待": synced.waiting,
        "冲突": list(synced.conflicts),
        "未连上": synced.offline.message if synced.offline else None,
        "未收下": synced.refused.message if synced.refused else None,
    }
