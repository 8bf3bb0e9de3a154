"""The lights: rules tried from top to bottom; the first that holds gives the light and its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from fazhi_tui.domain.deadlines.dates import add_months
from fazhi_tui.domain.deadlines.obligations import Obligation, Record
from fazhi_tui.domain.deadlines.report_periods import Silence
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import UnreadNote


class Verdict(NamedTuple):
    """A light, one Chinese sentence naming the rule and the date, whether overdue, and the rule's code.

    ``date`` is the day that decided, ``note`` the id of the note that it rests on, if any.
    """

    light: Light
    why: str
    overdue: bool
    rule: str
    date: date | None = None
    note: str = ""


class Lag(NamedTuple):
    """An obligation beside the even pace (序时进度): the percentage expected today, points behind it."""

    owed: Obligation
    expected: int
    behind: int


class Case:
    """One measure on one day: what the rules ask of it, each worked out once."""

    def __init__(
        self,
        record: Record,
        owed: Sequence[Obligation],
        settings: Settings,
        today: date,
        missing: Silence | None,
        unread: Sequence[UnreadNote] = (),
    ) -> None:
        self.record = record
        self.status = record.status
        self.settings = settings
        self.today = today
        self.missing = missing
        self.unread = unread
        #: The day of the request to close that waits for its review.
        self.claimed = record.claimed if self.status is Status.PENDING_REVIEW else None
        self.open = [obligation for obligation in owed if obligation.open]
        self.late = next((obligation for obligation in owed if obligation.late), None)

    @cached_property
    def start(self) -> date | None:
        """When the measure should have begun: with its earliest open item, else with the plan."""
        items = [obligation for obligation in self.open if obligation.item]
        return min((obligation.start for obligation in items or self.open), default=None)

    @cached_property
    def start_limit(self) -> date | None:
        """By when a measure that has not started must start; None for others."""
        if self.start is None or self.status is not Status.NOT_STARTED:
            return None
        return add_months(self.start, self.settings.start_months)

    @cached_property
    def lag(self) -> Lag | None:
        """The open obligation that is farthest behind; None while a request to close waits."""
        if self.claimed or not self.settings.judge_progress:
            return None
        lags = []
        for owed in self.open:
            if owed.progress is not None and owed.start <= self.today <= owed.due:
                # Both the first and the last day are days to work in: on the due day 100% is expected.
                expected = 100 * ((self.today - owed.start).days + 1) // ((owed.due - owed.start).days + 1)
                lags.append(Lag(owed, expected, expected - owed.progress))
        return max(lags, key=lambda lag: lag.behind, default=None)


class Grounds(NamedTuple):
    """On what a rule holds: the day that decided, the id of its note if any, the facts of its sentence."""

    day: date | None
    note: str
    facts: Mapping[str, object]


class LightRule(NamedTuple):
    """One rule: its light, what it means (for documentation), the sentence that tells it, when it holds."""

    code: str
    light: Light
    meaning: str
    sentence: str
    holds: Callable[[Case], Grounds | None]


_RULES: dict[str, LightRule] = {}

#: Rule code → rule, in the order in which they are tried.
LIGHT_RULES: Mapping[str, LightRule] = MappingProxyType(_RULES)


def judge(
    record: Record,
    owed: Sequence[Obligation],
    plan: Plan | None,
    today: date,
    missing: Silence | None = None,
    unread: Sequence[UnreadNote] = (),
) -> Verdict:
    """The light of a measure on a given day, and why.

    ``owed`` is what :func:`~fazhi_tui.domain.deadlines.obligations.obligations` gives for the same record,
    ``missing`` whose report of the last period is missing, ``unread`` the notes that could not be read.
    Without a readable plan the default settings count.
    """
    case = Case(record, owed, plan.settings if plan else Settings(), today, missing, unread)
    rule, grounds = next((rule, found) for rule in _RULES.values() if (found := rule.holds(case)) is not None)
    why = rule.sentence.format(**grounds.facts)
    return Verdict(rule.light, why, rule.code == "overdue", rule.code, grounds.day, grounds.note)


def _rule(code: str, light: Light, meaning: str, sentence: str) -> Callable[[_Predicate], _Predicate]:
    """Enter a predicate into the table, after those above it."""

    def enter(holds: _Predicate) -> _Predicate:
        _RULES[code] = LightRule(code, light, meaning, sentence, holds)
        return holds

    return enter


_Predicate = Callable[[Case], Grounds | None]


def _grounds(day: date | None = None, note: str = "", /, **facts: object) -> Grounds:
    return Grounds(day, note, facts)


def _what(owed: Obligation) -> str:
    """What is owed, in words; a granted extension is named with the date it replaced."""
    what = f"事项 {owed.label} " if owed.item else f"本措施（{owed.label}）"
    return f"{what}（原定 {owed.first_due}，已同意延期）" if owed.due != owed.first_due else what


def _days(owed: Obligation, days: int) -> Grounds:
    return _grounds(owed.due, owed.extended_by, what=_what(owed), due=owed.due, days=days)


def _lag(lag: Lag, limit: int) -> Grounds:
    expected, progress = lag.expected, lag.owed.progress
    return _grounds(
        lag.owed.due, lag.owed.progress_by,
        what=_what(lag.owed), expected=expected, progress=progress, behind=lag.behind, limit=limit,
    )  # fmt: skip


# The table: its rules are tried in the order in which they stand.


@_rule(
    "unread",
    Light.UNKNOWN,
    "有进展读不出来，改好以前什么灯都不能断定",
    "不能断定：{count} 份进展读不出（{path}：{reason}）",
)
def _unread(case: Case) -> Grounds | None:
    if not case.unread:
        return None
    first = case.unread[0]
    return _grounds(count=len(case.unread), path=first.path, reason=first.reason)


@_rule("suspended", Light.GREEN, "已中止的措施不再计期限", "已中止：自 {day} 起不再计期限")
def _suspended(case: Case) -> Grounds | None:
    since, by = case.record.since, case.record.since_by
    return _grounds(since, by, day=since) if case.status is Status.SUSPENDED else None


@_rule(
    "closed-late",
    Light.YELLOW,
    "办结的措施，有一项过了期限才完成（以申请办结之日为完成之日），始终亮黄灯",
    "逾期完成：{what}的期限是 {due}，{done} 才完成",
)
def _closed_late(case: Case) -> Grounds | None:
    return _late(case) if case.status is Status.DONE else None


@_rule("closed", Light.GREEN, "各项都在期限内完成并已办结", "已完成：{done} 完成")
def _closed(case: Case) -> Grounds | None:
    done, by = case.record.settled, case.record.settled_by
    return _grounds(done, by, done=done) if case.status is Status.DONE else None


@_rule(
    "overdue",
    Light.RED,
    "有一项过了期限还没有完成；期限前已申请办结的不算",
    "逾期：{what}的期限是 {due}，已过 {days} 天",
)
def _overdue(case: Case) -> Grounds | None:
    for owed in case.open:
        if owed.due < case.today and (case.claimed is None or case.claimed > owed.due):
            return _days(owed, (case.today - owed.due).days)
    return None


@_rule(
    "not-started",
    Light.RED,
    "应启动之日（方案起始日，或最早未完成的一期的起始日）起满「启动月数」仍未启动",
    "超期未启动：应自 {start} 起启动，满 {months} 个月（{limit}）仍未启动",
)
def _not_started(case: Case) -> Grounds | None:
    limit = case.start_limit
    if limit is None or case.today < limit:
        return None
    return _grounds(limit, start=case.start, months=case.settings.start_months, limit=limit)


@_rule(
    "far-behind",
    Light.RED,
    "填报的进度落后于时序进度，超过「落后红灯」的百分点",
    "进度落后：{what}按时序应达 {expected}%，填报 {progress}%，落后 {behind} 个百分点（超过 {limit}）",
)
def _far_behind(case: Case) -> Grounds | None:
    limit = case.settings.behind_red
    return _lag(case.lag, limit) if case.lag and case.lag.behind > limit else None


@_rule(
    "late",
    Light.YELLOW,
    "尚未办结的措施，有一项过了期限才完成，始终亮黄灯",
    "逾期完成：{what}的期限是 {due}，{done} 才完成",
)
def _late(case: Case) -> Grounds | None:
    late = case.late
    return _grounds(late.due, late.done_by, what=_what(late), due=late.due, done=late.done) if late else None


# A body that asked for closing in time owes nothing until it is answered.
@_rule("pending", Light.GREEN, "期限前已申请办结，等待审核", "待审核：{day} 已申请办结")
def _pending(case: Case) -> Grounds | None:
    return _grounds(case.claimed, case.record.claimed_by, day=case.claimed) if case.claimed else None


@_rule(
    "due-soon",
    Light.YELLOW,
    "距期限不超过「预警天数」",
    "临近期限：{what}的期限是 {due}，还有 {days} 天",
)
def _due_soon(case: Case) -> Grounds | None:
    near = _on_time(case)
    return near if near and (case.open[0].due - case.today).days <= case.settings.warn_days else None


@_rule(
    "behind",
    Light.YELLOW,
    "填报的进度落后于时序进度，达到「落后黄灯」的百分点",
    "进度落后：{what}按时序应达 {expected}%，填报 {progress}%，落后 {behind} 个百分点（达到 {limit}）",
)
def _behind(case: Case) -> Grounds | None:
    limit = case.settings.behind_yellow
    return _lag(case.lag, limit) if case.lag and case.lag.behind >= max(1, limit) else None


@_rule(
    "unreported",
    Light.UNREPORTED,
    "上一期报送（设置中的「报送周期」）应报的单位，有一个在截止以前没有填报，至今也没有补报",
    "未报：{period}的报送截止于 {due}，{said}",
)
def _unreported(case: Case) -> Grounds | None:
    missing = case.missing
    if missing is None:
        return None
    label, _, end = missing.period
    return _grounds(end, period=label, due=end, said=missing.said)


@_rule("to-start", Light.GREEN, "还没有启动，但没有满「启动月数」", "尚未启动：最迟应在 {limit} 前启动")
def _to_start(case: Case) -> Grounds | None:
    return _grounds(case.start_limit, limit=case.start_limit) if case.start_limit else None


@_rule("ongoing", Light.GREEN, "长期坚持的措施，没有未完成的期限", "长期坚持：没有未完成的期限")
def _ongoing(case: Case) -> Grounds | None:
    if case.open or case.status is not Status.ONGOING:
        return None
    return _grounds(case.record.since, case.record.since_by)


@_rule("on-time", Light.GREEN, "在期限内，进度没有明显落后", "在期限内：{what}的期限是 {due}，还有 {days} 天")
def _on_time(case: Case) -> Grounds | None:
    first = next(iter(case.open), None)
    return _days(first, (first.due - case.today).days) if first else None


@_rule("nothing-owed", Light.GREEN, "没有未完成的期限", "没有未完成的期限")
def _nothing_owed(_case: Case) -> Grounds | None:
    return _grounds()
