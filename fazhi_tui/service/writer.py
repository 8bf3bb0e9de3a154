"""Changing one tracker: lock, recovery, journal, files and commit are one step for every change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError, RepositoryError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.notes import parse_note
from fazhi_tui.service.journal import Journal, remove_empty
from fazhi_tui.service.notes.drafts import Drafts
from fazhi_tui.service.notes.request import Action, Done, Filed, StaleError
from fazhi_tui.service.reader import Reader
from fazhi_tui.service.view import View
from fazhi_tui.vcs.repository import Repository


@dataclass(frozen=True)
class Transaction:
    """A repository whose lock is held; ``filed`` are the texts of notes that a killed process did commit."""

    root: Path
    repository: Repository
    filed: tuple[str, ...] = ()

    def commit(self, action: Action, settled: Callable[[], None] = lambda: None) -> Done:
        """Write and remove an action's files and commit exactly these; on any failure all is as it was.

        ``settled`` is called once the commit stands, before the journal forgets the action.
        Raises :class:`RepositoryError` in Chinese where the file system or git refuses.
        """
        root = self.root
        self.repository.ensure_ready()
        for relative in action.paths:
            _refuse_links(root, relative)
        before: dict[str, bytes | None] = {}
        journal = Journal(root, self.repository)
        journal.begin(action)
        try:
            for relative in action.removes:
                path = root / relative
                before[relative] = path.read_bytes()
                path.unlink()
            for relative, content in action.writes.items():
                path = root / relative
                before[relative] = path.read_bytes() if path.exists() else None
                write_atomic(path, content)
            filed = max((note.time for note in action.notes), default=None)
            empty = bool(action.trailers.ratifies)
            commit = self.repository.commit(action.message, action.paths, filed, empty=empty)
            if not commit and action.paths:
                raise RepositoryError(
                    "git 没有看到要提交的文件", "看看 git status 和 .git/info/sparse-checkout 是否排除了它们"
                )
        except OSError as error:
            _put_back(root, before)
            raise RepositoryError(
                f"写不了文件 {error.filename}：{system_words(error)}", "看看磁盘空间和目录的写权限"
            ) from error
        except BaseException:
            # Ctrl+C included: half an action must not stay in the work tree.
            _put_back(root, before)
            raise
        else:
            settled()
        finally:
            journal.end()
        for relative in action.removes:
            remove_empty((root / relative).parent, root)
        return Done(commit=commit, action=action)


@contextmanager
def transaction(root: Path) -> Iterator[Transaction]:
    """Keep other fazhi processes from writing, and first take back what a killed one left half done.

    The drafts of those of its notes that did reach history are forgotten.
    """
    repository = Repository(root)
    with repository.lock():
        filed: list[str] = []
        drafts = Drafts(root)
        for path, data in Journal(root, repository).recover().items():
            note = parse_note(data.decode("utf-8", "replace"), path)[0] if path.endswith(".md") else None
            if note is None:
                continue
            filed.append(note.body.strip())
            draft = drafts.load(note.measure)
            # Another text of the same measure stays.
            if draft is not None and draft.message.strip() == note.body.strip():
                drafts.discard(note.measure)
        yield Transaction(root, repository, tuple(filed))


class Writer:
    """Commits what was laid out as an :class:`Action`; the tracker is read inside the lock."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.root = reader.root

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed here and not committed."""
        return Drafts(self.root, read_only=self.reader.read_only)

    def save_identity(self, unit: str, name: str, email: str) -> None:
        """Keep unit, name and email in this repository's git configuration."""
        self.reader.refuse_read_only()
        self.reader.repository.save_identity(unit, name, email)

    def commit(self, action: Action) -> Done:
        """Write and commit exactly what was previewed.

        Raises :class:`StaleError` where the measure has moved on since the preview,
        :class:`RepositoryError` where the file system or git refuses; then nothing is changed.
        """
        return self.commit_prepared(lambda _: action)

    def commit_prepared(
        self,
        prepare: Callable[[View], Action],
        settled: Callable[[Transaction], None] = lambda _: None,
    ) -> Done:
        """Lay out an action on what is read inside the lock, then write and commit it.

        ``settled`` is called once the commit stands.  Raises as :meth:`commit` and ``prepare``.
        """
        self.reader.refuse_read_only()
        with transaction(self.root) as current:
            view = self.reader.current()
            action = prepare(view)
            self._refuse_outdated(current.repository, view, action)
            return current.commit(action, lambda: settled(current))

    def commit_batch(self, actions: Sequence[Action], going: Callable[[int], bool] = lambda _: True) -> Filed:
        """Commit what was previewed, one after the other, while no other fazhi process writes here.

        ``going`` is told before each how many are done, and ends the batch by answering False.  What refuses
        one ends it too: the commits made stand, the rest is left and nothing of it is written.
        """
        self.reader.refuse_read_only()
        done: list[Done] = []
        with transaction(self.root) as current:
            view = self.reader.current()
            for at, action in enumerate(actions):
                if not going(at):
                    return Filed(tuple(done), tuple(actions[at:]))
                try:
                    self._refuse_outdated(current.repository, view, action)
                    done.append(current.commit(action))
                except FazhiError as error:
                    return Filed(tuple(done), tuple(actions[at:]), error)
        return Filed(tuple(done))

    def _refuse_outdated(self, repository: Repository, view: View, action: Action) -> None:
        """Refuse an action that what is there now no longer allows."""
        if action.undoes:
            from fazhi_tui.service.notes.undo import prepare_undo

            again = prepare_undo(view, repository, action.undoes)
            if (again.removes, again.trailers) != (action.removes, action.trailers):
                raise StaleError("预览之后记录又有变化", "请重新查看要撤销的内容")
            return
        for note in action.notes:
            status = view.row(note.measure).state.status
            if status != note.status_before:
                raise StaleError(
                    f"第 {note.measure} 条的状态刚刚由“{note.status_before}”变为“{status}”",
                    "请看过新的进展后重新预览、提交；填写的内容都还在",
                )
        if action.notes:
            _refuse_uncommitted(repository, view, action)


def _refuse_uncommitted(repository: Repository, view: View, action: Action) -> None:
    """A note that a killed process left behind is no record yet: nothing may rest on it."""
    status = repository.status()
    changed = (*status.dirty, *status.staged)
    if not changed:
        return
    folders = tuple(path for path in changed if path.endswith("/"))
    for note in (note for filed in action.notes for note in view.row(filed.measure).state.notes):
        if note.path in changed or note.path.startswith(folders):
            raise RepositoryError(
                f"{note.path} 写在文件里，却没有提交，可能是上次填报中断留下的",
                f"要留下它：git add {note.path} && git commit；不要：git rm --cached -f --ignore-unmatch"
                f" {note.path} 后删除文件；然后再填报",
            )


def _refuse_links(root: Path, relative: str) -> None:
    """A link on the way would lead what is written out of the repository, where git does not see it."""
    path = root
    for part in Path(relative).parts:
        path = path / part
        if path.is_symlink():
            raise RepositoryError(
                f"{path.relative_to(root).as_posix()} 是符号链接，不能写到别处去",
                "把它换成真正的文件夹或文件",
            )


def _put_back(root: Path, before: Mapping[str, bytes | None]) -> None:
    for relative, content in before.items():
        path = root / relative
        if content is None:
            path.unlink(missing_ok=True)
            remove_empty(path.parent, root)
        elif not path.exists() or path.read_bytes() != content:
            write_atomic(path, content)
