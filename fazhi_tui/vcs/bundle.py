"""Exchange by file: git bundles that follow one another (git-bundle(1)).

A bundle holds the branch and a numbered ref of its own, so that the other side can tell the first from the
second disk of a series without any file beside it: ``refs/fazhi/disk/<sender>/<number>``.  What was sent
and what came is kept in refs as well, which travel nowhere: ``refs/fazhi/sent/<name>/<number>`` and
``refs/fazhi/came/<sender>/<number>``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fazhi_tui.domain.model.errors import RepositoryError, UsageError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.vcs.error_messages import GitError
from fazhi_tui.vcs.runner import Runner

_DISK = re.compile(r"refs/fazhi/disk/([a-z0-9-]+)/(\d+)")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


@dataclass(frozen=True, slots=True)
class Disk:
    """What a bundle says of itself: whose it is, which of the series, its branch and that branch's commit.

    ``needs`` are the commits that it builds on, ``missing`` those of them that are not here.
    """

    sender: str
    number: int
    branch: str
    commit: str
    needs: tuple[str, ...]
    missing: tuple[str, ...]


class Bundling:
    """Bundles of one repository."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    # ------------------------------------------------------------------ out

    def sent(self, name: str) -> tuple[int, str]:
        """The last disk written for ``name``: its number and commit; 0 and ``""`` before the first."""
        return self._last(f"refs/fazhi/sent/{checked_name(name)}")

    def sent_before(self, name: str, number: int) -> str:
        """The commit that the disk before ``number`` ended with, or ``""``."""
        return self._refs(f"refs/fazhi/sent/{checked_name(name)}").get(number - 1, "")

    def write(self, path: Path, name: str, sender: str, branch: str, since: str, number: int) -> None:
        """Write the commits of ``branch`` beyond ``since`` (all where it is empty) as disk ``number``.

        Raises :class:`RepositoryError` where git cannot; the file is whole or not there.
        """
        disk = f"refs/fazhi/disk/{checked_name(sender)}/{number}"
        head = self._runner.run("rev-parse", f"refs/heads/{branch}", action="查找分支").text.strip()
        self._runner.run("update-ref", disk, head, action="记下这张盘")
        try:
            words = [f"refs/heads/{branch}", disk, *([f"^{since}"] if since else [])]
            self._runner.run("bundle", "create", "--quiet", str(path), *words, action="写交换文件")
        finally:
            self._runner.run("update-ref", "-d", disk, action="记下这张盘")
        self._runner.run("update-ref", f"refs/fazhi/sent/{name}/{number}", head, action="记下已写出")

    # ------------------------------------------------------------------ in

    def inspect(self, path: Path) -> Disk:
        """What a bundle says of itself and what it needs; checked for soundness as far as git can without it.

        Raises :class:`UsageError` for what is no bundle of ours.
        """
        try:
            heads = self._runner.run("bundle", "list-heads", str(path), action="读取交换文件").text
        except GitError as error:
            raise UsageError(f"{path} 不是交换文件，或已损坏", "请对方重新导出、重新拷贝") from error
        refs = {line[at + 1 :]: line[:at] for line in heads.splitlines() if (at := line.find(" ")) > 0}
        disks = [found for name in refs if (found := _DISK.fullmatch(name))]
        branches = [name for name in refs if name.startswith("refs/heads/")]
        if not branches:
            raise UsageError(f"{path} 里没有分支", "请对方用 fazhi bundle export 导出")
        sender, number = (disks[0][1], int(disks[0][2])) if disks else ("", 0)
        needs = _prerequisites(path)
        missing = tuple(commit for commit in needs if not self._has(commit))
        if not missing:
            self._verify(path)
        return Disk(
            sender, number, branches[0].removeprefix("refs/heads/"), refs[branches[0]], needs, missing
        )

    def _verify(self, path: Path) -> None:
        try:
            self._runner.run("bundle", "verify", "--quiet", str(path), action="核对交换文件")
        except GitError as error:
            raise UsageError(f"{path} 已损坏，没有通过核对", "请对方重新拷贝") from error

    def came(self, sender: str) -> tuple[int, str]:
        """The last disk that came from ``sender``: its number and commit."""
        return self._last(f"refs/fazhi/came/{checked_name(sender)}")

    def contains(self, commit: str) -> bool:
        """Whether HEAD's history has a commit already."""
        if not self._has(commit):
            return False
        words = ("merge-base", "--is-ancestor", commit, "HEAD")
        return self._runner.run(*words, action="比较历史", ok=(0, 1)).code == 0

    def fetch(self, path: Path, disk: Disk) -> str:
        """Bring a bundle's commits in, every object checked; the ref that names them.  Nothing is merged."""
        ref = f"refs/fazhi/incoming/{disk.sender or 'unknown'}"
        try:
            self._runner.run(
                "-c", "fetch.fsckObjects=true", "-c", "transfer.fsckObjects=true",
                "-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch", "--quiet", "--no-tags", "--force",
                str(path), f"refs/heads/{disk.branch}:{ref}", action="取出交换文件",
            )  # fmt: skip
        except GitError as error:
            raise RepositoryError(
                f"{path} 的内容没有通过核对，没有导入：{error.sentence}", "请对方重新导出、重新拷贝"
            ) from error
        return ref

    def note_came(self, disk: Disk) -> None:
        """Remember that a disk has come."""
        if disk.number:
            name = f"refs/fazhi/came/{disk.sender}/{disk.number}"
            self._runner.run("update-ref", name, disk.commit, action="记下已导入")

    # ------------------------------------------------------------------ refs

    def _has(self, commit: str) -> bool:
        words = ("cat-file", "-e", f"{commit}^{{commit}}")
        return self._runner.run(*words, action="查找提交", ok=(0, 1, 128)).code == 0

    def _last(self, prefix: str) -> tuple[int, str]:
        refs = self._refs(prefix)
        number = max(refs, default=0)
        return number, refs.get(number, "")

    def _refs(self, prefix: str) -> dict[int, str]:
        words = ("for-each-ref", "--format=%(refname) %(objectname)", f"{prefix}/")
        lines = self._runner.run(*words, action="读取交换记录").text.splitlines()
        pairs = (line.split(" ") for line in lines)
        return {int(name.rpartition("/")[2]): commit for name, commit in pairs}


def checked_name(name: str) -> str:
    """A name for the other side that can stand in a ref; raises :class:`UsageError` for any other."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"对方的代号「{name}」不能用", "用小写字母、数字和连字符，例如 sfj、neiwang")
    return name


def _prerequisites(path: Path) -> tuple[str, ...]:
    """The commits that a bundle builds on: its head's lines that begin with ``-`` (gitformat-bundle(5))."""
    found: list[str] = []
    try:
        with path.open("rb") as file:
            for line in file:
                if line == b"\n":
                    break
                if line.startswith(b"-"):
                    found.append(line[1:].split(b" ", 1)[0].strip().decode("ascii", "replace"))
    except OSError as error:
        raise UsageError(f"读不了 {path}：{system_words(error)}", "看看路径和权限") from error
    return tuple(found)


def write_whole(runner: Runner, path: Path) -> None:
    """All branches and tags as one file that ``git bundle verify`` and ``git clone`` read."""
    words = ("bundle", "create", "--quiet", str(path), "HEAD", "--branches", "--tags")
    runner.run(*words, action="打包历史")
