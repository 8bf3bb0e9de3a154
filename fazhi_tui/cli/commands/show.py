"""``fazhi show``: one measure, whole."""

from __future__ import annotations

from fazhi_tui.cli.completion.values import complete_measure
from fazhi_tui.cli.light_explanation import explanation, explanation_json, warnings_of
from fazhi_tui.cli.options import argument, flag
from fazhi_tui.cli.output import paint, paint_light
from fazhi_tui.cli.read_context import ReadContext, command
from fazhi_tui.cli.rows import row_json
from fazhi_tui.cli.tables import labelled, paragraph
from fazhi_tui.domain.columns import deadline_text
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.measure import Completeness, Item, Measure, Role
from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.records.fields import to_json


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
            lambda: {**row_json(row), "进展": [_note_json(note) for note in row.state.notes]},
            lambda width: page(row, width, view.settings.light_names),
        )


def _note_json(note: Note) -> dict[str, object]:
    """A note with the keys of its file, its body and its path."""
    return {**to_json(note), "内容": note.body, "文件": note.path}


def page(row: Row, width: int | None, names: LightNames) -> list[str]:
    """The lines that show one measure; wrapped where ``width`` is given."""
    measure = row.measure
    lines = [paint(f"{measure.id} {one_line(measure.display_title)}", "1")]
    lines += [f"章：{one_line(measure.chapter)}"] if measure.chapter else []
    lines += [f"节：{one_line(measure.section)}"] if measure.section else []
    lines += _state(row, width, names)
    lines += ["", *_units(measure, width)]
    lines += ["", "正文", *paragraph(visible(measure.joined_text) or "（原文缺失）", width, "  ")]
    if measure.items:
        lines += ["", "事项"]
        for item in measure.items:
            lines += _item(item, width)
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
            lines += _listed("- ", remark, width)
    return lines


def _state(row: Row, width: int | None, names: LightNames) -> list[str]:
    state = row.state
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
    for role in Role:
        if names := measure.units(role):
            lines += labelled(f"{role}单位", one_line("、".join(names)), width)
    lines += ["（按职责分工负责）"] if measure.by_duties else []
    lines += ["（名单以「等部门」收尾，未列尽）"] if measure.open_list else []
    return lines or ["（原文未列单位）"]


def _item(item: Item, width: int | None) -> list[str]:
    facts = [f"截止 {item.due.isoformat()}"] if item.due else []
    facts += [item.period.value] if item.period else []
    facts += [f"不少于 {item.quantity} {one_line(item.measure_word or '')}".rstrip()] if item.quantity else []
    lines = [f"  {one_line(item.id):<6}{'，'.join(facts)}".rstrip()]
    lines += paragraph(visible(item.content), width, " " * 8)
    if item.source and item.source != item.content:
        lines += paragraph(f"原文：{visible(item.source)}", width, " " * 8)
    return lines


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


def _listed(mark: str, text: str, width: int | None) -> list[str]:
    first, *rest = paragraph(visible(text), width, "    ")
    return [f"  {mark}{first.lstrip()}", *rest]
