"""The commands that change the tracker: reports, marks, urging, undo, and the exchange with others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.tui.main.view_switcher import ViewSwitcher
from fazhi_tui.tui.protocols import MainView

if TYPE_CHECKING:
    from fazhi_tui.service.exchange.sync import Settling, Synced


@dataclass(eq=False, repr=False)
class ReportCommands:
    """Reports, marks, urging, undo and exchange; each is previewed before it is done."""

    _main: MainView
    _views: ViewSwitcher

    def report(self) -> None:
        """Report on the marked measures, or the one under the cursor."""
        from fazhi_tui.tui.report import flow

        row = self._main.row
        if len(self._views.table.marked) > 1:
            flow.begin_report(self._main, self._views.marked_numbers, several=True)
        elif row is not None:
            flow.begin_report(self._main, (row.measure.id,))

    def report_as(self, kind: NoteKind, status: Status) -> None:
        """Report on the measure under the cursor, kind and status as the board's card was moved."""
        from fazhi_tui.tui.report import flow

        row = self._main.row
        why = self._main.why_not("report")
        if why:
            self._main.say(f"不能填报：{why}", "bold $text-warning")
        elif row is not None:
            stays = status is row.state.status
            flow.begin_report(self._main, (row.measure.id,), (kind, None if stays else status))

    def mark(self) -> None:
        """Mark the measure under the cursor, or take its mark away."""
        self._views.shown.toggle_mark()
        self._views.tell_marks()

    def mark_all(self) -> None:
        """Mark everything listed, or nothing."""
        self._views.shown.mark_all()
        self._views.tell_marks()

    def urge(self) -> None:
        """Urge the marked measures, or the one under the cursor."""
        from fazhi_tui.tui.report import flow

        here = (self._main.row.measure.id,) if self._main.row else ()
        flow.begin_urging(self._main, self._views.marked_numbers or here)

    def undo(self) -> None:
        """Take the last report back."""
        from fazhi_tui.tui.report import flow

        flow.begin_undo(self._main)

    def identity(self) -> None:
        """Who reports."""
        from fazhi_tui.tui.report import flow

        def ask(identity: Identity) -> None:
            flow.ask_identity(self._main, identity, lambda _: self._main.say("已保存到 git 配置"))

        self._main.app.start(lambda: self._main.app.reader.repository.identity(), ask, group="identity")

    def drafts(self) -> None:
        """What was typed and not committed."""
        from fazhi_tui.tui.report import flow

        flow.open_drafts(self._main)

    # ------------------------------------------------------------------ the exchange with others

    def sync(self) -> None:
        """Exchange with the server; or settle the merge that waits."""
        from fazhi_tui.tui.exchange.sync import SyncScreen

        repository = self._main.app.tracker.repository
        if repository is not None and repository.operation == "合并":
            self._settle()
        else:
            self._main.app.push_screen(SyncScreen(), self._synced)

    def _synced(self, synced: Synced | None) -> None:
        self._main.app.tracker.reload(self._main.app.tracker.mark_changes)
        if synced is not None and synced.conflicts:
            self._settle()

    def _settle(self) -> None:
        from fazhi_tui.tui.exchange.merge import MergeScreen

        def show(settling: Settling) -> None:
            app.push_screen(MergeScreen(settling), self._settled)

        app = self._main.app
        app.start(app.exchange().settling, show, group="settle", telling="读取合并")

    def _settled(self, commit: str | None) -> None:
        press = self._main.app.keys.press("sync")
        if commit is None:
            said = f"合并还没有做完，{press} 接着选定"
        elif commit:
            said = f"合并已提交 {commit[:8]}，{press} 推送"
        else:
            said = "已放弃合并，回到合并以前"
        self._main.app.tracker.reload(lambda: self._main.say(said, "bold $text-success" if commit else ""))

    def submit(self) -> None:
        """Push what is here alone as a branch for review."""
        from fazhi_tui.tui.exchange.submit import SubmitScreen

        self._main.app.push_screen(SubmitScreen(), lambda _: self._main.app.tracker.reload())
