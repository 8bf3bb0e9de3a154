"""The tour: a few steps over the real screen, each with the keys it speaks of; any moment is good to stop."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import Static

from fazhi_tui.tui.actions.keymap import Keymap
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import key_name, plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its heading, what it says (``{id}``: an action's keys), the part of the screen it lights."""

    heading: str
    text: str
    lit: str = ""


STEPS: tuple[Step, ...] = (
    Step(
        "措施列表",
        "一行一条措施：编号、标题、牵头单位、状态、下一个时限、灯。上下键移动，直接输入编号就到那一条。",
        "#list-pane",
    ),
    Step(
        "筛选",
        "按 {filter} 写条件，边写边出结果，写到一半会提示字段和单位；按 {units} 挑单位，"
        "按 {deadlines} 挑时限。单位可以打拼音首字母，如 sfj。按 {clear} 清除。",
        "#filter-bar",
    ),
    Step(
        "分类",
        "左边是各灯、各状态、各时限、各单位、各节的条数。按 {facets} 进去，按行首的字母就按那一类筛选。"
        "窗口窄于 100 列时不显示。",
        "#facets",
    ),
    Step(
        "详情",
        "选中措施的原文、进展、历史和变更，左右键换页签；按 {open} 进去，Esc 回来，按 {zoom} 放大这一格。",
        "#detail",
    ),
    Step(
        "换一种形式看",
        "同样筛选出来的措施，按 {as_board} 看各状态的看板，按 {as_timeline} 看时间线，"
        "按 {as_charts} 看汇总图表，按 {as_list} 回到列表。按 {back} 后退到刚才的样子。",
        "#title",
    ),
    Step(
        "填报",
        "选中一条按 {report}：写状态和进展，先预览，再提交；一次填报就是一次 git 提交。写到一半随时可以走，"
        "内容都留作草稿。写错了按 {undo} 撤销。",
        "#list-pane",
    ),
    Step(
        "找不到就问",
        "按 {help} 看这里能做什么，按 {manual} 看手册，按 {palette} 按名称或拼音找操作、措施、单位。"
        "输入法开着时字母键打不进来，用第二个键，帮助里都写着。再看一遍导览按 {tour}。",
        "#hints",
    ),
)


def step_text(step: Step, keys: Keymap) -> str:
    """A step's text with the keys as they are now, both of each action."""

    class Keys(dict[str, str]):
        def __missing__(self, name: str) -> str:
            first, *second = map(key_name, keys.command("main", name).keys[:2])
            return f"{first}（{second[0]}）" if second else first

    # A full-width bracket brings its own blank.
    return step.text.format_map(Keys()).replace("） ", "）")


class TourScreen(Window[None]):
    """Enter and right go on, left goes back, Esc stops; it is never shown again unless asked for."""

    app: TrackerApp
    manual_page = "tour"
    BINDINGS = bindings("reading", "tour")

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def content_widgets(self) -> ComposeResult:
        """The step's text."""
        yield Prose()

    def on_mount(self) -> None:
        """Begin."""
        self._show()

    def _show(self) -> None:
        step = STEPS[self._at]
        self.query_one("#dialog-title", Static).update(
            plain(f"导览 {self._at + 1}/{len(STEPS)}  {step.heading}")
        )
        self.query_one(Prose).show([Block(step_text(step, self.app.keys))])
        last = self._at == len(STEPS) - 1
        hints = [("Enter", "结束" if last else "下一步", "screen.step(1)")]
        hints += [("左", "上一步", "screen.step(-1)")] if self._at else []
        hints += [] if last else [("Esc", "不看了", "screen.close")]
        self.query_one("#dialog-hints", HintLine).show(hints)
        self._light(step.lit)

    def _light(self, lit: str) -> None:
        for name in {step.lit for step in STEPS}:
            self.app.screen_stack[0].query_one(name).set_class(name == lit, "-lit")

    def action_step(self, by: int) -> None:
        """On or back; past the last one it ends."""
        if self._at + by >= len(STEPS):
            self.action_close()
            return
        self._at = max(self._at + by, 0)
        self._show()

    def action_close(self) -> None:
        """Seen, or not wanted: either way it does not come back by itself."""
        self._light("")
        self.app.keep_screen_state(tour_seen=True)
        self.dismiss(None)
