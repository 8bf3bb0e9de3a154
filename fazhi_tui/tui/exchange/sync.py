"""Synchronising with the server (p)."""

from __future__ import annotations

from fazhi_tui.service.exchange.sync import Exchange, Synced
from fazhi_tui.tui.actions.keymap import Keymap
from fazhi_tui.tui.detail.text import event_line
from fazhi_tui.tui.exchange.server_job import Going, ServerJob
from fazhi_tui.tui.widgets.prose import Block

#: How many of the commits that came are listed.
LISTED = 200


class SyncScreen(ServerJob[Synced]):
    """The result is what the sync did."""

    heading = "同步"
    manual_page = "sync"

    def work(self, exchange: Exchange, going: Going) -> Synced:
        """Fetch, bring together, push."""
        return exchange.sync(going)

    def blocks(self, result: Synced) -> list[Block]:
        """What it did, in words."""
        return result_blocks(result, self.app.keys)

    def ways_on(self, result: Synced) -> list[tuple[str, str, str]]:
        """To the places that a person decides, where there are any."""
        return [("Enter", "逐处选定" if result.conflicts else "关闭", "screen.close")]


def result_blocks(synced: Synced, keys: Keymap) -> list[Block]:
    """What a sync did, in words."""
    blocks: list[Block] = []
    if synced.conflicts:
        said = f"有 {len(synced.conflicts)} 个文件两边改了同一处，要由人选定："
        blocks.append(Block(said, "bold $text-warning"))
        blocks += [Block(path, label="  ") for path in synced.conflicts[:10]]
    elif synced.offline is not None:
        blocks.append(Block(synced.offline.message, "$text-warning"))
        blocks.append(Block(f"本地有 {synced.waiting} 个提交等待同步。"))
        blocks += [Block(), Block(synced.offline.hint, "$text-muted")]
    elif synced.refused is not None:
        blocks.append(Block(synced.refused.message, "$text-error"))
        blocks += [Block(), Block(synced.refused.hint, "$text-primary", label="办法  ")]
    else:
        said = f"已推送 {synced.sent} 个提交" if synced.sent else "没有要推送的提交"
        how = f"，{synced.how}" if synced.how else ""
        blocks.append(Block(f"{said}{how}，与 {synced.server} 一致。", "bold $text-success"))
    if synced.received:
        blocks += [Block(), Block(f"收到 {len(synced.received)} 个提交：", "bold $text-primary")]
        blocks += [Block(event_line(event)) for event in synced.received[:LISTED]]
        if (more := len(synced.received) - LISTED) > 0:
            blocks.append(Block(f"另有 {more} 个，{keys.press('record')} 查看", "$text-muted"))
    return blocks
