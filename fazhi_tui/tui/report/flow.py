"""The way from a key to a commit: who reports, the draft, the form, the preview; and back by undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import Action, Filed
from fazhi_tui.service.notes.undo import prepare_undo
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.protocols import MainView
from fazhi_tui.tui.report.drafts import DraftsScreen, draft_blocks, is_gone
from fazhi_tui.tui.report.form import BatchScreen, ReportScreen, Wanted
from fazhi_tui.tui.report.identity import IdentityScreen
from fazhi_tui.tui.report.preview import PreviewScreen


def begin_report(
    screen: MainView,
    numbers: tuple[str, ...],
    wanted: Wanted = (NoteKind.PROGRESS, None),
    *,
    several: bool = False,
) -> None:
    """Ask git who reports, offer a draft if there is one, then open the form, for one measure or several."""
    _Report(screen, numbers, wanted, several).begin()


@dataclass(frozen=True)
class _Report:
    """A report on its way to the form."""

    screen: MainView
    numbers: tuple[str, ...]
    wanted: Wanted
    several: bool

    def begin(self) -> None:
        app = self.screen.app

        def fetch() -> tuple[Identity, Draft | None]:
            draft = app.writer.drafts.draft(self.numbers, several=self.several)
            return app.reader.repository.identity(), draft

        def go_on(found: tuple[Identity, Draft | None]) -> None:
            identity, draft = found
            if identity.unit and identity.name and identity.email:
                self.offer_draft(identity, draft)
            else:
                why = "git 里还没有写全本单位、姓名和邮箱，"
                ask_identity(self.screen, identity, lambda complete: self.offer_draft(complete, draft), why)

        app.start(fetch, go_on, group="report")

    def offer_draft(self, identity: Identity, draft: Draft | None) -> None:
        if draft is None:
            self.open(identity, None)
            return
        app = self.screen.app

        def answered(answer: str | None) -> None:
            if answer == "use":
                self.open(identity, draft)
            elif answer == "drop":
                app.start(
                    lambda: app.writer.drafts.forget(self.numbers, several=self.several),
                    lambda _: self.open(identity, None),
                    group="report",
                )

        answers = [("use", "接着填写"), ("drop", "丢弃草稿，重新填写"), ("stay", "返回")]
        whose = f"这 {len(draft.measures)} 条" if self.several else f"第 {self.numbers[0]} 条"
        blocks = draft_blocks(draft, self.screen.view)
        app.push_screen(Question(f"{whose}有一份没有提交的草稿", blocks, answers), answered)

    def open(self, identity: Identity, draft: Draft | None) -> None:
        form = BatchScreen if self.several else ReportScreen
        try:
            opened = form(self.screen.view, self.numbers, identity, draft, self.wanted)
        except UsageError as error:
            # Another program took the measure away while a question was open.
            self.screen.app.refused(error)
        else:
            self.screen.app.push_screen(opened, self.closed)

    def closed(self, filed: Filed | None) -> None:
        if filed is not None and self.several:
            self.tell_batch(filed)
        elif filed is not None:
            _tell(self.screen, filed)
        self.screen.app.tracker.reload()

    def tell_batch(self, filed: Filed) -> None:
        screen = self.screen
        if filed.error is not None:
            screen.app.refused(filed.error)
        if not filed.left:
            screen.clear_marks()
        notes = sum(len(done.action.notes) for done in filed.done)
        rest = f"，还有 {sum(len(action.notes) for action in filed.left)} 条没有提交" if filed.left else ""
        undo = screen.app.keys.press("undo")
        last = f"，最后一次 {filed.done[-1].commit[:8]}（{undo} 撤销）" if filed.done else ""
        screen.say(f"已提交 {notes} 条，{len(filed.done)} 次提交{rest}{last}", "bold $text-success")


def _tell(screen: MainView, filed: Filed) -> None:
    """Say that one action is in history now."""
    (done,) = filed.done
    if not done.commit:
        said = "没有改动，没有提交"
    elif done.action.undoes:
        said = f"已撤销 {done.commit[:8]} {one_line(done.action.subject)}"
    else:
        undo = screen.app.keys.press("undo")
        said = f"已提交 {done.commit[:8]}（{undo} 撤销） {one_line(done.action.subject)}"
    screen.say(said, "bold $text-success")


def begin_urging(screen: MainView, numbers: tuple[str, ...]) -> None:
    """Write one 催办 for several measures; only the coordinating office may."""
    view = screen.view
    office = view.settings.coordinator
    if not numbers:
        why = "没有选中措施"
    elif not office:
        why = "plan.yaml 没有写明统筹单位，不能催办"
    elif not view.is_coordinator(screen.app.tracker.unit):
        identity = screen.app.keys.press("identity")
        why = f"不能催办：只有统筹单位（{office}）能催办，{identity} 设置本单位"
    else:
        begin_report(screen, numbers, (NoteKind.URGE, None), several=True)
        return
    screen.say(why, "bold $text-warning")


def open_drafts(screen: MainView) -> None:
    """List what was typed and not committed, and go on with what is chosen."""
    app = screen.app

    def show(drafts: tuple[Draft, ...]) -> None:
        app.push_screen(DraftsScreen(drafts, screen.view), chosen)

    def chosen(draft: Draft | None) -> None:
        if draft is None:
            return
        if is_gone(draft, screen.view):
            _show_lost(screen, draft)
        else:
            kind = draft.request.kind if draft.several else NoteKind.PROGRESS
            begin_report(screen, draft.measures, (kind, None), several=draft.several)

    app.start(app.writer.drafts.every, show, group="drafts")


def _show_lost(screen: MainView, draft: Draft) -> None:
    """A draft that no form can be opened for: its text is there to be read and copied."""
    app = screen.app

    def answered(answer: str | None) -> None:
        if answer == "copy":
            app.copy_to_clipboard(draft.request.message)
            screen.say("已复制草稿的内容；贴不出来的，用鼠标选取，或运行 fazhi report 编号 --drop-draft 打印")
        elif answer == "drop":
            app.start(
                lambda: app.writer.drafts.forget(draft.measures, several=draft.several),
                lambda _: app.tracker.reload(),
                group="drafts",
            )

    answers = [("copy", "复制内容"), ("drop", "丢弃草稿"), ("stay", "留着，返回")]
    title = f"草稿 {one_line(draft.label)}：现在不能接着填"
    app.push_screen(Question(title, draft_blocks(draft, screen.view), answers, wide=True), answered)


def ask_identity(
    screen: MainView, identity: Identity, then: Callable[[Identity], None], why: str = ""
) -> None:
    """Ask for unit, name and email, keep them in git's configuration, then go on."""
    app = screen.app

    def save(complete: Identity | None) -> None:
        if complete is None:
            return

        def saved(_: None) -> None:
            app.tracker.unit = complete.unit
            then(complete)

        app.start(
            lambda: app.writer.save_identity(complete.unit, complete.name, complete.email),
            saved,
            group="identity",
        )

    app.push_screen(IdentityScreen(screen.view, identity, why), save)


def begin_undo(screen: MainView, commit: str | None = None) -> None:
    """Show what would be taken back, the last report or a named one; commit the undo if that is confirmed."""
    app, view = screen.app, screen.view

    def show(action: Action) -> None:
        title = "撤销这次填报" if commit else "撤销最近一次填报"
        app.push_screen(PreviewScreen([action], title, confirm="确认撤销"), ended)

    def ended(filed: Filed | None) -> None:
        if filed is None:
            return
        if filed.error is not None:
            app.refused(filed.error)
        else:
            _tell(screen, filed)
            app.tracker.reload()

    app.start(
        lambda: prepare_undo(view, app.reader.repository, commit),
        show,
        group="undo",
        telling="查找要撤销的填报",
    )
