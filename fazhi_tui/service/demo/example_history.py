"""What happens to each measure in the example history: made up from a fixed seed, and marked 示例.

Nothing here is the progress of any real body.  A measure has a fate (``FATES``); a story is the row of
reports that it leads to, each of which goes through the same checks as a real one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from fazhi_tui.domain.deadlines.occurrences import Occurrence, occurrences
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.measure import Item, Measure, Period
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.service.notes.request import ReportRequest

BEIJING = timezone(timedelta(hours=8))

#: Number → fate, where a measure is to show something; the others get one of COMMON by lot.
FATES: Mapping[str, str] = {
    "2": "collective",
    "4": "closed",
    "6": "far-behind",
    "7": "late",
    "12": "idle",
    "18": "disputed",
    "19": "settled",
    "22": "silent",
    "26": "kept",
    "28": "extended",
    "30": "suspended",
    "33": "kept",
    "35": "closed",
    "38": "extended-late",
    "40": "behind",
    "31": "far-behind",
    "42": "collective",
    "43": "missed-late",
    "45": "returned",
    "46": "kept",
    "47": "overdue",
    "48": "returned-open",
    "49": "kept",
    "50": "missed",
    "51": "asking",
}
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


class _Teller:
    def __init__(
        self,
        measure: Measure,
        reporters: tuple[str, ...],
        plan: Plan,
        periods: tuple[ReportPeriod, ...],
        until: date,
        lot: random.Random,
        fate: str,
    ) -> None:
        self.measure, self.reporters, self.plan, self.fate = measure, reporters, plan, fate
        self.periods, self.until, self.lot = periods, until, lot
        self.office = plan.settings.coordinator
        self.first = reporters[0] if reporters else self.office

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
            case "closed" | "late":
                yield from self._close(end, returned=False)
            case "returned":
                yield from self._close(end, returned=True)
            case "returned-open":
                day = self.until - timedelta(days=40)
                yield self._body(day, "示例：已完成，申请办结", kind=NoteKind.REQUEST_CLOSE)
                yield self._office(
                    day + timedelta(days=9), NoteKind.RETURN, "示例：缺少佐证材料，请补充后再报"
                )
            case "suspended":
                yield self._office(
                    end + timedelta(days=3),
                    NoteKind.PROGRESS,
                    "示例：机构调整期间暂停，恢复时间另行通知",
                    status=Status.SUSPENDED,
                )
            case "asking":
                day = self.until - timedelta(days=20)
                yield self._body(day, "示例：各项任务已完成，申请办结", kind=NoteKind.REQUEST_CLOSE)
            case "disputed" | "settled":
                yield from self._dispute()
            case "overdue":
                yield self._office(
                    date(2025, 2, 10), NoteKind.URGE, "示例：期限已过，请于月底前报送原因和完成时间"
                )
                yield self._office(
                    date(2025, 6, 18), NoteKind.INSTRUCTION, "示例：请牵头单位专题研究，限期办结"
                )

    def _close(self, day: date, *, returned: bool) -> Iterator[Step]:
        yield self._body(day, "示例：各项任务已完成，申请办结", kind=NoteKind.REQUEST_CLOSE, progress=100)
        if returned:
            yield self._office(day + timedelta(days=6), NoteKind.RETURN, "示例：缺少考核结果，请补充后再报")
            day += timedelta(days=30)
            yield self._body(day, "示例：已补充考核结果，再次申请办结", kind=NoteKind.REQUEST_CLOSE)
        yield self._office(day + timedelta(days=8), NoteKind.CLOSE, "示例：经审核，同意办结")

    def _dispute(self) -> Iterator[Step]:
        """Two bodies report from two branches that did not know of each other."""
        day = self.until - timedelta(days=70)
        other = next((name for name in self.reporters if name != self.first), "市财政局")
        yield self._body(day, "示例：转入日常工作，长期坚持", status=Status.ONGOING)
        claim = ReportRequest(
            self.measure.id, other, "示例：本单位任务已完成，申请办结", kind=NoteKind.REQUEST_CLOSE
        )
        yield Step(_at(day, 15, self.lot), claim, blind=True)
        if self.fate == "settled":
            settle = ReportRequest(
                self.measure.id,
                self.office,
                "示例：经核实，以长期坚持为准",
                kind=NoteKind.CORRECTION,
                corrects="<last>",
                status=Status.ONGOING,
            )
            yield Step(_at(day + timedelta(days=12), 10, self.lot), settle)

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
        text = self.lot.choice(REPORTS)
        request = ReportRequest(self.measure.id, unit, f"示例：{text}", progress=progress)
        return Step(_at(day, 9, self.lot), request)

    # -------------------------------------------------------------- what is owed by a date

    def _item(self, item: Item, end: date) -> Iterator[Step]:
        owed = occurrences(item, self.plan)
        if item.period is None:
            if item.due:
                yield from self._dated(item, item.due)
            return
        for at, one in enumerate(owed):
            if one.start > min(end, self.until):
                return
            missed = self.fate in ("missed", "missed-late") and at == 1
            if not missed:
                yield from self._occurrence(item, one)
            elif self.fate == "missed-late":
                day = one.due + timedelta(days=45)
                named = one.label
                yield from self._occurrence(item, replace_due(one, day), named=named)

    def _occurrence(self, item: Item, one: Occurrence, named: str | None = None) -> Iterator[Step]:
        day = one.due - timedelta(days=25 + self.lot.randrange(40))
        if named:
            day = one.due
        if day > self.until:
            return
        needed = item.quantity or 1
        parts = [1] * needed if needed <= 2 else [needed // 2, needed - needed // 2]
        for at, part in enumerate(parts):
            word = f"{part} {item.measure_word or '次'}"
            request = ReportRequest(
                self.measure.id,
                self.first,
                f"示例：本期完成{word}",
                item=item.id,
                quantity=part,
                occurrence=named if named or item.period is Period.TERM else None,
            )
            yield Step(_at(day - timedelta(days=9 * (len(parts) - 1 - at)), 10, self.lot), request)

    def _dated(self, item: Item, due: date) -> Iterator[Step]:
        done = due - timedelta(days=15 + self.lot.randrange(25))
        match self.fate:
            case "overdue":
                return
            case "late":
                done = due + timedelta(days=48)
            case "extended" | "extended-late":
                ask = due - timedelta(days=32)
                until = due + timedelta(days=181)
                yield self._body(
                    ask,
                    f"示例：编制和场所尚未落实，申请延期至 {until}",
                    kind=NoteKind.REQUEST_EXTENSION,
                    item=item.id,
                    new_due=until,
                )
                yield self._office(
                    ask + timedelta(days=7),
                    NoteKind.GRANT_EXTENSION,
                    "示例：同意延期，请按新的期限完成",
                    item=item.id,
                    new_due=until,
                )
                done = until + timedelta(days=20 if self.fate == "extended-late" else -12)
        text = "示例：此项已完成，验收通过"
        yield self._body(done, text, item=item.id, progress=100)

    # -------------------------------------------------------------- whose

    def _body(self, day: date, text: str, **facts: object) -> Step:
        request = replace(ReportRequest(self.measure.id, self.first, text), **facts)  # type: ignore[arg-type]
        return Step(_at(day, 11, self.lot), request)

    def _office(self, day: date, kind: NoteKind, text: str, **facts: object) -> Step:
        request = ReportRequest(self.measure.id, self.office, text, kind=kind)
        return Step(_at(day, 16, self.lot), replace(request, **facts))  # type: ignore[arg-type]


def replace_due(one: Occurrence, due: date) -> Occurrence:
    """The same period, looked at as due on another day."""
    return one._replace(due=due)


def _at(day: date, hour: int, lot: random.Random) -> datetime:
    return datetime(day.year, day.month, day.day, hour, lot.randrange(60), lot.randrange(60), tzinfo=BEIJING)


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
