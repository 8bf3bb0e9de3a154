"""What happens to each measure in the example history: made up from a fixed seed, and marked 示例.

Nothing here is the progress of any real body.  A measure has a fate (``FATES``); a story is the row of
reports that it leads to, each of which goes through the same checks as a real one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from fazhi_tui.domain.deadlines.occurrences import occurrences
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.service.notes.request import ReportRequest

BEIJING = timezone(timedelta(hours=8))

#: Fate → the measures that are to show it; the others get one of COMMON by lot.
_SHOWN: Mapping[str, str] = {
    "asking": "51",
    "behind": "40",
    "closed": "4 35",
    "collective": "2 42",
    "disputed": "18",
    "extended": "28",
    "extended-late": "38",
    "far-behind": "6 31",
    "idle": "12",
    "kept": "26 33 46 49",
    "late": "7",
    "missed": "50",
    "missed-late": "43",
    "overdue": "47",
    "returned": "45",
    "returned-open": "48",
    "settled": "19",
    "silent": "22",
    "suspended": "30",
}
FATES = {number: fate for fate, numbers in _SHOWN.items() for number in numbers.split()}
COMMON = ("steady", "steady", "steady", "kept", "closed", "silent", "behind")


@dataclass(frozen=True)
class Step:
    """One report of the story; ``blind`` did not see the one just before it, as on another branch."""

    time: datetime
    request: ReportRequest
    blind: bool = False


def story_of(
    measure: Measure,
    reporters: tuple[str, ...],
    plan: Plan,
    periods: tuple[ReportPeriod, ...],
    until: date,
    seed: int,
) -> list[Step]:
    """The reports on one measure up to a day, in order of time; the same for the same seed."""
    lot = random.Random(f"{seed}/{measure.id}")
    fate = FATES.get(measure.id) or lot.choice(COMMON)
    teller = _Teller(measure, reporters, plan, periods, until, lot, fate)
    return sorted((step for step in teller.tell() if step.time.date() <= until), key=lambda step: step.time)


@dataclass
class _Teller:
    measure: Measure
    reporters: tuple[str, ...]
    plan: Plan
    periods: tuple[ReportPeriod, ...]
    until: date
    lot: random.Random
    fate: str

    @property
    def office(self) -> str:
        return self.plan.settings.coordinator

    @property
    def first(self) -> str:
        return self.reporters[0] if self.reporters else self.office

    def tell(self) -> Iterator[Step]:
        if self.fate == "idle":
            yield self._office(date(2023, 7, 5), NoteKind.URGE, "示例：至今没有启动，请尽快启动并填报")
            return
        begin = date(2022, 1, 20) + timedelta(days=self.lot.randrange(50))
        status = Status.ONGOING if self.fate == "kept" else Status.IN_PROGRESS
        yield self._body(begin, "示例：已制定工作方案，明确分工", status=status)
        end = self._ends()
        yield from self._periodic(begin, end)
        for item in self.measure.items:
            yield from self._item(item, end)
        yield from self._fated(end)

    # -------------------------------------------------------------- what the fates do

    def _ends(self) -> date:
        """The day the regular reports end."""
        match self.fate:
            case "closed":
                return date(2023, 3, 1) + timedelta(days=self.lot.randrange(600))
            case "returned":
                return date(2024, 5, 10)
            case "suspended":
                return date(2023, 9, 15)
            case "late":
                return date(2023, 4, 20)
            case _:
                return self.until

    def _fated(self, end: date) -> Iterator[Step]:
        match self.fate:
            case "closed" | "late" | "returned":
                yield from self._close(end)
            case "returned-open":
                day = self.until - timedelta(days=40)
                yield self._asks_to_close(day, "示例：已完成，申请办结")
                yield self._office(
                    day + timedelta(days=9), NoteKind.RETURN, "示例：缺少佐证材料，请补充后再报"
                )
            case "suspended":
                said = "示例：机构调整期间暂停，恢复时间另行通知"
                day = end + timedelta(days=3)
                yield self._office(day, NoteKind.PROGRESS, said, status=Status.SUSPENDED)
            case "asking":
                yield self._asks_to_close(self.until - timedelta(days=20), "示例：各项任务已完成，申请办结")
            case "disputed" | "settled":
                yield from self._dispute()
            case "overdue":
                urged = "示例：期限已过，请于月底前报送原因和完成时间"
                yield self._office(date(2025, 2, 10), NoteKind.URGE, urged)
                told = "示例：请牵头单位专题研究，限期办结"
                yield self._office(date(2025, 6, 18), NoteKind.INSTRUCTION, told)

    def _close(self, day: date) -> Iterator[Step]:
        yield self._asks_to_close(day, "示例：各项任务已完成，申请办结", progress=100)
        if self.fate == "returned":
            yield self._office(day + timedelta(days=6), NoteKind.RETURN, "示例：缺少考核结果，请补充后再报")
            day += timedelta(days=30)
            yield self._asks_to_close(day, "示例：已补充考核结果，再次申请办结")
        yield self._office(day + timedelta(days=8), NoteKind.CLOSE, "示例：经审核，同意办结")

    def _dispute(self) -> Iterator[Step]:
        """Two bodies report from two branches that did not know of each other."""
        day = self.until - timedelta(days=70)
        other = next((name for name in self.reporters if name != self.first), "市财政局")
        yield self._body(day, "示例：转入日常工作，长期坚持", status=Status.ONGOING)
        claim = self._asks_to_close(day, "示例：本单位任务已完成，申请办结", 15, unit=other)
        yield replace(claim, blind=True)
        if self.fate == "settled":
            yield self._office(
                day + timedelta(days=12), NoteKind.CORRECTION, "示例：经核实，以长期坚持为准",
                10, corrects="<last>", status=Status.ONGOING,
            )  # fmt: skip

    # -------------------------------------------------------------- regular reports

    def _periodic(self, begin: date, end: date) -> Iterator[Step]:
        """A report of most periods by most bodies; the last ones missing where the fate says so."""
        last = self.periods[-1] if self.periods else None
        for period in self.periods:
            if period.end >= end or period.start < begin:
                continue
            silent = self.fate == "silent" and period is last
            for at, unit in enumerate(self.reporters):
                if silent or self.lot.random() < 0.05:
                    continue
                day = period.end - timedelta(days=self.lot.randrange(20))
                yield self._report(day, unit, at == 0)

    def _report(self, day: date, unit: str, leads: bool) -> Step:
        progress = None
        if leads and len(self.measure.items) != 1 and self.fate != "silent":
            span = (self.plan.period.end - self.plan.period.start).days
            even = 100 * (day - self.plan.period.start).days // span
            short = {"behind": 20, "far-behind": 45, "overdue": 15}.get(self.fate, self.lot.randrange(8))
            progress = max(1, min(98, even - short))
        text = f"示例：{self.lot.choice(REPORTS)}"
        return self._body(day, text, 9, unit=unit, progress=progress)

    # -------------------------------------------------------------- what is owed by a date

    def _item(self, item: Item, end: date) -> Iterator[Step]:
        if item.period is None:
            if item.due:
                yield from self._dated(item, item.due)
            return
        for at, occurrence in enumerate(occurrences(item, self.plan)):
            if occurrence.start > min(end, self.until):
                return
            if self.fate not in ("missed", "missed-late") or at != 1:
                yield from self._occurrence(item, occurrence.due)
            elif self.fate == "missed-late":
                late = occurrence.due + timedelta(days=45)
                yield from self._occurrence(item, late, named=occurrence.label)

    def _occurrence(self, item: Item, due: date, named: str | None = None) -> Iterator[Step]:
        """What is reported on an item before ``due``; on that very day for a period that is named."""
        early = timedelta(days=25 + self.lot.randrange(40))
        day = due if named else due - early
        if day > self.until:
            return
        needed = item.quantity or 1
        parts = [1] * needed if needed <= 2 else [needed // 2, needed - needed // 2]
        for at, part in enumerate(parts):
            yield self._body(
                day - timedelta(days=9 * (len(parts) - 1 - at)),
                f"示例：本期完成{part} {item.measure_word or '次'}",
                10, item=item.id, quantity=part, occurrence=named,
            )  # fmt: skip

    def _dated(self, item: Item, due: date) -> Iterator[Step]:
        done = due - timedelta(days=15 + self.lot.randrange(25))
        match self.fate:
            case "overdue":
                return
            case "late":
                done = due + timedelta(days=48)
            case "extended" | "extended-late":
                ask, until = due - timedelta(days=32), due + timedelta(days=181)
                wanted: dict[str, object] = {"item": item.id, "new_due": until}
                why = f"示例：编制和场所尚未落实，申请延期至 {until}"
                yield self._body(ask, why, kind=NoteKind.REQUEST_EXTENSION, **wanted)
                said = "示例：同意延期，请按新的期限完成"
                yield self._office(ask + timedelta(days=7), NoteKind.GRANT_EXTENSION, said, **wanted)
                done = until + timedelta(days=20 if self.fate == "extended-late" else -12)
        text = "示例：此项已完成，验收通过"
        yield self._body(done, text, item=item.id, progress=100)

    # -------------------------------------------------------------- whose

    def _body(self, day: date, text: str, hour: int = 11, /, **facts: object) -> Step:
        """A report of the first body, unless ``facts`` name another unit."""
        request = replace(ReportRequest(self.measure.id, self.first, text), **facts)  # type: ignore[arg-type]
        minute, second = self.lot.randrange(60), self.lot.randrange(60)
        return Step(datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BEIJING), request)

    def _asks_to_close(self, day: date, text: str, hour: int = 11, /, **facts: object) -> Step:
        return self._body(day, text, hour, kind=NoteKind.REQUEST_CLOSE, **facts)

    def _office(self, day: date, kind: NoteKind, text: str, hour: int = 16, /, **facts: object) -> Step:
        return self._body(day, text, hour, unit=self.office, kind=kind, **facts)


#: What regular reports say; 示例 is put before each.
REPORTS = (
    "召开专题会议研究部署，任务分解到科室",
    "完成一轮自查，发现的问题已列出清单并整改",
    "印发实施细则，组织业务培训一期",
    "会同有关单位开展联合检查，情况总体平稳",
    "收集各县（市、区）报表并汇总，形成阶段性材料",
    "按计划推进，下一步开展评估",
    "建立台账，明确责任人和完成时限",
    "征求有关单位意见，修改完善后再行印发",
)
