"""A small plan made by hand, to ask queries about; all of it is an example (示例)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.measure import Item
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.model.plan import Chapter, Plan, Span
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.domain.query.completion_source import CompletionSource
from fazhi_tui.domain.query.values import Context
from fazhi_tui.domain.unit_index import UnitIndex
from tests.domain.rows import day, row

TODAY = date(2022, 12, 15)
UNITS = (
    Unit("市司法局", aliases=("司局", "老司法", "法局"), pinyin="shi si fa ju"),
    Unit("市公安局", pinyin="shi gong an ju"),
    Unit("市司法所", pinyin="shi si fa suo"),
    Unit("各局", kind=UnitKind.COLLECTIVE, pinyin="ge ju", members=("市公安局", "市教育局")),
    Unit("市教育局", aliases=("教局",), pinyin="shi jiao yu ju"),
)
PLAN = Plan(
    "示例方案",
    Span(date(2022, 1, 1), date(2025, 12, 31)),
    chapters=(Chapter("一、总则", ("（一）绿色行政", "（二）执法")), Chapter("二、保障")),
)
READINGS = {
    "（一）绿色行政": "yi LÜ se xing zheng",
    "（二）执法": "er zhi fa",
    "一、总则": "yi zong ze",
    "（三）西安规则": "san xi an gui ze",
}


def note(kind: NoteKind, unit: str = "市司法局", body: str = "示例") -> Note:
    return Note("28", unit=unit, author="示例", time=datetime(2022, 12, 1, tzinfo=UTC), kind=kind, body=body)


ROWS = (
    row(
        id="2", title="甲", leads=("市司法局",), participants=("市公安局",),
        section="（一）绿色行政", chapter="一、总则", text="绿化\n正文",
        items=(Item("2.1", "一事"), Item("2.2", "二事")),
        status=Status.IN_PROGRESS, light=Light.RED, overdue=True,
        due=day("2022-12-01"), next_due=day("2022-12-01"), dates=(day("2022-12-01"),),
        updated=datetime(2022, 12, 1, 12, tzinfo=UTC), notes=(note(NoteKind.URGE), note(NoteKind.PROGRESS)),
    ),
    row(
        id="2-3", title="乙", leads=("市司法局",), responsible=("各局",),
        section="（二）执法", chapter="一、总则",
        light=Light.YELLOW, next_due=day("2023-01-10"), dates=(day("2023-01-10"), day("2024-01-10")),
        updated=datetime(2022, 11, 1, 12, tzinfo=UTC),
        notes=(note(NoteKind.PROGRESS, "市教育局", "另外"),),
    ),
    row(
        id="3", title=None, leads=("市公安局",), section="（三）西安规则", chapter="二、保障",
        items=(Item("3.1", "三事"),), next_due=day("2025-12-31"),
    ),
    row(id="12", title="丁", status=Status.DONE, light=Light.UNREPORTED),
    row(
        id="12-1", title="戊", participants=("市司法局", "火星局"),
        status=Status.DONE, overdue=True, next_due=day("2022-12-14"),
    ),
)  # fmt: skip


def context(**facts: Any) -> Context:
    return Context(UnitIndex(UNITS), TODAY, **facts)


def source(**facts: Any) -> CompletionSource:
    return CompletionSource(context(**facts), ROWS, PLAN, READINGS)
