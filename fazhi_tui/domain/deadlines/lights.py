"""The lights: one table of rules, from which the judgement, its reason and the documentation come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from fazhi_tui.domain.deadlines.dates import add_months
from fazhi_tui.domain.deadlines.obligations import Obligation, Record
from fazhi_tui.domain.deadlines.report_periods import ReportPeriod
from fazhi_tui.domain.model.light import Light
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.settings import Settings


class LightRule(NamedTuple):
    """One rule: its light, what it means (for documentation), and the sentence that tells it."""

    code: str
    light: Light
    meaning: str
    sentence: str


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


_RULES = (
    LightRule("suspended", Light.GREEN, "已中止的措施不再计期限", "已中止：自 {day} 起不再计期限"),
    LightRule(
        "closed-late",
        Light.YELLOW,
        "办结的措施，有一项过了期限才完成（以申请办结之日为完成之日），始终亮黄灯",
        "逾期完成：{what}的期限是 {due}，{done} 才完成",
    ),
    LightRule("closed", Light.GREEN, "各项都在期限内完成并已办结", "已完成：{done} 完成"),
    LightRule(
        "overdue",
        Light.RED,
        "有一项过了期限还没有完成；期限前已申请办结的不算",
        "逾期：{what}的期限是 {due}，已过 {days} 天",
    ),
    LightRule(
        "not-started",
        Light.RED,
        "应启动之日（方案起始日，或最早未完成的一期的起始日）起满「启动月数」仍未启动",
        "超期未启动：应自 {start} 起启动，满 {months} 个月（{limit}）仍未启动",
    ),
    LightRule(
        "far-behind",
        Light.RED,
        "填报的进度落后于时序进度，超过「落后红灯」的百分点",
        "进度落后：{what}按时序应达 {expected}%，填报 {progress}%，落后 {behind} 个百分点（超过 {limit}）",
    ),
    LightRule(
        "late",
        Light.YELLOW,
        "尚未办结的措施，有一项过了期限才完成，始终亮黄灯",
        "逾期完成：{what}的期限是 {due}，{done} 才完成",
    ),
    LightRule(
        "due-soon",
        Light.YELLOW,
        "距期限不超过「预警天数」",
        "临近期限：{what}的期限是 {due}，还有 {days} 天",
    ),
    LightRule(
        "behind",
        Light.YELLOW,
        "填报的进度落后于时序进度，达到「落后黄灯」的百分点",
        "进度落后：{what}按时序应达 {expected}%，填报 {progress}%，落后 {behind} 个百分点（达到 {limit}）",
    ),
    LightRule("pending", Light.GREEN, "期限前已申请办结，等待审核", "待审核：{day} 已申请办结"),
    LightRule(
        "unreported",
        Light.UNREPORTED,
        "上一期报送（设置中的「报送周期」）截止以前没有填报，至今也没有补报",
        "未报：{period}的报送截止于 {due}，至今没有填报",
    ),
    LightRule(
        "to-start",
        Light.GREEN,
        "还没有启动，但没有满「启动月数」",
        "尚未启动：最迟应在 {limit} 前启动",
    ),
    LightRule("ongoing", Light.GREEN, "长期坚持的措施，没有未完成的期限", "长期坚持：没有未完成的期限"),
    LightRule(
        "on-time",
        Light.GREEN,
        "在期限内，进度没有明显落后",
        "在期限内：{what}的期限是 {due}，还有 {days} 天",
    ),
    LightRule("nothing-owed", Light.GREEN, "没有未完成的期限", "没有未完成的期限"),
)

#: Rule code → rule, in the order in which they are asked: the first that holds gives the light.
LIGHT_RULES: Mapping[str, LightRule] = MappingProxyType({rule.code: rule for rule in _RULES})


def judge(
    record: Record,
    owed: Sequence[Obligation],
    plan: Plan | None,
    today: date,
    missing: ReportPeriod | None = None,
) -> Verdict:
    """The light of a measure on a given day, and why.

    ``owed`` is what :func:`~fazhi_tui.domain.deadlines.obligations.obligations` gives for the same record,
    ``missing`` the last period of reports if its report is missing.  Without a readable plan the default
    settings count.
    """
    settings = plan.settings if plan else Settings()
    status = record.status
    if status is Status.SUSPENDED:
        return _verdict("suspended", record.since, record.since_by, day=record.since)
    late = next((one for one in owed if one.late), None)
    if status is Status.DONE:
        if late is not None:
            return _late("closed-late", late)
        return _verdict("closed", record.settled, record.settled_by, done=record.settled)
    still_open = [one for one in owed if one.open]
    claimed = record.claimed if status is Status.PENDING_REVIEW else None
    for one in still_open:
        if one.due < today and (claimed is None or claimed > one.due):
            days = (today - one.due).days
            return _verdict("overdue", one.due, one.extended_by, what=_what(one), due=one.due, days=days)
    start = _start(still_open)
    limit = add_months(start, settings.start_months) if start else None
    if status is Status.NOT_STARTED and limit and today >= limit:
        return _verdict("not-started", limit, start=start, months=settings.start_months, limit=limit)
    pace = None if claimed else _pace(still_open, settings, today)
    if pace and pace.rule == "far-behind":
        return pace
    if late is not None:
        return _late("late", late)
    if claimed is not None:
        return _verdict("pending", claimed, record.claimed_by, day=claimed)
    first = still_open[0] if still_open else None
    if first and (first.due - today).days <= settings.warn_days:
        return _due("due-soon", first, today)
    if pace:
        return pace
    if missing is not None:
        return _verdict("unreported", missing.end, period=missing.label, due=missing.end)
    if status is Status.NOT_STARTED and limit:
        return _verdict("to-start", limit, limit=limit)
    if first is None:
        if status is Status.ONGOING:
            return _verdict("ongoing", record.since, record.since_by)
        return _verdict("nothing-owed")
    return _due("on-time", first, today)


def _verdict(code: str, day: date | None = None, note: str = "", /, **facts: object) -> Verdict:
    rule = LIGHT_RULES[code]
    return Verdict(rule.light, rule.sentence.format(**facts), code == "overdue", code, day, note)


def _late(code: str, one: Obligation) -> Verdict:
    return _verdict(code, one.due, one.done_by, what=_what(one), due=one.due, done=one.done)


def _due(code: str, one: Obligation, today: date) -> Verdict:
    days = (one.due - today).days
    return _verdict(code, one.due, one.extended_by, what=_what(one), due=one.due, days=days)


def _what(one: Obligation) -> str:
    """What is owed, in words; a granted extension is named with the date it replaced."""
    what = f"事项 {one.label} " if one.item else f"本措施（{one.label}）"
    return f"{what}（原定 {one.first_due}，已同意延期）" if one.due != one.first_due else what


def _start(still_open: Sequence[Obligation]) -> date | None:
    """When the measure should have begun: with its earliest open item, else with the plan."""
    starts = [one.start for one in still_open if one.item] or [one.start for one in still_open]
    return min(starts, default=None)


def _pace(still_open: Sequence[Obligation], settings: Settings, today: date) -> Verdict | None:
    """The obligation that is farthest behind the even pace (序时进度), where that is far enough."""
    if not settings.judge_progress:
        return None
    worst: tuple[int, int, Obligation] | None = None
    for one in still_open:
        if one.progress is None or not one.start <= today <= one.due:
            continue
        # Both the first and the last day are days to work in: on the due day 100% is expected.
        expected = 100 * ((today - one.start).days + 1) // ((one.due - one.start).days + 1)
        behind = expected - one.progress
        if worst is None or behind > worst[0]:
            worst = (behind, expected, one)
    if worst is None or worst[0] < max(1, min(settings.behind_yellow, settings.behind_red + 1)):
        return None
    behind, expected, one = worst
    far = behind > settings.behind_red
    return _verdict(
        "far-behind" if far else "behind",
        one.due,
        one.progress_by,
        what=_what(one),
        expected=expected,
        progress=one.progress,
        behind=behind,
        limit=settings.behind_red if far else settings.behind_yellow,
    )
