"""All screens' actions put together, and the key bindings made from them.

Key bindings, the hints at the foot, the help, the palette and the manual's tables of keys are all made from
it, so that they cannot differ; a person's settings may change its keys (:mod:`.keymap`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual.binding import Binding, BindingType

from fazhi_tui.tui.actions.command import Command, bindings_of
from fazhi_tui.tui.actions.fixed import FIXED, FixedKey, followed
from fazhi_tui.tui.actions.main import COMMANDS
from fazhi_tui.tui.actions.review import REVIEW
from fazhi_tui.tui.actions.windows import WINDOWS

#: Place → what can be done there.
PLACES: Mapping[str, tuple[Command, ...]] = MappingProxyType({"main": COMMANDS, **WINDOWS, "review": REVIEW})

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

#: Keys that need no entry of their own in the palette: moving about, the same everywhere.
MOVING: tuple[tuple[str, str], ...] = (
    ("上 下 PgUp PgDn Home End", "在列表里移动，在详情里滚动"),
    ("Tab 和 Shift+Tab", "在列表、详情、分类、筛选框之间换"),
    ("0-9", "在列表里输入编号，转到那一条"),
    ("空格", "标记，或去掉标记"),
    ("Esc", "退回：收起详情，关闭窗口，放弃正在改的筛选条件"),
)


def bindings(*places: str, closed_by: str = "") -> list[BindingType]:
    """What a screen, window or widget puts into its ``BINDINGS``: every key there is comes from here.

    Each of ``places`` is a place of the table, whose commands are bound to ``do('<id>')``, or a kind of
    window or widget of :data:`.fixed.FIXED`, or both.  ``closed_by`` is the binding id of the command that
    opens a window (``main.sort``): its keys, changed by the person or not, close the window again.

        BINDINGS: ClassVar[list[BindingType]] = bindings("record")
        BINDINGS: ClassVar[list[BindingType]] = bindings("reading", closed_by="main.problems")
    """
    fixed = [key for place in places for key in FIXED.get(place, ())]
    if closed_by:
        fixed.append(followed(closed_by, "close"))
    return [
        *(binding for place in places for binding in bindings_of(PLACES.get(place, ()))),
        *(_binding(key) for key in fixed),
    ]


def _binding(key: FixedKey) -> Binding:
    if not key.follows:
        return Binding(key.keys, key.action, show=False, priority=key.priority)
    place, _, name = key.follows.partition(".")
    command = next(command for command in PLACES[place] if command.id == name)
    # By the command's id Textual's keymap finds these keys as well.
    return Binding(",".join(command.keys), key.action, show=False, id=key.follows)
