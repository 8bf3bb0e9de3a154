"""``fazhi import``: a document to a new tracker."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.cli.options import argument, flag, one_day, option, refuse_without_terminal
from fazhi_tui.cli.output import err, out, out_json
from fazhi_tui.cli.read_context import command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.importing.compare import Asked, Fate, Revision, lay_out
from fazhi_tui.service.importing.create import Written, write_import
from fazhi_tui.service.importing.prepare import Import, Place, prepare_import

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
    since: str | None = option("--from", metavar="日期", help="修订从哪一天起；不写则从今天起。"),
    withdraw_missing: bool = flag(
        "--withdraw-missing", help="新的原件里没有的措施，从那天起废止；不写则保留。"
    ),
    dry_run: bool = flag("--dry-run", help="只显示哪一条是哪一条、将怎样改，不写入。"),
    json: bool = flag("--json", help="输出 JSON：修订的对照。"),
) -> int:
    """由一份原件建成完整的台账：plan/ 各文件、导入报告、git 仓库和第一次提交；从不覆盖已有的不同文件。

    修订（--reason）按内容认出哪一条是哪一条，不看编号：措施的编号和进展都不动，新增的用没有用过的编号，不见的保留。
    分不清的，什么也不写，在校订文件的“对应”里写明再来。单位、时限从 --from 那天起改，以前的记在沿革里。
    各单位填好交回的表，只添进展，不动方案。

    例：
      fazhi import 方案.docx --into 新台账
      fazhi import 方案.docx --into 新台账 --review
      fazhi import 修订后的方案.docx --into 新台账 --dry-run
      fazhi import 修订后的方案.docx --into 新台账 --reason "按修订后的文件调整"
      fazhi import 市司法局交回.xlsx --into 新台账 --reason "三季度填报"
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
    asked = Asked(reason or "", one_day("--from", since), withdraw_missing)
    if check:
        return _compare(prepared)
    if dry_run:
        return _show(prepared, asked, as_json=json)
    if reason is None and (since or withdraw_missing):
        raise UsageError("--from 和 --withdraw-missing 只用于修订", "加 --reason 写明理由")
    if reason is None and (prepared.differing or prepared.extra):
        _compare(prepared)
    written = write_import(prepared) if reason is None else _revised(prepared, asked, as_json=json)
    if not json:
        for path in written.paths:
            out(one_line(str(prepared.into / path)))
    err(
        f"{prepared.counts}；"
        + (f"写了 {len(written.paths)} 个文件" if written.paths else "文件都已在，没有改动")
        + (f"，提交为 {written.commit[:8]}。" if written.commit else "。")
    )
    _tell_doubts(prepared)
    return 0


def _show(prepared: Import, asked: Asked, *, as_json: bool) -> int:
    """What an import would do; the exit code is 1 where it would be refused."""
    from fazhi_tui.service.importing.revise import prepare_revision

    if prepared.place is not Place.TRACKER:
        _tell_doubts(prepared)
        err(f"{prepared.counts}；没有写入。")
        return 0
    revision = lay_out(prepared, asked)
    _tell_matching(revision, as_json=as_json)
    # A look needs no reason.
    action = prepare_revision(prepared, revision, replace(asked, reason=asked.reason or "（未写理由）"))
    if not as_json:
        for path in action.paths:
            out(f"将写  {one_line(path)}")
    for warning in action.warnings:
        err(f"{one_line(warning)}。")
    _tell_doubts(prepared)
    err("没有写入。")
    return 0


def _revised(prepared: Import, asked: Asked, *, as_json: bool) -> Written:
    """Revise, and tell which measure is which, also where that is refused."""
    from fazhi_tui.service.importing.revise import UnclearError, revise

    try:
        done = revise(prepared, asked)
    except UnclearError as error:
        _tell_matching(error.revision, as_json=as_json)
        raise
    _tell_matching(done.revision, as_json=as_json, written=done.written)
    for warning in done.action.warnings:
        err(f"{one_line(warning)}。")
    return done.written


def _tell_matching(revision: Revision, *, as_json: bool, written: Written | None = None) -> None:
    if as_json:
        from fazhi_tui.records.fields import to_json

        out_json(
            {
                "对照": [to_json(row) for row in revision.matched],
                "只添进展": revision.only_progress,
                "进展": [to_json(note) for note in revision.progress.notes],
                "文件": list(written.paths) if written else [],
                "提交": written.commit if written else "",
            }
        )
        return
    same = sum(row.fate is Fate.SAME and not row.told for row in revision.matched)
    for row in revision.matched:
        if row.fate is not Fate.SAME or row.told:
            out(one_line(row.line))
    out(f"{Fate.SAME}  {same} 条")
    if revision.progress.notes or revision.progress.known:
        known = f"，另有 {revision.progress.known} 条已经记过" if revision.progress.known else ""
        out(f"进展  {len(revision.progress.notes)} 条{known}")


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
    differs = bool(prepared.differing or prepared.extra)
    revision = lay_out(prepared) if differs else None
    # What only the tracker knows (沿革, 增设) is no difference.
    same = revision.agreeing if revision else frozenset()
    equal = prepared.equal
    if revision is not None:
        equal = {*prepared.missing, *prepared.differing, *prepared.extra} <= same
    for word, paths in (("缺少", prepared.missing), ("不同", prepared.differing), ("多出", prepared.extra)):
        for path in paths:
            if path not in same:
                out(f"{word}  {one_line(path)}")
    if revision is not None:
        for change in revision.changes:
            if change.diff or change.why:
                why = f"（{change.why}）" if change.why else ""
                out("")
                out(one_line(f"{change.kind}：{change.name}{why}"))
                out("\n".join(f"  {visible(line)}" for line in change.diff))
    err("与导入结果相同。" if equal else "与导入结果不同。")
    return 0 if equal else 1
