"""The commands that read: the detail and its tabs, the record, what changed, the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.tui.detail.pane import Detail
from fazhi_tui.tui.main.panes import Panes
from fazhi_tui.tui.main.view_switcher import ViewSwitcher
from fazhi_tui.tui.protocols import MainView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fazhi_tui.domain.model.problem import Problem
    from fazhi_tui.domain.model.repository import Event
    from fazhi_tui.service.history.commit_summary import CommitSummary
    from fazhi_tui.service.view import View


@dataclass(eq=False, repr=False)
class ReadCommands:
    """What is to be seen of a measure and of the whole record."""

    _main: MainView
    _views: ViewSwitcher
    _panes: Panes
    _detail: Detail

    def missing(self) -> None:
        """Who has not reported."""
        from fazhi_tui.tui.pages.flow import open_missing

        open_missing(self._main)

    # ------------------------------------------------------------------ commits

    @property
    def _events(self) -> tuple[Event, ...]:
        """The commits that had been made at the time that is shown."""
        events, past = self._main.app.tracker.events or (), self._main.view.past
        return events if past is None else tuple(event for event in events if event.time <= past.time)

    def show_events(self, refusal: str = "") -> None:
        """Give the history to the detail, or say why there is none."""
        self._detail.show_history(None if self._main.app.tracker.events is None else self._events, refusal)

    def history(self) -> None:
        """The commits of the measure under the cursor."""
        self._detail.show_tab("history")
        if self._panes.take_turns:
            self._panes.zoom("detail")
        else:
            self._detail.body.focus()

    def tab_shown(self, tab: str) -> None:
        """Fetch what a tab of the detail needs once it is shown."""
        if tab in ("history", "diff") and self._main.app.tracker.events is None:
            self._detail.show_history(None, "正在读取历史")
            self._main.app.tracker.fetch_events(self._show_first_diff if tab == "diff" else None)
        elif tab == "diff":
            self._show_first_diff()

    def _show_first_diff(self) -> None:
        event = self._detail.highlighted_event or next(iter(self._detail.events), None)
        if event is not None and not self._detail.has_diff:
            self._show_commit(event)

    def open_commit(self, commit: str) -> None:
        """Show what one commit changed, in its tab."""
        event = next((event for event in self._main.app.tracker.events or () if event.commit == commit), None)
        if event is not None:
            self._show_commit(event)
        self._detail.show_tab("diff")
        self._detail.body.focus()

    def _show_commit(self, event: Event) -> None:
        from fazhi_tui.service.history.commit_summary import commit_summary

        detail, app = self._detail, self._main.app
        asked_for = detail.entry.key if detail.entry else ""

        def show(story: CommitSummary) -> None:
            # The cursor may have moved on while git was asked.
            if detail.entry is not None and detail.entry.key == asked_for:
                detail.show_diff(story)

        detail.say_in_diff("正在读取变更")
        refuse = lambda error: detail.say_in_diff(error.message)  # noqa: E731
        app.start(lambda: commit_summary(app.reader.repository, event), show, refuse, group="diff")

    def record(self) -> None:
        """Every commit, newest first."""
        from fazhi_tui.tui.history.record import RecordScreen

        def show() -> None:
            screen = RecordScreen(self._main.view, self._events)
            self._main.app.push_screen(screen, self._main.go_to_number)

        if self._main.app.tracker.events is None:
            self._main.app.tracker.fetch_events(show)
        else:
            show()

    # ------------------------------------------------------------------ the files, and earlier states

    def problems(self) -> None:
        """Check all files and list what is wrong."""
        from fazhi_tui.service.check import check_tracker
        from fazhi_tui.tui.pages.problems import ProblemsScreen

        def show(found: Sequence[Problem]) -> None:
            app.push_screen(ProblemsScreen(found))

        app = self._main.app
        app.start(lambda: check_tracker(app.reader.root), show, group="check", telling="检查全部文件")

    def changes(self) -> None:
        """Choose since when changes are marked."""
        from fazhi_tui.tui.history.changes import NONE, ONLY, VISIT, ChangesScreen

        app, changed = self._main.app, self._views.table.changed

        def mark(since: str | None) -> None:
            if since == ONLY:
                self._main.set_query(f"编号:{','.join(sorted(changed, key=number_key))}")
            elif since == NONE:
                app.tracker.show_changes(frozenset(), "")
            elif since is not None:
                app.tracker.mark_changes("" if since == VISIT else since)

        app.push_screen(ChangesScreen(app.reader.today, app.tracker.changed_word, len(changed)), mark)

    def time(self) -> None:
        """Look at an earlier state, or come back to now."""
        from fazhi_tui.tui.history.time_travel import PastScreen

        self._main.app.push_screen(PastScreen(self._main.view, self._main.app.reader.today), self._go_to_time)

    def _go_to_time(self, text: str | None) -> None:
        if text is None:
            return
        app, reader = self._main.app, self._main.app.reader

        def show(view: View) -> None:
            reader.at = text
            app.tracker.reload(lambda: self._main.say(view.past.said if view.past else "已回到现在"))

        # Whether it can be read at all is asked first: what is shown now stays if not.
        app.start(
            lambda: reader.load_at(text) if text else reader.load_now(),
            show,
            group="past",
            telling="读取那时的情形" if text else "回到现在",
        )
