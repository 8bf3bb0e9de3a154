"""What will be written and committed, exactly, before it is: a report, one for several measures, an undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Event
from types import MappingProxyType

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.notes.request import Action, Batch, Filed
from fazhi_tui.service.view import View
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Command
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.diff_text import diff_style
from fazhi_tui.tui.detail.text import note_lines
from fazhi_tui.tui.messages import BatchGoing
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose

HEADING = "bold $text-primary"


class PreviewScreen(ActionScreen[Filed | None]):
    """The result is what became of it, a refusal among it, or None where the user went back."""

    app: TrackerApp
    place = "preview"
    BINDINGS = bindings("preview")

    def __init__(
        self, actions: Sequence[Action], title: str, blocks: Iterable[Block] = (), confirm: str = ""
    ) -> None:
        """``blocks`` say what will be done where it is more than one action; ``confirm`` what Enter does."""
        super().__init__()
        self._actions = tuple(actions)
        self._title = title
        self._blocks = list(blocks)
        self._confirm = confirm
        self._committing = False
        self._halt = Event()

    def compose(self) -> ComposeResult:
        """Warnings, files, the commit's message; or every commit in short."""
        yield Static(plain(self._title, "bold"), classes="screen-title")
        with VerticalScroll(id="preview-body"):
            yield Prose(self._blocks or list(action_blocks(self._actions[0])), id="preview-prose")
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def hint_name(self, command: Command) -> str:
        """What is confirmed may be an undo, or many."""
        return self._confirm or command.name if command.id == "commit" else command.name

    def action_back(self) -> None:
        """Back without committing; while several are being made: stop after the one under way."""
        if not self._committing:
            self.dismiss(None)
        elif self._blocks:
            self._halt.set()
            self._tell("做完手上这一次就停下")

    def action_commit(self) -> None:
        """Commit one after the other, in a worker: hooks may take their time."""
        if self._committing:
            return
        self._committing = True
        self._tell_going(0)

        def going(done: int) -> bool:
            self.post_message(BatchGoing(done))
            return not self._halt.is_set()

        self.app.start(
            lambda: self.app.writer.commit_batch(self._actions, going),
            self.dismiss,
            lambda error: self.dismiss(Filed((), self._actions, error)),
            group="commit",
            newest_only=False,
        )

    def on_batch_going(self, message: BatchGoing) -> None:
        """One more is done."""
        if not self._halt.is_set():
            self._tell_going(message.done)

    def _tell_going(self, done: int) -> None:
        several = f"正在提交 {done + 1}/{len(self._actions)}，Esc 停下"
        self._tell(several if self._blocks else "正在提交，请稍候")

    def _tell(self, text: str) -> None:
        self.query_one("#form-mistake", Static).update(plain(text, "bold $text-primary"))


def batch_preview(view: View, batch: Batch) -> PreviewScreen:
    """Every commit that will be made and every measure it cannot be done for."""
    notes = sum(len(action.notes) for action in batch.actions)
    title = f"预览：{notes} 条填报，{len(batch.actions)} 次提交"
    return PreviewScreen(batch.actions, title, _batch_blocks(view, batch), "全部提交")


def _batch_blocks(view: View, batch: Batch) -> Iterator[Block]:
    for number, error in batch.refused:
        text = f"第 {number} 条：{error.message}"
        yield Block(text, "$text-warning", label="不能  ", label_style="bold $text-warning")
    if batch.refused:
        yield Block()
    for action in batch.actions:
        yield Block(action.subject, "bold $text-primary", label="提交  ")
        yield from (Block(said, "$text-warning", label="  提醒  ") for said in action.warnings)
        for note in action.notes:
            title = view.row(note.measure).measure.display_title
            yield Block(f"第 {note.measure} 条 {one_line(title)}", label="  ")
            yield Block(note.path, "$text-muted", label="    ")
    yield Block()
    yield Block("第一次提交的说明", HEADING)
    yield from _lines(batch.actions[0].message)


def _lines(text: str) -> Iterator[Block]:
    return (Block(line, label="  ") for line in text.rstrip("\n").split("\n"))


def action_blocks(
    action: Action, diffs: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Iterator[Block]:
    """An action in full: warnings, each file with its text, the commit's whole message.

    Of a file in ``diffs`` what changes is shown, as
    :func:`~fazhi_tui.service.action_diff.action_diff` has it.
    """
    for warning in action.warnings:
        yield Block(warning, "bold $text-warning", label="提醒  ", label_style="bold $text-warning")
    if action.warnings:
        yield Block()
    if action.undoes:
        yield Block("要撤销的填报", HEADING)
        for note in action.notes:
            yield from note_lines(note)
            yield Block()
    for path, content in action.writes.items():
        yield Block(path, HEADING, label="写入  ", label_style=HEADING)
        if path in diffs:
            yield from (Block(line, diff_style(line), label="  ") for line in diffs[path])
        elif isinstance(content, str):
            yield from _lines(content)
        else:
            yield Block(f"{len(content)} 字节", "$text-muted", label="  ")
        yield Block()
    for path in action.removes:
        yield Block(path, "bold $text-error", label="删除  ", label_style="bold $text-error")
    if action.removes:
        yield Block()
    yield Block("提交说明", HEADING)
    yield from _lines(action.message)
    yield Block()
    yield Block("只提交以上文件；其他改动和暂存区保持原样。", "$text-muted")
