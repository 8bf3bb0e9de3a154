"""``fazhi urge``: a 督办单, and the notes of 催办 that go with it."""

from __future__ import annotations

import sys
from pathlib import Path

from fazhi_tui.cli.commands.report import file_batch
from fazhi_tui.cli.completion.values import complete_query, complete_unit
from fazhi_tui.cli.options import flag, one_day, option
from fazhi_tui.cli.output import out, pointing_at, write_file
from fazhi_tui.cli.read_context import YES, ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.service.reporting.urge import sheet_markdown, urge_request, urge_sheet


@command("urge", "members", "repo", "today")
def urge(
    read: ReadContext,
    unit: str | None = option(
        "--unit", metavar="单位", help="催办哪个单位；不写则全部。", complete=complete_unit
    ),
    where: str | None = option(
        "--where",
        metavar="筛选",
        help="催办哪些措施；不写则催办红灯、黄灯和未报的。",
        complete=complete_query,
    ),
    reply_by: str | None = option("--reply-by", metavar="日期", help="要求在哪一天以前反馈。"),
    output: str | None = option("--output", "-o", metavar="文件", help="督办单写到文件；不写则打印。"),
    file_notes: bool = flag("--file", help="同时对每条措施填报一条催办（统筹单位才能）。"),
    message: str = option(
        "--message", "-m", metavar="内容", help="催办的内容；不写则写明反馈期限。", default=""
    ),
    together: bool = flag("--together", help="各条催办合为一次提交；不写则一条一次提交。"),
    yes: bool = YES,
    dry_run: bool = flag("--dry-run", help="只显示将写的文件和提交，不写入。"),
) -> int:
    """写一份督办单（Markdown）：编号、依据、事项、牵头和配合单位、时限、紧急程度；需要时一并填报催办。

    例：
      fazhi urge --unit 市司法局 --today 2023-07-01
      fazhi urge --unit sfj --reply-by 2023-07-15 --file --dry-run
      fazhi urge --where '编号:28' -o 督办单.md --today 2023-07-01
    """
    view = read.view
    with pointing_at(where or ""):
        sheet = urge_sheet(view, unit, where or "", one_day("--reply-by", reply_by))
    text = sheet_markdown(sheet)
    if output:
        write_file(Path(output), text, "换一个路径，或看看写权限")
        out(f"督办单已写到 {output}（{len(sheet.items)} 条）")
    elif not file_notes:
        sys.stdout.write(text)
    if not file_notes:
        return 0
    if not sheet.office:
        raise UsageError("plan.yaml 没有写明统筹单位，不能催办", "在 plan/plan.yaml 的 设置 里写 统筹单位")
    request = urge_request(sheet, message)
    return file_batch(read.writer, view, sheet.numbers, request, together=together, dry_run=dry_run, yes=yes)
