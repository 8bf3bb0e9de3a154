"""``fazhi import``: a document to a new tracker."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.cli.options import argument, flag, option, refuse_without_terminal
from fazhi_tui.cli.output import err, out
from fazhi_tui.cli.read_context import command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.importing.compare import compare
from fazhi_tui.service.importing.create import write_import
from fazhi_tui.service.importing.prepare import Import, prepare_import
from fazhi_tui.service.importing.revise import revise

if TYPE_CHECKING:
    from fazhi_tui.service.importing.review import Review

#: So many doubts are told here; all of them are in the report.
DOUBTS_SHOWN = 20


@command("import")
def import_document(
    source: str = argument("原件", "方案、要点、任务分解表等的原件。", default=...),
    into: str = option("--into", metavar="目录", help="新台账的目录；可以尚不存在。", default=...),
    corrections: str | None = option(
        "--corrections",
        metavar="文件",
        help="校订文件；不写则取原件旁边或台账里的 corrections.yaml，没有也行。",
    ),
    review: bool = flag("--review", help="先打开核对界面，逐处看存疑；决定写进校订文件，再写入台账。"),
    check: bool = flag("--check", help="只比较目录与导入结果是否相同，不写入。"),
    reason: str | None = option(
        "--reason", metavar="理由", help="方案修订了：按新的原件修订台账并提交，写明理由。"
    ),
) -> int:
    """由一份原件建成完整的台账：plan/ 各文件、导入报告、git 仓库和第一次提交；从不覆盖已有的不同文件。

    例：
      fazhi import 方案.docx --into 新台账
      fazhi import 方案.docx --into 新台账 --review
      fazhi import 修订后的方案.docx --into 新台账 --reason "按修订后的文件调整"
      fazhi import plan/source/document.txt --into . --check
      fazhi import 方案.txt --into 另一台账 --corrections 校订.yaml
    """
    named = Path(corrections).expanduser() if corrections else None
    if review:
        if check:
            raise UsageError("--review 和 --check 不能一起用", "核对以后再比较")
        reviewed = _review(Path(source).expanduser(), Path(into).expanduser(), named)
        if reviewed is None:
            return 0
        # Without a decision there is no file of them.
        named = reviewed.path if reviewed.path.exists() else named
    prepared = prepare_import(Path(source).expanduser(), Path(into).expanduser(), named)
    if check:
        return _compare(prepared)
    if reason is None and (prepared.differing or prepared.extra):
        _compare(prepared)
    written = write_import(prepared) if reason is None else revise(prepared, reason)
    for path in written.paths:
        out(one_line(str(prepared.into / path)))
    err(
        f"{prepared.counts}；"
        + (f"写了 {len(written.paths)} 个文件" if written.paths else "文件都已在，没有改动")
        + (f"，提交为 {written.commit[:8]}。" if written.commit else "。")
    )
    _tell_doubts(prepared)
    return 0


def _review(source: Path, into: Path, named: Path | None) -> Review | None:
    """Review the document on the screen; None if the tracker is not to be made now."""
    refuse_without_terminal("不加 --review 就直接导入，存疑列在导入报告里")
    from fazhi_tui.service.importing.review import Review
    from fazhi_tui.tui.review.app import run

    gc.enable()
    reviewed = Review(source, into, named)
    build = run(reviewed)
    if reviewed.path.exists():
        err(f"校订文件：{one_line(str(reviewed.path))}。")
    if not build:
        err("没有写入台账。")
        return None
    return reviewed


def _tell_doubts(prepared: Import) -> None:
    if prepared.told:
        err(one_line(prepared.told) + "。")
    if prepared.doubts:
        err(f"有 {len(prepared.doubts)} 处存疑：")
        err("\n".join(f"  {one_line(doubt)}" for doubt in prepared.doubts[:DOUBTS_SHOWN]))
        if len(prepared.doubts) > DOUBTS_SHOWN:
            err(f"  另有 {len(prepared.doubts) - DOUBTS_SHOWN} 处，见 import-report.md。")


def _compare(prepared: Import) -> int:
    for word, paths in (("缺少", prepared.missing), ("不同", prepared.differing), ("多出", prepared.extra)):
        for path in paths:
            out(f"{word}  {one_line(path)}")
    if prepared.differing or prepared.extra:
        for change in compare(prepared):
            if change.diff:
                why = f"（{change.why}）" if change.why else ""
                out("")
                out(one_line(f"{change.kind}：{change.name}{why}"))
                out("\n".join(f"  {visible(line)}" for line in change.diff))
    err("与导入结果相同。" if prepared.equal else "与导入结果不同。")
    return 0 if prepared.equal else 1
