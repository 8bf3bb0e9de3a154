"""The fields of the report form but for the message: what is allowed now is offered, the rest explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from fazhi_tui.domain.deadlines.dates import parse_day_range
from fazhi_tui.domain.deadlines.obligations import occurrence_labels
from fazhi_tui.domain.deadlines.occurrences import occurrences
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.domain.workflow.kinds import RULES, allowed_kinds, allowed_statuses
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.view import View
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import light_word, moment, plain
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.fields import FigureField, LineField

#: How many of the last notes can be chosen to be corrected; older ones by `fazhi report --corrects`.
CORRECTABLE = 8
#: The kinds that can be reported for several measures: no figures, no date, no single note to correct.
SEVERAL_KINDS = (
    NoteKind.PROGRESS,
    NoteKind.REQUEST_CLOSE,
    NoteKind.CLOSE,
    NoteKind.RETURN,
    NoteKind.URGE,
    NoteKind.INSTRUCTION,
)
#: What an input method puts behind a name, or in place of the signs in a date.
_AROUND = " \u3000，,、；;。."
_DATE_SIGNS = str.maketrans({"。": ".", "—": "-", "–": "-", "－": "-"})


def form_row(label: str, *fields: Widget, id: str | None = None) -> Horizontal:
    """A line of a form."""
    return Horizontal(Static(label, classes="row-label"), *fields, classes="form-row", id=id)


def remark(id: str) -> Static:
    """A place beside a field for what is to be told of it."""
    return Static("", id=id, markup=False)


class FormFields(Vertical):
    """What the fields of the form for one measure and of that for several have in common."""

    app: TrackerApp  # type: ignore[assignment]
    #: How the ids of its choices begin.
    prefix = "report"

    def __init__(self, view: View, start: ReportRequest) -> None:
        super().__init__()
        self.view = view
        self.start = start

    @property
    def kind(self) -> NoteKind:
        """The kind that is chosen."""
        return NoteKind(self.choice("kind").value or NoteKind.PROGRESS)

    def take_view(self, view: View) -> tuple[str, str]:
        """Offer what is allowed in what was read anew; what is to be told of it, and in which style."""
        self.view = view
        return "", ""

    def what_fell_away(self, draft: Draft) -> str:
        """What of a draft is not as it was, to be told; empty where nothing is."""
        del draft
        return ""

    def choice(self, name: str) -> Choice:
        """The choice of this name."""
        return self.query_one(f"#{self.prefix}-{name}", Choice)

    def tell(self, name: str, text: str, style: str = "") -> None:
        """Tell something beside a field."""
        self.query_one(f"#report-{name}", Static).update(plain(one_line(text), style))

    def key(self, name: str) -> str:
        """The key that does one of the form's actions."""
        return self.app.keys.key(name, "form")


class ReportFields(FormFields):
    """Who, what kind, which status, which item, how far: of one measure."""

    #: The files that go with the report.
    evidence: reactive[tuple[str, ...]] = reactive((), repaint=False, init=False)

    def __init__(self, view: View, numbers: Sequence[str], start: ReportRequest, draft: Draft | None) -> None:
        """Raises :class:`UsageError` where there is no such measure."""
        del draft
        super().__init__(view, start)
        (number,) = numbers
        self.row = view.row(number)
        self.set_reactive(ReportFields.evidence, start.evidence)
        #: The notes that the person at this form has seen.
        self._seen = self.row.state.notes

    def compose(self) -> ComposeResult:
        """A row each; those that are not asked for now are hidden."""
        start = self.start
        until = start.new_due.isoformat() if start.new_due else ""
        unit = LineField(visible(start.unit), id="report-unit", compact=True)
        yield form_row("单位", unit, remark("report-unit-about"))
        yield form_row("类型", Choice(value=start.kind.value, id="report-kind"))
        yield form_row("状态", Choice(value=start.status.value if start.status else "", id="report-status"))
        yield form_row("", remark("report-offer-about"), id="report-offer-row")
        items = [("", "整条措施"), *((item.id, item.id) for item in self.row.measure.items)]
        item = Choice(items, value=start.item or "", id="report-item")
        yield form_row("事项", item, id="report-item-row")
        occurrence = Choice(value=start.occurrence or "", id="report-occurrence", lines=1)
        yield form_row("期", occurrence, id="report-occurrence-row")
        day = LineField(until, id="report-until", placeholder="2023-06-30", compact=True)
        yield form_row("延至", day, remark("report-until-about"), id="report-until-row")
        corrects = Choice(value=start.corrects or "", id="report-corrects", lines=1)
        yield form_row("更正", corrects, id="report-corrects-row")
        yield form_row(
            "进度",
            FigureField(start.progress, id="report-progress", max_length=3),
            Static("%", classes="row-unit"),
            Static("数量", classes="row-label"),
            FigureField(start.quantity, id="report-quantity", max_length=9),
            remark("report-item-about"),
        )
        yield form_row("佐证", remark("report-evidence"))

    def on_mount(self) -> None:
        """Offer what is allowed."""
        self.query_one("#report-item-row").display = bool(self.row.measure.items)
        self._offer()
        self._tell_item()

    # ------------------------------------------------------------------ what is offered

    def changed(self, name: str) -> None:
        """Offer what depends on the unit, the kind or the item."""
        if name == "report-unit":
            self._offer()
        elif name == "report-kind":
            self._offer_for_kind()
        elif name == "report-item":
            self._tell_item()
            self._offer_occurrences()

    def take_view(self, view: View) -> tuple[str, str]:
        """Offer what is allowed now, and tell if the measure has moved on."""
        before = self.row.state
        self.view = view
        try:
            self.row = view.row(self.row.measure.id)
        except UsageError as error:
            return f"{error.message}。填写的内容都在草稿里，文件改好后再提交", "$text-error"
        lost = self._offer()
        now = self.row.state
        said = [f"状态刚刚由{before.status}变为{now.status}"] if now.status is not before.status else []
        new = [note for note in now.notes if note not in before.notes]
        said += [f"{new[-1].unit}刚刚填报了{new[-1].kind}"] if new and not said else []
        if not said:
            return "", ""
        said += [f"原选的{'、'.join(lost)}不能用了"] if lost else []
        return f"{'；'.join(said)}。按 {self.key('compare')} 对照，核对后再提交", "$text-warning"

    def news(self) -> tuple[Note, ...]:
        """The notes that were filed since the form was opened or this was last asked."""
        seen, self._seen = self._seen, self.row.state.notes
        return tuple(note for note in self._seen if note not in seen)

    def what_fell_away(self, draft: Draft) -> str:
        """A draft may be older than what the measure is now."""
        status, now = draft.request.status, self.row.state.status
        lost = [f"类型{draft.request.kind}"] if self.kind is not draft.request.kind else []
        lost += [f"状态{status}"] if status is not None and self.choice("status").value != status else []
        said = [f"写草稿时状态是{draft.seen}，现在是{now}"] if draft.seen not in (None, now) else []
        said += [f"原选的{'、'.join(lost)}现在不能用"] if lost else []
        return f"{'；'.join(said)}，请核对" if said else ""

    def _offer(self) -> tuple[str, ...]:
        """Offer what is allowed as the measure stands; gives what was chosen and is no longer offered."""
        row, before = self.row, (self.choice("kind").value, self.choice("status").value)
        office = self.view.is_coordinator(self.unit)
        kinds = [
            kind
            for kind in allowed_kinds(row.state.status, is_coordinator=office)
            # Nothing can be corrected where nothing has been filed.
            if kind is not NoteKind.CORRECTION or row.state.notes
        ]
        self.choice("kind").offer([(kind.value, kind.value) for kind in kinds])
        self._offer_for_kind()
        self._offer_occurrences()
        self._tell_unit()
        self.watch_evidence()
        after = (self.choice("kind").value, self.choice("status").value)
        changes = zip(("类型", "状态"), before, after, strict=True)
        return tuple(f"{what}{old}" for what, old, new in changes if old and old != new)

    def _offer_for_kind(self) -> None:
        """What depends on the kind: the statuses it may write, a date, a note to correct."""
        kind, before = self.kind, self.row.state.status
        office = self.view.is_coordinator(self.unit)
        allowed = allowed_statuses(kind, before, is_coordinator=office)
        options = [("", f"不变（{before}）")] if before in allowed or not allowed else []
        options += [(status.value, status.value) for status in allowed if status is not before]
        self.choice("status").offer(options)
        self.query_one("#report-corrects-row").display = kind is NoteKind.CORRECTION
        self.query_one("#report-until-row").display = RULES[kind].new_date
        notes = self.row.state.notes[-CORRECTABLE:]
        options = [
            (note.id, one_line(f"{moment(note.time)} {note.unit} {note.kind} {note.first_line}", 60))
            for note in reversed(notes)
        ]
        self.choice("corrects").offer(options)
        about = self._not_offered(kind, before, office=office)
        self.query_one("#report-offer-row").display = bool(about)
        self.tell("offer-about", about)

    def _not_offered(self, kind: NoteKind, before: Status, *, office: bool) -> str:
        """Why what one may look for is not there: one line."""
        if office:
            return RULES[kind].meaning
        said = []
        if before is Status.PENDING_REVIEW:
            said.append("已申请办结，等待审核")
        elif kind is NoteKind.PROGRESS and before not in (Status.DONE, Status.SUSPENDED):
            said.append("做完了用「申请办结」")
        closing = "办结、退回" if before in (Status.PENDING_REVIEW, Status.DONE) else "办结"
        said.append(f"{closing}、催办、中止等由{self.view.settings.coordinator or '统筹单位'}作出")
        return "；".join(said)

    def _offer_occurrences(self) -> None:
        """The periods of the chosen item that have begun, the newest first; else nothing is asked."""
        plan = self.view.tracker.plan
        chosen = self.choice("item").value or None
        labels = occurrence_labels(self.row.measure, chosen, plan)
        item = next((known for known in self.row.measure.items if chosen in (known.id, None)), None)
        periods = occurrences(item, plan) if item else ()
        begun = [period.label for period in periods if period.start <= self.view.today]
        self.query_one("#report-occurrence-row").display = bool(labels)
        options = [(label, label) for label in reversed(begun) if label in labels]
        self.choice("occurrence").offer([("", "按填报之日"), *options])

    def _tell_item(self) -> None:
        """What the item wants, beside the figures."""
        chosen = self.choice("item").value
        item = next((item for item in self.row.measure.items if item.id == chosen), None)
        unit = (item.measure_word or "") if item else ""
        said = f"{unit}  {item.content}" if item else ""
        self.tell("item-about", said, "$text-muted")

    def watch_evidence(self) -> None:
        """Tell which files there are, and the keys that change them."""
        names = "、".join(name.rpartition("/")[2] for name in self.evidence)
        drop, add = self.key("drop_evidence"), self.key("add_evidence")
        said = f"{len(self.evidence)} 份：{names}（{drop} 去掉最后一份）" if names else f"没有（{add} 添加）"
        self.tell("evidence", said, "" if names else "$text-muted")

    def _tell_unit(self) -> None:
        typed = self.unit
        known = self.view.index.get(typed)
        if known is not None:
            said = "" if known.name == typed else known.name
        else:
            found = [unit.name for unit in self.view.index.search(typed)[:3]] if typed else []
            said = "、".join(found) or ("没有这个单位" if typed else "要填")
        self.tell("unit-about", said, "$text-muted")

    # ------------------------------------------------------------------ what is typed

    @property
    def unit(self) -> str:
        """The unit as typed, without what an input method puts behind it."""
        return self.query_one("#report-unit", LineField).value.strip(_AROUND)

    @property
    def title(self) -> str:
        """Where the measure stands comes before its title, which may be cut at the edge."""
        state, measure = self.row.state, self.row.measure
        stands = f"{state.status} {light_word(state.light, self.view.settings.light_names)}"
        return f"填报第 {measure.id} 条  {stands}  {measure.display_title}"

    @property
    def about(self) -> str:
        """Which measure, what kind."""
        measure, status = self.row.measure, self.row.state.status
        title = one_line(measure.display_title)
        return f"填报 第 {measure.id} 条 {title}\n类型：{self.kind}    现在的状态：{status}"

    @property
    def facts(self) -> tuple[str, str, str]:
        """Unit, item, period."""
        return self.view.index.canonical(self.unit), self.choice("item").value, self._shown("occurrence")

    def draft(self, request: ReportRequest) -> Draft:
        """With the status that its writer saw."""
        return Draft(request, (request.measure,), self.row.state.status)

    def request(self, message: str) -> ReportRequest:
        """The form as it stands."""
        status = self.choice("status").value
        return ReportRequest(
            measure=self.row.measure.id,
            unit=self.unit,
            message=message,
            kind=self.kind,
            status=Status(status) if status else None,
            item=self.choice("item").value or None,
            progress=self.query_one("#report-progress", FigureField).figure,
            quantity=self.query_one("#report-quantity", FigureField).figure,
            evidence=self.evidence,
            occurrence=self._shown("occurrence") or None,
            new_due=self._until(),
            corrects=self._shown("corrects") or None,
        )

    def _shown(self, name: str) -> str:
        """What a choice says where its row is asked for now."""
        row = self.query_one(f"#report-{name}-row")
        return self.choice(name).value if row.display else ""

    def _until(self) -> date | None:
        """The date typed; None where none is asked for or it is none yet (told beside the field)."""
        if not self.query_one("#report-until-row").display:
            return None
        typed = self.query_one("#report-until", LineField).value.strip().replace("——", "-")
        self.tell("until-about", "")
        if not typed:
            return None
        try:
            found = parse_day_range(typed.translate(_DATE_SIGNS), self.view.today)
        except UsageError as error:
            self.tell("until-about", error.message, "$text-warning")
            return None
        if found.start != found.end:
            self.tell("until-about", "写到某一天，如 2023-06-30", "$text-warning")
            return None
        return found.start


class SeveralFields(FormFields):
    """What kind, which status, one commit or several: of several measures."""

    prefix = "batch"

    def __init__(self, view: View, numbers: Sequence[str], start: ReportRequest, draft: Draft | None) -> None:
        super().__init__(view, start)
        self._numbers = tuple(numbers)
        self._together = draft is not None and draft.together
        self._office = view.is_coordinator(start.unit)

    def compose(self) -> ComposeResult:
        """A row each; the status only where the kind does not imply it."""
        start = self.start
        kinds = [kind for kind in SEVERAL_KINDS if self._office or not RULES[kind].coordinator]
        offered = start.kind if start.kind in kinds else kinds[0]
        # Suspending is that office's; the preview would refuse each of them.
        others = (Status.PENDING_REVIEW, Status.DONE) + (() if self._office else (Status.SUSPENDED,))
        statuses = [
            ("", "不变"),
            *((status.value, status.value) for status in Status if status not in others),
        ]
        status = start.status.value if start.status else ""
        modes = [("each", "一条一次提交"), ("together", "合为一次提交")]
        yield form_row("单位", Static(plain(start.unit)))
        yield form_row("类型", Choice([(kind.value, kind.value) for kind in kinds], offered, id="batch-kind"))
        yield form_row("", remark("report-offer-about"), id="batch-about-row")
        chosen = status if status in dict(statuses) else ""
        yield form_row("状态", Choice(statuses, chosen, id="batch-status"), id="batch-status-row")
        yield form_row("提交", Choice(modes, modes[self._together][0], id="batch-mode"))

    def on_mount(self) -> None:
        """Offer what the kind allows, and tell what is not offered."""
        self.changed("batch-kind")
        said = "延期、更正一次报一条"
        self.tell("offer-about", said if self._office else f"{said}；办结、退回、催办、批示由统筹单位作出")

    def changed(self, name: str) -> None:
        """Only a progress report may write another status here; the other kinds imply theirs."""
        if name == "batch-kind":
            self.query_one("#batch-status-row").display = self.kind is NoteKind.PROGRESS

    @property
    def together(self) -> bool:
        """Whether all of it goes into one commit."""
        return self.choice("mode").value == "together"

    @property
    def title(self) -> str:
        """How many, and which."""
        return f"填报 {len(self._numbers)} 条：{one_line('、'.join(self._numbers))}"

    @property
    def about(self) -> str:
        """Which measures, what kind."""
        return f"{self.title}\n类型：{self.kind}"

    @property
    def facts(self) -> tuple[str, str, str]:
        """The unit; items and periods are not asked for here."""
        return self.view.index.canonical(self.start.unit), "", ""

    def request(self, message: str) -> ReportRequest:
        """The form as it stands; it names no measure."""
        kind, status = self.kind, self.choice("status").value
        chosen = Status(status) if status and kind is NoteKind.PROGRESS else None
        return ReportRequest(measure="", unit=self.start.unit, message=message, kind=kind, status=chosen)

    def draft(self, request: ReportRequest) -> Draft:
        """With the measures, which the request does not name."""
        return Draft(request, self._numbers, several=True, together=self.together)
