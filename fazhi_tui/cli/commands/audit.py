"""``fazhi audit``: whether the record was tampered with."""

from __future__ import annotations

from pathlib import Path

from fazhi_tui.cli.options import argument, flag, option
from fazhi_tui.cli.output import SEVERITY_COLOURS, counted, err, out, out_json, paint
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.audit.report import audit_history, report_json
from fazhi_tui.service.audit.rules import AuditFault


@command("audit", "json", "repo", "today")
def audit(
    read: ReadContext,
    span: str | None = argument("起..止", "只审计这一段（日期、标签、提交）；不写则全部。"),
    bundle: str | None = option(
        "--bundle", metavar="文件", help="另写一个审计包，督察可离线用 git 和 sha256sum 核对。"
    ),
    mark: bool = flag("--mark", help="记下审计到哪个提交，下次审计核对它还在历史里。"),
) -> int:
    """审计全部历史：改过或删过的进展、没有经过修订的方案改动、尾注不符、填报人、时间、签名、历史是否被改写。

    有错误时退出码为 1，只有提醒时为 0。不改动台账；--mark 记在 .git 里。
    说得清的，由统筹单位追认（fazhi amend --ratify 提交 --reason 理由）：
    仍然列出，写明谁在什么时候为什么追认，不再算错误。

    例：
      fazhi audit
      fazhi audit --json
    """
    if span is not None and ".." not in span:
        raise UsageError(f"「{one_line(span, 40)}」不是一段", "例如 2023-01-01..2023-12-31，或 v1..")
    report = audit_history(read.reader, span or "", Path(bundle) if bundle else None, mark=mark)
    if read.json:
        out_json(report_json(report))
    else:
        for fault in report.faults:
            out(_line(fault))
        found = [counted(fault.severity for fault in report.standing)]
        ratified = len(report.faults) - len(report.standing)
        found += [f"已追认 {ratified} 个"] if ratified else []
        told = "，".join(filter(None, found)) or "没有发现问题"
        err(f"审计了 {report.commits} 个提交、{report.notes} 条进展：{told}。")
    if bundle:
        err(f"审计包在 {bundle}，里面的 README.md 说明怎样核对。")
    return 1 if any(fault.severity is Severity.ERROR for fault in report.standing) else 0


def _line(fault: AuditFault) -> str:
    level = paint(fault.severity.value, SEVERITY_COLOURS[fault.severity])
    when = f"{fault.time:%Y-%m-%d %H:%M}" if fault.time else "-"
    where = f"（{one_line(fault.path)}）" if fault.path else ""
    who = one_line(fault.author) or "-"
    line = f"{fault.commit[:8]}  {when}  {who}  {level}：{one_line(fault.message)}{where} [{fault.code}]"
    return f"{line}\n    {fault.ratified.told}" if fault.ratified else line
