"""What the app of the tracker and that of a review have in common: jobs in threads, keys, themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from textual.scrollbar import ScrollBar
from textual.timer import Timer
from textual.worker import Worker, WorkerState, get_current_worker

from fazhi_tui.domain.model.errors import FazhiError, RepositoryError
from fazhi_tui.service.preferences.preferences import Preferences
from fazhi_tui.tui.actions.keymap import DEFAULT, Keymap, keymap
from fazhi_tui.tui.messages import JobEnded
from fazhi_tui.tui.theme.themes import DARK, OWN_THEMES, WholeCells, other_side
from fazhi_tui.tui.widgets.terminal_cursor import TerminalCursorApp

T = TypeVar("T")


#: Seconds that a job may take before it is told that it is under way.
PATIENCE = 0.5


@dataclass(frozen=True)
class _Waited:
    """A job that the user waits for: what it does, since when (seconds of the monotonic clock)."""

    worker: Worker[Any]
    text: str
    since: float


class JobApp(TerminalCursorApp):
    """An app whose jobs end in a callback on its own thread; no failure of a job ends the program."""

    # Our own palette finds units by pinyin and is in Chinese throughout.
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        #: The table of actions with the person's own keys.
        self.keys: Keymap = DEFAULT
        self._waited_for: list[_Waited] = []
        self._ticking: Timer | None = None
        self._failures: dict[Worker[Any], Callable[[FazhiError], object]] = {}

    def take_preferences(self, preferences: Preferences) -> None:
        """Take over a person's keys and theme; our own themes are among those to choose from."""
        self.keys = keymap((change.action, change.keys) for change in preferences.keys)
        self.set_keymap(dict(self.keys.overrides))
        ScrollBar.renderer = WholeCells
        for theme in OWN_THEMES:
            self.register_theme(theme)
        wanted = preferences.theme
        self.theme = wanted if wanted in self.available_themes else DARK.name

    def toggle_theme(self) -> None:
        """Between dark and light."""
        self.theme = other_side(self.theme, dark=self.current_theme.dark)

    def on_mount(self) -> None:
        """In sixteen colours or fewer the cursor's line and the headings have one background: style it as
        without any colour, reversed, but keep the colours that there are.
        """
        if self.console.color_system == "standard" and not self.is_headless:
            self.no_color = True
            self.refresh_css(animate=False)

    @property
    def read_only(self) -> str:
        """Why nothing may be changed here; empty where it may."""
        return ""

    def start(
        self,
        job: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[FazhiError], object] | None = None,
        *,
        group: str,
        newest_only: bool = True,
        telling: str = "",
    ) -> None:
        """Run ``job`` in a thread; then ``done`` with its result, or ``failed`` with the error.

        Of a ``group``, only the newest job's answer counts unless ``newest_only`` is false.
        Without ``failed`` an error opens as a dialog.  ``telling`` says what is being done, for a job that
        the user waits for: it is shown when it takes longer than half a second, and Esc gives it up.
        """
        on_failure = failed or self.refused

        def thread() -> None:
            worker = get_current_worker()
            try:
                result = job()
            except FazhiError as error:
                if not worker.is_cancelled:
                    self.post_message(JobEnded(on_failure, error))
                return
            if not worker.is_cancelled:
                self.post_message(JobEnded(done, result))

        worker = self.run_worker(
            thread, group=group, exclusive=newest_only, exit_on_error=False, thread=True, name=group
        )
        self._failures[worker] = on_failure
        if telling:
            self._waited_for.append(_Waited(worker, telling, monotonic()))
            self.set_timer(PATIENCE, self._tell_waiting)

    # ------------------------------------------------------------------ waiting

    def _tell_waiting(self) -> None:
        self._waited_for = [job for job in self._waited_for if not job.worker.is_finished]
        long = [job for job in self._waited_for if monotonic() - job.since >= PATIENCE]
        if long:
            seconds = monotonic() - long[-1].since
            self.tell_waiting(f"正在{long[-1].text}，已 {seconds:.0f} 秒，Esc 停下")
            if self._ticking is not None:
                self._ticking.stop()
            self._ticking = self.set_timer(1.0, self._tell_waiting)
        else:
            self.tell_waiting("")

    def tell_waiting(self, text: str) -> None:
        """Show what is being waited for; an empty text: nothing any more."""

    def give_up(self) -> str:
        """Stop waiting for the newest job that is told of; its result is dropped.  Says what it was."""
        for job in reversed(self._waited_for):
            if not job.worker.is_finished:
                job.worker.cancel()
                self._waited_for.remove(job)
                return job.text
        return ""

    def refused(self, error: FazhiError) -> None:
        """Tell an error that nothing else takes care of."""
        raise NotImplementedError

    def on_job_ended(self, message: JobEnded) -> None:
        """What came of a job, on the screen's own thread; an app that is closing has nowhere to show it."""
        if self.is_running:
            message.then(message.result)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A job that broke (a fault of the program, not a refusal) is told too and takes nothing with it."""
        if event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        failed = self._failures.pop(event.worker, None)
        if any(job.worker is event.worker for job in self._waited_for):
            self._tell_waiting()
        if event.state is WorkerState.ERROR and failed is not None:
            error = event.worker.error
            failed(
                RepositoryError(
                    f"程序内部出错：{type(error).__name__}: {error}", "填写的内容都还在；请把这一行报给维护者"
                )
            )
