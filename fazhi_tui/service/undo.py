"""Taking one report back by a new commit; history is never rewritten (DESIGN.md, section 4)."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_tui.model import Event, NotAllowedError, Note, NoteKind
from fazhi_tui.service.actions import Action
from fazhi_tui.service.reports import SUBJECT_LIMIT
from fazhi_tui.service.view import View
from fazhi_tui.visible import one_line


def prepare_undo(view: View, event: Event, added: Sequence[str]) -> Action:
    """The commit that removes the files ``added`` by ``event``, the note among them; writes nothing.

    Raises :class:`NotAllowedError` where the commit added no note or a later note rests on it.
    """
    notes = {note.path: note for note in view.tracker.notes}
    taken = [notes[path] for path in added if path in notes]
    if len(taken) != 1 or event.kind not in set(NoteKind):
        raise NotAllowedError(
            f"提交 {event.commit[:8]} 不是一次填报，不能撤销",
            "只撤销由 fazhi 提交的填报；别的提交用 git revert",
        )
    (note,) = taken
    folder = note.path.rpartition("/")[0] + "/"
    if any(not path.startswith(folder) for path in added):
        raise NotAllowedError(
            f"提交 {event.commit[:8]} 还添加了别的文件，不能撤销", "用 git revert 处理这个提交"
        )
    # Evidence is named by its hash: another note of the measure may rest on the very same file.
    shared = {folder + name for other in notes.values() if other is not note for name in other.evidence}
    removes = tuple(path for path in added if path == note.path or path not in shared)
    _refuse_if_rested_on(note, view)
    changed = note.status is not None and note.status != note.status_before
    trailers = [("Measure", note.measure)]
    if note.item:
        trailers.append(("Item", note.item))
    trailers += [("Unit", one_line(note.unit)), ("Kind", "撤销"), ("Undoes", event.commit)]
    if changed:
        trailers.append(("Status", f"{note.status} -> {note.status_before}"))
    number = note.item or note.measure
    return Action(
        subject=f"{number} 撤销：{one_line(event.subject.removeprefix(f'{number} '), SUBJECT_LIMIT)}",
        body="",
        trailers=tuple(trailers),
        writes={},
        removes=removes,
        note=note,
        undoes=event.commit,
    )


def _refuse_if_rested_on(taken: Note, view: View) -> None:
    row = view.row(taken.measure)
    later = [n for n in row.state.notes if (n.time, n.id) > (taken.time, taken.id)]
    for note in row.state.notes:
        if note.corrects == taken.id:
            raise NotAllowedError(f"进展 {note.id} 更正了它，不能再撤销", "要改正内容，另写一条更正")
    if taken.status is not None and taken.status != taken.status_before and later:
        raise NotAllowedError(
            f"之后 {later[0].unit} 又在此基础上填报（{later[0].id}），不能撤销",
            "先撤销后面的填报，或另写一条更正",
        )
