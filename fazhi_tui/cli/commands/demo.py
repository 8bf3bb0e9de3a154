"""``fazhi demo``: a throw-away repository with example history, to try everything on."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from fazhi_tui.cli.options import option
from fazhi_tui.cli.output import err, out
from fazhi_tui.cli.read_context import command
from fazhi_tui.service.reader import Reader


@command("demo")
def demo(
    into: str | None = option("--into", metavar="目录", help="生成到这个目录并留下；不写则退出界面后删除。"),
) -> None:
    """生成一个示例台账试用：真实的方案，四年编造的进展，都标明示例；不碰别的台账。

    不写 --into 时打开界面，退出后删除；写了就只生成，不打开。

    例：
      fazhi demo
      fazhi demo --into ../示例台账
    """
    from fazhi_tui.service.demo.build import build_demo

    if into:
        made = build_demo(Path(into).expanduser())
        out(f"示例台账在 {made.root}：{made.notes} 条进展，{made.commits} 次提交，都是示例。")
        out(f"灯从 {made.today} 算起，试用：")
        out(f"  cd {made.root} && fazhi")
        return
    folder = Path(tempfile.mkdtemp(prefix="fazhi-demo-"))
    try:
        made = build_demo(folder / "demo")
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            out(f"示例台账有 {made.notes} 条进展，{made.commits} 次提交；没有终端可以打开界面，已删除。")
            out("要留下它，请加 --into 目录。")
            return
        from fazhi_tui.tui.launch import run

        err(f"示例台账在 {made.root}，退出界面后删除。")
        run(Reader(made.root, made.today), "")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
