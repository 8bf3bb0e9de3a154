"""Reading: the detail and its tabs, the record, what changed, the past.

A window's module is imported when the window is first opened: the first picture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.text.numbers import number_key
from fazhi_tui.tui.main.commands.base import Group

if TYPE_CHECKING:
    from fazhi_tui.service.history.commit_summary import CommitStory
    from fazhi_tui.service.view import View


class Reading(Group):
    """What is to be seen of a measure and of the whole record."""

    def missing(self) -> None:
        """Who has not reported."""
        from fazhi_tui.tui.pages import flow

        flow.open_stats(self._screen, flow.MISSING_PAGE)

    def open(self) -> None:
        """Into the detail; from there, the whole width for it; from there, back."""
        screen = self._screen
        if screen.panes.zoomed == "detail":
            screen.zoom(False)
        elif screen.one_pane or screen.detail.body.has_focus:
            screen.zoom()
        else:
            screen.detail.body.focus()

    def next_tab(self) -> None:
        """To the next tab."""
        self._screen.detail.step_tab(1)

    def previous_tab(self) -> None:
        """To the previous tab."""
        self._screen.detail.step_tab(-1)

    def next(self) -> None:
        """To the next entry."""
        self._screen.look.action_move(1)

    def previous(self) -> None:
        """To the previous entry."""
        self._screen.look.action_move(-1)

    def history(self) -> None:
        """The commits of the measure under the cursor."""
        screen = self._screen
        screen.detail.show_tab("history")
        if screen.one_pane:
            screen.zoom()
        else:
            screen.detail.body.focus()

    def show_commit(self, commit: str) -> None:
        """Fetch what one commit changed and show it."""
        events: tuple[Event, ...] = self._app.events or ()
        event = next((event for event in events if event.commit == commit), None)
        if event is None:
            return
        detail = self._screen.detail
        asked_for = detail.entry.key if detail.entry else ""

        def show(story: CommitStory) -> None:
            # The cursor may have moved on while git was asked.
            if detail.entry is not None and detail.entry.key == asked_for:
                detail.show_diff(story)

        detail.say_in_diff("正在读取变更")
        self._app.start(
            lambda: self._app.workspace.story(event),
            show,
            lambda error: detail.say_in_diff(error.message),
            group="diff",
        )

    def problems(self) -> None:
        """Check all files and list what is wrong."""
        from fazhi_tui.tui.pages.problems import ProblemsScreen

        def show(found: object) -> None:
            self._app.push_screen(ProblemsScreen(found))  # type: ignore[arg-type]

        self._app.start(self._app.workspace.check, show, group="check", telling="检查全部文件")

    def record(self) -> None:
        """Every commit, newest first."""
        if self._app.events is None:
            self._app.fetch_events(self._open_record)
        else:
            self._open_record()

    def _open_record(self) -> None:
        from fazhi_tui.tui.history.record import RecordScreen

        view = self._screen.view
        if view is not None:
            self._app.push_screen(RecordScreen(view, self._screen.shown_events), self._screen.go_to_number)

    def changes(self) -> None:
        """Choose since when changes are marked."""
        from fazhi_tui.tui.history.changes import ChangesScreen

        if self._screen.view is not None:
            changed = len(self._screen.table.changed)
            screen = ChangesScreen(self._app.workspace.today, self._app.changed_word, changed)
            self._app.push_screen(screen, self._mark_changes)

    def _mark_changes(self, since: str | None) -> None:
        from fazhi_tui.tui.history.changes import NONE, ONLY, VISIT

        if since is None:
            return
        if since == ONLY:
            numbers = sorted(self._screen.table.changed, key=number_key)
            self._screen.set_query(f"编号:{','.join(numbers)}")
        elif since == NONE:
            self._app.show_changes(frozenset(), "")
        else:
            self._app.mark_changes("" if since == VISIT else since)

    def time(self) -> None:
        """Look at an earlier state, or come back to now."""
        from fazhi_tui.tui.history.time_travel import PastScreen

        if self._screen.view is not None:
            self._app.push_screen(PastScreen(self._screen.view, self._app.workspace.today), self._go_to_time)

    def _go_to_time(self, text: str | None) -> None:
        if text is None:
            return
        workspace = self._app.workspace

        def show(view: View) -> None:
            workspace.at = text
            self._app.reload(lambda: self._screen.say(view.past.said if view.past else "已回到现在"))

        # Whether it can be read at all is asked first: what is shown now stays if not.
        self._app.start(
            lambda: workspace.load_at(text) if text else workspace.load_now(),
            show,
            group="past",
            telling="读取那时的情形" if text else "回到现在",
        )
