"""Laying out a report: what is checked before anything is written."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from unicodedata import normalize

from fazhi_tui.domain.as_of import zone_of
from fazhi_tui.domain.deadlines.obligations import occurrence_labels
from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import abolition
from fazhi_tui.domain.unit_index import unit_code
from fazhi_tui.domain.workflow.kinds import allowed_statuses
from fazhi_tui.domain.workflow.note_check import check_in_place, check_note, lacks_evidence
from fazhi_tui.records.check.templates import BLANK
from fazhi_tui.records.files import SIZE_LIMIT
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.notes import note_path, render_note
from fazhi_tui.service.notes.commit_message import filing
from fazhi_tui.service.notes.evidence_files import read_evidence
from fazhi_tui.service.notes.request import Action, ReportRequest
from fazhi_tui.service.view import View

#: How far ahead of this machine's clock another's is believed to be.
CLOCK_SKEW = timedelta(minutes=5)


def prepare_report(
    view: View, request: ReportRequest, identity: Identity, now: datetime | None = None, token: str = ""
) -> Action:
    """Check a report and lay out its file and its commit; writes nothing.

    ``now`` is an aware time, the clock's if left out; ``token`` the last part of the file's name, drawn by
    lot if left out.  Raises :class:`UsageError` for what cannot be, :class:`NotAllowedError` for what the
    workflow forbids; both say what to do instead.
    """
    view.refuse_changes()
    row = view.row(request.measure)
    note, evidence = _note_of(view, row, request, identity, now or _now(view), token)
    _refuse_forbidden(view, row, note)
    text = render_note(note)
    _refuse_unreadable(note.path, text)
    folder = f"status/{row.measure.stem}/"
    writes: dict[str, str | bytes] = {note.path: text}
    writes.update({folder + name: data for name, data in evidence.items()})
    return filing(
        [note],
        writes,
        (*_unread_warnings(row), *_unit_warnings(row.measure, note.unit, view), *_blank_warnings(note.body)),
    )


def _now(view: View) -> datetime:
    """This moment in the plan's 时区, on the day that the tracker is read for (an example has its own)."""
    now = datetime.now(zone_of(view.settings.zone))
    return datetime.combine(view.today, now.timetz())


def _note_of(
    view: View, row: Row, request: ReportRequest, identity: Identity, now: datetime, token: str
) -> tuple[Note, dict[str, bytes]]:
    """The note that is asked for, and its evidence under the names of :func:`read_evidence`."""
    measure, before = row.measure, row.state.status
    unit = _resolve_unit(view, request.unit or identity.unit)
    _require_author(identity)
    _require_values(request)
    item = _resolve_item(measure, request.item)
    evidence = read_evidence(request.evidence, view.settings.evidence_limit)
    status = request.status or _implied_status(request.kind, before)
    zone = zone_of(view.settings.zone)
    moment = _after(now.astimezone(zone).replace(microsecond=0), row.state.notes)
    note = Note(
        measure=measure.id,
        unit=unit.name,
        author=one_line(identity.author),
        time=moment,
        kind=request.kind,
        item=item,
        status_before=before,
        # A status is written only where it changes.
        status=None if status == before else status,
        progress=request.progress,
        quantity=request.quantity,
        occurrence=_resolve_occurrence(view, measure, item, request.occurrence),
        new_due=request.new_due,
        corrects=_resolve_corrected(row.state.notes, request.corrects),
        evidence=tuple(evidence),
        digests=tuple(sha256(data).hexdigest() for data in evidence.values()),
        body=request.message.strip("\n") + "\n",
        path=note_path(measure, moment, unit_code(unit), token or secrets.token_hex(2)),
    )
    return note, evidence


def _require_values(request: ReportRequest) -> None:
    if not request.message.strip():
        raise UsageError("没有写进展内容", "写一句做了什么、到了哪一步")
    if request.progress is not None and not 0 <= request.progress <= 100:
        raise UsageError(f"进度 {request.progress} 不在 0 至 100 之间", "进度是完成的百分比")
    if request.quantity is not None and request.quantity < 0:
        raise UsageError(f"数量 {request.quantity} 小于 0", "数量是本次完成的数")


def _after(moment: datetime, notes: tuple[Note, ...]) -> datetime:
    """``moment``, or the second after the last note where that is as late as this one or a little later.

    A report starts from the state that it saw; within one second, or beside a colleague whose clock is
    ahead, its file would else sort before the note it answers.
    """
    last = notes[-1].time if notes else None
    if last is None or last.tzinfo is None or not moment <= last <= moment + CLOCK_SKEW:
        return moment
    return last.astimezone(moment.tzinfo).replace(microsecond=0) + timedelta(seconds=1)


def _refuse_unreadable(path: str, text: str) -> None:
    """A note is never edited: what could not be read again must not be committed."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError("填写的内容里有不是 UTF-8 的字节", "把内容另存为 UTF-8，再粘贴或读入") from None
    if len(data) > SIZE_LIMIT:
        raise UsageError(
            f"内容有 {len(data) / SIZE_LIMIT:.1f} MB，一条进展最多 1 MB",
            "写个摘要，全文用 --evidence 作为佐证材料附上",
        )
    for problem in load_files({path: data}).problems:
        if problem.path == path and problem.severity is Severity.ERROR:
            raise UsageError(f"这样写成的进展读不回来：{problem.message}", problem.hint)


def _refuse_forbidden(view: View, row: Row, note: Note) -> None:
    plan, earlier = view.tracker.plan, row.state.notes
    rules = {"is_coordinator": view.is_coordinator(note.unit)}
    fault = check_note(note, row.state.status, plan, **rules)
    fault = fault or check_in_place(
        note, row.measure, earlier, plan, **rules, office=view.office, canonical=view.index.canonical
    )
    fault = fault or lacks_evidence(note, earlier, plan)
    if fault:
        raise NotAllowedError(*fault)


def _resolve_unit(view: View, text: str) -> Unit:
    if not text.strip():
        raise UsageError(
            "没有指明填报单位", "用 --unit 指明，或运行 git config fazhi.unit 单位名称 设为本单位"
        )
    unit = view.index.resolve(text)
    if unit.abolished is not None:
        raise NotAllowedError(f"{unit.name}{abolition(unit)}，不能再填报", "由承接的单位填报：用 --unit 指明")
    return unit


def _require_author(identity: Identity) -> None:
    if not identity.name or not identity.email:
        missing = "姓名" if not identity.name else "邮箱"
        raise RepositoryError(
            f"git 还不知道填报人的{missing}",
            "运行 git config user.name 姓名 和 git config user.email 邮箱",
        )


def _resolve_item(measure: Measure, item: str | None) -> str | None:
    if item is None or any(known.id == item for known in measure.items):
        return item
    known_ids = "、".join(known.id for known in measure.items)
    raise UsageError(
        f"第 {measure.id} 条没有事项 {item}", f"它的事项有 {known_ids}" if known_ids else "这一条没有分列事项"
    )


def _resolve_occurrence(view: View, measure: Measure, item: str | None, typed: str | None) -> str | None:
    """The period as the files name it (``2022`` is ``2022年``); what is none is for the workflow to tell."""
    if typed is None or not typed.strip():
        return None
    wanted = normalize("NFKC", typed).strip()
    known = occurrence_labels(measure, item, view.tracker.plan)
    return next((label for label in known if wanted in (label, label.removesuffix("年"))), wanted)


def _resolve_corrected(notes: tuple[Note, ...], typed: str | None) -> str | None:
    """The id of the note that is meant, by its whole name or by its end (the four signs by lot)."""
    if typed is None or not typed.strip():
        return None
    wanted = typed.strip().rpartition("/")[2].removesuffix(".md")
    ids = [note.id for note in notes]
    if wanted in ids:
        return wanted
    found = [known for known in ids if known.endswith(wanted)]
    if len(found) == 1:
        return found[0]
    some = "、".join(reversed(ids[-5:]))
    raise UsageError(
        f"「{one_line(wanted, 40)}」不能确定是哪一条进展",
        f"写进展的文件名（不含 .md）或它的末尾；最近的有：{some}" if ids else "这一条还没有进展",
    )


def _implied_status(kind: NoteKind, before: Status) -> Status | None:
    """The status that a kind of note leads to where there is but one that differs from ``before``."""
    if kind is NoteKind.PROGRESS:
        return None
    allowed = allowed_statuses(kind, before)
    return allowed[0] if len(allowed) == 1 and allowed[0] != before else None


def _unread_warnings(row: Row) -> Iterator[str]:
    """What this report starts from may not be so."""
    if row.state.unread:
        yield f"第 {row.measure.id} 条有 {row.state.why.removeprefix('不能断定：')}，所见的状态可能不对"


def _unit_warnings(measure: Measure, unit: str, view: View) -> tuple[str, ...]:
    """What is allowed but unusual, for the preview."""
    named = [view.index.get(name) for name in measure.units()]
    if any(found is not None and (found.name == unit or unit in found.members) for found in named):
        return ()
    if view.is_coordinator(unit) or measure.open_list:
        return ()
    if any(found is not None and found.kind is UnitKind.COLLECTIVE for found in named):
        return (f"{unit} 未列名于第 {measure.id} 条，请确认它属于条文所称的部门",)
    return (f"{unit} 不是第 {measure.id} 条的牵头、参加或责任单位",)


def _blank_warnings(text: str) -> Iterator[str]:
    """A template's blanks are easily overlooked."""
    blanks = BLANK.findall(text)
    if blanks:
        yield f"内容里还有 {len(blanks)} 处【】没有填：{one_line(''.join(blanks), 40)}"
