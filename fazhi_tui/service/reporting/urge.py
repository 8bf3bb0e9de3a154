"""督办单: what a body is urged to do, as Markdown, and the request for the 催办 notes that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Role
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import abolition
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.reporting.missing import reporters
from fazhi_tui.service.view import View

#: How urgent, by light: red 特急, yellow 加急, and what is only unreported 平急.
URGENCY = {
    Light.RED: "特急",
    Light.YELLOW: "加急",
    Light.UNREPORTED: "平急",
    Light.GREEN: "平急",
    Light.UNCOUNTED: "平急",
    Light.UNKNOWN: "平急",
}


@dataclass(frozen=True)
class UrgeItem:
    """One entry of a 督办单.

    ``number`` is 年〔…〕 with the measure and how often it has been urged; ``facts`` are the lines of its
    table, each a name and a text.
    """

    number: str
    row: Row
    urgency: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class UrgeSheet:
    """A 督办单 of one day, to one body or to all whom it concerns."""

    unit: str
    office: str
    day: date
    plan: str
    items: tuple[UrgeItem, ...]
    reply_by: date | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The measures it urges."""
        return tuple(item.row.measure.id for item in self.items)


def urge_sheet(view: View, unit: str | None, query: str = "", reply_by: date | None = None) -> UrgeSheet:
    """The 督办单 to a body, of what it is charged with and is not green (or lacks a report).

    ``unit`` is a name as typed, None for all bodies; ``query`` chooses among the measures, and where it is
    given everything it keeps is urged, green or not; never what has a note that could not be read, for that
    may be what is asked for.  Raises :class:`UsageError` where there is nothing to urge.
    """
    body = view.index.resolve(unit) if unit else None
    name = body.name if body else ""
    rows = view.select(query) if query.strip() else tuple(filter(_wants_urging, view.rows))
    if name:
        rows = tuple(
            row for row in rows if name in reporters(view, row.measure) or name in view.charged(row.measure)
        )
    unread = tuple(row for row in rows if row.state.unread)
    rows = tuple(row for row in rows if not row.state.unread)
    if unread and not rows:
        numbers = "、".join(row.measure.id for row in unread)
        raise UsageError(f"第 {numbers} 条有进展读不出，不能催办", "运行 fazhi check，先改好读不出的进展")
    if not rows:
        whom = f"{name}{abolition(body)}，没有" if body and body.abolished else f"{name}没有"
        raise UsageError(f"{whom}要催办的措施", "用 --where 写明要催办哪些，如 --where '到期:90d'")
    plan = view.tracker.plan
    return UrgeSheet(
        unit=name,
        office=view.settings.coordinator,
        day=view.today,
        plan=plan.title if plan else "",
        items=tuple(_item(view, row) for row in rows),
        reply_by=reply_by,
    )


def _wants_urging(row: Row) -> bool:
    """Whether a measure is one that the coordinating office would urge: not green, still owed."""
    state = row.state
    if state.unread:
        return False
    return bool(state.missing) or (state.light is not Light.GREEN and state.next_due is not None)


def urge_request(sheet: UrgeSheet, message: str = "") -> ReportRequest:
    """The 催办 note for each measure of a sheet; without a message, one that says what is expected."""
    until = f"请于 {sheet.reply_by} 前填报进展" if sheet.reply_by else "请尽快填报进展"
    return ReportRequest("", sheet.office, message.strip() or f"{until}。", kind=NoteKind.URGE)


def sheet_markdown(sheet: UrgeSheet) -> str:
    """The 督办单 as Markdown."""
    lines = [f"# 督办单{'：' + one_line(sheet.unit) if sheet.unit else ''}", ""]
    lines += [f"- 依据：{markdown_text(sheet.plan)}", f"- 日期：{sheet.day}"]
    lines += [f"- 督办单位：{markdown_text(sheet.office)}"] if sheet.office else []
    lines += [f"- 反馈期限：{sheet.reply_by}"] if sheet.reply_by else []
    lines += [f"- 共 {len(sheet.items)} 条"]
    for item in sheet.items:
        lines += ["", f"## {item.number} {markdown_text(item.row.measure.display_title)}", ""]
        lines += ["| 项目 | 内容 |", "| --- | --- |"]
        lines += [f"| {name} | {markdown_text(text)} |".replace("|  |", "| |") for name, text in item.facts]
    return "\n".join(lines) + "\n"


def _item(view: View, row: Row) -> UrgeItem:
    measure, state = row.measure, row.state
    times = 1 + sum(note.kind is NoteKind.URGE for note in state.notes)
    due, days = state.next_due, (view.today - (state.next_due or view.today)).days
    item = next((item for item in measure.items if state.next_label.split(" ")[0] == item.id), None)
    leads = view.index.bodies(measure.units(Role.LEAD)) or view.index.bodies(measure.units(Role.RESPONSIBLE))
    others = tuple(name for name in view.index.bodies(measure.units()) if name not in leads)
    deadline = f"{due}（{state.next_label}）" if due else "（无未完成的期限）"
    unreported = f"；{state.missing}没有填报" if state.missing and state.rule != "unreported" else ""
    facts = {
        "紧急程度": URGENCY[state.light],
        "立项依据": f"方案第{measure.id}条" + (f"（事项 {item.id}）" if item else ""),
        "督办事项": item.content if item else measure.display_title,
        "牵头单位": "、".join(leads) or "（原文未列）",
        "配合单位": "、".join(others) or "（无）",
        "办理时限": deadline + (f"，已逾期 {days} 天" if days > 0 else ""),
        "督办理由": state.why + unreported,
        "办理情况": "",
    }
    number = f"督办〔{view.today.year}〕{measure.id}-{times}号"
    return UrgeItem(number, row, URGENCY[state.light], tuple(facts.items()))


def markdown_text(text: str) -> str:
    """Data inside a Markdown table: one line, no cell ended, no markup begun."""
    clean = one_line(text)
    for sign in "\\|<>*_`[]#":
        clean = clean.replace(sign, "\\" + sign)
    return clean
