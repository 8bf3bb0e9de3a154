"""Progress in the cells of a task as notes, dated as the table says and never otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import IMPORTER, Note, Status
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.tables.headers import Column
from fazhi_tui.importer.tables.rows import Row, RowCell, TaskTable
from fazhi_tui.importer.times.dates import TimeContext, find_times

_CHINA = timezone(timedelta(hours=8))
_NOTHING_YET = re.compile(r"(?:尚?未(?:启动|开展|开始)|暂无(?:进展)?|无(?:进展)?|—|-|/|未启动)。?")
_DONE = re.compile(r"(?:已(?:全部|经|按期|如期)?(?:完成|办结|销号)|完成|办结|是)。?")
_PERCENT = re.compile(r"(?P<number>[0-9]{1,3})(?:\.[0-9]+)?[%％]?")
_SHARE = re.compile(r"0?\.[0-9]+|1\.0+|0\.0+")
_SINCE = re.compile(r"(?:截至|截止到?)(?=20|[0-9一二三四上下年])")


@dataclass(frozen=True, slots=True)
class Dated:
    """What tells the day of progress where the table does not: a person (进展日期); and the file's name."""

    context: TimeContext
    given: date | None = None
    file: str = ""


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
    state, percent = row.only(Column.STATE), row.only(Column.PERCENT)
    unit = _unit(measure, row)
    context = dated.context
    common = _day(row.only(Column.DAY).text, context) or _caption_day(table, context) or dated.given
    told = row.of(Column.PROGRESS)
    cells = [cell for cell in told if cell.text.text.strip("-—/无")]
    for cell in told:
        if cell not in cells:
            ledger.leave_out("没有内容的进展", cell.text)
    ledger.place(f"{where} 填报时间", row.only(Column.DAY))
    ledger.place(f"{where} 填报单位", row.only(Column.FILED_BY))
    if cells or not state:
        ledger.place(f"{where} 状态", state)
    ledger.place(f"{where} 进度", percent)
    if not cells and (state or percent):
        cells = [RowCell(Column.STATE, "", state)]
    notes: list[Note] = []
    for cell in cells:
        day = _day(cell.header, context) or common
        if day is None or unit is None:
            lacks = "没有写明日期" if day is None else "没有写明填报单位"
            message = f"{where}的进展{lacks}，未记入进展：{_short(cell.text.text)}。"
            ledger.doubt(message, cell.text or row.words)
            ledger.leave_out(f"{lacks}的进展", cell.text)
            continue
        ledger.place(f"{where} 进展", cell.text)
        last = cell is cells[-1]
        progress, said, share = cell.text.text, state.text if last else "", percent.text if last else ""
        if _DONE.fullmatch(said or progress):
            ledger.doubt(f"{where}在表中称已完成；是否办结由统筹单位认定，状态记为推进中。", cell.text)
        starts = before is Status.NOT_STARTED and not _NOTHING_YET.fullmatch(said or progress)
        # Progress and state, a line each; once where both are one cell.
        body = "\n".join(filter(None, (progress, said if said != progress else "")))
        note = Note(
            measure.id,
            unit=unit,
            author=IMPORTER,
            time=datetime(day.year, day.month, day.day, tzinfo=_CHINA),
            status_before=before,
            status=Status.IN_PROGRESS if starts else None,
            progress=_percent(share),
            source="，".join(filter(None, (dated.file, ledger.place_of(cell.text or row.words)))),
            body=f"{body or f'进度 {percent.text}'}\n",
        )
        notes.append(note)
        before = note.status or before
    return notes


def _unit(measure: Measure, row: Row) -> str | None:
    """Who reported: as the cell says, where that names one of the measure's bodies; else the first named."""
    named = row.only(Column.FILED_BY).text
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
    days = [time.due for time in found if time.due and not time.doubt]
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
