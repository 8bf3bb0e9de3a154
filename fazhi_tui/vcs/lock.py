"""One writing fazhi at a time, in all work trees of a repository."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.system_errors import system_words

if TYPE_CHECKING:
    from filelock import FileLock


class Lock:
    """A lock file that the system lets go of when its process ends, however it ends.

    The same thread may take it again while it holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "lock"
        self._lock: FileLock | None = None

    @contextmanager
    def held(self, timeout: float) -> Iterator[None]:
        """Hold the lock.  Raises :class:`RepositoryError` after waiting ``timeout`` seconds in vain."""
        from filelock import FileLock, Timeout

        try:
            if self._lock is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                # The user's umask decides: a repository shared by a group stays usable by it.
                self._lock = FileLock(self._path, mode=0o666)
            self._lock.acquire(timeout=timeout, poll_interval=0.02)
        except Timeout as error:
            raise RepositoryError(
                f"另一个 fazhi 正在写这个台账，等了 {timeout:g} 秒还没有写完",
                "稍后再试；它可能停在提交钩子或签名口令上",
            ) from error
        except (OSError, NotImplementedError) as error:
            raise RepositoryError(
                f"在 {self._path.parent} 里写不了锁文件：{system_words(error)}",
                "看看 .git 目录是否可写、磁盘是否已满",
            ) from error
        try:
            yield
        finally:
            self._lock.release()
