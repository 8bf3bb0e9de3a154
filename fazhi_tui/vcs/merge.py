"""Bringing what the server has into this branch: fast-forward, merge, or a rebase where it is harmless.

A merge is git's own: hooks, signing and the merge state on disk are the user's.  Renames are not looked for:
a note taken back and another one written elsewhere are two things, and directories never move.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from fazhi_tui.domain.model.errors import RepositoryError
from fazhi_tui.domain.system_errors import system_words
from fazhi_tui.vcs import snapshot
from fazhi_tui.vcs.commit import head_of, refuse_state
from fazhi_tui.vcs.error_messages import GitError, explain, explain_commit
from fazhi_tui.vcs.example_day import dates_of, example_moment
from fazhi_tui.vcs.identity import read_settings
from fazhi_tui.vcs.operation import operation
from fazhi_tui.vcs.runner import ANY, PATIENCE, Runner, literal

_NO_RENAMES = (
    "-c",
    "merge.renames=false",
    "-c",
    "merge.directoryRenames=false",
    "-c",
    "rerere.enabled=false",
)
# A line that holds a path, in git's list of files that are in the way.
_PATH_LINE = re.compile(r"^\t(.+)$", re.MULTILINE)
_IN_THE_WAY = re.compile(r"would be overwritten by|将被合并操作覆盖|将会被合并操作覆盖|would be removed by")


class Merged(Enum):
    """What became of bringing another history in."""

    NOTHING = "没有新的"
    FORWARD = "快进"
    MERGED = "合并"
    REBASED = "变基"
    CONFLICT = "有冲突"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One path that both sides changed: its bytes in the common ancestor, here and there; None: not there."""

    path: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


class Merging:
    """Merges in one repository.  The caller holds its lock while anything here writes."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    # ------------------------------------------------------------------ how two histories stand

    def distance(self, other: str) -> tuple[int, int]:
        """How many commits HEAD has that ``other`` has not, and the other way round."""
        words = ("rev-list", "--left-right", "--count", f"HEAD...{other}", "--")
        ahead, behind = self._runner.run(*words, action="比较历史").text.split()
        return int(ahead), int(behind)

    def exists(self, ref: str) -> bool:
        """Whether a ref or commit is there."""
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        return self._runner.run(*words, action="查找提交", ok=(0, 1, 128)).code == 0

    def base(self, ours: str, theirs: str) -> str:
        """The newest commit that both have, or ``""`` where they share none."""
        answer = self._runner.run("merge-base", ours, theirs, action="比较历史", ok=(0, 1))
        return answer.text.strip().split("\n")[0]

    # ------------------------------------------------------------------ bringing in

    def bring_in(self, other: str, message: str, *, rebase: bool = False) -> Merged:
        """Bring the commits of ``other`` into this branch and its work tree.

        With ``rebase`` the commits that are here alone are put on top of them, where that is harmless: a
        clean work tree, no merges, no undoing (which names a commit), no conflict; else they are merged.
        Raises :class:`RepositoryError` where files that are not committed are in the way: nothing has
        changed then.
        """
        refuse_state(self._runner)
        if not head_of(self._runner).commit:
            self._run("merge", "--ff-only", "--no-progress", other)
            return Merged.FORWARD
        ahead, behind = self.distance(other)
        if not behind:
            return Merged.NOTHING
        if not ahead:
            self._run(*_NO_RENAMES, "merge", "--ff-only", "--no-progress", other)
            return Merged.FORWARD
        if not self.base("HEAD", other):
            raise RepositoryError(
                "两边的历史没有共同的来源，不能合并",
                "可能连错了服务器：git remote -v 核对；确是同一份台账，请重新克隆后再填报",
            )
        if rebase and self._rebased(other):
            return Merged.REBASED
        answer = self._runner.run(
            *_NO_RENAMES, "merge", "--no-ff", "--no-progress", "--no-stat", "--no-squash", "--commit",
            "--no-edit", "-m", message.strip("\n"), other,
            action="合并", ok=ANY, users_language=True, patience=PATIENCE, environ=self._dates(other),
        )  # fmt: skip
        if answer.code == 0:
            return Merged.MERGED
        if self.conflicted():
            return Merged.CONFLICT
        under_way = operation(self._runner.places)
        if under_way is not None:
            # A hook refused the merge's commit: back to where it was, nothing of it is lost.
            self._runner.run("merge", "--abort", action="放弃合并", ok=ANY)
            raise explain_commit(answer.said, 1)
        raise _in_the_way(answer.said) or explain("合并", answer.said, answer.code)

    def _run(self, *words: str) -> None:
        try:
            self._runner.run(*words, action="合并", patience=PATIENCE)
        except GitError as error:
            raise _in_the_way(error.output) or error from error

    def _rebased(self, other: str) -> bool:
        """Put what is here alone on top of ``other``; false where that is not harmless, nothing changed."""
        clean = self._runner.run(
            "--no-optional-locks", "status", "--porcelain", "--untracked-files=no", action="查看仓库状态"
        )
        merges = self._runner.run(
            "rev-list", "--merges", "--max-count=1", f"{other}..HEAD", action="比较历史"
        )
        undoing = self._runner.run(
            "log", "--format=%H", "--grep=^Undoes: ", "--max-count=1", f"{other}..HEAD", action="比较历史"
        )
        if clean.out or merges.out or undoing.out:
            return False
        answer = self._runner.run(
            *_NO_RENAMES, "rebase", "--no-autostash", "--no-fork-point", "--merge", other,
            action="变基", ok=ANY, users_language=True, patience=PATIENCE, environ=self._dates(other),
        )  # fmt: skip
        if answer.code == 0:
            return True
        if operation(self._runner.places) is not None:
            self._runner.run("rebase", "--abort", action="放弃变基", ok=ANY)
        return False

    def _dates(self, other: str) -> Mapping[str, str]:
        """When a commit on HEAD and another one is made, in an example."""
        return dates_of(example_moment(self._runner, read_settings(self._runner).example_day, other))

    # ------------------------------------------------------------------ a merge that is not finished

    @property
    def is_under_way(self) -> bool:
        """Whether a merge waits to be finished; starts no process."""
        return (self._runner.places.git_dir / "MERGE_HEAD").exists()

    def conflicted(self) -> tuple[str, ...]:
        """The paths that nobody has settled yet."""
        out = self._runner.run("ls-files", "--unmerged", "-z", action="查看冲突").out
        entries = out.decode("utf-8", "surrogateescape").split("\0")
        return tuple(dict.fromkeys(entry.partition("\t")[2] for entry in entries if entry))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Each unsettled path with its three versions; two processes."""
        out = self._runner.run("ls-files", "--unmerged", "-z", action="查看冲突").out
        found: dict[str, dict[str, str]] = {}
        for entry in out.decode("utf-8", "surrogateescape").split("\0"):
            head, _, path = entry.partition("\t")
            if path:
                _, blob, stage = head.split(" ")
                found.setdefault(path, {})[stage] = blob
        wanted = [blob for stages in found.values() for blob in stages.values()]
        blobs = dict(snapshot.read_blobs(self._runner, wanted))
        return tuple(
            Conflict(path, *(blobs.get(stages.get(stage, "")) for stage in ("1", "2", "3")))
            for path, stages in found.items()
        )

    def settle(self, path: str) -> None:
        """Take the file in the work tree (or that there is none) as the answer for a path."""
        name = literal(path)
        if (self._runner.places.root / path).exists():
            self._runner.run("add", "--force", "--", name, action="记下选定的内容", patience=PATIENCE)
        else:
            self._runner.run(
                "rm", "--quiet", "--cached", "--", name, action="记下选定的内容", patience=PATIENCE
            )

    def message(self) -> str:
        """The message that the merge will have, as git keeps it meanwhile; its remarks left out."""
        path = self._runner.places.git_dir / "MERGE_MSG"
        try:
            text = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""
        return "\n".join(line for line in text.split("\n") if not line.startswith("#")).strip("\n")

    def keep_message(self, message: str) -> None:
        """Keep the message in git's own place, so that it outlives this process and serves ``git commit``."""
        path = self._runner.places.git_dir / "MERGE_MSG"
        try:
            path.write_bytes((message.strip("\n") + "\n").encode())
        except OSError as error:
            raise RepositoryError(
                f"写不了 {path}：{system_words(error)}", "看看 .git 目录是否可写"
            ) from error

    def finish(self, message: str) -> None:
        """Commit the merge, everything settled, by the user's own ``git commit``."""
        answer = self._runner.run(
            "commit", "--cleanup=verbatim", "--no-edit", "--no-verbose", "--file=-",
            action="提交", ok=ANY, stdin=(message.strip("\n") + "\n").encode("utf-8", "replace"),
            users_language=True, patience=PATIENCE, environ=self._dates("MERGE_HEAD"),
        )  # fmt: skip
        if answer.code:
            raise explain_commit(answer.said, answer.code)

    def give_up(self) -> None:
        """Back to where this branch was before the merge; what was fetched stays fetched."""
        self._runner.run("merge", "--abort", action="放弃合并", patience=PATIENCE)


def _in_the_way(said: str) -> RepositoryError | None:
    """The error for local changes that a merge would overwrite."""
    if not _IN_THE_WAY.search(said):
        return None
    paths: Sequence[str] = _PATH_LINE.findall(said) or re.findall(r"merge:\s+(\S.*)", said)
    named = "、".join(paths[:5]) + (" 等" if len(paths) > 5 else "")
    return RepositoryError(
        f"没有提交的改动挡住了合并：{named or '见 git status'}",
        "先提交或还原这些文件，再同步；现在什么也没有改动，取回的内容也都在",
    )
