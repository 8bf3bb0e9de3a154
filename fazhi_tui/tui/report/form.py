"""The report form (s): what is allowed now, a message of several lines, a draft kept at every key."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static, TextArea

from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import Action, Done, ReportRequest, StaleError
from fazhi_tui.service.view import View
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.question import Notice, Question
from fazhi_tui.tui.report.conflict import StaleScreen
from fazhi_tui.tui.report.draft_saver import DraftKeeper
from fazhi_tui.tui.report.evidence import EvidenceScreen
from fazhi_tui.tui.report.fields import ReportFields
from fazhi_tui.tui.report.message import MessagePane, Writing
from fazhi_tui.tui.report.preview import PreviewScreen
from fazhi_tui.tui.styles import light_word, plain
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.fields import FigureField
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block

PLACEHOLDER = "写进展：做了什么、到了哪一步、下一步。可以多行，可以粘贴；F6 选模板，F7 用编辑器写。"


class ReportScreen(Writing[Done | None]):
    """One report on one measure; the result is what was committed, or None."""

    place = "form"
    BINDINGS: ClassVar[list[BindingType]] = bindings("form")
    CSS = """
    ReportScreen #report-form { padding: 0 1; }
    ReportScreen #report-message-label { margin-top: 0; }
    """

    def __init__(
        self,
        view: View,
        row: Row,
        identity: Identity,
        draft: Draft | None,
        wanted: tuple[NoteKind, Status] | None = None,
    ) -> None:
        """``wanted`` are kind and status that were chosen before, where there is no draft."""
        super().__init__()
        self.view = view
        self.measures = (row.measure.id,)
        self._row = row
        self._identity = identity
        self._pristine = ReportRequest(measure=row.measure.id, unit=identity.unit, message="")
        if wanted is not None:
            kind, status = wanted
            stays = status is row.state.status
            self._pristine = replace(self._pristine, kind=kind, status=None if stays else status)
        self._draft = draft
        self._start = draft.request if draft else self._pristine
        self._folder = ""
        #: The notes that the person at this form has seen.
        self._seen = frozenset(note.id for note in row.state.notes)

    @property
    def measure(self) -> str:
        """The number of the measure reported on."""
        return self.measures[0]

    @property
    def fields(self) -> ReportFields:
        """All but the message."""
        return self.query_one(ReportFields)

    def compose(self) -> ComposeResult:
        """Who, what kind, which status, which item, how far; then the message."""
        yield Static("", id="report-title", classes="screen-title", markup=False)
        with VerticalScroll(id="report-form", can_focus=False):
            yield ReportFields(self.view, self._row, self._start)
            yield Static("内容", id="report-message-label")
            yield MessagePane(self._start.message, PLACEHOLDER)
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def on_mount(self) -> None:
        """Begin in the message."""
        self.app.form = self
        self.keeper = DraftKeeper(self.app, self.app.workspace.drafts, self.measures)
        self.keeper.begin_with(self._draft)
        self._tell_title()
        field = self.pane.field
        field.move_cursor(field.document.end)
        field.focus()
        self.call_after_refresh(self._tell_what_fell_away)

    def on_unmount(self) -> None:
        """Closed: nothing is kept from here any more."""
        if self.app.form is self:
            self.app.form = None

    # ------------------------------------------------------------------ what is offered

    def take_view(self, view: View) -> None:
        """The files were read anew: offer what is allowed now, and tell if the measure has moved on."""
        before = self._row.state
        self.view = view
        try:
            self._row = view.row(self.measure)
        except UsageError as error:
            self.tell(f"{error.message}。填写的内容都在草稿里，文件改好后再提交", "$text-error")
            return
        lost = self.fields.offer(view, self._row)
        self._tell_title()
        now = self._row.state
        said = [f"状态刚刚由{before.status}变为{now.status}"] if now.status is not before.status else []
        new = [note for note in now.notes if note not in before.notes]
        said += [f"{new[-1].unit}刚刚填报了{new[-1].kind}"] if new and not said else []
        if said:
            said += [f"原选的{'、'.join(lost)}不能用了"] if lost else []
            self.tell(f"{'；'.join(said)}。按 F5 对照，核对后再提交", "$text-warning")

    def _tell_title(self) -> None:
        state, measure = self._row.state, self._row.measure
        # Where it stands comes before the title, which may be cut at the edge.
        stands = f"{state.status} {light_word(state.light, self.view.settings.light_names)}"
        title = f"填报第 {measure.id} 条  {stands}  {measure.display_title}"
        self.query_one("#report-title", Static).update(plain(one_line(title), "bold"))

    def _tell_what_fell_away(self) -> None:
        """A draft may be older than what the measure is now: say so, and what of it is not offered."""
        draft = self._draft
        if draft is None:
            return
        now = self.request()
        lost = [f"类型{draft.request.kind}"] if now.kind is not draft.request.kind else []
        if draft.request.status is not None and now.status is not draft.request.status:
            lost.append(f"状态{draft.request.status}")
        moved = draft.seen is not None and draft.seen is not self._row.state.status
        said = [f"写草稿时状态是{draft.seen}，现在是{self._row.state.status}"] if moved else []
        said += [f"原选的{'、'.join(lost)}现在不能用"] if lost else []
        if said:
            self.tell(f"{'；'.join(said)}，请核对", "$text-warning")

    # ------------------------------------------------------------------ what is typed

    def request(self) -> ReportRequest:
        """The form as it stands."""
        return self.fields.request(self.pane.field.text)

    def draft(self) -> Draft | None:
        """What is kept; nothing where nothing was typed."""
        request = self.request()
        return None if request == self._pristine else Draft(request, self.measures, self._row.state.status)

    def facts(self) -> tuple[NoteKind, str, str, str]:
        """Kind, unit, item, period."""
        fields = self.fields
        return fields.kind, self.view.index.canonical(fields.unit), fields.item, fields.occurrence

    def explanation(self) -> str:
        """Which measure, what kind."""
        row = self._row
        return (
            f"填报 第 {row.measure.id} 条 {one_line(row.measure.display_title)}\n"
            f"类型：{self.fields.kind}    现在的状态：{row.state.status}\n\n{super().explanation()}"
        )

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        name = event.control.id if event.control is not None else ""
        if name == "report-unit":
            self.fields.offer(self.view, self._row)
        elif name == "report-kind":
            self.fields.offer_for_kind()
        elif name == "report-item":
            self.fields.item_changed()
        elif name == "report-message":
            self.pane.refresh_layout()
        self.tell("")
        self.keep()

    @on(FigureField.Refused)
    def _refused(self, event: FigureField.Refused) -> None:
        event.stop()
        self.tell(f"这里只能写数字：没有收下「{one_line(event.text, 20)}」", "$text-warning")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def action_add_evidence(self) -> None:
        """Choose a file to go with the report."""

        def chosen(found: tuple[str, str] | None) -> None:
            if found is not None:
                name, self._folder = found
                if name not in self.fields.evidence:
                    self.fields.evidence = (*self.fields.evidence, name)
                self.keep()

        self.app.push_screen(EvidenceScreen(self._folder), chosen)

    def action_drop_evidence(self) -> None:
        """Take the last chosen file away again."""
        if self.fields.evidence:
            self.fields.evidence = self.fields.evidence[:-1]
            self.keep()

    # ------------------------------------------------------------------ leaving

    def action_leave(self) -> None:
        """Ask before anything typed is let go."""
        if self.request() == self._start:
            self.keeper.and_then(lambda: self.dismiss(None))
            return
        self.app.push_screen(
            Question(
                "填写的内容还没有提交",
                [Block("要怎样处理？")],
                [("keep", "存为草稿，离开"), ("drop", "丢弃，离开"), ("stay", "继续填写")],
            ),
            self._leave_as,
        )

    def _leave_as(self, answer: str | None) -> None:
        if answer == "keep":
            self.keep_and(lambda: self.dismiss(None))
        elif answer == "drop":
            self.keeper.keep(None)
            self.keeper.and_then(lambda: self.dismiss(None))

    # ------------------------------------------------------------------ committing

    def action_preview(self) -> None:
        """Check the form and show exactly what will be written and committed."""
        # F2 is seen here before the field has read the keys typed just before it, so the field's own
        # queue is joined at its end: what was typed counts, however fast.
        (self.focused or self).call_later(self._preview)

    def _preview(self) -> None:
        if self.app.screen is not self:
            return  # F2 twice: the preview is open already.
        try:
            action = self.app.workspace.prepare_report(self.view, self.request(), self._identity)
        except FazhiError as error:
            self.tell_error(error)
            return
        self.app.push_screen(PreviewScreen(action, "预览填报"), lambda outcome: self._ended(action, outcome))

    def _ended(self, action: Action, outcome: Done | FazhiError | None) -> None:
        del action
        if isinstance(outcome, Done):
            self.keeper.keep(None)
            self.keeper.and_then(lambda: self.dismiss(outcome))
        elif isinstance(outcome, StaleError):
            self._compare([outcome.message, outcome.hint])
        elif outcome is not None:
            self.keep()
            hint = f"{outcome.hint}\n" if outcome.hint else ""
            self.app.push_screen(
                Notice("没有提交", outcome.message, f"{hint}填写的内容还在表单里，也已存为草稿")
            )

    def action_compare(self) -> None:
        """What others have filed since this form was opened, beside what is written here."""
        self._compare([])

    def _compare(self, said: list[str]) -> None:
        """Read the measure anew, show both sides, and go on with what is allowed then."""
        mine = self.request()

        def show(view: View) -> None:
            # What was chosen is compared as it was; the form itself goes on with what is allowed now.
            self.take_view(view)
            news = [note for note in self._row.state.notes if note.id not in self._seen]
            self._seen = frozenset(note.id for note in self._row.state.notes)
            about = said or [f"打开表单以后有 {len(news)} 条新的填报" if news else "打开表单以后没有新的填报"]
            self.app.push_screen(StaleScreen(about, self._row, news, mine))

        self.app.start(self.app.workspace.load, show, group="stale")
