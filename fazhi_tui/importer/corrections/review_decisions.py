"""What a person decides about an import, as entries of the corrections file.

Each function makes one decision out of what the import gave; ``corrections_edit.edited`` writes it.
A place is quoted by so many of its first words as tell it from every other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.importer.corrections.edit import Edit, Value
from fazhi_tui.importer.corrections.model import Corrections, Opens
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
class Decision:
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
    if not origins or not imported.prose:
        raise _no_place(measure)
    at = place_in_prose(imported.prose, min(origins))
    if imported.prose.origin[at] != min(origins):
        raise _no_place(measure)
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


def _no_place(measure: str) -> DecisionError:
    return DecisionError(
        f"第{measure}条出自表格或连排的原件，不能并、分、移",
        "单位、时限可以照改；要分合的，先改原件，或在校订文件里用“分段”断开",
    )


# ------------------------------------------------------------------ measures


def join_to_previous(
    imported: Imported, corrections: Corrections, measure: str, reason: str = REASON
) -> Decision:
    """The measure is no measure of its own: its text goes on in the one before."""
    at = place_of_measure(imported, measure)
    return Decision(
        f"第{measure}条并入上一条", (_boundary(imported, corrections, at, Opens.TEXT, None, reason),)
    )


def split_at(
    imported: Imported, corrections: Corrections, at: int, measure: str | None = None, reason: str = REASON
) -> Decision:
    """A measure begins at a place of the prose, with a number if one is given."""
    words = imported.prose.text[at : at + 12].split("\n")[0]
    return Decision(
        f"在「{words}」处另起一条", (_boundary(imported, corrections, at, Opens.MEASURE, measure, reason),)
    )


def renumber(
    imported: Imported, corrections: Corrections, measure: str, number: str, reason: str = REASON
) -> Decision:
    """The measure goes by another number."""
    at = place_of_measure(imported, measure)
    return Decision(
        f"第{measure}条改为第{number}条",
        (_boundary(imported, corrections, at, Opens.MEASURE, number, reason),),
    )


def move_boundary(
    imported: Imported, corrections: Corrections, measure: str, at: int, reason: str = REASON
) -> Decision:
    """The measure begins elsewhere than where it was read to begin."""
    old = place_of_measure(imported, measure)
    if old == at:
        raise DecisionError(f"第{measure}条本来就从这里开始", "选另一处")
    return Decision(
        f"第{measure}条改从「{imported.prose.text[at : at + 12]}」开始",
        (
            _boundary(imported, corrections, old, Opens.TEXT, None, reason),
            _boundary(imported, corrections, at, Opens.MEASURE, measure, reason),
        ),
    )


def heading_at(
    imported: Imported, corrections: Corrections, at: int, opens: Opens, reason: str = REASON
) -> Decision:
    """A chapter or a section begins at a place of the prose, or neither does (正文)."""
    words = imported.prose.text[at : at + 12].split("\n")[0]
    return Decision(f"「{words}」作{opens}", (_boundary(imported, corrections, at, opens, None, reason),))


def _boundary(
    imported: Imported, corrections: Corrections, at: int, opens: Opens, measure: str | None, reason: str
) -> Edit:
    """What begins at a place, instead of all that was decided about it before."""
    prose = imported.prose
    before = tuple(
        {"处": entry.start} for entry in corrections.boundaries if prose.text.find(entry.start) == at
    )
    printed = next(iter(find_headings(prose.text, at, min(at + 20, len(prose)))), None)
    if opens is Opens.TEXT and before and (printed is None or printed.start != at):
        return Edit(("边界",), None, before)  # nothing is printed here that would begin anything
    entry = {"处": quote(prose, at), "作": opens.value, "编号": measure or "", "理由": reason}
    return Edit(("边界",), entry, before)


# ------------------------------------------------------------------ units, items, doubts


def assign(
    measure: str,
    leads: Sequence[str],
    participants: Sequence[str],
    responsible: Sequence[str],
    reason: str = REASON,
) -> Decision:
    """The units of a measure, by role.  Raises DecisionError for none at all."""
    if not (leads or participants or responsible):
        raise DecisionError("一个单位也没有写", "至少写一个单位；确实没有的，用“认可”")
    entry = {
        "措施": measure,
        "牵头": tuple(leads),
        "参加": tuple(participants),
        "责任": tuple(responsible),
        "理由": reason,
    }
    return Decision(f"改定第{measure}条的分工", (Edit(("分工",), entry, ({"措施": measure},)),))


def rename_unit(
    imported: Imported, corrections: Corrections, old: str, new: str, reason: str = REASON
) -> Decision:
    """A unit goes by another name, or is one with the unit of that name."""
    if old == new or not new:
        raise DecisionError("名称没有改", "写上另一个名称")
    # A name that was changed before is changed at its root: what the document prints is what is renamed.
    printed = [entry.old for entry in corrections.renamings if entry.new == old]
    renamed = {entry.old for entry in corrections.renamings}
    if (old in imported.named and old not in renamed) or not printed:
        printed.append(old)
    edits = [
        Edit(("单位", "更名"), {"原": name, "改": new, "理由": reason}, ({"原": name},)) for name in printed
    ]
    return Decision(f"「{old}」改作「{new}」", tuple(edits))


def set_date(measure: Measure, item: Item, due: date, reason: str = REASON) -> Decision:
    """The last day of one item; its number to reach stays."""
    if not item.source:
        raise DecisionError(f"事项 {item.id} 没有原文可引", "在校订文件里自己写“事项”")
    entry: dict[str, Value] = {
        "措施": measure.id,
        "原文": item.source,
        "截止": due,
        "数量": item.quantity if item.quantity is not None else "",
        "计量单位": item.measure_word or "",
        "说明": reason,
    }
    before = ({"措施": measure.id, "原文": item.source},)
    return Decision(f"事项 {item.id} 的截止定为 {due}", (Edit(("事项",), entry, before),))


def accept(message: str, reason: str = REASON) -> Decision:
    """A doubt that was looked at and may stand."""
    entry = {"事": message, "理由": reason}
    return Decision(f"认可：{message}", (Edit(("认可",), entry, ({"事": message},)),))


def withdraw(messages: Iterable[str]) -> tuple[Edit, ...]:
    """Take back the 认可 of doubts that are no more."""
    return tuple(Edit(("认可",), None, ({"事": message},)) for message in messages)
