"""``fazhi submit``: a branch for review, and its pull request."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

from fazhi_tui.cli.options import flag, option
from fazhi_tui.cli.output import err, out, out_json, progress_line, write_file
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.exchange.submit import Submitted
from fazhi_tui.service.exchange.sync import Exchange


@command("submit", "json", "repo", "today")
def submit(
    read: ReadContext,
    to: str | None = option("--to", metavar="分支", help="要并入的分支；不写则是服务器的主分支。"),
    forge: str | None = option(
        "--forge",
        metavar="类型",
        help="github、gitlab、gitee、gitea（forgejo）或 其他；不写则看 git 配置 fazhi.forge，再看地址。",
    ),
    unit: str | None = option("--unit", metavar="单位", help="哪个单位的；不写则取 fazhi.unit。"),
    mail: str | None = option("--mail", metavar="文件", help="把可以寄出的拉取请求写到这个文件。"),
    browse: bool = flag("--open", help="在浏览器里打开新建合并请求的页面。"),
    anyway: bool = flag("--anyway", help="有错误也提交。"),
) -> int:
    """提交审核：把自己的提交推送为一个分支（如 fazhi/sfj/28），并发起合并请求；从不强制。

    GitLab 由推送选项、Gitea 和 Forgejo 由 refs/for 直接发起；GitHub、Gitee 给出新建页面的地址。
    总会给出 git request-pull 的文字，可以寄出。提交前按 fazhi check --base 的规则查一遍。

    例：
      fazhi submit
      fazhi submit --mail 请审核.txt
    """
    reader = read.reader
    exchange = Exchange(reader.root, ask=sys.stdin.isatty(), read_only=reader.read_only)
    with progress_line() as going:
        done = exchange.submit(
            reader.today, going, target=to or "", forge=forge or "", unit=unit or "", anyway=anyway
        )
    if mail:
        write_file(Path(mail), done.mail, "分支已经推送；换一个位置再试")
    if read.json:
        out_json(
            {
                "分支": done.branch,
                "并入": done.target,
                "提交数": done.commits,
                "标题": done.title,
                "说明": done.body,
                "地址": done.page,
                "已发起": done.by_server,
                "拉取请求": done.mail,
            }
        )
    else:
        _tell(done, mail)
    if browse and done.page and not webbrowser.open(done.page):
        err("打不开浏览器，请复制上面的地址。")
    return 0


def _tell(done: Submitted, mail: str | None) -> None:
    out(f"已推送 {done.commits} 个提交到分支 {done.branch}，请并入 {done.target}：{one_line(done.title)}")
    if done.said:
        out("\n".join(f"  服务器：{line}" for line in visible(done.said).split("\n")))
    if done.by_server:
        out("服务器已发起合并请求。" + (f"地址：{done.page}" if done.page else ""))
    elif done.page:
        out(f"在这里发起合并请求：{done.page}")
    if mail:
        out(f"可以寄出的拉取请求在 {one_line(mail)}")
    else:
        out("\n也可以把下面的拉取请求寄给审核的人：\n")
        out(visible(done.mail).rstrip("\n"))
