"""What stands beside the plan in a tracker: saved views, recent queries, what completes a filter."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import NotAllowedError
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.domain.model.saved_view import SavedView
from fazhi_tui.records.loader import VIEWS_FILE

# What only some of these need is imported where it is used: a list must not pay for it.
if TYPE_CHECKING:
    from fazhi_tui.domain.query.completion_source import Present
    from fazhi_tui.service.notes.request import Action
    from fazhi_tui.service.plan.saved_views import KeptViews
    from fazhi_tui.service.view import View
    from fazhi_tui.vcs.repository import Repository


class Shelf:
    """The part of a :class:`Workspace` that is no record; what is read-only writes none of it."""

    root: Path
    read_only: bool

    def _history(self) -> AbstractContextManager[Repository]:
        raise NotImplementedError

    def _refuse_past(self, view: View) -> None:
        raise NotImplementedError

    def _refuse_read_only(self) -> None:
        raise NotImplementedError

    def kept_views(self, view: View | None = None) -> KeptViews:
        """One's own saved views and the shared ones: of ``view``, else read anew without the rest."""
        from fazhi_tui.service.plan import saved_views

        shared = saved_views.shared_views(self.root) if view is None else view.tracker.views
        return saved_views.kept_views(self.root, shared)

    def prepare_view(self, view: View, saved: SavedView) -> Action:
        """Lay out the commit that saves a view for all; see :func:`views.prepare_shared`.  Writes nothing."""
        from fazhi_tui.service.plan import saved_views

        return saved_views.prepare_shared(self.root, view, saved, self._may_change_views(view))

    def prepare_view_removal(self, view: View, name: str) -> Action:
        """Lay out the commit that takes a shared view away.  Writes nothing."""
        from fazhi_tui.service.plan import saved_views

        return saved_views.prepare_removal(self.root, view, name, self._may_change_views(view))

    def _may_change_views(self, view: View) -> Identity:
        """Who saves; refused where the file holds changes that nobody has committed."""
        self._refuse_read_only()
        self._refuse_past(view)
        with self._history() as repository:
            status = repository.status()
            identity = repository.identity()
        if VIEWS_FILE in (*status.dirty, *status.staged):
            raise NotAllowedError(
                f"{VIEWS_FILE} 里有还没提交的改动",
                f"先提交它，或用 git checkout -- {VIEWS_FILE} 还原，再保存",
            )
        return identity

    def save_own_view(self, view: View, saved: SavedView) -> None:
        """Save a view for oneself alone, outside the work tree; see :func:`views.save_own`."""
        from fazhi_tui.service.plan import saved_views

        self._refuse_read_only()
        saved_views.save_own(self.root, view, saved)

    def remove_own_view(self, name: str) -> None:
        """Forget one of one's own views.  Raises :class:`UsageError` where there is none of that name."""
        from fazhi_tui.service.plan import saved_views

        self._refuse_read_only()
        saved_views.remove_own(self.root, name)

    def recent_queries(self) -> tuple[str, ...]:
        """The queries that were kept here, newest first."""
        from fazhi_tui.service.preferences import recent_queries as recent_queries_module

        return recent_queries_module.recent_queries(self.root)

    def remember_query(self, query: str) -> tuple[str, ...]:
        """Remember a query as the newest; best effort, never raises.  The queries as they are then."""
        from fazhi_tui.service.preferences import recent_queries as recent_queries_module

        if self.read_only:
            return self.recent_queries()
        return recent_queries_module.remember_query(self.root, query)

    def present(self, view: View) -> Present:
        """What the filter bar completes with; see :func:`suggesting.present_of`.  For a worker."""
        from fazhi_tui.service.preferences import completion_source

        return completion_source.present_of(view, None if self.read_only else self.root)
