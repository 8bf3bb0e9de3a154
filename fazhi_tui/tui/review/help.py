"""The help of the review: every key, and what the labels in the source mean."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from fazhi_tui.tui.review.actions import ACTS, MOVING
from fazhi_tui.tui.widgets.foot import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose
from fazhi_tui.tui.words import plain
from fazhi_tui.tui.wrapping import pad

KEYS = "$text-primary"
KEYS_WIDTH, NAME_WIDTH = 16, 10

LABELS: tuple[tuple[str, str], ...] = (
    ("[第28条]", "一条措施从这里开始，这是它的编号"),
    ("[标题] [正文]", "措施的标题、正文"),
    ("[单位] [时限]", "牵头、参加、责任单位；写明期限或数量的分句"),
    ("[章] [节]", "章标题、节标题"),
    ("[引言] [总体要求] [结语]", "不属于任何措施，记入方案本身"),
    ("[略:页码]", "没有导入的文字和原因"),
    ("[?存疑]", "程序没有把握的地方"),
)


class ReviewHelp(ModalScreen[None]):
    """All keys on one page."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,f1", "close", show=False)]

    def compose(self) -> ComposeResult:
        """Keys, moving, labels."""
        blocks = [
            Block("每个操作都有两个键：字母键，和输入法打开时也能用的第二个键。", "$text-muted"),
            Block(),
        ]
        blocks += [
            Block(
                act.help,
                label="  " + pad(act.keys_text, KEYS_WIDTH) + pad(act.name, NAME_WIDTH),
                label_style=KEYS,
            )
            for act in ACTS
        ]
        blocks.append(Block())
        blocks += [
            Block(said, label="  " + pad(keys, KEYS_WIDTH + NAME_WIDTH), label_style=KEYS)
            for keys, said in MOVING
        ]
        blocks.append(Block())
        blocks += [
            Block(said, label="  " + pad(label, KEYS_WIDTH + NAME_WIDTH), label_style=KEYS)
            for label, said in LABELS
        ]
        with Vertical(classes="dialog dialog-wide"):
            yield Static(plain("帮助"), classes="dialog-title")
            with VerticalScroll(classes="dialog-body"):
                yield Prose(blocks)
            yield HintLine([("上 下", "滚动", ""), ("Esc", "关闭", "screen.close")], id="dialog-hints")

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)
