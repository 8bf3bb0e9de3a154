"""The measure moved on while a report was being written: what others filed beside what one typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from fazhi_tui.domain.model.note import Note
from fazhi_tui.domain.model.tracker import Row
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.request import ReportRequest
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.markdown import markdown_blocks
from fazhi_tui.tui.detail.text import note_lines
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.widgets.prose import Block, Prose

HEADING = "bold $text-primary"
MUTED = "$text-muted"


class StaleScreen(Window[None]):
    """Two columns, or one under the other on a narrow screen; then back to the form and on with it.

    ``news`` are the notes that were filed since the form was opened or last compared.
    """

    BINDINGS = bindings("result", closed_by="form.compare")
    heading = "对照：别人的填报和你写的"
    frame = "dialog-wide"
    hints = (("上 下", "滚动", ""), ("Tab", "换一边", ""), ("Esc", "回到表单接着填", "screen.close"))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-roomy")]  # noqa: RUF012

    def __init__(self, said: Sequence[str], row: Row, news: Sequence[Note], mine: ReportRequest) -> None:
        super().__init__()
        self._said = tuple(said)
        self._row = row
        self._news = tuple(news)
        self._mine = mine

    def content_widgets(self) -> ComposeResult:
        """What happened, then both sides."""
        said = [Block(text, "$text-warning" if at == 0 else "") for at, text in enumerate(self._said)]
        yield Prose([*said, Block()])
        with Container(id="both-sides"):
            with VerticalScroll(classes="side", id="side-theirs"):
                yield Prose(self._theirs(), id="theirs")
            with VerticalScroll(classes="side", id="side-mine"):
                yield Prose(self._own(), id="mine")

    def _theirs(self) -> list[Block]:
        blocks = [Block(f"现在：{self._row.state.status}", HEADING)]
        for note in reversed(self._news):
            blocks += [*note_lines(note), Block()]
        earlier = [note for note in self._row.state.notes if note not in self._news]
        if earlier:
            blocks.append(Block("以前的填报" if self._news else "最近的填报", MUTED))
            for note in reversed(earlier[-3:]):
                blocks += [*note_lines(note), Block()]
        if len(blocks) == 1:
            blocks.append(Block("没有别人的填报", MUTED))
        return blocks

    def _own(self) -> list[Block]:
        mine = self._mine
        facts = [mine.unit, mine.kind.value, f"状态 {mine.status}" if mine.status else "状态不变"]
        facts += [f"事项 {mine.item}"] if mine.item else []
        facts += [mine.occurrence] if mine.occurrence else []
        facts += [f"进度 {mine.progress}%"] if mine.progress is not None else []
        facts += [f"数量 {mine.quantity}"] if mine.quantity is not None else []
        facts += [f"延期至 {mine.new_due}"] if mine.new_due else []
        facts += [f"佐证 {len(mine.evidence)} 份"] if mine.evidence else []
        return [
            Block("你写的，还没有提交", HEADING),
            Block(one_line("  ".join(fact for fact in facts if fact)), MUTED),
            *(markdown_blocks(mine.message) or [Block("（还没有写内容）", MUTED)]),
        ]

    def on_mount(self) -> None:
        """Begin at what others wrote."""
        self.query_one("#side-theirs").focus()
