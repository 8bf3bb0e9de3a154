"""What could not be read, and which figures lack it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.loader import PLAN_FILE, UNITS_FILE
from fazhi_tui.service.view import View


@dataclass(frozen=True)
class Lacking:
    """Files that could not be read (their paths), and what is wrong with the figures because of that."""

    paths: tuple[str, ...]
    effect: str

    @property
    def said(self) -> str:
        """The same in one line, naming a few files."""
        some = "、".join(map(one_line, self.paths[:3])) + (
            f" 等 {len(self.paths)} 个" if len(self.paths) > 3 else ""
        )
        return f"{some} 读不出：{self.effect}"


def lacking(view: View) -> tuple[Lacking, ...]:
    """What every figure of a view lacks; empty where all files could be read."""
    return tuple(_lacking(view)) if view.problems else ()


def _lacking(view: View) -> Iterator[Lacking]:
    tracker = view.tracker
    if tracker.plan is None:
        yield Lacking((PLAN_FILE,), "设置都按默认，没有规划期末和报送周期，不查漏报")
    if not tracker.units and _is_wrong(view, UNITS_FILE):
        yield Lacking((UNITS_FILE,), "不知道单位的别名、类别和成员，各单位的数字可能不全")
    there = {measure.id for measure in tracker.measures}
    filed = Counter(note.measure for note in tracker.notes)
    for path, number in tracker.broken.items():
        if number in there:
            # Another file of that number counts.
            continue
        what = f"第 {one_line(number)} 条" if number else "不知道编号的一条"
        hanging = f"，它的 {filed[number]} 条进展也没有计入" if filed[number] else ""
        yield Lacking((path,), f"{what}不在各单位和各项数字里{hanging}")
    marked = [row for row in (*view.rows, *view.withdrawn) if row.state.unread]
    if marked:
        numbers = "、".join(row.measure.id for row in marked[:8]) + ("等" if len(marked) > 8 else "")
        effect = f"第 {numbers} 条（共 {len(marked)} 条）不能断定，不计入各状态、逾期和漏报"
        yield Lacking(tuple(dict.fromkeys(note.path for row in marked for note in row.state.unread)), effect)


def _is_wrong(view: View, path: str) -> bool:
    return any(problem.path == path and problem.severity is Severity.ERROR for problem in view.problems)
