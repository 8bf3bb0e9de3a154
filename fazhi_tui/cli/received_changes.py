"""What came from others, and what both sides changed: told alike for a server and for a disk."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_tui.cli.output import err, out
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.text.visible import one_line

#: How many of the commits that came are listed.
LISTED = 20


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
