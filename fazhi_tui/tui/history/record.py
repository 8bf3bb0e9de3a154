"""The whole record (l): every commit in the domain's words, asked as ``fazhi log`` is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.history.commit_summary import commit_summary
from fazhi_tui.service.history.record_query import query_record
from fazhi_tui.service.view import View
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Situation
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.diff_text import summary_blocks
from fazhi_tui.tui.detail.text import event_line
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import error_text, plain
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.line_list import LineList
from fazhi_tui.tui.widgets.prose import Block, Prose

#: Lines of the list at a time; the next page comes when the cursor reaches the end.
PAGE = 300


class RecordScreen(ActionScreen[str | None]):
    """The result is the number of a measure to go to, or None."""

    app: TrackerApp
    place = "record"
    BINDINGS: ClassVar[list[BindingType]] = bindings("record")

    def __init__(self, view: View, events: Sequence[Event]) -> None:
        super().__init__()
        self._view = view
        self._all = tuple(events)
        self._found = self._all
        self._shown = 0

    def compose(self) -> ComposeResult:
        """The question, how many answers, the list, hints."""
        yield Static(plain("全部记录", "bold"), classes="screen-title", id="record-title")
        yield LineField(
            placeholder="单位、编号、by:单位 kind:类型 field:截止 since:2023-03 2023-01-01..2023-06-30",
            id="record-field",
            compact=True,
        )
        yield Static("", id="record-about", markup=False)
        yield LineList(id="record-list", markup=False)
        yield HintLine(self.hints(), id="hints")

    @property
    def situation(self) -> Situation:
        """Whether there is a commit in hand."""
        return Situation(
            ready=True, read_only=self.app.read_only, lacks="" if self._event is not None else "没有选中提交"
        )

    def on_mount(self) -> None:
        """All of it, the newest first."""
        self._fill()
        self._listing.focus()

    @property
    def _listing(self) -> OptionList:
        return self.query_one("#record-list", OptionList)

    @property
    def _event(self) -> Event | None:
        at = self._listing.highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def _fill(self) -> None:
        self._listing.clear_options()
        self._shown = 0
        self._more()
        if self._found:
            self._listing.highlighted = 0
        self._about(f"{len(self._found)} 次提交" if self._found else "没有记录")

    def _more(self) -> None:
        """One page more; what the list has stays as it is."""
        part = self._found[self._shown : self._shown + PAGE]
        self._listing.add_options(Option(plain(f"{event.commit[:8]}  {event_line(event)}")) for event in part)
        self._shown += len(part)

    def _about(self, text: str, style: str = "$text-muted") -> None:
        self.query_one("#record-about", Static).update(plain(one_line(text), style))

    @on(OptionList.OptionHighlighted, "#record-list")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index >= self._shown - 1 and self._shown < len(self._found):
            self._more()

    # ------------------------------------------------------------------ asking

    def action_ask(self) -> None:
        """Into the field."""
        self.query_one("#record-field").focus()

    def action_into_list(self) -> None:
        """Down from the field into the list."""
        self._listing.focus()

    @on(Input.Submitted, "#record-field")
    def _asked(self, event: Input.Submitted) -> None:
        event.stop()
        words = event.value.split()
        self._about("正在查找")

        def show(found: tuple[Event, ...]) -> None:
            self._found = found
            self._fill()
            self._listing.focus()

        view, reader = self._view, self.app.reader
        self.app.start(
            lambda: query_record(reader.repository, view, words),
            show,
            lambda error: self._about(error_text(error), "$text-error"),
            group="record",
        )

    # ------------------------------------------------------------------ one commit

    @on(OptionList.OptionSelected, "#record-list")
    def _opened(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """What the commit in hand changed."""
        if self._event is not None:
            self.app.push_screen(CommitScreen(self._event))

    def action_go(self) -> None:
        """To the measure of the commit in hand."""
        event = self._event
        number = event.measure.partition(",")[0].strip() if event else ""
        if number:
            self.dismiss(number)
        else:
            self._about("这次提交不是对一条措施的", "$text-warning")

    def action_undo(self) -> None:
        """Take this commit's report back, after a preview; refused where a later note rests on it."""
        from fazhi_tui.tui.report import flow

        event = self._event
        if event is not None:
            self.dismiss(None)
            flow.begin_undo(self.app.main, event.commit)

    def action_back(self) -> None:
        """From the field to the list; from the list back."""
        if self.query_one("#record-field").has_focus:
            self._listing.focus()
        else:
            self.dismiss(None)


class CommitScreen(ActionScreen[None]):
    """One commit: field by field, sentence by sentence, then git's own diff."""

    app: TrackerApp
    place = "commit"
    BINDINGS: ClassVar[list[BindingType]] = bindings("commit")

    def __init__(self, event: Event) -> None:
        super().__init__()
        self._event = event

    def compose(self) -> ComposeResult:
        """The title, the text, hints."""
        yield Static(plain(f"提交 {self._event.commit[:10]}", "bold"), classes="screen-title")
        with VerticalScroll(id="commit-body"):
            yield Prose([Block("正在读取")], id="commit-prose")
        yield HintLine(self.hints(), id="hints")

    def on_mount(self) -> None:
        """Ask git, in a worker."""
        prose, reader = self.query_one("#commit-prose", Prose), self.app.reader
        self.app.start(
            lambda: commit_summary(reader.repository, self._event),
            lambda story: prose.show(summary_blocks(story, None)),
            lambda error: prose.show([Block(error.message, "$text-error")]),
            group="story",
        )
        self.query_one("#commit-body").focus()

    def action_close(self) -> None:
        """Back to the record."""
        self.dismiss(None)
