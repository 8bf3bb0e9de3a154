"""A 通报 between two days: what was done, newly late, extended, not reported, each with its commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from fazhi_tui.domain.as_of import zone_of
from fazhi_tui.domain.dated import on_day
from fazhi_tui.domain.deadlines.obligations import Record
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod, has_rhythm, report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.service.reporting.missing import missing_reports, reporters
from fazhi_tui.service.view import View

_ONE_DAY = timedelta(days=1)


class DigestKind(StrEnum):
    """What a line of a 通报 tells."""

    DONE = "办结"
    ITEM_DONE = "完成事项"
    NEWLY_LATE = "新增逾期"
    EXTENDED = "同意延期"
    RETURNED = "退回"
    MISSING = "漏报"
    UNKNOWN = "不能断定"


@dataclass(frozen=True)
class DigestLine:
    """One fact: about which measure, whose it is, when, and what it rests on.

    ``note`` is the note it rests on (its path), or the measure's plan file where it rests on what was written
    there and nobody did; ``commit`` is the one that put that file there, empty where it is not committed.
    """

    kind: DigestKind
    row: Row
    units: tuple[str, ...]
    day: date
    text: str
    basis: str
    commit: str = ""


@dataclass(frozen=True)
class Digest:
    """All lines between two days, both included, in order of time within each kind."""

    start: date
    end: date
    lines: tuple[DigestLine, ...]

    def by_unit(self) -> Mapping[str, tuple[DigestLine, ...]]:
        """Each body's lines; those with most that is late or missing first."""
        units: dict[str, list[DigestLine]] = {}
        for line in self.lines:
            for unit in line.units:
                units.setdefault(unit, []).append(line)
        bad = (DigestKind.NEWLY_LATE, DigestKind.MISSING)
        order = sorted(units, key=lambda unit: -sum(line.kind in bad for line in units[unit]))
        return {unit: tuple(units[unit]) for unit in order}

    def count(self, kind: DigestKind) -> int:
        """How many lines of a kind there are."""
        return sum(line.kind is kind for line in self.lines)


def digest_of(view: View, start: date, end: date, events: Iterable[Event] = ()) -> Digest:
    """What happened from ``start`` to ``end``, both included, as things stood at the end of ``end``.

    ``events`` is the history, newest first, from which the commits are told.  Raises :class:`UsageError`
    where the days are the wrong way round or the last is still to come.
    """
    if start > end:
        raise UsageError(f"前后颠倒：{start} 晚于 {end}", f"写成 {end}..{start}")
    if end > view.today:
        raise UsageError(f"{end} 还没有到", f"写一个不晚于 {view.today} 的日期")
    then = view.as_of(end)
    lines = [line for row in then.rows for line in _of_measure(then, row, start, end)]
    lines += _missing(then, start, end)
    order = list(DigestKind)
    lines.sort(key=lambda line: (order.index(line.kind), line.day))
    commits = _commits(events, end, zone_of(view.settings.zone))
    return Digest(start, end, tuple(replace(line, commit=commits.get(line.basis, "")) for line in lines))


def _commits(events: Iterable[Event], end: date, zone: tzinfo) -> Mapping[str, str]:
    """Path → the commit that gave the file what it held on a day: the newest by then, else the first.

    What was written there since leaves a 通报 of the past as it was.
    """
    commits: dict[str, str] = {}
    late: dict[str, str] = {}
    for event in reversed(tuple(events)):
        for path in event.paths:
            if event.time.astimezone(zone).date() <= end:
                commits[path] = event.commit
            else:
                late.setdefault(path, event.commit)
    return {**late, **commits}


def _of_measure(view: View, row: Row, start: date, end: date) -> Iterator[DigestLine]:
    """The lines of one measure, each of those who answered for it on the day that it tells of."""
    record = fold(row.state.notes, view.office)
    owed = view.obligations(row)
    paths = {note.id: note.path for note in row.state.notes}
    unread = row.state.unread
    plan_file = f"plan/{row.measure.stem}.yaml"

    def line(kind: DigestKind, day: date, text: str, note_id: str = "") -> DigestLine:
        units = reporters(view, on_day(row.measure, day))
        return DigestLine(kind, row, units, day, text, paths.get(note_id) or plan_file)

    if record.closed and start <= record.closed <= end:
        late = next((obligation for obligation in owed if obligation.late), None)
        how = f"逾期完成，{late.label} 的期限是 {late.due}" if late else "按期"
        yield line(DigestKind.DONE, record.closed, how, record.closed_by)
    for duty in owed:
        label, due, done = duty.label, duty.due, duty.done
        if duty.item is not None and done is not None and start <= done <= end and duty.done_by:
            how = f"{label} {f'逾期完成，期限是 {due}' if duty.late else '按期完成'}"
            yield line(DigestKind.ITEM_DONE, done, how, duty.done_by)
        if (
            not unread
            and start <= due + _ONE_DAY <= end
            and (duty.open or duty.late)
            and not _excused(record, due)
        ):
            was = f"（原定 {duty.first_due}）" if due != duty.first_due else ""
            said = f"{label} 的期限是 {due}{was}，{f'{done} 才完成' if done else '至今没有完成'}"
            yield line(DigestKind.NEWLY_LATE, due + _ONE_DAY, said, duty.done_by or duty.extended_by)
    for counted in record.counted:
        note = counted.note
        if not start <= note.time.date() <= end:
            continue
        if note.kind is NoteKind.GRANT_EXTENSION and note.new_due:
            what = f"{note.item} " if note.item else ""
            yield line(DigestKind.EXTENDED, note.time.date(), f"{what}延至 {note.new_due}", note.id)
        elif note.kind is NoteKind.RETURN:
            yield line(DigestKind.RETURNED, note.time.date(), note.first_line, note.id)
    if unread:
        said = f"{len(unread)} 份进展读不出，是否逾期、漏报都不能断定"
        units = reporters(view, row.measure)
        yield DigestLine(DigestKind.UNKNOWN, row, units, end, said, unread[0].path)


def _excused(record: Record, due: date) -> bool:
    """Suspended, or applied for in time and not answered yet."""
    return record.status is Status.SUSPENDED or (
        record.status is Status.PENDING_REVIEW and record.claimed is not None and record.claimed <= due
    )


def _missing(view: View, start: date, end: date) -> Iterator[DigestLine]:
    """Reports missing of the periods that ended in the span; without a rhythm the span is the period."""
    plan = view.tracker.plan
    if plan and has_rhythm(plan.settings):
        ended = report_periods(plan.settings, plan.period, end + _ONE_DAY)
        periods = [period for period in ended if start <= period.end <= end]
    else:
        periods = [ReportPeriod(f"{start} 至 {end}", start, end)]
    for period in periods:
        for report in missing_reports(view, period):
            row, last, later = report.row, report.last, report.later
            since = f"上一次填报是 {last.time:%Y-%m-%d}" if last else "从未填报"
            since += f"，{later.time:%Y-%m-%d} 补报" if later and later.time.date() <= end else ""
            basis = last.path if last else f"plan/{row.measure.stem}.yaml"
            text = f"{period.label}没有填报，{since}"
            yield DigestLine(DigestKind.MISSING, row, (report.unit,), period.end, text, basis)
