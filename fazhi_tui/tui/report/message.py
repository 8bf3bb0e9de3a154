"""The message of a report: written here or in one's own editor, and how it will look laid out."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Container, VerticalScroll
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Document, Selection

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.text.visible import visible
from fazhi_tui.service.notes.external_editor import edited
from fazhi_tui.service.notes.templates import first_blank
from fazhi_tui.tui.detail.markdown import markdown_blocks
from fazhi_tui.tui.widgets.fields import wide_blank
from fazhi_tui.tui.widgets.prose import Block, Prose

#: From how many columns on the message and how it will look stand beside each other.
BESIDE = 120


class MessageField(TextArea):
    """Several lines, soft-wrapped; Tab leaves it."""

    document: Document

    #: What Textual draws for an empty line inside a selection: a character of ambiguous width.
    SELECTED_EMPTY = "\u258c"

    def render_line(self, y: int) -> Strip:
        """An empty line inside a selection is shown by its background instead."""
        strip = super().render_line(y)
        if not self.selection.is_empty and strip.text.strip() == self.SELECTED_EMPTY:
            style = self.get_component_rich_style("text-area--selection")
            segments = [
                Segment(" ", style) if segment.text == self.SELECTED_EMPTY else segment for segment in strip
            ]
            return Strip(segments, strip.cell_length)
        return strip

    async def _on_key(self, event: events.Key) -> None:
        if blank := wide_blank(event):
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(blank, *self.selection)

    async def _on_paste(self, event: events.Paste) -> None:
        # Terminals send line breaks in a paste as a bare CR.
        event.text = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"))

    def put(self, text: str) -> None:
        """Insert at the cursor, as lines of their own, and go to the first blank of what was put in.

        Ctrl+Z takes it back.
        """
        start, end = sorted(self.selection)
        before = self.document.get_text_range((start[0], 0), start)
        after = self.document.get_text_range(end, (end[0], len(self.document[end[0]])))
        lead, tail = "\n" if before.strip() else "", "\n" if after.strip() else ""
        self.history.checkpoint()
        self.replace(f"{lead}{text}{tail}", start, end, maintain_selection_offset=False)
        at = self.document.get_index_from_location(start)
        if not self._go_to_blank(at, at + len(lead) + len(text)):
            self.move_cursor(self.document.get_location_from_index(at + len(lead) + len(text)))

    def take(self, text: str) -> None:
        """Have another text in place of the whole; Ctrl+Z brings the former back."""
        if text != self.text:
            self.history.checkpoint()
            self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
            self.history.checkpoint()
            self.move_cursor(self.document.end)

    def go_to_next_blank(self) -> bool:
        """Mark the next blank, from the top again behind the last one; False where there is none."""
        at = self.document.get_index_from_location(max(self.selection))
        return self._go_to_blank(at) or self._go_to_blank(0)

    def _go_to_blank(self, start: int, end: int | None = None) -> bool:
        found = first_blank(self.text[:end], start)
        if found is None:
            return False
        first, last = map(self.document.get_location_from_index, found)
        # What is typed next takes the blank's place.
        self.selection = Selection(first, last)
        return True


class MessagePane(Container):
    """The message, and how it will look laid out: in its place, or beside it where there is room."""

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

    def show_field(self) -> None:
        """Make sure that one can write."""
        if self.is_laid_out and not self.has_class("-beside"):
            self.turn()

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

    def put(self, text: str) -> None:
        """Insert at the cursor, and go on writing there."""
        self.show_field()
        self.field.put(visible(text))
        self.field.focus()

    def go_to_next_blank(self) -> bool:
        """Mark the next blank of a template; False where there is none."""
        self.show_field()
        self.field.focus()
        return self.field.go_to_next_blank()

    def write_in_editor(self, explanation: str, name: str) -> tuple[str, str]:
        """Hand the screen over to one's own editor; what is to be told of it then, and in which style.

        ``explanation`` stands below the line in the editor, ``name`` is the file's.
        """
        field = self.field
        left: list[str] = []
        said: list[str] = []
        failed: FazhiError | None = None
        text = field.text
        try:
            with self.app.suspend():
                # Nothing may be raised in here: Textual would not take the terminal back.
                try:
                    text = edited(text, explanation, name, left.append, said.append, shielded=True)
                except FazhiError as error:
                    failed = error
        except SuspendNotSupported:
            return "这里的终端不能让给编辑器（例如在浏览器里），请就在表单里写", "$text-warning"
        if failed is not None:
            # What the editor left behind is taken all the same; Ctrl+Z brings back what stood here.
            said.append(failed.message)
            if left and left[-1].strip() and left[-1] != field.text:
                text = left[-1]
                said.append("它留下的内容已取回，Ctrl+Z 还原")
        elif not text.strip() and field.text.strip():
            said.append("编辑器里清空了内容，Ctrl+Z 取回")
        with field.prevent(MessageField.Changed):
            # The change would clear the line that tells how it went.
            field.take(visible(text))
        self.show_field()
        field.focus()
        self.refresh_layout()
        return "；".join(said), "$text-warning" if failed is None else "$text-error"
