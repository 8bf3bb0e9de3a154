"""Rules over ``units.yaml``: names, members, contacts; who there is when, and what they owe then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from fazhi_tui.domain.as_of import notes_by_measure
from fazhi_tui.domain.dated import Stretch, stretches
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.note import Note, Status
from fazhi_tui.domain.model.unit import Unit, UnitKind
from fazhi_tui.domain.text.folding import fold_text
from fazhi_tui.domain.unit_history import DUTIES
from fazhi_tui.domain.workflow.fold import fold
from fazhi_tui.domain.workflow.office import office_of
from fazhi_tui.records.check.context import Checker
from fazhi_tui.records.fields import fields_of
from fazhi_tui.records.loader import UNITS_FILE

#: What a reading has a syllable for: every letter and figure, no bracket.
_READ = re.compile(r"[^\W_]")
_ONE_DAY = timedelta(days=1)
_KEY = {field.name: field.key for field in fields_of(Measure) if field.name in DUTIES}


class _Bearing(NamedTuple):
    """That a unit (by its place) bears a name from ``start`` to ``end``, both included."""

    unit: int
    start: date
    end: date


def check_units(checker: Checker) -> None:
    """Each name belongs to one unit on any day; readings fit; members, successors and days are sound."""
    bearers: dict[str, list[_Bearing]] = {}
    for index, unit in enumerate(checker.tracker.units):
        where = f"单位.{index}"
        for name, bearing in _bearings(index, unit):
            others = bearers.setdefault(fold_text(name), [])
            _check_name(checker, where, name, bearing, others)
            others.append(bearing)
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            checker.check_name(UNITS_FILE, where, name)
        _check_pinyin(checker, where, unit)
        _check_members(checker, where, unit)
        _check_days(checker, where, unit)
        _check_contacts(checker, where, unit)


def _bearings(index: int, unit: Unit) -> Iterator[tuple[str, _Bearing]]:
    """Every name and alias of a unit, and from when to when."""
    first = unit.founded or date.min
    last = unit.abolished - _ONE_DAY if unit.abolished and unit.abolished > date.min else date.max
    for stretch in stretches(unit, "name"):
        start, end = max(stretch.start or first, first), min(stretch.end or last, last)
        yield stretch.value, _Bearing(index, start, end)
    for alias in unit.aliases:
        yield alias, _Bearing(index, first, last)


def _check_name(checker: Checker, where: str, name: str, bearing: _Bearing, others: list[_Bearing]) -> None:
    for other in others:
        both = max(bearing.start, other.start), min(bearing.end, other.end)
        if other.unit != bearing.unit and both[0] <= both[1]:
            units = checker.tracker.units
            message = (
                f"名称或别名“{name}”不止一个单位使用：{units[other.unit].name}、{units[bearing.unit].name}"
            )
            hint = "合并成一个单位，或删去其中一个别名"
            checker.error(UNITS_FILE, where, "duplicate-unit", message, hint)
            return


def _check_members(checker: Checker, where: str, unit: Unit) -> None:
    for place, member in enumerate(unit.members):
        checker.check_unit(UNITS_FILE, f"{where}.成员.{place}", member)
    for at, entry in enumerate(unit.history):
        for place, member in enumerate(entry.said.get("members") or ()):
            checker.check_unit(UNITS_FILE, f"{where}.沿革.{at}.成员.{place}", member)
    if unit.members and unit.kind is not UnitKind.COLLECTIVE:
        message = f"“{unit.name}”有成员，却不是集合"
        checker.warn(UNITS_FILE, f"{where}.成员", "members-of-body", message, "类别改为 集合，或删去成员")


def _check_days(checker: Checker, where: str, unit: Unit) -> None:
    """From when to when there is a unit, and who comes after it."""
    if unit.founded and unit.abolished and unit.abolished <= unit.founded:
        message = f"“{unit.name}”撤销（{unit.abolished}）不晚于设立（{unit.founded}）"
        checker.error(UNITS_FILE, f"{where}.撤销", "abolished-early", message, "改正其中一个日期")
    if unit.successors and unit.abolished is None:
        message = f"“{unit.name}”写了承接，没有写撤销"
        checker.error(
            UNITS_FILE, f"{where}.承接", "successors-of-living", message, "补上 撤销: 日期，或删去承接"
        )
    for place, name in enumerate(unit.successors):
        key = f"{where}.承接.{place}"
        checker.check_unit(UNITS_FILE, key, name)
        heir = checker.index.get(name)
        if heir is None or unit.abolished is None:
            continue
        if heir.name == unit.name:
            checker.error(UNITS_FILE, key, "own-successor", f"“{unit.name}”由它自己承接", "写另一个单位")
        elif (gone := _gone_by(heir, unit.abolished)) is not None:
            message = f"“{unit.name}”{unit.abolished} 撤销，承接它的“{heir.name}”那天{gone}"
            checker.error(UNITS_FILE, key, "successor-absent", message, "改正日期，或写当时有的单位")


def _gone_by(unit: Unit, day: date) -> str | None:
    """Why there is no such unit on a day; None where there is."""
    if unit.founded is not None and unit.founded > day:
        return f"还没有设立（{unit.founded}）"
    if unit.abolished is not None and unit.abolished < day:
        return f"已经撤销（{unit.abolished}）"
    return None


def _check_contacts(checker: Checker, where: str, unit: Unit) -> None:
    for place, contact in enumerate(unit.contacts):
        key = f"{where}.联络员.{place}"
        if "@" not in contact.email:
            message = f"“{contact.email}”不是邮箱地址"
            hint = "与联络员 git 的 user.email 一致"
            checker.warn(UNITS_FILE, f"{key}.邮箱", "bad-email", message, hint)
        if contact.since and contact.until and contact.until < contact.since:
            message = f"联络员“{contact.name}”的 至（{contact.until}）早于 自（{contact.since}）"
            checker.error(UNITS_FILE, f"{key}.至", "contact-days", message, "改正其中一个日期")


def _check_pinyin(checker: Checker, where: str, unit: Unit) -> None:
    if not unit.pinyin:
        hint = "补上：拼音: shi si fa ju（每字一个音节）"
        checker.warn(UNITS_FILE, where, "no-pinyin", f"“{unit.name}”没有拼音，不能用拼音查找", hint)
        return
    syllables, characters = len(unit.pinyin.split()), len(_READ.findall(unit.name))
    if syllables != characters:
        message = f"“{unit.name}”有 {characters} 个字，拼音却有 {syllables} 个音节"
        checker.warn(UNITS_FILE, f"{where}.拼音", "pinyin-length", message, "每字一个音节，音节之间空一格")


# ------------------------------------------------------------------ duties


def check_duties_in_time(checker: Checker) -> None:
    """A duty names, on its days, units that there are then."""
    units = checker.tracker.units
    if all(unit.founded is None and unit.abolished is None for unit in units):
        return
    notes = notes_by_measure(checker.tracker)
    for measure in checker.tracker.measures:
        own = notes.get(measure.id, ())
        for field in DUTIES:
            for stretch in stretches(measure, field):
                for name in stretch.value:
                    unit = checker.index.get(name)
                    if unit is not None:
                        _check_duty(checker, measure, field, stretch, unit, own)


def _check_duty(
    checker: Checker,
    measure: Measure,
    field: str,
    stretch: Stretch,
    unit: Unit,
    notes: tuple[Note, ...],
) -> None:
    plan, path = checker.tracker.plan, checker.measure_path(measure.id)
    first = max(stretch.start or date.min, measure.added or (plan.period.start if plan else date.min))
    last = min(stretch.end or date.max, measure.withdrawn - _ONE_DAY if measure.withdrawn else date.max)
    if first > last:
        return
    if unit.founded is not None and unit.founded > first:
        message = f"“{unit.name}”{unit.founded} 才设立，{_KEY[field]}却自 {first} 起就有它"
        hint = "以前由哪个单位，写进这一条的沿革；或改正设立的日期"
        checker.error(path, _KEY[field], "unit-not-founded", message, hint)
    if unit.abolished is None or unit.abolished > last:
        return
    if fold(notes, office_of(plan, checker.tracker.units, checker.index.others)).status is Status.DONE:
        # Whoever completed something stays named there.
        return
    gone = _left_without(checker, unit, last)
    if gone is not None:
        heir = "" if gone is unit else f"（承接“{unit.name}”）"
        message = f"“{gone.name}”{heir}{gone.abolished} 已撤销，{_KEY[field]}还有它"
        hint = "在 plan/units.yaml 里写明由谁承接，或修订这一条的单位"
        checker.error(path, _KEY[field], "unit-abolished", message, hint)
    else:
        message = f"“{unit.name}”{unit.abolished} 已撤销，{_KEY[field]}还有它"
        heirs = "、".join(unit.successors)
        hint = f"现计为{heirs}的；写明：fazhi units transfer {unit.name} {unit.successors[0]}"
        hint += f" --measures {measure.id} --from {unit.abolished} --reason 理由"
        checker.warn(path, _KEY[field], "unit-abolished", message, hint)


def _left_without(checker: Checker, unit: Unit, last: date) -> Unit | None:
    """The unit with which what an abolished one had comes to an end by a day: nobody takes it on."""
    seen: set[str] = set()
    line = [unit]
    while line:
        one = line.pop()
        if one.name in seen or one.abolished is None or one.abolished > last:
            continue
        seen.add(one.name)
        if not one.successors:
            return one
        line += [heir for name in one.successors if (heir := checker.index.get(name)) is not None]
    return None
