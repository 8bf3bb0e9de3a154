"""What a hand-written file needs of the reader: lines of entries, bare texts, least lengths (示例)."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_tui.domain.model.keyed import keyed, line_number
from fazhi_tui.records.reader import read_yaml


@dataclass(frozen=True, slots=True)
class Entry:
    line: int = line_number()
    name: str = keyed("名称", "名称。", bare=True)
    names: tuple[str, ...] = keyed("别名", "写成 [甲, 乙]。", default=(), minItems=1)


@dataclass(frozen=True, slots=True)
class Page:
    entries: tuple[Entry, ...] = keyed("条目", "条目。", default=())
    title: str = keyed("标题", "标题。", default="")
    title_line: int = line_number("标题")


def test_an_entry_knows_where_it_begins_and_where_a_key_of_it_stands() -> None:
    page, problems = read_yaml(
        Page, "条目:\n  - 名称: 甲\n\n  - 名称: 乙\n标题: 示例\n".encode(), "示例.yaml"
    )
    assert page is not None
    assert not problems
    assert [(entry.line, entry.name) for entry in page.entries] == [(2, "甲"), (4, "乙")]
    assert page.title_line == 5


def test_a_key_that_is_not_written_has_the_line_of_its_mapping() -> None:
    page, _ = read_yaml(Page, "# 示例\n条目:\n  - 名称: 甲\n".encode(), "示例.yaml")
    assert page is not None
    assert page.title_line == 2


def test_a_bare_text_may_look_like_a_number() -> None:
    page, problems = read_yaml(Page, "条目:\n  - 名称: 18\n".encode(), "示例.yaml")
    assert page is not None
    assert page.entries[0].name == "18"
    assert not problems


def test_a_list_without_the_elements_that_it_needs_is_told_with_its_line() -> None:
    _, (problem,) = read_yaml(Page, "条目:\n  - 名称: 甲\n    别名: []\n".encode(), "示例.yaml")
    assert (problem.line, problem.message, problem.hint) == (3, "“别名”至少要有一项", "写成 [甲, 乙]。")
