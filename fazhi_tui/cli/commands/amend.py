"""``fazhi amend``: change the plan itself, with a reason, as a commit of its own."""

from __future__ import annotations

from fazhi_tui.cli.completion.values import complete_measure
from fazhi_tui.cli.options import argument, flag, option
from fazhi_tui.cli.prompts import commit_action, edited
from fazhi_tui.cli.read_context import YES, ReadContext, command
from fazhi_tui.service.plan.amend import amended_by_hand, measure_text, prepare_amendment


@command("amend", "repo")
def amend(
    read: ReadContext,
    number: str = argument("编号", "修订哪一条措施。", complete_measure, default=...),
    reason: str | None = option("--reason", metavar="理由", help="为什么修订；写进提交说明。"),
    values: list[str] | None = option(  # noqa: B008 - a declaration
        "--set", metavar="项=值", help="改一项，如 28.1.截止=2023-06-30；不写则打开编辑器。"
    ),
    dry_run: bool = flag("--dry-run", help="只显示将提交什么，不改动任何文件。"),
    yes: bool = YES,
) -> int:
    """修订方案本身：改一条措施的文字、单位、期限，写明理由，单独作一个提交。

    只有修订能改方案文本，审计和审核都这样看。文件已经手工改好的，直接运行，
    就把它作为修订提交；原件整份修订了的，用 fazhi import --reason。

    例：
      fazhi amend 28 --set 28.1.截止=2023-06-30 --reason '示例：延期' --dry-run
      fazhi amend 28 --set 28.1.截止=2023-06-30 --reason '示例：延期' --yes
    """
    after = None
    if not values and not amended_by_hand(read.reader, number):
        explanation = "改好后保存、退出；不改就退出，什么也不会发生。\n编号不能改；正文一句一行。"
        before = measure_text(read.reader, number)
        after = edited(before, explanation, f"{number}.yaml", lambda _text: None).rstrip("\n") + "\n"
    action = prepare_amendment(read.reader, number, reason or "", values=values or (), text=after)
    return commit_action(read.writer, action, "提交这次修订？", dry_run=dry_run, yes=yes)
