"""Rules over the measures."""

from __future__ import annotations

from fazhi_tui.domain.model.measure import Completeness, Item, Measure
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.convert import nearest

#: The keys of the roles and their fields.
ROLES = (("牵头单位", "leads"), ("参加单位", "participants"), ("责任单位", "responsible"))


def check_measures(checker: Checker) -> None:
    """Units, chapter and section, items and text of every measure."""
    for measure in checker.tracker.measures:
        path = checker.measure_path(measure.id)
        _check_roles(checker, path, measure)
        _check_section(checker, path, measure)
        _check_items(checker, path, measure)
        _check_words(checker, path, measure)


def _check_roles(checker: Checker, path: str, measure: Measure) -> None:
    for key, field in ROLES:
        names: tuple[str, ...] = getattr(measure, field)
        seen: set[str] = set()
        for index, name in enumerate(names):
            where = f"{key}.{index}"
            checker.check_unit(path, where, name)
            checker.check_name(path, where, name)
            if name in seen:
                checker.warn(path, where, "duplicate-name", f"“{key}”里“{name}”重复", "删去其中一个")
            seen.add(name)


def _check_section(checker: Checker, path: str, measure: Measure) -> None:
    plan = checker.tracker.plan
    if plan is None or not plan.chapters:
        return
    chapter = next((known for known in plan.chapters if known.title == measure.chapter), None)
    if chapter is None:
        titles = [known.title for known in plan.chapters]
        message = f"plan.yaml 里没有“{measure.chapter}”这一章" if measure.chapter else "没有写所属的章"
        hint = f"{nearest(measure.chapter, titles)}可写：{'、'.join(titles)}"
        checker.error(path, "章", "unknown-chapter", message, hint)
    elif measure.section is not None and measure.section not in chapter.sections:
        home = next((known.title for known in plan.chapters if measure.section in known.sections), "")
        hint = f"这一节在“{home}”" if home else f"可写：{'、'.join(chapter.sections) or '这一章不分节'}"
        near = nearest(measure.section, list(chapter.sections))
        message = f"“{chapter.title}”里没有“{measure.section}”这一节"
        checker.error(path, "节", "unknown-section", message, near + hint)


def _check_items(checker: Checker, path: str, measure: Measure) -> None:
    seen: set[str] = set()
    for index, item in enumerate(measure.items):
        where = f"事项.{index}"
        if item.id in seen:
            hint = "给其中一个换一个没有用过的编号"
            checker.error(path, f"{where}.编号", "duplicate-item", f"事项编号 {item.id} 重复", hint)
        seen.add(item.id)
        if item.id.rpartition(".")[0] != measure.id:
            message = f"事项编号 {item.id} 不属于第 {measure.id} 条"
            hint = f"应是 {measure.id}. 加序号，如 {measure.id}.{index + 1}"
            checker.error(path, f"{where}.编号", "foreign-item", message, hint)
        _check_obligation(checker, path, where, item)


def _check_obligation(checker: Checker, path: str, where: str, item: Item) -> None:
    plan = checker.tracker.plan
    if item.due is not None and plan is not None and not plan.period.start <= item.due <= plan.period.end:
        message = f"截止日期 {item.due} 不在方案期间 {plan.period.start} 至 {plan.period.end} 之内"
        checker.warn(path, f"{where}.截止", "due-outside", message, "核对原文；原文确是如此时，在校勘里说明")
    if item.quantity is not None and item.measure_word is None:
        hint = "补上：计量单位: 次"
        checker.error(path, f"{where}.数量", "no-measure-word", f"事项 {item.id} 有数量，没有计量单位", hint)
    if item.measure_word is not None and item.quantity is None:
        hint = "补上数量，或删去计量单位"
        checker.warn(path, f"{where}.计量单位", "no-quantity", f"事项 {item.id} 有计量单位，没有数量", hint)
    if item.due is None and item.period is None and item.quantity is None:
        hint = "补上原文写明的一项；都没有时不必列为事项"
        checker.warn(path, where, "no-obligation", f"事项 {item.id} 没有截止、周期或数量", hint)


def _check_words(checker: Checker, path: str, measure: Measure) -> None:
    checker.check_text(path, "正文", measure.text)
    checker.check_name(path, "标题", measure.title or "")
    for index, item in enumerate(measure.items):
        checker.check_name(path, f"事项.{index}.内容", item.content)
        checker.check_name(path, f"事项.{index}.原文", item.source)
    if measure.completeness is Completeness.WHOLE:
        if not measure.text.strip():
            checker.warn(path, "正文", "no-text", "没有正文", "补上正文；原文残缺时写 完整性: 残缺")
    elif not measure.remarks:
        hint = "在校勘里说明缺了什么、怎样断定"
        checker.warn(path, "完整性", "no-remark", f"完整性是{measure.completeness}，没有校勘", hint)
