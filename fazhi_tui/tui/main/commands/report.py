"""Writing: reports, marks, urging, undo, who reports, the exchange with others.

A window's module is imported when the window is first opened: the first picture needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.tui.main.commands.base import Group

if TYPE_CHECKING:
    from fazhi_tui.service.exchange.sync import Settling, Synced


class Writing(Group):
    """What changes the tracker; everything is previewed before it is done."""

    def report(self) -> None:
        """Report on the measure under the cursor."""
        from fazhi_tui.tui.report import flow

        if len(self._screen.table.marked) > 1:
            flow.begin_report(self._screen, self._screen.marked_numbers(), several=True)
        elif self._screen.row is not None:
            flow.begin_report(self._screen, (self._screen.row.measure.id,))

    def report_as(self, kind: NoteKind, status: Status) -> None:
        """Report on the measure under the cursor, kind and status as the board's card was moved."""
        from fazhi_tui.tui.report import flow

        row = self._screen.row
        why = self._screen.commands_why("report")
        if why:
            self._screen.say(f"不能填报：{why}", "bold $text-warning")
        elif row is not None:
            flow.begin_report(self._screen, (row.measure.id,), (kind, status))

    def mark(self) -> None:
        """Mark the measure under the cursor, or take its mark away."""
        self._screen.look.toggle_mark()
        self._screen.tell_marks()

    def mark_all(self) -> None:
        """Mark everything listed, or nothing."""
        self._screen.look.mark_all()
        self._screen.tell_marks()

    def urge(self) -> None:
        """Urge the marked measures, or the one under the cursor."""
        from fazhi_tui.tui.report import flow

        numbers = self._screen.marked_numbers()
        if not numbers and self._screen.row is not None:
            numbers = (self._screen.row.measure.id,)
        flow.begin_urging(self._screen, numbers)

    def undo(self) -> None:
        """Take the last report back."""
        from fazhi_tui.tui.report import flow

        flow.begin_undo(self._screen)

    def identity(self) -> None:
        """Who reports."""
        from fazhi_tui.tui.report import flow

        def ask(identity: Identity) -> None:
            flow.ask_identity(self._screen, identity, lambda _: self._screen.say("已保存到 git 配置"))

        self._app.start(self._app.workspace.identity, ask, group="identity")

    def drafts(self) -> None:
        """What was typed and not committed."""
        from fazhi_tui.tui.report import flow

        flow.open_drafts(self._screen)

    def card_on(self) -> None:
        """Carry the board's card to the next status that it may have."""
        self._carry(1)

    def card_back(self) -> None:
        """Carry the board's card to the one before."""
        self._carry(-1)

    def _carry(self, by: int) -> None:
        from fazhi_tui.tui.views.board import Board

        look = self._screen.look
        if isinstance(look, Board):
            look.action_carry(by)

    def sync(self) -> None:
        """Exchange with the server; or settle the merge that waits."""
        from fazhi_tui.tui.exchange.sync import SyncScreen

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
        from fazhi_tui.service.exchange.sync import Exchange

        def show(settling: Settling) -> None:
            from fazhi_tui.tui.exchange.merge import SettleScreen

            self._app.push_screen(SettleScreen(settling), self._settled)

        self._app.start(Exchange(self._app.workspace.root).settling, show, group="settle", telling="读取合并")

    def _settled(self, commit: str | None) -> None:
        press = self._app.keys.press("sync")
        words = f"合并已提交 {commit[:8]}，{press} 推送" if commit else "已放弃合并，回到合并以前"
        said = f"合并还没有做完，{press} 接着选定" if commit is None else words
        self._app.reload(lambda: self._screen.say(said, "bold $text-success" if commit else ""))

    def submit(self) -> None:
        """Push what is here alone as a branch for review."""
        from fazhi_tui.tui.exchange.submit import SubmitScreen

        self._app.push_screen(SubmitScreen(), lambda _: self._app.reload())
