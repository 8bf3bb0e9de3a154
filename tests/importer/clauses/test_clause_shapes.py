"""Unit clauses in the shapes that governments print (示例, written for these tests).

A sample a line of shapes.txt: the clause | lead | participants | responsible; empty where it is no clause.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fazhi_tui.domain.model.measure import Role
from fazhi_tui.importer.clauses.find import find_clauses, find_convention
from fazhi_tui.importer.clauses.values import Convention

SAMPLES = [
    line
    for line in (Path(__file__).parent / "shapes.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


NOTHING_SAID = Convention()


def _read(text: str, convention: Convention = NOTHING_SAID) -> list[list[str]]:
    found = find_clauses(text, convention)
    return [
        [name for each in found for name in each.clause.units(role)]
        for role in (Role.LEAD, Role.PARTICIPANT, Role.RESPONSIBLE)
    ]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_clause_of_this_shape_gives_its_units(sample: str) -> None:
    text, *roles = (part.strip() for part in sample.split("|"))
    text = text.replace("\\n", "\n")
    assert _read(text) == [_names(role) for role in roles]
    assert _read(f"完善制度。{text}") == [_names(role) for role in roles]


def _names(role: str) -> list[str]:
    """The names of one role; a 、 inside brackets parts nothing, and ~ is one inside a name."""
    names: list[str] = []
    depth, at = 0, 0
    for index, char in enumerate(role):
        depth += {"（": 1, "）": -1}.get(char, 0)
        if char == "、" and not depth:
            names.append(role[at:index])
            at = index + 1
    return [name.replace("~", "、") for name in (*names, role[at:])] if role else []


def test_a_rule_said_once_makes_the_first_unit_the_lead_from_then_on() -> None:
    for words in ("列第一位者为牵头单位，下同", "第一责任单位为牵头单位，下同", "排在首位的单位为牵头单位"):
        convention = find_convention(f"（责任单位：市示例局、市样本局，{words}）")
        assert convention.first_is_lead
        assert _read("（责任单位：市样本局、市示例局）", convention) == [["市样本局"], [], ["市示例局"]]


def test_several_clauses_of_one_measure_are_all_found_and_the_text_between_stays() -> None:
    text = "建立清单。（责任单位：市示例局）公布清单。（责任单位：市样本局）"
    found = find_clauses(text)
    assert [text[each.start : each.stop] for each in found] == [
        "（责任单位：市示例局）",
        "（责任单位：市样本局）",
    ]


@pytest.mark.parametrize(
    "part", ["（", "（市、", "责任单位：市示例局。", "责任单位：市示例局。余文", "（责任单位："]
)
def test_the_time_for_finding_clauses_grows_with_the_length_of_the_text(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        start = time.process_time()
        find_clauses(text)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(80_000) < 12 * seconds(20_000) + 0.05
