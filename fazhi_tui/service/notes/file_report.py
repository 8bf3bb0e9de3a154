"""Filing one report: what was typed is a draft until its commit stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from fazhi_tui.service.notes.prepare_report import prepare_report
from fazhi_tui.service.notes.request import Action, Done, ReportRequest

if TYPE_CHECKING:
    from fazhi_tui.domain.model.repository import Identity
    from fazhi_tui.service.view import View
    from fazhi_tui.service.writer import Transaction, Writer


def file_report(
    writer: Writer, request: ReportRequest, identity: Identity, now: datetime | None = None
) -> Done:
    """Check, write and commit one report while no other fazhi process writes here.

    What was typed is a draft from before anything is written until the commit stands, so that it outlives a
    refusal and a killed process.  Raises as :func:`prepare_report` and :meth:`Writer.commit`.
    """
    writer.reader.refuse_read_only()
    older = writer.drafts.load(request.measure)
    writer.drafts.save(request)

    def prepare(view: View) -> Action:
        # Recovery may have forgotten it, where a killed process filed the same text.
        writer.drafts.save(request)
        return prepare_report(view, request, identity, now or writer.reader.repository.moment())

    def settled(current: Transaction) -> None:
        if older is None or older.message.strip() in ("", request.message.strip(), *current.filed):
            writer.drafts.discard(request.measure)
        else:
            writer.drafts.save(older)

    return writer.commit_prepared(prepare, settled)
