"""Every correction is used, exactly once, and one that does not fit stops the import with its line."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import pytest

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.importer.corrections.file import load_corrections
from fazhi_tui.importer.corrections.model import Corrections, SettingsCorrection
from fazhi_tui.importer.errors import CorrectionError
from fazhi_tui.importer.pipeline import convert
from fazhi_tui.importer.result import Imported

from .conftest import CORRECTIONS

LISTS = (
    "omissions",
    "everywhere",
    "interleaved",
    "breaks",
    "numbering",
    "wording",
    "damage",
    "absences",
    "lost_sections",
    "doubts",
    "items",
    "units.same",
    "units.memberships",
    "units.pronunciations",
)
NOWHERE = "示例：原文里没有的话"


def _with(corrections: Corrections, name: str, entries: tuple[Any, ...]) -> Corrections:
    """The corrections with other entries in one list; ``units.same`` is a list below 单位."""
    part, _, inner = name.partition(".")
    value: Any = dataclasses.replace(corrections.units, **{inner: entries}) if inner else entries
    return dataclasses.replace(corrections, **{part: value})


def _entries() -> Iterator[Any]:
    corrections = load_corrections(CORRECTIONS)
    for name in LISTS:
        for index, entry in enumerate(attrgetter(name)(corrections)):
            yield pytest.param(name, index, id=f"{name}-line{entry.line}")


def _spoilt(entry: Any) -> dict[str, Any]:
    """The words by which the entry finds its place, made wrong."""
    if hasattr(entry, "fragments"):
        first, *rest = entry.fragments
        return {"fragments": (dataclasses.replace(first, start=NOWHERE), *rest)}
    if hasattr(entry, "measures"):
        return {"measures": ("1",)}
    if hasattr(entry, "first"):
        return {"first": "13"}
    if hasattr(entry, "lost_start"):
        return {"measure": "30"}
    for field in ("start", "old", "before", "source", "name"):
        if hasattr(entry, field):
            return {field: NOWHERE}
    return {"title": NOWHERE}


@pytest.mark.parametrize(("name", "index"), _entries())
def test_leaving_one_correction_out_changes_the_result_or_stops_the_import(
    name: str, index: int, source: bytes, corrections: Corrections, imported: Imported
) -> None:
    kept = tuple(e for place, e in enumerate(attrgetter(name)(corrections)) if place != index)
    try:
        without = convert(source, _with(corrections, name, kept))
    except FazhiError:
        return
    assert (without.plan, without.register, without.measures) != (
        imported.plan,
        imported.register,
        imported.measures,
    )


@pytest.mark.parametrize(("name", "index"), _entries())
def test_a_correction_that_does_not_fit_is_told_with_its_line(
    name: str, index: int, source: bytes, corrections: Corrections
) -> None:
    entries = list(attrgetter(name)(corrections))
    entry = entries[index]
    entries[index] = dataclasses.replace(entry, **_spoilt(entry))
    lines = {entry.line, *(each.line for each in getattr(entry, "fragments", ()))}
    with pytest.raises(CorrectionError) as caught:
        convert(source, _with(corrections, name, tuple(entries)))
    assert caught.value.line in lines
    assert f"第{caught.value.line}行" in caught.value.message
    assert "corrections.yaml" in caught.value.message
    assert caught.value.hint


def test_words_that_stand_twice_are_refused(source: bytes, corrections: Corrections) -> None:
    entry = corrections.wording[-2]
    twice = dataclasses.replace(entry, old="督察")
    with pytest.raises(CorrectionError, match="不止一处"):
        convert(source, dataclasses.replace(corrections, wording=(*corrections.wording, twice)))


def test_a_block_that_does_not_follow_the_one_before_is_refused(
    source: bytes, corrections: Corrections
) -> None:
    assert corrections.blocks is not None
    first, second, *rest = corrections.blocks.fragments
    moved = dataclasses.replace(second, start="推动执法程序不断规范")
    blocks = dataclasses.replace(corrections.blocks, fragments=(first, moved, *rest))
    with pytest.raises(CorrectionError, match="紧接上一段") as caught:
        convert(source, dataclasses.replace(corrections, blocks=blocks))
    assert caught.value.line == second.line


def test_blocks_that_leave_something_over_are_refused(source: bytes, corrections: Corrections) -> None:
    assert corrections.blocks is not None
    *others, last = corrections.blocks.fragments
    short = dataclasses.replace(last, stop="主要负责人作出重大决策前，")
    blocks = dataclasses.replace(corrections.blocks, fragments=(*others, short))
    with pytest.raises(CorrectionError, match="没有盖满全文"):
        convert(source, dataclasses.replace(corrections, blocks=blocks))


def test_another_number_of_places_is_refused(source: bytes, corrections: Corrections) -> None:
    rule = dataclasses.replace(corrections.everywhere[0], times=8)
    with pytest.raises(CorrectionError, match="有 9 处，这里写的是 8 处"):
        convert(source, dataclasses.replace(corrections, everywhere=(rule,)))


def test_a_source_that_was_changed_is_refused(source: bytes, corrections: Corrections) -> None:
    with pytest.raises(CorrectionError, match="不配套") as caught:
        convert(source + b"\n", corrections)
    assert caught.value.line == corrections.source.sha256_line


def test_a_coordinator_that_is_no_unit_of_the_plan_is_refused(
    source: bytes, corrections: Corrections
) -> None:
    with pytest.raises(CorrectionError, match="统筹单位"):
        convert(source, dataclasses.replace(corrections, settings=SettingsCorrection(coordinator="示例办")))


def test_a_printed_number_that_is_another_is_refused(source: bytes, corrections: Corrections) -> None:
    first, second, *rest = corrections.numbering
    wrong = dataclasses.replace(second, printed="27")
    with pytest.raises(CorrectionError, match="印作第28条"):
        convert(source, dataclasses.replace(corrections, numbering=(first, wrong, *rest)))


def test_lost_pages_that_no_damage_tells_of_are_refused(source: bytes, corrections: Corrections) -> None:
    kept = tuple(entry for entry in corrections.damage if entry.lost_start)
    with pytest.raises(CorrectionError, match="第12条之后缺页"):
        convert(source, dataclasses.replace(corrections, damage=kept))
