"""``fazhi stats``, ``fazhi digest`` and ``fazhi urge``: the figures, the 通报, the 督办单."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi_tui.cli.command_table import QueryCommand
from fazhi_tui.cli.commands.list import warn_of_problems
from fazhi_tui.cli.completion.completer import complete_query, complete_unit
from fazhi_tui.cli.options import (
    AtOption,
    JsonOption,
    MembersOption,
    RepoOption,
    TodayOption,
    one_day,
    open_reader,
)
from fazhi_tui.cli.output import err, out, out_json, pointing_at
from fazhi_tui.cli.tables import terminal_width
from fazhi_tui.domain.model.errors import FazhiError, RepositoryError, UsageError
from fazhi_tui.domain.text.visible import visible

if TYPE_CHECKING:
    from fazhi_tui.domain.model.repository import Event
    from fazhi_tui.service.reader import Reader

app = typer.Typer()


@app.command("stats", cls=QueryCommand)
def stats(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="筛选", help="只统计合于条件的措施。", autocompletion=complete_query),
    ] = None,
    missing: Annotated[bool, typer.Option("--missing", help="只列漏报：哪个单位、哪一条。")] = False,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="期", help="看哪一期的漏报，如 2023年第1季度；不写则取上一期。"),
    ] = None,
    members: MembersOption = False,
    at: AtOption = None,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> None:
    """统计各状态、各灯、各节、各单位的条数，逾期最多的单位，每月填报，上一期的漏报。

    例：
      fazhi stats
      fazhi stats 'lead:sfj' --json
      fazhi stats --missing --today 2023-07-01
    """
    view = open_reader(context, repo, today, members=members, at=at).load()
    text = " ".join(query or ()).strip()
    from fazhi_tui.cli import stats_text
    from fazhi_tui.service.reporting.missing import period_named
    from fazhi_tui.service.reporting.stats import stats_of

    with pointing_at(text):
        found = stats_of(view, view.select(text), period_named(view, period) if period else None)
    if json:
        out_json(stats_text.missing_json(found) if missing else stats_text.stats_json(found))
    else:
        width = terminal_width()
        lines_of = stats_text.missing_lines if missing else stats_text.stats_lines
        out("\n".join(lines_of(view, found, width)))
    warn_of_problems(view)


@app.command("digest")
def digest(
    context: typer.Context,
    span: Annotated[str, typer.Argument(metavar="起..止", help="两天之间，如 2024-01-01..2024-03-31。")],
    members: MembersOption = False,
    json: JsonOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> None:
    """写一份通报（Markdown）：这段时间办结、新增逾期、延期、退回、漏报了什么，逐条写明依据的提交。

    例：
      fazhi digest 2024-01-01..2024-03-31 --today 2024-04-02
      fazhi digest 2024Q1 --today 2024-04-02 --json
    """
    reader = open_reader(context, repo, today, members=members)
    view = reader.load()
    start, end = _days(span, view.today)
    from fazhi_tui.cli import digest_text
    from fazhi_tui.service.reporting.digest import digest_of

    found = digest_of(view, start, end, _events(reader))
    if json:
        out_json(digest_text.digest_json(found))
    else:
        out(digest_text.digest_markdown(view, found))
    warn_of_problems(view)


def _days(text: str, today: date) -> tuple[date, date]:
    from fazhi_tui.domain.deadlines.dates import parse_day_range

    found = parse_day_range(text, today)
    if found.start is None or found.end is None:
        raise UsageError(f"「{text}」没有写明两头", "例如 2024-01-01..2024-03-31")
    return found.start, found.end


def _events(reader: Reader) -> tuple[Event, ...]:
    """The history; empty, and told so, where git cannot be asked: the facts are in the files."""
    try:
        return reader.repository.events()
    except FazhiError as error:
        err(f"提醒：{visible(error.message)}；通报里写不出提交号。")
        return ()


@app.command("urge")
def urge(
    context: typer.Context,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="单位", help="催办哪个单位；不写则全部。", autocompletion=complete_unit
        ),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option(
            "--where",
            metavar="筛选",
            help="催办哪些措施；不写则催办红灯、黄灯和未报的。",
            autocompletion=complete_query,
        ),
    ] = None,
    reply_by: Annotated[
        str | None, typer.Option("--reply-by", metavar="日期", help="要求在哪一天以前反馈。")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="文件", help="督办单写到文件；不写则打印。")
    ] = None,
    file_notes: Annotated[
        bool, typer.Option("--file", help="同时对每条措施填报一条催办（统筹单位才能）。")
    ] = False,
    message: Annotated[
        str, typer.Option("--message", "-m", metavar="内容", help="催办的内容；不写则写明反馈期限。")
    ] = "",
    together: Annotated[
        bool, typer.Option("--together", help="各条催办合为一次提交；不写则一条一次提交。")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示将写的文件和提交，不写入。")] = False,
    members: MembersOption = False,
    repo: RepoOption = None,
    today: TodayOption = None,
) -> int:
    """写一份督办单（Markdown）：编号、依据、事项、牵头和配合单位、时限、紧急程度；需要时一并填报催办。

    例：
      fazhi urge --unit 市司法局 --today 2023-07-01
      fazhi urge --unit sfj --reply-by 2023-07-15 --file --dry-run --today 2023-07-01
      fazhi urge --where '编号:28' -o 督办单.md --today 2023-07-01
    """
    reader = open_reader(context, repo, today, members=members)
    view = reader.load()
    from fazhi_tui.cli.commands.report import file_batch
    from fazhi_tui.service.reporting.urge import sheet_markdown, urge_request, urge_sheet

    with pointing_at(where or ""):
        sheet = urge_sheet(view, unit, where or "", one_day("--reply-by", reply_by))
    text = sheet_markdown(sheet)
    if output:
        _write(Path(output), text)
        out(f"督办单已写到 {output}（{len(sheet.items)} 条）")
    elif not file_notes:
        sys.stdout.write(text)
    if not file_notes:
        return 0
    if not sheet.office:
        raise UsageError("plan.yaml 没有写明统筹单位，不能催办", "在 plan/plan.yaml 的 设置 里写 统筹单位")
    request = urge_request(sheet, message)
    from fazhi_tui.service.writer import Writer

    return file_batch(
        Writer(reader), view, sheet.numbers, request, together=together, dry_run=dry_run, yes=yes
    )


def _write(path: Path, text: str) -> None:
    from fazhi_tui.service.error_words import system_words

    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise RepositoryError(f"写不了 {path}：{system_words(error)}", "换一个路径，或看看写权限") from error
