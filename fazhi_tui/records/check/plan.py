"""Rules over ``plan.yaml``."""

from __future__ import annotations

from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.loader import PLAN_FILE


def check_plan(checker: Checker) -> None:
    """The plan's period, settings and gaps, and the numbers that neither a file nor a gap accounts for."""
    plan = checker.tracker.plan
    if plan is None:
        return
    if plan.period.end < plan.period.start:
        checker.error(PLAN_FILE, "期间.止", "bad-period", "方案的最后一天早于第一天", "改正 起 或 止")
    settings = plan.settings
    if settings.coordinator:
        checker.check_unit(PLAN_FILE, "设置.统筹单位", settings.coordinator)
    if settings.behind_red < settings.behind_yellow:
        message = f"落后红灯（{settings.behind_red}）小于落后黄灯（{settings.behind_yellow}），不会有黄灯"
        checker.warn(PLAN_FILE, "设置.落后红灯", "bad-settings", message, "落后红灯应不小于落后黄灯")
    titles: set[str] = set()
    for index, title in enumerate(chapter.title for chapter in plan.chapters):
        if title in titles:
            hint = "删去或改正其中一个"
            checker.error(PLAN_FILE, f"章节.{index}", "duplicate-chapter", f"章“{title}”重复", hint)
        titles.add(title)
    checker.check_text(PLAN_FILE, "总体要求", plan.general)
    checker.check_text(PLAN_FILE, "结语", plan.closing)
    _check_numbers(checker, plan)


def _check_numbers(checker: Checker, plan: Plan) -> None:
    present = {measure.id for measure in checker.tracker.measures}
    gaps: set[str] = set()
    for index, gap in enumerate(plan.gaps):
        where = f"缺失.{index}.编号"
        if gap.id in gaps:
            checker.error(PLAN_FILE, where, "duplicate-gap", f"缺失的 {gap.id} 列了两次", "删去其中一个")
        gaps.add(gap.id)
        if gap.id in present:
            message = f"第 {gap.id} 条列为缺失，却有文件 {checker.measure_path(gap.id)}"
            checker.error(PLAN_FILE, where, "gap-exists", message, "从缺失中删去，或移走那个文件")
    known = present | gaps | set(checker.tracker.broken.values())
    tops = {key[0] for number in known if (key := number_key(number))}
    # The highest number sets the bound, but a slip such as 2800 must not print thousands of lines.
    holes = [n for n in range(1, max(tops, default=0)) if n not in tops]
    if not holes:
        return
    shown = "、".join(str(n) for n in holes[:10]) + (f" 等 {len(holes)} 个" if len(holes) > 10 else "")
    hint = "找回文件（git log --diff-filter=D -- plan/），或在 plan.yaml 的缺失里写明原因"
    checker.error(PLAN_FILE, "缺失", "numbering-hole", f"编号 {shown} 既没有文件，也没有列入缺失", hint)
