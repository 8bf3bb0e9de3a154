"""An explained exception (追认): the coordinating office says of one commit's faults why they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from fazhi_tui.domain.dated import value_on
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.vcs.audit_log import AuditEntry
from fazhi_tui.vcs.trailers import NAME_OF

#: The code of what a commit is told for that ratifies without being allowed to.
FAULT = "ratification"
#: What no exception excuses: a commit that is lost has nobody's faults.
NEVER = frozenset({"history-rewritten", FAULT})


@dataclass(frozen=True, slots=True)
class Ratification:
    """By which commit, when, by whom and why the faults of another were accepted."""

    commit: str = keyed("提交", "追认它的提交")
    time: datetime = keyed("时间", "追认的时间")
    unit: str = keyed("单位", "追认的单位")
    author: str = keyed("作者", "追认的人")
    reason: str = keyed("理由", "为什么追认")

    @property
    def told(self) -> str:
        """``已追认：市委依法治市办 姓名 2024-01-05（a1b2c3d4）：理由``."""
        who = f"{one_line(self.unit)} {one_line(self.author.rpartition(' <')[0])}"
        return f"已追认：{who} {self.time:%Y-%m-%d}（{self.commit[:8]}）：{one_line(self.reason)}"


def ratification_of(entry: AuditEntry) -> Ratification:
    """What a commit with the trailer ``Ratifies`` says; the reason stands below its subject."""
    paragraphs = entry.message.strip("\n").split("\n\n")
    reason = paragraphs[1] if len(paragraphs) > 2 else entry.subject
    author = one_line(f"{entry.author} <{entry.email}>")
    return Ratification(entry.commit, entry.commit_time, entry.trailers.unit, author, one_line(reason))


def void_because(
    entry: AuditEntry,
    plan: Plan | None,
    index: UnitIndex,
    contacts: Callable[[Unit, date], Collection[str]],
) -> str | None:
    """Why a commit ratifies nothing; None where it does.

    It is empty and the coordinating office's of its day: by its trailer, and by its author where the office
    has ``contacts`` (folded addresses).
    """
    if entry.changes or len(entry.parents) != 1:
        return "说是追认，却改动了文件"
    day = entry.commit_time.date()
    settings = plan.settings if plan else None
    offices = {value_on(settings, "coordinator", day), *settings.former_coordinators} if settings else set()
    named = {index.canonical(name) for name in offices if name}
    unit = entry.trailers.unit
    if not unit or index.canonical(unit) not in named:
        return f"只有统筹单位能追认，尾注 {NAME_OF['unit']} 是 {one_line(unit, 60) or '空'}"
    known = index.get(unit)
    allowed = contacts(known, day) if known is not None else ()
    if allowed and entry.email.casefold() not in allowed:
        return f"追认的作者 {one_line(entry.email, 40) or '空'} 当时不是{one_line(unit, 60)}的联络员"
    return None
