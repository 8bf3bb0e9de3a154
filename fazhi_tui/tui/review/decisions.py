"""From a key to a decision: what is asked first, what may be typed, and what is then decided."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.measure import MEASURE_ID, Measure
from fazhi_tui.importer.corrections import review_decisions as d
from fazhi_tui.importer.corrections.model import NEW_MEASURE, Opens
from fazhi_tui.importer.corrections.review_decisions import ReviewDecision
from fazhi_tui.importer.result import Imported, LogEntry
from fazhi_tui.service.importing.review import ReviewedImport
from fazhi_tui.tui.actions.keymap import Keymap
from fazhi_tui.tui.dialogs.fields_form import Field
from fazhi_tui.tui.review.forms import Check
from fazhi_tui.tui.review.text import doubt_words, item_words

_PARTED = re.compile(r"[、，,；;]")
_DOUBTED_NAME = re.compile(r"「([^「」]{2,60})」")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the person stands: the cursor's offset in the source, the measure there, the chosen doubt."""

    reading: ReviewedImport
    keys: Keymap
    offset: int
    measure: Measure | None
    doubt: LogEntry | None
    following: str = ""

    @property
    def imported(self) -> Imported:
        """What was read."""
        return self.reading.imported


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked before a decision is made; without ``fields`` it is made at once.

    ``decide`` takes what was typed into each of the fields.
    """

    decide: Callable[..., ReviewDecision]
    title: str = ""
    note: str = ""
    fields: tuple[Field, ...] = ()
    check: Check | None = None


def _ask(
    decide: Callable[..., ReviewDecision], title: str, note: str, *fields: Field, check: Check | None = None
) -> Ask:
    """An Ask whose last field is the reason."""
    return Ask(decide, title, note, (*fields, Field("理由", d.REASON)), check)


def _measure(now: Standing) -> Measure:
    if now.measure is None:
        raise UsageError("光标处不属于任何措施", "把光标移到一条措施上再按")
    return now.measure


def _place(now: Standing) -> int:
    """The cursor's place in the text that boundaries are looked for in."""
    prose = now.imported.prose
    if not prose:
        raise UsageError(
            "这份原件里的措施出自表格，或原件没有分段", "要分合措施，先改原件，或在校订文件里用“分段”断开"
        )
    at = d.place_in_prose(prose, now.offset)
    if prose.origin[at] != now.offset:
        raise UsageError("光标处是表格、页码等，不在正文里", "把光标移到正文里再按")
    return at


def _join(now: Standing) -> Ask:
    number = _measure(now).id
    return Ask(lambda: d.join_to_previous(now.imported, now.reading.corrections, number))


def _split(now: Standing) -> Ask:
    at = _place(now)
    return _ask(
        lambda number, why: d.split_at(now.imported, now.reading.corrections, at, number or None, why),
        "从光标处另起一条",
        f"起于「{_words(now.imported, at)}」。编号空着就照前后顺延。",
        Field("编号", _free(now.imported, now.measure.id) if now.measure else ""),
        check=_number_free(now.imported, None),
    )


def _move(now: Standing) -> Ask:
    at = _place(now)
    numbers = tuple(measure.id for measure in now.imported.measures)
    return _ask(
        lambda number, why: d.move_boundary(now.imported, now.reading.corrections, number, at, why),
        "移界",
        f"哪一条改从「{_words(now.imported, at)}」开始",
        Field("编号", now.following or (now.measure.id if now.measure else ""), numbers),
        check=lambda values: "" if values[0] in numbers else f"没有第{values[0]}条",
    )


def _renumber(now: Standing) -> Ask:
    old = _measure(now).id
    return _ask(
        partial(d.renumber, now.imported, now.reading.corrections, old),
        f"改第{old}条的编号",
        "",
        Field("编号", old),
        check=_number_free(now.imported, old),
    )


def _heading(now: Standing) -> Ask:
    at = _place(now)
    choices = (Opens.CHAPTER.value, Opens.SECTION.value, Opens.TEXT.value)
    return _ask(
        lambda opens, why: d.heading_at(now.imported, now.reading.corrections, at, Opens(opens), why),
        "光标处作什么",
        f"「{_words(now.imported, at)}」：写 章、节 或 正文（都不是）。",
        Field("作", Opens.SECTION.value, choices),
        check=lambda values: "" if values[0] in choices else "只能写 章、节 或 正文",
    )


def _roles(now: Standing) -> Ask:
    measure = _measure(now)
    names = tuple(unit.name for unit in now.imported.register.units)
    before = {"牵头单位": measure.leads, "参加单位": measure.participants, "责任单位": measure.responsible}

    def check(values: Sequence[str]) -> str:
        named = any(_names(value) for value in values[:3])
        return "" if named else f"至少写一个单位；确实没有的，用 {now.keys.key('accept', 'review')} 认可"

    return _ask(
        lambda leads, participants, responsible, why: d.assign(
            measure.id, _names(leads), _names(participants), _names(responsible), why
        ),
        f"第{measure.id}条的分工",
        "多个单位用顿号分开；空着就是没有。",
        *(Field(label, "、".join(units), names) for label, units in before.items()),
        check=check,
    )


def _rename(now: Standing) -> Ask:
    names = tuple(unit.name for unit in now.imported.register.units)
    if not names:
        raise UsageError("还没有认出任何单位", f"先用 {now.keys.key('roles', 'review')} 写上分工")
    doubted = _DOUBTED_NAME.findall(now.doubt.message) if now.doubt else []
    known = [name for name in doubted if name in names]
    own = now.measure.units() if now.measure else ()
    old = next(iter((*known, *own, *names)))
    new = known[1] if len(known) > 1 else old

    def check(values: Sequence[str]) -> str:
        if values[0] not in names:
            return f"没有单位「{values[0]}」"
        return "名称没有改" if values[0] == values[1] or not values[1] else ""

    return _ask(
        partial(d.rename_unit, now.imported, now.reading.corrections),
        "改单位名称",
        "改作另一个已有的单位，就是合并；原来的写法留作别名。",
        Field("原名", old, names),
        Field("改作", new, names),
        check=check,
    )


def _date(now: Standing) -> Ask:
    measure = _measure(now)
    items = {item.id: item for item in measure.items}
    if not items:
        raise UsageError(f"第{measure.id}条没有写明期限或数量的事项", "原文没有写明的期限不在这里添")
    first = measure.items[0]

    def check(values: Sequence[str]) -> str:
        if values[0] not in items:
            return f"没有事项 {values[0]}，可写：{'、'.join(items)}"
        try:
            date.fromisoformat(values[1])
        except ValueError:
            return f"「{values[1]}」不是日期，写成 2024-12-31"
        return ""

    return _ask(
        lambda item, due, why: d.set_date(measure, items[item], date.fromisoformat(due), why),
        f"第{measure.id}条的时限",
        "；".join(f"{item.id} {item_words(item)}" for item in items.values()),
        Field("事项", first.id, tuple(items)),
        Field("截止", first.due.isoformat() if first.due else ""),
        check=check,
    )


def _match(now: Standing) -> Ask:
    measure, known = _measure(now), now.reading.known
    if not known:
        raise UsageError("目录里还没有台账", "修订已有的台账时，才要定哪一条是台账里的哪一条")
    row = now.reading.row(measure.id)
    candidates = row.candidates or (row.number,) if row else ()
    maybe = [f"第{number}条 {known[number]}" for number in candidates if number in known]

    def check(values: Sequence[str]) -> str:
        there = values[0] in known or values[0] == NEW_MEASURE
        return "" if there else f"台账里没有第{values[0]}条；台账里没有的写 {NEW_MEASURE}"

    return _ask(
        partial(d.correspond, measure.id),
        f"第{measure.id}条是台账里的哪一条",
        f"{'，或'.join(maybe)}；台账里没有的写 {NEW_MEASURE}。".removeprefix("；"),
        Field("台账", next(iter(candidates), measure.id), (*known, NEW_MEASURE)),
        check=check,
    )


def _accept(now: Standing) -> Ask:
    doubt = now.doubt
    if doubt is None:
        raise UsageError("没有存疑", "都看过了")
    if doubt.message.startswith(tuple(f"第{row.printed}条分不清" for row in now.reading.matched)):
        key = now.keys.key("match", "review")
        raise UsageError("是台账的哪一条要定下来，不能只是认可", f"用 {key} 定下来")
    return _ask(
        partial(d.accept, doubt.message),
        "认可这处存疑",
        doubt_words(doubt),
        check=lambda values: "" if values[0] else "写一句理由",
    )


#: What each action asks; every one raises UsageError where it is not possible now.
ASKS: Mapping[str, Callable[[Standing], Ask]] = {
    "join": _join,
    "split": _split,
    "move": _move,
    "renumber": _renumber,
    "heading": _heading,
    "roles": _roles,
    "rename": _rename,
    "date": _date,
    "match": _match,
    "accept": _accept,
}


def _words(imported: Imported, at: int) -> str:
    return imported.prose.text[at : at + 16].split("\n")[0]


def _names(value: str) -> list[str]:
    return [name for part in _PARTED.split(value) if (name := part.strip())]


def _free(imported: Imported, number: str) -> str:
    """A number that is not taken: 3-2 for a part of the third."""
    taken = {measure.id for measure in imported.measures}
    return next(free for count in itertools.count(2) if (free := f"{number}-{count}") not in taken)


def _number_free(imported: Imported, own: str | None) -> Check:
    taken = {measure.id for measure in imported.measures} - {own}

    def check(values: Sequence[str]) -> str:
        number = values[0]
        if not number and own is None:
            return ""
        if not re.fullmatch(MEASURE_ID, number):
            return f"「{number}」不是编号，写成 28 或 28-2"
        return f"已有第{number}条" if number in taken else ""

    return check
