"""The plan: title, period, chapters, gaps, settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.measure import MEASURE_ID
from fazhi_tui.domain.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter (章) and the titles of its sections (节), in order."""

    title: str = keyed("标题", "章的标题，如 二、主要任务和具体措施。")
    sections: tuple[str, ...] = keyed("节", "章下各节的标题，按顺序。", default=())


@dataclass(frozen=True, slots=True)
class Span:
    """The plan's first and last day, both included."""

    start: date = keyed("起", "第一天。")
    end: date = keyed("止", "最后一天；没有写明期限的措施以这一天为准（规划期末）。")


@dataclass(frozen=True, slots=True)
class Gap:
    """A measure that the source lost altogether."""

    id: str = keyed("编号", "缺失的措施编号。须加引号。", pattern=MEASURE_ID)
    reason: str = keyed("说明", "为什么断定它存在而原文缺失。")


@dataclass(frozen=True, slots=True)
class Plan:
    """The document: the whole of ``plan/plan.yaml``."""

    title: str = keyed("标题", "方案全称。", minLength=1)
    period: Span = keyed("期间", "方案的起止日期。")
    issuer: str | None = keyed("印发单位", "印发单位；原文未载时不写。", default=None)
    general: str = keyed("总体要求", "引言与总体要求，一句一行。", default="", block=True)
    chapters: tuple[Chapter, ...] = keyed("章节", "各章及其各节，按顺序。", default=())
    closing: str = keyed("结语", "条文之后的实施要求，一句一行。", default="", block=True)
    gaps: tuple[Gap, ...] = keyed("缺失", "原文缺失的措施。", default=())
    remarks: tuple[str, ...] = keyed("校勘", "与全文有关的校勘。", default=())
    settings: Settings = keyed("设置", "各地不同的规则。", default=Settings())
