"""Rules over dated values: what 沿革 says, and from when to when there are measures and items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from fazhi_tui.domain.dated import Dated
from fazhi_tui.domain.model.measure import Item, Measure
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.check.measures import ROLES
from fazhi_tui.records.fields import fields_of
from fazhi_tui.records.loader import PLAN_FILE, UNITS_FILE


def check_dates(checker: Checker) -> None:
    """The 沿革 of settings, units, measures and items; beginnings and ends; where a measure came from."""
    tracker = checker.tracker
    if tracker.plan is not None:
        _check_history(checker, PLAN_FILE, "设置.", tracker.plan.settings)
        for at, entry in enumerate(tracker.plan.settings.history):
            if name := entry.said.get("coordinator"):
                checker.check_unit(PLAN_FILE, f"设置.沿革.{at}.统筹单位", name)
    for index, unit in enumerate(tracker.units):
        _check_history(checker, UNITS_FILE, f"单位.{index}.", unit)
    known = {measure.id for measure in tracker.measures} | set(tracker.broken.values())
    known |= {gap.id for gap in tracker.plan.gaps} if tracker.plan else set()
    for measure in tracker.measures:
        path = checker.measure_path(measure.id)
        _check_history(checker, path, "", measure)
        _check_former_duties(checker, path, measure)
        if measure.added and measure.withdrawn and measure.withdrawn <= measure.added:
            message = f"第 {measure.id} 条废止（{measure.withdrawn}）不晚于增设（{measure.added}）"
            checker.error(path, "废止", "withdrawn-early", message, "改正其中一个日期")
        _check_origins(checker, path, measure, known)
        for index, item in enumerate(measure.items):
            _check_item(checker, path, f"事项.{index}.", item, known)


def _check_history(checker: Checker, path: str, where: str, dated: Dated) -> None:
    """On each day one entry decides on a key."""
    keys = {field.name: field.key for field in fields_of(type(dated))}
    seen: set[tuple[str, date]] = set()
    for at, entry in enumerate(dated.history):
        said = [(name, entry.until) for name in entry.said]
        if twice := [keys[name] for name, until in said if (name, until) in seen]:
            message = f"沿革里不止一项写“{'、'.join(twice)}”到 {entry.until} 为止"
            hint = "只留对的一项，或改正其中一项的 至"
            checker.error(path, f"{where}沿革.{at}.{twice[0]}", "history-twice", message, hint)
        seen.update(said)


def _check_former_duties(checker: Checker, path: str, measure: Measure) -> None:
    for at, entry in enumerate(measure.history):
        said: dict[str, Any] = entry.said
        for key, field in ROLES:
            for place, name in enumerate(said.get(field) or ()):
                checker.check_unit(path, f"沿革.{at}.{key}.{place}", name)


def _check_origins(checker: Checker, path: str, measure: Measure, known: Iterable[str]) -> None:
    for place, number in enumerate(measure.origins):
        if number == measure.id:
            message = f"第 {number} 条写的是来自它自己"
            checker.error(path, f"来自.{place}", "own-origin", message, "写分出它的那一条，或删去")
        elif number not in known:
            message = f"来自第 {number} 条，没有这一条"
            checker.error(path, f"来自.{place}", "unknown-origin", message, "改正编号；编号见 plan/ 下的文件")


def _check_item(checker: Checker, path: str, where: str, item: Item, known: Iterable[str]) -> None:
    _check_history(checker, path, where, item)
    if item.since and item.until and item.until < item.since:
        message = f"事项 {item.id} 的 至（{item.until}）早于 自（{item.since}）"
        checker.error(path, f"{where}至", "item-days", message, "改正其中一个日期")
    if item.origin and (number := item.origin.rpartition(".")[0]) not in known:
        message = f"事项 {item.id} 来自 {item.origin}，没有第 {number} 条"
        checker.error(path, f"{where}来自", "unknown-origin", message, "改正编号；编号见 plan/ 下的文件")
