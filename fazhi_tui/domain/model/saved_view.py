"""Saved views."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fazhi_tui.domain.model.keyed import keyed


class Shape(StrEnum):
    """As what a saved view shows the measures."""

    LIST = "列表"
    BOARD = "看板"
    TIMELINE = "时间线"
    SUMMARY = "汇总"


#: Stands behind a column's name where its order is turned round.
DESCENDING = "倒序"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A query under a name, and how what it keeps is shown."""

    name: str = keyed("名称", "视图的名称，如 红灯。", pattern=r"^\S(.{0,28}\S)?$")
    key: str | None = keyed("键", "打开它的键：一个字符；可以不写。", default=None, pattern=r"^\S$")
    query: str = keyed("筛选", "筛选条件，写法与筛选栏相同；不写则是全部措施。", default="")
    shape: Shape = keyed("形式", "列表、看板、时间线或汇总；不写则是列表。", default=Shape.LIST)
    order: str | None = keyed(
        "排序", "按哪一列排序，如 时限；倒过来写 时限 倒序。", default=None, pattern=rf"^\S+( {DESCENDING})?$"
    )
    columns: tuple[str, ...] = keyed("列", "列表里有哪些列，按顺序；不写则按窗口宽度。", default=())
    about: str = keyed("说明", "这个视图是看什么的。", default="")


@dataclass(frozen=True, slots=True)
class ViewRegister:
    """The whole of ``plan/views.yaml``, and of a person's own file of the same shape."""

    views: tuple[SavedView, ...] = keyed("视图", "全部视图，按显示的顺序。")
