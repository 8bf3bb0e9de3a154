"""What an import recognised, stretch by stretch of the source: for a screen that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.importer.result import Imported, LogKind
from fazhi_tui.importer.text.source_map import INSERTED, Traced


class Recognised(StrEnum):
    """What a stretch was taken for."""

    NUMBER = "措施"
    TITLE = "标题"
    TEXT = "正文"
    UNITS = "单位"
    TIME = "时限"
    PROGRESS = "进展"
    HEADING = "章节"
    GENERAL = "总则"
    LEFT = "略去"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of ``Document.text``; ``label`` says in a word what it is, ``measure`` which one's."""

    start: int
    stop: int
    kind: Recognised
    label: str
    measure: str = ""


_PARTS: Mapping[str, tuple[Recognised, str]] = {
    "标题": (Recognised.TITLE, "标题"),
    "标题后的句号": (Recognised.TITLE, "标题"),
    "正文": (Recognised.TEXT, "正文"),
    "单位": (Recognised.UNITS, "单位"),
    "时限": (Recognised.TIME, "时限"),
    "备注": (Recognised.TEXT, "备注"),
    "进展": (Recognised.PROGRESS, "进展"),
    "填报时间": (Recognised.PROGRESS, "填报时间"),
    "填报单位": (Recognised.PROGRESS, "填报单位"),
    "状态": (Recognised.PROGRESS, "状态"),
    "进度": (Recognised.PROGRESS, "进度"),
}
_WHOLE: Mapping[str, tuple[Recognised, str]] = {
    "方案标题": (Recognised.HEADING, "方案标题"),
    "章标题": (Recognised.HEADING, "章"),
    "节标题": (Recognised.HEADING, "节"),
    "引言": (Recognised.GENERAL, "引言"),
    "总体要求": (Recognised.GENERAL, "总体要求"),
    "结语": (Recognised.GENERAL, "结语"),
}
_OF_MEASURE = re.compile(r"第(?P<id>[0-9-]+)条 (?P<part>.+)")
_LONGEST_REASON = 8


def find_marks(imported: Imported) -> tuple[Mark, ...]:
    """The stretches in the order of the source, none over another; linear in its length."""
    measures = {measure.id: measure for measure in imported.measures}
    marks: list[Mark] = []
    for placed in imported.placed:
        kind, label, measure = _read(placed.where)
        stretches = _stretches(placed.text, kind, label, measure)
        if kind is Recognised.TEXT and measure in measures:
            stretches = _with_times(stretches, imported.document.text, measures[measure])
        marks.extend(stretches)
    for entry in imported.log:
        if entry.kind is LogKind.LEFT_OUT:
            reason = entry.message.split("：")[0]
            label = f"略:{reason if len(reason) <= _LONGEST_REASON else '其他'}"
            marks.extend(_stretches(entry.what, Recognised.LEFT, label, ""))
    marks.sort(key=lambda mark: mark.start)
    return tuple(marks)


def _read(where: str) -> tuple[Recognised, str, str]:
    if match := _OF_MEASURE.fullmatch(where):
        if match["part"] == "编号":
            return Recognised.NUMBER, f"第{match['id']}条", match["id"]
        kind, label = _PARTS.get(match["part"], (Recognised.TEXT, match["part"]))
        return kind, label, match["id"]
    kind, label = _WHOLE.get(where, (Recognised.GENERAL, where))
    return kind, label, ""


def _stretches(text: Traced, kind: Recognised, label: str, measure: str) -> list[Mark]:
    """The runs of characters that stand side by side in the source."""
    found: list[Mark] = []
    start = stop = INSERTED
    for offset in text.origin:
        if offset == INSERTED:
            continue
        if offset == stop and start != INSERTED:
            stop = offset + 1
            continue
        if start != INSERTED:
            found.append(Mark(start, stop, kind, label, measure))
        start, stop = offset, offset + 1
    if start != INSERTED:
        found.append(Mark(start, stop, kind, label, measure))
    return found


def _with_times(marks: Sequence[Mark], text: str, measure: Measure) -> list[Mark]:
    """The marks of a measure's text, those of its items cut out of them."""
    sources = [item.source for item in measure.items if item.source]
    if not sources:
        return list(marks)
    return [piece for mark in marks for piece in _cut_out(mark, text, sources)]


def _cut_out(mark: Mark, text: str, sources: Sequence[str]) -> Iterator[Mark]:
    words = text[mark.start : mark.stop]
    at = 0
    for start, stop in sorted(
        (found, found + len(source)) for source in sources if (found := words.find(source)) >= 0
    ):
        if start < at:
            continue
        if start > at:
            yield replace(mark, start=mark.start + at, stop=mark.start + start)
        yield replace(
            mark,
            start=mark.start + start,
            stop=mark.start + stop,
            kind=Recognised.TIME,
            label=Recognised.TIME.value,
        )
        at = stop
    if at < len(words):
        yield replace(mark, start=mark.start + at)
