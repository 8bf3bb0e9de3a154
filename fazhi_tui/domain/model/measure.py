"""Measures and their items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.former import Former, former_of
from fazhi_tui.domain.model.keyed import keyed

# Six digits hold any plan; longer ones are a slip, and int() refuses thousands of them.
MEASURE_ID = r"^[1-9][0-9]{0,5}(-[1-9][0-9]{0,5}){0,3}$"
ITEM_ID = r"^[1-9][0-9]{0,5}(-[1-9][0-9]{0,5}){0,3}\.[1-9][0-9]{0,5}$"


class Role(StrEnum):
    """In what role a unit stands in a measure, as the document says."""

    LEAD = "牵头"
    PARTICIPANT = "参加"
    RESPONSIBLE = "责任"


class Completeness(StrEnum):
    """How much of a measure the source still has."""

    WHOLE = "完整"
    DAMAGED = "残缺"
    MISSING = "缺失"


class Period(StrEnum):
    """How often a recurring item is owed."""

    MONTHLY = "每月"
    QUARTERLY = "每季度"
    HALF_YEARLY = "每半年"
    YEARLY = "每年"
    TWO_YEARLY = "每2年"
    TERM = "任期内"


class Measuring(StrEnum):
    """Whose figures complete an item with a 数量."""

    #: The figures of all add up.
    TOTAL = "合计"
    #: Each unit's own figures have to reach it.
    EACH_UNIT = "每单位"
    #: A figure a head: nothing adds up, and each unit has to reach it.
    PER_HEAD = "每人"


@dataclass(frozen=True, slots=True)
class Item:
    """A dated, recurring or counted obligation inside a measure, e.g. 28.1."""

    id: str = keyed("编号", "事项编号：措施编号、点、序号，如 28.1。须加引号。", pattern=ITEM_ID)
    content: str = keyed("内容", "要做到什么。", minLength=1)
    due: date | None = keyed("截止", "原文写明的截止日期，年-月-日。", default=None)
    period: Period | None = keyed("周期", "周期性事项多久一次。", default=None)
    quantity: int | None = keyed("数量", "每个周期（或到截止日）至少要达到的数。", default=None, minimum=1)
    measure_word: str | None = keyed("计量单位", "数量的单位，如 次、期、学时。", default=None)
    measuring: Measuring = keyed(
        "计量方式", "数量怎么算：合计、每单位（各算各的）、每人（不相加）。", default=Measuring.TOTAL
    )
    since: date | None = keyed("自", "方案印发后才有的事项，从哪一天起算。", default=None)
    until: date | None = keyed("至", "不再要求的事项，到哪一天为止，含当天。", default=None)
    origin: str | None = keyed(
        "来自", "由哪个事项改编号而来；它以前的进展也算这一项的。须加引号。", default=None, pattern=ITEM_ID
    )
    source: str = keyed("原文", "方案里写明这一事项的原句。", default="")
    history: tuple[FormerItem, ...] = keyed("沿革", "以前的截止、周期、数量，各到哪一天为止。", default=())


if TYPE_CHECKING:

    class FormerItem(Former):
        """What held before of an item."""

else:
    FormerItem = former_of("FormerItem", Item, "due", "period", "quantity", "measure_word", "measuring")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Measure:
    """One numbered article of the plan; one file ``plan/NN.yaml``."""

    id: str = keyed("编号", "措施编号，即方案中的条号。须加引号。", pattern=MEASURE_ID)
    title: str | None = keyed("标题", "措施标题；原文标题缺失时不写。", default=None)
    chapter: str = keyed("章", "所属的章，须与 plan.yaml 中的章一致。", default="")
    section: str | None = keyed("节", "所属的节，须与 plan.yaml 中的节一致。", default=None)
    leads: tuple[str, ...] = keyed("牵头单位", "牵头单位，按原文顺序。", default=())
    participants: tuple[str, ...] = keyed("参加单位", "参加单位，按原文顺序。", default=())
    responsible: tuple[str, ...] = keyed("责任单位", "责任单位，按原文顺序。", default=())
    by_duties: bool = keyed("按职责分工", "原文写明“按职责分工负责”。", default=False)
    open_list: bool = keyed("等部门", "原文以“等部门”收尾，名单未列尽。", default=False)
    items: tuple[Item, ...] = keyed("事项", "有期限、有周期或有数量的事项。", default=())
    text: str = keyed("正文", "措施正文，一句一行。", default="", block=True)
    printed_id: str | None = keyed("原文编号", "原文印的编号，与推定编号不同时才写。须加引号。", default=None)
    completeness: Completeness = keyed("完整性", "原文是否完整；完整时不写。", default=Completeness.WHOLE)
    remarks: tuple[str, ...] = keyed("校勘", "与原文的出入、存疑之处及理由。", default=())
    added: date | None = keyed("增设", "方案印发后增设的措施，从哪一天起。", default=None)
    withdrawn: date | None = keyed("废止", "从哪一天起不再执行。", default=None)
    origins: tuple[str, ...] = keyed(
        "来自", "由哪几条措施分出或并成；它们以前的进展也看得到。须加引号。", default=(), pattern=MEASURE_ID
    )
    history: tuple[FormerDuties, ...] = keyed(
        "沿革", "以前的牵头、参加、责任单位，各到哪一天为止。", default=()
    )

    @property
    def stem(self) -> str:
        """The name of the measure's file and of its folder in ``status/``: ``01``, ``28``, ``2-3``."""
        return self.id.zfill(2)

    @property
    def display_title(self) -> str:
        """The title, or a bracketed remark where the source lost it."""
        return self.title or "（标题缺失）"

    @property
    def joined_text(self) -> str:
        """The text as it is read: the sentence-a-line of the file joined again."""
        return self.text.replace("\n", "")

    def units(self, role: Role | None = None) -> tuple[str, ...]:
        """The names in one role, or in any, in the document's order and without repeats."""
        by_role = {
            Role.LEAD: self.leads,
            Role.PARTICIPANT: self.participants,
            Role.RESPONSIBLE: self.responsible,
        }
        if role is not None:
            return by_role[role]
        return tuple(dict.fromkeys(name for names in by_role.values() for name in names))


if TYPE_CHECKING:

    class FormerDuties(Former):
        """What held before of a measure."""

else:
    FormerDuties = former_of("FormerDuties", Measure, "leads", "participants", "responsible")
