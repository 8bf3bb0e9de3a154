"""Exchange by file between networks that do not touch: numbered disks, verified before anything is merged."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import NotAllowedError, RepositoryError, UsageError
from fazhi_tui.domain.model.problem import Problem, Severity
from fazhi_tui.domain.model.repository import Event
from fazhi_tui.domain.system_errors import refusals_as
from fazhi_tui.domain.unit_index import UnitIndex, unit_code
from fazhi_tui.records.check.run import check
from fazhi_tui.records.loader import load
from fazhi_tui.service.exchange.merge import merge_message
from fazhi_tui.vcs.audit_log import lost_from
from fazhi_tui.vcs.bundle import Bundling
from fazhi_tui.vcs.commit import refuse_state
from fazhi_tui.vcs.merge import Merged, Merging
from fazhi_tui.vcs.repository import Repository

#: What a side is called where nothing says who it is.
UNNAMED = "here"


@dataclass(frozen=True)
class Exported:
    """A disk that was written: its number in the series for that side, how many commits, the last of them."""

    path: Path
    name: str
    number: int
    commits: int
    commit: str


@dataclass(frozen=True)
class Imported:
    """A disk that came: what it brought, how it was brought in, and what is to be settled.

    ``repeated`` is true where everything in it was here already.  ``problems`` are the errors that the
    files have with it and had not without it.
    """

    sender: str
    number: int
    received: tuple[Event, ...] = ()
    how: str = ""
    conflicts: tuple[str, ...] = ()
    repeated: bool = False
    problems: tuple[Problem, ...] = ()


def export(
    root: Path,
    repository: Repository,
    path: Path,
    name: str,
    *,
    sender: str = "",
    again: int = 0,
    full: bool = False,
) -> Exported:
    """Write what the other side has not been given yet; its file is whole or not there.

    ``name`` is the other side, ``sender`` this one.  ``again`` is the number of a disk that was lost: it is
    written anew with all that came after it; ``full`` writes everything.  Raises :class:`NotAllowedError`
    where there is nothing new, :class:`UsageError` where the file is there.
    """
    refuse_state(repository.runner)
    bundling = Bundling(repository.runner)
    branch = repository.branch()
    if path.exists():
        raise UsageError(f"{path} 已经有了，没有改动", "换一个文件名，或先移走它")
    number, last = bundling.sent(name)
    if full:
        since = ""
    elif again:
        if not 1 <= again <= number:
            raise UsageError(f"没有给 {name} 导出过第 {again} 张", f"已经导出到第 {number} 张")
        since = bundling.sent_before(name, again)
    else:
        since = last
    if since and lost_from(repository.runner, [since]):
        raise RepositoryError(
            f"上一张盘的提交 {since[:8]} 已不在历史里，接不上",
            "加 --full 导出全部；并运行 fazhi audit 查看历史",
        )
    commits = repository.count_commits(f"{since}..HEAD" if since else "HEAD")
    if not commits:
        raise NotAllowedError(
            f"没有新的提交要给 {name}：上一张（第 {number} 张）已经到 {last[:8]}",
            f"那一张丢了，加 --again {number} 重新导出",
        )
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    new = number if again else number + 1
    try:
        with refusals_as(f"写不了 {path}", "看看磁盘空间和写权限"):
            sender = sender or _own_code(root, repository)
            bundling.write(beside.absolute(), name, sender, branch, since, new)
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return Exported(path, name, new, commits, repository.head())


def _own_code(root: Path, repository: Repository) -> str:
    """What this side is called on its disks: the code of ``fazhi.unit``, else a word."""
    unit = UnitIndex(load(root).units).get(repository.identity().unit)
    return (unit_code(unit) if unit else "") or UNNAMED


def import_disk(root: Path, repository: Repository, path: Path) -> Imported:
    """Verify a disk and bring it in as a sync does; nothing is merged that does not verify.

    Raises :class:`NotAllowedError` for a disk that does not join on to what is here (one before it is
    missing), :class:`UsageError` for a file that is none or is damaged.
    """
    if not path.is_file():
        raise UsageError(f"没有文件 {path}", "看看路径是否写对")
    refuse_state(repository.runner)
    bundling, merging = Bundling(repository.runner), Merging(repository.runner)
    path = path.absolute()
    disk = bundling.inspect(path)
    named = f"{disk.sender or '对方'} 的第 {disk.number} 张盘" if disk.number else "这张盘"
    last, _ = bundling.came(disk.sender) if disk.sender else (0, "")
    if disk.missing:
        lost, first, end = disk.number > last + 1, last + 1, disk.number - 1
        numbers = str(first) if first == end else f"{first} 至 {end}"
        gap = f"中间缺第 {numbers} 张" if lost else "它前面的内容不在这里"
        again = f"--again {last + 1}" if lost else "--full"
        raise NotAllowedError(
            f"{named}接不上：{gap}（没有提交 {disk.missing[0][:8]}）",
            f"先导入缺的那张；找不到了，请对方加 {again} 重新导出",
        )
    if bundling.contains(disk.commit):
        bundling.note_came(disk)
        return Imported(disk.sender, disk.number, repeated=True)
    before = {(error.path, error.code, error.message) for error in _errors(root)}
    ref = bundling.fetch(path, disk)
    with repository.lock():
        came = repository.events_in(f"HEAD..{ref}")
        found = merging.bring_in(ref, merge_message(f"{disk.sender or '对方'} 的交换文件", came))
    bundling.note_came(disk)
    if found is Merged.CONFLICT:
        return Imported(disk.sender, disk.number, came, conflicts=merging.conflicted())
    fresh = tuple(error for error in _errors(root) if (error.path, error.code, error.message) not in before)
    return Imported(disk.sender, disk.number, came, found.value, problems=fresh)


def _errors(root: Path) -> tuple[Problem, ...]:
    return tuple(problem for problem in check(load(root)) if problem.severity is Severity.ERROR)
