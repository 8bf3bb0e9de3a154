"""``fazhi digest``: a 通报 between two days, as Markdown and for programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fazhi_tui.cli.options import argument
from fazhi_tui.cli.output import err
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.service.reporting.digest import Digest, DigestKind, DigestLine, digest_of
from fazhi_tui.service.reporting.urge import markdown_text

if TYPE_CHECKING:
    from fazhi_tui.domain.model.repository import Event
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

#: Digits of a commit that are written; `git show` finds it by them.
SHORT = 10


@command("digest", "members", "json", "repo", "today")
def digest(
    read: ReadContext,
    span: str = argument("起..止", "两天之间，如 2024-01-01..2024-03-31。", default=...),
) -> None:
    """写一份通报（Markdown）：这段时间办结、新增逾期、延期、退回、漏报了什么，逐条写明依据的提交。

    例：
      fazhi digest 2024-01-01..2024-03-31 --today 2024-04-02
      fazhi digest 2024Q1 --today 2024-04-02 --json
    """
    view = read.view
    found = digest_of(view, *_days(span, view.today), _events(read.reader))
    read.answer(lambda: digest_json(found), lambda _: [digest_markdown(view, found)])


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


def digest_markdown(view: View, digest: Digest) -> str:
    """The whole 通报: the totals, then unit by unit, every line with the commit it rests on."""
    plan = view.tracker.plan
    lines = [f"# 通报（{digest.start} 至 {digest.end}）", ""]
    if plan:
        lines += [f"依据{markdown_text(plan.title)}，现将这一期间的办理情况通报如下。", ""]
    counts = {kind: digest.count(kind) for kind in DigestKind}
    kinds = (kind for kind in DigestKind if counts[kind] or kind is not DigestKind.UNKNOWN)
    lines += ["，".join(f"{kind.value} {counts[kind]} 项" for kind in kinds) + "。"]
    by_unit = digest.by_unit()
    if not by_unit:
        lines += ["", "这一期间没有可通报的事项。"]
    for unit, found in by_unit.items():
        counts = {kind: sum(line.kind is kind for line in found) for kind in DigestKind}
        told = "，".join(f"{kind.value} {number}" for kind, number in counts.items() if number)
        lines += ["", f"## {markdown_text(unit)}（{told}）", ""]
        lines += [_line(line) for line in found]
    unowned = [line for line in digest.lines if not line.units]
    if unowned:
        lines += ["", "## 原文未列单位的", "", *(_line(line) for line in unowned)]
    return "\n".join(lines)


def _line(line: DigestLine) -> str:
    measure = line.row.measure
    commit = f"提交 {line.commit[:SHORT]}" if line.commit else "未提交"
    title = markdown_text(one_line(measure.display_title))
    text = markdown_text(line.text)
    return f"- {line.kind.value}：第{measure.id}条 {title}，{line.day}，{text}（{commit}）"


def digest_json(digest: Digest) -> dict[str, object]:
    """The lines, each once, with all their units."""
    return {
        "起": digest.start.isoformat(),
        "止": digest.end.isoformat(),
        "合计": {kind.value: digest.count(kind) for kind in DigestKind},
        "各项": [
            {
                "类别": line.kind.value,
                "措施": line.row.measure.id,
                "单位": list(line.units),
                "日期": line.day.isoformat(),
                "说明": line.text,
                "依据": line.basis,
                "提交": line.commit or None,
            }
            for line in digest.lines
        ],
    }
