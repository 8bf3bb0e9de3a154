"""The review: the source with what was recognised, the measure at the cursor, and the doubts."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.text.cells import cut
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.importer.annotations import Annotation, find_annotations
from fazhi_tui.importer.result import LogEntry
from fazhi_tui.service.importing.review import Reading, Review
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Situation as Now
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.protocols import ScreenApp
from fazhi_tui.tui.review import decisions
from fazhi_tui.tui.review.decisions import Ask, Situation
from fazhi_tui.tui.review.forms import DecisionForm
from fazhi_tui.tui.review.panes import doubt_line, doubt_words, measure_blocks
from fazhi_tui.tui.review.source import CursorMoved, SourceView
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.line_list import LineList
from fazhi_tui.tui.widgets.prose import Block, Prose

SAVE, LEAVE, STAY, BUILD = "save", "leave", "stay", "build"


class ReviewHost(ScreenApp, Protocol):
    """What the screen needs of the review's app; ``build``: the tracker is to be made."""

    build: bool

    def toggle_theme(self) -> None:
        """Between dark and light."""

    def exit(self) -> None:
        """Leave the program."""


class ReviewScreen(ActionScreen[None]):
    """Everything of a review on one screen."""

    app: ReviewHost
    place = "review"
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self._marks: tuple[Annotation, ...] = ()
        self._doubts: tuple[LogEntry, ...] = ()
        self._measures: dict[str, Measure] = {}
        self._measure = ""
        self._busy = False

    def compose(self) -> ComposeResult:
        """Title; source and measure; doubts; hints and what was said."""
        yield Static("", id="title", markup=False)
        with Horizontal(id="review-panes"):
            with Vertical(id="source-pane"):
                yield Static(plain("原件"), classes="pane-title", id="source-title")
                yield SourceView(id="source")
            with Vertical(id="measure-pane"):
                yield Static(plain("措施"), classes="pane-title")
                with VerticalScroll(id="measure-body", can_focus=True):
                    yield Prose(id="measure")
        with Vertical(id="doubts-pane"):
            yield Static(plain("存疑"), classes="pane-title", id="doubts-title")
            yield LineList(id="doubts", markup=False)
        yield HintLine(self.hints(), id="hints")
        yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Show the first reading; begin at the worst doubt, or at the first measure."""
        self._take(self._review.now)
        source = self.query_one(SourceView)
        source.focus()
        first = self._doubts[0].at if self._doubts and self._doubts[0].at >= 0 else self._first_measure()
        source.go_to(first)
        count = len(self._doubts)
        self.say(f"有 {count} 处存疑，按 n 或 F4 逐处看" if count else "没有存疑；看过以后按 w 存、按 q 退出")

    def _first_measure(self) -> int:
        return next((mark.start for mark in self._marks if mark.measure), 0)

    # ------------------------------------------------------------------ what is shown

    def _take(self, reading: Reading) -> None:
        imported = reading.imported
        self._marks = find_annotations(imported)
        self._doubts = self._review.doubts
        self._measures = {measure.id: measure for measure in imported.measures}
        source = self.query_one(SourceView)
        places = frozenset(source_at for each in self._doubts if (source_at := each.at) >= 0)
        source.show(imported.document.text, self._marks, places)
        self._show_doubts()
        self._show_measure(force=True)
        self._show_title()

    def _show_title(self) -> None:
        review = self._review
        left = f" 核对 {one_line(review.source.name, 40)}"
        right = f"措施 {len(self._measures)}  存疑 {len(self._doubts)}  "
        right += f"决定未存（{one_line(review.path.name, 24)}）" if review.changed else "无未存的决定"
        self.query_one("#title", Static).update(plain(f"{left}   {right}", "bold"))

    def _show_doubts(self) -> None:
        listed = self.query_one("#doubts", OptionList)
        kept = listed.highlighted
        listed.clear_options()
        width = max(self.size.width - 4, 10)
        listed.add_options([Option(doubt_line(doubt, width)) for doubt in self._doubts])
        if self._doubts:
            listed.highlighted = min(kept or 0, len(self._doubts) - 1)
        self._show_doubts_title()

    def _show_doubts_title(self) -> None:
        at = self.query_one("#doubts", OptionList).highlighted
        text = f"存疑 {(at or 0) + 1}/{len(self._doubts)}" if self._doubts else "没有存疑"
        self.query_one("#doubts-title", Static).update(plain(text))

    def _show_measure(self, *, force: bool = False) -> None:
        number = self._measure_at_cursor()
        if number == self._measure and not force:
            return
        self._measure = number
        measure = self._measures.get(number)
        doubts = [each for each in self._doubts if each.message.startswith(f"第{number}条")] if number else []
        blocks = list(measure_blocks(measure, doubts, "光标处不属于任何措施。"))
        self.query_one("#measure", Prose).show(blocks)
        self.query_one("#measure-body").scroll_home(animate=False)

    def _measure_at_cursor(self) -> str:
        source = self.query_one(SourceView)
        mark = source.mark_at(source.first_word(source.cursor))
        return mark.measure if mark else ""

    def on_resize(self) -> None:
        """The list of doubts is cut to the width."""
        if self._marks:
            self._show_doubts()

    def say(self, text: str, style: str = "$text-muted") -> None:
        """Tell something on the last line."""
        self.query_one("#said", Static).update(
            plain(cut(" " + one_line(text, 500), max(self.size.width, 10)), style)
        )

    # ------------------------------------------------------------------ moving

    @on(CursorMoved)
    def _cursor_moved(self) -> None:
        self._show_measure()

    @on(OptionList.OptionHighlighted, "#doubts")
    def _doubt_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_doubts_title()
        if self.query_one("#doubts").has_focus:
            self._go_to_doubt(event.option_index)

    @on(OptionList.OptionSelected, "#doubts")
    def _doubt_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._go_to_doubt(event.option_index)
        self.query_one(SourceView).focus()

    def _go_to_doubt(self, index: int) -> None:
        doubt = self._doubts[index]
        if doubt.at >= 0:
            self.query_one(SourceView).go_to(doubt.at)
        self.say(doubt_words(doubt), "$text-warning")

    def _step_doubt(self, by: int) -> None:
        if not self._doubts:
            self.say("没有存疑")
            return
        listed = self.query_one("#doubts", OptionList)
        at = (listed.highlighted if listed.highlighted is not None else -1) + by
        if not 0 <= at < len(self._doubts):
            self.say("已是最后一处存疑" if by > 0 else "已是第一处存疑")
            return
        listed.highlighted = at
        self._go_to_doubt(at)

    def _step_measure(self, by: int) -> None:
        source = self.query_one(SourceView)
        starts: dict[str, int] = {}
        for mark in self._marks:
            if mark.measure:
                starts.setdefault(mark.measure, mark.start)
        ordered = sorted(starts.values())
        here = starts.get(self._measure)
        if here is None:
            here = source.cursor
        found = [at for at in ordered if (at > here if by > 0 else at < here)]
        if found:
            source.go_to(found[0] if by > 0 else found[-1])
        else:
            self.say("已是最后一条" if by > 0 else "已是第一条")

    # ------------------------------------------------------------------ acts

    @property
    def situation(self) -> Now:
        """Nothing is decided while the last decision is being read."""
        return Now(ready=True, lacks="正在按上一个决定重读原件" if self._busy else "")

    def perform(self, name: str) -> None:
        """Do what the table of actions calls by this name."""
        direct: dict[str, Callable[[], None]] = {
            "next_doubt": lambda: self._step_doubt(1),
            "previous_doubt": lambda: self._step_doubt(-1),
            "next_measure": lambda: self._step_measure(1),
            "previous_measure": lambda: self._step_measure(-1),
            "undo": self._undo,
            "save": self._save,
            "quit": self._quit,
            "help": self.action_help,
            "manual": self.action_manual,
            "palette": self.action_palette,
            "theme": self.app.toggle_theme,
        }
        if name in direct:
            direct[name]()
            return
        try:
            ask = decisions.ASKS[name](self._situation())
        except FazhiError as error:
            self._refused(error)
            return
        self._ask(ask)

    def _situation(self) -> Situation:
        source = self.query_one(SourceView)
        listed = self.query_one("#doubts", OptionList)
        doubt = self._doubts[listed.highlighted] if self._doubts and listed.highlighted is not None else None
        now = self._review.now
        return Situation(
            imported=now.imported,
            corrections=now.corrections,
            offset=source.first_word(source.cursor),
            measure=self._measures.get(self._measure),
            doubt=doubt,
            following=self._following(),
        )

    def _following(self) -> str:
        """The measure that begins next behind the cursor."""
        cursor = self.query_one(SourceView).cursor
        return next((mark.measure for mark in self._marks if mark.start > cursor and mark.measure), "")

    def _ask(self, ask: Ask) -> None:
        if ask.fields is None:
            self._decide(ask, ())
            return

        def answered(values: tuple[str, ...] | None) -> None:
            if values is not None:
                self._decide(ask, values)

        self.app.push_screen(DecisionForm(ask.title, ask.note, ask.fields, ask.check), answered)

    def _decide(self, ask: Ask, values: tuple[str, ...]) -> None:
        self._busy = True
        self.say("按这个决定重读原件")

        def done(reading: Reading) -> None:
            self._busy = False
            self._take(reading)
            self.say(f"{reading.told}；按 z 收回", "$text-success")

        self.app.start(
            lambda: self._review.decide(
                lambda imported, corrections: ask.make(imported, corrections, values)
            ),
            done,
            self._refused,
            group="decide",
        )

    def _refused(self, error: FazhiError) -> None:
        self._busy = False
        self.say("没有做成，什么也没有改", "$text-error")
        self.app.refused(error)

    def _undo(self) -> None:
        try:
            told = self._review.undo()
        except FazhiError as error:
            self.say(error.message)
            return
        self._take(self._review.now)
        self.say(f"收回了：{told}")

    def _save(self, then: Callable[[], None] | None = None) -> None:
        try:
            path = self._review.save()
        except FazhiError as error:
            self._refused(error)
            return
        self._show_title()
        self.say(f"决定已写进 {path}", "$text-success")
        if then:
            then()

    # ------------------------------------------------------------------ leaving

    def _quit(self) -> None:
        if not self._review.changed:
            self._ask_to_build()
            return

        def answered(answer: str | None) -> None:
            if answer == SAVE:
                self._save(self._ask_to_build)
            elif answer == LEAVE:
                self.app.exit()

        self.app.push_screen(
            Question(
                "有没有存的决定",
                [Block(f"决定会写进 {self._review.path}，再导入时照此办理。")],
                [(SAVE, "存"), (LEAVE, "不存，退出"), (STAY, "继续核对")],
            ),
            answered,
        )

    def _ask_to_build(self) -> None:
        doubts = f"还有 {len(self._doubts)} 处存疑，会列在导入报告里。" if self._doubts else "没有存疑了。"

        def answered(answer: str | None) -> None:
            if answer == BUILD:
                self.app.build = True
            if answer in (BUILD, LEAVE):
                self.app.exit()

        self.app.push_screen(
            Question(
                "现在写入台账吗",
                [Block(f"{len(self._measures)} 条措施写到 {self._review.into}。{doubts}")],
                [(BUILD, "写入台账"), (LEAVE, "先不写，退出"), (STAY, "继续核对")],
            ),
            answered,
        )
