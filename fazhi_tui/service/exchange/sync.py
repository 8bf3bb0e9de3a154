"""Working together: what is here and what is on the server, brought together; nothing is ever forced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError, RepositoryError
from fazhi_tui.domain.model.repository import CommitKind, Event
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.loader import load_files
from fazhi_tui.service.read_only import READ_ONLY, READ_ONLY_HINT
from fazhi_tui.vcs.commit import refuse_state
from fazhi_tui.vcs.merge import Merging
from fazhi_tui.vcs.remote import Network
from fazhi_tui.vcs.snapshot import files_at
from fazhi_tui.vcs.trailers import Trailers, commit_message, with_lines

if TYPE_CHECKING:
    from fazhi_tui.records.merge import Side
    from fazhi_tui.service.exchange.bundle import Exported, Imported
    from fazhi_tui.service.exchange.merge import Settlement
    from fazhi_tui.service.exchange.submit import Submitted
    from fazhi_tui.vcs.remote import Upstream
    from fazhi_tui.vcs.repository import Repository

#: How often fetching and merging is tried anew because somebody else was quicker to push.
ATTEMPTS = 8
_MERGE = Trailers(kind=CommitKind.MERGE)


@dataclass(frozen=True)
class Synced:
    """What a sync did.

    ``received`` are the commits that came (newest first), ``sent`` how many of ours are on the server now,
    ``waiting`` how many are not, ``how`` in what way the two were brought together (``快进``, ``合并``,
    ``变基``, or empty).  ``offline`` says why the server was not reached, ``refused`` why it did not take
    what was pushed; ``conflicts`` are paths that a person must settle before anything is pushed.
    """

    server: str
    received: tuple[Event, ...] = ()
    sent: int = 0
    waiting: int = 0
    how: str = ""
    conflicts: tuple[str, ...] = ()
    offline: FazhiError | None = None
    refused: FazhiError | None = None


@dataclass(frozen=True)
class Settling:
    """A merge under way: the files to settle, and what git says the merge is."""

    files: tuple[Settlement, ...]
    message: str


class Exchange:
    """The exchange of one tracker with its server.  ``ask`` lets git ask for passwords at the terminal.

    With ``read_only`` everything but looking raises :class:`NotAllowedError`.
    """

    def __init__(self, root: Path, *, ask: bool = False, read_only: bool = False) -> None:
        self.root = root
        self._ask = ask
        self._read_only = read_only

    # ------------------------------------------------------------------ sync

    def sync(self, going: Callable[[str], bool] = lambda _: True, *, rebase: bool = False) -> Synced:
        """Fetch, bring both histories together, push.

        ``going`` is told in Chinese what is being done, and stops it by answering False: then
        :class:`RepositoryError` with exit code 1, and nothing is half done.  Raises it too where files that
        are not committed are in the way, a merge is unfinished, or the server refuses to be read.
        """
        from fazhi_tui.vcs.merge import Merged
        from fazhi_tui.vcs.remote import OfflineError, PushError

        with self._opened(to_write=True) as repository:
            refuse_state(repository.runner)
            branch = repository.branch()
            network, merging = Network(repository.runner, ask=self._ask), Merging(repository.runner)
            upstream = network.upstream(branch)
            received: tuple[Event, ...] = ()
            how = ""
            for attempt in range(ATTEMPTS):
                try:
                    network.fetch(upstream.remote, _under("取回", going))
                except OfflineError as error:
                    return Synced(
                        upstream.name, received, waiting=self._waiting(repository, upstream), offline=error
                    )
                there = merging.exists(upstream.tracking)
                if there:
                    with repository.lock():
                        came = repository.events_in(f"HEAD..{upstream.tracking}") if repository.head() else ()
                        message = merge_message(upstream.name, came)
                        found = merging.bring_in(upstream.tracking, message, rebase=rebase)
                    received = (*came, *received)
                    how = found.value if found is not Merged.NOTHING else how
                    if found is Merged.CONFLICT:
                        paths = merging.conflicted()
                        waiting = merging.distance(upstream.tracking)[0]
                        return Synced(upstream.name, received, waiting=waiting, how="", conflicts=paths)
                sent = merging.distance(upstream.tracking)[0] if there else repository.count_commits()
                if not sent:
                    if not upstream.known and there:
                        network.follow(branch, upstream)
                    return Synced(upstream.name, received, how=how)
                refspec = f"refs/heads/{branch}:refs/heads/{upstream.branch}"
                try:
                    network.push(upstream.remote, refspec, _under("推送", going), track=not upstream.known)
                except OfflineError as error:
                    return Synced(upstream.name, received, waiting=sent, how=how, offline=error)
                except PushError as error:
                    if error.moved and attempt + 1 < ATTEMPTS:
                        continue
                    return Synced(upstream.name, received, waiting=sent, how=how, refused=error)
                return Synced(upstream.name, received, sent=sent, how=how)
        raise AssertionError("unreachable")

    def _waiting(self, repository: Repository, upstream: Upstream) -> int:
        if not Merging(repository.runner).exists(upstream.tracking):
            return repository.count_commits()
        return Merging(repository.runner).distance(upstream.tracking)[0]

    # ------------------------------------------------------------------ submit

    def submit(
        self,
        today: date,
        going: Callable[[str], bool] = lambda _: True,
        *,
        target: str = "",
        forge: str = "",
        unit: str = "",
        anyway: bool = False,
    ) -> Submitted:
        """Push what is here alone as a branch for review; see :func:`submitting.submit`."""
        from fazhi_tui.service.exchange import submit as submit_module

        with self._opened(to_write=True) as repository:
            network = Network(repository.runner, ask=self._ask)
            return submit_module.submit(
                self.root, repository, network, today, going,
                target=target, forge=forge, unit=unit, anyway=anyway,
            )  # fmt: skip

    # ------------------------------------------------------------------ by file

    def export_disk(
        self, path: Path, name: str, *, sender: str = "", again: int = 0, full: bool = False
    ) -> Exported:
        """Write what the other side has not been given yet to a file; see :func:`bundles.export`."""
        from fazhi_tui.service.exchange import bundle

        with self._opened(to_write=True) as repository:
            return bundle.export(self.root, repository, path, name, sender=sender, again=again, full=full)

    def import_disk(self, path: Path) -> Imported:
        """Verify a file from the other side and bring it in; see :func:`bundles.import_disk`."""
        from fazhi_tui.service.exchange import bundle

        with self._opened(to_write=True) as repository:
            return bundle.import_disk(self.root, repository, path, merge_message)

    # ------------------------------------------------------------------ a merge to settle

    def settling(self) -> Settling:
        """What waits to be settled.  Raises :class:`NotAllowedError` where no merge is under way."""
        from fazhi_tui.service.exchange.merge import settlements

        with self._opened() as repository:
            merging = Merging(repository.runner)
            if not merging.is_under_way:
                raise NotAllowedError("没有等待解决的合并", "fazhi sync 同步")
            titles = {
                one.id: one.display_title for one in load_files(files_at(repository.runner, "HEAD")).measures
            }
            return Settling(settlements(merging.conflicts(), titles), merging.message())

    def settle(self, settlement: Settlement, sides: Sequence[Side]) -> None:
        """Write one file as the answers make it, and keep what was not chosen in the merge's message."""
        content = settlement.settled(sides)
        with self._opened(to_write=True) as repository, repository.lock():
            path = self.root / settlement.path
            try:
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    write_atomic(path, content)
            except OSError as error:
                raise RepositoryError(
                    f"写不了文件 {settlement.path}：{system_words(error)}", "看看磁盘空间和目录的写权限"
                ) from error
            merging = Merging(repository.runner)
            merging.keep_message(with_lines(merging.message(), settlement.told(sides), _MERGE))
            merging.settle(settlement.path)

    def finish(self) -> str:
        """Commit the merge; the commit.  Raises :class:`NotAllowedError` where anything is unsettled."""
        with self._opened(to_write=True) as repository, repository.lock():
            merging = Merging(repository.runner)
            if not merging.is_under_way:
                raise NotAllowedError("没有等待解决的合并", "fazhi sync 同步")
            left = merging.conflicted()
            if left:
                raise NotAllowedError(
                    f"还有 {len(left)} 个文件没有选定：{'、'.join(left[:5])}", "fazhi resolve 查看"
                )
            merging.finish(merging.message())
            return repository.head()

    def give_up(self) -> None:
        """Back to before the merge; what was fetched stays, and a later sync begins again."""
        with self._opened(to_write=True) as repository, repository.lock():
            if not Merging(repository.runner).is_under_way:
                raise NotAllowedError("没有等待解决的合并", "fazhi sync 同步")
            Merging(repository.runner).give_up()

    @contextmanager
    def _opened(self, *, to_write: bool = False) -> Iterator[Repository]:
        from fazhi_tui.vcs.repository import Repository

        if to_write and self._read_only:
            raise NotAllowedError(READ_ONLY, READ_ONLY_HINT)
        with Repository(self.root) as repository:
            yield repository


def _under(word: str, going: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda line: going(f"{word}：{line}" if line else word)


def merge_message(source: str, came: Sequence[Event]) -> str:
    """The message of a merge: how much came and from whom, in the words of the commits."""
    lines = [f"{event.commit[:8]} {event.subject}" for event in came[:20]]
    lines += [f"另有 {len(came) - 20} 个"] if len(came) > 20 else []
    return commit_message(f"{CommitKind.MERGE} {source}：{len(came)} 个提交", "\n".join(lines), _MERGE)
