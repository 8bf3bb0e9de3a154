"""From marked measures to one report or one 催办 for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import Filed
from fazhi_tui.service.view import View
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.report.batch_form import BatchScreen
from fazhi_tui.tui.report.drafts import draft_blocks
from fazhi_tui.tui.report.flow import ask_identity

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import MainView


def begin_urging(screen: MainView, numbers: tuple[str, ...]) -> None:
    """Write one 催办 for several measures; only the coordinating office may."""
    view = screen.view
    if view is None:
        return
    if not numbers:
        screen.say("没有选中措施", "bold $text-warning")
        return
    office = view.settings.coordinator
    if not office:
        screen.say("plan.yaml 没有写明统筹单位，不能催办", "bold $text-warning")
        return
    if not view.is_coordinator(screen.app.unit):
        screen.say(
            f"不能催办：只有统筹单位（{office}）能催办，{screen.app.keys.press('identity')} 设置本单位",
            "bold $text-warning",
        )
        return
    begin_batch(screen, numbers, NoteKind.URGE)


def begin_batch(screen: MainView, numbers: tuple[str, ...], kind: NoteKind = NoteKind.PROGRESS) -> None:
    """Ask git who reports, offer the draft for the same measures, then open the form for all of them."""
    app = screen.app

    def fetch() -> tuple[Identity, Draft | None]:
        return app.workspace.identity(), app.workspace.drafts.draft(numbers, several=True)

    def go_on(found: tuple[Identity, Draft | None]) -> None:
        identity, draft = found
        if identity.unit and identity.name and identity.email:
            _offer_draft(screen, numbers, kind, identity, draft)
        else:
            ask_identity(
                screen,
                identity,
                lambda complete: _offer_draft(screen, numbers, kind, complete, draft),
                "git 里还没有写全本单位、姓名和邮箱，",
            )

    app.start(fetch, go_on, group="report")


def _offer_draft(
    screen: MainView, numbers: tuple[str, ...], kind: NoteKind, identity: Identity, draft: Draft | None
) -> None:
    if draft is None:
        _open(screen, numbers, kind, identity, None)
        return

    def answered(answer: str | None) -> None:
        if answer == "use":
            _open(screen, numbers, kind, identity, draft)
        elif answer == "drop":
            drafts = screen.app.workspace.drafts
            screen.app.start(
                lambda: drafts.forget(numbers, several=True),
                lambda _: _open(screen, numbers, kind, identity, None),
                group="report",
            )

    answers = [("use", "接着填写"), ("drop", "丢弃草稿，重新填写"), ("stay", "返回")]
    title = f"这 {len(draft.measures)} 条有一份没有提交的草稿"
    screen.app.push_screen(Question(title, draft_blocks(draft, screen.view), answers), answered)


def _open(
    screen: MainView, numbers: tuple[str, ...], kind: NoteKind, identity: Identity, draft: Draft | None
) -> None:
    view: View | None = screen.view
    if view is None:
        return

    def closed(outcome: Filed | FazhiError | None) -> None:
        if isinstance(outcome, FazhiError):
            screen.app.refused(outcome)
        elif outcome is not None:
            _tell(screen, outcome)
        screen.app.reload()

    screen.app.push_screen(BatchScreen(view, numbers, kind, identity, draft), closed)


def _tell(screen: MainView, filed: Filed) -> None:
    notes = sum(len(done.action.notes) for done in filed.done)
    if filed.error is not None:
        screen.app.refused(filed.error)
    if not filed.left:
        screen.clear_marks()
    rest = f"，还有 {sum(len(action.notes) for action in filed.left)} 条没有提交" if filed.left else ""
    last = f"，最后一次 {filed.done[-1].commit[:8]}（按 z 撤销）" if filed.done else ""
    screen.say(f"已提交 {notes} 条，{len(filed.done)} 次提交{rest}{last}", "bold $text-success")
