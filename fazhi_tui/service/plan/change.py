"""What all changes of the plan have in common: their day, what they alter of the past, what they may not break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fazhi_tui.domain.deadlines.report_periods import has_rhythm, report_periods
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.check.run import check
from fazhi_tui.records.files import read_tree
from fazhi_tui.records.loader import load_files

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

#: Periods that are named one by one.
_NAMED = 3
#: Where no reports are asked for, what is altered is told in the periods that bulletins are written of.
_QUARTERLY = "每季度"


class Span(NamedTuple):
    """Days on which a change alters what holds, both included; None is open."""

    start: date | None
    end: date | None = None

    def overlaps(self, start: date, end: date) -> bool:
        """Whether it has a day in common with a period."""
        return (self.end is None or start <= self.end) and (self.start is None or self.start <= end)


def needed_reason(reason: str | None, what: str = "修订") -> str:
    """The reason for a change of the plan, in one line.  Raises :class:`UsageError` where there is none."""
    if not (reason or "").strip():
        raise UsageError(f"{what}要写明理由", '加 --reason "……"')
    return one_line(reason or "")


def first_day(reader: Reader, since: date | None) -> date:
    """From which day a change holds: the one that was asked for, else today.

    Raises :class:`UsageError` for a day that no plan can have.
    """
    day = since or reader.today
    if not 1900 <= day.year <= 2999:
        raise UsageError(f"--from 写的 {day} 不像是方案期间的一天", "例如 --from 2025-11-01")
    return day


def later_entries(view: View, spans: Iterable[Span]) -> tuple[str, ...]:
    """其后补录: how many periods that have ended by today a change alters, and which; none where there is none."""
    plan = view.tracker.plan
    if plan is None:
        return ()
    spans = tuple(spans)
    settings = plan.settings if has_rhythm(plan.settings) else Settings(rhythm=_QUARTERLY)
    periods = report_periods(settings, plan.period, view.today)
    labels = [
        period.label for period in periods if any(span.overlaps(period.start, period.end) for span in spans)
    ]
    if not labels:
        return ()
    shown = "、".join(labels) if len(labels) <= _NAMED else f"{labels[0]} 至 {labels[-1]}"
    return (f"其后补录（{len(labels)} 期）：{shown} 已经结束，其中的数照此重算",)


def refuse_new_faults(
    reader: Reader, writes: Mapping[str, str], before: Mapping[str, bytes] | None = None
) -> None:
    """Raise :class:`NotAllowedError` where the plan's files would break a rule that they keep now.

    ``before`` are those of the files that stand otherwise in the last commit.
    """
    now = {path: data for path, data in read_tree(reader.root).files.items() if path.startswith("plan/")}
    now.update(before or {})
    known = {(problem.path, problem.code, problem.message) for problem in _errors(now)}
    for problem in _errors({**now, **{path: text.encode() for path, text in writes.items()}}):
        if (problem.path, problem.code, problem.message) not in known:
            raise NotAllowedError(f"{problem.place}：{problem.message}", problem.hint)


def _errors(files: Mapping[str, bytes]) -> list[Problem]:
    return [problem for problem in check(load_files(files)) if problem.severity is Severity.ERROR]
