"""One action before and after it is committed, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.note import Note, NoteKind, Status
from fazhi_tui.vcs.trailers import Trailers, commit_message


class StaleError(NotAllowedError):
    """The measure has moved on since the action was previewed."""


@dataclass(frozen=True)
class ReportRequest:
    """What a person wants to report, as typed; nothing in it is checked yet."""

    measure: str = keyed("措施", "措施编号；几条一起填报时不写。")
    unit: str = keyed("单位", "填报单位，照所写。")
    message: str = keyed("内容", "进展的内容。")
    kind: NoteKind = keyed("类型", "进展的类型。", default=NoteKind.PROGRESS)
    status: Status | None = keyed("状态", "填报后的状态；不写则不变。", default=None)
    item: str | None = keyed("事项", "只报其中一项时写。", default=None)
    progress: int | None = keyed("进度", "完成的百分比。", default=None, digits=4000)
    quantity: int | None = keyed("数量", "本次完成的数量。", default=None, digits=4000)
    evidence: tuple[str, ...] = keyed("佐证", "佐证材料的路径。", default=())
    #: Where it is not the period of today: ``2022年`` (or ``2022``).
    occurrence: str | None = keyed("期", "周期性事项的哪一期。", default=None)
    new_due: date | None = keyed("延期至", "申请或同意延到的日期。", default=None)
    #: The note's file name without ``.md``, or the last part of it.
    corrects: str | None = keyed("更正", "更正哪一条进展。", default=None)


@dataclass(frozen=True)
class Action:
    """One action before it is committed: the files it writes and removes, and the commit it becomes.

    ``writes`` maps paths relative to the root to their whole text.  ``preview`` and the commit are
    made from the same values, so that what was shown is what is committed.
    """

    subject: str
    body: str
    trailers: Trailers
    writes: Mapping[str, str | bytes]
    removes: tuple[str, ...] = ()
    #: The notes it files: one, or one a measure where several are reported on in one commit.
    notes: tuple[Note, ...] = ()
    #: The commit that ``undo`` takes back.
    undoes: str = ""
    #: What is allowed but unusual; shown in the preview.
    warnings: tuple[str, ...] = ()

    @property
    def note(self) -> Note | None:
        """The note that it files or takes back, the first of several."""
        return self.notes[0] if self.notes else None

    @property
    def message(self) -> str:
        """The whole commit message."""
        return commit_message(self.subject, self.body, self.trailers)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path that the commit holds."""
        return (*self.writes, *self.removes)


@dataclass(frozen=True)
class Done:
    """An action that is in history now; ``commit`` is empty where nothing had changed."""

    commit: str
    action: Action


@dataclass(frozen=True)
class Batch:
    """Several measures at once, before anything is written: the commits to be, and what cannot be done.

    ``refused`` names a measure and why its report is not allowed; the others can still be committed.
    """

    actions: tuple[Action, ...]
    refused: tuple[tuple[str, FazhiError], ...] = ()


@dataclass(frozen=True)
class Filed:
    """What became of a batch: the commits made, and why it ended early, if it did.

    ``left`` are the actions that were not committed.  Nothing of them is in the work tree.
    """

    done: tuple[Done, ...]
    left: tuple[Action, ...] = ()
    error: FazhiError | None = None
