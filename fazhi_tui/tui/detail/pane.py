"""The detail of the entry under the cursor: 原文, 进展, 历史, 变更."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fazhi_tui.domain.model.light import LightNames
from fazhi_tui.domain.model.measure import Measure
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.text import (
    broken_blocks,
    event_line,
    events_by_measure,
    measure_blocks,
    note_blocks,
)
from fazhi_tui.tui.messages import CommitOpened, TabShown
from fazhi_tui.tui.protocols import ScreenApp
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.views.entries import Entry
from fazhi_tui.tui.widgets.fixed_layout import FixedLayoutScroll
from fazhi_tui.tui.widgets.line_list import LineList
from fazhi_tui.tui.widgets.part_line import Part, PartLine
from fazhi_tui.tui.widgets.prose import Block, Prose

TABS: tuple[tuple[str, str], ...] = (
    ("text", "原文"),
    ("notes", "进展"),
    ("history", "历史"),
    ("diff", "变更"),
)

if TYPE_CHECKING:
    from fazhi_tui.service.history.commit_summary import CommitSummary


class TabLine(PartLine):
    """The names of the tabs; the one shown stands in brackets as well as in colour."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = "text"
        self.counts: dict[str, int] = {}

    def parts(self) -> Iterator[Part]:
        """``[原文]  进展 2   历史   变更``."""
        yield Content(" "), ""
        for tab, name in TABS:
            number = self.counts.get(tab)
            label = f"{name} {number}" if number else name
            shown = tab == self.shown
            text = f"[{label}] " if shown else f" {label}  "
            style = "bold $text-primary" if shown else "$text-muted"
            yield Content.styled(text, style), f"screen.show_tab('{tab}')"


class DetailBody(FixedLayoutScroll, can_focus=True):
    """Scrolls up and down; left and right change the tab."""

    BINDINGS = bindings("detail")


class HistoryList(LineList):
    """One line a commit."""

    BINDINGS = bindings("detail")


class Detail(Vertical):
    """Four tabs over one entry; each keeps its place until another entry is shown."""

    # No Protocol is an App, which Textual's property of this name gives.
    app: ScreenApp  # type: ignore[assignment]
    manual_page = "detail"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entry: Entry | None = None
        self.light_names = LightNames()
        #: All there are, withdrawn ones too: some may have come of the one shown.
        self.measures: tuple[Measure, ...] = ()
        self.tab = "text"
        #: What the filter looks for: marked in the text.
        self.words: tuple[str, ...] = ()
        self._events: dict[str, tuple[Event, ...]] | None = None
        self._history_said = ""
        self._diff: list[Block] = []
        self._places: dict[str, float] = {}

    def compose(self) -> ComposeResult:
        """Tabs, then one of two bodies."""
        yield TabLine()
        with DetailBody(id="detail-body"):
            yield Prose(id="detail-prose")
        yield HistoryList(id="history-list", markup=False)

    def on_mount(self) -> None:
        """The list of commits shows in its own tab only."""
        self.query_one("#history-list").display = False

    # ------------------------------------------------------------------ what it shows

    def show(self, entry: Entry | None) -> None:
        """Show another entry, or the same one read anew."""
        same = entry is not None and self.entry is not None and entry.key == self.entry.key
        self.entry = entry
        if not same:
            self._places.clear()
            self._diff = []
        self._fill(None if same else 0.0)

    def show_tab(self, tab: str) -> None:
        """Show another tab and tell the screen, which may have to fetch what it needs."""
        if self.tab != tab:
            self._places[self.tab] = self.query_one(DetailBody).scroll_y
            self.tab = tab
        self._fill(self._places.get(tab, 0.0))
        self.post_message(TabShown(tab))

    def step_tab(self, by: int) -> None:
        """To the next or previous tab, round the end."""
        names = [tab for tab, _ in TABS]
        self.show_tab(names[(names.index(self.tab) + by) % len(names)])

    def show_history(self, events: Sequence[Event] | None, said: str = "") -> None:
        """All commits of the tracker, newest first; None with what to say while there are none."""
        # By measure, once: a cursor that moves must not go through ten thousand commits.
        self._events = events_by_measure(events) if events is not None else None
        self._history_said = said
        if self.tab in ("history", "diff"):
            self._fill(None)

    def show_diff(self, story: CommitSummary) -> None:
        """What one commit changed."""
        from fazhi_tui.tui.detail.diff_text import summary_blocks

        measure = self.entry.row.measure if self.entry and self.entry.row else None
        self._diff = summary_blocks(story, measure)
        self._places.pop("diff", None)
        if self.tab == "diff":
            self._fill(0.0)

    def say_in_diff(self, text: str) -> None:
        """Tell something where the diff will be."""
        self._diff = [Block(text, "$text-muted")]
        if self.tab == "diff":
            self._fill(0.0)

    @property
    def has_diff(self) -> bool:
        """Whether a commit's changes have been fetched for this entry."""
        return bool(self._diff)

    @property
    def events(self) -> tuple[Event, ...]:
        """The commits of the entry shown, newest first."""
        if self._events is None or self.entry is None or self.entry.row is None:
            return ()
        return self._events.get(self.entry.row.measure.id, ())

    @property
    def highlighted_event(self) -> Event | None:
        """The commit under the cursor of the history."""
        at = self.query_one(HistoryList).highlighted
        events = self.events
        return events[at] if at is not None and at < len(events) else None

    @property
    def body(self) -> Widget:
        """The part of the tab shown that takes the focus."""
        shows_list = self.tab == "history" and bool(self.events)
        return self.query_one(HistoryList if shows_list else DetailBody)

    # ------------------------------------------------------------------ filling

    def _fill(self, place: float | None) -> None:
        """Show the tab's content, scrolled to ``place``; None leaves it where it is."""
        line = self.query_one(TabLine)
        line.shown = self.tab
        row = self.entry.row if self.entry else None
        line.counts = {"notes": len(row.state.notes)} if row else {}
        if self._events is not None and row:
            line.counts["history"] = len(self.events)
        line.refresh()
        body, listing = self.query_one(DetailBody), self.query_one(HistoryList)
        had_focus = body.has_focus or listing.has_focus
        listing.display = self.body is listing
        body.display = not listing.display
        if listing.display:
            at = listing.highlighted
            listing.set_options([Option(plain(event_line(event))) for event in self.events])
            listing.highlighted = min(at or 0, len(self.events) - 1)
        else:
            self.query_one(Prose).show(self._blocks(), self.words)
            if place:
                # The new height is known only after the layout.
                self.call_after_refresh(body.scroll_to, y=place, animate=False, force=True)
            elif place is not None and body.scroll_y:
                # The top is there whatever the height: now, or a frame would show it somewhere else.
                body.scroll_to(y=0, animate=False, force=True, immediate=True)
        if had_focus and not self.body.has_focus:
            self.body.focus()

    def _blocks(self) -> list[Block]:
        if self.entry is None:
            return [Block("没有选中措施。", "$text-muted")]
        if self.entry.row is None:
            return broken_blocks(self.entry, self.app.keys)
        if self.tab == "notes":
            return note_blocks(self.entry.row, self.app.keys)
        if self.tab == "history":
            return [Block(self._history_said or "这一条还没有提交过。", "$text-muted")]
        if self.tab == "diff":
            return self._diff or [Block("在 历史 页签选一次提交，按 Enter 看它改了什么。", "$text-muted")]
        return measure_blocks(self.entry.row, self.light_names, self.measures)

    @on(OptionList.OptionSelected, "#history-list")
    def _opened(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if event := self.highlighted_event:
            self.post_message(CommitOpened(event.commit))
