"""What an import recognised, stretch by stretch of the source: for a screen that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fazhi_tui.importer.result import Imported, LogKind
from fazhi_tui.importer.text.source_map import INSERTED, MappedText


class AnnotationKind(StrEnum):
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
class Annotation:
    """A stretch of ``Document.text``; ``label`` says in a word what it is, ``measure`` which one's."""

    start: int
    stop: int
    kind: AnnotationKind
    label: str
    measure: str = ""


_KIND_OF_PART = {
    AnnotationKind.TITLE: "标题 标题后的句号",
    AnnotationKind.TEXT: "正文 备注",
    AnnotationKind.UNITS: "单位",
    AnnotationKind.TIME: "时限",
    AnnotationKind.PROGRESS: "进展 填报时间 填报单位 状态 进度",
    AnnotationKind.HEADING: "方案标题 章标题 节标题",
}
_KINDS = {part: kind for kind, parts in _KIND_OF_PART.items() for part in parts.split()}
_LABELS = {"标题后的句号": "标题", "章标题": "章", "节标题": "节"}
_OF_MEASURE = re.compile(r"第(?P<id>[0-9-]+)条 (?P<part>.+)")
_LONGEST_REASON = 8


def find_annotations(imported: Imported) -> tuple[Annotation, ...]:
    """The stretches in the order of the source, none over another; linear in its length."""
    measures = {measure.id: measure for measure in imported.measures}
    annotations: list[Annotation] = []
    for placed in imported.placed:
        kind, label, measure = _read(placed.where)
        stretches = _stretches(placed.text, kind, label, measure)
        if kind is AnnotationKind.TEXT and measure in measures:
            sources = [item.source for item in measures[measure].items if item.source]
            text = imported.document.text
            stretches = [piece for stretch in stretches for piece in _cut_out(stretch, text, sources)]
        annotations.extend(stretches)
    for entry in imported.log:
        if entry.kind is LogKind.LEFT_OUT:
            reason = entry.message.split("：")[0]
            label = f"略:{reason if len(reason) <= _LONGEST_REASON else '其他'}"
            annotations.extend(_stretches(entry.what, AnnotationKind.LEFT, label, ""))
    annotations.sort(key=lambda annotation: annotation.start)
    return tuple(annotations)


def _read(where: str) -> tuple[AnnotationKind, str, str]:
    """What characters became, a word for it, and the measure that they are part of."""
    match = _OF_MEASURE.fullmatch(where)
    measure, part = (match["id"], match["part"]) if match else ("", where)
    if measure and part == "编号":
        return AnnotationKind.NUMBER, f"第{measure}条", measure
    kind = _KINDS.get(part, AnnotationKind.TEXT if measure else AnnotationKind.GENERAL)
    return kind, _LABELS.get(part, part), measure


def _stretches(text: MappedText, kind: AnnotationKind, label: str, measure: str) -> list[Annotation]:
    """The runs of characters that stand side by side in the source."""
    runs: list[list[int]] = []
    for offset in text.origin:
        if offset == INSERTED:
            continue
        if runs and runs[-1][1] == offset:
            runs[-1][1] = offset + 1
        else:
            runs.append([offset, offset + 1])
    return [Annotation(start, stop, kind, label, measure) for start, stop in runs]


def _cut_out(annotation: Annotation, text: str, sources: Sequence[str]) -> Iterator[Annotation]:
    words = text[annotation.start : annotation.stop]
    at = 0
    for start, stop in sorted(
        (found, found + len(source)) for source in sources if (found := words.find(source)) >= 0
    ):
        if start < at:
            continue
        if start > at:
            yield replace(annotation, start=annotation.start + at, stop=annotation.start + start)
        first, last = annotation.start + start, annotation.start + stop
        time = AnnotationKind.TIME
        yield replace(annotation, start=first, stop=last, kind=time, label=time.value)
        at = stop
    if at < len(words):
        yield replace(annotation, start=annotation.start + at)
