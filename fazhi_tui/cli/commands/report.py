"""``fazhi report``: one note, one commit; or the same said of several measures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fazhi_tui.cli.completion.values import (
    complete_item,
    complete_kind,
    complete_measure,
    complete_query,
    complete_status,
    complete_unit,
)
from fazhi_tui.cli.options import argument, choose, flag, one_day, option, whole_number
from fazhi_tui.cli.output import err, out, pointing_at, progress_line, warn
from fazhi_tui.cli.prompts import agreed, edited, print_preview
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.notes.file_report import file_report
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.writer import Writer

if TYPE_CHECKING:
    from fazhi_tui.service.notes.drafts import Draft
    from fazhi_tui.service.notes.request import Batch
    from fazhi_tui.service.view import View


@command("report", "repo", "today", words=argument("编号", "措施编号，如 28；可写几个。", complete_measure))
def report(
    read: ReadContext,
    where: str | None = option(
        "--where", metavar="筛选", help="对合于筛选条件的措施一并填报。", complete=complete_query
    ),
    unit: str | None = option(
        "--unit",
        metavar="单位",
        help="填报单位，可用简称或拼音；不写则取 git 配置 fazhi.unit。",
        complete=complete_unit,
    ),
    kind: str | None = option(
        "--kind", metavar="类型", help="进展（默认）、申请办结、办结等。", complete=complete_kind
    ),
    status: str | None = option("--status", metavar="状态", help="填报后的状态。", complete=complete_status),
    item: str | None = option(
        "--item", metavar="事项", help="只报其中一个事项，如 28.1。", complete=complete_item
    ),
    progress: str | None = option("--progress", metavar="百分比", help="完成的百分比，0 至 100。"),
    quantity: str | None = option("--quantity", metavar="数量", help="本次完成的数量。"),
    message: str | None = option(
        "--message", "-m", metavar="内容", help="进展内容；- 读标准输入；不写则打开编辑器。"
    ),
    evidence: list[str] | None = option("--evidence", metavar="文件", help="佐证材料，可重复。"),  # noqa: B008 - a declaration
    occurrence: str | None = option(
        "--occurrence", metavar="期", help="周期性事项的哪一期，如 2022年；补报时写。"
    ),
    until: str | None = option("--until", metavar="日期", help="申请或同意延到哪一天。"),
    corrects: str | None = option("--corrects", metavar="进展", help="更正哪一条：它的文件名或末尾四位。"),
    together: bool = flag("--together", help="多条措施合为一次提交；不写则一条一次提交。"),
    template: str | None = option(
        "--template", metavar="模板", help="以模板开始写，如 季度进展；名称写一部分也可以。"
    ),
    yes: bool = flag("--yes", "-y", help="多条措施时不再询问。"),
    dry_run: bool = flag("--dry-run", help="只显示将写的文件和提交，不写入。"),
    draft: bool = flag("--draft", help="接着上次没有提交成的草稿填报。"),
    drop_draft: bool = flag("--drop-draft", help="丢弃这一条的草稿，不填报。"),
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
    writer, view = read.writer, read.reader.current()
    if drop_draft and where is None and _drop_lost(writer, view, read.words):
        return 0
    numbers = _chosen_measures(view, read.words, where)
    several = len(numbers) > 1
    kept = writer.drafts.draft(numbers, several=several)
    if drop_draft:
        _drop(writer, kept)
        return 0
    if template is not None:
        if message is not None or draft:
            raise UsageError("--template 不能和 --message、--draft 一起用", "只留一个")
        given |= _from_template(writer, view, numbers, template, given, must_be_whole=not dry_run)
    request = replace(_start(numbers, kept, draft), **given)  # type: ignore[arg-type]
    if several:
        together = together or (draft and kept is not None and kept.together)
        code = file_batch(writer, view, numbers, request, together=together, dry_run=dry_run, yes=yes)
        if code == 0 and draft and not dry_run:
            writer.drafts.forget(numbers, several=True)
        return code
    # Without a terminal a draft is committed as it stands; with one it is shown again first.
    ready = bool(request.message.strip()) and (draft or template is not None) and not _at_terminal()
    other = None if draft or kept is None else kept.request
    if message is None and not dry_run and not ready:
        request = _in_editor(writer, view.row(numbers[0]), request, other)
        other = None
    elif other is not None:
        text = one_line(other.message, 40)
        warn(f"第 {numbers[0]} 条另有一份草稿没有提交：{text}（--draft 接着填，--drop-draft 丢弃）")
    if dry_run:
        repository = writer.reader.repository
        print_preview(prepare_report(view, request, repository.identity(), repository.moment()))
    else:
        _submit(writer, request, other)
    return 0


def _chosen_measures(view: View, numbers: Sequence[str], where: str | None) -> tuple[str, ...]:
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


def _start(numbers: tuple[str, ...], kept: Draft | None, draft: bool) -> ReportRequest:
    """The request that the options are laid over: the draft where one is asked for, else an empty one."""
    if draft and kept is None:
        several = f"{'、'.join(numbers)} 这几条没有一起填报的草稿"
        raise UsageError(several if len(numbers) > 1 else f"第 {numbers[0]} 条没有草稿", "去掉 --draft")
    if draft and kept is not None:
        return kept.request
    return ReportRequest(measure=numbers[0] if len(numbers) == 1 else "", unit="", message="")


def _at_terminal() -> bool:
    """Whether a person is there to write."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _from_template(
    writer: Writer,
    view: View,
    numbers: tuple[str, ...],
    name: str,
    given: dict[str, object],
    *,
    must_be_whole: bool,
) -> dict[str, object]:
    """What a template gives: the text, its facts filled in, and its kind where none was asked for.

    Raises :class:`UsageError` where a text that ``must_be_whole`` has blanks that nobody can fill.
    """
    from fazhi_tui.service.notes.templates import blanks_of, filled_in, template_named

    kind = given.get("kind")
    found = template_named(view, name, kind if isinstance(kind, NoteKind) else None)
    unit = str(given.get("unit") or writer.reader.repository.identity().unit)
    rows = [view.row(number) for number in numbers]
    occurrence, item = str(given.get("occurrence") or ""), str(given.get("item") or "")
    text = filled_in(
        found, view, rows, view.index.canonical(unit) if unit else "", item=item, occurrence=occurrence
    )
    if must_be_whole and (blanks := blanks_of(text)) and (len(numbers) > 1 or not _at_terminal()):
        said = f"模板「{one_line(found.name)}」有 {len(blanks)} 处【】要填，这里没有编辑器可以填"
        raise UsageError(said, f"在终端里一条一条填报，或用 --message 写全：{one_line(text, 60)}")
    begun: dict[str, object] = {"message": text}
    if kind is None and found.kind is not None:
        begun["kind"] = found.kind
    return begun


def _drop(writer: Writer, kept: Draft | None) -> None:
    """Throw a draft away; what it said is printed, so that a slip can be mended by hand."""
    if kept is None:
        raise UsageError("这里没有草稿", "不必丢弃")
    writer.drafts.forget(kept.measures, several=kept.several)
    what = one_line(kept.label) if kept.several else f"第 {one_line(kept.label)} 条"
    out(f"已丢弃{what}的草稿，它的内容是：\n{visible(kept.request.message)}")


def _drop_lost(writer: Writer, view: View, typed: Sequence[str]) -> bool:
    """Throw away the draft of a measure that is gone; False where it is not that."""
    if len(typed) != 1 or any(row.measure.id == typed[0] for row in view.rows):
        return False
    kept = writer.drafts.draft((typed[0],))
    if kept is not None:
        _drop(writer, kept)
    return kept is not None


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
    if not _at_terminal():
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


# ------------------------------------------------------------------ several at once


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
    identity, moment = writer.reader.repository.identity(), writer.reader.repository.moment()
    batch = prepare_batch(view, numbers, request, identity, together=together, now=moment)
    for number, error in batch.refused:
        warn(f"第 {number} 条不能这样填报：{error.message}（{error.hint}）" if error.hint else error.message)
    if dry_run:
        for action in batch.actions:
            print_preview(action)
        return 0
    _print_list(view, batch)
    notes = sum(len(action.notes) for action in batch.actions)
    if not agreed(f"提交以上 {notes} 条填报？", yes=yes):
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
    with progress_line() as going:
        said = "正在提交 {}/{}" if total > 1 else ""
        filed = writer.commit_batch(batch.actions, lambda done: going(said.format(done + 1, total)))
    for done in filed.done:
        out(f"已提交 {done.commit[:8]}：{one_line(done.action.subject)}")
    if filed.error is not None:
        err(f"提交了 {len(filed.done)} 次，还有 {len(filed.left)} 次没有提交。")
        raise filed.error
    return 1 if batch.refused else 0
