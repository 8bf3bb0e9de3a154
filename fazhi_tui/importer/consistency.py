"""Does what was cut out of the text fit what the corrections say of it, and is anything missing?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from fazhi_tui.domain.model.plan import Gap
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.importer.corrections.model import PLACES, Corrections, sentence
from fazhi_tui.importer.errors import SourceError
from fazhi_tui.importer.recognise.outline import MeasurePart
from fazhi_tui.importer.result import Ledger
from fazhi_tui.importer.text.apply_corrections import shown
from fazhi_tui.importer.text.source_map import NOTHING


def check_parts(corrections: Corrections, parts: Sequence[MeasurePart], *, in_paragraphs: bool) -> None:
    """CorrectionError or SourceError where the measures and what the corrections say of them do not fit."""
    if not in_paragraphs:
        _check_numbers(corrections, parts)
    _check_places(corrections, parts)
    _check_damage(corrections, parts)


def _check_numbers(corrections: Corrections, parts: Sequence[MeasurePart]) -> None:
    """Numbers have to rise.

    CorrectionError where a correction gave one of the two numbers that do not, SourceError otherwise.
    """
    given = {entry.measure: entry.line for entry in corrections.numbering}
    given |= {entry.measure: entry.line for entry in corrections.damage if entry.lost_start}
    for before, after in pairwise(parts):
        if (after.number or 0) > (before.number or 0):
            continue
        message = f"第{before.number}条之后又是第{after.number}条（「{after.body.text[:12]}」）。"
        line = given.get(str(before.number), given.get(str(after.number)))
        if line is not None:
            raise corrections.error(line, message, "核对这里写的措施编号。")
        hint = "编号印错或脱落的，在校订文件的“编号”里写明实为第几条；页序错乱的，用“版块”重排。"
        raise SourceError(message, hint)


def _check_places(corrections: Corrections, parts: Sequence[MeasurePart]) -> None:
    """Every correction has to name a measure that exists: CorrectionError otherwise."""
    numbers = {part.id for part in parts}
    named = [
        *((entry.line, entry.where) for entry in corrections.wording),
        *((entry.line, entry.where) for entry in corrections.doubts),
        *((entry.line, entry.where) for entry in corrections.interleaved),
        *((entry.line, entry.measure) for entry in corrections.items),
        *((entry.line, entry.measure) for entry in corrections.damage),
        *((entry.line, entry.first) for entry in corrections.lost_sections),
    ]
    for line, where in named:
        if where not in PLACES and where not in numbers:
            raise corrections.error(line, f"原件里没有第{where}条。", "改正措施编号。")
    bodies = {part.id: part.body.text for part in parts}
    for shuffle in corrections.interleaved:
        if shuffle.fragments[0].start not in bodies[shuffle.where]:
            raise corrections.error(shuffle.line, f"错行处不在第{shuffle.where}条里。", "改正措施编号。")


def _check_damage(corrections: Corrections, parts: Sequence[MeasurePart]) -> None:
    """残缺 and the lost pages have to say the same: CorrectionError otherwise."""
    headless = {part.id for part in parts if part.headless}
    cut_short = {part.id for part in parts if part.cut_short}
    for entry in corrections.damage:
        if entry.measure not in (headless if entry.lost_start else cut_short):
            side = "前" if entry.lost_start else "后"
            message = f"第{entry.measure}条之{side}并不缺页。"
            raise corrections.error(entry.line, message, "核对“缺”，以及“版块”里的“其后缺页”。")
    told = {entry.measure for entry in corrections.damage if not entry.lost_start}
    for number in sorted(cut_short - told, key=int):
        line = corrections.blocks.line if corrections.blocks else 1
        message = f"第{number}条之后缺页，却没有写进“残缺”。"
        raise corrections.error(line, message, "在“残缺”里写明它缺末尾，并说明理由。")


def check_absences(
    corrections: Corrections, present: Sequence[str], absent: Sequence[str]
) -> tuple[Gap, ...]:
    """The measures that are missing, each with its reason; ``absent`` are the numbers that are skipped.

    CorrectionError for one that is said to be lost and is there.
    """
    gaps: dict[str, Gap] = {}
    there = set(present)
    for entry in corrections.absences:
        for number in entry.measures:
            if number in there:
                raise corrections.error(entry.line, f"第{number}条并不缺失。", "从“缺失”里删去它。")
            gaps[number] = Gap(number, sentence(entry.reason))
    for missing in absent:
        if missing not in there and missing not in gaps:
            gaps[missing] = Gap(missing, "原件中没有这一条，原因待查。")
    return tuple(gaps[number] for number in sorted(gaps, key=number_key))


def skipped(corrections: Corrections, present: Sequence[str], ledger: Ledger) -> list[str]:
    """The numbers between 1 and the last that no measure has; each one that nobody explains is a doubt."""
    explained = {number for entry in corrections.absences for number in entry.measures}
    there = set(present)
    last = max((int(number) for number in present), default=0)
    missing = [str(number) for number in range(1, last) if str(number) not in there]
    for number in missing:
        if number not in explained:
            ledger.doubt(f"编号不连续：没有第{number}条。", NOTHING)
    return missing


def check_decisions(
    corrections: Corrections, names: Collection[str], named: Collection[str], settled: Collection[str] | None
) -> None:
    """CorrectionError for what was decided about something that the plan does not have.

    The coordinating office has to be among ``names``, every 更名 to find its own among those ``named`` before
    any was changed, every 认可 its doubt among those ``settled`` (None: not asked).
    """
    coordinator = corrections.settings.coordinator
    if coordinator and coordinator not in names:
        message = f"统筹单位“{coordinator}”不在方案的单位之列。"
        raise corrections.error(corrections.settings_line, message, "改正“统筹单位”。")
    for entry in corrections.units.renamings:
        if entry.old not in named:
            raise corrections.error(entry.line, f"方案里没有单位“{entry.old}”。", "改正“原”，或删去这一条。")
    for accepted in corrections.acceptances:
        if settled is not None and accepted.message not in settled:
            message = f"没有这一处存疑：{shown(accepted.message)}。"
            hint = "“事”照导入报告里的存疑原样抄录；已不存在的，删去这一条。"
            raise corrections.error(accepted.line, message, hint)
