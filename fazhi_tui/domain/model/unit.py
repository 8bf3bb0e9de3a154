"""Units and the register of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from fazhi_tui.domain.model.former import Former, former_of
from fazhi_tui.domain.model.keyed import keyed


class UnitKind(StrEnum):
    """A body of its own, or a collective name such as 市政府各委办局."""

    BODY = "单位"
    COLLECTIVE = "集合"


class UnitName(NamedTuple):
    """A name that a unit bears on some day, and its reading."""

    name: str
    pinyin: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who reports for a unit."""

    name: str = keyed("姓名", "联络员姓名。")
    email: str = keyed("邮箱", "联络员邮箱，与其 git 的 user.email 一致。")
    since: date | None = keyed("自", "从哪一天起任联络员。", default=None)
    until: date | None = keyed("至", "到哪一天为止，含当天。", default=None)

    def serves(self, day: date) -> bool:
        """Whether the person reports for the unit on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Unit:
    """A body with one canonical name, or a collective of bodies."""

    name: str = keyed("名称", "规范名称；措施和进展都用它或它的别名。", minLength=1)
    aliases: tuple[str, ...] = keyed("别名", "同一单位的其他写法。", default=())
    kind: UnitKind = keyed("类别", "单位，或集合（如 市政府各委办局）。", default=UnitKind.BODY)
    pinyin: str = keyed(
        "拼音", "名称的拼音，音节之间空一格；多音字读错时在此改正。", default="", pattern="^[a-zü0-9 ]*$"
    )
    members: tuple[str, ...] = keyed("成员", "集合所含的单位（如已知）。", default=())
    contacts: tuple[Contact, ...] = keyed("联络员", "该单位的联络员（如已知）。", default=())
    founded: date | None = keyed("设立", "方案印发后设立的单位，从哪一天起。", default=None)
    abolished: date | None = keyed("撤销", "从哪一天起不再有这个单位。", default=None)
    successors: tuple[str, ...] = keyed("承接", "撤销后承接其职责的单位。", default=())
    history: tuple[FormerName, ...] = keyed("沿革", "以前的名称和成员，各到哪一天为止。", default=())


if TYPE_CHECKING:

    class FormerName(Former):
        """What a unit was called before, and whom a collective held."""

else:
    FormerName = former_of("FormerName", Unit, "name", "pinyin", "members")


@dataclass(frozen=True, slots=True)
class UnitRegister:
    """The whole of ``plan/units.yaml``."""

    units: tuple[Unit, ...] = keyed("单位", "全部单位与集合。")
