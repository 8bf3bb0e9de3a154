"""Progress in the cells of a task as notes, dated as the table says and never otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.rows import Progress, Row, TaskTable
from fazhi_tui.importer.times.dates import TimeContext, find_times

AUTHOR = "导入 <import@localhost.invalid>"
"""Who files the notes that an import makes: no person."""

_CHINA = timezone(timedelta(hours=8))
_NOTHING_YET = re.compile(r"(?:尚?未(?:启动|开展|开始)|暂无(?:进展)?|无(?:进展)?|—|-|/|未启动)。?")
_DONE = re.compile(r"(?:已(?:全部|经|按期|如期)?(?:完成|办结|销号)|完成|办结|是)。?")
_PERCENT = re.compile(r"(?P<number>[0-9]{1,3})(?:\.[0-9]+)?[%％]?")
_SHARE = re.compile(r"0?\.[0-9]+|1\.0+|0\.0+")
_SINCE = re.compile(r"(?:截至|截止到?)(?=20|[0-9一二三四上下年])")


@dataclass(frozen=True, slots=True)
class Dated:
    """What tells the day of progress where the table does not: a person (进展日期)."""

    context: TimeContext
    given: date | None = None


def notes_of(
    measure: Measure,
    row: Row,
    table: TaskTable,
    dated: Dated,
    ledger: Ledger,
    before: Status = Status.NOT_STARTED,
) -> list[Note]:
    """The notes of one task in its own order; progress without a day or a body to report is a doubt.

    ``before`` is the status that notes before these left.  Characters of cells that become no note are
    told as left out.
    """
    where = f"第{measure.id}条"
    unit = _unit(measure, row)
    common = _day(row.day.text, dated.context) or _caption_day(table, dated.context) or dated.given
    notes: list[Note] = []
    status = before
    cells = [each for each in row.progress if each.text.text.strip("-—/无")] or (
        [Progress("", row.state)] if row.state or row.percent else []
    )
    for each in row.progress:
        if each not in cells:
            ledger.leave_out("没有内容的进展", each.text)
    ledger.place(f"{where} 填报时间", row.day)
    ledger.place(f"{where} 填报单位", row.filed_by)
    if not (cells and cells[0].text is row.state):
        ledger.place(f"{where} 状态", row.state)
    ledger.place(f"{where} 进度", row.percent)
    for index, cell in enumerate(cells):
        day = _day(cell.header, dated.context) or common
        last = index == len(cells) - 1
        if day is None or unit is None:
            lacks = "没有写明日期" if day is None else "没有写明填报单位"
            ledger.doubt(
                f"{where}的进展{lacks}，未记入进展：{_short(cell.text.text)}。", cell.text or row.words
            )
            ledger.leave_out(f"{lacks}的进展", cell.text)
            continue
        ledger.place(f"{where} 进展", cell.text)
        state = row.state.text if last else ""
        said = "\n".join(filter(None, (cell.text.text, state if state != cell.text.text else "")))
        after = None
        if status is Status.NOT_STARTED and not _NOTHING_YET.fullmatch(state or cell.text.text):
            after = Status.IN_PROGRESS
        percent = _percent(row.percent.text) if last else None
        if _DONE.fullmatch(state or cell.text.text):
            ledger.doubt(f"{where}在表中称已完成；是否办结由统筹单位认定，状态记为推进中。", cell.text)
        notes.append(
            Note(
                measure.id,
                unit=unit,
                author=AUTHOR,
                time=datetime(day.year, day.month, day.day, tzinfo=_CHINA),
                status_before=status,
                status=after,
                progress=percent,
                body=f"{said or f'进度 {row.percent.text}'}\n",
            )
        )
        status = after or status
    return notes


def _unit(measure: Measure, row: Row) -> str | None:
    """Who reported: as the cell says, where that names one of the measure's bodies; else the first named."""
    named = row.filed_by.text
    units = (*measure.leads, *measure.responsible, *measure.participants)
    if named in units:
        return named
    return units[0] if units and not named else None


def _caption_day(table: TaskTable, context: TimeContext) -> date | None:
    for line in (*table.captions, *table.notes):
        if re.search("截[至止]|填报|填表|报送|上报|更新|统计", line.text) and (
            day := _day(line.text, context)
        ):
            return day
    return None


def _day(words: str, context: TimeContext) -> date | None:
    """The last day that a header or a cell names, with a year of its own or of the only year of the plan."""
    found = find_times(_SINCE.sub("", words), context, labelled=True)
    days = [each.due for each in found if each.due and not each.doubt]
    return days[-1] if days else None


def _percent(words: str) -> int | None:
    if _SHARE.fullmatch(words):
        return round(float(words) * 100)
    match = _PERCENT.fullmatch(words)
    if match and int(match["number"]) <= 100:
        return int(match["number"])
    return None


def _short(words: str) -> str:
    flat = words.replace("\n", " ")
    return flat if len(flat) <= 24 else f"{flat[:24]}……"


def in_order(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes of a whole import, the oldest first; those of one day as the table has them."""
    return tuple(sorted(notes, key=lambda note: note.time))


def leave_out_progress(row: Row, ledger: Ledger, reason: str) -> None:
    """The progress cells of a task that becomes no note."""
    for text in (*(each.text for each in row.progress), row.percent, row.state, row.day, row.filed_by):
        ledger.leave_out(reason, text)
