"""Amending a tracker by a revised document: one commit with a reason, never over anybody's own work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import lasting_index
from fazhi_tui.service.importing.compare import Asked, ChangeKind, Fate, Revision, lay_out
from fazhi_tui.service.importing.create import Written
from fazhi_tui.service.importing.prepare import REPORT, Import, Place, read_there
from fazhi_tui.service.locate import clock_day
from fazhi_tui.service.notes.commit_message import trailers_of
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.change import first_day, later_entries, needed_reason, refuse_new_faults
from fazhi_tui.service.reader import Reader
from fazhi_tui.vcs.trailers import Trailers

_DONE = (ChangeKind.NEW, ChangeKind.AMENDED, ChangeKind.WITHDRAWN)
#: So many doubtful measures are named in the error itself.
_NAMED = 5


@dataclass(frozen=True)
class Revised:
    """A revision that was committed."""

    revision: Revision
    action: Action
    written: Written


class UnclearError(NotAllowedError):
    """It is not sure which measure is which; ``revision`` has what was found."""

    def __init__(self, message: str, hint: str, revision: Revision) -> None:
        super().__init__(message, hint)
        self.revision = revision


def prepare_revision(prepared: Import, revision: Revision, asked: Asked) -> Action:
    """The commit that amends what can be amended; notes are never touched.  Writes nothing.

    Raises :class:`UsageError` without a reason or a tracker, :class:`NotAllowedError` where it is not sure
    which measure is which, where there is nothing to amend, or where the plan itself was changed by hand.
    """
    _refuse_beforehand(prepared, asked)
    _refuse_doubtful(revision)
    for change in revision.changes:
        if change.path == "plan/plan.yaml" and change.kind is ChangeKind.CONFLICT:
            raise NotAllowedError(
                f"plan/plan.yaml {change.why}", "把手工改的写进校订文件，还原 plan.yaml 并提交，再修订"
            )
    reader = Reader(prepared.into, clock_day(prepared.into))
    _refuse_notes(reader, revision)
    if revision.only_progress:
        return _filing(prepared, revision, asked)
    done = [change for change in revision.changes if change.kind in _DONE]
    if not done:
        raise NotAllowedError("没有可以修订的：与原件没有不同，或不同之处都是手工改的", "加 --check 查看")
    if revision.is_correction and asked.since is not None:
        raise UsageError("原件没有换，只是校订不同：校订是改正，不分日期", "去掉 --from")
    writes: dict[str, str | bytes] = {change.path: change.data for change in done if change.data is not None}
    plan = {path: data.decode() for path, data in writes.items() if path.endswith(".yaml")}  # type: ignore[union-attr]
    refuse_new_faults(reader, {path: text for path, text in plan.items() if path.count("/") == 1})
    report = prepared.around[REPORT]
    if read_there(prepared.into / REPORT) != report:
        writes[REPORT] = report
    writes |= revision.progress.files
    told = () if revision.is_correction else later_entries(reader.load(), revision.spans)
    numbers = [change.measure for change in done if change.measure]
    return Action(
        subject=f"修订：{one_line(prepared.title, 60)}",
        body="\n".join([*_reason_lines(asked), "", *_lines(revision), *told]),
        trailers=Trailers(measure=numbers[0] if len(numbers) == 1 else "", kind=CommitKind.AMEND),
        writes=writes,
        warnings=told,
    )


def revise(prepared: Import, asked: Asked) -> Revised:
    """Amend and commit, whole or not at all.

    Raises as :func:`prepare_revision`, and :class:`NotAllowedError` where one of the files has been changed
    and not been committed: history would not hold it.
    """
    from fazhi_tui.service.writer import transaction

    _refuse_beforehand(prepared, asked)
    with transaction(prepared.into) as current:
        revision = lay_out(prepared, asked)
        action = prepare_revision(prepared, revision, asked)
        status = current.repository.status()
        unsaved = [path for path in action.paths if path in (*status.dirty, *status.staged)]
        if unsaved:
            raise NotAllowedError(
                f"{'、'.join(one_line(path) for path in unsaved[:5])} 改动后还没有提交，没有修订",
                "先用 git 提交或还原它们",
            )
        done = current.commit(action)
    return Revised(revision, action, Written(action.paths, done.commit))


# ------------------------------------------------------------------ refusals


def _refuse_beforehand(prepared: Import, asked: Asked) -> None:
    needed_reason(asked.reason)
    if prepared.place is not Place.TRACKER:
        raise UsageError(
            f"{one_line(str(prepared.into))} 里还没有台账，谈不上修订", "去掉 --reason，直接导入"
        )
    first_day(Reader(prepared.into, clock_day(prepared.into)), asked.since)


def _refuse_doubtful(revision: Revision) -> None:
    doubtful = revision.doubtful
    if doubtful:
        said = "；".join(
            f"原件第{each.printed}条「{one_line(each.title, 20)}」"
            f"像台账的{'、'.join(f'第{number}条' for number in each.candidates)}"
            for each in doubtful[:_NAMED]
        )
        more = f"，等 {len(doubtful)} 条" if len(doubtful) > _NAMED else ""
        first = doubtful[0]
        raise UnclearError(
            f"分不清哪一条是哪一条，什么也没有写：{said}{more}",
            f'在校订文件里写 对应: [{{措施: "{first.printed}", 台账: "{first.candidates[0]}", 理由: 示例}}]；'
            "台账里没有的写 台账: 新增；或加 --review，在核对界面里定",
            revision,
        )
    if revision.unlike:
        raise UnclearError(
            "新的原件和台账一条也对不上，像是另一份方案，什么也没有写",
            "核对原件和 --into；确是这一份的，在校订文件的“对应”里写明",
            revision,
        )
    for change in revision.changes:
        if change.kind is ChangeKind.CONFLICT and not change.diff:
            raise NotAllowedError(f"{change.path} {change.why}", "先改好它，提交，再修订")


def _refuse_notes(reader: Reader, revision: Revision) -> None:
    """Refuse notes of a day still to come, or of a unit that nobody knows, before anything is written."""
    index = lasting_index(reader.load_now().tracker.units)
    coming = {change.path for change in revision.changes if change.kind in _DONE}
    for note in revision.progress.notes:
        if note.time.date() > reader.today:
            raise NotAllowedError(
                f"第{note.measure}条的进展是 {note.time.date()} 的，比今天（{reader.today}）晚，没有写入",
                "改正表里的日期",
            )
        if index.get(note.unit) is None and "plan/units.yaml" not in coming:
            raise NotAllowedError(
                f"第{note.measure}条的进展是{one_line(note.unit, 30)}的，单位名录里没有，没有写入",
                index.hint(note.unit) or "改正表里的单位，或先用 fazhi units 补进名录",
            )


# ------------------------------------------------------------------ commits


def _filing(prepared: Import, revision: Revision, asked: Asked) -> Action:
    """The commit of a table that was sent back: its progress and nothing else."""
    notes = revision.progress.notes
    if not notes:
        known = revision.progress.known
        said = f"{known} 条都已经记过" if known else "没有能记的进展，见存疑"
        raise NotAllowedError(f"表里的进展{said}，没有改动", "表里没有新的内容；--dry-run 看对照")
    trailers = trailers_of(notes)
    if len({note.unit for note in notes}) > 1:
        trailers = replace(trailers, unit="")
    changed = [f"- {row.line}" for row in revision.matched if row.fate is Fate.CHANGED]
    return Action(
        subject=f"{notes[0].kind}：{len(notes)} 条，来自 {one_line(prepared.source, 40)}",
        body="\n".join([*_reason_lines(asked), *(["", *map(one_line, changed)] if changed else [])]),
        trailers=trailers,
        writes=revision.progress.files,
        notes=notes,
    )


def _reason_lines(asked: Asked) -> list[str]:
    # A blank line would part the message where it is to be one paragraph.
    return [one_line(line) for line in asked.reason.splitlines() if line.strip()]


def _lines(revision: Revision) -> Iterator[str]:
    """What became of each file and each measure."""
    for change in revision.changes:
        if change.kind is not ChangeKind.KEPT:
            name = one_line(change.name)
            yield f"- {change.kind}：{f'{name}（{change.why}）' if change.why else name}"
    for row in revision.matched:
        if row.fate in (Fate.MOVED, Fate.GONE):
            yield f"- {one_line(row.line)}"
    if revision.progress.notes:
        yield f"- 进展：{len(revision.progress.notes)} 条"
