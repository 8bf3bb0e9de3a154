"""``fazhi log``: the record in the domain's words."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress

from fazhi_tui.cli.completion.values import complete_measure
from fazhi_tui.cli.options import argument, option, whole_number
from fazhi_tui.cli.output import err, out, out_json, paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.service.history.record_query import query_record


@command(
    "log",
    "json",
    "repo",
    "today",
    words=argument(
        "编号|单位|筛选|起..止",
        "只看一条措施、一个单位、合于筛选的措施、一段时间；不写则看全部。",
        complete_measure,
    ),
)
def log(
    read: ReadContext,
    number: str | None = option("-n", "--number", metavar="条数", help="最多列出几条。"),
) -> None:
    """按时间倒序列出提交记录：谁在什么时候填报、撤销或修订了什么。

    另可写 by:单位、kind:类型、since:日期、until:日期、field:项（如 截止、牵头单位、状态），
    以及主题里的字；起..止可写日期、标签或提交号。

    例：
      fazhi log
      fazhi log 28 -n 5
      fazhi log 市司法局 kind:进展
      fazhi log field:截止 since:2023-03-01
      fazhi log 'lead:sfj' 2022-01-01..2030-12-31 --json
    """
    limit = whole_number("--number", number)
    if limit is not None and limit < 1:
        raise UsageError("--number 的值要大于 0", "例如 --number 5")
    events = query_record(read.reader.repository, read.view, read.words)[:limit]
    if read.json:
        out_json([to_json(event) for event in events])
    elif events:
        out_paged([_line(event) for event in events])
    else:
        err("没有记录。")


def _line(event: Event) -> str:
    """``a1b2c3d4  2022-12-20 15:30  姓名 <邮箱>  主题``, and what came of it later."""
    who = one_line(event.unit) or one_line(event.author)
    parts = [paint(event.commit[:8], "33"), f"{event.time:%Y-%m-%d %H:%M}", who, one_line(event.subject)]
    parts += [f"（已由 {event.undone_by[:8]} 撤销）"] if event.undone_by else []
    parts += [f"（已由 {event.ratified_by[:8]} 追认）"] if event.ratified_by else []
    return "  ".join(parts)


def out_paged(lines: list[str]) -> None:
    """Lines on standard output; where they do not fit, through ``GIT_PAGER``, ``PAGER`` or less."""
    command = _pager() if sys.stdout.isatty() else []
    height = shutil.get_terminal_size().lines
    if not command or len(lines) < height:
        out("\n".join(lines))
        return
    # Leave at once what fits, keep colours, leave the text on the screen: as git sets it.
    environ = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environ)
    except OSError:
        out("\n".join(lines))
        return
    # A pager that is left early closes its end.
    with suppress(BrokenPipeError):
        process.communicate(("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
    process.wait()


def _pager() -> list[str]:
    for variable in ("GIT_PAGER", "PAGER"):
        text = os.environ.get(variable)
        if text is not None:
            return [] if text.strip() in ("", "cat") else shlex.split(text)
    return ["less"] if shutil.which("less") else []
