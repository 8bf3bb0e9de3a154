"""One report for several measures: one commit each, or one for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from fazhi_tui.domain.model.errors import FazhiError, UsageError
from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.service.notes.commit_message import filing
from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import Action, Batch, ReportRequest
from fazhi_tui.service.view import View


def prepare_batch(
    view: View,
    measures: Sequence[str],
    request: ReportRequest,
    identity: Identity,
    *,
    together: bool = False,
    now: datetime | None = None,
) -> Batch:
    """Check one report for each of several measures and lay out the commits; writes nothing.

    Everything in ``request`` but its measure is said of each.  A measure that the report is not allowed for
    is among ``refused``, the others are not kept back by it.  With ``together`` all notes go into one commit.
    Raises :class:`UsageError` where there is no measure, or where the report is none for any of them.
    """
    view.refuse_changes()
    numbers = list(dict.fromkeys(view.row(number).measure.id for number in measures))
    if not numbers:
        raise UsageError("没有选定措施", "写编号，或用 --where 写筛选条件")
    actions: list[Action] = []
    refused: list[tuple[str, FazhiError]] = []
    for number in numbers:
        try:
            actions.append(prepare_report(view, replace(request, measure=number), identity, now))
        except FazhiError as error:
            refused.append((number, error))
    if not actions:
        raise refused[0][1]
    if together and len(actions) > 1:
        notes = [note for action in actions for note in action.notes]
        writes = {path: content for action in actions for path, content in action.writes.items()}
        actions = [filing(notes, writes, [said for action in actions for said in action.warnings])]
    return Batch(tuple(actions), tuple(refused))
