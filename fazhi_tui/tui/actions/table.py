"""The one table of what can be done, in every screen.

Key bindings, the hints at the foot, the help, the palette and the manual's tables of keys are all made from
it, so that they cannot differ; a person's settings may change its keys (:mod:`.keys`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual.binding import Binding

from fazhi_tui.tui.actions.command import Command, Situation, Why, bindings_of, matches, reads, reads_within
from fazhi_tui.tui.actions.main import COMMANDS
from fazhi_tui.tui.actions.review import REVIEW, REVIEW_LABELS, REVIEW_MOVING
from fazhi_tui.tui.actions.windows import BATCH, COMMIT, FORM, PAGES, PREVIEW, RECORD, SETTLE

__all__ = [
    "BY_ID",
    "COMMANDS",
    "MOVING",
    "PLACES",
    "PLACE_NAMES",
    "REVIEW_LABELS",
    "REVIEW_MOVING",
    "Command",
    "Situation",
    "Why",
    "bindings",
    "matches",
    "reads",
    "reads_within",
]

#: Place → what can be done there.
PLACES: Mapping[str, tuple[Command, ...]] = MappingProxyType(
    {
        "main": COMMANDS,
        "form": FORM,
        "batch": BATCH,
        "preview": PREVIEW,
        "record": RECORD,
        "commit": COMMIT,
        "pages": PAGES,
        "settle": SETTLE,
        "review": REVIEW,
    }
)

#: What each place is called.
PLACE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "main": "主界面",
        "form": "填报表单",
        "batch": "多条填报",
        "preview": "预览",
        "record": "全部记录",
        "commit": "一次提交",
        "pages": "我的单位和漏报",
        "settle": "逐处选定",
        "review": "核对导入",
    }
)

#: The main screen's commands by their ids.
BY_ID = {command.id: command for command in COMMANDS}

#: Keys that need no entry of their own in the palette: moving about, the same everywhere.
MOVING: tuple[tuple[str, str], ...] = (
    ("上 下 PgUp PgDn Home End", "在列表里移动，在详情里滚动"),
    ("Tab 和 Shift+Tab", "在列表、详情、分类、筛选框之间换"),
    ("0-9", "在列表里输入编号，转到那一条"),
    ("空格", "标记，或去掉标记"),
    ("Esc", "退回：收起详情，关闭窗口，放弃正在改的筛选条件"),
)


def bindings(place: str = "main") -> list[Binding]:
    """The key bindings of a place, each calling ``do('<id>')``."""
    return bindings_of(PLACES[place])
