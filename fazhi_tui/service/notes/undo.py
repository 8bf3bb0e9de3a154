"""Taking one report back by a new commit; history is never rewritten (DESIGN.md, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import NotAllowedError
from fazhi_tui.domain.model.note import Note, NoteKind
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.service.notes.commit_message import undoing
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.view import View
from fazhi_tui.vcs.file_history import files_added

if TYPE_CHECKING:
    from fazhi_tui.vcs.repository import Repository


def prepare_undo(view: View, repository: Repository, commit: str | None = None) -> Action:
    """The new commit that takes one report back: the last of this person's, or the one named; writes nothing.

    Raises :class:`NotAllowedError` where there is nothing to take back, the commit added no note, one of its
    files has changed since, or a later note rests on one of them.
    """
    view.refuse_changes()
    event = repository.undo_target(repository.identity(), commit)
    if event is None:
        raise NotAllowedError(
            "没有可以撤销的填报", "只能撤销由 fazhi 提交、尚未撤销的填报；历史里列着全部提交"
        )
    added = files_added(repository.runner, event.commit)
    status = repository.status()
    # Git itself says what differs: line ends that it converts are no difference.
    for path in added:
        if path in status.dirty or path in status.staged or not (repository.root / path).exists():
            raise NotAllowedError(
                f"{path} 在提交之后又被改动或删除，不能撤销", "先用 git status 查看并还原这个文件"
            )
    return _undoing(view, event, added)


def _undoing(view: View, event: Event, added: Sequence[str]) -> Action:
    """The commit that removes the files ``added`` by ``event``, its notes among them."""
    notes = {note.path: note for note in view.tracker.notes}
    taken = [notes[path] for path in added if path in notes]
    if not taken or event.kind not in set(NoteKind):
        raise NotAllowedError(
            f"提交 {event.commit[:8]} 不是一次填报，不能撤销",
            "只撤销由 fazhi 提交的填报；别的提交用 git revert",
        )
    folders = tuple({note.path.rpartition("/")[0] + "/" for note in taken})
    if any(not path.startswith(folders) for path in added):
        raise NotAllowedError(
            f"提交 {event.commit[:8]} 还添加了别的文件，不能撤销", "用 git revert 处理这个提交"
        )
    removes = tuple(path for path in added if path in notes or path not in _shared(view, taken))
    for note in taken:
        _refuse_if_rested_on(note, view)
    return undoing(taken, event, removes)


def _shared(view: View, taken: Sequence[Note]) -> set[str]:
    """Evidence that another note rests on too: it is named by its hash, so two may name the same file."""
    gone = {note.path for note in taken}
    return {
        f"{other.path.rpartition('/')[0]}/{name}"
        for other in view.tracker.notes
        if other.path not in gone
        for name in other.evidence
    }


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
