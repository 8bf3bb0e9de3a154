"""An audit from beginning to end: the faults, the mark of what was seen, the file for an inspector."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.fields import to_json
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.loader import load_files
from fazhi_tui.service.audit.rules import AuditFault, AuditReport, audit_commits
from fazhi_tui.service.preferences.user_store import UserStore
from fazhi_tui.service.reporting.urge import markdown_text
from fazhi_tui.vcs.audit_log import lost_by_upstream, lost_from
from fazhi_tui.vcs.bundle import write_whole
from fazhi_tui.vcs.paths import private_dir

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.vcs.repository import Repository

#: Where the last audited commit is kept, outside the work tree.
MARK = "audit-mark"

HOW_TO_VERIFY = """\
# 怎样核对这份审计包

只需要 git 和 sha256sum，不需要联网，也不需要 fazhi。

1. 解开：tar -xf 审计包
2. 核对各文件没有被改过：sha256sum -c SHA256SUMS
3. 取出历史：git clone history.bundle 台账
4. 核对历史完整：git -C 台账 bundle verify ../history.bundle，再 git -C 台账 fsck --strict
5. 看最新的提交：git -C 台账 log -1，应与 report.md 写的相同
"""


def audit_history(
    reader: Reader, revisions: str = "", bundle: Path | None = None, *, mark: bool = False
) -> AuditReport:
    """Go through history once and tell every fault; ``bundle`` writes the file for an inspector.

    ``mark`` keeps the last commit outside the work tree, for the next audit.  Raises :class:`UsageError`
    for a range that names nothing.
    """
    if mark:
        reader.refuse_read_only()
    root, repository = reader.root, reader.repository
    # The settings and the units' contacts are all that an audit asks of the work tree.
    names = ("plan/plan.yaml", "plan/units.yaml")
    tracker = load_files({name: (root / name).read_bytes() for name in names if (root / name).is_file()})
    report = audit_commits(repository.runner, tracker, revisions)
    report = replace(report, faults=(*report.faults, *_lost(root, repository)))
    if bundle is not None:
        _write_bundle(bundle, tracker.plan.title if tracker.plan else "", repository, report)
    if mark:
        text = json.dumps({"commit": report.last, "commits": report.commits}, ensure_ascii=False)
        write_atomic(private_dir(root) / MARK, text + "\n")
    return report


def _lost(root: Path, repository: Repository) -> Iterator[AuditFault]:
    """What was published or audited before and is in the history no longer."""
    name, published = lost_by_upstream(repository.runner)
    for commit in published:
        yield _lost_fault(commit, f"{name} 曾经有这个提交，现在的历史里没有")
    found = UserStore(root).load(MARK)
    mark = str(found.get("commit", "")) if isinstance(found, dict) else ""
    if mark and lost_from(repository.runner, [mark]):
        yield _lost_fault(mark, "上次审计时有这个提交，现在的历史里没有")


def _lost_fault(commit: str, message: str) -> AuditFault:
    return AuditFault(commit, None, "", "history-rewritten", message)


def _report_markdown(title: str, report: AuditReport) -> str:
    lines = [f"# 审计报告：{markdown_text(title)}", "", f"- 提交 {report.commits} 个，进展 {report.notes} 条"]
    lines += [f"- 最早的提交：{report.first}", f"- 最新的提交：{report.last}"] if report.last else []
    counts = Counter(fault.severity for fault in report.standing)
    ratified = len(report.faults) - len(report.standing)
    lines += [
        f"- 错误 {counts[Severity.ERROR]} 个，提醒 {counts[Severity.WARNING]} 个，已追认 {ratified} 个",
        "",
    ]
    lines += [] if report.faults else ["没有发现问题。"]
    for fault in report.faults:
        when = f"{fault.time:%Y-%m-%d %H:%M} " if fault.time else ""
        where = f"（{markdown_text(fault.path)}）" if fault.path else ""
        who = f"{markdown_text(fault.author)}：" if fault.author else ""
        message = markdown_text(fault.message)
        message += f"。{markdown_text(fault.ratified.told)}" if fault.ratified else ""
        lines.append(f"- {fault.severity} {fault.commit[:12]} {when}{who}{message}{where}")
    return "\n".join(lines) + "\n"


def _write_bundle(path: Path, title: str, repository: Repository, report: AuditReport) -> None:
    """One tar file: the whole history as a git bundle, the report, and the hashes of both.

    The same history and report give the same bytes.  Raises :class:`UsageError` where the file is there
    already, :class:`RepositoryError` where it cannot be written.
    """
    if path.exists():
        raise UsageError(f"{path} 已经存在", "换一个名字，或先移走它")
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "history.bundle"
        write_whole(repository.runner, bundle)
        files = {
            "history.bundle": bundle.read_bytes(),
            "report.md": _report_markdown(title, report).encode(),
            "report.json": (json.dumps(report_json(report), ensure_ascii=False, indent=2) + "\n").encode(),
            "README.md": HOW_TO_VERIFY.encode(),
        }
    sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, data in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    try:
        path.write_bytes(packed.getvalue())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise RepositoryError(f"写不了 {path}：{system_words(error)}", "换一个路径，或看看写权限") from error


def report_json(report: AuditReport) -> dict[str, object]:
    """The report for programs."""
    return {
        "提交数": report.commits,
        "进展数": report.notes,
        "最早": report.first or None,
        "最新": report.last or None,
        "问题": [to_json(replace(fault, author=one_line(fault.author))) for fault in report.faults],
    }
