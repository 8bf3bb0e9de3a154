"""A 通报 as Markdown, and the same for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.reporting.digest import Digest, DigestKind, DigestLine
from fazhi_tui.service.reporting.urge import markdown_text

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

#: Digits of a commit that are written; `git show` finds it by them.
SHORT = 10


def digest_markdown(view: View, digest: Digest) -> str:
    """The whole 通报: the totals, then unit by unit, every line with the commit it rests on."""
    plan = view.tracker.plan
    lines = [f"# 通报（{digest.start} 至 {digest.end}）", ""]
    if plan:
        lines += [f"依据{markdown_text(plan.title)}，现将这一期间的办理情况通报如下。", ""]
    lines += ["，".join(f"{kind.value} {digest.count(kind)} 项" for kind in DigestKind) + "。"]
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
