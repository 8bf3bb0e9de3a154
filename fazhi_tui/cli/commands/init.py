"""``fazhi init``: a new tracker; or what an existing one needs for review."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fazhi_tui.cli.options import argument, flag, option
from fazhi_tui.cli.output import out
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.setup.initialize import install_hook, new_tracker, prepare_pipeline


@command("init", "repo")
def init(
    read: ReadContext,
    into: str | None = argument("目录", "新台账的目录；为已有台账设置时不写。"),
    title: str | None = option("--title", metavar="全称", help="方案的全称。"),
    period: str | None = option("--period", metavar="起..止", help="期间，如 2022..2025；不写则看标题。"),
    office: str | None = option("--office", metavar="单位", help="统筹单位。"),
    ci: str | None = option("--ci", metavar="类型", help="写检查流程：github、gitlab、gitee 或 gitea。"),
    hooks: bool = flag("--hooks", help="装上提交前检查的钩子，只在这台机器上。"),
    replace: bool = flag("--replace", help="流程文件已有而不同时换成新的。"),
) -> int:
    """新建一个空台账；或为已有的台账写好合并请求的检查流程，装上提交前的检查。

    有原件的，用 fazhi import。--ci 写流水线、合并请求模板和 CODEOWNERS，作为一个提交。

    例：
      fazhi init ../新建台账 --title "示例市实施方案（2023—2025年）" --office 市委依法治市办
      fazhi init --ci github
      fazhi init --hooks
    """
    if into is not None:
        if ci or hooks:
            raise UsageError("--ci、--hooks 用于已有的台账", "先新建，再到它里面运行 fazhi init --ci github")
        written = new_tracker(Path(into).expanduser(), title or "", period or "", office or "")
        out(f"新台账在 {Path(into).expanduser()}，提交 {written.commit[:8]}。")
        out(
            "下一步：把措施逐条写进 plan/01.yaml、plan/02.yaml（键名见 plan/schema/），"
            "fazhi check 会逐处指点；"
        )
        out("有原件的，可以直接 fazhi import 原件 --into 另一个目录。")
        return 0
    if not (ci or hooks):
        raise UsageError("没有写新台账的目录，也没有写 --ci 或 --hooks", "fazhi init --help 查看用法")
    writer = read.writer
    if ci:
        done = writer.commit(prepare_pipeline(read.reader, ci, replace=replace))
        out(f"已提交 {done.commit[:8]}：{one_line(done.action.subject)}")
        out("\n".join(f"  {path}" for path in sorted(done.action.writes)))
        out("流水线按变量 FAZHI_PACKAGE 安装 fazhi（台账和程序在同一仓库的除外），请在服务器上设置。")
    if hooks:
        path = install_hook(read.reader, shutil.which(sys.argv[0]) or sys.argv[0])
        out(f"已装上提交前的检查：{path}")
    return 0
