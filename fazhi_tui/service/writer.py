"""Writing an action and committing it, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.records.files import write_atomic
from fazhi_tui.service.error_words import system_words
from fazhi_tui.service.journal import Journal, remove_empty
from fazhi_tui.service.notes.request import Action, Done

if TYPE_CHECKING:
    from fazhi_tui.vcs.repository import Repository


def write_and_commit(
    root: Path, repository: Repository, action: Action, settled: Callable[[], None] = lambda: None
) -> Done:
    """Write and remove an action's files and commit exactly these; on any failure all is as it was.

    ``settled`` is called once the commit stands, before the journal forgets the action.
    Raises :class:`RepositoryError` in Chinese where the file system or git refuses.
    """
    repository.ensure_ready()
    for relative in action.paths:
        _refuse_links(root, relative)
    before: dict[str, bytes | None] = {}
    journal = Journal(root, repository)
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
        commit = repository.commit(action.message, action.paths)
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
