"""What each action of the main screen does; one method an id of the table of actions.

A window's module is imported when the window is first opened: the first picture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.model import Event, Identity
from fazhi_tui.query import quote, with_term, without_field
from fazhi_tui.tui.widgets.facets import Facets

if TYPE_CHECKING:
    from fazhi_tui.service import CommitStory, Settling, Synced, View
    from fazhi_tui.tui.app import FazhiApp
    from fazhi_tui.tui.screens.main import MainScreen
    from fazhi_tui.tui.screens.palette import Found
    from fazhi_tui.tui.screens.units import UnitChoice


class Deeds:
    """The actions, bound to the screen they act on."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    @property
    def _app(self) -> FazhiApp:
        return self._screen.app

    # ------------------------------------------------------------------ finding

    def filter(self) -> None:
        """Edit the query."""
        self._screen.edit_query()

    def units(self) -> None:
        """Choose a unit."""
        from fazhi_tui.tui.screens.units import UnitsScreen

        if self._screen.view is not None:
            self._app.push_screen(UnitsScreen(self._screen.view), self._filter_by_unit)

    def _filter_by_unit(self, choice: UnitChoice | None) -> None:
        from fazhi_tui.tui.screens.units import ROLES

        if choice is not None:
            text = self._screen.query_text
            for field, _, _ in ROLES:
                if field != choice.field:
                    text = without_field(text, field)
            self._screen.set_query(with_term(text, choice.field, choice.name).strip())

    def deadlines(self) -> None:
        """Choose a deadline."""
        from fazhi_tui.tui.screens.deadlines import DeadlinesScreen

        if self._screen.view is not None:
            screen = DeadlinesScreen(self._screen.view, self._screen.query_text)
            self._app.push_screen(screen, self._take_query)

    def sort(self) -> None:
        """Choose the order of the list."""
        from fazhi_tui.tui.screens.ordering import OrderScreen

        self._app.push_screen(OrderScreen(self._screen.order), self._screen.take_order)

    def _take_query(self, text: str | None) -> None:
        if text is not None:
            self._screen.set_query(text)

    def mine(self) -> None:
        """Only one's own unit's measures, or all again."""
        text = self._screen.query_text
        term = f"单位:{quote(self._app.unit)}"
        if term in text.split():
            self._screen.set_query(without_field(text, "单位").strip())
        else:
            self._screen.set_query(with_term(text, "单位", self._app.unit))

    def clear(self) -> None:
        """No filter."""
        self._screen.set_query("")

    def goto(self) -> None:
        """Ask for a number."""
        from fazhi_tui.tui.screens.goto import GotoScreen

        if self._screen.view is not None:
            self._app.push_screen(GotoScreen(self._screen.view), self._go_to)

    def _go_to(self, number: str | None) -> None:
        if number is not None:
            self._screen.go_to(number)

    def facets(self) -> None:
        """To the left pane, where there is one."""
        pane = self._screen.query_one(Facets)
        if pane.display:
            pane.focus()
            if pane.highlighted is None:
                pane.action_first()
        else:
            self._screen.say("窗口不足 100 列，没有分类栏；用 u、d 或 / 筛选", "$text-warning")

    # ------------------------------------------------------------------ reading

    def home(self) -> None:
        """What waits for one's own unit."""
        from fazhi_tui.tui.screens import supervising

        supervising.open_home(self._screen)

    def as_charts(self) -> None:
        """The summary."""
        from fazhi_tui.tui.screens import supervising

        supervising.open_stats(self._screen)

    def missing(self) -> None:
        """Who has not reported."""
        from fazhi_tui.tui.screens import supervising

        supervising.open_stats(self._screen, supervising.MISSING_PAGE)

    def open(self) -> None:
        """Into the detail; from there, the whole width for it; from there, back."""
        screen = self._screen
        if screen.has_class("zoomed"):
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
        self._screen.table.action_move(1)

    def previous(self) -> None:
        """To the previous entry."""
        self._screen.table.action_move(-1)

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
        from fazhi_tui.tui.screens.problems import ProblemsScreen

        self._screen.say("正在检查")

        def show(found: object) -> None:
            self._screen.say("")
            self._app.push_screen(ProblemsScreen(found))  # type: ignore[arg-type]

        self._app.start(self._app.workspace.check, show, group="check")

    # ------------------------------------------------------------------ writing

    def report(self) -> None:
        """Report on the measure under the cursor."""
        from fazhi_tui.tui.screens import reporting

        if len(self._screen.table.marked) > 1:
            from fazhi_tui.tui.screens import supervising

            supervising.begin_batch(self._screen, self._screen.marked_numbers())
            return
        row = self._screen.row
        if row is not None:
            reporting.begin_report(self._screen, row)

    def mark(self) -> None:
        """Mark the measure under the cursor, or take its mark away."""
        self._screen.table.toggle_mark()
        self._screen.tell_marks()

    def mark_all(self) -> None:
        """Mark everything listed, or nothing."""
        self._screen.table.mark_all()
        self._screen.tell_marks()

    def urge(self) -> None:
        """Urge the marked measures, or the one under the cursor."""
        from fazhi_tui.tui.screens import supervising

        numbers = self._screen.marked_numbers()
        if not numbers and self._screen.row is not None:
            numbers = (self._screen.row.measure.id,)
        supervising.begin_urging(self._screen, numbers)

    def undo(self) -> None:
        """Take the last report back."""
        from fazhi_tui.tui.screens import reporting

        reporting.begin_undo(self._screen)

    def identity(self) -> None:
        """Who reports."""
        from fazhi_tui.tui.screens import reporting

        def ask(identity: Identity) -> None:
            reporting.ask_identity(self._screen, identity, lambda _: self._screen.say("已保存到 git 配置"))

        self._app.start(self._app.workspace.identity, ask, group="identity")

    # ------------------------------------------------------------------ with others

    def sync(self) -> None:
        """Exchange with the server; or settle the merge that waits."""
        from fazhi_tui.tui.screens.syncing import SyncScreen

        repository = self._app.repository
        if repository is not None and repository.operation == "合并":
            self._settle()
        else:
            self._app.push_screen(SyncScreen(), self._synced)

    def _synced(self, synced: Synced | None) -> None:
        self._app.reload(self._app.mark_changes)
        if synced is not None and synced.conflicts:
            self._settle()

    def _settle(self) -> None:
        from fazhi_tui.service import Exchange

        def show(settling: Settling) -> None:
            from fazhi_tui.tui.screens.settling import SettleScreen

            self._app.push_screen(SettleScreen(settling), self._settled)

        self._app.start(Exchange(self._app.workspace.root).settling, show, group="settle")

    def _settled(self, commit: str | None) -> None:
        words = f"合并已提交 {commit[:8]}，按 p 推送" if commit else "已放弃合并，回到合并以前"
        said = "合并还没有做完，按 p 接着选定" if commit is None else words
        self._app.reload(lambda: self._screen.say(said, "bold $text-success" if commit else ""))

    def submit(self) -> None:
        """Push what is here alone as a branch for review."""
        from fazhi_tui.tui.screens.submitting import SubmitScreen

        self._app.push_screen(SubmitScreen(), lambda _: self._app.reload())

    def record(self) -> None:
        """Every commit, newest first."""
        if self._app.events is None:
            self._screen.say("正在读取历史")
            self._app.fetch_events(self._open_record)
        else:
            self._open_record()

    def _open_record(self) -> None:
        from fazhi_tui.tui.screens.record import RecordScreen

        view = self._screen.view
        if view is not None:
            self._screen.say("")
            self._app.push_screen(RecordScreen(view, self._screen.shown_events), self._screen.go_to_number)

    def changes(self) -> None:
        """Choose since when changes are marked."""
        from fazhi_tui.tui.screens.changes import ChangesScreen

        if self._screen.view is not None:
            changed = len(self._screen.table.changed)
            screen = ChangesScreen(self._app.workspace.today, self._app.changed_word, changed)
            self._app.push_screen(screen, self._mark_changes)

    def _mark_changes(self, since: str | None) -> None:
        from fazhi_tui.tui.screens.changes import NONE, ONLY, VISIT

        if since is None:
            return
        if since == ONLY:
            numbers = sorted(
                self._screen.table.changed, key=lambda number: [int(p) for p in number.split("-")]
            )
            self._screen.set_query(f"编号:{','.join(numbers)}")
        elif since == NONE:
            self._app.show_changes(frozenset(), "")
        else:
            self._app.mark_changes("" if since == VISIT else since)

    # ------------------------------------------------------------------ other

    def time(self) -> None:
        """Look at an earlier state, or come back to now."""
        from fazhi_tui.tui.screens.past import PastScreen

        if self._screen.view is not None:
            self._app.push_screen(PastScreen(self._screen.view), self._go_to_time)

    def _go_to_time(self, text: str | None) -> None:
        if text is None:
            return
        workspace = self._app.workspace

        def show(view: View) -> None:
            workspace.at = text
            self._app.reload(lambda: self._screen.say(view.past.said if view.past else "已回到现在"))

        # Whether it can be read at all is asked first: what is shown now stays if not.
        self._app.start(lambda: workspace.load_at(text) if text else workspace.load_now(), show, group="past")

    def members(self) -> None:
        """Count what a collective owes for its members, or no longer."""
        view, workspace = self._screen.view, self._app.workspace
        if view is None:
            return
        workspace.members = not view.members
        said = (
            "集合所担的措施现在也算作成员单位的"
            if workspace.members
            else "集合所担的措施现在不算作成员单位的"
        )
        self._app.reload(lambda: self._screen.say(said))

    def refresh(self) -> None:
        """Read everything anew."""
        self._screen.say("正在刷新")
        self._app.reload(lambda: self._screen.say("已刷新"))

    def theme(self) -> None:
        """Dark or light."""
        self._app.toggle_theme()

    def palette(self) -> None:
        """Find an action, a measure, a unit or a saved view."""
        from fazhi_tui.tui.screens.palette import Findable, PaletteScreen

        screen = PaletteScreen(self._screen.commands, self._screen.situation, Findable(self._screen.view))
        self._app.push_screen(screen, self._do_found)

    def _do_found(self, found: Found | None) -> None:
        from fazhi_tui.tui.screens.units import UnitChoice

        if found is None:
            return
        if found.kind == "command":
            self._screen.action_do(found.value)
        elif found.kind == "measure":
            self._screen.go_to(found.value)
        else:
            self._filter_by_unit(UnitChoice("牵头", found.value))

    def help(self) -> None:
        """What can be done here, and the filter language."""
        self._screen.action_help()

    def manual(self) -> None:
        """The manual for the pane in hand."""
        self._screen.action_manual()

    def quit(self) -> None:
        """Leave."""
        self._app.leave()
