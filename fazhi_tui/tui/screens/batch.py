"""One report for several measures: the form, the preview of all commits, progress and cancel."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static, TextArea

from fazhi_tui import workflow
from fazhi_tui.model import FazhiError, Identity, NoteKind, Status
from fazhi_tui.service import Batch, Filed, ReportRequest, View
from fazhi_tui.tui.actions import Command, bindings
from fazhi_tui.tui.messages import BatchGoing
from fazhi_tui.tui.screens.acting import Acting
from fazhi_tui.tui.screens.dialogs import Question
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.foot import HintLine
from fazhi_tui.tui.widgets.message_field import MessageField
from fazhi_tui.tui.widgets.prose import Block, Prose
from fazhi_tui.tui.words import plain
from fazhi_tui.visible import one_line

if TYPE_CHECKING:
    from fazhi_tui.tui.app import FazhiApp

#: What can be said of several measures alike: no figures, no date, no single note to correct.
KINDS = (
    NoteKind.PROGRESS,
    NoteKind.REQUEST_CLOSE,
    NoteKind.CLOSE,
    NoteKind.RETURN,
    NoteKind.URGE,
    NoteKind.INSTRUCTION,
)


class BatchScreen(Acting[Filed | FazhiError | None]):
    """What to say of all of them; the result is what was committed, or None."""

    app: FazhiApp
    place = "batch"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings("batch"))

    def __init__(self, view: View, numbers: tuple[str, ...], kind: NoteKind, identity: Identity) -> None:
        super().__init__()
        self._view = view
        self._numbers = numbers
        self._kind = kind
        self._identity = identity

    def compose(self) -> ComposeResult:
        """Which measures, what kind, one commit or several; then the message."""
        numbers = one_line("、".join(self._numbers))
        office = self._view.is_coordinator(self._identity.unit)
        kinds = [kind for kind in KINDS if office or not workflow.RULES[kind].coordinator]
        statuses = [status for status in Status if status not in (Status.PENDING_REVIEW, Status.DONE)]
        yield Static(plain(f"填报 {len(self._numbers)} 条：{numbers}", "bold"), classes="screen-title")
        with Vertical(id="report-form"):
            with Horizontal(classes="form-row"):
                yield Static("单位", classes="row-label")
                yield Static(plain(self._identity.unit))
            with Horizontal(classes="form-row"):
                yield Static("类型", classes="row-label")
                options = [(kind.value, kind.value) for kind in kinds]
                yield Choice(options, value=self._kind.value, id="batch-kind")
            with Horizontal(classes="form-row", id="batch-status-row"):
                yield Static("状态", classes="row-label")
                options = [("", "不变"), *((status.value, status.value) for status in statuses)]
                yield Choice(options, id="batch-status")
            with Horizontal(classes="form-row"):
                yield Static("提交", classes="row-label")
                yield Choice(
                    [("each", "一条一次提交"), ("together", "合为一次提交")], "each", id="batch-mode"
                )
            yield Static("内容", id="report-message-label")
            yield MessageField(
                id="report-message",
                soft_wrap=True,
                tab_behavior="focus",
                show_line_numbers=False,
                highlight_cursor_line=False,
                placeholder="每一条都写这同样的内容，如：请于月底前报送进展。",
            )
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def on_mount(self) -> None:
        """Begin in the message."""
        self._offer()
        self.query_one(MessageField).focus()

    @on(Choice.Changed, "#batch-kind")
    def _kind_changed(self, event: Choice.Changed) -> None:
        event.stop()
        self._offer()

    def _offer(self) -> None:
        """Only a progress report may write another status here; the other kinds imply theirs."""
        self.query_one("#batch-status-row").display = self.request().kind is NoteKind.PROGRESS

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        self._tell("", "")

    def request(self) -> ReportRequest:
        """The form as it stands; it names no measure."""
        kind = NoteKind(self.query_one("#batch-kind", Choice).value)
        status = self.query_one("#batch-status", Choice).value
        return ReportRequest(
            measure="",
            unit=self._identity.unit,
            message=self.query_one(MessageField).text,
            kind=kind,
            status=Status(status) if status and kind is NoteKind.PROGRESS else None,
        )

    def action_leave(self) -> None:
        """Ask before anything typed is let go."""
        if not self.query_one(MessageField).text.strip():
            self.dismiss(None)
            return
        answers = [("stay", "继续填写"), ("drop", "丢弃，离开")]
        question = Question("填写的内容还没有提交", [Block("多条填报不存草稿。")], answers)

        def answered(answer: str | None) -> None:
            if answer == "drop":
                self.dismiss(None)

        self.app.push_screen(question, answered)

    def action_preview(self) -> None:
        """Check for every measure and show all commits before any is made."""
        (self.focused or self).call_later(self._preview)

    def _preview(self) -> None:
        if self.app.screen is not self:
            return
        request = self.request()
        together = self.query_one("#batch-mode", Choice).value == "together"
        self._tell("正在检查", "$text-primary")

        def prepare() -> Batch:
            return self.app.workspace.prepare_batch(
                self._view, self._numbers, request, self._identity, together=together
            )

        def refuse(error: FazhiError) -> None:
            self._tell(f"{error.message}。{error.hint}" if error.hint else error.message, "$text-error")

        def show(batch: Batch) -> None:
            self._tell("", "")
            self.app.push_screen(BatchPreview(self._view, batch), self._ended)

        self.app.start(prepare, show, refuse, group="batch")

    def _ended(self, outcome: Filed | FazhiError | None) -> None:
        if outcome is None:
            return
        if isinstance(outcome, Filed) and not outcome.done and outcome.error is not None:
            # Nothing was committed: what was typed is still here.
            self._tell(f"{outcome.error.message}。{outcome.error.hint}", "$text-error")
            return
        self.dismiss(outcome)

    def _tell(self, text: str, style: str) -> None:
        self.query_one("#form-mistake", Static).update(plain(text, style))


class BatchPreview(Acting[Filed | FazhiError | None]):
    """Every commit that will be made and every measure it cannot be done for; Enter commits, Esc stops."""

    app: FazhiApp
    place = "preview"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings("preview"))

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
