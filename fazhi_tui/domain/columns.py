"""The one table of the list's columns: for the screen, the command line, saved views and ``--json``.

A column's name is its heading, what ``--columns``, ``--sort`` and ``plan/views.yaml`` call it, and the key of
its value in ``--json``, where it has one (a measure's own keys, or those of :data:`DERIVED`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from fazhi_tui.domain.model.light import Light, LightNames
from fazhi_tui.domain.model.note import Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.domain.text.visible import one_line

#: What cannot be judged comes first: it may hide anything.
_LIGHT_ORDER = {**{light: at for at, light in enumerate(reversed(Light))}, Light.UNKNOWN: -1}
_STATUS_ORDER = {status: at for at, status in enumerate(Status)}
_NEVER = datetime.min.replace(tzinfo=UTC)


def unread_text(row: Row) -> str:
    """``1 份进展读不出``; nothing where all of its notes could be read."""
    return f"{len(row.state.unread)} 份进展读不出" if row.state.unread else ""


def deadline_text(row: Row) -> str:
    """The next thing owed in one line: ``2022-12-31 28.1``, ``2025-12-31 规划期末``; ``-`` if nothing is.

    Where a note could not be read nobody knows what is still owed, and that is said instead.
    """
    state = row.state
    if state.unread:
        return unread_text(row)
    if state.next_due is None:
        return "-"
    late = " 逾期" if state.overdue else ""
    return f"{state.next_due.isoformat()} {one_line(state.next_label)}{late}".rstrip()


def lead_text(row: Row) -> str:
    """The lead units in one line; where the document names none, the responsible ones, marked so."""
    measure = row.measure
    if measure.leads:
        return one_line("、".join(measure.leads))
    return one_line("责任：" + "、".join(measure.responsible)) if measure.responsible else "-"


#: What is derived of a measure, by its key in ``--json`` and in that order.
DERIVED: Mapping[str, Callable[[Row], object]] = {
    "状态": lambda row: row.state.status.value,
    "进度": lambda row: row.state.progress,
    "灯": lambda row: row.state.light.value,
    "依据": lambda row: row.state.why,
    "截止": lambda row: row.state.due.isoformat() if row.state.due else None,
    "到期": lambda row: row.state.next_due.isoformat() if row.state.next_due else None,
    "到期事由": lambda row: row.state.next_label,
    "时限": deadline_text,
    "逾期": lambda row: row.state.overdue,
    "更新": lambda row: row.state.updated.isoformat() if row.state.updated else None,
    "读不出": lambda row: [note.path for note in row.state.unread],
}


class Column(NamedTuple):
    """A column that can be chosen and sorted by.

    ``text`` is one safe line, ``sort_key`` what of a row decides its place, ``backwards`` whether the largest
    comes first.  ``width`` is in cells; of a ``share`` column it is the least that is any use, and what room
    the screen has left is parted by shares, up to ``most``.  ``keep`` is how long a column stays when the
    window gets narrow: the smallest goes first, 9 never.  In a plain table numbers stand to the ``right``,
    and a column with a ``least`` is cut down to that many cells on a narrow terminal.
    """

    name: str
    text: Callable[[Row, LightNames], str]
    sort_key: Callable[[Row], Any]
    width: int
    backwards: bool = False
    share: int = 0
    most: int = 1000
    keep: int = 9
    right: bool = False
    least: int = 0


def _number(row: Row) -> tuple[int, ...]:
    return number_key(row.measure.id)


def _units(
    name: str, of: Callable[[Row], Sequence[str]], keep: int, text: Callable[[Row], str] | None = None
) -> Column:
    """A column of units; who has none comes last."""
    return Column(
        name,
        lambda row, _: text(row) if text else one_line("、".join(of(row))) or "-",
        lambda row: (not of(row), of(row)),
        width=12,
        share=4,
        most=32,
        keep=keep,
        least=12,
    )


#: In the order in which the screen shows them.
COLUMNS: tuple[Column, ...] = (
    Column("编号", lambda row, _: one_line(row.measure.id), _number, 4, right=True),
    Column(
        "标题",
        lambda row, _: one_line(row.measure.display_title),
        lambda row: row.measure.display_title,
        14,
        share=6,
        least=16,
    ),
    _units("牵头单位", lambda row: row.measure.leads, keep=7, text=lead_text),
    _units("参加单位", lambda row: row.measure.participants, keep=3),
    _units("责任单位", lambda row: row.measure.responsible, keep=4),
    Column(
        "节",
        lambda row, _: one_line(row.measure.section or "-"),
        # By where the section begins in the document.
        lambda row: (row.measure.section is None, _number(row) if row.measure.section else ()),
        12,
        share=3,
        most=40,
        keep=2,
        least=12,
    ),
    Column(
        "状态",
        lambda row, _: row.state.status.value,
        lambda row: _STATUS_ORDER[row.state.status],
        8,
    ),
    Column(
        "进度",
        lambda row, _: "-" if row.state.progress is None else f"{row.state.progress}%",
        lambda row: -1 if row.state.progress is None else row.state.progress,
        4,
        keep=5,
        right=True,
    ),
    Column(
        "填报",
        lambda row, _: str(len(row.state.notes) or "-"),
        lambda row: len(row.state.notes),
        4,
        backwards=True,
        keep=1,
        right=True,
    ),
    Column(
        "更新",
        lambda row, _: f"{row.state.updated:%Y-%m-%d}" if row.state.updated else "-",
        # The newest first: what has just been reported.
        lambda row: row.state.updated or _NEVER,
        10,
        backwards=True,
        keep=6,
    ),
    Column(
        "时限",
        lambda row, _: deadline_text(row),
        lambda row: row.state.next_due or date.max,
        10,
        keep=8,
        least=10,
    ),
    Column(
        "灯",
        lambda row, names: one_line(names.of(row.state.light)),
        lambda row: _LIGHT_ORDER[row.state.light],
        4,
    ),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
DEFAULT: tuple[str, ...] = ("编号", "标题", "牵头单位", "状态", "时限", "灯")
#: Always there on the screen: without them a line would not say which measure it is.
ALWAYS = frozenset(("编号", "标题"))


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """``names`` as the screen shows them: known ones, in the table's order, the indispensable among them."""
    wanted = {name for name in names if name in BY_NAME} or set(DEFAULT)
    return tuple(name for name in BY_NAME if name in wanted | ALWAYS)
