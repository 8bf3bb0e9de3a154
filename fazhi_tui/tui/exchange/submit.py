"""Handing one's work in for review (P): the branch, and where its pull request is made."""

from __future__ import annotations

from fazhi_tui.service.exchange.submit import Submitted
from fazhi_tui.service.exchange.sync import Exchange
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.exchange.server_job import Going, ServerJob
from fazhi_tui.tui.widgets.prose import Block


class SubmitScreen(ServerJob[Submitted]):
    """The result is what was handed in."""

    BINDINGS = bindings("submit")
    heading = "提交审核"
    manual_page = "sync"

    def work(self, exchange: Exchange, going: Going) -> Submitted:
        """Check by the rules for a branch, push it, make the pull request."""
        return exchange.submit(self.app.reader.today, going)

    def blocks(self, result: Submitted) -> list[Block]:
        """What was handed in, in words; the text of the request below it."""
        said = f"已推送 {result.commits} 个提交到分支 {result.branch}，请并入 {result.target}。"
        blocks = [Block(said, "bold $text-success"), Block(result.title)]
        if result.by_server:
            blocks.append(Block("服务器已发起合并请求。"))
        if result.page:
            blocks.append(Block(result.page, "$text-primary", label="地址  "))
        if result.said:
            blocks += [Block(line, "$text-muted", label="服务器  ") for line in result.said.split("\n")]
        blocks += [Block(), Block("可以寄给审核的人（fazhi submit --mail 文件 可写成文件）：", "$text-muted")]
        return blocks + [Block(line) for line in result.mail.split("\n")]

    def ways_on(self, result: Submitted) -> list[tuple[str, str, str]]:
        """To the page, where there is one."""
        page = [("o", "在浏览器里打开", "screen.open")] if result.page else []
        return [*page, ("Enter", "关闭", "screen.close")]

    def action_open(self) -> None:
        """The page of the pull request in the browser."""
        if self.result is not None and self.result.page:
            self.app.open_url(self.result.page)
