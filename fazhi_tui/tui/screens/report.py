"""The report form (s): what is allowed now, a message of several lines, a draft kept all the while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from fazhi_tui import workflow
from fazhi_tui.deadlines import occurrence_labels, occurrences, parse_day_range
from fazhi_tui.model import FazhiError, Identity, NoteKind, Row, Status, UsageError
from fazhi_tui.service import Action, Done, ReportRequest, StaleError, View
from fazhi_tui.tui.actions import bindings
from fazhi_tui.tui.drafting import DraftKeeper
from fazhi_tui.tui.screens.acting import Acting
from fazhi_tui.tui.screens.dialogs import Notice, Question
from fazhi_tui.tui.screens.evidence import EvidenceScreen
from fazhi_tui.tui.screens.preview import PreviewScreen
from fazhi_tui.tui.screens.stale import StaleScreen
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.fields import LineField
from fazhi_tui.tui.widgets.foot import HintLine
from fazhi_tui.tui.widgets.message_field import MessageField
from fazhi_tui.tui.widgets.prose import Block
from fazhi_tui.tui.words import light_word, moment, plain
from fazhi_tui.visible import one_line, visible

if TYPE_CHECKING:
    from fazhi_tui.tui.app import FazhiApp

#: Seconds after the last change until the draft is on disk.
DRAFT_SECONDS = 0.4
#: How many of the last notes can be chosen to be corrected; older ones by `fazhi report --corrects`.
CORRECTABLE = 8


class ReportScreen(Acting[Done | None]):
    """One report on one measure; the result is what was committed, or None."""

    app: FazhiApp
    place = "form"
    BINDINGS: ClassVar[list[BindingType]] = list(bindings("form"))

    def __init__(
        self,
        view: View,
        row: Row,
        identity: Identity,
        draft: ReportRequest | None,
        wanted: tuple[NoteKind, Status] | None = None,
    ) -> None:
        """``wanted`` are kind and status that were chosen before, where there is no draft."""
        super().__init__()
        self._view = view
        self._row = row
        self._identity = identity
        self._pristine = ReportRequest(measure=row.measure.id, unit=identity.unit, message="")
        if wanted is not None:
            kind, status = wanted
            stays = status is row.state.status
            self._pristine = replace(self._pristine, kind=kind, status=None if stays else status)
        self._start = draft or self._pristine
        self._saved = self._start
        self._timer: Timer | None = None
        self._evidence: list[str] = list(self._start.evidence)
        self._folder = ""

    @property
    def measure(self) -> str:
        """The number of the measure reported on."""
        return self._row.measure.id

    def compose(self) -> ComposeResult:
        """Who, what kind, which status, which item, how far; then the message."""
        start = self._start
        yield Static("", id="report-title", classes="screen-title", markup=False)
        with Vertical(id="report-form"):
            with Horizontal(classes="form-row"):
                yield Static("单位", classes="row-label")
                yield LineField(visible(start.unit), id="report-unit", compact=True)
                yield Static("", id="report-unit-about", markup=False)
            with Horizontal(classes="form-row"):
                yield Static("类型", classes="row-label")
                yield Choice(value=start.kind.value, id="report-kind")
            with Horizontal(classes="form-row"):
                yield Static("状态", classes="row-label")
                yield Choice(value=start.status.value if start.status else "", id="report-status")
            with Horizontal(classes="form-row", id="report-item-row"):
                yield Static("事项", classes="row-label")
                yield Choice(self._items(), value=start.item or "", id="report-item")
            with Horizontal(classes="form-row", id="report-occurrence-row"):
                yield Static("期", classes="row-label")
                yield Choice(value=start.occurrence or "", id="report-occurrence")
            with Horizontal(classes="form-row", id="report-until-row"):
                yield Static("延至", classes="row-label")
                until = start.new_due.isoformat() if start.new_due else ""
                yield LineField(until, id="report-until", placeholder="2023-06-30", compact=True)
                yield Static("", id="report-until-about", markup=False)
            with Horizontal(classes="form-row", id="report-corrects-row"):
                yield Static("更正", classes="row-label")
                yield Choice(value=start.corrects or "", id="report-corrects")
            with Horizontal(classes="form-row"):
                yield Static("进度", classes="row-label")
                yield LineField(
                    _figure(start.progress), id="report-progress", restrict=r"\d*", max_length=3, compact=True
                )
                yield Static("%", classes="row-unit")
                yield Static("数量", classes="row-label")
                yield LineField(
                    _figure(start.quantity), id="report-quantity", restrict=r"\d*", max_length=9, compact=True
                )
                yield Static("", id="report-item-about", markup=False)
            with Horizontal(classes="form-row"):
                yield Static("佐证", classes="row-label")
                yield Static("", id="report-evidence", markup=False)
            yield Static("内容", id="report-message-label")
            yield MessageField(
                visible(start.message),
                id="report-message",
                soft_wrap=True,
                tab_behavior="focus",
                show_line_numbers=False,
                highlight_cursor_line=False,
                placeholder="写进展：做了什么、到了哪一步、下一步。可以多行，可以粘贴。",
            )
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def on_mount(self) -> None:
        """Offer what is allowed, and begin in the message."""
        self.app.form = self
        self._keeper = DraftKeeper(self.app.workspace, self.measure)
        self._keeper.keep(None if self._start == self._pristine else self._start)
        self._offer()
        self.query_one("#report-item-row").display = bool(self._row.measure.items)
        self._tell_item()
        self.query_one(MessageField).move_cursor(self.query_one(MessageField).document.end)
        self.query_one(MessageField).focus()

    def on_unmount(self) -> None:
        """Closed: nothing is kept from here any more."""
        if self.app.form is self:
            self.app.form = None

    # ------------------------------------------------------------------ what is offered

    def take_view(self, view: View) -> None:
        """The files were read anew: offer what is allowed now, and tell if the measure has moved on."""
        before = self._row.state.status
        self._view = view
        try:
            self._row = view.row(self.measure)
        except UsageError as error:
            self._tell(f"{error.message}。{error.hint}", "$text-error")
            return
        self._offer()
        if self._row.state.status is not before:
            self._tell(f"状态刚刚由{before}变为{self._row.state.status}，请核对后再提交", "$text-warning")

    def _items(self) -> list[tuple[str, str]]:
        return [("", "整条措施"), *((item.id, item.id) for item in self._row.measure.items)]

    def _offer(self) -> None:
        state, measure = self._row.state, self._row.measure
        # Where it stands comes before the title, which may be cut at the edge.
        stands = f"{state.status} {light_word(state.light, self._view.settings.light_names)}"
        title = f"填报第 {measure.id} 条  {stands}  {measure.display_title}"
        self.query_one("#report-title", Static).update(plain(one_line(title), "bold"))
        office = self._is_coordinator()
        kinds = [
            kind
            for kind in workflow.allowed_kinds(state.status, is_coordinator=office)
            # Nothing can be corrected where nothing has been filed.
            if kind is not NoteKind.CORRECTION or state.notes
        ]
        self.query_one("#report-kind", Choice).offer([(kind.value, kind.value) for kind in kinds])
        self._offer_statuses()
        self._offer_corrected()
        self._offer_occurrences()
        self._tell_unit()
        self._tell_evidence()

    def _kind(self) -> NoteKind:
        kind = self.query_one("#report-kind", Choice).value
        return NoteKind(kind) if kind else NoteKind.PROGRESS

    def _offer_corrected(self) -> None:
        """The last notes of the measure, where one is to be corrected; else nothing is asked."""
        kind = self._kind()
        self.query_one("#report-corrects-row").display = kind is NoteKind.CORRECTION
        self.query_one("#report-until-row").display = workflow.RULES[kind].new_date
        notes = self._row.state.notes[-CORRECTABLE:]
        options = [
            (note.id, one_line(f"{moment(note.time)} {note.unit} {note.kind} {note.first_line}", 60))
            for note in reversed(notes)
        ]
        self.query_one("#report-corrects", Choice).offer(options)

    def _offer_occurrences(self) -> None:
        """The periods of the chosen item that have begun, the newest first; else nothing is asked."""
        plan = self._view.tracker.plan
        chosen = self.query_one("#report-item", Choice).value or None
        labels = occurrence_labels(self._row.measure, chosen, plan)
        item = next((one for one in self._row.measure.items if chosen in (one.id, None)), None)
        begun = (
            [one.label for one in occurrences(item, plan) if one.start <= self._view.today] if item else []
        )
        self.query_one("#report-occurrence-row").display = bool(labels)
        options = [(label, label) for label in reversed(begun) if label in labels]
        self.query_one("#report-occurrence", Choice).offer([("", "按填报之日"), *options])

    def _tell_evidence(self) -> None:
        names = "、".join(name.rpartition("/")[2] for name in self._evidence)
        said = f"{len(self._evidence)} 份：{names}（F4 去掉最后一份）" if names else "没有（F3 添加）"
        self.query_one("#report-evidence", Static).update(
            plain(one_line(said), "" if names else "$text-muted")
        )

    def _offer_statuses(self) -> None:
        before = self._row.state.status
        kind = self.query_one("#report-kind", Choice).value
        allowed = (
            workflow.allowed_statuses(NoteKind(kind), before, is_coordinator=self._is_coordinator())
            if kind
            else ()
        )
        options = [("", f"不变（{before}）")] if before in allowed or not allowed else []
        options += [(status.value, status.value) for status in allowed if status is not before]
        self.query_one("#report-status", Choice).offer(options)

    def _is_coordinator(self) -> bool:
        unit = self._view.index.canonical(self.query_one("#report-unit", LineField).value.strip())
        return workflow.is_coordinator(unit, self._view.tracker.plan)

    def _tell_unit(self) -> None:
        typed = self.query_one("#report-unit", LineField).value.strip()
        known = self._view.index.get(typed)
        if known is not None:
            said = "" if known.name == typed else known.name
        else:
            found = [unit.name for unit in self._view.index.search(typed)[:3]] if typed else []
            said = "、".join(found) or ("没有这个单位" if typed else "要填")
        self.query_one("#report-unit-about", Static).update(plain(said, "$text-muted"))

    def _tell_item(self) -> None:
        chosen = self.query_one("#report-item", Choice).value
        item = next((item for item in self._row.measure.items if item.id == chosen), None)
        unit = (item.measure_word or "") if item else ""
        said = f"{unit}  {item.content}" if item else ""
        self.query_one("#report-item-about", Static).update(plain(one_line(said), "$text-muted"))

    # ------------------------------------------------------------------ what is typed

    def request(self) -> ReportRequest:
        """The form as it stands."""
        status = self.query_one("#report-status", Choice).value
        progress = self.query_one("#report-progress", LineField).value
        quantity = self.query_one("#report-quantity", LineField).value
        kind = self.query_one("#report-kind", Choice).value
        return ReportRequest(
            measure=self.measure,
            unit=self.query_one("#report-unit", LineField).value.strip(),
            message=self.query_one(MessageField).text,
            kind=NoteKind(kind) if kind else NoteKind.PROGRESS,
            status=Status(status) if status else None,
            item=self.query_one("#report-item", Choice).value or None,
            progress=int(progress) if progress else None,
            quantity=int(quantity) if quantity else None,
            evidence=tuple(self._evidence),
            occurrence=(self._shown("#report-occurrence") or None),
            new_due=self._until(),
            corrects=(self._shown("#report-corrects") or None),
        )

    def _shown(self, name: str) -> str:
        """What a choice says where its row is asked for now."""
        row = self.query_one(f"{name}-row")
        return self.query_one(name, Choice).value if row.display else ""

    def _until(self) -> date | None:
        """The date typed; None where none is asked for or it is none yet (told beside the field)."""
        if not self.query_one("#report-until-row").display:
            return None
        typed = self.query_one("#report-until", LineField).value.strip()
        about = self.query_one("#report-until-about", Static)
        about.update("")
        if not typed:
            return None
        try:
            found = parse_day_range(typed, self._view.today)
        except UsageError as error:
            about.update(plain(error.message, "$text-warning"))
            return None
        if found.start != found.end:
            about.update(plain("写到某一天，如 2023-06-30", "$text-warning"))
            return None
        return found.start

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        control = event.control
        if control is not None and control.id == "report-unit":
            self._offer()
        elif control is not None and control.id == "report-kind":
            self._offer_statuses()
            self._offer_corrected()
        elif control is not None and control.id == "report-item":
            self._tell_item()
            self._offer_occurrences()
        self._tell("", "")
        self._keep()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def _keep(self) -> None:
        request = self.request()
        self._keeper.keep(None if request == self._pristine else request)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DRAFT_SECONDS, self._flush)

    def _flush(self, then: Callable[[], object] | None = None) -> None:
        if self._timer is not None:
            self._timer.stop()
        done = then or (lambda: None)
        self.app.start(self._keeper.flush, lambda _: done(), group="draft", newest_only=False)

    def action_add_evidence(self) -> None:
        """Choose a file to go with the report."""

        def chosen(found: tuple[str, str] | None) -> None:
            if found is not None:
                name, self._folder = found
                if name not in self._evidence:
                    self._evidence.append(name)
                self._tell_evidence()
                self._keep()

        self.app.push_screen(EvidenceScreen(self._folder), chosen)

    def action_drop_evidence(self) -> None:
        """Take the last chosen file away again."""
        if self._evidence:
            self._evidence.pop()
            self._tell_evidence()
            self._keep()

    # ------------------------------------------------------------------ leaving

    def action_leave(self) -> None:
        """Ask before anything typed is let go."""
        if self.request() == self._start:
            self._flush()
            self.dismiss(None)
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
            self._keeper.keep(self.request())
        elif answer == "drop":
            self._keeper.keep(None)
        else:
            return
        self._flush(lambda: self.dismiss(None))

    def keep_and(self, then: Callable[[], object]) -> None:
        """Save the draft at once, then go on: for leaving the program with the form open."""
        request = self.request()
        self._keeper.keep(None if request == self._pristine else request)
        self._flush(then)

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
            action = self.app.workspace.prepare_report(self._view, self.request(), self._identity)
        except FazhiError as error:
            self._tell(f"{error.message}。{error.hint}" if error.hint else error.message, "$text-error")
            return
        self.app.push_screen(PreviewScreen(action, "预览填报"), lambda outcome: self._ended(action, outcome))

    def _ended(self, action: Action, outcome: Done | FazhiError | None) -> None:
        if isinstance(outcome, Done):
            self._keeper.keep(None)
            self._flush()
            self.dismiss(outcome)
        elif isinstance(outcome, StaleError):
            self._show_both(action, outcome)
        elif outcome is not None:
            self._keeper.keep(self.request())
            self._flush()
            hint = f"{outcome.hint}\n" if outcome.hint else ""
            self.app.push_screen(
                Notice("没有提交", outcome.message, f"{hint}填写的内容还在表单里，也已存为草稿")
            )

    def _show_both(self, action: Action, error: StaleError) -> None:
        def show(view: View) -> None:
            self.take_view(view)
            self.app.push_screen(StaleScreen(error, self._row, action))

        self.app.start(self.app.workspace.load, show, group="stale")

    def _tell(self, text: str, style: str) -> None:
        self.query_one("#form-mistake", Static).update(plain(text, style))


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)
