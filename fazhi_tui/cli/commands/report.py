"""``fazhi report``: one note, one commit."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi_tui.cli.commands.report_batch import chosen_measures, file_batch
from fazhi_tui.cli.commands.report_start import at_terminal, drop, drop_lost, from_template
from fazhi_tui.cli.completion.completer import (
    complete_item,
    complete_kind,
    complete_measure,
    complete_query,
    complete_status,
    complete_unit,
)
from fazhi_tui.cli.options import RepoOption, TodayOption, choose, one_day, open_reader, whole_number
from fazhi_tui.cli.output import err, out, warn
from fazhi_tui.cli.preview import print_preview
from fazhi_tui.cli.prompts import edited
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.writer import Writer

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

app = typer.Typer()

MeasuresArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="编号", help="措施编号，如 28；可写几个。", autocompletion=complete_measure),
]


@app.command("report")
def report(
    context: typer.Context,
    measures: MeasuresArgument = None,
    where: Annotated[
        str | None,
        typer.Option(
            "--where", metavar="筛选", help="对合于筛选条件的措施一并填报。", autocompletion=complete_query
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit",
            metavar="单位",
            help="填报单位，可用简称或拼音；不写则取 git 配置 fazhi.unit。",
            autocompletion=complete_unit,
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="类型", help="进展（默认）、申请办结、办结等。", autocompletion=complete_kind
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="状态", help="填报后的状态。", autocompletion=complete_status),
    ] = None,
    item: Annotated[
        str | None,
        typer.Option(
            "--item", metavar="事项", help="只报其中一个事项，如 28.1。", autocompletion=complete_item
        ),
    ] = None,
    progress: Annotated[
        str | None, typer.Option("--progress", metavar="百分比", help="完成的百分比，0 至 100。")
    ] = None,
    quantity: Annotated[
        str | None, typer.Option("--quantity", metavar="数量", help="本次完成的数量。")
    ] = None,
    message: Annotated[
        str | None,
        typer.Option("--message", "-m", metavar="内容", help="进展内容；- 读标准输入；不写则打开编辑器。"),
    ] = None,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="文件", help="佐证材料，可重复。")
    ] = None,
    occurrence: Annotated[
        str | None,
        typer.Option("--occurrence", metavar="期", help="周期性事项的哪一期，如 2022年；补报时写。"),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="日期", help="申请或同意延到哪一天。")
    ] = None,
    corrects: Annotated[
        str | None,
        typer.Option("--corrects", metavar="进展", help="更正哪一条：它的文件名或末尾四位。"),
    ] = None,
    together: Annotated[
        bool, typer.Option("--together", help="多条措施合为一次提交；不写则一条一次提交。")
    ] = False,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="模板", help="以模板开始写，如 季度进展；名称写一部分也可以。"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="多条措施时不再询问。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示将写的文件和提交，不写入。")] = False,
    draft: Annotated[bool, typer.Option("--draft", help="接着上次没有提交成的草稿填报。")] = False,
    drop_draft: Annotated[bool, typer.Option("--drop-draft", help="丢弃这一条的草稿，不填报。")] = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> int:
    """填报措施的进展：一条写一个文件，作一个提交，别的改动原样不动。

    没有提交成的内容留作草稿，下次用 --draft 接着填。写几个编号或 --where，就对几条措施作同样的填报。

    例：
      fazhi report 28 --unit 市司法局 --status 推进中 --message '已印发实施方案' --dry-run
      fazhi report 28 --kind 申请办结 --item 28.1 --progress 100 --evidence 三定方案.pdf -m '机构已整合'
      fazhi report 28 --message - < 进展.txt
      fazhi report 28 --unit 市司法局 --template 季度进展 --dry-run
      fazhi report 28 --draft
      fazhi report 7 --unit 市委依法治市办 --kind 同意延期 --until 2026-12-31 -m '同意' --dry-run
      fazhi report 43 --item 43.1 --occurrence 2022年 --quantity 1 -m '补报上一年的活动' --dry-run
      fazhi report 3 5 28 --unit 市委依法治市办 --kind 催办 -m '请于月底前报送进展' --together --dry-run
    """
    typed = {
        "unit": unit,
        "kind": choose("--kind", kind, NoteKind),
        "status": choose("--status", status, Status),
        "item": item,
        "progress": whole_number("--progress", progress, suffix="%"),
        "quantity": whole_number("--quantity", quantity),
        "message": _standard_input() if message == "-" else message,
        "evidence": tuple(evidence) if evidence else None,
        "occurrence": occurrence,
        "new_due": one_day("--until", until),
        "corrects": corrects,
    }
    given: dict[str, object] = {key: value for key, value in typed.items() if value is not None}
    writer = Writer(open_reader(context, repo, today))
    view = writer.reader.load()
    if drop_draft and where is None and drop_lost(writer, view, measures or ()):
        return 0
    numbers = chosen_measures(view, measures or (), where)
    if template is not None:
        if message is not None or draft:
            raise UsageError("--template 不能和 --message、--draft 一起用", "只留一个")
        given |= from_template(writer, view, numbers, template, given, must_be_whole=not dry_run)
    if len(numbers) > 1:
        if drop_draft:
            drop(writer, writer.drafts.draft(numbers, several=True))
            return 0
        return _report_on_several(
            writer, view, numbers, given, draft, together=together, dry_run=dry_run, yes=yes
        )
    (number,) = numbers
    row = view.row(number)
    kept = writer.drafts.load(row.measure.id)
    if drop_draft:
        drop(writer, writer.drafts.draft((row.measure.id,)))
        return 0
    request = _start(row, kept, draft)
    request = replace(request, **given)  # type: ignore[arg-type]
    # Without a terminal a draft is committed as it stands; with one it is shown again first.
    ready = bool(request.message.strip()) and (draft or template is not None) and not at_terminal()
    if message is None and not dry_run and not ready:
        request = _in_editor(writer, row, request, kept)
        kept = None
    elif kept is not None and not draft:
        text = one_line(kept.message, 40)
        warn(f"第 {row.measure.id} 条另有一份草稿没有提交：{text}（--draft 接着填，--drop-draft 丢弃）")
    if dry_run:
        print_preview(prepare_report(view, request, writer.reader.repository.identity()))
        return 0
    _submit(writer, request, None if draft else kept)
    return 0


def _start(row: Row, kept: ReportRequest | None, draft: bool) -> ReportRequest:
    """The request that the options are laid over: the draft where one is asked for, else an empty one."""
    if not draft:
        return ReportRequest(measure=row.measure.id, unit="", message="")
    if kept is None:
        raise UsageError(f"第 {row.measure.id} 条没有草稿", "去掉 --draft")
    return kept


def _report_on_several(
    writer: Writer,
    view: View,
    numbers: tuple[str, ...],
    given: dict[str, object],
    draft: bool,
    *,
    together: bool,
    dry_run: bool,
    yes: bool,
) -> int:
    """One report for several measures, from the draft that the screen left where one is asked for."""
    kept = writer.drafts.draft(numbers, several=True)
    if draft and kept is None:
        raise UsageError(f"{'、'.join(numbers)} 这几条没有一起填报的草稿", "去掉 --draft")
    start = kept.request if draft and kept else ReportRequest(measure="", unit="", message="")
    request = replace(start, **given)  # type: ignore[arg-type]
    together = together or (draft and kept is not None and kept.together)
    code = file_batch(writer, view, numbers, request, together=together, dry_run=dry_run, yes=yes)
    if code == 0 and draft and not dry_run:
        writer.drafts.forget(numbers, several=True)
    return code


def _submit(writer: Writer, request: ReportRequest, other: ReportRequest | None) -> None:
    """Commit; whatever refuses, what was typed is kept and where to find it is told.

    ``other`` is a draft of the same measure that this report does not come from.
    """
    unrelated = other is not None and other.message.strip() not in ("", request.message.strip())
    try:
        done = file_report(writer, request, writer.reader.repository.identity())
    except BaseException:
        saved = writer.drafts.save(request)
        if saved and other is not None and unrelated:
            # One draft a measure: the older one gives way, but not without a trace.
            err(f"原有的草稿由这一份代替，它的内容是：\n{visible(other.message)}")
        if saved:
            err(f"填写的内容已留作草稿，接着填报：fazhi report {request.measure} --draft")
        raise
    for warning in done.action.warnings:
        warn(warning)
    if not unrelated:
        writer.drafts.discard(request.measure)
    out(f"已提交 {done.commit[:8]}：{one_line(done.action.subject)}")
    out("\n".join(f"  {one_line(path)}" for path in done.action.paths))


def _standard_input() -> str:
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").strip("\n")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"标准输入的第 {error.start + 1} 个字节不是 UTF-8", "先转换编码，例如 iconv -f GB18030 -t UTF-8"
        ) from None


def _in_editor(writer: Writer, row: Row, request: ReportRequest, kept: ReportRequest | None) -> ReportRequest:
    """Let a person write the message, a draft's text offered again.

    Raises :class:`UsageError` where they write nothing.
    """
    if not at_terminal():
        raise UsageError(
            "没有写进展内容，也没有终端可以打开编辑器", "用 --message 内容，或 --message - 读标准输入"
        )

    def keep(text: str) -> None:
        if text.strip():
            writer.drafts.save(replace(request, message=text))
            err(f"填写的内容已留作草稿，接着填报：fazhi report {request.measure} --draft")

    offered = request.message or (kept.message if kept else "")
    text = edited(offered, _explanation(row, request, offered=bool(offered)), f"{row.measure.stem}.md", keep)
    if not text.strip():
        raise UsageError("内容为空，没有填报", "要填报就在分隔线上面写明进展")
    return replace(request, message=text)


def _explanation(row: Row, request: ReportRequest, *, offered: bool) -> str:
    lines = [
        f"填报 第 {row.measure.id} 条 {one_line(row.measure.display_title)}",
        f"类型：{request.kind}    现在的状态：{row.state.status}",
    ]
    lines += [f"填报后的状态：{request.status}"] if request.status else []
    lines += [f"单位：{one_line(request.unit)}"] if request.unit else []
    lines += [f"事项：{one_line(request.item)}"] if request.item else []
    lines += ["上面是上次没有提交的草稿。"] if offered else []
    return "\n".join([*lines, "", "在分隔线上面写明进展；首行用作提交的标题。清空则放弃。"])
