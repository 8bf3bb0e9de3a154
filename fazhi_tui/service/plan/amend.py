"""Amending the plan itself (修订): one measure's file, with a reason, as a commit of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from fazhi_tui.vcs.snapshot import file_at
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.yaml.editor import edit
from fazhi_tui.domain.model.errors import NotAllowedError, UsageError
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.records.fields import keys_of
from fazhi_tui.service.notes.request import Action
from fazhi_tui.service.reporting.compare import FieldChange, measure_changes
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.vcs.trailers import Trailers

from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.vcs.trailers import Trailers

if TYPE_CHECKING:
    from fazhi_tui.service.reader import Reader
    from fazhi_tui.domain.model.repository import Identity
    from fazhi_tui.domain.model.measure import Measure

_ITEM = re.compile(r"([0-9-]+\.[0-9]+)\.(.+)")


def with_values(text: str, measure: Measure, assignments: Sequence[str]) -> str:
    """A measure's text with single values changed: ``标题=…``, ``28.1.截止=2023-06-30``; empty takes one out.

    Raises :class:`UsageError` for a key that is none or a value that does not fit.
    """
    from fazhi_tui.domain.model.measure import Item

    numbers = [item.id for item in measure.items]
    for assignment in assignments:
        key, sign, value = assignment.replace("＝", "=", 1).partition("=")
        key = key.strip()
        if not sign:
            raise UsageError(
                f"「{one_line(assignment, 40)}」没有写成 项=值", "例如 --set 28.1.截止=2023-06-30"
            )
        found = _ITEM.fullmatch(key)
        if found and found[1] in numbers:
            name = found[2]
            table = keys_of(Item)
            path: tuple[str | int, ...] = ("事项", numbers.index(found[1]), name)
        else:
            table, path, name = keys_of(type(measure)), (key,), key
        field = table.get(name)
        if field is None or field.many or field.kind == "object" or name == "编号":
            known = "、".join(other.key for other in table.values() if not other.many and other.kind != "object")
            raise UsageError(f"不能这样改「{one_line(key, 30)}」", f"可以写：{known}；其余用编辑器改")
        text = edit(text, {path: _typed(field.kind, key, value.strip())})
    return text


def _typed(kind: str, key: str, value: str) -> object:
    if not value:
        return None
    try:
        if kind == "date":
            return date.fromisoformat(value)
        if kind == "int":
            return int(value)
    except ValueError:
        raise UsageError(
            f"{key} 的值「{one_line(value, 30)}」不对", "日期写成 2023-06-30，数写成整数"
        ) from None
    if kind == "bool":
        return value in ("true", "是")
    return value.replace("\\n", "\n")


def measure_text(reader: Reader, number: str) -> str:
    """The text of one measure's file.  Raises :class:`UsageError` where there is no such measure."""
    return (reader.root / _path_of(reader.load().row(number).measure)).read_text("utf-8")


def amended_by_hand(reader: Reader, number: str) -> bool:
    """Whether a measure's file differs from the last commit; raises for an unknown number."""
    path = _path_of(reader.load().row(number).measure)
    status = reader.repository.status()
    return path in status.dirty or path in status.staged


def _path_of(measure: Measure) -> str:
    return f"plan/{measure.stem}.yaml"


def prepare_amendment(
    reader: Reader, number: str, reason: str, *, values: Sequence[str] = (), text: str | None = None
) -> Action:
    """Lay out an amendment's file and commit; writes nothing.

    ``values`` change single values (``28.1.截止=2023-06-30``) of ``text``, the whole file as it is to be;
    without it, as it is in the work tree.  Raises :class:`UsageError` without a reason,
    :class:`NotAllowedError` where nothing changes, the number changes, or the text breaks a rule that it did
    not break before.
    """
    reader.load().refuse_changes()
    measure = reader.current().row(number).measure
    path = _path_of(measure)
    now = (reader.root / path).read_text("utf-8") if text is None else text
    repository = reader.repository
    before = file_at(repository.runner, "HEAD", path)
    after = with_values(now, measure, values)
    return _amendment(path, before, after, reason, repository.identity())


def _amendment(path: str, before: bytes, after: str, reason: str, identity: Identity) -> Action:
    """``before`` is the measure's file as the last commit has it, ``after`` what it is to be."""
    old = load_files({path: before})
    if not old.measures:
        raise NotAllowedError(f"{path} 在上一次提交里读不出来，不能修订", "先改好它，直接提交")
    measure = old.measures[0]
    if not reason.strip():
        raise UsageError("修订要写明理由", '加 --reason "……"')
    tracker = load_files({path: after.encode()})
    if not tracker.measures:
        problem = next(iter(tracker.problems), None)
        said = f"{problem.place}：{problem.message}" if problem else "读不出来"
        raise NotAllowedError(f"改成这样读不出来：{said}", problem.hint if problem else "改好再试")
    new = tracker.measures[0]
    if new.id != measure.id:
        raise NotAllowedError(f"编号由 {measure.id} 变成了 {new.id}", "修订不改编号")
    changes = list(measure_changes(measure, new))
    if not changes:
        raise NotAllowedError("没有改动", "先改内容，再修订")
    known = {(problem.code, problem.message) for problem in old.problems}
    wrong = [
        problem
        for problem in tracker.problems
        if problem.severity is Severity.ERROR and (problem.code, problem.message) not in known
    ]
    if wrong:
        raise NotAllowedError(f"{wrong[0].place}：{wrong[0].message}", wrong[0].hint)
    names = "、".join(dict.fromkeys(change.field for change in changes))
    trailers = Trailers(measure=measure.id, unit=one_line(identity.unit), kind=CommitKind.AMEND)
    body = "\n".join([one_line(reason), "", *(_line(change) for change in changes)])
    return Action(f"{measure.id} {CommitKind.AMEND}：{one_line(names, 50)}", body, trailers, {path: after})


def _line(change: FieldChange) -> str:
    before, after = one_line(change.before) or "（无）", one_line(change.after) or "（无）"
    return f"{change.field}：{before} -> {after}"
