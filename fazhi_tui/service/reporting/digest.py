"""A 通报 between two days: what was done, newly late, extended, not reported, each with its commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fazhi_tui.domain.deadlines.obligations import Obligation, obligations
from fazhi_tui.domain.deadlines.report_periods import report_periods
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.service.reporting.missing import missing_reports, reporters, span_as_period, standing_on
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
    commits = _newest_commits(events)
    lines: list[DigestLine] = []
    for row in view.rows:
        lines += _of_measure(view, standing_on(view, row, end), start, end)
    lines += _missing(view, start, end)
    order = list(DigestKind)
    lines.sort(key=lambda line: (order.index(line.kind), line.day))
    return Digest(start, end, tuple(_with_commit(line, commits) for line in lines))


def _newest_commits(events: Iterable[Event]) -> dict[str, str]:
    newest: dict[str, str] = {}
    for event in events:
        for path in event.paths:
            newest.setdefault(path, event.commit)
    return newest


def _with_commit(line: DigestLine, commits: Mapping[str, str]) -> DigestLine:
    return DigestLine(
        line.kind, line.row, line.units, line.day, line.text, line.basis, commits.get(line.basis, "")
    )


def _of_measure(view: View, row: Row, start: date, end: date) -> Iterator[DigestLine]:
    """The lines of one measure, whose row stands as it did at the end."""
    record = fold(row.state.notes, view.office)
    owed = obligations(row.measure, record, view.tracker.plan)
    paths = {note.id: note.path for note in row.state.notes}
    units = reporters(view, row)
    plan_file = f"plan/{row.measure.stem}.yaml"

    def line(kind: DigestKind, day: date, text: str, note_id: str = "") -> DigestLine:
        return DigestLine(kind, row, units, day, text, paths.get(note_id) or plan_file)

    if record.closed and start <= record.closed <= end:
        late = next((one for one in owed if one.late), None)
        how = f"逾期完成，{late.label} 的期限是 {late.due}" if late else "按期"
        yield line(DigestKind.DONE, record.closed, how, record.closed_by)
    for one in owed:
        if one.item is not None and one.done is not None and start <= one.done <= end and one.done_by:
            how = f"{one.label} {'逾期完成，期限是 ' + str(one.due) if one.late else '按期完成'}"
            yield line(DigestKind.ITEM_DONE, one.done, how, one.done_by)
        if _became_late(one, start, end) and not _excused(record.status, record.claimed, one):
            was = f"（原定 {one.first_due}）" if one.due != one.first_due else ""
            said = (
                f"{one.label} 的期限是 {one.due}{was}，{'至今没有完成' if one.open else f'{one.done} 才完成'}"
            )
            yield line(DigestKind.NEWLY_LATE, one.due + _ONE_DAY, said, one.done_by or one.extended_by)
    for counted in record.counted:
        note = counted.note
        if not start <= note.time.date() <= end:
            continue
        if note.kind is NoteKind.GRANT_EXTENSION and note.new_due:
            what = f"{note.item} " if note.item else ""
            yield line(DigestKind.EXTENDED, note.time.date(), f"{what}延至 {note.new_due}", note.id)
        elif note.kind is NoteKind.RETURN:
            yield line(DigestKind.RETURNED, note.time.date(), note.first_line, note.id)


def _became_late(one: Obligation, start: date, end: date) -> bool:
    """Whether its first day of lateness lies in the span."""
    if not start <= one.due + _ONE_DAY <= end:
        return False
    return one.done is None or one.done > one.due


def _excused(status: Status, claimed: date | None, one: Obligation) -> bool:
    return status is Status.SUSPENDED or (
        status is Status.PENDING_REVIEW and claimed is not None and claimed <= one.due
    )


def _missing(view: View, start: date, end: date) -> Iterator[DigestLine]:
    """Reports missing of the periods that ended in the span; without a rhythm the span is the period."""
    plan = view.tracker.plan
    rhythm = plan.settings.rhythm if plan else None
    if plan and rhythm:
        ended = report_periods(rhythm, plan.period, end + _ONE_DAY)
        periods = [period for period in ended if start <= period.end <= end]
    else:
        periods = [span_as_period(start, end)]
    for period in periods:
        for one in missing_reports(view, period):
            since = f"上一次填报是 {one.last.time:%Y-%m-%d}" if one.last else "从未填报"
            later = f"，{one.later.time:%Y-%m-%d} 补报" if one.later and one.later.time.date() <= end else ""
            basis = one.last.path if one.last else f"plan/{one.row.measure.stem}.yaml"
            text = f"{period.label}没有填报，{since}{later}"
            yield DigestLine(DigestKind.MISSING, one.row, (one.unit,), period.end, text, basis)
