"""The audit: history gone through once, every fault told with its commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.note import NoteKind
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_index import UnitIndex
from fazhi_tui.records.fast_notes import quick_note
from fazhi_tui.records.loader import VIEWS_FILE, load_files
from fazhi_tui.records.notes import parse_note
from fazhi_tui.service.history.record_query import changed_fields
from fazhi_tui.service.notes.commit_message import trailers_of
from fazhi_tui.vcs.trailers import NAME_OF, Trailers

if TYPE_CHECKING:
    from fazhi_tui.domain.model.note import Note
    from fazhi_tui.vcs.audit_log import AuditEntry, FileChange

#: Commits of these kinds may change the plan's words.
AMENDING = (CommitKind.AMEND, CommitKind.IMPORT)
#: What the message of every report says.
_LEAST = ("measure", "unit", "kind")
#: How far two machines' clocks may differ before a time is out of order.
SKEW = timedelta(minutes=5)
#: A note is committed when it is written; one filed so much earlier than its commit was dated back.
BACKDATED = timedelta(days=2)
#: What git says of a signature that is good (U: by a key it has no trust for).
GOOD_SIGNATURES = ("G", "U")


@dataclass(frozen=True, slots=True)
class AuditFault:
    """One thing that is not as it should be; ``code`` is a stable ASCII name."""

    commit: str = keyed("提交", "提交号；说的是历史本身时为空")
    time: datetime | None = keyed("时间", "提交时间")
    author: str = keyed("作者", "提交的作者")
    code: str = keyed("代码", "问题的代码")
    message: str = keyed("问题", "哪里不对")
    path: str = keyed("文件", "哪个文件", default="")
    severity: Severity = keyed("级别", "错误或提醒", default=Severity.ERROR)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit found: how many commits it went through, from where to where, and the faults."""

    commits: int
    notes: int
    first: str
    last: str
    faults: tuple[AuditFault, ...]


class Auditor:
    """Goes through commits, oldest first.

    ``blob`` gives the bytes of a blob, None where it is not there; ``versions`` a file in a merge's common
    ancestor, its two parents and the merge itself.
    """

    def __init__(
        self,
        tracker: Tracker,
        blob: Callable[[str], bytes | None],
        versions: Callable[[AuditEntry, str], tuple[bytes | None, ...]],
        *,
        signatures: bool = False,
    ) -> None:
        self._tracker = tracker
        self._index = UnitIndex(tracker.units)
        self._blob = blob
        self._versions = versions
        self._signatures = signatures
        self._added: dict[str, str] = {}
        self._known: set[str] = set()
        self._times: dict[str, datetime] = {}
        self._has_plan = False
        self.faults: list[AuditFault] = []
        self.notes = 0

    def start_from(self, paths: Iterable[str]) -> None:
        """What was there before the first commit that is gone through: nothing of it counts as new."""
        for path in paths:
            self._known.add(path)
            self._has_plan = self._has_plan or path.startswith("plan/")

    def take(self, entry: AuditEntry) -> None:
        """Judge one commit."""
        notes = [change for change in entry.changes if _is_note(change.path)]
        plan = [change for change in entry.changes if _is_measure(change.path)]
        self._check_times(entry)
        self._check_signature(entry)
        if len(entry.parents) > 1:
            self._merge(entry, notes, plan)
        else:
            for change in notes:
                self._note_file(entry, change)
            self._plan_files(entry, plan)
            added = [
                parsed
                for change in notes
                if change.letter == "A" and (parsed := self._parse(change)) is not None
            ]
            self._check_trailers(entry, added, notes, plan)
            for note in added:
                self._check_author(entry, note)
                self._check_note_time(entry, note)
        self._known.update(change.path for change in entry.changes if change.letter == "A")
        self._has_plan = self._has_plan or bool(plan)

    # -------------------------------------------------------------- files

    def _note_file(self, entry: AuditEntry, change: FileChange) -> None:
        """A note is added once and stays as it is; only its own undoing takes it away."""
        if change.letter == "A":
            self.notes += 1
            if change.path in self._known and change.path not in self._added:
                self._fault(entry, "note-changed", "进展提交以后又被换过", change.path)
            self._added[change.path] = entry.commit
        elif change.letter == "D":
            undoes, is_undoing = entry.trailers.undoes, entry.trailers.kind == CommitKind.UNDO
            source = self._added.get(change.path, "")
            # What was added before the range that is looked at cannot be traced to its commit here.
            traced = source.startswith(undoes.lower()) if source else change.path in self._known
            if not (is_undoing and undoes and traced):
                why = "撤销的不是添加它的提交" if is_undoing else "不是撤销"
                self._fault(entry, "note-deleted", f"进展提交以后被删除（{why}）", change.path)
            self._added.pop(change.path, None)
            self._known.discard(change.path)
        else:
            self._fault(entry, "note-changed", "进展提交以后又被改动", change.path)

    def _plan_files(self, entry: AuditEntry, plan: list[FileChange]) -> None:
        """The plan's words change by an amendment alone; a change of form alone is none."""
        if not self._has_plan or entry.trailers.kind in AMENDING:
            return
        for change in plan:
            if change.letter == "A":
                if change.path not in self._known:
                    self._fault(entry, "plan-changed", "没有经过修订就新增了措施", change.path)
            elif change.letter == "D":
                self._fault(entry, "plan-changed", "没有经过修订就删除了措施", change.path)
            else:
                before, after = self._blob(change.before), self._blob(change.after)
                if before is None or after is None:
                    continue
                fields = changed_fields(before, after, change.path)
                if fields or not _readable(after, change.path):
                    named = "、".join(sorted(fields)) or "已读不出来"
                    self._fault(entry, "plan-changed", f"没有经过修订就改动了方案：{named}", change.path)

    def _merge(self, entry: AuditEntry, notes: list[FileChange], plan: list[FileChange]) -> None:
        """A merge brings two histories together and no more; where both changed a field, one is taken."""
        words = {"A": "合并里多出了两边都没有的进展", "D": "合并时丢掉了一条进展"}
        for change in notes:
            code = "note-deleted" if change.letter == "D" else "note-changed"
            self._fault(entry, code, words.get(change.letter, "合并时进展被改动"), change.path)
        for change in plan:
            verdict = _is_settled(*self._versions(entry, change.path))
            if verdict is None:
                message = "合并时选定的地方太多，请人核对"
                self._fault(entry, "plan-changed", message, change.path, Severity.WARNING)
            elif not verdict:
                message = "合并时方案改成了两边都没有的内容，或丢掉了一边的修订"
                self._fault(entry, "plan-changed", message, change.path)

    def _parse(self, change: FileChange) -> Note | None:
        data = self._blob(change.after)
        if data is None:
            return None
        text = data.decode("utf-8", "replace")
        # Every note there ever was: those as the program writes them are read without a YAML parser.
        return quick_note(text, change.path) or parse_note(text, change.path)[0]

    # -------------------------------------------------------------- what the message says

    def _check_trailers(
        self, entry: AuditEntry, added: list[Note], notes: list[FileChange], plan: list[FileChange]
    ) -> None:
        said = entry.trailers
        kind = said.kind
        if kind == CommitKind.IMPORT:
            return
        if not said:
            if added:
                message = f"提交说明里没有尾注（{'、'.join(NAME_OF[field] for field in _LEAST)}）"
                self._fault(entry, "no-trailers", message, added[0].path, Severity.WARNING)
            return
        if kind == CommitKind.UNDO:
            if not any(change.letter == "D" for change in notes):
                self._fault(entry, "trailers", "说是撤销，却没有删去任何进展")
            return
        if kind in AMENDING:
            return
        if kind == CommitKind.VIEW and not any(change.path == VIEWS_FILE for change in entry.changes):
            self._fault(entry, "trailers", "说是视图，却没有改动共用视图")
        if kind in set(NoteKind) and not added:
            self._fault(entry, "trailers", f"说是{kind}，却没有添加进展")
        for note in added:
            for fault in self._mismatches(said, note, len(added)):
                self._fault(entry, "trailers", fault, note.path)
        for stem in {change.path.split("/")[1] for change in notes if change.letter == "A"}:
            if said.measures and stem.lstrip("0") not in said.measures:
                self._fault(entry, "trailers", f"{_quoted(said, 'measure')}，改的却是 status/{stem}/")
        if plan and kind in (*NoteKind, CommitKind.VIEW):
            self._fault(entry, "trailers", f"说是{kind}，却改动了方案", plan[0].path)

    def _mismatches(self, said: Trailers, note: Note, count: int) -> Iterator[str]:
        """Which trailers differ from the note; item and status only where it is the commit's only one."""
        canonical, wanted = self._index.canonical, trailers_of((note,))
        same = {
            "measure": not said.measures or note.measure in said.measures,
            "unit": not said.unit or canonical(said.unit) == canonical(note.unit),
            "kind": not said.kind or said.kind == note.kind,
            "item": count > 1 or said.item == wanted.item,
            "status": count > 1 or said.status == wanted.status,
        }
        for field, fits in same.items():
            if not fits:
                yield f"{_quoted(said, field)}，进展写的是 {one_line(getattr(wanted, field), 60) or '空'}"

    # -------------------------------------------------------------- who and when

    def _check_author(self, entry: AuditEntry, note: Note) -> None:
        """Where units.yaml names contacts, a body's notes are theirs, and so are the commits."""
        unit = self._index.get(note.unit)
        if unit is None or not unit.contacts:
            return
        known = {contact.email.casefold() for contact in unit.contacts}
        written = note.author.rpartition("<")[2].removesuffix(">").casefold()
        for email, what in ((written, "填报人"), (entry.email.casefold(), "提交的作者")):
            if email not in known:
                message = f"{what} {one_line(email, 40) or '空'} 不是{unit.name}的联络员"
                self._fault(entry, "author", message, note.path)
                return

    def _check_times(self, entry: AuditEntry) -> None:
        self._times[entry.commit] = entry.commit_time
        for parent in entry.parents:
            before = self._times.get(parent)
            if before is not None and entry.commit_time < before - SKEW:
                self._fault(
                    entry,
                    "time",
                    f"提交时间 {entry.commit_time:%Y-%m-%d %H:%M} 早于它前面的提交 {before:%Y-%m-%d %H:%M}",
                )
                return

    def _check_note_time(self, entry: AuditEntry, note: Note) -> None:
        if entry.trailers.kind == CommitKind.IMPORT:
            return
        time = note.time if note.time.tzinfo else note.time.replace(tzinfo=UTC)
        written = f"{note.time:%Y-%m-%d %H:%M}"
        if time > entry.commit_time + SKEW:
            self._fault(entry, "time", f"进展的时间 {written} 晚于提交的时间", note.path)
        elif time < min(entry.author_time, entry.commit_time) - BACKDATED:
            days = (min(entry.author_time, entry.commit_time) - time).days
            self._fault(entry, "time", f"进展的时间 {written} 比提交早 {days} 天", note.path)

    def _check_signature(self, entry: AuditEntry) -> None:
        if not self._signatures or entry.signature in GOOD_SIGNATURES:
            return
        words = {"N": "没有签名", "B": "签名不对", "E": "签名无法核对（缺少公钥）", "R": "签名的密钥已吊销"}
        said = words.get(entry.signature, "签名的密钥或签名已过期")
        self._fault(entry, "signature", said)

    def _fault(
        self,
        entry: AuditEntry,
        code: str,
        message: str,
        path: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        author = f"{entry.author} <{entry.email}>"
        self.faults.append(AuditFault(entry.commit, entry.commit_time, author, code, message, path, severity))


def lost_fault(code: str, commit: str, message: str) -> AuditFault:
    """A fault of the history as a whole: a commit that was there and is there no more."""
    return AuditFault(commit, None, "", code, message)


def _is_settled(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, merged: bytes | None
) -> bool | None:
    """Whether a merge's file is what choosing between its sides gives; None where that cannot be told."""
    if ours is None or theirs is None or merged is None:
        return merged in (base, ours, theirs)
    from fazhi_tui.records.merge import is_combination

    texts = [(version or b"").decode("utf-8", "replace") for version in (base, ours, theirs, merged)]
    try:
        return is_combination(*texts)
    except FazhiError:
        # One version cannot be read field by field: then the file is one side's, whole.
        return merged in (base, ours, theirs)


def _quoted(said: Trailers, field: str) -> str:
    return f"尾注 {NAME_OF[field]} 是 {one_line(getattr(said, field), 60) or '空'}"


def _readable(data: bytes, path: str) -> bool:
    return bool(load_files({path: data}).measures)


def _is_note(path: str) -> bool:
    parts = path.split("/")
    return len(parts) == 3 and parts[0] == "status" and parts[2].endswith(".md")


def _is_measure(path: str) -> bool:
    parts = path.split("/")
    return len(parts) == 2 and parts[0] == "plan" and parts[1][:1].isdigit() and parts[1].endswith(".yaml")
