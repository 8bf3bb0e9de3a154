"""Rules over the notes: where they lie, what they name, and whether the workflow allows them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fazhi_tui.domain.as_of import in_zone, zone_of
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.workflow.fold import fold, in_order
from fazhi_tui.domain.workflow.kinds import status_after
from fazhi_tui.domain.workflow.note_check import check_in_place, check_note, lacks_evidence
from fazhi_tui.domain.workflow.office import Office, has_office, office_of
from fazhi_tui.records.check.context import Checker, numbers_text
from fazhi_tui.records.check.evidence import check_evidence

_NAME = re.compile(r"(\d{8}T\d{6})-[A-Za-z0-9-]+")


def check_notes(checker: Checker) -> None:
    """Every note by itself, then each measure's notes in order of time."""
    measures = {measure.id: measure for measure in checker.tracker.measures}
    by_measure: dict[str, list[Note]] = {}
    plan = checker.tracker.plan
    zone = zone_of(plan.settings.zone if plan else Settings().zone)
    for written, note in zip(checker.tracker.notes, in_zone(checker.tracker.notes, zone), strict=True):
        _check_place(checker, written, note)
        _check_names(checker, note, measures.get(note.measure))
        _check_in_force(checker, note, measures.get(note.measure))
        check_evidence(checker, note)
        by_measure.setdefault(note.measure, []).append(note)
    office = office_of(checker.tracker.plan, checker.tracker.units, checker.index.others)
    for number, notes in by_measure.items():
        if (measure := measures.get(number)) is not None:
            _check_order(checker, measure, in_order(notes), office)


def _check_place(checker: Checker, written: Note, note: Note) -> None:
    folder = note.path.split("/")[1] if note.path.count("/") > 1 else ""
    stem = note.measure.zfill(2)
    if folder != stem:
        message = f"这条进展写的是第 {note.measure} 条，却放在 status/{folder}/ 里"
        checker.error(note.path, "措施", "wrong-folder", message, f"移到 status/{stem}/，或改正 措施")
    named = _NAME.fullmatch(note.id)
    if named is None:
        hint = f"如 {_name(note)}"
        checker.warn(note.path, "", "note-name", "文件名不是“年月日T时分秒-单位首字母-随机码.md”的形式", hint)
    elif named.group(1) not in (f"{time:%Y%m%dT%H%M%S}" for time in (written.time, note.time)):
        message = f"文件名里的时间 {named.group(1)} 与 时间 {written.time.isoformat()} 不符"
        checker.warn(note.path, "时间", "note-time", message, f"核对后改正其中一个；文件名可写 {_name(note)}")


def _name(note: Note) -> str:
    return f"{note.time:%Y%m%dT%H%M%S}-sfj-3f9a.md"


def _check_names(checker: Checker, note: Note, measure: Measure | None) -> None:
    checker.check_unit(note.path, "单位", note.unit)
    tracker = checker.tracker
    if measure is None and (broken := [path for path, of in tracker.broken.items() if of == note.measure]):
        message = f"第 {note.measure} 条的文件 {broken[0]} 现在读不出来"
        checker.warn(note.path, "措施", "broken-measure", message, f"先改正 {broken[0]}")
    elif measure is None:
        gaps = tracker.plan.gaps if tracker.plan else ()
        reason = "原文缺失，没有内容可报" if any(gap.id == note.measure for gap in gaps) else "没有这一条"
        hint = "改正 措施；编号见 plan/ 下的文件"
        checker.error(note.path, "措施", "unknown-measure", f"第 {note.measure} 条：{reason}", hint)
    elif note.item is not None and all(item.id != note.item for item in measure.items):
        known = numbers_text(item.id for item in measure.items)
        hint = f"可写：{known}" if known else "这一条没有分列事项，删去 事项 这一行"
        checker.error(note.path, "事项", "unknown-item", f"第 {measure.id} 条没有事项 {note.item}", hint)


def _check_in_force(checker: Checker, note: Note, measure: Measure | None) -> None:
    """A note of a day on which there was no such measure: it stays right, but may be meant for another."""
    if measure is None:
        return
    day = note.time.date()
    hint = "这条进展仍然有效；措施或时间写错的，用一条更正说明"
    if measure.added is not None and day < measure.added:
        message = f"第 {measure.id} 条 {measure.added} 才增设，这条进展是那以前的"
        checker.warn(note.path, "时间", "note-before-added", message, hint)
    elif measure.withdrawn is not None and day >= measure.withdrawn:
        message = f"第 {measure.id} 条自 {measure.withdrawn} 起废止，这条进展是那以后的"
        checker.warn(note.path, "时间", "note-after-withdrawn", message, hint)


def _check_order(checker: Checker, measure: Measure, notes: Sequence[Note], office: Office) -> None:
    """The workflow of one measure's notes, and reports that started from one status and part ways."""
    plan, canonical = checker.tracker.plan, checker.index.canonical
    record = fold(notes, office)
    refused = {note.path for note, _ in record.refused}
    before = Status.NOT_STARTED
    left: set[Status] = set()
    for index, note in enumerate(notes):
        in_office = office is not None and has_office(note, office)
        start = note.status_before or before
        fault = check_note(note, start, plan, is_coordinator=in_office)
        if fault is None:
            fault = check_in_place(
                note, measure, notes, plan, is_coordinator=in_office, office=office, canonical=canonical
            )
        if fault is not None:
            key = "更正" if note.corrects else "状态" if note.status else "类型"
            said = f"{fault[0]}（这一条不计入）" if note.path in refused else fault[0]
            checker.error(note.path, key, "workflow", said, fault[1])
        elif weak := lacks_evidence(note, notes, plan):
            checker.warn(note.path, "佐证", "no-evidence", *weak)
        if note.kind is NoteKind.CORRECTION:
            # It may take a status back, so all that came before has to be counted again.
            after = fold(notes[: index + 1], office).status
        else:
            after = before if note.path in refused else status_after(note, before)
        if note.path not in refused and after is not start:
            # Where another note left the same status it is a disagreement, settled or told below.
            if before is not start and after is not before and start not in left:
                message = f"写的原状态是“{note.status_before}”，当时实际是“{before}”，需要人看"
                hint = f"现计为“{after}”；不对时用一条更正改回"
                checker.warn(note.path, "原状态", "forked-status", message, hint)
            left.add(start)
        before = after
    if record.disagreement is not None:
        _tell_disagreement(checker, *record.disagreement)


def _tell_disagreement(checker: Checker, first: Note, second: Note) -> None:
    """Two notes that left one status for two, and nobody has settled it."""
    earlier, later = (status_after(note, Status.NOT_STARTED) for note in (first, second))
    told = f"与 {first.id} 都从“{second.status_before}”开始，却改成了不同的状态：{earlier}、{later}，需要人看"
    hint = f"现按较晚的一条计为“{later}”；用一条更正写明应是哪个状态，或由统筹单位办结、退回"
    checker.warn(second.path, "原状态", "forked-status", told, hint)
