"""The settings of plan.yaml (设置): what each is and since when, and changing one from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from fazhi_tui.domain.dated import Stretch, changed_from, corrected, held_on, stretches
from fazhi_tui.domain.deadlines.report_periods import read_rhythm
from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.convert import nearest
from fazhi_tui.records.fields import Field, fields_of
from fazhi_tui.records.loader import PLAN_FILE, load_files, load_units
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.plan.amend import shown
from fazhi_tui.service.plan.measure_file import in_head
from fazhi_tui.service.plan.change import (
    Span,
    first_day,
    later_entries,
    needed_reason,
    refuse_new_faults,
)
from fazhi_tui.service.plan.values import known_units, rewritten, typed_value
from fazhi_tui.vcs.trailers import Trailers

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.service.view import View

#: Settings that name units.
NAMES_UNITS = ("coordinator", "former_coordinators")


class Setting(NamedTuple):
    """One setting: its value, since when (None: from the start), and what held before, in order of time."""

    field: Field
    value: object
    since: date | None
    former: tuple[Stretch, ...]

    @property
    def is_default(self) -> bool:
        """Whether the value is the one that holds where nothing is written."""
        return bool(self.value == self.field.default)


def setting_fields() -> tuple[Field, ...]:
    """Every setting in the order of the files."""
    return tuple(field for field in fields_of(Settings) if field.name != "history")


def settings_of(view: View) -> tuple[Setting, ...]:
    """All settings as they stand on the view's day."""
    found: list[Setting] = []
    for field in setting_fields():
        *former, now = stretches(view.settings, field.name)
        found.append(Setting(field, now.value, now.start, tuple(former)))
    return tuple(found)


def setting_text(value: object) -> str:
    """A setting's value as a person reads it; empty where there is none."""
    if isinstance(value, LightNames):
        return "、".join(getattr(value, field.name) for field in fields(value))
    return shown(value)


def prepare_setting(
    reader: Reader,
    key: str,
    typed: str,
    reason: str | None,
    since: date | None = None,
    *,
    correct: bool = False,
) -> Action:
    """Change a setting from a day on (today where it is None), as a commit of its own; writes nothing.

    An empty value takes it out.  ``correct`` says that the record was wrong from the start: then nothing of
    it is kept in 沿革.  Raises :class:`UsageError` for an unknown key, a value that does not fit, an unknown
    unit, no reason; :class:`NotAllowedError` where nothing changes or plan.yaml has other changes.
    """
    view = reader.load()
    view.refuse_changes()
    field, part = _field(key)
    day, why = first_day(reader, since), needed_reason(reason, "改设置")
    data = (reader.root / PLAN_FILE).read_bytes()
    plan = load_files({PLAN_FILE: data}).plan
    if plan is None:
        raise RepositoryError(f"{PLAN_FILE} 读不出来，不能改设置", "运行 fazhi check 查看它的问题")
    before = in_head(reader, PLAN_FILE) or b""
    if load_files({PLAN_FILE: before}).plan != plan:
        raise NotAllowedError(f"{PLAN_FILE} 改动后还没有提交", "先提交它，或还原它")
    held = held_on(plan.settings, field.name, day)
    value: Any = _value(reader, field, part, typed, held.value, day)
    if correct:
        now = corrected(plan.settings, field.name, value, day)
    else:
        now = changed_from(plan.settings, field.name, value, day, why)
    if now == plan.settings:
        raise NotAllowedError(f"没有改动：{field.key} {day} 本来就是这样", "fazhi settings 查看各项设置")
    writes = {PLAN_FILE: rewritten(data.decode("utf-8"), plan.settings, now, ("设置",))}
    refuse_new_faults(reader, writes)
    span = Span(held.start if correct else day, held.end)
    told = [f"{field.key} 只改到 {held.end}：以后的照已经记下的改动"] if held.end and not correct else []
    told += later_entries(view, [span])
    old, new = (one_line(setting_text(each)) or "（无）" for each in (held.value, value))
    when = "更正" if correct else f"自 {day} 起" if held.end is None else f"自 {day} 至 {held.end}"
    trailers = Trailers(unit=one_line(reader.repository.identity().unit), kind=CommitKind.SETTINGS)
    body = "\n".join([why, "", f"{field.key}：{old} -> {new}（{when}）", *told])
    subject = f"{CommitKind.SETTINGS}：{field.key} {one_line(new, 40)}（{when}）"
    return Action(subject, body, trailers, writes, warnings=tuple(told))


def _field(key: str) -> tuple[Field, Field | None]:
    """The setting that a key names, and of 灯名.红 the part."""
    name, dot, inner = key.strip().partition(".")
    found = next((field for field in setting_fields() if field.key == name), None)
    if found is None:
        keys = [field.key for field in setting_fields()]
        raise UsageError(
            f"没有「{one_line(key, 30)}」这项设置", f"{nearest(name, keys)}可写：{'、'.join(keys)}"
        )
    if found.kind != "object":
        if dot:
            raise UsageError(f"{name} 下面没有「{one_line(inner, 20)}」", f"写 {name}")
        return found, None
    parts: Sequence[Field] = fields_of(found.cls)
    part = next((each for each in parts if each.key == inner), None)
    if part is None:
        raise UsageError(f"{name} 要写明是哪一个", f"可写：{'、'.join(f'{name}.{each.key}' for each in parts)}")
    return found, part


def _value(
    reader: Reader, field: Field, part: Field | None, typed: str, held: object, day: date
) -> object:
    if part is not None:
        inner = typed_value(part, f"{field.key}.{part.key}", typed)
        return replace(held, **{part.name: inner})  # type: ignore[type-var]
    value = typed_value(field, field.key, typed)
    if field.name in NAMES_UNITS and value:
        names = known_units(load_units(reader.root), value if field.many else (value,), day)
        return names if field.many else names[0]
    if field.name == "rhythm" and value:
        read_rhythm(value)
    return value
