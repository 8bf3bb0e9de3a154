"""What stands in each column of the list, by what it is sorted, and which columns are shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from fazhi_tui.domain.columns import (
    ALWAYS,
    BY_NAME,
    COLUMNS,
    DEFAULT,
    DERIVED,
    chosen,
    deadline_text,
    lead_text,
)
from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status

from .fresh import fresh
from .rows import day, row

NAMES = LightNames(red="警示")
MOMENT = datetime(2022, 12, 20, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "-"),
        ({"next_label": "28.1"}, "-"),
        ({"next_due": day("2022-12-31"), "next_label": "28.1"}, "2022-12-31 28.1"),
        ({"next_due": day("2022-12-31"), "next_label": "28.1", "overdue": True}, "2022-12-31 28.1 逾期"),
        ({"next_due": day("2022-12-31")}, "2022-12-31"),
        ({"next_due": day("2022-12-31"), "next_label": "a\nb"}, "2022-12-31 a b"),
    ],
)
def test_the_deadline_in_one_line(facts: dict[str, Any], text: str) -> None:
    assert deadline_text(row(**facts)) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "-"),
        ({"leads": ("市司法局", "市公安局"), "responsible": ("市教育局",)}, "市司法局、市公安局"),
        ({"leads": ("市司\n法局",)}, "市司 法局"),
        ({"responsible": ("市司法局", "市公安局")}, "责任：市司法局、市公安局"),
        ({"responsible": ("市司\n法局",)}, "责任：市司 法局"),
    ],
)
def test_who_leads_or_else_is_responsible(facts: dict[str, Any], text: str) -> None:
    assert lead_text(row(**facts)) == text


@pytest.mark.parametrize(
    ("column", "facts", "text"),
    [
        ("编号", {"id": "2-3"}, "2-3"),
        ("标题", {"title": "甲\n乙"}, "甲 乙"),
        ("标题", {"title": None}, "（标题缺失）"),
        ("牵头单位", {}, "-"),
        ("牵头单位", {"responsible": ("市司法局",)}, "责任：市司法局"),
        ("参加单位", {}, "-"),
        ("参加单位", {"participants": ("市司法局", "市公安局")}, "市司法局、市公安局"),
        ("责任单位", {}, "-"),
        ("责任单位", {"responsible": ("市司\n法局",)}, "市司 法局"),
        ("节", {}, "-"),
        ("节", {"section": "（一）\n甲"}, "（一） 甲"),
        ("状态", {"status": Status.ONGOING}, "长期坚持"),
        ("进度", {}, "-"),
        ("进度", {"progress": 0}, "0%"),
        ("填报", {}, "-"),
        ("填报", {"notes": (1, 2)}, "2"),
        ("更新", {}, "-"),
        ("更新", {"updated": MOMENT}, "2022-12-20"),
        ("时限", {}, "-"),
        ("灯", {"light": Light.RED}, "警示"),
        ("灯", {"light": Light.GREEN}, "绿"),
    ],
)
def test_the_text_of_a_column(column: str, facts: dict[str, Any], text: str) -> None:
    assert BY_NAME[column].text(row(**facts), NAMES) == text


@pytest.mark.parametrize(
    ("column", "facts", "key"),
    [
        ("编号", {"id": "2-3"}, (2, 3)),
        ("标题", {"title": "甲"}, "甲"),
        ("牵头单位", {}, (True, ())),
        ("牵头单位", {"leads": ("市司法局",)}, (False, ("市司法局",))),
        ("参加单位", {"participants": ("市司法局",)}, (False, ("市司法局",))),
        ("责任单位", {"responsible": ("市司法局",)}, (False, ("市司法局",))),
        ("节", {}, (True, ())),
        ("节", {"section": "（一）甲"}, (False, (28,))),
        ("状态", {"status": Status.NOT_STARTED}, 0),
        ("状态", {"status": Status.SUSPENDED}, 5),
        ("进度", {}, -1),
        ("进度", {"progress": 40}, 40),
        ("填报", {"notes": (1, 2)}, 2),
        ("更新", {"updated": MOMENT}, MOMENT),
        ("更新", {}, datetime.min.replace(tzinfo=UTC)),
        ("时限", {"next_due": day("2022-12-31")}, day("2022-12-31")),
        ("时限", {}, date.max),
        ("灯", {"light": Light.RED}, 0),
        ("灯", {"light": Light.YELLOW}, 1),
        ("灯", {"light": Light.UNREPORTED}, 2),
        ("灯", {"light": Light.GREEN}, 3),
    ],
)
def test_by_what_a_column_is_sorted(column: str, facts: dict[str, Any], key: object) -> None:
    assert BY_NAME[column].sort_key(row(**facts)) == key


#: Name, width, share, most, keep, least, whether its largest come first, whether it stands to the right.
SHAPES = [
    ("编号", 4, 0, 1000, 9, 0, False, True),
    ("标题", 14, 6, 1000, 9, 16, False, False),
    ("牵头单位", 12, 4, 32, 7, 12, False, False),
    ("参加单位", 12, 4, 32, 3, 12, False, False),
    ("责任单位", 12, 4, 32, 4, 12, False, False),
    ("节", 12, 3, 40, 2, 12, False, False),
    ("状态", 8, 0, 1000, 9, 0, False, False),
    ("进度", 4, 0, 1000, 5, 0, False, True),
    ("填报", 4, 0, 1000, 1, 0, True, True),
    ("更新", 10, 0, 1000, 6, 0, True, False),
    ("时限", 10, 0, 1000, 8, 10, False, False),
    ("灯", 4, 0, 1000, 9, 0, False, False),
]


def test_the_columns_and_how_much_room_they_take() -> None:
    for columns in (COLUMNS, fresh("columns").COLUMNS):
        assert [
            (c.name, c.width, c.share, c.most, c.keep, c.least, c.backwards, c.right) for c in columns
        ] == SHAPES


def test_a_column_of_units_made_anew_tells_and_sorts_them() -> None:
    columns = fresh("columns").BY_NAME
    facts = {"leads": ("甲局",), "participants": ("乙局", "丙局"), "responsible": ("丁局",)}
    told = [columns[name].text(row(**facts), NAMES) for name in ("牵头单位", "参加单位", "责任单位")]
    assert told == ["甲局", "乙局、丙局", "丁局"]
    assert columns["参加单位"].text(row(), NAMES) == "-"
    assert columns["牵头单位"].text(row(responsible=("丁局",)), NAMES) == "责任：丁局"
    assert columns["参加单位"].text(row(participants=("乙\n局",)), NAMES) == "乙 局"
    assert columns["参加单位"].sort_key(row(**facts)) == (False, ("乙局", "丙局"))
    assert columns["参加单位"].sort_key(row()) == (True, ())
    assert columns["编号"].sort_key(row(id="2-3")) == (2, 3)


def test_what_is_derived_of_a_measure_by_its_key() -> None:
    found = row(
        status=Status.ONGOING, progress=40, light=Light.RED, why="示例", due=day("2023-01-01"),
        next_due=day("2022-12-31"), next_label="28.1", overdue=True, updated=MOMENT,
    )  # fmt: skip
    assert {key: of(found) for key, of in DERIVED.items()} == {
        "状态": "长期坚持",
        "进度": 40,
        "灯": "红",
        "依据": "示例",
        "截止": "2023-01-01",
        "到期": "2022-12-31",
        "到期事由": "28.1",
        "时限": "2022-12-31 28.1 逾期",
        "逾期": True,
        "更新": "2022-12-20T15:30:00+00:00",
        "读不出": [],
    }
    assert [DERIVED[key](row()) for key in ("截止", "到期", "更新")] == [None, None, None]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ((), DEFAULT),
        (("没有这列",), DEFAULT),
        (("灯", "进度"), ("编号", "标题", "进度", "灯")),
        (("灯", "没有这列", "编号"), ("编号", "标题", "灯")),
        (tuple(BY_NAME), tuple(BY_NAME)),
    ],
)
def test_columns_are_shown_in_the_tables_order_with_number_and_title(
    names: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    assert chosen(names) == shown
    assert frozenset(chosen(names)) >= ALWAYS
