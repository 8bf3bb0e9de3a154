"""One tracker on disk, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.problem import Problem
from fazhi_tui.domain.model.repository import Event, Identity, RepoStatus
from fazhi_tui.records import loader
from fazhi_tui.records.check import rules
from fazhi_tui.records.files import fingerprint
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.notes import parse_note
from fazhi_tui.service.error_words import READ_ONLY, READ_ONLY_HINT
from fazhi_tui.service.preferences.user_store import Shelf
from fazhi_tui.service.view import Past, View, view_of

# What only writing needs is imported where it is used: a list must not pay for it.
if TYPE_CHECKING:
    from concurrent.futures import Future

    from fazhi_tui.service.audit.rules import AuditReport
    from fazhi_tui.service.exchange.proposal import Proposal
    from fazhi_tui.service.exchange.sync import Exchange
    from fazhi_tui.service.history.commit_summary import CommitStory
    from fazhi_tui.service.notes.drafts import Drafts
    from fazhi_tui.service.notes.request import Action, Batch, Done, Filed, ReportRequest
    from fazhi_tui.vcs.repository import Repository


class Workspace(Shelf):
    """One tracker on disk, and what can be done with it.

    ``today`` is the day that lights count from; ``members`` whether collectives count for their members
    (what the settings say where it is None).  ``at`` is a day, tag or commit: then everything is read as it
    stood there, nothing can be written, and lights count from that day unless ``keep_today``.  With
    ``read_only`` everything that would write raises :class:`NotAllowedError`.  Reading methods change no file
    and not the index.
    """

    def __init__(
        self,
        root: Path,
        today: date,
        members: bool | None = None,
        *,
        at: str = "",
        keep_today: bool = False,
        read_only: bool = False,
    ) -> None:
        self.root = root
        self.today = today
        self.members = members
        self.at = at
        self.read_only = read_only
        self._keep_today = keep_today
        self._early: Future[tuple[object, View]] | None = None

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed here and not committed."""
        from fazhi_tui.service.notes.drafts import Drafts

        return Drafts(self.root, read_only=self.read_only)

    def exchange(self, *, ask: bool = False) -> Exchange:
        """The exchange with the server; ``ask`` lets git ask for passwords at the terminal."""
        from fazhi_tui.service.exchange.sync import Exchange

        return Exchange(self.root, ask=ask, read_only=self.read_only)

    # ------------------------------------------------------------------ reading

    def begin_reading(self) -> None:
        """Begin to read in a thread, while the caller loads what it needs to show it."""
        from concurrent.futures import Future
        from threading import Thread

        early: Future[tuple[object, View]] = Future()

        def read() -> None:
            try:
                early.set_result(self._read_with_token())
            except BaseException as error:  # noqa: BLE001 - whoever asks for the result gets it
                early.set_exception(error)

        self._early = early
        Thread(target=read, daemon=True, name="fazhi-early").start()

    @property
    def has_read(self) -> bool:
        """Whether what :meth:`begin_reading` began has come to a good end."""
        early = self._early
        return early is not None and early.done() and early.exception() is None

    def first_reading(self) -> tuple[object, View]:
        """A token and everything read after it: what was begun early, else read now."""
        early, self._early = self._early, None
        return self._read_with_token() if early is None else early.result()

    def _read_with_token(self) -> tuple[object, View]:
        # The token first: a change while reading is then seen at the next look.
        return self.watch_token(), self.load()

    def load(self) -> View:
        """Read everything; what could not be read is among ``problems``, never left out."""
        if self.at:
            return self.load_at(self.at, self.today if self._keep_today else None)
        return self.load_now()

    def load_now(self) -> View:
        """Everything as the files are now, whatever ``at`` says."""
        return view_of(loader.load(self.root, places=False), self.today, self.members)

    def load_at(self, text: str, today: date | None = None) -> View:
        """Everything as it stood on a day, at a tag or a commit, read from git; the work tree is not touched.

        Lights count from ``today``, else from the day asked for, else from the day of the commit.  Raises
        :class:`UsageError` where ``text`` names nothing, or nothing that holds a tracker.
        """
        with self._history() as repository:
            moment = repository.moment(text)
            files = repository.files_at(moment.commit)
        if not any(path.startswith("plan/") for path in files):
            raise UsageError(f"提交 {moment.commit[:8]} 里还没有台账（plan/）", "写一个以后的日期或提交")
        day = today or moment.day or moment.time.date()
        view = view_of(load_files(files), day, self.members)
        return replace(view, past=Past(moment.commit, moment.time, text))

    def check(self) -> tuple[Problem, ...]:
        """Every problem in the files, sorted by place, and whether a merge waits; writes nothing."""
        from fazhi_tui.vcs.operation import unfinished

        problems = rules.check(loader.load(self.root))
        under_way = unfinished(self.root)
        if under_way is None:
            return problems
        message = f"{under_way.name}还没有做完：这以前不能填报，也没有推送"
        hint = f"做完它：{under_way.finish}；或者放弃它：{under_way.abort}"
        return (Problem(".", 0, 0, "unfinished", message, hint), *problems)

    def check_staged(self) -> tuple[Problem, ...]:
        """The problems of the files that are to be committed; for a hook."""
        with self._history() as repository:
            paths = set(repository.staged_paths())
        return tuple(one for one in rules.check(loader.load(self.root)) if one.path in paths)

    def prepare_pipeline(self, forge: str, *, replace: bool = False) -> Action:
        """Pipeline, template and CODEOWNERS as a commit to be; see :mod:`initializing`."""
        from fazhi_tui.service.setup import initialize

        self._refuse_read_only()
        with self._history() as repository:
            return initialize.prepare_pipeline(self.root, repository, forge, replace=replace)

    def install_hook(self, program: str) -> Path:
        """Install the pre-commit check; see :func:`initializing.install_hook`."""
        from fazhi_tui.service.setup import initialize

        self._refuse_read_only()
        with self._history() as repository:
            return initialize.install_hook(self.root, repository, program)

    def proposal(self, base: str, *, unit: str = "", branch: str = "") -> Proposal:
        """What HEAD brings to ``base``, and which rules it breaks; see :func:`proposing.proposal_of`."""
        from fazhi_tui.service.exchange import proposal as proposal_module

        with self._history() as repository:
            return proposal_module.proposal_of(
                self.root, repository, base, self.today, unit=unit, branch=branch
            )

    # ------------------------------------------------------------------ git's answers

    def identity(self) -> Identity:
        """Unit, name and email from git's configuration; empty where it says nothing."""
        with self._history() as repository:
            return repository.identity()

    def save_identity(self, unit: str, name: str, email: str) -> None:
        """Keep unit, name and email in this repository's git configuration."""
        self._refuse_read_only()
        with self._history() as repository:
            repository.save_identity(unit, name, email)

    def repo_status(self) -> RepoStatus:
        """Branch, ahead and behind, dirty files."""
        with self._history() as repository:
            return repository.status()

    def events(self, measure: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """The commits that touched one measure or any, newest first."""
        with self._history() as repository:
            return repository.events(measure, limit=limit)

    def log(self, view: View, typed: Sequence[str]) -> tuple[Event, ...]:
        """The events that the words of ``fazhi log`` ask for, newest first; see :mod:`recording`.

        One pass over history; where a field is asked for, one more over the plan's own changes.
        """
        from fazhi_tui.service.history import record_query

        asked = record_query.parse_log_query(view, typed)
        fields: dict[str, set[str]] = {}
        with self._history() as repository:
            revisions = asked.revisions
            events = repository.events_in(revisions) if revisions else repository.events()
            if asked.field:
                for commit, path, before, after in repository.plan_edits(revisions):
                    found = record_query.changed_fields(before, after, path)
                    fields.setdefault(commit, set()).update(found)
        frozen = {commit: frozenset(found) for commit, found in fields.items()}
        return record_query.select_events(events, asked, frozen, view)

    def story(self, event: Event) -> CommitStory:
        """One commit in the domain's words, with its diff; see :func:`stories.story_of`."""
        from fazhi_tui.service.history import commit_summary

        with self._history() as repository:
            return commit_summary.story_of(repository, event)

    def changed_since(self, text: str = "") -> frozenset[str]:
        """The measures that changed since a day, tag or commit; without it, since the last visit here.

        Empty where that cannot be told.  Raises :class:`UsageError` where ``text`` names nothing.
        """
        from fazhi_tui.service.history import last_visit, record_query

        start = text or last_visit.last_visit(self.root)
        if not start:
            return frozenset()
        try:
            with self._history() as repository:
                events = repository.events_in(f"{start}..")
        except UsageError:
            # The commit that was seen last is no longer there; a moment that was typed is worth a word.
            if text:
                raise
            return frozenset()
        return frozenset(number for event in events for number in record_query.measures_of(event))

    def save_visit(self) -> None:
        """Remember that everything up to now has been seen; a read-only look leaves no trace."""
        if self.read_only:
            return
        from fazhi_tui.service.history import last_visit

        with suppress(FazhiError), self._history() as repository:
            last_visit.save_visit(self.root, repository.head())

    def audit(self, revisions: str = "", bundle: Path | None = None, *, mark: bool = False) -> AuditReport:
        """Go through history once and tell every fault; ``bundle`` writes the file for an inspector.

        ``mark`` keeps the last commit outside the work tree, for the next audit.  Raises :class:`UsageError`
        for a range that names nothing.
        """
        from fazhi_tui.service.audit import report as report_module

        if mark:
            self._refuse_read_only()
        # The settings and the units' contacts are all that an audit asks of the work tree.
        names = ("plan/plan.yaml", "plan/units.yaml")
        there = {name: (self.root / name).read_bytes() for name in names if (self.root / name).is_file()}
        tracker = load_files(there)
        title = tracker.plan.title if tracker.plan else ""
        with self._history() as repository:
            report = report_module.run_audit(self.root, repository, tracker, revisions)
            if bundle is not None:
                report_module.write_audit_bundle(bundle, title, repository, report)
        if mark:
            report_module.write_mark(self.root, report)
        return report

    def diagnose(self) -> tuple[Problem, ...]:
        """What is wrong with this machine's git or this repository, and how to mend it."""
        with self._history() as repository:
            return repository.diagnose()

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is so with git and this repository, right or wrong: name and value."""
        with self._history() as repository:
            return repository.facts()

    def watch_token(self) -> object:
        """A cheap value that changes when plan, notes or git's state change; starts no process."""
        from fazhi_tui.vcs.operation import watch_token

        return (fingerprint(self.root), watch_token(self.root))

    @contextmanager
    def _history(self) -> Iterator[Repository]:
        from fazhi_tui.vcs.repository import Repository

        with Repository(self.root) as repository:
            yield repository

    def _recover(self, repository: Repository) -> tuple[str, ...]:
        """Take back what a killed process left half done; the texts of those of its notes that were filed.

        The drafts of these are forgotten: they are history.
        """
        from fazhi_tui.service.journal import Journal

        filed: list[str] = []
        for path, data in Journal(self.root, repository).recover().items():
            note = parse_note(data.decode("utf-8", "replace"), path)[0] if path.endswith(".md") else None
            if note is not None:
                filed.append(note.body.strip())
                self._forget_draft(note.measure, note.body)
        return tuple(filed)

    def _forget_draft(self, measure: str, text: str) -> None:
        """What is history needs no draft any more; another text of the same measure stays."""
        draft = self.drafts.load(measure)
        if draft is not None and draft.message.strip() == text.strip():
            self.drafts.discard(measure)

    # ------------------------------------------------------------------ reporting

    def prepare_report(
        self, view: View, request: ReportRequest, identity: Identity, now: datetime | None = None
    ) -> Action:
        """Lay out a report's file and commit; see :func:`reports.prepare_report`.  Writes nothing."""
        from fazhi_tui.service.notes import prepare_report as prepare_report_module

        self._refuse_past(view)
        return prepare_report_module.prepare_report(view, request, identity, now)

    def report(self, request: ReportRequest, identity: Identity, now: datetime | None = None) -> Done:
        """Check, write and commit one report while no other fazhi process writes here.

        What was typed is a draft from before anything is written until the commit stands, so that it
        outlives a refusal and a killed process.  Raises as :meth:`prepare_report` and :meth:`commit`.
        """
        from fazhi_tui.service.writer import write_and_commit

        self._refuse_read_only()
        older = self.drafts.load(request.measure)
        self.drafts.save(request)
        with self._history() as repository, repository.lock():
            filed = self._recover(repository)
            if older is not None and older.message.strip() in filed:
                older = None
            self.drafts.save(request)
            view = self.load()
            action = self.prepare_report(view, request, identity, now)
            self._refuse_uncommitted(repository, view, action)

            def settled() -> None:
                if older is None or older.message.strip() in ("", request.message.strip()):
                    self.drafts.discard(request.measure)
                else:
                    self.drafts.save(older)

            return write_and_commit(self.root, repository, action, settled)

    def commit(self, action: Action) -> Done:
        """Write and commit exactly what was previewed.

        Raises :class:`StaleError` where the measure has moved on since the preview,
        :class:`RepositoryError` where the file system or git refuses; then nothing is changed.
        """
        from fazhi_tui.service.writer import write_and_commit

        self._refuse_read_only()
        with self._history() as repository, repository.lock():
            self._recover(repository)
            view = self.load()
            self._refuse_outdated(repository, view, action)
            return write_and_commit(self.root, repository, action)

    def _refuse_outdated(self, repository: Repository, view: View, action: Action) -> None:
        from fazhi_tui.service.notes.request import StaleError

        if action.undoes:
            again = self._prepare_undo(repository, view, action.undoes)
            if (again.removes, again.trailers) != (action.removes, action.trailers):
                raise StaleError("预览之后记录又有变化", "请重新查看要撤销的内容")
        else:
            self._refuse_stale(view, action)
            self._refuse_uncommitted(repository, view, action)

    def amended_by_hand(self, number: str) -> bool:
        """Whether a measure's file differs from the last commit; raises for an unknown number."""
        path = self._measure_path(number)
        with self._history() as repository:
            status = repository.status()
        return path in status.dirty or path in status.staged

    def measure_text(self, number: str) -> str:
        """The text of one measure's file.  Raises :class:`UsageError` where there is no such measure."""
        return (self.root / self._measure_path(number)).read_text("utf-8")

    def _measure_path(self, number: str) -> str:
        return f"plan/{self.load().row(number).measure.stem}.yaml"

    def prepare_amendment(
        self, number: str, reason: str, *, values: Sequence[str] = (), text: str | None = None
    ) -> Action:
        """Lay out an amendment of one measure; see :mod:`amending`.  Writes nothing.

        ``values`` change single values (``28.1.截止=2023-06-30``) of ``text``, the whole file as it is to be;
        without it, as it is in the work tree.
        """
        from fazhi_tui.service.plan import amend

        self._refuse_read_only()
        view = self.load_now()
        if self.at:
            self._refuse_past(self.load())
        measure = view.row(number).measure
        path = f"plan/{measure.stem}.yaml"
        now = (self.root / path).read_text("utf-8") if text is None else text
        with self._history() as repository:
            before = repository.file_at("HEAD", path)
            identity = repository.identity()
        after = amend.with_values(now, measure, values)
        return amend.prepare_amendment(path, before, after, reason, identity)

    def prepare_batch(
        self,
        view: View,
        measures: Sequence[str],
        request: ReportRequest,
        identity: Identity,
        *,
        together: bool = False,
        now: datetime | None = None,
    ) -> Batch:
        """Lay out one report for several measures; see :func:`batches.prepare_batch`.  Writes nothing."""
        from fazhi_tui.service.notes import batch

        self._refuse_past(view)
        return batch.prepare_batch(view, measures, request, identity, together=together, now=now)

    def commit_batch(self, actions: Sequence[Action], going: Callable[[int], bool] = lambda _: True) -> Filed:
        """Commit what was previewed, one after the other, while no other fazhi process writes here.

        ``going`` is told before each how many are done, and ends the batch by answering False.  What refuses
        one ends it too: the commits made stand, the rest is left and nothing of it is written.
        """
        from fazhi_tui.service.notes.request import Filed
        from fazhi_tui.service.writer import write_and_commit

        self._refuse_read_only()
        done: list[Done] = []
        with self._history() as repository, repository.lock():
            self._recover(repository)
            view = self.load()
            for at, action in enumerate(actions):
                if not going(at):
                    return Filed(tuple(done), tuple(actions[at:]))
                try:
                    self._refuse_outdated(repository, view, action)
                    done.append(write_and_commit(self.root, repository, action))
                except FazhiError as error:
                    return Filed(tuple(done), tuple(actions[at:]), error)
        return Filed(tuple(done))

    def _refuse_stale(self, view: View, action: Action) -> None:
        from fazhi_tui.service.notes.request import StaleError

        for note in action.notes:
            now_at = view.row(note.measure).state.status
            if now_at != note.status_before:
                raise StaleError(
                    f"第 {note.measure} 条的状态刚刚由“{note.status_before}”变为“{now_at}”",
                    "请看过新的进展后重新预览、提交；填写的内容都还在",
                )

    def _refuse_uncommitted(self, repository: Repository, view: View, action: Action) -> None:
        """A note that a killed process left behind is no record yet: nothing may rest on it."""
        if not action.notes:
            return
        status = repository.status()
        changed = (*status.dirty, *status.staged)
        if not changed:
            return
        for note in (one for filed in action.notes for one in view.row(filed.measure).state.notes):
            if any(
                note.path == path or (path.endswith("/") and note.path.startswith(path)) for path in changed
            ):
                raise RepositoryError(
                    f"{note.path} 写在文件里，却没有提交，可能是上次填报中断留下的",
                    f"要留下它：git add {note.path} && git commit；不要：git rm --cached -f --ignore-unmatch"
                    f" {note.path} 后删除文件；然后再填报",
                )

    def prepare_undo(self, view: View, commit: str | None = None) -> Action:
        """The new commit that takes one report back: the last of this person's, or the one named.

        Raises :class:`NotAllowedError` where there is nothing to take back or a later note rests on it.
        """
        self._refuse_past(view)
        with self._history() as repository:
            return self._prepare_undo(repository, view, commit)

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise NotAllowedError(READ_ONLY, READ_ONLY_HINT)

    def _refuse_past(self, view: View) -> None:
        self._refuse_read_only()
        if view.past is not None:
            raise NotAllowedError(f"{view.past.said}，不能改动", "回到现在再填报")

    def _prepare_undo(self, repository: Repository, view: View, commit: str | None) -> Action:
        from fazhi_tui.service.notes import undo

        event = repository.undo_target(repository.identity(), commit)
        if event is None:
            raise NotAllowedError(
                "没有可以撤销的填报", "只能撤销由 fazhi 提交、尚未撤销的填报；历史里列着全部提交"
            )
        added = repository.files_added(event.commit)
        status = repository.status()
        # Git itself says what differs: line ends that it converts are no difference.
        for path in added:
            if path in status.dirty or path in status.staged or not (self.root / path).exists():
                raise NotAllowedError(
                    f"{path} 在提交之后又被改动或删除，不能撤销", "先用 git status 查看并还原这个文件"
                )
        return undo.prepare_undo(view, event, added)
