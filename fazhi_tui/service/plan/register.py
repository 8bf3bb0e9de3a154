"""Changing the register of units from a day on: names, successions, duties, contacts; one commit each.

What is asked for is checked whole before anything is laid out, and nothing here writes: the action that comes
of it is previewed and committed by the writer.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from fazhi_tui.domain.dated import changed_from
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.unit import Contact
from fazhi_tui.domain.text.pinyin import pinyin_of
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.register_change import RegisterChange

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader


def prepare_rename(reader: Reader, old: str, new: str, day: date | None, reason: str) -> Action:
    """A unit is called otherwise from a day on (the reader's, where None); the register alone changes.

    Raises :class:`UsageError` for an unknown unit, a name that is none or another unit's, and without a
    reason; :class:`NotAllowedError` for an abolished unit, or where nothing would change.
    """
    work = RegisterChange(reader, day, reason)
    unit = work.living(old)
    name = work.fresh_name(new, unit)
    before = work.name_of(unit)
    if name == before:
        raise NotAllowedError(f"它自 {work.day} 起已经叫「{name}」", "写上新的名称")
    renamed = changed_from(unit, "name", name, work.day, work.reason)
    work.put(unit, changed_from(renamed, "pinyin", pinyin_of(name), work.day, work.reason))
    return work.action(f"{before}自 {work.day} 起更名为{name}", of_duties=False)


def prepare_merge(
    reader: Reader, names: Sequence[str], into: str, day: date | None, reason: str
) -> Action:
    """Units become one from a day on: one of them, another that there is, or a new one."""
    work = RegisterChange(reader, day, reason)
    merged = list({unit.name: unit for unit in (work.living(name, ends=True) for name in names)}.values())
    heir = work.heir(into)
    gone = [unit for unit in merged if unit.name != heir.name]
    if not gone or (len(merged) < 2 and not work.founded):
        raise UsageError("合并要写至少两个不同的单位", "例如 fazhi units merge 甲局 乙局 --into 丙局")
    work.abolish(gone, [heir])
    said = "、".join(work.name_of(unit) for unit in merged)
    return work.action(f"{said}自 {work.day} 起合并为{work.name_of(heir)}")


def prepare_split(
    reader: Reader, name: str, into: Sequence[str], parts: Sequence[str], day: date | None, reason: str
) -> Action:
    """A unit becomes several from a day on; where it is one of these itself, it stays.

    ``parts`` says which measures are whose (``乙局=3,5``); those that none names are all successors' jointly.
    """
    work = RegisterChange(reader, day, reason)
    unit = work.living(name, ends=True)
    heirs = list({heir.name: heir for heir in map(work.heir, into)}.values())
    if len(heirs) < 2:
        raise UsageError("分设要写至少两个单位", "例如 fazhi units split 甲局 --into 乙局,丙局")
    by_measure = work.parts(unit, heirs, parts)
    stays = any(heir.name == unit.name for heir in heirs)
    work.abolish([unit], heirs, by_measure, stays=stays)
    said = "、".join(work.name_of(heir) for heir in heirs)
    return work.action(f"{work.name_of(unit)}自 {work.day} 起分设为{said}")


def prepare_abolish(
    reader: Reader, name: str, to: Sequence[str], day: date | None, reason: str
) -> Action:
    """A unit ends on a day; its duties are those of ``to``.

    Without ``to`` it is refused (:class:`NotAllowedError`) while it leads what is not closed, or coordinates.
    """
    work = RegisterChange(reader, day, reason)
    unit = work.living(name, ends=True)
    heirs = [work.living(text) for text in to]
    if any(heir.name == unit.name for heir in heirs):
        raise UsageError(f"{unit.name}不能由它自己承接", "--to 写另一个单位")
    work.abolish([unit], heirs)
    heirs_said = f"，由{'、'.join(map(work.name_of, heirs))}承接" if heirs else ""
    return work.action(f"{work.name_of(unit)}自 {work.day} 起撤销{heirs_said}")


def prepare_transfer(
    reader: Reader, giver: str, taker: str, measures: Sequence[str], day: date | None, reason: str
) -> Action:
    """The duties of one unit in some measures are another's from a day on, in the same roles and places."""
    work = RegisterChange(reader, day, reason)
    # What an abolished unit still has may be written down as its successor's.
    unit, heir = work.index.resolve(giver), work.living(taker)
    if unit.name == heir.name:
        raise UsageError("划出和划入的是同一个单位", "写两个不同的单位")
    numbers = work.numbers(unit, measures)
    work.hand_over([unit], {number: [heir] for number in numbers})
    return work.action(f"{work.name_of(unit)}的职责自 {work.day} 起划给{work.name_of(heir)}")


def prepare_contact(
    reader: Reader, name: str, person: str, email: str, since: date | None, until: date | None, reason: str
) -> Action:
    """A new contact of a unit from a day on; or, with ``until`` and a contact that is known, the end of one."""
    work = RegisterChange(reader, since, reason)
    unit = work.living(name)
    person, email = one_line(person).strip(), email.strip()
    known = [
        at
        for at, contact in enumerate(unit.contacts)
        if contact.email.casefold() == email.casefold() or (not email and contact.name == person)
    ]
    serving = [at for at in known if unit.contacts[at].until is None]
    contacts = list(unit.contacts)
    if until is not None and serving and since is None:
        contact = contacts[serving[0]]
        if contact.since is not None and until < contact.since:
            raise UsageError(f"{contact.name} {contact.since} 才任联络员", "--until 写不早于这一天的日子")
        contacts[serving[0]] = dataclasses.replace(contact, until=until)
        said = f"联络员 {contact.name} 任至 {until}"
    elif serving:
        contact = contacts[serving[0]]
        raise NotAllowedError(
            f"{contact.name} <{contact.email}> 已是{unit.name}的联络员", "他不再担任时，加 --until 日期"
        )
    else:
        if not person or not _is_address(email):
            raise UsageError("联络员要写姓名和邮箱", "例如 --name 张三 --email zhangsan@example.org")
        if until is not None and until < work.day:
            raise UsageError(f"--until {until} 早于 {work.day}", "改正其中一个")
        contacts.append(Contact(person, email, work.day, until))
        said = f"联络员 {person} <{email}>，自 {work.day} 起"
    work.put(unit, dataclasses.replace(unit, contacts=tuple(contacts)))
    return work.action(f"{work.name_of(unit)}的{said}", of_duties=False)


def _is_address(email: str) -> bool:
    return re.fullmatch(r"[^\s<>@]+@[^\s<>@]+", email) is not None
