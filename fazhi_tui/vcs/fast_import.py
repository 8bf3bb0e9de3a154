"""Making a repository whose history is given: one ``git fast-import``, the commits' own days and authors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fazhi_tui.domain.model.repository import Identity
from fazhi_tui.vcs.init import BRANCH, runner_for


@dataclass(frozen=True)
class Replayed:
    """One commit to be made: whose, when (aware), with what message, writing and removing what."""

    identity: Identity
    time: datetime
    message: str
    writes: Mapping[str, bytes]
    removes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewRepository:
    """A repository to be made: its commits, first to last, and its own settings (name → value)."""

    commits: Iterable[Replayed]
    settings: Mapping[str, str] = field(default_factory=dict)


def replay(folder: Path, made: NewRepository) -> None:
    """Make ``folder`` (there, and empty) a repository with the given history, its last commit checked out.

    The commits' ids depend on nothing but what is given.  Raises :class:`RepositoryError` where git refuses.
    """
    runner = runner_for(folder)
    runner.run("init", "--quiet", f"--initial-branch={BRANCH}", action="新建仓库")
    for name, value in made.settings.items():
        runner.run("config", name, value, action="写 git 配置")
    stream = b"".join(_commit(commit) for commit in made.commits)
    runner.run("fast-import", "--quiet", "--date-format=raw", action="写入历史", stdin=stream)
    runner.run("reset", "--quiet", "--hard", BRANCH, action="取出文件")


def _commit(commit: Replayed) -> bytes:
    who = f"{_clean(commit.identity.name)} <{_clean(commit.identity.email)}>"
    zone = commit.time.strftime("%z")
    when = f"{int(commit.time.timestamp())} {zone}"
    lines = [f"commit refs/heads/{BRANCH}\nauthor {who} {when}\ncommitter {who} {when}\n".encode()]
    lines.append(_data(commit.message.encode()))
    lines += [f"D {path}\n".encode() for path in commit.removes]
    for path, content in commit.writes.items():
        lines += [f"M 100644 inline {path}\n".encode(), _data(content)]
    return b"".join(lines)


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _clean(text: str) -> str:
    return text.translate({ord(sign): None for sign in "<>\n\0"}).strip()
