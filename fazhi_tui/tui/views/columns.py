"""The columns that the list can show: what each says of a row, and how much room it gets; pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.tui.styles import due_text, light_word

#: Blank cells between two columns, and at both ends of a line.
GAP = 2
EDGE = 1

_LIGHT_KINDS = {
    Light.RED: "red",
    Light.YELLOW: "yellow",
    Light.UNREPORTED: "review",
    Light.GREEN: "green",
}
_STATUS_KINDS = {
    Status.NOT_STARTED: "muted",
    Status.IN_PROGRESS: "active",
    Status.ONGOING: "active",
    Status.PENDING_REVIEW: "review",
    Status.DONE: "green",
    Status.SUSPENDED: "muted",
}

#: What a cell says, and the kind of it that colours it ("" for none).
Says = Callable[[Row, LightNames], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A column that can be chosen.

    ``width`` is in cells; of a ``share`` column it is the least that is any use, and what room is left is
    parted by shares, up to ``most``.  ``keep`` is how long it stays when the window gets narrow: the smallest
    goes first, 9 never.
    """

    name: str
    says: Says
    width: int
    share: int = 0
    most: int = 1000
    keep: int = 9


def _units(names: Sequence[str]) -> tuple[str, str]:
    return one_line("、".join(names)) or "-", "muted"


def lead_text(row: Row) -> str:
    """The lead units in one line; where the document names none, the responsible ones, marked so."""
    measure = row.measure
    if measure.leads:
        return one_line("、".join(measure.leads))
    return one_line("责任：" + "、".join(measure.responsible)) if measure.responsible else "-"


KINDS: tuple[Kind, ...] = (
    Kind("编号", lambda row, _: (row.measure.id, ""), 4),
    Kind("标题", lambda row, _: (one_line(row.measure.display_title), ""), 14, share=6),
    Kind("牵头单位", lambda row, _: (lead_text(row), "muted"), 12, share=4, most=32, keep=7),
    Kind("参加单位", lambda row, _: _units(row.measure.participants), 12, share=4, most=32, keep=3),
    Kind("责任单位", lambda row, _: _units(row.measure.responsible), 12, share=4, most=32, keep=4),
    Kind("节", lambda row, _: (one_line(row.measure.section or "-"), "muted"), 12, share=3, most=40, keep=2),
    Kind("状态", lambda row, _: (row.state.status.value, _STATUS_KINDS[row.state.status]), 8),
    Kind("进度", lambda row, _: (_percent(row), "muted"), 4, keep=5),
    Kind("填报", lambda row, _: (str(len(row.state.notes) or "-"), "muted"), 4, keep=1),
    Kind("更新", lambda row, _: (_updated(row), "muted"), 10, keep=6),
    Kind("时限", lambda row, _: (due_text(row), "red" if row.state.overdue else "muted"), 10, keep=8),
    Kind("灯", lambda row, names: (light_word(row.state.light, names), _LIGHT_KINDS[row.state.light]), 4),
)
BY_NAME = {kind.name: kind for kind in KINDS}
DEFAULT: tuple[str, ...] = ("编号", "标题", "牵头单位", "状态", "时限", "灯")
#: Always there: without them a line would not say which measure it is.
ALWAYS = frozenset(("编号", "标题"))


def _percent(row: Row) -> str:
    return "-" if row.state.progress is None else f"{row.state.progress}%"


def _updated(row: Row) -> str:
    return f"{row.state.updated:%Y-%m-%d}" if row.state.updated else "-"


@dataclass(frozen=True, slots=True)
class Column:
    """One column on the screen: its kind and its width in cells."""

    kind: Kind
    width: int

    @property
    def name(self) -> str:
        """Its heading."""
        return self.kind.name


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """``names`` as they are shown: known ones, in the table's order, the indispensable among them."""
    wanted = {name for name in names if name in BY_NAME} or set(DEFAULT)
    return tuple(kind.name for kind in KINDS if kind.name in wanted | ALWAYS)


@lru_cache(maxsize=64)
def columns_for(
    width: int, names: tuple[str, ...] = DEFAULT, number_width: int = 4, light_width: int = 4
) -> tuple[Column, ...]:
    """The columns that fit into ``width`` cells; what does not fit is in the detail anyway."""
    kinds = [BY_NAME[name] for name in chosen(names)]
    exact = {"编号": number_width, "灯": light_width}

    def least(kind: Kind) -> int:
        return exact.get(kind.name, kind.width)

    def left_over(kinds: Sequence[Kind]) -> int:
        return width - 2 * EDGE - GAP * (len(kinds) - 1) - sum(map(least, kinds))

    while left_over(kinds) < _wanted(kinds) and any(kind.keep < 9 for kind in kinds):
        kinds.remove(min(kinds, key=lambda kind: kind.keep))
    widths = {kind.name: least(kind) for kind in kinds}
    rest = left_over(kinds)
    if rest < 0:
        # Narrower than anything is meant for: the title gives way, the rest is cut at the edge.
        widths["标题"] = max(widths["标题"] + rest, 4)
    else:
        _share(widths, kinds, rest)
    return tuple(Column(kind, widths[kind.name]) for kind in kinds)


def _wanted(kinds: Sequence[Kind]) -> int:
    """Beside others that grow, a title needs more than its least to tell measures apart."""
    return 8 if sum(kind.share > 0 for kind in kinds) > 1 else 0


def _share(widths: dict[str, int], kinds: Sequence[Kind], rest: int) -> None:
    growing = [kind for kind in kinds if kind.share]
    while rest > 0 and growing:
        total = sum(kind.share for kind in growing)
        room = sum(widths[kind.name] for kind in growing) + rest
        full = [kind for kind in growing if room * kind.share // total >= kind.most]
        if not full:
            for kind in growing:
                more = max(room * kind.share // total - widths[kind.name], 0)
                widths[kind.name] += min(more, rest)
                rest -= min(more, rest)
            break
        for kind in full:
            rest -= kind.most - widths[kind.name]
            widths[kind.name] = kind.most
            growing.remove(kind)
    if "标题" in widths:
        widths["标题"] += max(rest, 0)
