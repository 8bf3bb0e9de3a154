"""The fields of the report form but for the message: what is allowed now is offered, the rest explained."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from fazhi_tui.domain.deadlines.dates import parse_day_range
from fazhi_tui.domain.deadlines.obligations import occurrence_labels
from fazhi_tui.domain.deadlines.occurrences import occurrences
from fazhi_tui.domain.model.errors import UsageError
from fazhi_tui.domain.model.note import NoteKind, Status
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line, visible
from fazhi_tui.domain.workflow.fold import is_coordinator
from fazhi_tui.domain.workflow.kinds import RULES, allowed_kinds, allowed_statuses
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.service.view import View
from fazhi_tui.tui.styles import moment, plain
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.fields import FigureField, LineField

#: How many of the last notes can be chosen to be corrected; older ones by `fazhi report --corrects`.
CORRECTABLE = 8
#: What an input method puts behind a name, or in place of the signs in a date.
_AROUND = " \u3000，,、；;。."
_DATE_SIGNS = str.maketrans({"。": ".", "—": "-", "–": "-", "－": "-"})


class ReportFields(Vertical):
    """Who, what kind, which status, which item, how far."""

    DEFAULT_CSS = """
    ReportFields { height: auto; }
    ReportFields #report-offer-about { width: 1fr; height: 1; color: $text-muted; }
    ReportFields #report-offer-about { text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, view: View, row: Row, start: ReportRequest) -> None:
        super().__init__()
        self._view = view
        self._row = row
        self._start = start
        self._evidence: tuple[str, ...] = start.evidence

    def compose(self) -> ComposeResult:
        """A row each; those that are not asked for now are hidden."""
        start = self._start
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
        with Horizontal(classes="form-row", id="report-offer-row"):
            yield Static("", classes="row-label")
            yield Static("", id="report-offer-about", markup=False)
        with Horizontal(classes="form-row", id="report-item-row"):
            yield Static("事项", classes="row-label")
            yield Choice(self._items(), value=start.item or "", id="report-item")
        with Horizontal(classes="form-row", id="report-occurrence-row"):
            yield Static("期", classes="row-label")
            yield Choice(value=start.occurrence or "", id="report-occurrence", lines=1)
        with Horizontal(classes="form-row", id="report-until-row"):
            yield Static("延至", classes="row-label")
            until = start.new_due.isoformat() if start.new_due else ""
            yield LineField(until, id="report-until", placeholder="2023-06-30", compact=True)
            yield Static("", id="report-until-about", markup=False)
        with Horizontal(classes="form-row", id="report-corrects-row"):
            yield Static("更正", classes="row-label")
            yield Choice(value=start.corrects or "", id="report-corrects", lines=1)
        with Horizontal(classes="form-row"):
            yield Static("进度", classes="row-label")
            yield FigureField(_figure(start.progress), id="report-progress", max_length=3, compact=True)
            yield Static("%", classes="row-unit")
            yield Static("数量", classes="row-label")
            yield FigureField(_figure(start.quantity), id="report-quantity", max_length=9, compact=True)
            yield Static("", id="report-item-about", markup=False)
        with Horizontal(classes="form-row"):
            yield Static("佐证", classes="row-label")
            yield Static("", id="report-evidence", markup=False)

    def on_mount(self) -> None:
        """Offer what is allowed."""
        self._choice("item").parent.display = bool(self._row.measure.items)  # type: ignore[union-attr]
        self.offer(self._view, self._row)
        self.tell_item()

    # ------------------------------------------------------------------ what is offered

    def offer(self, view: View, row: Row) -> tuple[str, ...]:
        """Offer what is allowed as the measure stands now; gives what was chosen and is no longer offered."""
        self._view, self._row = view, row
        before = (self._choice("kind").value, self._choice("status").value)
        office = self._is_coordinator()
        kinds = [
            kind
            for kind in allowed_kinds(row.state.status, is_coordinator=office)
            # Nothing can be corrected where nothing has been filed.
            if kind is not NoteKind.CORRECTION or row.state.notes
        ]
        self._choice("kind").offer([(kind.value, kind.value) for kind in kinds])
        self.offer_for_kind()
        self._offer_occurrences()
        self._tell_unit()
        self._tell_evidence()
        after = (self._choice("kind").value, self._choice("status").value)
        changes = zip(("类型", "状态"), before, after, strict=True)
        return tuple(f"{what}{old}" for what, old, new in changes if old and old != new)

    def offer_for_kind(self) -> None:
        """What depends on the kind: the statuses it may write, a date, a note to correct."""
        kind, before = self.kind, self._row.state.status
        office = self._is_coordinator()
        allowed = allowed_statuses(kind, before, is_coordinator=office)
        options = [("", f"不变（{before}）")] if before in allowed or not allowed else []
        options += [(status.value, status.value) for status in allowed if status is not before]
        self._choice("status").offer(options)
        self.query_one("#report-corrects-row").display = kind is NoteKind.CORRECTION
        self.query_one("#report-until-row").display = RULES[kind].new_date
        notes = self._row.state.notes[-CORRECTABLE:]
        options = [
            (note.id, one_line(f"{moment(note.time)} {note.unit} {note.kind} {note.first_line}", 60))
            for note in reversed(notes)
        ]
        self._choice("corrects").offer(options)
        about = self._not_offered(kind, before, office=office)
        self.query_one("#report-offer-row").display = bool(about)
        self.query_one("#report-offer-about", Static).update(plain(one_line(about)))

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
        said.append(f"{closing}、催办、中止等由{self._view.settings.coordinator or '统筹单位'}作出")
        return "；".join(said)

    def _offer_occurrences(self) -> None:
        """The periods of the chosen item that have begun, the newest first; else nothing is asked."""
        plan = self._view.tracker.plan
        chosen = self._choice("item").value or None
        labels = occurrence_labels(self._row.measure, chosen, plan)
        item = next((one for one in self._row.measure.items if chosen in (one.id, None)), None)
        begun = (
            [one.label for one in occurrences(item, plan) if one.start <= self._view.today] if item else []
        )
        self.query_one("#report-occurrence-row").display = bool(labels)
        options = [(label, label) for label in reversed(begun) if label in labels]
        self._choice("occurrence").offer([("", "按填报之日"), *options])

    def item_changed(self) -> None:
        """Another item: its periods, its unit of counting."""
        self.tell_item()
        self._offer_occurrences()

    def tell_item(self) -> None:
        """What the item wants, beside the figures."""
        chosen = self._choice("item").value
        item = next((item for item in self._row.measure.items if item.id == chosen), None)
        unit = (item.measure_word or "") if item else ""
        said = f"{unit}  {item.content}" if item else ""
        self.query_one("#report-item-about", Static).update(plain(one_line(said), "$text-muted"))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The files that go with the report."""
        return self._evidence

    @evidence.setter
    def evidence(self, names: tuple[str, ...]) -> None:
        self._evidence = names
        self._tell_evidence()

    def _tell_evidence(self) -> None:
        names = "、".join(name.rpartition("/")[2] for name in self._evidence)
        said = f"{len(self._evidence)} 份：{names}（F4 去掉最后一份）" if names else "没有（F3 添加）"
        self.query_one("#report-evidence", Static).update(
            plain(one_line(said), "" if names else "$text-muted")
        )

    def _tell_unit(self) -> None:
        typed = self.unit
        known = self._view.index.get(typed)
        if known is not None:
            said = "" if known.name == typed else known.name
        else:
            found = [unit.name for unit in self._view.index.search(typed)[:3]] if typed else []
            said = "、".join(found) or ("没有这个单位" if typed else "要填")
        self.query_one("#report-unit-about", Static).update(plain(said, "$text-muted"))

    def _items(self) -> list[tuple[str, str]]:
        return [("", "整条措施"), *((item.id, item.id) for item in self._row.measure.items)]

    # ------------------------------------------------------------------ what is typed

    @property
    def unit(self) -> str:
        """The unit as typed, without what an input method puts behind it."""
        return self.query_one("#report-unit", LineField).value.strip(_AROUND)

    @property
    def kind(self) -> NoteKind:
        """The kind that is chosen."""
        kind = self._choice("kind").value
        return NoteKind(kind) if kind else NoteKind.PROGRESS

    @property
    def item(self) -> str:
        """The item that is chosen, or nothing."""
        return self._choice("item").value

    @property
    def occurrence(self) -> str:
        """The period that is chosen, where one is asked for."""
        return self._shown("occurrence")

    def request(self, message: str) -> ReportRequest:
        """The form as it stands."""
        status = self._choice("status").value
        progress = self.query_one("#report-progress", FigureField).value
        quantity = self.query_one("#report-quantity", FigureField).value
        return ReportRequest(
            measure=self._row.measure.id,
            unit=self.unit,
            message=message,
            kind=self.kind,
            status=Status(status) if status else None,
            item=self.item or None,
            progress=int(progress) if progress else None,
            quantity=int(quantity) if quantity else None,
            evidence=self._evidence,
            occurrence=self.occurrence or None,
            new_due=self._until(),
            corrects=self._shown("corrects") or None,
        )

    def _choice(self, name: str) -> Choice:
        return self.query_one(f"#report-{name}", Choice)

    def _shown(self, name: str) -> str:
        """What a choice says where its row is asked for now."""
        row = self.query_one(f"#report-{name}-row")
        return self._choice(name).value if row.display else ""

    def _until(self) -> date | None:
        """The date typed; None where none is asked for or it is none yet (told beside the field)."""
        if not self.query_one("#report-until-row").display:
            return None
        typed = self.query_one("#report-until", LineField).value.strip().replace("——", "-")
        about = self.query_one("#report-until-about", Static)
        about.update("")
        if not typed:
            return None
        try:
            found = parse_day_range(typed.translate(_DATE_SIGNS), self._view.today)
        except UsageError as error:
            about.update(plain(error.message, "$text-warning"))
            return None
        if found.start != found.end:
            about.update(plain("写到某一天，如 2023-06-30", "$text-warning"))
            return None
        return found.start

    def _is_coordinator(self) -> bool:
        unit = self._view.index.canonical(self.unit)
        return is_coordinator(unit, self._view.tracker.plan)


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)
