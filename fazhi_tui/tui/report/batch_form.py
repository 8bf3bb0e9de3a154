"""One report for several measures: the form, the preview of all commits, progress and cancel."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static, TextArea

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import Batch, Filed, ReportRequest
from fazhi_tui.service.view import View
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Command
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.question import Question
from fazhi_tui.tui.messages import BatchGoing
from fazhi_tui.tui.report.draft_saver import DraftKeeper
from fazhi_tui.tui.report.message import MessagePane, Writing
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import TrackerApp

#: What can be said of several measures alike: no figures, no date, no single note to correct.
KINDS = (
    NoteKind.PROGRESS,
    NoteKind.REQUEST_CLOSE,
    NoteKind.CLOSE,
    NoteKind.RETURN,
    NoteKind.URGE,
    NoteKind.INSTRUCTION,
)


PLACEHOLDER = "每一条都写这同样的内容，如：请于月底前报送进展。F6 选模板，F7 用编辑器写。"


class BatchScreen(Writing[Filed | FazhiError | None]):
    """What to say of all of them; the result is what was committed, or None."""

    place = "batch"
    BINDINGS: ClassVar[list[BindingType]] = bindings("batch")
    CSS = """
    BatchScreen #report-offer-about { width: 1fr; height: 1; color: $text-muted; text-wrap: nowrap; }
    """

    def __init__(
        self,
        view: View,
        numbers: tuple[str, ...],
        kind: NoteKind,
        identity: Identity,
        draft: Draft | None = None,
    ) -> None:
        super().__init__()
        self.view = view
        self.measures = numbers
        self._identity = identity
        self._draft = draft
        pristine = ReportRequest(measure="", unit=identity.unit, message="", kind=kind)
        self._start = replace(draft.request, unit=identity.unit) if draft else pristine

    def compose(self) -> ComposeResult:
        """Which measures, what kind, one commit or several; then the message."""
        numbers = one_line("、".join(self.measures))
        office = self.view.is_coordinator(self._identity.unit)
        kinds = [kind for kind in KINDS if office or not RULES[kind].coordinator]
        statuses = [status for status in Status if status not in (Status.PENDING_REVIEW, Status.DONE)]
        if not office:
            # Suspending is that office's; the preview would refuse each of them.
            statuses.remove(Status.SUSPENDED)
        start = self._start
        yield Static(plain(f"填报 {len(self.measures)} 条：{numbers}", "bold"), classes="screen-title")
        with Vertical(id="report-form"):
            with Horizontal(classes="form-row"):
                yield Static("单位", classes="row-label")
                yield Static(plain(self._identity.unit))
            with Horizontal(classes="form-row"):
                yield Static("类型", classes="row-label")
                options = [(kind.value, kind.value) for kind in kinds]
                offered = start.kind if start.kind in kinds else kinds[0]
                yield Choice(options, value=offered.value, id="batch-kind")
            with Horizontal(classes="form-row", id="batch-about-row"):
                yield Static("", classes="row-label")
                yield Static("", id="report-offer-about", markup=False)
            with Horizontal(classes="form-row", id="batch-status-row"):
                yield Static("状态", classes="row-label")
                options = [("", "不变"), *((status.value, status.value) for status in statuses)]
                value = start.status.value if start.status in statuses else ""
                yield Choice(options, value=value, id="batch-status")
            with Horizontal(classes="form-row"):
                yield Static("提交", classes="row-label")
                together = self._draft is not None and self._draft.together
                yield Choice(
                    [("each", "一条一次提交"), ("together", "合为一次提交")],
                    "together" if together else "each",
                    id="batch-mode",
                )
            yield Static("内容", id="report-message-label")
            yield MessagePane(start.message, PLACEHOLDER)
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def on_mount(self) -> None:
        """Begin in the message."""
        self.keeper = DraftKeeper(self.app, self.app.workspace.drafts, self.measures, several=True)
        self.keeper.begin_with(self._draft)
        self.app.form = self
        self._offer()
        self.pane.field.move_cursor(self.pane.field.document.end)
        self.pane.field.focus()

    def on_unmount(self) -> None:
        """Closed: nothing is kept from here any more."""
        if self.app.form is self:
            self.app.form = None

    def take_view(self, view: View) -> None:
        """The files were read anew: the preview checks against what they hold now."""
        self.view = view

    def _offer(self) -> None:
        """Only a progress report may write another status here; the other kinds imply theirs."""
        kind = self.request().kind
        self.query_one("#batch-status-row").display = kind is NoteKind.PROGRESS
        said = "延期、更正一次报一条"
        office = self.view.is_coordinator(self._identity.unit)
        about = said if office else f"{said}；办结、退回、催办、批示由统筹单位作出"
        self.query_one("#report-offer-about", Static).update(plain(about))

    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        if event.control is not None and event.control.id == "batch-kind":
            self._offer()
        self.pane.refresh_layout()
        self.tell("")
        self.keep()

    def request(self) -> ReportRequest:
        """The form as it stands; it names no measure."""
        kind = NoteKind(self.query_one("#batch-kind", Choice).value)
        status = self.query_one("#batch-status", Choice).value
        return ReportRequest(
            measure="",
            unit=self._identity.unit,
            message=self.pane.field.text,
            kind=kind,
            status=Status(status) if status and kind is NoteKind.PROGRESS else None,
        )

    def draft(self) -> Draft | None:
        """What is kept; nothing where nothing was written."""
        together = self.query_one("#batch-mode", Choice).value == "together"
        draft = Draft(self.request(), self.measures, several=True, together=together)
        return draft if draft.request.message.strip() else None

    def facts(self) -> tuple[NoteKind, str, str, str]:
        """Kind and unit; items and periods are not asked for here."""
        return self.request().kind, self.view.index.canonical(self._identity.unit), "", ""

    def explanation(self) -> str:
        """Which measures, what kind."""
        numbers = one_line("、".join(self.measures))
        return (
            f"填报 {len(self.measures)} 条：{numbers}\n类型：{self.request().kind}\n\n{super().explanation()}"
        )

    def action_leave(self) -> None:
        """Ask before anything typed is let go."""
        if self.pane.field.text == self._start.message or not self.pane.field.text.strip():
            self.keep_and(lambda: self.dismiss(None))
            return
        answers = [("keep", "存为草稿，离开"), ("drop", "丢弃，离开"), ("stay", "继续填写")]
        question = Question(
            "填写的内容还没有提交", [Block("存为草稿的，下次对同样这几条填报时接着写。")], answers
        )

        def answered(answer: str | None) -> None:
            if answer == "keep":
                self.keep_and(lambda: self.dismiss(None))
            elif answer == "drop":
                self.keeper.keep(None)
                self.keeper.and_then(lambda: self.dismiss(None))

        self.app.push_screen(question, answered)

    def action_preview(self) -> None:
        """Check for every measure and show all commits before any is made."""
        (self.focused or self).call_later(self._preview)

    def _preview(self) -> None:
        if self.app.screen is not self:
            return
        request = self.request()
        together = self.query_one("#batch-mode", Choice).value == "together"
        self.tell("正在检查", "$text-primary")

        def prepare() -> Batch:
            return self.app.workspace.prepare_batch(
                self.view, self.measures, request, self._identity, together=together
            )

        def show(batch: Batch) -> None:
            self.tell("")
            self.app.push_screen(BatchPreview(self.view, batch), self._ended)

        self.app.start(prepare, show, self.tell_error, group="batch")

    def _ended(self, outcome: Filed | FazhiError | None) -> None:
        if outcome is None:
            return
        if isinstance(outcome, Filed) and not outcome.done and outcome.error is not None:
            # Nothing was committed: what was typed is still here.
            self.tell_error(outcome.error)
            return
        if isinstance(outcome, Filed) and not outcome.left:
            self.keeper.keep(None)
        # Where some are left, the draft waits for them.
        self.keeper.and_then(lambda: self.dismiss(outcome))


class BatchPreview(ActionScreen[Filed | FazhiError | None]):
    """Every commit that will be made and every measure it cannot be done for; Enter commits, Esc stops."""

    app: TrackerApp
    place = "preview"
    BINDINGS: ClassVar[list[BindingType]] = bindings("preview")

    def __init__(self, view: View, batch: Batch) -> None:
        super().__init__()
        self._view = view
        self._batch = batch
        self._committing = False
        self._halt = Event()

    def compose(self) -> ComposeResult:
        """How many, what is refused, then each commit."""
        commits = len(self._batch.actions)
        notes = sum(len(action.notes) for action in self._batch.actions)
        title = f"预览：{notes} 条填报，{commits} 次提交"
        yield Static(plain(title, "bold"), classes="screen-title")
        with VerticalScroll(id="preview-body"):
            yield Prose(self._blocks(), id="preview-prose")
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def hint_name(self, command: Command) -> str:
        """All of them are committed."""
        return "全部提交" if command.id == "commit" else command.name

    def _blocks(self) -> list[Block]:
        blocks: list[Block] = []
        for number, error in self._batch.refused:
            text = f"第 {number} 条：{error.message}"
            blocks.append(Block(text, "$text-warning", label="不能  ", label_style="bold $text-warning"))
        if blocks:
            blocks.append(Block())
        for action in self._batch.actions:
            blocks.append(Block(action.subject, "bold $text-primary", label="提交  "))
            blocks += [Block(said, "$text-warning", label="  提醒  ") for said in action.warnings]
            for note in action.notes:
                title = self._view.row(note.measure).measure.display_title
                blocks.append(Block(f"第 {note.measure} 条 {one_line(title)}", label="  "))
                blocks.append(Block(note.path, "$text-muted", label="    "))
        first = self._batch.actions[0]
        blocks += [Block(), Block("第一次提交的说明", "bold $text-primary")]
        blocks += [Block(line, label="  ") for line in first.message.rstrip("\n").split("\n")]
        return blocks

    def action_back(self) -> None:
        """Back; while commits are being made: stop after the one under way."""
        if self._committing:
            self._halt.set()
            self._tell("做完手上这一次就停下")
        else:
            self.dismiss(None)

    def action_commit(self) -> None:
        """Commit one after the other in a worker, telling how far it is."""
        if self._committing:
            return
        self._committing = True
        actions = self._batch.actions
        self._tell(f"正在提交 1/{len(actions)}，Esc 停下")

        def going(done: int) -> bool:
            self.post_message(BatchGoing(done))
            return not self._halt.is_set()

        def commit() -> Filed:
            try:
                return self.app.workspace.commit_batch(actions, going)
            except FazhiError as error:
                return Filed((), actions, error)

        self.app.start(commit, self.dismiss, self.dismiss, group="commit", newest_only=False)

    def on_batch_going(self, message: BatchGoing) -> None:
        """One more is done."""
        if not self._halt.is_set():
            self._tell(f"正在提交 {message.done + 1}/{len(self._batch.actions)}，Esc 停下")

    def _tell(self, text: str) -> None:
        self.query_one("#form-mistake", Static).update(plain(text, "bold $text-primary"))
