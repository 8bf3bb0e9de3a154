"""Keeping what is typed: every change goes to the disk at once, in a worker, the newest last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.service.notes.drafts import Draft, Drafts
from fazhi_tui.tui.protocols import ScreenApp


class DraftSaver:
    """The draft of one form.

    A key waits for no disk: it says what is to be kept, and a worker brings the newest of it there.  One
    worker writes at a time; what is typed while it does is written next, whatever lay between is passed over.
    """

    def __init__(
        self, app: ScreenApp, drafts: Drafts, measures: Sequence[str], *, several: bool = False
    ) -> None:
        self._app = app
        self._drafts = drafts
        self._measures = tuple(measures)
        self._several = several
        self._newest: Draft | None = None
        self._written: Draft | None = None
        self._busy = False
        #: Guards what is newest and whether somebody is at it; held for a moment.
        self._state = Lock()
        #: Held while the disk is written.
        self._disk = Lock()

    def begin_with(self, draft: Draft | None) -> None:
        """What is on the disk already: nothing is written for it."""
        self._newest = self._written = draft

    def keep(self, draft: Draft | None, failed: Callable[[], object] = lambda: None) -> None:
        """What is to be kept from now on (None: nothing); ``failed`` where the disk refuses it."""
        with self._state:
            self._newest = draft
            if self._busy or draft == self._written:
                return
            self._busy = True
        self._app.start(
            self._bring_up_to_date, lambda well: None if well else failed(), group="draft", newest_only=False
        )

    def and_then(self, then: Callable[[], object]) -> None:
        """Go on when the disk has what is newest."""
        self._app.start(self._bring_up_to_date, lambda _: then(), group="draft", newest_only=False)

    def _bring_up_to_date(self) -> bool:
        """Write until nothing newer waits; False where the last of it could not be written."""
        with self._disk:
            while True:
                with self._state:
                    draft = self._newest
                    if draft == self._written:
                        self._busy = False
                        return True
                if not self._write(draft):
                    # The next key tries again.
                    with self._state:
                        self._busy = False
                    return False
                self._written = draft

    def _write(self, draft: Draft | None) -> bool:
        if draft is None:
            try:
                self._drafts.forget(self._measures, several=self._several)
            except FazhiError:
                return False
            return True
        # First for a killed process, at once; then, where nobody types on, for a power cut.
        well = self._drafts.keep(draft, durable=False)
        if well and draft is self._newest:
            self._drafts.settle(self._measures, several=self._several)
        return well
