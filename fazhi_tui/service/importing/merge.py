"""What a revised document changes of what the tracker says, key by key; what both changed is a conflict.

Pure: measures, the plan and the register as values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any, NamedTuple

from fazhi_tui.domain.matching import match_items, owed
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.plan import Chapter, Plan
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.unit_history import names_of
from fazhi_tui.records.fields import fields_of
from fazhi_tui.service.plan.measure_file import ROLES

_SAID = ("title", "chapter", "section", *ROLES, "by_duties", "open_list", "text", "completeness")
_OWED = ("content", "due", "period", "quantity", "measure_word", "measuring", "source")

#: Whether two values say the same.
Same = Callable[[str, object, object], bool]


class Merged(NamedTuple):
    """A measure as the revision leaves it, and the keys that document and tracker have both changed."""

    measure: Measure
    conflicts: tuple[str, ...]


def merge_measure(
    mine: Measure,
    versions: Sequence[Measure],
    new: Measure,
    canonical: Callable[[str], str],
    used_items: Iterable[str] = (),
) -> Merged:
    """``mine`` with what a document changes.

    ``versions`` are what earlier documents said, newest first, back to the one whose words the file was
    given; ``new`` is the revised one, under the number of the tracker.  Units are the same by any name that
    ``canonical`` knows.  An item that is gone is left out, a new one has a number that none of it ever had:
    those of its items, of ``used_items`` and of the documents.
    """

    def same(name: str, one: Any, other: Any) -> bool:
        if name in ROLES:
            return tuple(map(canonical, one)) == tuple(map(canonical, other))
        return bool(one == other)

    conflicts: list[str] = []
    values: dict[str, Any] = {
        name: _taken(name, mine, versions, new, same, partial(_note, conflicts, Measure, name))
        for name in _SAID
    }
    before = versions[-1] if versions else mine
    if new.printed_id != before.printed_id:
        values["printed_id"] = new.printed_id
    values["remarks"] = _remarks(mine.remarks, before.remarks, new.remarks)
    values["items"] = _items(mine, versions, new, same, conflicts, used_items)
    merged: Measure = replace(mine, **values)
    return Merged(merged, tuple(dict.fromkeys(conflicts)))


def _note(conflicts: list[str], cls: type, name: str, prefix: str = "") -> None:
    key = next(field.key for field in fields_of(cls) if field.name == name)
    conflicts.append(f"{prefix}{key}")


def _taken(
    name: str, mine: Any, versions: Sequence[Any], new: Any, same: Same, conflict: Callable[[], None]
) -> Any:
    """The value of one key: the document's where it changed and the tracker's is as a document had it."""
    value, there = getattr(new, name), getattr(mine, name)
    if same(name, value, there):
        return there
    if versions and same(name, value, getattr(versions[-1], name)):
        return there
    if any(same(name, getattr(version, name), there) for version in versions):
        return value
    conflict()
    return there


def _remarks(mine: Sequence[str], before: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    kept = [remark for remark in mine if remark not in before or remark in new]
    return (*kept, *(remark for remark in new if remark not in kept and remark not in before))


# ------------------------------------------------------------------ items


def _items(
    mine: Measure,
    versions: Sequence[Measure],
    new: Measure,
    same: Same,
    conflicts: list[str],
    used: Iterable[str],
) -> tuple[Item, ...]:
    """The items as they are to be; what is no longer owed keeps its place, what is gone is left out."""
    wordings: dict[str, list[Item]] = {item.id: [] for item in mine.items}
    last: set[str] = set()
    for at, version in enumerate(versions):
        # An item of a document is the one here that says the same: later documents count anew.
        numbers = match_items([(item.id, [item]) for item in mine.items], version.items)
        for place, number in numbers.items():
            wordings[number].append(version.items[place])
        if at == 0:
            last = set(numbers.values())
    ended = {item.id for item in mine.items if item.until is not None}
    known = [
        (item.id, [item, *wordings[item.id]])
        for item in mine.items
        # What was ended here and the last document still had is no new item.
        if item.id not in ended or item.id in last
    ]
    found = match_items(known, new.items)
    by_number = {number: new.items[place] for place, number in found.items()}
    kept: list[Item] = []
    for item in mine.items:
        given = by_number.get(item.id)
        if given is None:
            # What no document had (fazhi amend) is no document's to take away.
            if item.id in ended or not wordings[item.id]:
                kept.append(item)
        elif item.id in ended:
            kept.append(item)
        else:
            values = {
                name: _taken(
                    name, item, wordings[item.id], given, same,
                    partial(_note, conflicts, Item, name, f"{item.id}."),
                )
                for name in _OWED
            }  # fmt: skip
            kept.append(replace(item, **values))
    every = {*used, *(item.id for version in (mine, *versions) for item in version.items)}
    following = max((number_key(number)[-1] for number in every), default=0)
    before = {owed(item) for item in versions[-1].items} if versions else set()
    for place, item in enumerate(new.items):
        # What the document has as it had it is no new item, whatever became of it here.
        if place not in found and owed(item) not in before:
            following += 1
            kept.append(replace(item, id=f"{mine.id}.{following}"))
    return tuple(kept)


# ------------------------------------------------------------------ the plan and the register


def merge_plan(
    mine: Plan, before: Plan | None, new: Plan, measures: Sequence[Measure]
) -> tuple[Plan, tuple[str, ...]]:
    """``mine`` with what a document changes, and the keys that both have changed.

    ``before`` is what the last document gave, None where that is not known.  Every chapter and section that
    one of the ``measures`` stands in stays, and none of them is a gap.
    """
    conflicts: list[str] = []

    def same(_name: str, one: object, other: object) -> bool:
        return one == other

    versions = (before,) if before else ()
    values: dict[str, Any] = {
        field.name: _taken(field.name, mine, versions, new, same, partial(_note, conflicts, Plan, field.name))
        for field in fields(Plan)
        if field.name not in ("settings", "remarks")
    }
    if before is None or (mine.issuer and not new.issuer):
        # 印发单位 is filled in by hand where the document does not tell it.
        values["issuer"] = mine.issuer or new.issuer
        conflicts = [key for key in conflicts if key != "印发单位"]
    old = before.settings if before else None
    values["settings"] = replace(
        mine.settings,
        **{
            field.name: _taken(
                field.name, mine.settings, (old,) if old else (), new.settings, same, lambda: None
            )
            for field in fields(Settings)
            if field.name != "history"
        },
    )
    values["remarks"] = _remarks(mine.remarks, before.remarks if before else (), new.remarks)
    values["chapters"] = _with_chapters(values["chapters"], mine.chapters, measures)
    numbers = {measure.id for measure in measures}
    values["gaps"] = tuple(gap for gap in values["gaps"] if gap.id not in numbers)
    merged: Plan = replace(mine, **values)
    return merged, tuple(conflicts)


def _with_chapters(
    chapters: Sequence[Chapter], old: Sequence[Chapter], measures: Sequence[Measure]
) -> tuple[Chapter, ...]:
    """The chapters with those of the older ones that measures still stand in."""
    found = list(chapters)
    for chapter in old:
        here = [measure for measure in measures if measure.chapter == chapter.title]
        at = next((at for at, each in enumerate(found) if each.title == chapter.title), None)
        if here and at is None:
            found.append(Chapter(chapter.title))
            at = len(found) - 1
        if at is not None:
            used = {measure.section for measure in here}
            kept = (
                section
                for section in chapter.sections
                if section in used and section not in found[at].sections
            )
            found[at] = Chapter(chapter.title, (*found[at].sections, *kept))
    return tuple(found)


def merge_units(mine: Sequence[Unit], new: Sequence[Unit]) -> tuple[Unit, ...]:
    """The register with the units of a document that nobody in it is known as; what is there stays."""
    known = {alias for unit in mine for alias in unit.aliases}
    known |= {name.name for unit in mine for name in names_of(unit)}
    added = (
        replace(unit, aliases=tuple(name for name in unit.aliases if name not in known))
        for unit in new
        if unit.name not in known
    )
    return (*mine, *added)
