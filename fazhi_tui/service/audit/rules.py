"""The audit: history gone through once, every fault told with its commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import partial

from fazhi_tui.domain.as_of import in_zone, time_in, zone_of
from fazhi_tui.domain.model.errors import FazhiError
from fazhi_tui.domain.model.keyed import keyed
from fazhi_tui.domain.model.note import IMPORTER, Note, NoteKind
from fazhi_tui.domain.model.problem import Severity
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.model.settings import Settings
from fazhi_tui.domain.model.tracker import Tracker
from fazhi_tui.domain.model.unit import Unit
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.domain.unit_history import lasting_index
from fazhi_tui.records.fast_notes import quick_note
from fazhi_tui.records.loader import PLAN_FILE, UNITS_FILE, VIEWS_FILE, load_files
from fazhi_tui.records.notes import parse_note
from fazhi_tui.service.audit.ratification import FAULT as RATIFICATION_FAULT
from fazhi_tui.service.audit.ratification import NEVER, Ratification, ratification_of, void_because
from fazhi_tui.service.history.record_query import changed_fields
from fazhi_tui.service.notes.commit_message import trailers_of
from fazhi_tui.vcs.audit_log import (
    AuditEntry,
    FileChange,
    audit_entries,
    merge_versions,
    ratifying_entries,
)
from fazhi_tui.vcs.runner import Runner
from fazhi_tui.vcs.trailers import NAME_OF, Trailers

#: Commits of these kinds may change the plan's words.
AMENDING = (CommitKind.AMEND, CommitKind.IMPORT)
#: What a commit on the register (单位) may change in a measure.
DUTIES = frozenset({"牵头单位", "参加单位", "责任单位", "沿革"})
#: What the message of every report says.
_LEAST = ("measure", "unit", "kind")
#: How far two machines' clocks may differ before a time is out of order.
SKEW = timedelta(minutes=5)
#: A note is committed when it is written; one filed so much earlier than its commit was dated back.
BACKDATED = timedelta(days=2)
#: What git says of a signature that is good (U: by a key it has no trust for).
GOOD_SIGNATURES = ("G", "U")
SIGNATURES = {"N": "没有签名", "B": "签名不对", "E": "签名无法核对（缺少公钥）", "R": "签名的密钥已吊销"}
#: Keeps a fault of the commit in hand: its code and message, its file, its severity.
Fault = Callable[..., None]


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
    ratified: Ratification | None = keyed("追认", "统筹单位追认它的提交和理由", default=None)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit found: how many commits it went through, from where to where, and the faults."""

    commits: int
    notes: int
    first: str
    last: str
    faults: tuple[AuditFault, ...]

    @property
    def standing(self) -> tuple[AuditFault, ...]:
        """The faults that nobody has ratified."""
        return tuple(fault for fault in self.faults if fault.ratified is None)


def audit_commits(runner: Runner, tracker: Tracker, revisions: str = "") -> AuditReport:
    """Judge the commits of a range as git writes it, oldest first; all of history where it is empty."""
    auditor = _Auditor(runner, tracker, revisions)
    entries = auditor.entries
    for entry in entries:
        auditor.take(entry)
    if revisions:
        # What was done in a part of history may have been accepted after it.
        for entry in ratifying_entries(runner):
            auditor.take_ratification(entry)
    first, last = (entries[0].commit, entries[-1].commit) if entries else ("", "")
    return AuditReport(len(entries), auditor.notes, first, last, auditor.judged())


class _Auditor:
    def __init__(self, runner: Runner, tracker: Tracker, revisions: str) -> None:
        self._plan = tracker.plan
        self._index = lasting_index(tracker.units, tracker.other_names)
        self._zone = zone_of((tracker.plan.settings if tracker.plan else Settings()).zone)
        self._versions = partial(merge_versions, runner)
        self._signatures = bool(tracker.plan and tracker.plan.settings.must_sign)
        self.entries, self._blobs, there = audit_entries(runner, revisions, signatures=self._signatures)
        #: Addresses of contacts that a commit still to come brings into the register.
        self._coming = {email for entry in self.entries for email in self._new_contacts(entry)}
        #: Notes by the commit that added them, and the files that a commit added or that were there before.
        self._added: dict[str, str] = {}
        self._known = set(there)
        self._times: dict[str, datetime] = {}
        self._has_plan = any(path.startswith("plan/") for path in there)
        #: By the commit that is accepted; and all commits that set out to accept one.
        self._ratified: dict[str, Ratification] = {}
        self._ratifying: set[str] = set()
        self.faults: list[AuditFault] = []
        self.notes = 0

    def take(self, entry: AuditEntry) -> None:
        """Judge one commit."""
        fault = partial(self._fault, entry)
        notes = [change for change in entry.changes if _is_note(change.path)]
        plan = [change for change in entry.changes if _is_measure(change.path)]
        self._check_times(entry, fault)
        if self._signatures and entry.signature not in GOOD_SIGNATURES:
            fault("signature", SIGNATURES.get(entry.signature, "签名的密钥或签名已过期"))
        if len(entry.parents) > 1:
            self._check_merge(entry, notes, plan, fault)
        else:
            for change in notes:
                self._check_note_file(entry, change, fault)
            if self._has_plan and entry.trailers.kind not in AMENDING:
                lawful = DUTIES if entry.trailers.kind == CommitKind.UNITS else frozenset()
                for change in plan:
                    self._check_plan_file(change, lawful, fault)
            parsed = [self._parse(change) for change in notes if change.letter == "A"]
            added = [note for note in parsed if note is not None]
            self._check_trailers(entry, added, notes, plan, fault)
            for note in added:
                # What a table tells (来源) is of the table's day, and no contact wrote it here.
                of_table = is_of_table(note)
                if not of_table:
                    self._check_author(entry, note, fault)
                if entry.trailers.kind != CommitKind.IMPORT:
                    _check_note_time(entry, note, fault, backdated=not of_table)
        self.take_ratification(entry, fault)
        self._coming -= self._new_contacts(entry)
        self._known.update(change.path for change in entry.changes if change.letter == "A")
        self._has_plan = self._has_plan or bool(plan)

    def take_ratification(self, entry: AuditEntry, fault: Fault | None = None) -> None:
        """Keep which commit this one accepts, if it may; else that is a fault of its own."""
        target = entry.trailers.ratifies
        if entry.trailers.kind != CommitKind.RATIFY or entry.commit in self._ratifying:
            return
        self._ratifying.add(entry.commit)
        why = void_because(entry, self._plan, self._index, self._contacts)
        if why is None and (not target or target in self._ratifying):
            why = "追认的是一次追认" if target else f"没有尾注 {NAME_OF['ratifies']}"
        if why is None:
            self._ratified.setdefault(target, ratification_of(entry))
        elif fault is not None:
            fault(RATIFICATION_FAULT, f"追认不算数：{why}")

    def judged(self) -> tuple[AuditFault, ...]:
        """All faults, those of accepted commits with who accepted them."""
        return tuple(
            replace(fault, ratified=self._ratified[fault.commit])
            if fault.commit in self._ratified and fault.code not in NEVER
            else fault
            for fault in self.faults
        )

    def _fault(
        self, entry: AuditEntry, code: str, message: str, path: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        author = f"{entry.author} <{entry.email}>"
        self.faults.append(AuditFault(entry.commit, entry.commit_time, author, code, message, path, severity))

    # -------------------------------------------------------------- files

    def _check_note_file(self, entry: AuditEntry, change: FileChange, fault: Fault) -> None:
        """A note is added once and stays as it is; only its own undoing takes it away."""
        if change.letter == "A":
            self.notes += 1
            if change.path in self._known and change.path not in self._added:
                fault("note-changed", "进展提交以后又被换过", change.path)
            self._added[change.path] = entry.commit
        elif change.letter == "D":
            undoes, is_undoing = entry.trailers.undoes, entry.trailers.kind == CommitKind.UNDO
            source = self._added.pop(change.path, "")
            # What was added before the range that is looked at cannot be traced to its commit here.
            traced = source.startswith(undoes.lower()) if source else change.path in self._known
            if not (is_undoing and undoes and traced):
                why = "撤销的不是添加它的提交" if is_undoing else "不是撤销"
                fault("note-deleted", f"进展提交以后被删除（{why}）", change.path)
            self._known.discard(change.path)
        else:
            fault("note-changed", "进展提交以后又被改动", change.path)

    def _check_plan_file(self, change: FileChange, lawful: frozenset[str], fault: Fault) -> None:
        """The plan's words change by an amendment alone, but for ``lawful`` keys; changed form is none."""
        if change.letter == "A":
            if change.path not in self._known:
                fault("plan-changed", "没有经过修订就新增了措施", change.path)
        elif change.letter == "D":
            fault("plan-changed", "没有经过修订就删除了措施", change.path)
        else:
            before, after = self._blobs.get(change.before), self._blobs.get(change.after)
            if before is None or after is None:
                return
            fields = changed_fields(before, after, change.path) - lawful
            if fields or not load_files({change.path: after}).measures:
                named = "、".join(sorted(fields)) or "已读不出来"
                fault("plan-changed", f"没有经过修订就改动了方案：{named}", change.path)

    def _check_merge(
        self, entry: AuditEntry, notes: list[FileChange], plan: list[FileChange], fault: Fault
    ) -> None:
        """A merge brings two histories together and no more; where both changed a field, one is taken."""
        words = {"A": "合并里多出了两边都没有的进展", "D": "合并时丢掉了一条进展"}
        for change in notes:
            code = "note-deleted" if change.letter == "D" else "note-changed"
            fault(code, words.get(change.letter, "合并时进展被改动"), change.path)
        for change in plan:
            verdict = _is_settled(*self._versions(entry, change.path))
            if verdict is None:
                fault("plan-changed", "合并时选定的地方太多，请人核对", change.path, Severity.WARNING)
            elif not verdict:
                fault("plan-changed", "合并时方案改成了两边都没有的内容，或丢掉了一边的修订", change.path)

    def _parse(self, change: FileChange) -> Note | None:
        data = self._blobs.get(change.after)
        if data is None:
            return None
        text = data.decode("utf-8", "replace")
        # Every note there ever was: those as the program writes them are read without a YAML parser.
        return quick_note(text, change.path) or parse_note(text, change.path)[0]

    # -------------------------------------------------------------- what the message says

    def _check_trailers(
        self,
        entry: AuditEntry,
        added: list[Note],
        notes: list[FileChange],
        plan: list[FileChange],
        fault: Fault,
    ) -> None:
        said = entry.trailers
        kind = said.kind
        if kind in (*AMENDING, CommitKind.RATIFY):
            return
        if not said:
            if added:
                message = f"提交说明里没有尾注（{'、'.join(NAME_OF[field] for field in _LEAST)}）"
                fault("no-trailers", message, added[0].path, Severity.WARNING)
            return
        if kind == CommitKind.UNDO:
            if not any(change.letter == "D" for change in notes):
                fault("trailers", "说是撤销，却没有删去任何进展")
            return
        if kind == CommitKind.VIEW and not any(change.path == VIEWS_FILE for change in entry.changes):
            fault("trailers", "说是视图，却没有改动共用视图")
        if kind in set(NoteKind) and not added:
            fault("trailers", f"说是{kind}，却没有添加进展")
        for note in added:
            for mismatch in self._mismatches(said, note, len(added)):
                fault("trailers", mismatch, note.path)
        for stem in {change.path.split("/")[1] for change in notes if change.letter == "A"}:
            if said.measures and stem.lstrip("0") not in said.measures:
                fault("trailers", f"{_quoted(said, 'measure')}，改的却是 status/{stem}/")
        if kind == CommitKind.SETTINGS:
            self._check_settings(entry, fault)
        if plan and kind in (*NoteKind, CommitKind.VIEW, CommitKind.SETTINGS):
            fault("trailers", f"说是{kind}，却改动了方案", plan[0].path)

    def _check_settings(self, entry: AuditEntry, fault: Fault) -> None:
        """A commit on the settings changes nothing else of plan.yaml."""
        for change in entry.changes:
            blobs = [self._blobs.get(blob) for blob in (change.before, change.after)]
            if change.path == PLAN_FILE and change.letter == "M" and None not in blobs:
                before, after = (load_files({PLAN_FILE: blob or b""}).plan for blob in blobs)
                if before and (after is None or replace(after, settings=before.settings) != before):
                    fault("trailers", "说是设置，却改动了 plan.yaml 里设置以外的内容", change.path)

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

    def _check_author(self, entry: AuditEntry, note: Note, fault: Fault) -> None:
        """Where units.yaml names contacts of a note's day, a body's notes are theirs, and so are the commits.

        Whom the register gains later is no contact of an older note, unless it says since when (自).
        """
        unit = self._index.get(note.unit)
        if unit is None or not unit.contacts:
            return
        known = self._contacts(unit, in_zone((note,), self._zone)[0].time.date())
        if not known:
            return
        written = note.author.rpartition("<")[2].removesuffix(">").casefold()
        for email, what in ((written, "填报人"), (entry.email.casefold(), "提交的作者")):
            if email not in known:
                fault(
                    "author", f"{what} {one_line(email, 40) or '空'} 当时不是{unit.name}的联络员", note.path
                )
                return

    def _contacts(self, unit: Unit, day: date) -> set[str]:
        """The addresses of a unit's contacts of a day, by what the register had then."""
        return {
            email
            for contact in unit.contacts
            if contact.serves(day)
            and ((email := contact.email.casefold()) not in self._coming or (contact.since or day) < day)
        }

    def _new_contacts(self, entry: AuditEntry) -> set[str]:
        """The addresses of the contacts that a commit brings into the register."""
        found: set[str] = set()
        for change in entry.changes:
            if change.path == UNITS_FILE:
                before, after = (
                    {
                        contact.email.casefold()
                        for unit in load_files({UNITS_FILE: self._blobs.get(blob, b"")}).units
                        for contact in unit.contacts
                    }
                    for blob in (change.before, change.after)
                )
                found |= after - before
        return found

    def _check_times(self, entry: AuditEntry, fault: Fault) -> None:
        self._times[entry.commit] = time = entry.commit_time
        for parent in entry.parents:
            before = self._times.get(parent)
            if before is not None and time < before - SKEW:
                early = f"提交时间 {time:%Y-%m-%d %H:%M} 早于它前面的提交 {before:%Y-%m-%d %H:%M}"
                fault("time", early)
                return


def is_of_table(note: Note) -> bool:
    """Whether a note is progress that an import found in a table; it closes, grants and settles nothing."""
    return bool(note.source) and note.author == IMPORTER and note.kind is NoteKind.PROGRESS


def _check_note_time(entry: AuditEntry, note: Note, fault: Fault, *, backdated: bool) -> None:
    zone = entry.commit_time.tzinfo
    time = time_in(note.time, zone) if isinstance(zone, timezone) else note.time
    written = f"进展的时间 {time:%Y-%m-%d %H:%M}"
    committed = min(entry.author_time, entry.commit_time)
    if time > entry.commit_time + SKEW:
        fault("time", f"{written} 晚于提交的时间", note.path)
    elif backdated and time < committed - BACKDATED:
        fault("time", f"{written} 比提交早 {(committed - time).days} 天", note.path)


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


def _is_note(path: str) -> bool:
    return path.startswith("status/") and path.count("/") == 2 and path.endswith(".md")


def _is_measure(path: str) -> bool:
    folder, _, name = path.partition("/")
    return folder == "plan" and "/" not in name and name[:1].isdigit() and name.endswith(".yaml")
