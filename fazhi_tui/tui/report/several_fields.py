"""The fields of the form for several measures: what can be said of all of them alike."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.workflow.kinds import RULES
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.view import View
from fazhi_tui.tui.report.fields import FormFields, form_row, remark
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.choice import Choice

#: No figures, no date, no single note to correct.
KINDS = (
    NoteKind.PROGRESS,
    NoteKind.REQUEST_CLOSE,
    NoteKind.CLOSE,
    NoteKind.RETURN,
    NoteKind.URGE,
    NoteKind.INSTRUCTION,
)


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
        kinds = [kind for kind in KINDS if self._office or not RULES[kind].coordinator]
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
