"""Keeping what is typed: every change is saved soon after, in a thread, the newest last."""

from __future__ import annotations

from threading import Lock

from fazhi_tui.service import ReportRequest, Workspace


class DraftKeeper:
    """The draft of one form.  ``flush`` may run in several threads at once; the newest text wins."""

    def __init__(self, workspace: Workspace, measure: str) -> None:
        self._drafts = workspace.drafts
        self._measure = measure
        self._newest: ReportRequest | None = None
        self._lock = Lock()

    def keep(self, request: ReportRequest | None) -> None:
        """What is to be kept from now on; None: nothing."""
        self._newest = request

    def flush(self) -> None:
        """Bring the disk up to date with what is to be kept.  Does file I/O: call it in a worker."""
        with self._lock:
            # Read inside the lock: whichever thread comes last writes what is newest by then.
            if self._newest is None:
                self._drafts.discard(self._measure)
            else:
                self._drafts.save(self._newest)
