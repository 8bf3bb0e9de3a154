"""Work with a server in a small window: what is being done, Esc stops it, then what came of it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.service.exchange.sync import Exchange
from fazhi_tui.tui.actions.table import bindings
from fazhi_tui.tui.dialogs.window import Window
from fazhi_tui.tui.messages import ServerGoing
from fazhi_tui.tui.protocols import TrackerApp
from fazhi_tui.tui.styles import plain
from fazhi_tui.tui.widgets.footer import HintLine
from fazhi_tui.tui.widgets.prose import Block, Prose

ResultT = TypeVar("ResultT")
Going = Callable[[str], bool]


class ServerJob(Window[ResultT | None]):
    """The result is what the work gave, or None where it was stopped or refused."""

    app: TrackerApp
    BINDINGS = bindings("result")
    heading = ""

    def __init__(self) -> None:
        super().__init__()
        self._halt = Event()
        self._ended = False
        self.result: ResultT | None = None

    def work(self, exchange: Exchange, going: Going) -> ResultT:
        """Do it, in a worker; no password can be asked for here."""
        raise NotImplementedError

    def blocks(self, result: ResultT) -> list[Block]:
        """What came of it, in words."""
        raise NotImplementedError

    def ways_on(self, result: ResultT) -> list[tuple[str, str, str]]:
        """Keys that the result offers, the last of them Enter."""
        del result
        return [("Enter", "关闭", "screen.close")]

    def compose(self) -> ComposeResult:
        """Heading, what is being done or came of it, keys."""
        with Vertical(classes="dialog dialog-wide"):
            yield Static(plain(self.heading), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", id="job-body"):
                yield Prose([Block("正在连接服务器")], id="job-said")
            yield HintLine([("Esc", "停下", "screen.close")], id="dialog-hints")

    def on_mount(self) -> None:
        """Begin at once."""

        def going(line: str) -> bool:
            if line:
                self.post_message(ServerGoing(line))
            return not self._halt.is_set()

        exchange = self.app.exchange()
        self.app.start(
            lambda: self.work(exchange, going), self._done, self._failed, group="server", newest_only=False
        )
        self.query_one("#job-body").focus()

    def on_server_going(self, message: ServerGoing) -> None:
        """One more step."""
        if not self._ended and not self._halt.is_set():
            self._said.show([Block(message.text)])

    @property
    def _said(self) -> Prose:
        return self.query_one("#job-said", Prose)

    def action_close(self) -> None:
        """Stop it; or close, once it has ended."""
        if self._ended:
            self.dismiss(self.result)
        elif not self._halt.is_set():
            self._halt.set()
            self._said.show([Block("正在停下")])

    def _done(self, result: ResultT) -> None:
        self.result = result
        self._end(self.blocks(result), self.ways_on(result))

    def _failed(self, error: FazhiError) -> None:
        blocks = [Block(line, "$text-error") for line in error.message.split("\n")]
        if error.hint:
            blocks += [Block(), Block(error.hint, "$text-primary", label="办法  ")]
        self._end(blocks, [("Enter", "关闭", "screen.close")])

    def _end(self, blocks: list[Block], ways: list[tuple[str, str, str]]) -> None:
        self._ended = True
        self._said.show(blocks)
        self.query_one("#dialog-hints", HintLine).show(ways)
