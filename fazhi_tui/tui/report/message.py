"""What both forms share: templates, the editor, the message laid out, the draft."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Container, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.service.notes.drafts import Draft
from fazhi_tui.service.notes.external_editor import edited
from fazhi_tui.service.notes.templates import OfferedTemplate, filled_in, templates_for
from fazhi_tui.service.view import View
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.detail.markdown import markdown_blocks
from fazhi_tui.tui.report.draft_saver import DraftKeeper
from fazhi_tui.tui.report.message_field import MessageField
from fazhi_tui.tui.report.templates import TemplateScreen
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.choice import Choice
from fazhi_tui.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import TrackerApp

ResultT = TypeVar("ResultT")
#: From how many columns on the message and how it will look stand beside each other.
BESIDE = 120


class MessagePane(Container):
    """The message, and how it will look laid out: in its place, or beside it where there is room."""

    DEFAULT_CSS = """
    MessagePane { height: 1fr; min-height: 6; layout: horizontal; }
    MessagePane MessageField { width: 1fr; height: 1fr; }
    MessagePane VerticalScroll { display: none; width: 1fr; height: 1fr; padding: 0 1; }
    MessagePane.-laid-out VerticalScroll { display: block; }
    MessagePane.-laid-out MessageField { display: none; }
    MessagePane.-laid-out.-beside MessageField { display: block; }
    """

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__()
        self._text = text
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Field and layout."""
        yield MessageField(
            visible(self._text),
            id="report-message",
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=self._placeholder,
        )
        with VerticalScroll(id="message-layout"):
            yield Prose(id="message-prose")

    @property
    def field(self) -> MessageField:
        """The message itself."""
        return self.query_one(MessageField)

    @property
    def is_laid_out(self) -> bool:
        """Whether it shows how the message will look."""
        return self.has_class("-laid-out")

    def on_resize(self) -> None:
        """Beside each other or not."""
        self.set_class(self.app.size.width >= BESIDE, "-beside")
        if self.is_laid_out and self.app.size.width >= BESIDE:
            self.field.focus()

    def turn(self) -> None:
        """Between the field alone and the message laid out."""
        self.toggle_class("-laid-out")
        self.refresh_layout()
        alone = self.is_laid_out and not self.has_class("-beside")
        (self.query_one("#message-layout") if alone else self.field).focus()

    def refresh_layout(self) -> None:
        """Lay out what is written now, where that is shown."""
        if self.is_laid_out:
            blocks = markdown_blocks(self.field.text) or [Block("（还没有写内容）", "$text-muted")]
            self.query_one("#message-prose", Prose).show(blocks)


class Writing(ActionScreen[ResultT]):
    """A form with a message; what the form says is kept as a draft at every change."""

    app: TrackerApp
    #: For which measures, and from which reading of them.
    measures: tuple[str, ...]
    view: View
    keeper: DraftKeeper
    HELP: ClassVar[str | None] = None
    #: The choices that a report turns on, in their order on the screen.
    CHOICES: ClassVar[tuple[str, ...]] = ("report-kind", "report-status", "batch-kind", "batch-status")

    @property
    def pane(self) -> MessagePane:
        """The message and how it looks."""
        return self.query_one(MessagePane)

    @abstractmethod
    def draft(self) -> Draft | None:
        """What is to be kept of the form as it stands; None where nothing was typed."""

    @abstractmethod
    def facts(self) -> tuple[NoteKind, str, str, str]:
        """What templates are chosen by and filled in with: kind, unit, item and period."""

    def explanation(self) -> str:
        """What stands below the line in the editor."""
        return "写好后存盘退出，回到表单。首行用作提交的标题。"

    # ------------------------------------------------------------------ the draft

    def keep(self) -> None:
        """Bring the draft up to date with the form; no key waits for it."""
        self.keeper.keep(self.draft(), self._draft_refused)

    def keep_and(self, then: Callable[[], object]) -> None:
        """Save the draft, then go on: for leaving the program, or the screen, with the form open."""
        self.keep()
        self.keeper.and_then(then)

    def _draft_refused(self) -> None:
        if self.is_mounted:
            self.tell("草稿存不下来（磁盘已满或没有写权限），请尽快提交，或把内容复制到别处", "$text-error")

    def tell(self, text: str, style: str = "") -> None:
        """Say something at the foot of the form."""
        self.query_one("#form-mistake", Static).update(plain(text, style))

    def tell_error(self, error: FazhiError) -> None:
        """Say what refuses, and what to do."""
        self.tell(f"{error.message}。{error.hint}" if error.hint else error.message, "$text-error")

    # ------------------------------------------------------------------ the message

    def action_templates(self) -> None:
        """Choose a template for the kind that is chosen, and put it in at the cursor."""
        kind, unit, item, occurrence = self.facts()
        rows = tuple(self._rows())

        def chosen(found: OfferedTemplate | None) -> None:
            if found is None:
                return
            text = filled_in(found.template, self.view, rows, unit, item=item, occurrence=occurrence)
            self._show_field()
            self.pane.field.put(visible(text))
            self.pane.field.focus()

        self.app.push_screen(TemplateScreen(templates_for(self.view, kind), kind.value), chosen)

    def _rows(self) -> Iterable[Row]:
        known = {row.measure.id: row for row in self.view.rows}
        return (known[number] for number in self.measures if number in known)

    def action_blank(self) -> None:
        """Go to the next blank of a template."""
        self._show_field()
        self.pane.field.focus()
        if not self.pane.field.go_to_next_blank():
            self.tell("没有【】要填了", "$text-muted")

    def action_choices(self) -> None:
        """From the message to the kind, on to the status, and back to the message."""
        stops: list[Widget] = [one for one in self.query(Choice) if one.id in self.CHOICES and one.region]
        self._show_field()
        stops.append(self.pane.field)
        at = stops.index(self.focused) if self.focused in stops else len(stops) - 1
        stops[(at + 1) % len(stops)].focus()

    def action_markdown(self) -> None:
        """Between writing and the message laid out."""
        self.pane.turn()

    def _show_field(self) -> None:
        if self.pane.is_laid_out and not self.pane.has_class("-beside"):
            self.pane.turn()

    def action_editor(self) -> None:
        """Write in one's own editor; the draft is on disk before the screen is handed over."""
        # As for the preview: what was typed just before F7 counts.
        (self.focused or self).call_later(self.keep_and, self._edit)

    def _edit(self) -> None:
        if self.app.screen is not self:
            return
        field = self.pane.field
        left: list[str] = []
        said: list[str] = []
        failed: FazhiError | None = None
        text = field.text
        try:
            with self.app.suspend():
                # Nothing may be raised in here: Textual would not take the terminal back.
                try:
                    text = edited(
                        field.text,
                        self.explanation(),
                        f"{self.measures[0]}.md",
                        left.append,
                        said.append,
                        shielded=True,
                    )
                except FazhiError as error:
                    failed = error
        except SuspendNotSupported:
            self.tell("这里的终端不能让给编辑器（例如在浏览器里），请就在表单里写", "$text-warning")
            return
        if failed is not None:
            # What the editor left behind is taken all the same; Ctrl+Z brings back what stood here.
            said.append(failed.message)
            if left and left[-1].strip() and left[-1] != field.text:
                text = left[-1]
                said.append("它留下的内容已取回，Ctrl+Z 还原")
        elif not text.strip() and field.text.strip():
            said.append("编辑器里清空了内容，Ctrl+Z 取回")
        style = "$text-error" if failed is not None else "$text-warning"
        with field.prevent(MessageField.Changed):
            # The change would clear the line that tells how it went.
            field.take(visible(text))
        self.keep()
        self._show_field()
        field.focus()
        self.pane.refresh_layout()
        self.tell("；".join(said), style)
