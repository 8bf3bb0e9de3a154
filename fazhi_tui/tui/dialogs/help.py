"""The help (?): what can be done here, with which key, and why something is not possible now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from fazhi_tui.domain.query.fields import FIELDS
from fazhi_tui.domain.text.cells import pad
from fazhi_tui.tui.actions.command import Command, Situation
from fazhi_tui.tui.actions.review import REVIEW_LABELS, REVIEW_MOVING
from fazhi_tui.tui.actions.table import MOVING, PLACE_NAMES, bindings
from fazhi_tui.tui.dialogs.window import CLOSE, TextWindow
from fazhi_tui.tui.styles import key_name
from fazhi_tui.tui.widgets.prose import Block

HEADING = "bold $text-primary"
KEYS = "$text-primary"
KEYS_WIDTH, NAME_WIDTH = 16, 14
#: The rules of the filter language in brief.
LANGUAGE = (
    "直接写的词在编号、标题、正文、进展和单位名称里找。",
    "字段:值 只看那个字段；单位可写全称、别名、一部分、全拼或首字母。",
    "空格表示并且，逗号表示或者，词前加 - 表示排除。",
    "日期可写 2023、2023-06、2023Q2、2023-06-30、30d、逾期、无；可用 < <= > >= 和 甲..乙。",
    "全角的 ： ， ＜ 也可以。",
)


class HelpScreen(TextWindow):
    """The commands of one place; in the main screen the filter language too."""

    BINDINGS = bindings(closed_by="main.help")
    hints = (("上 下", "滚动", ""), ("F1", "手册", "screen.manual"), CLOSE)

    def __init__(self, place: str, commands: Sequence[Command], situation: Situation) -> None:
        super().__init__()
        self.heading = f"帮助：{PLACE_NAMES[place]}"
        self._place = place
        self._commands = tuple(commands)
        self._situation = situation

    def blocks(self) -> Iterator[Block]:
        """Keys, then the filter language or the labels of the source."""
        yield from key_blocks(self._commands, self._situation)
        if self._place == "main":
            yield from (Block(), Block("筛选写法", HEADING))
            yield from (Block(rule, label="  ") for rule in LANGUAGE)
            yield Block()
            for field in FIELDS.values():
                label = "  " + pad(" ".join(dict.fromkeys((field.name, field.key))), KEYS_WIDTH)
                yield Block(f"{field.help}，如 {field.example}", label=label, label_style=KEYS)
        if self._place == "review":
            yield from (Block(), Block("原件里的标记", HEADING), *_pairs(REVIEW_LABELS))


def key_blocks(commands: Sequence[Command], situation: Situation) -> Iterator[Block]:
    """The keys, by group; the second key of each works with an IME switched on."""
    yield Block("第一个键之外都另有一个输入法打开时也能用的键；按键可以改，见个人设置。", "$text-muted")
    for group, members in groupby(commands, key=lambda command: command.group):
        yield from (Block(), Block(group, HEADING))
        for command in members:
            keys = "  ".join(key_name(key) for key in command.keys[:2])
            why = command.why_not(situation)
            said = f"{command.help}（现在不可用：{why}）" if why else command.help
            label = "  " + pad(keys, KEYS_WIDTH) + pad(command.name, NAME_WIDTH)
            yield Block(said, label=label, label_style=KEYS)
    yield from (Block(), Block("移动", HEADING))
    yield from _pairs(REVIEW_MOVING if commands and commands[0].place == "review" else MOVING)


def _pairs(pairs: Sequence[tuple[str, str]]) -> Iterator[Block]:
    for left, right in pairs:
        yield Block(right, label="  " + pad(left, KEYS_WIDTH + NAME_WIDTH), label_style=KEYS)
