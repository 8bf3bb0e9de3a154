"""Settling a merge: each place that both sides changed, what was there before, and which to take."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.merge import Side
from fazhi_tui.service.exchange.sync import Settling
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Situation
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import error_text, plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.line_list import LineList
from fazhi_tui.tui.widgets.prose import Block, Prose

#: The sides in order, and the action that takes each.
_SIDES = {Side.OURS: "take_ours", Side.THEIRS: "take_theirs", Side.BASE: "take_base"}
_STYLES = {Side.OURS: "$text-success", Side.THEIRS: "$text-accent", Side.BASE: "$text-muted"}


class MergeScreen(ActionScreen[str | None]):
    """The result is the merge's commit, ``""`` where it was given up, None where it still waits."""

    app: TrackerApp
    place = "settle"
    BINDINGS = bindings("settle")

    def __init__(self, settling: Settling) -> None:
        super().__init__()
        self._settling = settling
        self._places = [(file, clash) for file in settling.files for clash in file.clashes]
        self._answers: list[Side | None] = [None] * len(self._places)
        self._busy = False

    def compose(self) -> ComposeResult:
        """The places, under them the three versions of the one in hand."""
        title = f"合并：{len(self._places)} 处两边都改了，逐处选定"
        yield Static(plain(title, "bold"), classes="screen-title")
        yield LineList(id="settle-list", markup=False)
        with VerticalScroll(id="settle-body", can_focus=False):
            yield Prose(id="settle-prose")
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    @property
    def situation(self) -> Situation:
        """Whether there is a place to choose for."""
        lacks = "" if self._places else f"没有要选定的，{self._finish_key} 提交合并"
        return Situation(ready=True, lacks=lacks)

    @property
    def _finish_key(self) -> str:
        return self.app.keys.press("finish", self.place)

    def on_mount(self) -> None:
        """Begin with the first place."""
        self._fill(0)
        self.query_one(OptionList).focus()

    # ------------------------------------------------------------------ showing

    def _fill(self, at: int) -> None:
        listing = self.query_one("#settle-list", OptionList)
        listing.set_options(Option(self._line(number)) for number in range(len(self._places)))
        if self._places:
            listing.highlighted = at
        self._show(at)

    def _line(self, number: int) -> Content:
        file, clash = self._places[number]
        answer = self._answers[number]
        chosen = f"[{answer}]" if answer else "[未选]"
        style = _STYLES[answer] if answer else "bold $text-warning"
        text = f"  {one_line(file.title, 40)}  {one_line(clash.field)}"
        return Content.assemble((chosen, style), (text, ""))

    def _show(self, at: int) -> None:
        if not self._places:
            nothing = Block(f"两边改的各是各的，没有要选定的；{self._finish_key} 提交合并。")
            self.query_one("#settle-prose", Prose).show([nothing])
            return
        file, clash = self._places[at]
        heading = Block(f"{file.title}  {clash.field}", "bold $text-primary")
        blocks = [heading, Block(file.path, "$text-muted")]
        for side, take in _SIDES.items():
            said, style = clash.said_by(side), _STYLES[side]
            mark = "* " if self._answers[at] is side else "  "
            label = f"{mark}{self.app.keys.key(take, self.place)} {side}  "
            text = "（没有）" if said is None else said
            blocks += [Block(), Block(text, style, label=label, label_style=style)]
        self.query_one("#settle-prose", Prose).show(blocks)

    @on(OptionList.OptionHighlighted, "#settle-list")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show(event.option_index)

    @on(OptionList.OptionSelected, "#settle-list")
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._turn(1)

    # ------------------------------------------------------------------ choosing

    @property
    def _at(self) -> int | None:
        return self.query_one("#settle-list", OptionList).highlighted

    def action_take_ours(self) -> None:
        """Ours, and on to the next place."""
        self._take(Side.OURS)

    def action_take_theirs(self) -> None:
        """Theirs, and on to the next place."""
        self._take(Side.THEIRS)

    def action_take_base(self) -> None:
        """As it was before both, and on to the next place."""
        self._take(Side.BASE)

    def _take(self, side: Side) -> None:
        """Take one side and go on to the next place that is open."""
        at = self._at
        if at is None:
            return
        self._answers[at] = side
        open_ = [n for n in range(len(self._places)) if self._answers[n] is None]
        after = [n for n in open_ if n > at]
        self._fill((after or open_ or [at])[0])
        self._tell(f"还有 {len(open_)} 处未选" if open_ else f"全部选定，{self._finish_key} 提交合并")

    def action_turn_on(self) -> None:
        """The next side."""
        self._turn(1)

    def action_turn_back(self) -> None:
        """The previous side."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        """The next side for the place in hand; the cursor stays."""
        at = self._at
        if at is None:
            return
        sides, answer = list(_SIDES), self._answers[at]
        now = sides.index(answer) if answer is not None else (-1 if by > 0 else 0)
        self._answers[at] = sides[(now + by) % len(sides)]
        self._fill(at)

    # ------------------------------------------------------------------ ending

    def action_finish(self) -> None:
        """Write each file as chosen and commit the merge."""
        left = [n for n, answer in enumerate(self._answers) if answer is None]
        if left:
            self._tell(f"还有 {len(left)} 处未选", "$text-warning")
            self.query_one("#settle-list", OptionList).highlighted = left[0]
            return
        if self._busy:
            return
        self._busy = True
        self._tell("正在提交合并")
        answers = [answer for answer in self._answers if answer is not None]
        exchange = self.app.exchange()

        def settle() -> str:
            rest = iter(answers)
            for file in self._settling.files:
                exchange.settle(file, [next(rest) for _ in file.clashes])
            return exchange.finish()

        self.app.start(settle, self.dismiss, self._refused, group="settle", newest_only=False)

    def action_give_up(self) -> None:
        """Back to before the merge, once confirmed."""
        if self._busy:
            return

        def answered(answer: str | None) -> None:
            if answer == "drop":
                exchange = self.app.exchange()
                self.app.start(exchange.give_up, lambda _: self.dismiss(""), self._refused, group="settle")

        blocks = [Block("回到合并以前；两边的提交都还在，以后可以再同步。")]
        answers = [("drop", "放弃这次合并"), ("stay", "继续选定")]
        self.app.push_screen(Question("放弃合并？", blocks, answers), answered)

    def action_leave(self) -> None:
        """Leave it as it is: the merge waits."""
        if not self._busy:
            self.dismiss(None)

    def _refused(self, error: FazhiError) -> None:
        self._busy = False
        self._tell(error_text(error), "$text-error")

    def _tell(self, text: str, style: str = "$text-primary") -> None:
        self.query_one("#form-mistake", Static).update(plain(text, style))
