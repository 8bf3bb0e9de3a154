"""The review: the source with what was recognised, the measure at the cursor, and the doubts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.text.cells import cut
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.importer.annotations import Annotation, find_annotations
from fazhi_tui.service.importing.review import Review, ReviewedImport
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Situation
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.protocols import ScreenApp
from fazhi_tui.tui.review import decisions
from fazhi_tui.tui.review.decisions import Ask, Standing
from fazhi_tui.tui.review.doubts import DoubtChosen, DoubtsPane
from fazhi_tui.tui.review.forms import DecisionForm
from fazhi_tui.tui.review.source import CursorMoved, SourceView
from fazhi_tui.tui.review.source_text import SourceText
from fazhi_tui.tui.review.text import doubt_words, measure_blocks
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
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
    BINDINGS = bindings("review")

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self._annotations: tuple[Annotation, ...] = ()
        self._measures: dict[str, Measure] = {}
        #: The number of the measure that is shown.
        self._shown = ""
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
        yield DoubtsPane(id="doubts-pane")
        yield HintLine(self.hints(), id="hints")
        yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Show the first reading; begin at the worst doubt, or at the first measure."""
        self._take(self._review.now)
        self._source.focus()
        doubts = self._doubts.doubts
        first = next((part.start for part in self._annotations if part.measure), 0)
        self._source.go_to(doubts[0].at if doubts and doubts[0].at >= 0 else first)
        keys = self.app.keys
        if doubts:
            press = keys.command(self.place, "next_doubt").keys_text
            self.say(f"有 {len(doubts)} 处存疑，按 {press} 逐处看")
        else:
            save, leave = (keys.press(name, self.place) for name in ("save", "quit"))
            self.say(f"没有存疑；看过以后{save} 存、{leave} 退出")

    @property
    def _source(self) -> SourceView:
        return self.query_one(SourceView)

    @property
    def _doubts(self) -> DoubtsPane:
        return self.query_one(DoubtsPane)

    # ------------------------------------------------------------------ what is shown

    def _take(self, reading: ReviewedImport) -> None:
        imported = reading.imported
        self._annotations = find_annotations(imported)
        self._measures = {measure.id: measure for measure in imported.measures}
        doubts = self._review.doubts
        places = frozenset(doubt.at for doubt in doubts if doubt.at >= 0)
        self._source.show(SourceText(imported.document.text, self._annotations, places))
        self._doubts.show(doubts)
        self._show_measure(force=True)
        self._show_title()

    def _show_title(self) -> None:
        review = self._review
        left = f" 核对 {one_line(review.source.name, 40)}"
        right = f"措施 {len(self._measures)}  存疑 {len(self._doubts.doubts)}  "
        right += f"决定未存（{one_line(review.path.name, 24)}）" if review.changed else "无未存的决定"
        self.query_one("#title", Static).update(plain(f"{left}   {right}", "bold"))

    def _show_measure(self, *, force: bool = False) -> None:
        """The measure at the cursor."""
        annotation = self._source.source.annotation_at(self._offset)
        number = annotation.measure if annotation else ""
        if number == self._shown and not force:
            return
        self._shown = number
        doubts = self._doubts.doubts if number else ()
        own = [doubt for doubt in doubts if doubt.message.startswith(f"第{number}条")]
        blocks = list(measure_blocks(self._measures.get(number), own, "光标处不属于任何措施。"))
        if row := self._review.now.row(number) if number else None:
            blocks.append(Block(one_line(row.line), label="台账 "))
        self.query_one("#measure", Prose).show(blocks)
        self.query_one("#measure-body").scroll_home(animate=False)

    @property
    def _offset(self) -> int:
        """The cursor's place in the source, blanks before a word passed over."""
        return self._source.source.first_word(self._source.cursor)

    def on_resize(self) -> None:
        """The list of doubts is cut to the width."""
        if self._annotations:
            self._doubts.show(self._doubts.doubts)

    def say(self, text: str, style: str = "$text-muted") -> None:
        """Tell something on the last line."""
        said = plain(cut(" " + one_line(text, 500), max(self.size.width, 10)), style)
        self.query_one("#said", Static).update(said)

    # ------------------------------------------------------------------ moving

    @on(CursorMoved)
    def _cursor_moved(self) -> None:
        self._show_measure()

    @on(DoubtChosen)
    def _doubt_chosen(self, event: DoubtChosen) -> None:
        if event.doubt.at >= 0:
            self._source.go_to(event.doubt.at)
        self.say(doubt_words(event.doubt), "$text-warning")
        if event.opened:
            self._source.focus()

    def _step_doubt(self, by: int) -> None:
        if why := self._doubts.step(by):
            self.say(why)

    def _step_measure(self, by: int) -> None:
        starts: dict[str, int] = {}
        for part in self._annotations:
            if part.measure:
                starts.setdefault(part.measure, part.start)
        here = starts.get(self._shown, self._source.cursor)
        found = [at for at in sorted(starts.values()) if (at > here if by > 0 else at < here)]
        if found:
            self._source.go_to(found[0] if by > 0 else found[-1])
        else:
            self.say("已是最后一条" if by > 0 else "已是第一条")

    # ------------------------------------------------------------------ acts

    @property
    def situation(self) -> Situation:
        """Nothing is decided while the last decision is being read."""
        return Situation(ready=True, lacks="正在按上一个决定重读原件" if self._busy else "")

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
            ask = decisions.ASKS[name](self._standing())
        except FazhiError as error:
            self._refused(error)
            return
        if not ask.fields:
            self._decide(ask, ())
            return

        def answered(values: tuple[str, ...] | None) -> None:
            if values is not None:
                self._decide(ask, values)

        self.app.push_screen(DecisionForm(ask.title, ask.note, ask.fields, ask.check), answered)

    def _standing(self) -> Standing:
        cursor = self._source.cursor
        following = (part.measure for part in self._annotations if part.start > cursor and part.measure)
        return Standing(
            reading=self._review.now,
            keys=self.app.keys,
            offset=self._offset,
            measure=self._measures.get(self._shown),
            doubt=self._doubts.current,
            following=next(following, ""),
        )

    def _decide(self, ask: Ask, values: tuple[str, ...]) -> None:
        self._busy = True
        self.say("按这个决定重读原件")

        def done(reading: ReviewedImport) -> None:
            self._busy = False
            self._take(reading)
            self.say(f"{reading.told}；{self.app.keys.press('undo', self.place)} 收回", "$text-success")

        decision = partial(self._review.decide, lambda _imported, _corrections: ask.decide(*values))
        self.app.start(decision, done, self._refused, group="decide")

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

        said = [Block(f"决定会写进 {self._review.path}，再导入时照此办理。")]
        answers = [(SAVE, "存"), (LEAVE, "不存，退出"), (STAY, "继续核对")]
        self.app.push_screen(Question("有没有存的决定", said, answers), answered)

    def _ask_to_build(self) -> None:
        def answered(answer: str | None) -> None:
            if answer == BUILD:
                self.app.build = True
            if answer in (BUILD, LEAVE):
                self.app.exit()

        number = len(self._doubts.doubts)
        doubts = f"还有 {number} 处存疑，会列在导入报告里。" if number else "没有存疑了。"
        said = [Block(f"{len(self._measures)} 条措施写到 {self._review.into}。{doubts}")]
        answers = [(BUILD, "写入台账"), (LEAVE, "先不写，退出"), (STAY, "继续核对")]
        self.app.push_screen(Question("现在写入台账吗", said, answers), answered)
