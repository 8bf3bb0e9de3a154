"""Making the tracker that was laid out: a repository of its own, one commit of another, or missing files."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.model.repository import CommitKind
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.domain.text.visible import one_line
from fazhi_tui.records.files import write_atomic
from fazhi_tui.service.importing.prepare import Import, Place, read_there
from fazhi_tui.service.notes.request import Action
from fazhi_tui.vcs.trailers import Trailers


@dataclass(frozen=True)
class Written:
    """What was written; ``commit`` is empty where it was left to the person to commit."""

    paths: tuple[str, ...]
    commit: str = ""


def write_import(prepared: Import) -> Written:
    """Write what is missing, whole or not at all; a new tracker is committed.

    Raises :class:`UsageError` where anything there would be overwritten, :class:`RepositoryError` where git
    does not know who commits, or git or the file system refuses; then nothing is changed.
    """
    refuse_differences(prepared)
    if prepared.place is Place.NEW:
        files = {**prepared.around, **prepared.files}
        return new_repository(prepared.into, files, _action(prepared, files).message)
    if prepared.place is Place.IN_REPOSITORY:
        return _in_repository(prepared)
    for path in prepared.missing:
        write_atomic(prepared.into / path, prepared.files[path])
    return Written(prepared.missing)


def refuse_differences(prepared: Import) -> None:
    """Raise :class:`UsageError` where the folder holds something that an import must not touch."""
    shown = [*prepared.differing, *prepared.extra]
    if shown:
        some = "、".join(one_line(path) for path in shown[:5])
        raise UsageError(
            f"{one_line(str(prepared.into))} 中有 {len(shown)} 个文件与导入结果不同，没有改动：{some}"
            + (" 等" if len(shown) > 5 else ""),
            "方案修订了，加 --reason 写明理由，按新的原件修订台账；加 --check 只作比较；或导入到空目录",
        )
    if prepared.place is Place.OCCUPIED:
        raise UsageError(
            f"{one_line(str(prepared.into))} 不是空目录，也不在 git 仓库里，没有改动",
            "导入到空目录或尚不存在的目录；要就用这个目录，先在其中运行 git init",
        )


def _action(prepared: Import, files: Mapping[str, str | bytes]) -> Action:
    doubts = f"{len(prepared.doubts)} 处存疑，见 import-report.md"
    return Action(
        subject=f"导入：{one_line(prepared.title, 60)}",
        body=f"{prepared.counts}，{doubts}。\n原件：{prepared.source}",
        trailers=Trailers(kind=CommitKind.IMPORT),
        writes=files,
    )


# ------------------------------------------------------------------ a repository of its own


def new_repository(into: Path, files: Mapping[str, bytes], message: str) -> Written:
    """Make everything in a folder beside (or inside an empty one), and put it in its place at the end.

    ``into`` is not there yet or empty.  Raises :class:`RepositoryError` where git or the file system
    refuses; then nothing is there.
    """
    from fazhi_tui.vcs.init import create_repository, refuse_unknown_author

    above = (into.absolute(), *into.absolute().parents)
    refuse_unknown_author(next(folder for folder in above if folder.is_dir()))
    with _told_errors(), _folders_of(into if into.exists() else into.parent) as parent:
        made = parent / f".fazhi-{secrets.token_hex(4)}"
        # Not mkdtemp: the new tracker's folder has the mode that the person's umask gives.
        made.mkdir()
        try:
            # Plain writes: nobody sees this folder before it is whole.
            for path, data in files.items():
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                (made / path).write_bytes(data)
            commit = create_repository(made, message)
            if into.exists():
                _move_entries(made, into)
            else:
                made.rename(into)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    return Written(tuple(files), commit)


def _move_entries(made: Path, into: Path) -> None:
    """Everything in ``made`` up into the folder it lies in; all of it or nothing."""
    moved: list[Path] = []
    try:
        for entry in sorted(made.iterdir()):
            target = into / entry.name
            if target.exists() or target.is_symlink():
                raise FileExistsError(17, "File exists", str(target))
            entry.rename(target)
            moved.append(target)
        made.rmdir()
    except BaseException:
        for target in moved:
            target.rename(made / target.name)
        raise


# ------------------------------------------------------------------ somebody's repository


def _in_repository(prepared: Import) -> Written:
    """One commit of exactly the tracker's files in the repository that the folder lies in."""
    from fazhi_tui.service.writer import transaction
    from fazhi_tui.vcs.repository import Repository

    into = prepared.into
    _refuse_unlike(into, prepared.around)
    files: dict[str, bytes] = {**prepared.around, **prepared.files}
    # What is there already is the same, or the repository's own affair.
    wanted: dict[str, str | bytes] = {
        path: data for path, data in files.items() if read_there(into / path) is None
    }
    action = _action(prepared, wanted)
    with _told_errors(), _folders_of(into, wanted):
        # Refuses before the lock makes a file of its own.
        Repository(into).ensure_ready()
        with transaction(into) as current:
            done = current.commit(action)
    return Written(tuple(wanted), done.commit)


def _refuse_unlike(into: Path, around: Mapping[str, bytes]) -> None:
    """A repository's own ``.gitattributes`` is left as it is; other files of the tracker must not differ."""
    unlike = [
        path
        for path, data in around.items()
        if path != ".gitattributes" and read_there(into / path) not in (None, data)
    ]
    if unlike:
        raise UsageError(
            f"{one_line(str(into))} 中已有不同的 {'、'.join(unlike)}，没有改动",
            "先把它们移走或改名，或导入到另一个目录",
        )


# ------------------------------------------------------------------ folders


@contextmanager
def _folders_of(folder: Path, paths: Iterable[str] = ()) -> Iterator[Path]:
    """``folder`` with those above it, made where they are missing.

    If it fails these are gone again, and so are those below it that were made for ``paths``.
    """
    top = folder.absolute()
    needed = {top, *top.parents, *(above for path in paths for above in (top / path).parents)}
    new = sorted((path for path in needed if not path.exists()), reverse=True)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        for path in new:
            with suppress(OSError):
                path.rmdir()
        raise


@contextmanager
def _told_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RepositoryError(
            f"写不了 {one_line(str(error.filename))}：{system_words(error)}", "看看磁盘空间和目录的写权限"
        ) from error
