"""One report for several measures, from the command line: chosen, previewed, confirmed, filed one by one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fazhi_tui.cli.output import err, out, pointing_at, warn
from fazhi_tui.cli.preview import print_preview
from fazhi_tui.cli.prompts import confirm
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.writer import Writer

if TYPE_CHECKING:
    from fazhi_tui.service.notes.request import Batch
    from fazhi_tui.service.view import View


def chosen_measures(view: View, numbers: Sequence[str], where: str | None) -> tuple[str, ...]:
    """The numbers that were typed (``3 5`` or ``3,5``) and those that a query keeps, each once, in order.

    Raises :class:`UsageError` where nothing is chosen or a number is none.
    """
    typed = [
        part for word in numbers for part in word.replace("，", ",").replace("、", ",").split(",") if part
    ]
    found = [view.row(number).measure.id for number in typed]
    if where is not None:
        with pointing_at(where):
            found += [row.measure.id for row in view.select(where)]
    if not found:
        raise UsageError(
            "没有合于筛选条件的措施" if where else "没有写措施编号",
            "例如 fazhi report 28，或 --where '灯:红'",
        )
    return tuple(dict.fromkeys(found))


def file_batch(
    writer: Writer,
    view: View,
    numbers: Sequence[str],
    request: ReportRequest,
    *,
    together: bool,
    dry_run: bool,
    yes: bool,
) -> int:
    """Preview one report for several measures, ask, and commit; the exit code.

    Raises :class:`UsageError` where there is nobody to ask and ``yes`` was not given.
    """
    batch = prepare_batch(view, numbers, request, writer.reader.repository.identity(), together=together)
    for number, error in batch.refused:
        warn(f"第 {number} 条不能这样填报：{error.message}（{error.hint}）" if error.hint else error.message)
    if dry_run:
        for action in batch.actions:
            print_preview(action)
        return 0
    _print_list(view, batch)
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(
                "没有终端，无法询问是否提交", "确定要提交，请加 --yes；只看不提交，请加 --dry-run"
            )
        if not confirm(f"提交以上 {sum(len(one.notes) for one in batch.actions)} 条填报？"):
            err("没有提交。")
            return 1
    return _commit(writer, batch)


def _print_list(view: View, batch: Batch) -> None:
    for action in batch.actions:
        out(f"提交：{one_line(action.subject)}")
        for note in action.notes:
            title = one_line(view.row(note.measure).measure.display_title, 40)
            out(f"  第 {note.measure} 条 {title}  {note.path}")
        for warning in action.warnings:
            warn(warning)


def _commit(writer: Writer, batch: Batch) -> int:
    total = len(batch.actions)

    def going(done: int) -> bool:
        if total > 1 and sys.stderr.isatty():
            sys.stderr.write(f"\r正在提交 {done + 1}/{total}")
            sys.stderr.flush()
        return True

    filed = writer.commit_batch(batch.actions, going)
    if total > 1 and sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    for done in filed.done:
        out(f"已提交 {done.commit[:8]}：{one_line(done.action.subject)}")
    if filed.error is not None:
        err(f"提交了 {len(filed.done)} 次，还有 {len(filed.left)} 次没有提交。")
        raise filed.error
    return 1 if batch.refused else 0
