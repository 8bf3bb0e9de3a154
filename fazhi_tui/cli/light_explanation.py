"""``fazhi show --why``: which rule gave the light, by which date and which note; and every date owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.cli.output import paint, paint_light
from fazhi_tui.cli.tables import Column, labelled, table
from fazhi_tui.domain.deadlines.lights import LIGHT_RULES
from fazhi_tui.domain.deadlines.obligations import Obligation
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

COLUMNS = (
    Column("期限"),
    Column("哪一项", least=10),
    Column("来由"),
    Column("结果", least=16),
    Column("依据的进展", least=12),
)


def explanation(view: View, row: Row, width: int | None) -> list[str]:
    """The lines that explain one light."""
    state = row.state
    light = paint_light(state.light, one_line(view.settings.light_names.of(state.light)))
    lines = [paint(f"{row.measure.id} {one_line(row.measure.display_title)}", "1")]
    lines += [f"{view.today} 的灯：{light}   状态：{state.status}"]
    lines += labelled("规则", f"{state.rule}：{LIGHT_RULES[state.rule].meaning}", width)
    lines += labelled("理由", one_line(state.why), width)
    if state.why_date:
        lines += [f"日期：{state.why_date}"]
    lines += labelled("进展", _basis(row), width)
    lines += warnings_of(row, width)
    owed = view.obligations(row)
    if owed:
        lines += ["", *table(COLUMNS, [_cells(view, obligation) for obligation in owed], width)]
    return lines


def explanation_json(view: View, row: Row) -> dict[str, object]:
    """The same for programs."""
    state = row.state
    return {
        "编号": row.measure.id,
        "今天": view.today.isoformat(),
        "灯": state.light.value,
        "规则": state.rule,
        "意思": LIGHT_RULES[state.rule].meaning,
        "依据": state.why,
        "日期": state.why_date.isoformat() if state.why_date else None,
        "进展": state.why_note or None,
        "漏报": state.missing or None,
        "分歧": [note.id for note in state.disagreement] if state.disagreement else [],
        "不计": [{"进展": note.id, "理由": why} for note, why in state.refused],
        "期限": [_obligation_json(obligation) for obligation in view.obligations(row)],
    }


def warnings_of(row: Row, width: int | None) -> list[str]:
    """What a person has to look at: a disagreement, notes that do not count, a report that is missing."""
    state = row.state
    lines: list[str] = []
    if state.disagreement is not None:
        sides = "，".join(f"{note.unit}（{note.id}）改为{note.status}" for note in state.disagreement)
        said = f"{sides}，都从{state.disagreement[1].status_before}开始；用更正、办结或退回定下来"
        lines += labelled("分歧", one_line(said), width)
    for note, why in state.refused:
        lines += labelled("不计", one_line(f"{note.unit} {note.kind}（{note.id}）：{why}"), width)
    if state.missing:
        lines += labelled("漏报", f"{state.missing}没有填报，至今也没有补报", width)
    return lines


def _basis(row: Row) -> str:
    note = _note(row, row.state.why_note)
    if note is None:
        return "无；依据方案原文和设置"
    return one_line(f"{note.time:%Y-%m-%d %H:%M} {note.unit} {note.kind}  {note.path}")


def _note(row: Row, note_id: str) -> Note | None:
    return next((note for note in row.state.notes if note.id == note_id), None) if note_id else None


def source_of(obligation: Obligation) -> str:
    """Where a date comes from: the document's own date, a recurring duty, or the plan's last day."""
    if obligation.item is None:
        return "规划期末"
    if obligation.item.period is not None:
        return (
            f"{obligation.item.period}一期"
            if obligation.item.period.value.startswith("每")
            else obligation.item.period.value
        )
    return "方案写明" if obligation.item.due else "规划期末"


def _cells(view: View, obligation: Obligation) -> tuple[str, ...]:
    due = obligation.due.isoformat()
    if obligation.due != obligation.first_due:
        due += f"（原定 {obligation.first_due}）"
    name = one_line(obligation.label) if obligation.item else "整条措施"
    notes = "、".join(dict.fromkeys(part for part in (obligation.done_by, obligation.extended_by) if part))
    return due, name, source_of(obligation), _result(view, obligation), one_line(notes) or "-"


def _result(view: View, obligation: Obligation) -> str:
    if obligation.done is not None:
        return f"{obligation.done} 完成{'，逾期' if obligation.late else ''}"
    parts = [f"逾期 {(view.today - obligation.due).days} 天" if obligation.due < view.today else "未到期"]
    if obligation.item is not None and obligation.item.quantity:
        word = one_line(obligation.item.measure_word or "")
        parts.append(f"{obligation.quantity}/{obligation.item.quantity} {word}".rstrip())
    if obligation.progress is not None:
        parts.append(f"进度 {obligation.progress}%")
    return "，".join(parts)


def _obligation_json(obligation: Obligation) -> dict[str, object]:
    return {
        "事项": obligation.item.id if obligation.item else None,
        "名称": obligation.label,
        "来由": source_of(obligation),
        "起": obligation.start.isoformat(),
        "期限": obligation.due.isoformat(),
        "原定": obligation.first_due.isoformat(),
        "完成": obligation.done.isoformat() if obligation.done else None,
        "逾期完成": obligation.late,
        "进度": obligation.progress,
        "数量": obligation.quantity,
        "依据": [
            part for part in (obligation.done_by, obligation.extended_by, obligation.progress_by) if part
        ],
    }
