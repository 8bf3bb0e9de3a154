"""The help (?): every key from the table of actions, every field from the table of the language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from fazhi_tui.query import FIELDS
from fazhi_tui.tui.actions import COMMANDS, MOVING, Situation
from fazhi_tui.tui.screens.report import FORM_KEYS
from fazhi_tui.tui.widgets.foot import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose
from fazhi_tui.tui.words import key_name, plain
from fazhi_tui.tui.wrapping import pad

HEADING = "bold $text-primary"
KEYS = "$text-primary"
KEYS_WIDTH, NAME_WIDTH = 16, 12


class HelpScreen(ModalScreen[None]):
    """What can be done, with which key, and why something is not possible now."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1", "close", show=False)]

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._situation = situation

    def compose(self) -> ComposeResult:
        """Keys, then the filter language."""
        with Vertical(classes="dialog dialog-wide"):
            yield Static(plain("帮助"), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Prose([*key_blocks(self._situation), Block(), *language_blocks()])
            yield HintLine([("上 下", "滚动", ""), ("Esc", "关闭", "screen.close")], id="dialog-hints")

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)


def key_blocks(situation: Situation) -> Iterator[Block]:
    """The keys, by group; the second key of each works with an IME switched on."""
    yield Block("每个操作都有两个键：字母键，和输入法打开时也能用的第二个键。", "$text-muted")
    for group, commands in groupby(COMMANDS, key=lambda command: command.group):
        yield Block()
        yield Block(group, HEADING)
        for command in commands:
            keys = f"{key_name(command.key)}  {key_name(command.second)}"
            why = command.why_not(situation)
            said = f"{command.help}（现在不可用：{why}）" if why else command.help
            label = "  " + pad(keys, KEYS_WIDTH) + pad(command.name, NAME_WIDTH)
            yield Block(said, label=label, label_style=KEYS)
    yield Block()
    yield Block("填报表单", HEADING)
    for keys, name in FORM_KEYS:
        yield Block(name, label="  " + pad(keys, KEYS_WIDTH), label_style=KEYS)
    yield Block()
    yield Block("移动", HEADING)
    for keys, name in MOVING:
        yield Block(name, label="  " + pad(keys, KEYS_WIDTH + NAME_WIDTH), label_style=KEYS)


def language_blocks() -> Iterator[Block]:
    """The filter language: its rules in brief, then its fields."""
    yield Block("筛选写法", HEADING)
    for rule in (
        "直接写的词在编号、标题、正文、进展和单位名称里找。",
        "字段:值 只看那个字段；单位可写全称、别名、一部分、全拼或首字母。",
        "空格表示并且，逗号表示或者，词前加 - 表示排除。",
        "日期可写 2023、2023-06、2023Q2、2023-06-30、30d、逾期、无；可用 < <= > >= 和 甲..乙。",
        "全角的 ： ， ＜ 也可以。",
    ):
        yield Block(rule, label="  ")
    yield Block()
    for field in FIELDS.values():
        names = " ".join(dict.fromkeys((field.name, field.key)))
        yield Block(
            f"{field.help}，如 {field.example}", label="  " + pad(names, KEYS_WIDTH), label_style=KEYS
        )
