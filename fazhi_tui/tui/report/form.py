"""The report form (s): what is allowed now, a message of several lines, a draft kept at every key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.batch import prepare_batch
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import Batch, Filed, ReportRequest, StaleError
from fazhi_tui.service.notes.templates import OfferedTemplate, filled_in, templates_for
from fazhi_tui.service.view import View
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.question import Notice, Question
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.report.conflict import StaleScreen
from fazhi_tui.tui.report.draft_saver import DraftSaver
from fazhi_tui.tui.report.evidence import EvidenceScreen
from fazhi_tui.tui.report.fields import ReportFields, SeveralFields
from fazhi_tui.tui.report.message import MessagePane
from fazhi_tui.tui.report.preview import PreviewScreen, batch_preview
from fazhi_tui.tui.report.templates import TemplateScreen
from fazhi_tui.tui.styles import error_text, plain
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.fields import FigureField
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block

#: Kind and status that a form begins with; no status: it stays as it is.
Wanted = tuple[NoteKind, Status | None]


class ReportForm(ActionScreen[Filed | None]):
    """What to say of one measure or of several; the result is what was committed, or None."""

    app: TrackerApp
    several: ClassVar[bool] = False
    #: What is said where nothing is written yet, and where the form is left.
    fields_type: ClassVar[type[ReportFields | SeveralFields]]
    fields: ReportFields | SeveralFields
    placeholder: ClassVar[str]
    leaving: ClassVar[str]

    def __init__(
        self, view: View, numbers: tuple[str, ...], identity: Identity, draft: Draft | None, wanted: Wanted
    ) -> None:
        """``wanted`` are kind and status that were chosen before, where there is no draft."""
        super().__init__()
        self.view = view
        self.measures = numbers
        self._identity = identity
        self._draft = draft
        number = "" if self.several else numbers[0]
        self._pristine = ReportRequest(number, identity.unit, "", *wanted)
        self._start = draft.request if draft else self._pristine
        if self.several:
            # The unit is one's own, whoever wrote the draft.
            self._start = replace(self._start, unit=identity.unit)
        self.fields = self.fields_type(view, numbers, self._start, draft)

    def compose(self) -> ComposeResult:
        """What it is about, the fields, the message."""
        yield Static("", id="report-title", classes="screen-title", markup=False)
        with VerticalScroll(id="report-form", can_focus=False):
            yield self.fields
            yield Static("内容", id="report-message-label")
            templates, editor = (self.app.keys.key(name, self.place) for name in ("templates", "editor"))
            yield MessagePane(
                self._start.message, f"{self.placeholder}{templates} 选模板，{editor} 用编辑器写。"
            )
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def on_mount(self) -> None:
        """Begin in the message."""
        self.app.form = self
        drafts = self.app.writer.drafts
        self._saver = DraftSaver(self.app, drafts, self.measures, several=self.several)
        self._saver.begin_with(self._draft)
        self._tell_title()
        field = self.pane.field
        field.move_cursor(field.document.end)
        field.focus()
        self.call_after_refresh(self._tell_what_fell_away)

    def on_unmount(self) -> None:
        """Closed: nothing is kept from here any more."""
        if self.app.form is self:
            self.app.form = None

    @property
    def pane(self) -> MessagePane:
        """The message and how it looks."""
        return self.query_one(MessagePane)

    # ------------------------------------------------------------------ what is told

    def take_view(self, view: View) -> None:
        """The files were read anew: offer what is allowed now, and tell if the measure has moved on."""
        self.view = view
        said, style = self.fields.take_view(view)
        self._tell_title()
        if said:
            self.tell(said, style)

    def _tell_title(self) -> None:
        self.query_one("#report-title", Static).update(plain(one_line(self.fields.title), "bold"))

    def _tell_what_fell_away(self) -> None:
        said = self.fields.what_fell_away(self._draft) if self._draft else ""
        if said:
            self.tell(said, "$text-warning")

    def tell(self, text: str, style: str = "") -> None:
        """Say something at the foot of the form."""
        self.query_one("#form-mistake", Static).update(plain(text, style))

    def tell_error(self, error: FazhiError) -> None:
        """Say what refuses, and what to do."""
        self.tell(error_text(error), "$text-error")

    # ------------------------------------------------------------------ what is typed

    def request(self) -> ReportRequest:
        """The form as it stands."""
        return self.fields.request(self.pane.field.text)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        name = (event.control.id if event.control is not None else "") or ""
        self.fields.changed(name)
        if name == "report-message":
            self.pane.refresh_layout()
        self.tell("")
        self.keep()

    @on(FigureField.Refused)
    def _refused(self, event: FigureField.Refused) -> None:
        self.tell(f"这里只能写数字：没有收下「{one_line(event.text, 20)}」", "$text-warning")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.focus_next()

    # ------------------------------------------------------------------ the draft

    def is_same(self, request: ReportRequest, other: ReportRequest) -> bool:
        """Whether nothing lies between two states of the form that is worth keeping."""
        return request == other

    def keep(self) -> None:
        """Bring the draft up to date with the form; no key waits for it."""
        request = self.request()
        self._saver.keep(
            None if self.is_same(request, self._pristine) else self.fields.draft(request), self._draft_refused
        )

    def keep_and(self, then: Callable[[], object]) -> None:
        """Save the draft, then go on: for leaving the program, or the screen, with the form open."""
        self.keep()
        self._saver.and_then(then)

    def _draft_refused(self) -> None:
        if self.is_mounted:
            self.tell("草稿存不下来（磁盘已满或没有写权限），请尽快提交，或把内容复制到别处", "$text-error")

    def _close(self, filed: Filed | None = None, *, drop: bool = False) -> None:
        """Leave when the disk has the draft, or has it no more."""
        if drop:
            self._saver.keep(None)
        self._saver.and_then(lambda: self.dismiss(filed))

    def action_leave(self) -> None:
        """Ask before anything typed is let go."""
        request = self.request()
        if self.is_same(request, self._start):
            if request != self._start:
                self.keep()
            self._close()
            return

        def answered(answer: str | None) -> None:
            if answer == "keep":
                self.keep()
            if answer in ("keep", "drop"):
                self._close(drop=answer == "drop")

        answers = [("keep", "存为草稿，离开"), ("drop", "丢弃，离开"), ("stay", "继续填写")]
        self.app.push_screen(Question("填写的内容还没有提交", [Block(self.leaving)], answers), answered)

    # ------------------------------------------------------------------ the message

    def action_templates(self) -> None:
        """Choose a template for the kind that is chosen, and put it in at the cursor."""
        unit, item, occurrence = self.fields.facts
        kind, known = self.fields.kind, {row.measure.id: row for row in self.view.rows}
        rows = [known[number] for number in self.measures if number in known]

        def chosen(found: OfferedTemplate | None) -> None:
            if found is not None:
                text = filled_in(found.template, self.view, rows, unit, item=item, occurrence=occurrence)
                self.pane.put(text)

        self.app.push_screen(TemplateScreen(templates_for(self.view, kind), kind.value), chosen)

    def action_blank(self) -> None:
        """Go to the next blank of a template."""
        if not self.pane.go_to_next_blank():
            self.tell("没有【】要填了", "$text-muted")

    def action_choices(self) -> None:
        """From the message to the kind, on to the status, and back to the message."""
        choices = map(self.fields.choice, ("kind", "status"))
        stops: list[Widget] = [choice for choice in choices if choice.region]
        self.pane.show_field()
        stops.append(self.pane.field)
        at = stops.index(self.focused) if self.focused in stops else len(stops) - 1
        stops[(at + 1) % len(stops)].focus()

    def action_markdown(self) -> None:
        """Between writing and the message laid out."""
        self.pane.turn()

    def action_editor(self) -> None:
        """Write in one's own editor; the draft is on disk before the screen is handed over."""
        # As for the preview: what was typed just before the key counts.
        (self.focused or self).call_later(self.keep_and, self._edit)

    def _edit(self) -> None:
        if self.app.screen is not self:
            return
        explanation = f"{self.fields.about}\n\n写好后存盘退出，回到表单。首行用作提交的标题。"
        said = self.pane.write_in_editor(explanation, f"{self.measures[0]}.md")
        self.keep()
        self.tell(*said)

    # ------------------------------------------------------------------ committing

    def action_preview(self) -> None:
        """Check the form and show exactly what will be written and committed."""
        # F2 is seen here before the field has read the keys typed just before it, so the field's own
        # queue is joined at its end: what was typed counts, however fast.
        (self.focused or self).call_later(self._preview)

    def _preview(self) -> None:
        if self.app.screen is not self:
            return  # F2 twice: the preview is open already.
        request = self.request()
        together = self.fields.draft(request).together
        self.tell("正在检查", "$text-primary")

        def prepare() -> Batch:
            moment = self.app.reader.repository.moment()
            return prepare_batch(
                self.view, self.measures, request, self._identity, together=together, now=moment
            )

        def show(batch: Batch) -> None:
            self.tell("")
            several = self.several
            preview = batch_preview(self.view, batch) if several else PreviewScreen(batch.actions, "预览填报")
            self.app.push_screen(preview, self._ended)

        self.app.start(prepare, show, self.tell_error, group="prepare")

    def _ended(self, filed: Filed | None) -> None:
        if filed is None:
            return
        if filed.error is not None and not filed.done:
            # Nothing was committed: what was typed is still here.
            self.take_refusal(filed.error)
        else:
            # Where some are left, the draft waits for them.
            self._close(filed, drop=not filed.left)

    def take_refusal(self, error: FazhiError) -> None:
        """Nothing was committed, and why."""
        self.tell_error(error)


class ReportScreen(ReportForm):
    """The form for one measure: with item and period, evidence, and what others filed meanwhile."""

    place = "form"
    BINDINGS = bindings("form")
    placeholder = "写进展：做了什么、到了哪一步、下一步。可以多行，可以粘贴；"
    leaving = "要怎样处理？"
    fields_type = ReportFields
    fields: ReportFields
    _folder = ""

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

    def take_refusal(self, error: FazhiError) -> None:
        """Told in a window; where the measure has moved on, both sides are shown."""
        if isinstance(error, StaleError):
            self._compare([error.message, error.hint])
            return
        self.keep()
        hint = f"{error.hint}\n" if error.hint else ""
        self.app.push_screen(Notice("没有提交", error.message, f"{hint}填写的内容还在表单里，也已存为草稿"))

    def action_compare(self) -> None:
        """What others have filed since this form was opened, beside what is written here."""
        self._compare([])

    def _compare(self, said: list[str]) -> None:
        """Read the measure anew, show both sides, and go on with what is allowed then."""
        mine = self.request()

        def show(view: View) -> None:
            # What was chosen is compared as it was; the form itself goes on with what is allowed now.
            self.take_view(view)
            news = self.fields.news()
            about = said or [f"打开表单以后有 {len(news)} 条新的填报" if news else "打开表单以后没有新的填报"]
            self.app.push_screen(StaleScreen(about, self.fields.row, news, mine))

        self.app.start(self.app.reader.load, show, group="stale")


class BatchScreen(ReportForm):
    """The form for several measures: one commit each, or one for all."""

    place = "batch"
    several = True
    fields_type = SeveralFields
    BINDINGS = bindings("batch")
    placeholder = "每一条都写这同样的内容，如：请于月底前报送进展。"
    leaving = "存为草稿的，下次对同样这几条填报时接着写。"

    def is_same(self, request: ReportRequest, other: ReportRequest) -> bool:
        """The message alone counts."""
        return request.message.strip() in ("", other.message.strip())
