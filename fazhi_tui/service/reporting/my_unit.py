"""我的单位: what waits for one body, in groups; for the coordinating office, what waits for its decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fazhi_tui.domain.deadlines.dates import add_months
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, report_periods
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.service.reporting.missing import missing_reports
from fazhi_tui.service.view import View

#: Days ahead that count as 近期.
SOON_DAYS = 90


@dataclass(frozen=True)
class HomeEntry:
    """One measure in a group, and what is to be said of it there."""

    row: Row
    text: str


@dataclass(frozen=True)
class HomeGroup:
    """Measures that wait for the same thing."""

    name: str
    entries: tuple[HomeEntry, ...]


@dataclass(frozen=True)
class Home:
    """What waits for a body: only groups that hold something.

    ``charged`` and ``joined`` count the measures it is charged with, and those it only takes part in.
    """

    unit: str
    is_coordinator: bool
    charged: int
    joined: int
    groups: tuple[HomeGroup, ...]


def home_of(view: View, unit: str) -> Home:
    """What waits for the body with this canonical name; a measure may stand in several groups."""
    office = view.is_coordinator(unit)
    mine = [row for row in view.rows if unit in view.charged(row.measure)]
    joined = sum(unit in view.units_of(row.measure) for row in view.rows)
    groups = [*(_of_office(view) if office else ()), *_of_body(view, unit, mine)]
    shown = tuple(group for group in groups if group.entries)
    return Home(unit, office, len(mine), joined - len(mine), shown)


def current_period(view: View) -> ReportPeriod | None:
    """The period of reports that the view's day lies in, or None where no rhythm is set."""
    plan = view.tracker.plan
    if plan is None:
        return None
    # A report on the plan's last quarter or year may be due in the month after it.
    every = report_periods(plan.settings, plan.period, add_months(plan.period.end, 3))
    return next((period for period in every if period.start <= view.today <= period.end), None)


def _of_office(view: View) -> Iterator[HomeGroup]:
    rows = view.rows
    yield _group("待审核", rows, _awaits_review)
    yield _group("申请延期，等待答复", rows, _asks_for_time)
    yield _group("分歧，等待定夺", rows, _disagrees)
    yield _group("有进展读不出，不能断定", rows, _cannot_tell)
    yield _group("红灯", rows, _is_red)
    if view.period is not None:
        silent: dict[str, tuple[Row, list[str]]] = {}
        for report in missing_reports(view, view.period):
            if report.later is None:
                silent.setdefault(report.row.measure.id, (report.row, []))[1].append(report.unit)
        entries = tuple(HomeEntry(row, "、".join(units)) for row, units in silent.values())
        yield HomeGroup(f"漏报（{view.period.label}）", entries)


def _of_body(view: View, unit: str, mine: list[Row]) -> Iterator[HomeGroup]:
    soon = view.today + timedelta(days=SOON_DAYS)
    if not view.is_coordinator(unit):
        yield _group("有进展读不出，不能断定", mine, _cannot_tell)
        yield _group("红灯", mine, _is_red)
    yield _group("被退回", mine, _was_returned)
    yield _group("催办、批示，等待答复", mine, lambda row: _unanswered(view, row, unit))
    yield _group(f"{SOON_DAYS} 天内到期", mine, lambda row: _due_by(view, row, soon))
    period = current_period(view)
    if period is not None:
        entries = tuple(
            HomeEntry(report.row, f"上一次填报 {report.last.time:%Y-%m-%d}" if report.last else "从未填报")
            for report in missing_reports(view, period)
            if report.unit == unit
        )
        yield HomeGroup(f"待填报（{period.label}，截止 {period.end}）", entries)


def _group(name: str, rows: tuple[Row, ...] | list[Row], say: Callable[[Row], str]) -> HomeGroup:
    return HomeGroup(name, tuple(HomeEntry(row, text) for row in rows if (text := say(row))))


def _awaits_review(row: Row) -> str:
    if row.state.status is not Status.PENDING_REVIEW:
        return ""
    asked = _last(row, NoteKind.REQUEST_CLOSE)
    return f"{asked.unit} {asked.time:%Y-%m-%d} 申请办结" if asked else "等待审核"


def _asks_for_time(row: Row) -> str:
    """The last 申请延期, unless the office has said something since."""
    answers = (NoteKind.GRANT_EXTENSION, NoteKind.INSTRUCTION)
    asked = _last(row, NoteKind.REQUEST_EXTENSION, unless=lambda kind: kind in answers)
    if asked is None or row.state.status in (Status.DONE, Status.SUSPENDED):
        return ""
    return f"{asked.unit} {asked.time:%Y-%m-%d} 申请延至 {asked.new_due}"


def _disagrees(row: Row) -> str:
    found = row.state.disagreement
    return f"{found[0].unit} 与 {found[1].unit} 的填报结果不同" if found else ""


def _cannot_tell(row: Row) -> str:
    return row.state.why if row.state.unread else ""


def _is_red(row: Row) -> str:
    return row.state.why if row.state.light is Light.RED else ""


def _was_returned(row: Row) -> str:
    """Returned, and nothing reported on it since."""
    returned = _last(row, NoteKind.RETURN, unless=lambda kind: RULES[kind].reports)
    if returned is None or row.state.status is not Status.IN_PROGRESS:
        return ""
    return f"{returned.time:%Y-%m-%d} 退回：{returned.first_line}"


def _unanswered(view: View, row: Row, unit: str) -> str:
    """An urging or instruction after which this body has reported nothing."""
    if row.state.status in (Status.DONE, Status.SUSPENDED):
        return ""
    for note in reversed(row.state.notes):
        if RULES[note.kind].reports and view.index.canonical(note.unit) == unit:
            return ""
        if note.kind in (NoteKind.URGE, NoteKind.INSTRUCTION):
            return f"{note.time:%Y-%m-%d} {note.kind}：{note.first_line}"
    return ""


def _due_by(view: View, row: Row, soon: date) -> str:
    due = row.state.next_due
    if (
        due is None
        or due > soon
        or row.state.overdue
        or row.state.unread
        or row.state.status is Status.PENDING_REVIEW
    ):
        return ""
    return f"{due} {row.state.next_label}，还有 {(due - view.today).days} 天"


def _last(row: Row, kind: NoteKind, unless: Callable[[NoteKind], bool] = lambda _: False) -> Note | None:
    """The last note of a kind; none where one of a kind that answers it has come since."""
    for note in reversed(row.state.notes):
        if note.kind is kind:
            return note
        if unless(note.kind):
            return None
    return None
