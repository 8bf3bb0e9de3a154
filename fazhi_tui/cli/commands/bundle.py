"""``fazhi bundle``: exchange by file where there is no network."""

from __future__ import annotations

from pathlib import Path

from fazhi_tui.cli.commands.check import lines_of
from fazhi_tui.cli.commands.sync import tell_conflicts, tell_received
from fazhi_tui.cli.options import argument, flag, option, whole_number
from fazhi_tui.cli.output import err, out
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.problem_order import told_problems
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.exchange.sync import Exchange


@command("bundle", "repo")
def bundle(
    read: ReadContext,
    action: str = argument("export|import", "导出，或导入。", default=...),
    file: str = argument("文件", "交换文件，如 U盘/台账-第1张.bundle。", default=...),
    to: str | None = option("--to", metavar="代号", help="给哪一方，如 neiwang；各方各记到第几张。"),
    sender: str | None = option("--from", metavar="代号", help="自己的代号；不写则取本单位的拼音首字母。"),
    again: str | None = option("--again", metavar="张数", help="那一张丢了：重新导出它和它以后的。"),
    full: bool = flag("--full", help="导出全部历史，不管以前给过什么。"),
) -> int:
    """在互不相通的网络之间用文件交换：每次只带新的提交，编着张数，导入前先核对。

    丢了一张、重复一张都会照实说明，不会弄乱。两边改了同一处时退出码为 1，用 fazhi resolve 选定。

    例：
      fazhi bundle export 台账-1.bundle --to neiwang
      fazhi bundle import 台账-1.bundle
    """
    exchange = Exchange(read.reader.root, read_only=read.reader.read_only)
    path = Path(file).expanduser()
    if action == "export":
        lost = whole_number("--again", again)
        if lost is not None and full:
            raise UsageError("--again 和 --full 不能一起用", "--again 从那一张起，--full 是全部")
        done = exchange.export_disk(path, to or "other", sender=sender or "", again=lost or 0, full=full)
        out(f"给 {done.name} 的第 {done.number} 张在 {done.path}：{done.commits} 个提交")
        return 0
    if action != "import":
        raise UsageError(f"不认识「{one_line(action, 20)}」", "写 export（导出）或 import（导入）")
    if to or sender or again or full:
        raise UsageError("导入时不用这些选项", "fazhi bundle import 文件")
    return _import(exchange, path)


def _import(exchange: Exchange, path: Path) -> int:
    got = exchange.import_disk(path)
    named = f"{got.sender or '对方'} 的第 {got.number} 张" if got.number else "这张盘"
    if got.repeated:
        out(f"{named}以前已经导入，没有新的内容。")
        return 0
    out(f"{named}：收到 {len(got.received)} 个提交。")
    tell_received(got.received)
    if got.conflicts:
        tell_conflicts(got.conflicts)
        return 1
    out(f"已{got.how}。")
    for told in told_problems(got.problems):
        err("\n".join(lines_of(told)))
    return 1 if got.problems else 0
