"""Rules over ``plan.yaml`` and ``units.yaml``."""

from __future__ import annotations

import re

from fazhi_tui.domain.model.plan import Plan
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.loader import PLAN_FILE, UNITS_FILE

#: What a reading has a syllable for: every letter and figure, no bracket.
_READ = re.compile(r"[^\W_]")


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


def check_units(checker: Checker) -> None:
    """Each name and alias belongs to one unit; readings fit; members are known."""
    owners: dict[str, int] = {}
    for index, unit in enumerate(checker.tracker.units):
        where = f"单位.{index}"
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            owner = owners.setdefault(fold_text(name), index)
            if owner != index:
                first = checker.tracker.units[owner].name
                message = f"名称或别名“{name}”不止一个单位使用：{first}、{unit.name}"
                hint = "合并成一个单位，或删去其中一个别名"
                checker.error(UNITS_FILE, where, "duplicate-unit", message, hint)
            checker.check_name(UNITS_FILE, where, name)
        _check_pinyin(checker, where, unit)
        for place, member in enumerate(unit.members):
            checker.check_unit(UNITS_FILE, f"{where}.成员.{place}", member)
        if unit.members and unit.kind is not UnitKind.COLLECTIVE:
            message = f"“{unit.name}”有成员，却不是集合"
            checker.warn(UNITS_FILE, f"{where}.成员", "members-of-body", message, "类别改为 集合，或删去成员")
        for place, contact in enumerate(unit.contacts):
            if "@" not in contact.email:
                message = f"“{contact.email}”不是邮箱地址"
                hint = "与联络员 git 的 user.email 一致"
                checker.warn(UNITS_FILE, f"{where}.联络员.{place}.邮箱", "bad-email", message, hint)


def _check_pinyin(checker: Checker, where: str, unit: Unit) -> None:
    if not unit.pinyin:
        hint = "补上：拼音: shi si fa ju（每字一个音节）"
        checker.warn(UNITS_FILE, where, "no-pinyin", f"“{unit.name}”没有拼音，不能用拼音查找", hint)
        return
    syllables, characters = len(unit.pinyin.split()), len(_READ.findall(unit.name))
    if syllables != characters:
        message = f"“{unit.name}”有 {characters} 个字，拼音却有 {syllables} 个音节"
        checker.warn(UNITS_FILE, f"{where}.拼音", "pinyin-length", message, "每字一个音节，音节之间空一格")
