"""What will be written and committed, exactly, before it is: for a report and for an undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.service.notes.request import Action, Done
from fazhi_tui.tui.action_screen import ActionScreen
from fazhi_tui.tui.actions.command import Command
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.detail.text import note_lines
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose

if TYPE_CHECKING:
    from fazhi_tui.tui.protocols import TrackerApp

HEADING = "bold $text-primary"


class PreviewScreen(ActionScreen[Done | FazhiError | None]):
    """The result is what was committed, why it was refused, or None where the user went back."""

    app: TrackerApp
    place = "preview"
    BINDINGS: ClassVar[list[BindingType]] = bindings("preview")

    def __init__(self, action: Action, title: str) -> None:
        super().__init__()
        self._action = action
        self._title = title
        self._committing = False

    def compose(self) -> ComposeResult:
        """Warnings, files, the commit's message."""
        yield Static(plain(self._title, "bold"), classes="screen-title")
        with VerticalScroll(id="preview-body"):
            yield Prose(list(action_blocks(self._action)), id="preview-prose")
        yield Static("", id="form-mistake", markup=False)
        yield HintLine(self.hints(), id="hints")

    def hint_name(self, command: Command) -> str:
        """What is confirmed may be an undo."""
        return "确认撤销" if command.id == "commit" and self._action.undoes else command.name

    def action_back(self) -> None:
        """Back without committing; not while a commit is under way."""
        if not self._committing:
            self.dismiss(None)

    def action_commit(self) -> None:
        """Commit once, in a worker: hooks may take their time."""
        if self._committing:
            return
        self._committing = True
        self.query_one("#form-mistake", Static).update(plain("正在提交，请稍候", "bold $text-primary"))
        self.app.start(
            lambda: self.app.workspace.commit(self._action),
            self.dismiss,
            self.dismiss,
            group="commit",
            newest_only=False,
        )


def action_blocks(action: Action) -> Iterator[Block]:
    """An action in full: warnings, each file with its text, the commit's whole message."""
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
        if isinstance(content, str):
            yield from (Block(line, label="  ") for line in content.rstrip("\n").split("\n"))
        else:
            yield Block(f"{len(content)} 字节", "$text-muted", label="  ")
        yield Block()
    for path in action.removes:
        yield Block(path, "bold $text-error", label="删除  ", label_style="bold $text-error")
    if action.removes:
        yield Block()
    yield Block("提交说明", HEADING)
    yield from (Block(line, label="  ") for line in action.message.rstrip("\n").split("\n"))
    yield Block()
    yield Block("只提交以上文件；其他改动和暂存区保持原样。", "$text-muted")
