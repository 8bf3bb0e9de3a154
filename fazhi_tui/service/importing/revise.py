"""Amending a tracker by a revised document: one commit with a reason, never over anybody's own work."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.service.importing.compare import Change, ChangeKind, compare
from fazhi_tui.service.importing.create import Written
from fazhi_tui.service.importing.prepare import REPORT, Import, Place, read_there
from fazhi_tui.service.notes.request import Action
from fazhi_tui.vcs.trailers import Trailers

_DONE = (ChangeKind.NEW, ChangeKind.AMENDED, ChangeKind.GONE)


def prepare_revision(prepared: Import, changes: Sequence[Change], reason: str) -> Action:
    """The commit that amends what can be amended; notes are never touched.  Writes nothing.

    Raises :class:`UsageError` without a reason or a tracker, :class:`NotAllowedError` where there is nothing
    to amend or the plan itself was changed by hand.
    """
    if not reason.strip():
        raise UsageError("修订要写明理由", "加 --reason，如 --reason '按示例〔2024〕1号文件调整'")
    if prepared.place is not Place.TRACKER:
        raise UsageError(
            f"{one_line(str(prepared.into))} 里还没有台账，谈不上修订", "去掉 --reason，直接导入"
        )
    for change in changes:
        if change.path == "plan/plan.yaml" and change.kind is ChangeKind.CONFLICT:
            raise NotAllowedError(
                f"plan/plan.yaml {change.why}", "把手工改的写进校订文件，还原 plan.yaml 并提交，再修订"
            )
    done = [change for change in changes if change.kind in _DONE]
    if not done:
        raise NotAllowedError("没有可以修订的：与原件没有不同，或不同之处都是手工改的", "加 --check 查看")
    writes: dict[str, str | bytes] = {change.path: change.data for change in done if change.data is not None}
    report = prepared.around[REPORT]
    if read_there(prepared.into / REPORT) != report:
        writes[REPORT] = report
    # The progress that the document tells is added; what is there, from whomever, stays.
    writes |= {
        path: data
        for path, data in prepared.around.items()
        if path.startswith("status/") and path.count("/") == 2 and read_there(prepared.into / path) is None
    }
    numbers = [change.measure for change in done if change.measure]
    return Action(
        subject=f"修订：{one_line(prepared.title, 60)}",
        body="\n".join(
            [
                # A blank line would part the message where it is to be one paragraph.
                *(one_line(line) for line in reason.splitlines() if line.strip()),
                "",
                *(f"- {change.kind}：{_named(change)}" for change in changes),
            ]
        ),
        trailers=Trailers(measure=numbers[0] if len(numbers) == 1 else "", kind=CommitKind.AMEND),
        writes=writes,
        removes=tuple(change.path for change in done if change.kind is ChangeKind.GONE),
    )


def revise(prepared: Import, reason: str) -> Written:
    """Amend and commit, whole or not at all.

    Raises as :func:`prepare_revision`, and :class:`NotAllowedError` where one of the files has been changed
    and not been committed: history would not hold it.
    """
    from fazhi_tui.service.writer import transaction

    with transaction(prepared.into) as current:
        action = prepare_revision(prepared, compare(prepared), reason)
        status = current.repository.status()
        unsaved = [path for path in action.paths if path in (*status.dirty, *status.staged)]
        if unsaved:
            raise NotAllowedError(
                f"{'、'.join(one_line(path) for path in unsaved[:5])} 改动后还没有提交，没有修订",
                "先用 git 提交或还原它们",
            )
        done = current.commit(action)
    return Written(action.paths, done.commit)


def _named(change: Change) -> str:
    name = one_line(change.name)
    return f"{name}（{change.why}）" if change.why else name
