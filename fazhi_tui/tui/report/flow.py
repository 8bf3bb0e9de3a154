"""The way from a key to a commit: who reports, the draft, the form, the preview; and back by undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import Action, Done
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.report.drafts import begin_drafts, draft_blocks
from fazhi_tui.tui.report.form import ReportScreen
from fazhi_tui.tui.report.identity import IdentityScreen
from fazhi_tui.tui.report.preview import PreviewScreen

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import MainView


#: Kind and status that a form begins with, where they were chosen before it was opened.
Wanted = tuple[NoteKind, Status] | None


def begin_report(screen: MainView, row: Row, wanted: Wanted = None) -> None:
    """Ask git who reports, offer a draft if there is one, then open the form."""
    app, measure = screen.app, row.measure.id

    def fetch() -> tuple[Identity, Draft | None]:
        return app.workspace.identity(), app.workspace.drafts.draft((measure,))

    def go_on(found: tuple[Identity, Draft | None]) -> None:
        identity, draft = found
        if identity.unit and identity.name and identity.email:
            _offer_draft(screen, measure, identity, draft, wanted)
        else:
            ask_identity(
                screen,
                identity,
                lambda complete: _offer_draft(screen, measure, complete, draft, wanted),
                "git 里还没有写全本单位、姓名和邮箱，",
            )

    app.start(fetch, go_on, group="report")


def open_drafts(screen: MainView) -> None:
    """List what was typed and not committed, and go on with what is chosen."""
    from fazhi_tui.tui.report.batch_flow import begin_batch

    def resume(draft: Draft) -> None:
        if draft.several:
            begin_batch(screen, draft.measures, draft.request.kind)
        elif screen.view is not None:
            begin_report(screen, screen.view.row(draft.measures[0]))

    begin_drafts(screen, resume)


def ask_identity(
    screen: MainView, identity: Identity, then: Callable[[Identity], None], why: str = ""
) -> None:
    """Ask for unit, name and email, keep them in git's configuration, then go on."""
    app = screen.app
    if screen.view is None:
        return

    def save(complete: Identity | None) -> None:
        if complete is None:
            return

        def saved(_: None) -> None:
            app.unit = complete.unit
            then(complete)

        app.start(
            lambda: app.workspace.save_identity(complete.unit, complete.name, complete.email),
            saved,
            group="identity",
        )

    app.push_screen(IdentityScreen(screen.view, identity, why), save)


def _offer_draft(
    screen: MainView, measure: str, identity: Identity, draft: Draft | None, wanted: Wanted
) -> None:
    if draft is None:
        _open_form(screen, measure, identity, None, wanted)
        return

    def answered(answer: str | None) -> None:
        if answer == "use":
            _open_form(screen, measure, identity, draft)
        elif answer == "drop":
            drafts = screen.app.workspace.drafts
            screen.app.start(
                lambda: drafts.discard(measure),
                lambda _: _open_form(screen, measure, identity, None, wanted),
                group="report",
            )

    answers = [("use", "接着填写"), ("drop", "丢弃草稿，重新填写"), ("stay", "返回")]
    title = f"第 {measure} 条有一份没有提交的草稿"
    screen.app.push_screen(Question(title, draft_blocks(draft, screen.view), answers), answered)


def _open_form(
    screen: MainView,
    measure: str,
    identity: Identity,
    draft: Draft | None,
    wanted: Wanted = None,
) -> None:
    view = screen.view
    if view is None:
        return
    try:
        row = view.row(measure)
    except UsageError as error:
        # Another program took the measure away while a question was open.
        screen.app.refused(error)
        return

    def closed(done: Done | None) -> None:
        if done is not None:
            screen.say(_said(done), "bold $text-success")
        screen.app.reload()

    screen.app.push_screen(ReportScreen(view, row, identity, draft, wanted), closed)


def _said(done: Done) -> str:
    if not done.commit:
        return "没有改动，没有提交"
    verb = "已撤销" if done.action.undoes else "已提交"
    way_back = "" if done.action.undoes else "（按 z 撤销）"
    return f"{verb} {done.commit[:8]}{way_back} {one_line(done.action.subject)}"


def begin_undo(screen: MainView, commit: str | None = None) -> None:
    """Show what would be taken back, the last report or a named one; commit the undo if that is confirmed."""
    app, view = screen.app, screen.view
    if view is None:
        return

    def show(action: Action) -> None:
        app.push_screen(PreviewScreen(action, "撤销这次填报" if commit else "撤销最近一次填报"), ended)

    def ended(outcome: Done | FazhiError | None) -> None:
        if isinstance(outcome, Done):
            screen.say(_said(outcome), "bold $text-success")
            app.reload()
        elif outcome is not None:
            app.refused(outcome)

    app.start(
        lambda: app.workspace.prepare_undo(view, commit), show, group="undo", telling="查找要撤销的填报"
    )
