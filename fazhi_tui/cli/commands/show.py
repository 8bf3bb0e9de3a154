"""``fazhi show``: one measure, whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fazhi_tui.cli.completion.values import complete_measure
from fazhi_tui.cli.options import argument, flag
from fazhi_tui.cli.output import paint, paint_light
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.rows import row_json
from fazhi_tui.cli.tables import Column, labelled, paragraph, table
from fazhi_tui.domain.columns import deadline_text
from fazhi_tui.domain.deadlines.lights import LIGHT_RULES
from fazhi_tui.domain.deadlines.obligations import Obligation
from fazhi_tui.domain.measure_history import heirs_of, measure_history, since_when, withdrawal
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.measure import Completeness, Item, Measure, Role
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.domain.unit_history import DUTIES
from fazhi_tui.records.fields import to_json

if TYPE_CHECKING:
    from fazhi_tui.service.view import View

COLUMNS = (
    Column("期限"),
    Column("哪一项", least=10),
    Column("来由"),
    Column("结果", least=16),
    Column("依据的进展", least=12),
)


@command("show", "at", "json", "repo", "today")
def show(
    read: ReadContext,
    measure: str = argument("编号", "措施编号，如 28。", complete_measure, default=...),
    why: bool = flag("--why", help="只说灯是怎么定的：哪条规则、哪一天、哪条进展，以及各项期限。"),
) -> None:
    """显示一条措施的全部内容：正文、单位、事项、进展、校勘，以及状态和依据。

    例：
      fazhi show 28
      fazhi show 28 --why
      fazhi show 28 --json
    """
    view = read.view
    row = view.row(measure)
    if why:
        read.answer(lambda: explanation_json(view, row), lambda width: explanation(view, row, width))
    else:
        read.answer(
            lambda: {
                **row_json(row),
                "去向": [heir.id for heir in heirs_of(row.measure, view.tracker.measures)],
                "进展": [{**to_json(note), "内容": note.body, "文件": note.path} for note in row.state.notes],
            },
            lambda width: page(row, width, view.settings.light_names, view.tracker.measures),
        )


def page(row: Row, width: int | None, names: LightNames, measures: Sequence[Measure]) -> list[str]:
    """The lines that show one measure; wrapped where ``width`` is given.  ``measures`` are all there are."""
    measure = row.measure
    lines = [paint(f"{measure.id} {one_line(measure.display_title)}", "1")]
    lines += [f"章：{one_line(measure.chapter)}"] if measure.chapter else []
    lines += [f"节：{one_line(measure.section)}"] if measure.section else []
    if gone := withdrawal(measure, measures):
        lines.append(paint(f"废止：{gone}", "31"))
    lines += _state(row, width, names)
    lines += ["", *_units(measure, width)]
    lines += ["", "正文", *paragraph(visible(measure.joined_text) or "（原文缺失）", width, "  ")]
    if measure.items:
        lines += ["", "事项"]
        for item in measure.items:
            lines += _item(item, width)
    if history := measure_history(measure, measures):
        lines += ["", "沿革"]
        for said in history:
            first, *rest = paragraph(one_line(said.said), width, " " * 17)
            lines += [f"  {said.date}  {first.lstrip()}", *rest]
    if row.state.notes:
        lines += ["", f"进展（{len(row.state.notes)}）"]
        for note in reversed(row.state.notes):
            lines += _note(note, width)
    if measure.remarks or measure.printed_id or measure.completeness is not Completeness.WHOLE:
        lines += ["", "校勘"]
        if measure.completeness is not Completeness.WHOLE:
            lines.append(f"  完整性：{measure.completeness}")
        if measure.printed_id:
            lines.append(f"  原文编号：{one_line(measure.printed_id)}")
        for remark in measure.remarks:
            first, *rest = paragraph(visible(remark), width, "    ")
            lines += [f"  - {first.lstrip()}", *rest]
    return lines


def _state(row: Row, width: int | None, names: LightNames) -> list[str]:
    state = row.state
    if row.measure.withdrawn is not None:
        return [f"状态：{state.status}（废止以前）", *warnings_of(row, width)]
    facts = [f"状态：{state.status}", f"灯：{paint_light(state.light, one_line(names.of(state.light)))}"]
    facts += [f"进度：{state.progress}%"] if state.progress is not None else []
    facts += [f"更新：{state.updated:%Y-%m-%d %H:%M}"] if state.updated else []
    return [
        "   ".join(facts),
        f"时限：{deadline_text(row)}",
        *labelled("依据", one_line(state.why), width),
        *warnings_of(row, width),
    ]


def _units(measure: Measure, width: int | None) -> list[str]:
    lines: list[str] = []
    for role, field in zip(Role, DUTIES, strict=True):
        if names := measure.units(role):
            lines += labelled(f"{role}单位", one_line("、".join(names)) + _since(measure, field), width)
    lines += ["（按职责分工负责）"] if measure.by_duties else []
    lines += ["（名单以「等部门」收尾，未列尽）"] if measure.open_list else []
    return lines or ["（原文未列单位）"]


def _item(item: Item, width: int | None) -> list[str]:
    facts = [f"截止 {item.due.isoformat()}{_since(item, 'due')}"] if item.due else []
    facts += [item.period.value + _since(item, "period")] if item.period else []
    if item.quantity:
        count = f"不少于 {item.quantity} {one_line(item.measure_word or '')}".rstrip()
        facts.append(count + _since(item, "quantity"))
    lines = [f"  {one_line(item.id):<6}{'，'.join(facts)}".rstrip()]
    lines += paragraph(visible(item.content), width, " " * 8)
    if item.source and item.source != item.content:
        lines += paragraph(f"原文：{visible(item.source)}", width, " " * 8)
    return lines


def _since(dated: Measure | Item, name: str) -> str:
    day = since_when(dated, name)
    return f"（自 {day} 起）" if day else ""


def _note(note: Note, width: int | None) -> list[str]:
    facts = [f"{note.time:%Y-%m-%d %H:%M}", one_line(note.unit), note.kind.value]
    facts += [one_line(note.item)] if note.item else []
    facts += [one_line(note.occurrence)] if note.occurrence else []
    if note.status and note.status != note.status_before:
        facts.append(f"{note.status_before or '?'} -> {note.status}")
    facts += [f"进度 {note.progress}%"] if note.progress is not None else []
    facts += [f"数量 {note.quantity}"] if note.quantity is not None else []
    facts += [f"延期至 {note.new_due.isoformat()}"] if note.new_due else []
    facts += [f"更正 {one_line(note.corrects)}"] if note.corrects else []
    lines = ["  " + "  ".join(facts), f"    填报人：{one_line(note.author)}"]
    lines += paragraph(visible(note.body).strip("\n"), width, "    ")
    lines += [f"    佐证：{one_line(name)}" for name in note.evidence]
    lines.append(f"    文件：{one_line(note.path)}")
    return lines


def explanation(view: View, row: Row, width: int | None) -> list[str]:
    """The lines that explain one light."""
    state = row.state
    light = paint_light(state.light, one_line(view.settings.light_names.of(state.light)))
    lines = [paint(f"{row.measure.id} {one_line(row.measure.display_title)}", "1")]
    if gone := withdrawal(row.measure, view.tracker.measures):
        lines.append(paint(f"废止：{gone}，以下是照没有废止算的", "31"))
    lines += [f"{view.today} 的灯：{light}   状态：{state.status}"]
    lines += labelled("规则", f"{state.rule}：{LIGHT_RULES[state.rule].meaning}", width)
    lines += labelled("理由", one_line(state.why), width)
    if state.why_date:
        lines += [f"日期：{state.why_date}"]
    lines += labelled("进展", _basis(row), width)
    lines += warnings_of(row, width)
    owed = view.obligations(row)
    if owed:
        lines += ["", *table(COLUMNS, [_obligation_cells(view, obligation) for obligation in owed], width)]
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
        "未报单位": list(state.silent),
        "读不出": [{"文件": unread.path, "理由": unread.reason} for unread in state.unread],
        "分歧": [note.id for note in state.disagreement] if state.disagreement else [],
        "不计": [{"进展": note.id, "理由": why} for note, why in state.refused],
        "期限": [_obligation_json(obligation) for obligation in view.obligations(row)],
    }


def warnings_of(row: Row, width: int | None) -> list[str]:
    """What a person has to look at: a disagreement, notes that do not count, a report that is missing."""
    state = row.state
    lines: list[str] = []
    for unread in state.unread:
        lines += labelled("读不出", one_line(f"{unread.path}：{unread.reason}"), width)
    if state.disagreement is not None:
        sides = "，".join(f"{note.unit}（{note.id}）改为{note.status}" for note in state.disagreement)
        said = f"{sides}，都从{state.disagreement[1].status_before}开始；用更正、办结或退回定下来"
        lines += labelled("分歧", one_line(said), width)
    for note, why in state.refused:
        lines += labelled("不计", one_line(f"{note.unit} {note.kind}（{note.id}）：{why}"), width)
    if state.missing:
        lines += labelled("漏报", one_line(state.missing_said), width)
    return lines


def _basis(row: Row) -> str:
    note = next((note for note in row.state.notes if note.id == row.state.why_note), None)
    if note is None:
        return "无；依据方案原文和设置"
    return one_line(f"{note.time:%Y-%m-%d %H:%M} {note.unit} {note.kind}  {note.path}")


def _source(obligation: Obligation) -> str:
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


def _obligation_cells(view: View, obligation: Obligation) -> tuple[str, ...]:
    due = obligation.due.isoformat()
    if obligation.due != obligation.first_due:
        due += f"（原定 {obligation.first_due}）"
    name = one_line(obligation.label) if obligation.item else "整条措施"
    notes = "、".join(dict.fromkeys(part for part in (obligation.done_by, obligation.extended_by) if part))
    return due, name, _source(obligation), _result(view, obligation), one_line(notes) or "-"


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
        "来由": _source(obligation),
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
