"""What a person decides about an import, as entries of the corrections file.

Each function makes one decision out of what the import gave; ``corrections.file.edited`` writes it.
A place is quoted by so many of its first words as tell it from every other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import Item, Measure, Measuring
from fazhi_tui.importer.corrections.file import Edit
from fazhi_tui.importer.corrections.model import (
    NEW_MEASURE,
    Acceptance,
    Assignment,
    Boundary,
    Corrections,
    Correspondence,
    ItemDecision,
    Opens,
    Renaming,
)
from fazhi_tui.importer.recognise.headings import find_headings
from fazhi_tui.importer.result import Imported
from fazhi_tui.importer.text.source_map import INSERTED, MappedText

REASON = "导入时核对"
"""The reason that stands with a decision where the person gives none."""

_SHORTEST_QUOTE = 8
_LONGEST_QUOTE = 200


class DecisionError(UsageError):
    """A decision that cannot be made here; the message says why, the hint what to do instead."""


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What is decided, in words for the person, and the edits that write it down."""

    told: str
    edits: tuple[Edit, ...]


# ------------------------------------------------------------------ places


def place_of_measure(imported: Imported, measure: str) -> int:
    """Where a measure begins in :attr:`Imported.prose`.  Raises DecisionError for one from a table."""
    head = f"第{measure}条 "
    origins = [
        offset
        for placed in imported.placed
        if placed.where.startswith(head)
        for offset in placed.text.origin
        if offset != INSERTED
    ]
    at = place_in_prose(imported.prose, min(origins)) if origins and imported.prose else -1
    if at < 0 or imported.prose.origin[at] != min(origins):
        raise DecisionError(
            f"第{measure}条出自表格或连排的原件，不能并、分、移",
            "单位、时限可以照改；要分合的，先改原件，或在校订文件里用“分段”断开",
        )
    return at


def place_in_prose(prose: MappedText, offset: int) -> int:
    """The first place of the text that stands at or behind an offset of the source."""
    return min(bisect_left(prose.origin, offset), len(prose) - 1)


def quote(prose: MappedText, at: int) -> str:
    """The fewest words from a place on that stand nowhere else.  Raises DecisionError if there are none."""
    text = prose.text
    for length in (*range(_SHORTEST_QUOTE, 40, 4), *range(40, _LONGEST_QUOTE + 1, 20)):
        words = text[at : at + length].rstrip("\n")
        if words and text.find(words) == at and text.find(words, at + 1) < 0:
            return words
    raise DecisionError("这一处的文字在原件里不止一处，分不清是哪一处", "在校订文件里自己写“边界”")


# ------------------------------------------------------------------ measures


def join_to_previous(
    imported: Imported, corrections: Corrections, measure: str, reason: str = REASON
) -> ReviewDecision:
    """The measure is no measure of its own: its text goes on in the one before."""
    at = place_of_measure(imported, measure)
    edit = _boundary(imported, corrections, at, Opens.TEXT, reason)
    return ReviewDecision(f"第{measure}条并入上一条", (edit,))


def split_at(
    imported: Imported, corrections: Corrections, at: int, measure: str | None = None, reason: str = REASON
) -> ReviewDecision:
    """A measure begins at a place of the prose, with a number if one is given."""
    edit = _boundary(imported, corrections, at, Opens.MEASURE, reason, measure)
    return ReviewDecision(f"在「{_first_words(imported, at)}」处另起一条", (edit,))


def renumber(
    imported: Imported, corrections: Corrections, measure: str, number: str, reason: str = REASON
) -> ReviewDecision:
    """The measure goes by another number."""
    at = place_of_measure(imported, measure)
    edit = _boundary(imported, corrections, at, Opens.MEASURE, reason, number)
    return ReviewDecision(f"第{measure}条改为第{number}条", (edit,))


def move_boundary(
    imported: Imported, corrections: Corrections, measure: str, at: int, reason: str = REASON
) -> ReviewDecision:
    """The measure begins elsewhere than where it was read to begin."""
    old = place_of_measure(imported, measure)
    if old == at:
        raise DecisionError(f"第{measure}条本来就从这里开始", "选另一处")
    edits = (
        _boundary(imported, corrections, old, Opens.TEXT, reason),
        _boundary(imported, corrections, at, Opens.MEASURE, reason, measure),
    )
    return ReviewDecision(f"第{measure}条改从「{imported.prose.text[at : at + 12]}」开始", edits)


def heading_at(
    imported: Imported, corrections: Corrections, at: int, opens: Opens, reason: str = REASON
) -> ReviewDecision:
    """A chapter or a section begins at a place of the prose, or neither does (正文)."""
    edit = _boundary(imported, corrections, at, opens, reason)
    return ReviewDecision(f"「{_first_words(imported, at)}」作{opens}", (edit,))


def _first_words(imported: Imported, at: int) -> str:
    return imported.prose.text[at : at + 12].split("\n")[0]


def _boundary(
    imported: Imported,
    corrections: Corrections,
    at: int,
    opens: Opens,
    reason: str,
    measure: str | None = None,
) -> Edit:
    """What begins at a place, instead of all that was decided about it before."""
    prose = imported.prose

    def is_here(entry: Boundary) -> bool:
        return prose.text.find(entry.start) == at

    printed = next(iter(find_headings(prose.text, at, min(at + 20, len(prose)))), None)
    is_printed = printed is not None and printed.start == at
    if opens is Opens.TEXT and not is_printed and any(map(is_here, corrections.boundaries)):
        return Edit(("边界",), None, is_here)  # nothing is printed here that would begin anything
    entry = Boundary(line=0, start=quote(prose, at), opens=opens, measure=measure, reason=reason)
    return Edit(("边界",), entry, is_here)


# ------------------------------------------------------------------ units, items, doubts


def assign(
    measure: str,
    leads: Sequence[str],
    participants: Sequence[str],
    responsible: Sequence[str],
    reason: str = REASON,
) -> ReviewDecision:
    """The units of a measure, by role.  Raises DecisionError for none at all."""
    if not (leads or participants or responsible):
        raise DecisionError("一个单位也没有写", "至少写一个单位；确实没有的，用“认可”")
    entry = Assignment(
        line=0,
        measure=measure,
        leads=tuple(leads),
        participants=tuple(participants),
        responsible=tuple(responsible),
        reason=reason,
    )
    edit = Edit(("分工",), entry, lambda other: other.measure == measure)
    return ReviewDecision(f"改定第{measure}条的分工", (edit,))


def rename_unit(
    imported: Imported, corrections: Corrections, old: str, new: str, reason: str = REASON
) -> ReviewDecision:
    """A unit goes by another name, or is one with the unit of that name."""
    if old == new or not new:
        raise DecisionError("名称没有改", "写上另一个名称")
    # A name that was changed before is changed at its root: what the document prints is what is renamed.
    printed = [entry.old for entry in corrections.units.renamings if entry.new == old]
    renamed = {entry.old for entry in corrections.units.renamings}
    if (old in imported.named and old not in renamed) or not printed:
        printed.append(old)
    edits = (
        Edit(
            ("单位", "更名"),
            Renaming(0, name, new, reason),
            partial(lambda old, entry: entry.old == old, name),
        )
        for name in printed
    )
    return ReviewDecision(f"「{old}」改作「{new}」", tuple(edits))


def set_date(measure: Measure, item: Item, due: date, reason: str = REASON) -> ReviewDecision:
    """The last day of one item; its number to reach stays."""
    if not item.source:
        raise DecisionError(f"事项 {item.id} 没有原文可引", "在校订文件里自己写“事项”")
    entry = ItemDecision(
        line=0,
        measure=measure.id,
        source=item.source,
        due=due,
        period=item.period,
        quantity=item.quantity,
        measure_word=item.measure_word,
        measuring=None if item.measuring is Measuring.TOTAL else item.measuring,
        reason=reason,
    )

    same = (measure.id, item.source)
    edit = Edit(("事项",), entry, lambda other: (other.measure, other.source) == same)
    return ReviewDecision(f"事项 {item.id} 的截止定为 {due}", (edit,))


def correspond(measure: str, tracker: str, reason: str = REASON) -> ReviewDecision:
    """Which measure of the tracker one of the document is: its number there, or 新增."""
    entry = Correspondence(line=0, measure=measure, tracker=tracker, reason=reason)
    told = "是新增的" if tracker == NEW_MEASURE else f"就是台账的第{tracker}条"
    edit = Edit(("对应",), entry, lambda other: other.measure == measure)
    return ReviewDecision(f"第{measure}条{told}", (edit,))


def accept(message: str, reason: str = REASON) -> ReviewDecision:
    """A doubt that was looked at and may stand."""
    edit = Edit(("认可",), Acceptance(0, message, reason), lambda other: other.message == message)
    return ReviewDecision(f"认可：{message}", (edit,))


def withdraw(messages: Collection[str]) -> tuple[Edit, ...]:
    """Take back the 认可 of doubts that are no more."""
    return (Edit(("认可",), None, lambda other: other.message in messages),)
