"""Working together: what is here and what is on the server, brought together; nothing is ever forced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fazhi_tui.domain.model.errors import FazhiError, NotAllowedError
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.system_errors import refusals_as
from fazhi_tui.records.files import write_atomic
from fazhi_tui.records.loader import load_files
from fazhi_tui.records.merge import Side
from fazhi_tui.service.exchange import bundle
from fazhi_tui.service.exchange.bundle import Exported, Imported
from fazhi_tui.service.exchange.merge import MERGE_TRAILERS, Settlement, merge_message, settlements
from fazhi_tui.service.exchange.submit import Submitted, submit, under
from fazhi_tui.service.read_only import READ_ONLY, READ_ONLY_HINT
from fazhi_tui.vcs.commit import refuse_state
from fazhi_tui.vcs.merge import Merged, Merging
from fazhi_tui.vcs.remote import Network, OfflineError, PushError
from fazhi_tui.vcs.repository import Repository
from fazhi_tui.vcs.snapshot import files_at
from fazhi_tui.vcs.trailers import with_lines

#: How often fetching and merging is tried anew because somebody else was quicker to push.
ATTEMPTS = 8


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
        with self._opened(to_write=True) as repository:
            refuse_state(repository.runner)
            branch = repository.branch()
            network, merging = Network(repository.runner, ask=self._ask), Merging(repository.runner)
            upstream = network.upstream(branch)

            def ahead(there: bool) -> int:
                """How many of our commits the server has not got; all of them where it has no such branch."""
                return merging.distance(upstream.tracking)[0] if there else repository.count_commits()

            done = Synced(upstream.name)
            for attempt in range(ATTEMPTS):
                try:
                    network.fetch(upstream.remote, under("取回", going))
                except OfflineError as error:
                    waiting = ahead(merging.exists(upstream.tracking))
                    return replace(done, how="", waiting=waiting, offline=error)
                there = merging.exists(upstream.tracking)
                if there:
                    with repository.lock():
                        came = repository.events_in(f"HEAD..{upstream.tracking}") if repository.head() else ()
                        message = merge_message(upstream.name, came)
                        found = merging.bring_in(upstream.tracking, message, rebase=rebase)
                    done = replace(done, received=(*came, *done.received))
                    if found is Merged.CONFLICT:
                        paths = merging.conflicted()
                        return replace(done, how="", waiting=ahead(there), conflicts=paths)
                    if found is not Merged.NOTHING:
                        done = replace(done, how=found.value)
                sent = ahead(there)
                if not sent:
                    if not upstream.known and there:
                        network.follow(branch, upstream)
                    return done
                refspec = f"refs/heads/{branch}:refs/heads/{upstream.branch}"
                try:
                    network.push(upstream.remote, refspec, under("推送", going), track=not upstream.known)
                except OfflineError as error:
                    return replace(done, waiting=sent, offline=error)
                except PushError as error:
                    if error.moved and attempt + 1 < ATTEMPTS:
                        continue
                    return replace(done, waiting=sent, refused=error)
                return replace(done, sent=sent)
        raise AssertionError("unreachable")

    # ------------------------------------------------------------------ by request and by file

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
        """Push what is here alone as a branch for review; see :func:`submit.submit`."""
        with self._opened(to_write=True) as repository:
            network = Network(repository.runner, ask=self._ask)
            return submit(
                self.root, repository, network, today, going,
                target=target, forge=forge, unit=unit, anyway=anyway,
            )  # fmt: skip

    def export_disk(
        self, path: Path, name: str, *, sender: str = "", again: int = 0, full: bool = False
    ) -> Exported:
        """Write what the other side has not been given yet to a file; see :func:`bundle.export`."""
        with self._opened(to_write=True) as repository:
            return bundle.export(self.root, repository, path, name, sender=sender, again=again, full=full)

    def import_disk(self, path: Path) -> Imported:
        """Verify a file from the other side and bring it in; see :func:`bundle.import_disk`."""
        with self._opened(to_write=True) as repository:
            return bundle.import_disk(self.root, repository, path)

    # ------------------------------------------------------------------ a merge to settle

    def settling(self) -> Settling:
        """What waits to be settled.  Raises :class:`NotAllowedError` where no merge is under way."""
        with self._opened() as repository:
            merging = _under_way(repository)
            measures = load_files(files_at(repository.runner, "HEAD")).measures
            titles = {measure.id: measure.display_title for measure in measures}
            return Settling(settlements(merging.conflicts(), titles), merging.message())

    def settle(self, settlement: Settlement, sides: Sequence[Side]) -> None:
        """Write one file as the answers make it, and keep what was not chosen in the merge's message."""
        content = settlement.settled(sides)
        with self._opened(to_write=True) as repository, repository.lock():
            path = self.root / settlement.path
            with refusals_as(f"写不了文件 {settlement.path}", "看看磁盘空间和目录的写权限"):
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    write_atomic(path, content)
            merging = Merging(repository.runner)
            merging.keep_message(with_lines(merging.message(), settlement.told(sides), MERGE_TRAILERS))
            merging.settle(settlement.path)

    def finish(self) -> str:
        """Commit the merge; the commit.  Raises :class:`NotAllowedError` where anything is unsettled."""
        with self._opened(to_write=True) as repository, repository.lock():
            merging = _under_way(repository)
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
            _under_way(repository).give_up()

    @contextmanager
    def _opened(self, *, to_write: bool = False) -> Iterator[Repository]:
        if to_write and self._read_only:
            raise NotAllowedError(READ_ONLY, READ_ONLY_HINT)
        with Repository(self.root) as repository:
            yield repository


def _under_way(repository: Repository) -> Merging:
    merging = Merging(repository.runner)
    if not merging.is_under_way:
        raise NotAllowedError("没有等待解决的合并", "fazhi sync 同步")
    return merging
